"""Ties between citizens: one sorted edge list, with compressed rows.

Mechanisms read rows, change strengths in place and *propose* ties; once a month everything proposed is sorted,
merged and de-duplicated, so that a result never depends on the order in which things were stored or proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simcomunita.network import kernels

PEOPLE_AT_MOST = 1 << 24
"""A packed proposal gives each person 24 bits."""


class TieKind(IntEnum):
    """What two people are to each other."""

    KIN = 0
    FRIEND = 1
    NEIGHBOUR = 2
    COLLEAGUE = 3
    GROUP = 4


class FormedBy(IntEnum):
    """What formed a tie."""

    HOUSEHOLD = 0
    KINSHIP = 1
    NEIGHBOURHOOD = 2
    SCHOOL = 3
    WORK = 4
    ASSOCIATION = 5
    CLOSURE = 6
    GROUP = 7
    CITIZEN = 8
    FACILITATOR = 9


def propose(a: ArrayLike, b: ArrayLike, formed_by: ArrayLike, kind: ArrayLike) -> NDArray[np.uint64]:
    """Pack proposed ties between people `a` and `b` (same length) into sortable numbers; self-ties are dropped."""
    one, other = np.asarray(a, np.int64), np.asarray(b, np.int64)
    # NumPy takes long to recognise an enumeration's numbers.
    formed, sort = (int(x) if isinstance(x, int) else np.asarray(x, np.int64) for x in (formed_by, kind))
    pair = np.minimum(one, other) << 24 | np.maximum(one, other)
    proposed = (pair << 8 | (formed << 4 | sort))[one != other]
    return cast("NDArray[np.uint64]", proposed.view(np.uint64))


@dataclass
class Ties:
    """The ties among `n` people; m ties, sorted by (first, second), first < second, none twice.

    Attributes
    ----------
    n
        How many people.
    first, second
        int32 (m): the lower and the higher number of the two.
    strength
        float32 (m) in (0, 1]: 0.6 and more is somebody to count on. A mechanism dissolves a tie by setting 0; it is
        gone at the next `weave`.
    trust
        float32 (m) in [0, 1]: how much the two rely on each other's word.
    kind, formed_by
        uint8 (m): `TieKind` and `FormedBy`.
    since
        int16 (m): the month in which it was formed.
    """

    n: int
    first: NDArray[np.int32]
    second: NDArray[np.int32]
    strength: NDArray[np.float32]
    trust: NDArray[np.float32]
    kind: NDArray[np.uint8]
    formed_by: NDArray[np.uint8]
    since: NDArray[np.int16]
    up: NDArray[np.int32] = field(init=False)
    """int32 (n + 1): the ties of i with higher numbers are edges up[i] … up[i + 1] - 1."""
    down: NDArray[np.int32] = field(init=False)
    down_edge: NDArray[np.int32] = field(init=False)
    """The ties of i with lower numbers are edges down_edge[down[i]] … down_edge[down[i + 1] - 1]."""

    COLUMNS = ("first", "second", "strength", "trust", "kind", "formed_by", "since")

    def __post_init__(self) -> None:
        if not 0 <= self.n <= PEOPLE_AT_MOST:
            raise ValueError(f"ties can join at most {PEOPLE_AT_MOST} people, not {self.n}")
        self.index()

    @classmethod
    def none(cls, n: int) -> Ties:
        """No ties among n people."""
        types = (np.int32, np.int32, np.float32, np.float32, np.uint8, np.uint8, np.int16)
        return cls(n, *(np.empty(0, t) for t in types))  # type: ignore[arg-type]

    @property
    def columns(self) -> tuple[NDArray[Any], ...]:
        """The columns in the order of `COLUMNS`."""
        return (
            self.first,
            self.second,
            self.strength,
            self.trust,
            self.kind,
            self.formed_by,
            self.since,
        )

    def __len__(self) -> int:
        return len(self.first)

    def index(self) -> None:
        """Rebuild the compressed rows from the edge list."""
        self.up = kernels.rows_of_first(self.n, self.first)
        self.down, self.down_edge = kernels.rows_of_second(self.n, self.second)

    def copy(self) -> Ties:
        """The same ties, to be changed independently."""
        return Ties(self.n, *(column.copy() for column in self.columns))

    def weave(
        self,
        proposals: Sequence[NDArray[np.uint64]],
        given: tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]],
        month: int,
    ) -> None:
        """Drop dissolved ties, add and strengthen what was proposed, and index anew.

        Parameters
        ----------
        proposals
            Arrays made by `propose` or by `kernels.packed`, in any order.
        given
            Three float32 (len(FormedBy)): strength and trust with which a tie opens, and the share of what is missing
            to full strength that each further occasion adds.
        month
            The month that new ties bear as `since`.
        """
        arrays = [p for p in proposals if len(p)]
        together = np.sort(np.concatenate(arrays)) if arrays else np.empty(0, np.uint64)
        columns = kernels.merged(self.columns, together, given, np.int16(month))
        for name, column in zip(self.COLUMNS, columns, strict=True):
            setattr(self, name, column)
        self.index()

    def neighbours(self, person: int) -> NDArray[np.int32]:
        """The people tied to one person, in ascending order."""
        lower = self.first[self.down_edge[self.down[person] : self.down[person + 1]]]
        return np.concatenate([lower, self.second[self.up[person] : self.up[person + 1]]])

    def edges_of(self, person: int) -> NDArray[np.int32]:
        """The edges of one person, in the order of `neighbours`."""
        lower = self.down_edge[self.down[person] : self.down[person + 1]]
        return np.concatenate([lower, np.arange(self.up[person], self.up[person + 1], dtype=np.int32)])

    def ends_of(self, people: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int32]]:
        """All ties of a few people: whose, as a position in `people`, which edge, and to whom, (k) each."""
        up, up_whose = _slots(self.up, people)
        down, down_whose = _slots(self.down, people)
        lower = self.down_edge[down]
        edge = np.concatenate([lower, up])
        return np.concatenate([down_whose, up_whose]), edge, np.concatenate([self.first[lower], self.second[up]])

    def degree(self) -> NDArray[np.int32]:
        """How many ties each person has: int32 (n)."""
        return np.diff(self.up) + np.diff(self.down)

    def check(self) -> None:
        """Verify the invariants.

        Raises
        ------
        ValueError
            If the list is out of order, ties somebody to themselves, twice, to nobody, or has an impossible strength.
        """
        if not (self.first < self.second).all():
            raise ValueError("a tie must go from a lower to a higher number")
        pair = self.first.astype(np.int64) * self.n + self.second
        if not (np.diff(pair) > 0).all():
            raise ValueError("ties must be sorted and none may stand twice")
        if len(self) and not (self.first[0] >= 0 and int(self.second.max()) < self.n):
            raise ValueError("a tie names somebody who does not exist")
        if not ((self.strength >= 0) & (self.strength <= 1)).all():
            raise ValueError("a strength lies between 0 and 1")


def _slots(starts: NDArray[np.int32], people: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places of some people's rows, one after the other, and whose each is."""
    length = starts[people + 1] - starts[people]
    whose = np.repeat(np.arange(len(people)), length)
    before = np.cumsum(length) - length
    return np.arange(len(whose)) + (starts[people] - before)[whose], whose
