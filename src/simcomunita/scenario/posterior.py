"""The posterior that a territory may ship: which parameters fit what was published of it, and where that is from.

Two files beside ``territory.yaml``, as ``simcomunita calibrate --out`` writes them: ``posterior.csv``, a column a
parameter and, if rows count differently, ``weight``; and ``posterior.yaml``, its provenance. A study draws from them
where it says nothing else.

Draw k of a posterior is the same whatever is run besides it, and the first n draws stand for the whole as well as n
can. Rows are put into the order of the leaves of a tree that halves their weight again and again, along the direction
in which they vary most, the next one, and so on (k-d tree: Bentley 1975, Communications of the ACM 18:509-517; here
along principal components), with the two halves of every fork in random order (Owen 1995, in *Monte Carlo and
Quasi-Monte Carlo Methods*, 299-317). Draw k stands at the k-th point of van der Corput's sequence along that order,
shifted by one random number (Cranley & Patterson 1976, SIAM Journal on Numerical Analysis 13:904-914): the first two
draws come from both halves, the first four from all quarters, and each row is drawn as often as it weighs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simcomunita.configuration import (
    ConfigurationError,
    Many,
    Parameters,
    Problems,
    Source,
    read_table,
    shown,
    with_values,
)
from simcomunita.configuration.documents import Document, read_yaml
from simcomunita.configuration.validation import validate
from simcomunita.scenario.drawing import start_of_posterior, turns_of_posterior
from simcomunita.scenario.names import exists

if TYPE_CHECKING:
    from simcomunita.mechanisms import ModelParameters

P = TypeVar("P", bound=Parameters)

TABLE, PROVENANCE = "posterior.csv", "posterior.yaml"
SWITCH = "on"


class PosteriorForm(Parameters):
    """Where a posterior is from, as it is written."""

    calibration: str = Field(min_length=1, max_length=100)
    """The calibration's name."""
    version: str = Field(min_length=1, max_length=60)
    """Of simcomunita."""
    code: str = Field(min_length=1, max_length=64)
    """Fingerprint of the code whose runs it was fitted to."""
    configuration_hash: str = Field(min_length=1, max_length=64)
    """Of the calibration: what was run, and what it was fitted to."""
    runs: int = Field(ge=1)
    """In the bank."""
    scale: float = Field(gt=0)
    """Share of the residents in these runs."""
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    """When it was fitted, YYYY-MM-DD."""
    method: str = Field(min_length=1, max_length=60)
    fitted: Many[str] = Field(min_length=1)
    """Published outcomes that it was fitted to."""
    held_out: Many[str] = ()
    """Published outcomes that were only predicted."""
    configured: dict[str, float] = Field(default_factory=dict)
    """What the calibration's scenario had for the parameters that were fitted."""
    switched: dict[str, bool] = Field(default_factory=dict)
    """Mechanisms that the calibration's scenario switched otherwise than is usual."""
    table: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")
    """SHA-256 of ``posterior.csv``, line ends apart."""


@dataclass(frozen=True)
class Posterior:
    """A sample of parameters, and where it is from.

    Attributes
    ----------
    rows
        Values of the calibrated parameters by their full names, a mapping a row; all rows have the same.
    weights
        How much each row counts, (rows), none below 0; of any sum above it.
    about
        Its provenance, plain values.
    """

    rows: tuple[Mapping[str, float], ...]
    weights: tuple[float, ...]
    about: Mapping[str, Any] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def values(self, draw: int) -> Mapping[str, float]:
        """Return the parameters of a draw (1, 2, ...); see the module for their order.

        Raises
        ------
        ValueError
            If the draw is below 1.
        """
        if draw < 1:
            raise ValueError(f"draw is {draw}; expected 1 or more")
        order, upto, start = self._laid
        mark = (_van_der_corput(draw - 1) + start) % 1.0
        return self.rows[order[min(int(np.searchsorted(upto, mark, side="right")), len(order) - 1)]]

    def parameters(self, configured: P, draw: int) -> P:
        """Return the parameters of a draw; what was not calibrated stays as configured."""
        return configured if draw == 0 else with_values(configured, self.values(draw))

    @cached_property
    def configuration_hash(self) -> str:
        """SHA-256 of what decides its draws: rows and weights."""
        from simcomunita.scenario.scenario import fingerprint

        return fingerprint([[dict(row) for row in self.rows], list(self.weights)])

    @cached_property
    def _laid(self) -> tuple[tuple[int, ...], NDArray[np.float64], float]:
        """The rows in the order of the tree's leaves, the share of the weight up to each, and the shift."""
        values = np.array([list(row.values()) for row in self.rows], np.float64)
        weights = np.asarray(self.weights, np.float64) / np.sum(self.weights)
        order = _halved(_components(values, weights), weights)
        upto = np.cumsum(weights[order])
        return tuple(order.tolist()), upto / upto[-1], start_of_posterior()

    def unlike(self, parameters: ModelParameters) -> tuple[str, ...]:
        """What a scenario says itself, so that the posterior does not go with it: parameters that were calibrated, and
        mechanisms that are switched otherwise than in the calibration.
        """
        usual = type(parameters)()
        own = []
        for name in self.rows[0] if self.rows else ():
            value = _value(parameters, name)
            if value not in (_value(usual, name), self.about.get("configured", {}).get(name)):
                own.append(name)
        switched = self.about.get("switched", {})
        for name in type(parameters).model_fields:
            on = getattr(getattr(parameters, name), SWITCH, None)
            if on is not None and on != switched.get(name, getattr(getattr(usual, name), SWITCH)):
                own.append(f"{name}.{SWITCH}")
        return tuple(own)


