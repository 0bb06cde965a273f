"""Who shares a focus with whom: classes, work teams, associations (Feld 1981, "The focused organization of social
ties").
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Memberships:
    """Pairs (focus, person), sorted by focus and person, none twice, with rows both ways.

    Attributes
    ----------
    n_foci, n_people
        How many foci and people there are.
    focus, person
        int32 (m).
    by_focus
        int32 (n_foci + 1): the members of focus f are ``person[by_focus[f]:by_focus[f + 1]]``.
    by_person
        int32 (n_people + 1): the foci of person i are ``focus_of[by_person[i]:by_person[i + 1]]``.
    focus_of
        int32 (m), see `by_person`.
    """

    n_foci: int
    n_people: int
    focus: NDArray[np.int32]
    person: NDArray[np.int32]
    by_focus: NDArray[np.int32] = field(init=False)
    by_person: NDArray[np.int32] = field(init=False)
    focus_of: NDArray[np.int32] = field(init=False)

    def __post_init__(self) -> None:
        turned = np.argsort(self.person, kind="stable")
        set_ = object.__setattr__  # frozen: the rows follow from the pairs
        set_(self, "by_focus", _rows(self.focus, self.n_foci))
        set_(self, "by_person", _rows(self.person, self.n_people))
        set_(self, "focus_of", self.focus[turned])

    @classmethod
    def of(cls, n_foci: int, n_people: int, focus: ArrayLike, person: ArrayLike) -> Memberships:
        """Sort pairs and drop repetitions.

        Raises
        ------
        ValueError
            If a pair names a focus or a person that does not exist.
        """
        for what, numbers, limit in (("focus", focus, n_foci), ("person", person, n_people)):
            found = np.asarray(numbers, np.int64)
            if len(found) and not (found.min() >= 0 and found.max() < limit):
                raise ValueError(f"a membership names a {what} outside 0 to {limit - 1}")
        pair = np.unique(np.asarray(focus, np.int64) * max(n_people, 1) + np.asarray(person, np.int64))
        return cls(
            n_foci,
            n_people,
            (pair // max(n_people, 1)).astype(np.int32),
            (pair % max(n_people, 1)).astype(np.int32),
        )

    @classmethod
    def from_labels(cls, labels: NDArray[np.int32], n_foci: int) -> Memberships:
        """One focus at most a person: `labels` is int32 (n_people), -1 for none."""
        person = np.flatnonzero(labels >= 0)
        return cls.of(n_foci, len(labels), labels[person], person)

    def __len__(self) -> int:
        return len(self.focus)

    def members(self, focus: int) -> NDArray[np.int32]:
        """The people of one focus, in ascending order."""
        return self.person[self.by_focus[focus] : self.by_focus[focus + 1]]

    def foci(self, person: int) -> NDArray[np.int32]:
        """The foci of one person, in ascending order."""
        return self.focus_of[self.by_person[person] : self.by_person[person + 1]]

    def with_added(self, focus: ArrayLike, person: ArrayLike) -> Memberships:
        """These memberships and some more."""
        return Memberships.of(
            self.n_foci,
            self.n_people,
            np.concatenate([self.focus, np.asarray(focus, np.int32)]),
            np.concatenate([self.person, np.asarray(person, np.int32)]),
        )


def _rows(labels: NDArray[np.int32], n: int) -> NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum(np.bincount(labels, minlength=n))]).astype(np.int32)
