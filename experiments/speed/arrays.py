"""Decay, contagion and closure over whole NumPy arrays: a bare prototype without anything else."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.speed.workload import Rules, Start


class ArrayCommunity:
    """People and ties as columns; ties stay sorted by (first, second)."""

    def __init__(self, start: Start, rules: Rules, seed: int) -> None:
        self.n = start.n
        self.rules = rules
        self.chance = np.random.default_rng(seed)
        self.first = start.first.copy()
        self.second = start.second.copy()
        self.strength = start.strength.copy()
        self.active = start.active.copy()

    @property
    def ties(self) -> int:
        """How many ties there are."""
        return len(self.first)

    @property
    def taking_part(self) -> int:
        """How many people take part."""
        return int(self.active.sum())

    def step(self) -> None:
        """Live a month."""
        self._lose_touch()
        self._join_in()
        self._meet_through_friends()

    def _lose_touch(self) -> None:
        self.strength *= np.float32(1 - self.rules.wear)
        kept = self.strength >= self.rules.forgotten
        self.first, self.second, self.strength = self.first[kept], self.second[kept], self.strength[kept]

    def _join_in(self) -> None:
        company = np.bincount(self.first, self.strength * self.active[self.second], self.n)
        company += np.bincount(self.second, self.strength * self.active[self.first], self.n)
        self.active |= self.chance.random(self.n) < self.rules.chance(company)

    def _meet_through_friends(self) -> None:
        self._index()
        tries = self.chance.random(self.n) < self.rules.tries
        person = np.flatnonzero(tries & (self.degree > 0))
        edge, between = self._a_tie_of(person)
        other_edge, other = self._a_tie_of(between)
        closeness = np.minimum(self.strength[edge], self.strength[other_edge])
        meets = (other != person) & (self.chance.random(len(person)) < closeness)
        low, high = np.minimum(person, other)[meets], np.maximum(person, other)[meets]
        self._tie(np.unique(low.astype(np.int64) * self.n + high))

    def _index(self) -> None:
        """Compressed rows: each person's ties to higher numbers, and to lower ones."""
        higher = np.bincount(self.first, minlength=self.n)
        self.lower = np.bincount(self.second, minlength=self.n)
        self.degree = higher + self.lower
        self.up = np.cumsum(higher) - higher
        self.down = np.cumsum(self.lower) - self.lower
        self.down_edge = np.argsort(self.second)

    def _a_tie_of(self, people: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
        """A random tie of each of `people`, and whom it leads to."""
        turn = (self.chance.random(len(people)) * self.degree[people]).astype(np.intp)
        lower = self.lower[people]
        to_lower = turn < lower
        edge = np.where(to_lower, 0, self.up[people] + turn - lower)
        edge[to_lower] = self.down_edge[(self.down[people] + turn)[to_lower]]
        return edge, np.where(to_lower, self.first[edge], self.second[edge])

    def _tie(self, pair: NDArray[np.int64]) -> None:
        """Strengthen the pairs that are tied already, tie the others; `pair` is sorted and without repetition."""
        tied = self.first * np.int64(self.n) + self.second
        place = np.searchsorted(tied, pair)
        known = np.append(tied, -1)[place] == pair
        missing = 1 - self.strength[place[known]]
        self.strength[place[known]] += np.float32(self.rules.again) * missing
        new, place = pair[~known], place[~known]
        self.first = np.insert(self.first, place, new // self.n)
        self.second = np.insert(self.second, place, new % self.n)
        self.strength = np.insert(self.strength, place, self.rules.opening)
