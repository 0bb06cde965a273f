"""Living a study at many points of its parameters, with the same seeds at all of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

import simcomunita
from simcomunita.experiment.branching import Part
from simcomunita.experiment.plan import Identity, MakeModel, Model, Task, Trunk, code_fingerprint, community_model
from simcomunita.scenario.scenario import fingerprint
from simcomunita.sensitivity.factors import Factors

if TYPE_CHECKING:
    from simcomunita.policy import Policy
    from simcomunita.scenario import Scenario, Study


class AtTheEnd:
    """A model of which only the last month is kept: thousands of runs are held at a time."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def advance_to(self, month: str) -> None:
        """Live on through that month."""
        self._model.advance_to(month)

    def branch(self, policies: tuple[Policy, ...], name: str) -> AtTheEnd:
        """Return a copy with its own future."""
        return AtTheEnd(self._model.branch(policies, name=name))

    def series(self) -> Mapping[str, NDArray[Any]]:
        """Return the last month, without any measure: its outcomes are kept beside it."""
        return {"month": np.asarray(self._model.series()["month"])[-1:]}

    def outcomes(self) -> Mapping[str, float]:
        """Return the last month's values."""
        return self._model.outcomes()


@dataclass(frozen=True, slots=True)
class MakeAtTheEnd:
    """Makes a model of which only the last month is kept."""

    make: MakeModel

    def __call__(self, scenario: Scenario, seed: int, scale: float) -> AtTheEnd:
        """Make it."""
        return AtTheEnd(self.make(scenario, seed, scale))


@dataclass(frozen=True)
class PointsPlan:
    """A study at many points of its parameters: point 1, 2, ... are draws 1, 2, ...

    Attributes
    ----------
    design
        Name and seed of what drew the points; with the factors it decides every one of them.
    points
        (points, factors) shares of the plausible ranges.
    """

    study: Study
    factors: Factors
    design: tuple[str, int]
    points: NDArray[np.float64]
    tasks: tuple[Task, ...]
    scale: float
    make: MakeModel = community_model

    @property
    def make_model(self) -> MakeModel:
        """What makes a model."""
        return MakeAtTheEnd(self.make)

    @cached_property
    def identity(self) -> Identity:
        """What the results will be results of: the same however many points and seeds there are."""
        lived = [self.study.configuration_hash, list(self.design), self.factors.as_list()]
        name = f"sensitivity of {self.study.name}"
        return Identity(name, fingerprint(lived), self.scale, simcomunita.__version__, code_fingerprint())

    def trunks(self, draw: int) -> tuple[Trunk, ...]:
        """Return the one history that all scenarios share, with the parameters of a point."""
        study = self.study
        futures = {name: scenario.policies for name, scenario in study.scenarios.items()}
        drawn = self.factors.parameters(study.history.parameters, self.points[draw - 1])
        history = dataclasses.replace(study.history, parameters=drawn)
        return (Trunk(history, study.branch_at, study.until, futures),)

    def bare(self) -> Self:
        """Return the same without tasks."""
        return dataclasses.replace(self, tasks=())


def tasks(points: int, seeds: int) -> tuple[Task, ...]:
    """Return what is to be done: every point with seeds 1, 2, ..."""
    return tuple(Task(draw, seed) for draw in range(1, points + 1) for seed in range(1, seeds + 1))


def outcomes(
    parts: Sequence[Part], points: int, seeds: int, scenarios: Sequence[str], measure: str
) -> NDArray[np.float64]:
    """Read a measure off the runs: (points, seeds, scenarios); NaN where a run failed or there is no value."""
    values = np.full((points, seeds, len(scenarios)), np.nan)
    for part in parts:
        found = [part.runs[name].outcomes.get(measure, np.nan) for name in scenarios]
        values[part.task.draw - 1, part.task.seed - 1] = found
    return values
