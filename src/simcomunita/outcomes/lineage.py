"""What came from what: every activation and every initiative with its source, layer and month."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import Source


class Kind(IntEnum):
    """What an initiative is."""

    GROUP = 0
    PROJECT = 1
    PLACE = 2
    SPACE = 3
    HOUSING_AGREEMENT = 4
    FROZEN_EVICTION = 5
    CONDOMINIUM = 6
    PLACEMENT = 7
    HIRE = 8
    YOUTH_PLACEMENT = 9
    JOINT_ACTION = 10
    BID = 11


class Layer(IntEnum):
    """Who carried it at its beginning: paid people and bodies, citizens among themselves, or both together."""

    FORMAL = 0
    INFORMAL = 1
    MIXED = 2


class Relation(IntEnum):
    """How an initiative stands to the one it names as its parent."""

    NONE = 0
    GREW_FROM = 1
    COPIED = 2


@dataclass
class Initiative:
    """One initiative.

    Attributes
    ----------
    kind, layer, relation
        `Kind`, `Layer`, `Relation`.
    area
        Of need, see `Area`.
    municipality, neighbourhood
        Where; neighbourhood -1 where it has none.
    founded, ended
        Months; ended -1 while it lives.
    how, by
        `Source`, and the number of the post, citizen, place (neighbourhood) or organisation that began it; -1 unknown.
    parent
        Number of the initiative it grew from or copies, -1 for none.
    """

    kind: int
    area: int
    municipality: int
    founded: int
    how: int
    by: int
    layer: int
    neighbourhood: int = -1
    parent: int = -1
    relation: int = Relation.NONE
    ended: int = -1


@dataclass
class Lineage:
    """All initiatives, numbered in the order of founding, and all activations, in the order in which they happened.

    Attributes
    ----------
    initiatives
        By number.
    activations
        (month, person, how, by, initiative) of each; `initiative` is that of the person's group, -1 for none. Somebody
        who steps down and begins again is not activated anew; who moves in is somebody new under an old number.
    """

    initiatives: list[Initiative] = field(default_factory=list)
    activations: list[tuple[int, int, int, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Both lists only grow, so that what was read of them stays true.
        self._groups: list[Initiative] = [one for one in self.initiatives if one.kind == Kind.GROUP]
        self._parents: list[int] = []
        self._roots: list[int] = []
        self._latest: dict[int, int] = {}

    @property
    def groups(self) -> list[Initiative]:
        """All groups that there ever were, in the order of founding."""
        return self._groups

    def parents(self) -> list[int]:
        """By activation: the position of the activation that led to it, -1 for a root."""
        for position in range(len(self._parents), len(self.activations)):
            _, person, how, by, _ = self.activations[position]
            through_somebody = how == Source.CITIZEN and by != person
            self._parents.append(self._latest.get(by, -1) if through_somebody else -1)
            self._latest[person] = position
        return self._parents

    def roots(self) -> list[int]:
        """By activation: the position of the root of its cascade, its own for a root."""
        parents = self.parents()
        # A parent comes before its children, so its root is known.
        for position in range(len(self._roots), len(parents)):
            parent = parents[position]
            self._roots.append(self._roots[parent] if parent >= 0 else position)
        return self._roots

    def found(self, initiative: Initiative) -> int:
        """Write down an initiative; its number."""
        self.initiatives.append(initiative)
        if initiative.kind == Kind.GROUP:
            self._groups.append(initiative)
        return len(self.initiatives) - 1

    def begun_since(self, month: int) -> list[Initiative]:
        """Those that began in a month or later; they stand in the order of founding."""
        return self.initiatives[bisect_left(self.initiatives, month, key=lambda one: one.founded) :]

    def end(self, number: int, month: int) -> None:
        """Write down that an initiative ended; -1 is none."""
        if number >= 0:
            self.initiatives[number].ended = month

    def activated(
        self,
        people: NDArray[Any],
        month: int,
        how: NDArray[Any],
        by: NDArray[Any],
        initiatives: NDArray[Any],
    ) -> None:
        """Write down who was activated, (k) each."""
        rows = zip(people.tolist(), how.tolist(), by.tolist(), initiatives.tolist(), strict=True)
        self.activations.extend((month, *row) for row in rows)

    def remember(self) -> dict[str, Any]:
        """The same as arrays: int32 (initiatives, 11) in the order of the attributes, int32 (activations, 5)."""
        rows = [list(vars(one).values()) for one in self.initiatives]
        return {
            "initiatives": np.array(rows, np.int32).reshape(-1, len(Initiative.__dataclass_fields__)),
            "activations": np.array(self.activations, np.int32).reshape(-1, 5),
        }

    @classmethod
    def recall(cls, memory: dict[str, Any]) -> Lineage:
        """The lineage that was remembered."""
        return cls(
            [Initiative(*row) for row in memory["initiatives"].tolist()],
            [(m, p, h, b, i) for m, p, h, b, i in memory["activations"].tolist()],
        )


__all__ = ["Initiative", "Kind", "Layer", "Lineage", "Relation", "Source"]