def _value(parameters: Any, name: str) -> Any:
    for step in name.split("."):
        parameters = getattr(parameters, step)
    return parameters


def _van_der_corput(number: int) -> float:
    """Mirror a whole number's binary digits at the point: 0, 1/2, 1/4, 3/4, 1/8, ..."""
    digits = bin(number)[2:]
    return int(digits[::-1], 2) / 2.0 ** len(digits)


def _components(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the principal components of standardised columns, (rows, columns), those that vary most first.

    To eight digits, so that rows that are alike are not told apart by how this was computed.
    """
    centred = values - weights @ values
    spread = np.sqrt(weights @ centred**2)
    scaled = centred / np.where(spread > 0.0, spread, 1.0)
    _, directions = np.linalg.eigh((scaled * weights[:, None]).T @ scaled)
    directions = directions[:, ::-1]
    strongest = np.abs(directions).argmax(axis=0)
    directions = directions * np.sign(directions[strongest, np.arange(len(strongest))])
    found: NDArray[np.float64] = np.round(scaled @ directions, 8)
    return found


def _halved(components: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the rows in the order of the leaves of a tree that halves their weight, one component after the other.

    Which half comes first is tossed at every fork. Otherwise draws of different halves would turn the same way in all
    later forks, and be alike in all components but the first few.
    """
    turned = turns_of_posterior(len(components))
    waiting, node = [(np.arange(len(components)), 0)], -1
    leaves: list[NDArray[np.int64]] = []
    while waiting:
        rows, depth = waiting.pop()
        if len(rows) == 1:
            leaves.append(rows)
            continue
        node += 1
        rows = rows[np.argsort(components[rows, depth % components.shape[1]], kind="stable")]
        upto = np.cumsum(weights[rows])
        cut = int(np.searchsorted(upto, upto[-1] / 2.0, side="left")) + 1
        cut = min(max(cut, 1), len(rows) - 1)
        halves = [(rows[cut:], depth + 1), (rows[:cut], depth + 1)]
        waiting += halves if turned[node] else halves[::-1]
    return np.concatenate(leaves)


def read_posterior(folder: Source) -> Posterior | None:
    """Read the posterior that lies in a territory's folder (or beside its ``territory.yaml``); ``None`` without one.

    Raises
    ------
    ConfigurationError
        With all that is wrong in its two files, or if one of the two is missing.
    """
    from simcomunita.scenario.drawing import WEIGHT, checked_rows

    if folder.path.suffix in (".yaml", ".yml"):
        folder = Source(str(Path(folder.shown).parent), folder.path.parent)
    table, about = (Source(str(Path(folder.shown) / name), folder.path / name) for name in (TABLE, PROVENANCE))
    there = exists(table.path), exists(about.path)
    if not any(there):
        return None
    if not all(there):
        lacking, found = (about, TABLE) if there[0] else (table, PROVENANCE)
        message = f'this file is missing beside {found}; "simcomunita calibrate --out" writes both.'
        raise ConfigurationError.of(lacking.shown, message)
    _check_inside(folder.path, (table, about))
    problems = Problems()
    rows: list[dict[str, float]] = []
    weights: list[float] = []
    form: PosteriorForm | None = None
    with problems.gathering():
        read = read_table(table, (), None)
        if set(read.columns) <= {WEIGHT}:
            raise ConfigurationError([read.problem(1, "", "there is no column of a parameter; expected one at least.")])
        rows, found_weights = checked_rows(read)
        weights = found_weights.tolist()
    with problems.gathering():
        document = read_yaml(about)
        form = validate(PosteriorForm, document)
        _check_table(form, document, table)
    problems.settle()
    assert form is not None  # otherwise there was a problem
    return Posterior(tuple(rows), tuple(weights), form.model_dump(mode="json"))


def _check_inside(folder: Path, files: tuple[Source, ...]) -> None:
    for file in files:
        if not file.path.resolve().is_relative_to(folder.resolve()):
            message = "this file lies outside the territory's folder; expected one inside it."
            raise ConfigurationError.of(file.shown, message)


def _check_table(form: PosteriorForm, document: Document, table: Source) -> None:
    if form.table is not None and form.table != table_hash(table.path.read_bytes()):
        message = f"{shown(TABLE)} was changed, or belongs to another calibration; expected both files of one."
        raise ConfigurationError([document.problem(("table",), message)])


def table_hash(content: bytes) -> str:
    """SHA-256 of a table, whatever ends its lines."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
