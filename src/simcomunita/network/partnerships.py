"""Which organisations work together, and how far they trust each other.

Trust between organisations grows with joint work and is specific to the two (Gulati 1995, "Does familiarity breed
trust?", Academy of Management Journal 38:85-112).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass
class Partnerships:
    """Pairs of organisations that have tried to work together; who has not is not listed and trusted as strangers are.

    Attributes
    ----------
    trust
        In [0, 1], by pair (lower number, higher number).
    joint_work
        How often the two worked together, by pair.
    latest
        Number in the lineage of what they last did together, by pair; without those who did nothing yet.
    """

    trust: dict[tuple[int, int], float] = field(default_factory=dict)
    joint_work: dict[tuple[int, int], int] = field(default_factory=dict)
    latest: dict[tuple[int, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: NDArray[np.int32], trust: float) -> Partnerships:
        """Pairs (int32, p by 2) that trust each other to the same degree, from joint work before the start."""
        known = [_pair(one, other) for one, other in pairs.tolist()]
        return cls(dict.fromkeys(known, trust), dict.fromkeys(known, 1))

    def __post_init__(self) -> None:
        # Pairs are only ever added, so that a list as long as the dict is the same.
        self._listed: NDArray[np.int64] = np.empty((0, 2), np.int64)
        self._partners: defaultdict[int, set[int]] = defaultdict(set)
        for pair in self.trust:
            self._note(pair)

    def _note(self, pair: tuple[int, int]) -> None:
        self._partners[pair[0]].add(pair[1])
        self._partners[pair[1]].add(pair[0])

    def __len__(self) -> int:
        return len(self.trust)

    def between(self, one: int, other: int) -> float:
        """Trust between two organisations, 0 for strangers."""
        return self.trust.get(_pair(one, other), 0.0)

    def work_together(self, one: int, other: int, gain: float, initiative: int = -1) -> None:
        """Let joint work close a share of what is missing to full trust; -1 where it is not in the lineage.

        Raises
        ------
        ValueError
            If the two are one.
        """
        if one == other:
            raise ValueError(f"organisation {one} cannot be its own partner")
        pair = _pair(one, other)
        self._note(pair)
        self.trust[pair] = 1 - (1 - self.trust.get(pair, 0.0)) * (1 - gain)
        self.joint_work[pair] = self.joint_work.get(pair, 0) + 1
        if initiative >= 0:
            self.latest[pair] = initiative

    def times(self, one: int, other: int) -> int:
        """How often the two worked together."""
        return self.joint_work.get(_pair(one, other), 0)

    def last_done(self, one: int, other: int) -> int:
        """Number in the lineage of what the two last did together, -1 for nothing."""
        return self.latest.get(_pair(one, other), -1)

    def introduce(self, one: int, other: int, trust: float) -> None:
        """Let two who have not worked together begin with some trust; who has, knows better."""
        pair = _pair(one, other)
        if pair not in self.trust:
            self._note(pair)
            self.trust[pair] = trust
            self.joint_work[pair] = 0

    def disappoint(self, one: int, other: int, loss: float) -> None:
        """Let something that went wrong take a share of the trust between two; strangers have none to lose."""
        pair = _pair(one, other)
        if pair in self.trust:
            self.trust[pair] *= 1 - loss

    def of_one(self, one: int) -> dict[int, float]:
        """The partners of one organisation, by number, and the trust in each."""
        return {other: self.between(one, other) for other in self._partners.get(one, ())}

    def among(self, chosen: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The pairs whose two organisations are both chosen (bool, by number), int64 (q, 2), and their trust."""
        if len(self._listed) != len(self.trust):
            self._listed = np.array(list(self.trust), np.int64).reshape(-1, 2)
        one, other = self._listed.T
        both = np.flatnonzero(chosen[one] & chosen[other])
        trust = np.fromiter(self.trust.values(), np.float64, len(self.trust))
        return self._listed.take(both, axis=0), trust.take(both)

    def matrix(self, chosen: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Trust among the k chosen, -1 for who is not listed, and what common partners tell, float64 (k, k) each: the
        sum over partners of both of one's trust in the partner times the partner's trust in the other.
        """
        k = int(chosen.sum())
        pairs, trust = self.among(chosen)
        pairs = np.searchsorted(np.flatnonzero(chosen), pairs)
        one, other = np.concatenate([pairs, pairs[:, ::-1]]).T
        order = np.argsort(one, kind="stable")
        one, other, trust = one[order], other[order], np.concatenate([trust, trust])[order]
        known = np.full((k, k), -1.0)
        known[one, other] = trust
        # Every step from one to a partner is followed by each of the partner's steps.
        count = np.bincount(one, minlength=k)[other]
        begins = np.searchsorted(one, other)
        onward = np.repeat(begins - np.cumsum(count) + count, count) + np.arange(int(count.sum()))
        told = np.bincount(np.repeat(one, count) * k + other[onward], np.repeat(trust, count) * trust[onward], k * k)
        return known, np.asarray(told, np.float64).reshape(k, k)

    def remember(self) -> dict[str, NDArray[np.float64] | NDArray[np.int32]]:
        """The same as arrays: pairs int32 (p, 2), trust float64 (p), joint_work and latest (-1 for none) int32 (p), in
        the order of becoming.
        """
        return {
            "pairs": np.array(list(self.trust), np.int32).reshape(-1, 2),
            "trust": np.array(list(self.trust.values()), np.float64),
            "joint_work": np.array(list(self.joint_work.values()), np.int32),
            "latest": np.array([self.latest.get(pair, -1) for pair in self.trust], np.int32),
        }

    @classmethod
    def recall(cls, memory: dict[str, NDArray[np.float64] | NDArray[np.int32]]) -> Partnerships:
        """The partnerships that were remembered."""
        pairs = [(int(one), int(other)) for one, other in memory["pairs"].tolist()]
        return cls(
            dict(zip(pairs, memory["trust"].tolist(), strict=True)),
            dict(zip(pairs, memory["joint_work"].tolist(), strict=True)),
            {pair: one for pair, one in zip(pairs, memory["latest"].tolist(), strict=True) if one >= 0},
        )


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
