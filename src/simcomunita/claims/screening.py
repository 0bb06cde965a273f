"""Which draws of parameters are plausible: those in which the project comes out somewhat as it did.

All parameters at random give worlds that nobody would believe. So the project's own years are lived with every draw,
and a draw is kept only where the outcomes named lie within a factor of those published. The screen is wide on purpose:
it takes out the absurd, it does not calibrate.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import simcomunita
from simcomunita.experiment.branching import Part
from simcomunita.experiment.draws import Design
from simcomunita.experiment.plan import Identity, MakeModel, Task, Trunk, code_fingerprint, community_model
from simcomunita.scenario import Scenario
from simcomunita.scenario.scenario import fingerprint


@dataclass(frozen=True)
class Screen:
    """What is looked at.

    Attributes
    ----------
    published
        What was published of each outcome, of the whole territory.
    factor
        How many times more or less than that an outcome may be.
    """

    scenario: Scenario
    published: Mapping[str, float]
    factor: float

    def ratios(self, part: Part, scale: float) -> dict[str, float]:
        """Return each outcome as a multiple of what was published."""
        outcomes = part.runs[self.scenario.name].outcomes
        return {name: outcomes[name] / (scale * published) for name, published in self.published.items()}

    def passes(self, ratios: Mapping[str, float]) -> bool:
        """Whether all outcomes are near enough."""
        return all(1.0 / self.factor <= ratio <= self.factor for ratio in ratios.values())


@dataclass(frozen=True)
class ScreenPlan:
    """The project's years, lived with many draws."""

    screen: Screen
    design: Design
    tasks: tuple[Task, ...]
    scale: float
    make_model: MakeModel = community_model

    @cached_property
    def identity(self) -> Identity:
        """What the results will be results of."""
        lived = [trunk.history.configuration_hash for draw in (0, 1) for trunk in self.trunks(draw)]
        return Identity("plausible draws", fingerprint(lived), self.scale, simcomunita.__version__, code_fingerprint())

    def trunks(self, draw: int) -> tuple[Trunk, ...]:
        """Return the project's years."""
        scenario = self.screen.scenario
        drawn = dataclasses.replace(scenario, parameters=self.design.parameters(scenario.parameters, draw))
        return (Trunk(drawn, scenario.start, scenario.end, {scenario.name: ()}),)

    def bare(self) -> Self:
        """Return the same without tasks."""
        return dataclasses.replace(self, tasks=())


@dataclass(frozen=True, slots=True)
class Tried:
    """A draw that was tried: each outcome as a multiple of what was published."""

    draw: int
    ratios: Mapping[str, float]
    kept: bool


@dataclass(frozen=True)
class Screening:
    """The draws that were tried, in their order; draws after the last that was needed are left out."""

    tried: tuple[Tried, ...]

    @classmethod
    def of(cls, screen: Screen, parts: Mapping[int, Part], scale: float, wanted: int) -> Self:
        """Sort out draws until as many are kept as are wanted."""
        tried: list[Tried] = []
        for draw in sorted(parts):
            if sum(one.kept for one in tried) == wanted:
                break
            ratios = screen.ratios(parts[draw], scale)
            tried.append(Tried(draw, ratios, screen.passes(ratios)))
        return cls(tuple(tried))

    @property
    def kept(self) -> tuple[int, ...]:
        """Numbers of the plausible draws."""
        return tuple(one.draw for one in self.tried if one.kept)

    @property
    def out(self) -> int:
        """How many were screened out."""
        return len(self.tried) - len(self.kept)
