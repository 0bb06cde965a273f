"""Ties between citizens and organisations: the linking ones, by which somebody gets through to a service.

Linking social capital joins people to institutions (Szreter & Woolcock 2004, International Journal of Epidemiology
33:650-667). Members of an association have such a tie by belonging (`memberships`); these are the others, made by
casework, labs, placements and places. They fade where nobody renews them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass
class Links:
    """m links, sorted by (person, organisation), none twice.

    Attributes
    ----------
    person, organisation
        int32 (m).
    strength
        float32 (m) in (0, 1].
    since
        int16 (m): the month in which it was made.
    """

    person: NDArray[np.int32]
    organisation: NDArray[np.int32]
    strength: NDArray[np.float32]
    since: NDArray[np.int16]

    @classmethod
    def none(cls) -> Links:
        """No links."""
        return cls(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32), np.empty(0, np.int16))

    def __len__(self) -> int:
        return len(self.person)

    def join(self, people: ArrayLike, organisations: ArrayLike, strength: float, month: int) -> None:
        """Link people with organisations (same length, or one for all); who is linked already comes closer by the
        same share of what is missing.
        """
        who, which = np.broadcast_arrays(np.asarray(people, np.int64), np.asarray(organisations, np.int64))
        pairs = np.unique(_pair(who, which))
        old = _pair(self.person, self.organisation)
        place = np.searchsorted(old, pairs)
        known = np.zeros(len(pairs), np.bool_)
        known[place < len(old)] = old[place[place < len(old)]] == pairs[place < len(old)]
        self.strength[place[known]] += np.float32(strength) * (1 - self.strength[place[known]])
        new, at = pairs[~known], place[~known]
        if not len(new):
            return
        self.person = np.insert(self.person, at, (new >> 32).astype(np.int32))
        self.organisation = np.insert(self.organisation, at, (new & 0xFFFFFFFF).astype(np.int32))
        self.strength = np.insert(self.strength, at, np.float32(strength))
        self.since = np.insert(self.since, at, np.int16(month))

    def fade(self, share: float, forgotten: float) -> None:
        """Let every link lose a share of its strength, and those below `forgotten` go."""
        self.strength *= np.float32(1 - share)
        self._keep(self.strength >= np.float32(forgotten))

    def drop(self, people: NDArray[np.integer]) -> None:
        """Let all links of some people go: they moved away."""
        if len(self):
            self._keep(~np.isin(self.person, people))

    def _keep(self, kept: NDArray[np.bool_]) -> None:
        if not kept.all():
            for column in fields(self):
                setattr(self, column.name, getattr(self, column.name)[kept])

    def copy(self) -> Links:
        """The same links, to be changed independently."""
        return Links(*(getattr(self, column.name).copy() for column in fields(self)))


def _pair(people: NDArray[np.integer], organisations: NDArray[np.integer]) -> NDArray[np.int64]:
    return np.asarray(people.astype(np.int64) << 32 | organisations.astype(np.int64))
