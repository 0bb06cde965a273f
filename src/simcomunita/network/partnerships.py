"""Which organisations work together, and how far they trust each other.

Trust between organisations grows with joint work and is specific to the two (Gulati 1995, "Does familiarity breed
trust?", Academy of Management Journal 38:85-112).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass
class Partnerships:
    """Pairs of organisations that have worked together; who has not is not listed and trusted as strangers are.

    Attributes
    ----------
    trust
        In [0, 1], by pair (lower number, higher number).
    joint_work
        How often the two worked together, by pair.
    """

    trust: dict[tuple[int, int], float] = field(default_factory=dict)
    joint_work: dict[tuple[int, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: NDArray[np.int32], trust: float) -> Partnerships:
        """Pairs (int32, p by 2) that trust each other to the same degree, from joint work before the start."""
        partnerships = cls()
        for one, other in pairs.tolist():
            partnerships.trust[_pair(one, other)] = trust
            partnerships.joint_work[_pair(one, other)] = 1
        return partnerships

    def __len__(self) -> int:
        return len(self.trust)

    def between(self, one: int, other: int) -> float:
        """Trust between two organisations, 0 for strangers."""
        return self.trust.get(_pair(one, other), 0.0)

    def closest(self, one: int, others: Iterable[int]) -> float:
        """Trust in the most trusted of several, 0 if there is none."""
        return max((self.between(one, other) for other in others), default=0.0)

    def work_together(self, one: int, other: int, gain: float) -> None:
        """Let joint work close a share of what is missing to full trust.

        Raises
        ------
        ValueError
            If the two are one.
        """
        if one == other:
            raise ValueError(f"organisation {one} cannot be its own partner")
        pair = _pair(one, other)
        self.trust[pair] = 1 - (1 - self.trust.get(pair, 0.0)) * (1 - gain)
        self.joint_work[pair] = self.joint_work.get(pair, 0) + 1

    def of_one(self, one: int) -> dict[int, float]:
        """The partners of one organisation, by number, and the trust in each."""
        return {
            pair[0] if pair[1] == one else pair[1]: trust for pair, trust in sorted(self.trust.items()) if one in pair
        }

    def remember(self) -> dict[str, NDArray[np.float64] | NDArray[np.int32]]:
        """The same as arrays: pairs int32 (p, 2), trust float64 (p), joint_work int32 (p), in the order of becoming."""
        return {
            "pairs": np.array(list(self.trust), np.int32).reshape(-1, 2),
            "trust": np.array(list(self.trust.values()), np.float64),
            "joint_work": np.array(list(self.joint_work.values()), np.int32),
        }

    @classmethod
    def recall(cls, memory: dict[str, NDArray[np.float64] | NDArray[np.int32]]) -> Partnerships:
        """The partnerships that were remembered."""
        pairs = [(int(one), int(other)) for one, other in memory["pairs"].tolist()]
        return cls(
            dict(zip(pairs, memory["trust"].tolist(), strict=True)),
            dict(zip(pairs, memory["joint_work"].tolist(), strict=True)),
        )


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
