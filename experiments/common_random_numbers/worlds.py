"""Communities that draw their chance in other ways after they branch, told by the ending of the branch's name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simcomunita.agents.citizens import Stage
from simcomunita.model import CommunityModel
from simcomunita.policy import Policy
from simcomunita.randomness import Chance

if TYPE_CHECKING:
    from simcomunita.scenario import Scenario

AWAY = 1 << 40
"""How far from a run's seed the fresh one lies, so that no other run has it."""


class FreshChance(Chance):
    """Other luck from now on. What was drawn for good at the start of a run (month 0: who people are) stays."""

    def __init__(self, past: Chance) -> None:
        super().__init__(past.seed + AWAY)
        self.past = past

    def key(self, purpose: str, month: int = 0) -> np.uint64:
        """The key of another seed, but for what holds for good."""
        return super().key(purpose, month) if month else self.past.key(purpose)


class StreamChance(Chance):
    """One stream of numbers in the order of drawing, as a single generator would give them.

    A number depends on how many were drawn before. It is a kind emulation: choices keep a number for every candidate,
    and a sweep over everybody counts as one draw, so that worlds fall out of step less often than with a real stream.
    """

    def __init__(self, past: Chance) -> None:
        super().__init__(past.seed)
        self.past = past
        self.drawn = 0

    def key(self, purpose: str, month: int = 0) -> np.uint64:
        """The key of the stream's next place."""
        if not month:
            return self.past.key(purpose)
        self.drawn += 1
        return super().key("stream", self.drawn)

    def uniform(self, purpose: str, month: int, who: ArrayLike, whom: ArrayLike | None = None) -> NDArray[np.float64]:
        """The stream's next numbers, whomever they are for."""
        if not month:
            return self.past.uniform(purpose, month, who, whom)
        many = int(np.broadcast(who, who if whom is None else whom).size)
        drawn = super().uniform(purpose, month, np.arange(many))
        self.drawn += many
        return drawn

    def exactly(
        self, n: int, purpose: str, month: int, among: ArrayLike, weight: ArrayLike | None = None, turn: int = 0
    ) -> NDArray[Any]:
        """As ever, from the stream's next place."""
        chosen = super().exactly(n, purpose, month, among, weight, turn)
        self.drawn += np.size(among) if month else 0
        return chosen


def fresh(world: CommunityModel) -> None:
    """Let everything after the branch be other luck."""
    world.chance = FreshChance(world.chance)


def stream(world: CommunityModel) -> None:
    """Let everything after the branch come from one stream."""
    world.chance = StreamChance(world.chance)


def touched(world: CommunityModel) -> None:
    """Tire one active citizen, of all who live there, once."""
    active = np.flatnonzero(world.citizens.at_least(Stage.ACTIVE))
    world.citizens.energy[active[:1]] = 0.0


CHANGES: dict[str, Callable[[CommunityModel], None]] = {"_fresh": fresh, "_stream": stream, "_touched": touched}


class World(CommunityModel):
    """A community whose branches draw as their names say."""

    def branch(self, policies: Policy | Sequence[Policy] = (), name: str | None = None) -> Self:
        """Branch, and change how chance is drawn where the name ends so."""
        twin = super().branch(policies, name)
        for ending, change in CHANGES.items():
            if (name or "").endswith(ending):
                change(twin)
        return twin


def make_world(scenario: Scenario, seed: int, scale: float) -> World:
    """Make a community for a plan."""
    return World(scenario, seed=seed, scale=scale)
