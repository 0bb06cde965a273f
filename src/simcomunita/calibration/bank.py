"""A bank of simulations: draws from the prior, one run each, kept once for every fit, check and later use.

Draws are scrambled Sobol points (Sobol' 1967; Owen 1998, Journal of Complexity 14:466-489), which fill the prior more
evenly than independent ones; a bank that is enlarged begins with the smaller one. Point k is run with seed k, so that
the bank holds chance as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

import simcomunita
from simcomunita.calibration.calibration import Calibration
from simcomunita.calibration.outcomes import Outcome
from simcomunita.calibration.priors import Prior, Priors
from simcomunita.configuration import with_values
from simcomunita.experiment.branching import Failure, Part
from simcomunita.experiment.parts import PartStore, as_parquet
from simcomunita.experiment.plan import (
    ExperimentError,
    Identity,
    MakeModel,
    Model,
    Task,
    Trunk,
    checked_scale,
    code_fingerprint,
    community_model,
)
from simcomunita.experiment.running import Progress, run_plan
from simcomunita.months import month_name
from simcomunita.outcomes.published import PUBLISHED
from simcomunita.writing import UnwrittenError, write_file

if TYPE_CHECKING:
    from simcomunita.policy import Policy
    from simcomunita.scenario import Scenario

FILE = "bank.parquet"
_ABOUT = b"simcomunita bank"

KEPT: tuple[str, ...] = tuple(dict.fromkeys(name for one, others in PUBLISHED.items() for name in (one, *others)))
"""Measures that a bank keeps of every month: the published outcomes, and their other readings."""


def sobol(points: int, dimensions: int, seed: int) -> NDArray[np.float64]:
    """Return scrambled Sobol points, (points, dimensions) inside the unit cube; fewer are the first of more."""
    from scipy.stats import qmc

    design = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed))
    drawn: NDArray[np.float64] = design.random_base2(max(int(points - 1).bit_length(), 0))[:points]
    return np.clip(drawn, 1e-9, 1.0 - 1e-9)


class _Watched:
    """A model of which a run keeps only some measures."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def advance_to(self, month: str) -> object:
        return self.model.advance_to(month)

    def branch(self, policies: tuple[Policy, ...], name: str) -> Self:
        return type(self)(self.model.branch(policies, name))

    def series(self) -> Mapping[str, NDArray[Any]]:
        return {name: values for name, values in self.model.series().items() if name == "month" or name in KEPT}

    def outcomes(self) -> Mapping[str, float]:
        return {name: value for name, value in self.model.outcomes().items() if name in KEPT}


def watched_model(scenario: Scenario, seed: int, scale: float) -> Model:
    """Make the community's own model, of which only `KEPT` is kept."""
    return _Watched(community_model(scenario, seed, scale))


@dataclass(frozen=True)
class BankPlan:
    """The runs of a bank before they are run."""

    calibration: Calibration
    tasks: tuple[Task, ...]
    scale: float
    make_model: MakeModel = watched_model

    @classmethod
    def of(cls, calibration: Calibration, make_model: MakeModel = watched_model) -> Self:
        """Plan a calibration's bank.

        Raises
        ------
        ExperimentError
            If its scale is none.
        """
        scale = checked_scale(calibration.scale, calibration.scenario.territory.residents)
        tasks = tuple(Task(point, point) for point in range(1, calibration.points + 1))
        return cls(calibration, tasks, scale, make_model)

    @property
    def identity(self) -> Identity:
        """What the bank holds results of; how many points it has does not matter."""
        return Identity(
            f"bank of {self.calibration.name}",
            self.calibration.bank_hash(),
            self.scale,
            simcomunita.__version__,
            code_fingerprint(),
        )

    @cached_property
    def cube(self) -> NDArray[np.float64]:
        """Points of all draws up to the last that is planned, in the unit cube."""
        last = max((task.draw for task in self.tasks), default=self.calibration.points)
        return sobol(max(last, self.calibration.points), len(self.calibration.priors), self.calibration.seed)

    def trunks(self, draw: int) -> tuple[Trunk, ...]:
        """Return the scenario with the parameters of a draw; of draw 0 as configured."""
        scenario = self.calibration.scenario
        if draw:
            scenario = drawn(scenario, self.calibration.priors, self.cube[draw - 1])
        return (Trunk(scenario, scenario.start, scenario.end, {scenario.name: ()}),)

    def bare(self) -> Self:
        """Return the same without tasks."""
        return replace(self, tasks=())


def drawn(scenario: Scenario, priors: Priors, point: NDArray[np.float64]) -> Scenario:
    """Return a scenario with the parameters at a point (p) of the unit cube."""
    values = priors.values(point[None, :])[0].tolist()
    named = {prior.key: int(value) if prior.whole else value for prior, value in zip(priors, values, strict=True)}
    return replace(scenario, parameters=with_values(scenario.parameters, named))


