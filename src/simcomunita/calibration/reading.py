"""From a file to a calibration, with everything that is wrong told at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simcomunita.calibration.calibration import Calibration
from simcomunita.calibration.forms import CalibrationForm, ObservedForm, OutcomeForm, PriorForm
from simcomunita.calibration.outcomes import Bound, Kind, Outcome
from simcomunita.calibration.priors import Prior, Priors
from simcomunita.calibration.reading_otherwise import kind_of, variants, without
from simcomunita.configuration import (
    Document,
    KeyPath,
    Quantity,
    Table,
    quantities,
    read_as,
    read_table,
    shown,
    validate_rows,
    with_values,
)
from simcomunita.months import month_name, parse_month
from simcomunita.scenario.composing import Library
from simcomunita.scenario.forms import unknown
from simcomunita.scenario.names import exists, find
from simcomunita.scenario.parts import read_scenario

if TYPE_CHECKING:
    from simcomunita.scenario import Scenario

FOLDER = "calibrations"
"""Where calibrations that come with the package lie."""


def load_calibration(path: str | Path) -> Calibration:
    """Read a calibration, from its file or by the name of one that comes with the package.

    Raises
    ------
    ConfigurationError
        With everything that is wrong in all its files.
    """
    source = find(path, (FOLDER,))
    library = Library.around(source)
    document = library.read(source)
    calibration = _Reader(document, library).calibration() if document is not None else None
    library.found.settle()
    assert calibration is not None
    return calibration


def is_calibration(path: str | Path) -> bool:
    """Whether a file can be read and has the keys of a calibration, rather than those of anything else."""
    from simcomunita.configuration import ConfigurationError

    try:
        source = find(path)
        if source.path.suffix not in (".yaml", ".yml"):
            return False
        document = Library.around(source).read(source)
    except ConfigurationError:
        return False
    keys = set(document.data) if document is not None and isinstance(document.data, dict) else set()
    return len(keys & {"scenario", "bank", "outcomes", "fit"}) >= 2


@dataclass(frozen=True, slots=True)
class _Published:
    """One published figure, wherever it stands."""

    outcome: str
    published: float
    month: int | None
    bound: Bound


@dataclass(frozen=True)
class _Reader:
    """Reads one document; what is wrong is noted in the library."""

    document: Document
    library: Library

    def calibration(self) -> Calibration | None:
        form = read_as(CalibrationForm, self.document, self.library.found)
        own = self.library.read_named(self.document, ("scenario",), "scenarios") if self._names_scenario() else None
        scenario = read_scenario(own, self.library) if own else None
        if scenario is None or form is None:
            return None
        priors = self._priors(form.parameters, scenario)
        published = self._published(form, scenario)
        outcomes = self._outcomes(form.outcomes, published, scenario) if published else []
        read_otherwise = variants(form.variants, tuple(outcomes), self._tell) if outcomes else ()
        left_out = without(form.without, scenario, self._tell)
        if self.library.found.any:
            return None
        return Calibration(
            form.name,
            scenario,
            Priors(tuple(priors)),
            tuple(outcomes),
            form.bank.points,
            form.bank.scale,
            form.bank.seed,
            form.fit.method,
            form.fit.draws,
            form.fit.seed,
            form.fit.truths,
            form.fit.reruns,
            tuple(one.because for one in form.parameters),
            read_otherwise,
            left_out,
        )

    def _names_scenario(self) -> bool:
        return isinstance(self.document.value(("scenario",)), str)

    def _tell(self, at: KeyPath, message: str) -> None:
        self.library.tell(self.document, at, message)

    # -- parameters --

    def _priors(self, forms: Sequence[PriorForm], scenario: Scenario) -> list[Prior]:
        known = {one.key: one for one in quantities(scenario.parameters)}
        priors: list[Prior] = []
        seen: set[str] = set()
        for i, form in enumerate(forms):
            at: KeyPath = ("parameters", i)
            if form.name not in known:
                self._tell(at, unknown(form.name, list(known), "parameter with a plausible range"))
            elif form.name in seen:
                self._tell(at, f"{shown(form.name)} is given twice; keep one.")
            elif (problem := self._wrong(form, known[form.name], scenario)) is not None:
                self._tell(at, problem)
            else:
                priors.append(_prior(form, known[form.name]))
            seen.add(form.name)
        return priors

    def _wrong(self, form: PriorForm, one: Quantity, scenario: Scenario) -> str | None:
        prior = _prior(form, one)
        if not prior.low < prior.high:
            return f"the prior goes from {prior.low:g} to {prior.high:g}; expected a lower end below the upper one."
        for end in (prior.low, prior.high):
            try:
                with_values(scenario.parameters, {one.key: round(end) if prior.whole else end})
            except ValueError:
                return f"{end:g} is no value that {shown(one.key)} can have; expected a prior within its limits."
        if prior.shape == "log_uniform" and prior.low <= 0.0:
            return f"the prior goes from {prior.low:g}, which has no logarithm; expected a lower end above 0."
        if prior.shape == "two_piece" and not prior.low < prior.median < prior.high:
            return (
                f"the value as configured, {prior.median:g}, is not inside {prior.low:g} to {prior.high:g}, so half "
                'of the draws would stay at an end; expected "prior: uniform", or other ends.'
            )
        return None

    # -- outcomes --

    def _published(self, form: CalibrationForm, scenario: Scenario) -> list[_Published] | None:
        if form.observed is None:
            return [
                _Published(row.outcome, row.published, parse_month(row.date) if row.date else None, row.bound)
                for row in scenario.territory.outcomes
            ]
        source = self.library.locate(self.document, ("observed",), (FOLDER,))
        if source is None:
            return None
        if not exists(source.path):
            self._tell(("observed",), f"there is no file {shown(source.shown)}.")
            return None
        rows: list[ObservedForm] = []
        with self.library.found.gathering():
            table = read_table(source, ("outcome", "published"), None)
            fields = tuple(name for name in table.columns if name in ObservedForm.model_fields)
            cut = tuple(type(row)(row.line, {name: row.cells[name] for name in fields}) for row in table.rows)
            rows = validate_rows(ObservedForm, Table(table.source, fields, cut))
        return [_Published(row.outcome, row.published, row.date, row.bound or "") for row in rows]

    def _outcomes(self, forms: Sequence[OutcomeForm], published: list[_Published], scenario: Scenario) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for i, form in enumerate(forms):
            at: KeyPath = ("outcomes", i)
            rows = [one for one in published if one.outcome == form.outcome]
            kind = self._kind(form, at)
            if not rows:
                names = list(dict.fromkeys(one.outcome for one in published))
                self._tell((*at, "outcome"), unknown(form.outcome, names, "outcome that was published"))
            if any((one.outcome, one.counted_as) == (form.outcome, form.counted_as) for one in forms[:i]):
                self._tell(at, f"{shown(form.outcome)} is given twice; keep one.")
            if form.of is not None and kind not in (None, "share"):
                self._tell((*at, "of"), f"{shown(form.outcome)} is no share; leave it out.")
            for row in rows if kind is not None else ():
                self._check(row, kind, at, scenario)
                outcomes.append(_outcome(form, row, kind, scenario))
        return outcomes

    def _kind(self, form: OutcomeForm, at: KeyPath) -> Kind | None:
        from simcomunita.outcomes import MEASURES

        name = form.counted_as or form.outcome
        if name not in MEASURES:
            if form.counted_as is not None:
                self._tell((*at, "counted_as"), unknown(name, list(MEASURES), "measure"))
            elif form.counted_as is None:
                message = f'{unknown(name, list(MEASURES), "measure")} Or say with "counted_as" what is counted.'
                self._tell((*at, "outcome"), message)
            return None
        return kind_of(name)

    def _check(self, row: _Published, kind: Kind | None, at: KeyPath, scenario: Scenario) -> None:
        month = scenario.end if row.month is None else row.month
        if not scenario.start <= month <= scenario.end:
            lived = f"{month_name(scenario.start)} to {month_name(scenario.end)}"
            self._tell(at, f"one of its figures is of {month_name(month)}; expected a month that is lived, {lived}.")
        if kind == "share" and row.published > 1.0:
            self._tell(at, f"{row.published:g} was published of it, which is no share; expected 0 to 1.")


def _prior(form: PriorForm, one: Quantity) -> Prior:
    low = one.low if form.low is None else form.low
    high = one.high if form.high is None else form.high
    return Prior(one.key, low, high, one.default, form.prior, isinstance(one.default, int), one.unit)


def _outcome(form: OutcomeForm, row: _Published, kind: Kind | None, scenario: Scenario) -> Outcome:
    month = scenario.end if row.month is None else row.month
    return Outcome(
        form.outcome,
        form.counted_as or form.outcome,
        kind or "count",
        month,
        row.published,
        "fit" if form.use == "fit" else "held out",
        form.error,
        form.because,
        form.of or 0,
        row.bound,
        month == scenario.end,
    )