@dataclass(frozen=True)
class Bank:
    """What the runs gave.

    Attributes
    ----------
    cube
        (n, p): points in the unit cube, in the order of their numbers.
    numbers
        (n): numbers of the points; runs that failed are left out.
    months
        Month numbers, (m).
    series
        By measure, (n, m): what was counted at the end of every month, at the bank's scale.
    """

    identity: Identity
    priors: Priors
    cube: NDArray[np.float64]
    numbers: NDArray[np.int64]
    months: NDArray[np.int64]
    series: Mapping[str, NDArray[np.float64]]

    @property
    def scale(self) -> float:
        """Share of the residents."""
        return self.identity.scale

    def __len__(self) -> int:
        return len(self.cube)

    def counted(self, outcomes: Sequence[Outcome]) -> NDArray[np.float64]:
        """Return what runs counted of each outcome, for the whole territory: (n, outcomes).

        Raises
        ------
        ExperimentError
            If the bank does not keep one of them.
        """
        columns = []
        for one in outcomes:
            month = np.flatnonzero(self.months == one.month)
            if one.measure not in self.series or not len(month):
                raise ExperimentError(
                    f"the bank does not hold {one.measure} of {month_name(one.month)}; run another one for it."
                )
            columns.append(one.whole(self.series[one.measure][:, int(month[0])], self.scale))
        return np.column_stack(columns) if columns else np.empty((len(self), 0))

    def first(self, points: int) -> Bank:
        """Return the bank of the first so many points."""
        return self.taken(self.numbers <= points)

    def taken(self, rows: NDArray[Any]) -> Bank:
        """Return the bank of some of its runs, by a mask or by positions."""
        series = {name: values[rows] for name, values in self.series.items()}
        return replace(self, cube=self.cube[rows], numbers=self.numbers[rows], series=series)

    @classmethod
    def of(cls, plan: BankPlan, parts: Sequence[Part]) -> Self:
        """Gather what runs gave, in the order of their numbers."""
        done = sorted(parts, key=lambda part: part.task)
        name = plan.calibration.scenario.name
        start, end = plan.calibration.scenario.start, plan.calibration.scenario.end
        series = {
            measure: np.array([part.runs[name].series[measure] for part in done], np.float64)
            for measure in KEPT
            if done and measure in done[0].runs[name].series
        }
        numbers = np.array([part.task.draw for part in done], np.int64)
        return cls(
            plan.identity,
            plan.calibration.priors,
            plan.cube[numbers - 1] if len(done) else np.empty((0, len(plan.calibration.priors))),
            numbers,
            np.arange(start, end + 1),
            series,
        )

    # -- files --

    def table(self) -> pa.Table:
        """Return a row a run: its number, its parameters by their names, and of each measure a list of months."""
        values = self.priors.values(self.cube)
        columns: dict[str, Any] = {"point": pa.array(self.numbers)}
        columns |= {key: pa.array(values[:, k]) for k, key in enumerate(self.priors.keys)}
        for name, counted in self.series.items():
            flat = pa.array(counted.ravel())
            columns[name] = pa.FixedSizeListArray.from_arrays(flat, len(self.months))
        about = {
            "identity": self.identity.as_dict(),
            "priors": [
                {**prior.as_dict(), "median": prior.median, "whole": prior.whole, "unit": prior.unit}
                for prior in self.priors
            ],
            "months": [month_name(int(month)) for month in self.months],
            "first_month": int(self.months[0]),
            "cube": [list(map(float, row)) for row in self.cube],
        }
        return pa.table(columns).replace_schema_metadata({_ABOUT: json.dumps(about).encode()})

    def as_bytes(self) -> bytes:
        """Return it as a Parquet file; equal banks are equal bytes."""
        return as_parquet(self.table())

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read a bank.

        Raises
        ------
        ExperimentError
            If there is none in the file.
        """
        try:
            table = pq.read_table(file)
            about: dict[str, Any] = json.loads((table.schema.metadata or {})[_ABOUT])
            months = len(about["months"])
            series = {
                field.name: _matrix(table.column(field.name), months)
                for field in table.schema
                if pa.types.is_fixed_size_list(field.type)
            }
            return cls(
                Identity(**about["identity"]),
                Priors(tuple(Prior(**one) for one in about["priors"])),
                np.array(about["cube"], np.float64).reshape(table.num_rows, -1),
                table.column("point").to_numpy(),
                np.arange(about["first_month"], about["first_month"] + months),
                series,
            )
        except (OSError, pa.ArrowException, KeyError, ValueError, TypeError) as error:
            raise ExperimentError(f"{file}: holds no bank of simulations ({error}).") from error


def _matrix(column: pa.ChunkedArray, months: int) -> NDArray[np.float64]:
    flat: NDArray[np.float64] = column.combine_chunks().flatten().to_numpy(zero_copy_only=False)
    return flat.reshape(-1, months)


def find_bank(directory: Path, plan: BankPlan, *, enough: bool = False) -> Bank | None:
    """Return the bank that a folder holds, if it is that of a plan and has all its points; made by whatever code.

    Parameters
    ----------
    enough
        Whether fewer points are enough.

    Raises
    ------
    ExperimentError
        If it holds the bank of something else.
    """
    file = directory / FILE
    if not file.is_file():
        return None
    bank = Bank.read(file)
    if not bank.identity.same_question(plan.identity):
        raise ExperimentError(
            f"{file}: holds the bank of other priors, of another scenario or at another scale "
            f"({bank.identity.study} at scale {bank.identity.scale:g}). Nothing was overwritten: name another folder."
        )
    return bank if enough or (len(bank) and bank.numbers.max() >= plan.calibration.points) else None


def run_bank(
    plan: BankPlan, workers: int, directory: Path | None, progress: Callable[[Progress], None] = lambda _: None
) -> tuple[Bank, tuple[Failure, ...]]:
    """Run a bank, or take up what was run before, and keep it as one table.

    Raises
    ------
    ExperimentError
        If the folder cannot be written to or holds something else, or if every run failed.
    """
    store = PartStore.open(directory, plan.identity) if directory is not None else None
    ensemble = run_plan(plan, workers, store, progress)
    if not ensemble.parts:
        raise ExperimentError(f"every run failed, the first one so: {ensemble.failures[0].error}")
    bank = Bank.of(plan, ensemble.parts)
    if directory is not None:
        try:
            write_file(directory / FILE, bank.as_bytes())
        except UnwrittenError as error:
            raise ExperimentError(str(error)) from error
    return bank, ensemble.failures
