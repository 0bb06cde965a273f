"""Ties between citizens and organisations: the linking ones, by which somebody gets through to a service.

Linking social capital joins people to institutions (Szreter & Woolcock 2004, International Journal of Epidemiology
33:650-667). Members of an association have such a tie by belonging (`memberships`); these are the others, made by
casework, labs, placements and places. They fade where nobody renews them. As with ties, what mechanisms propose is
woven in once a month.
"""

from __future__ import annotations

from dataclasses import dataclass, field

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
    proposals: list[tuple[NDArray[np.int64], np.float32]] = field(default_factory=list)
    """Pairs proposed this month, packed, and how far that brings them."""

    COLUMNS = ("person", "organisation", "strength", "since")

    @classmethod
    def none(cls) -> Links:
        """No links."""
        return cls(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32), np.empty(0, np.int16))

    def __len__(self) -> int:
        return len(self.person)

    def join(self, people: ArrayLike, organisations: ArrayLike, strength: float) -> None:
        """Propose links of people with organisations (same length, or one for all)."""
        who, which = np.asarray(people, np.int64), np.asarray(organisations, np.int64)
        self.proposals.append((_pair(who, which), np.float32(strength)))

    def weave(self, month: int) -> None:
        """Make what was proposed: each brings a pair closer by a share of what is missing, identical ones once."""
        if not self.proposals:
            return
        proposed = np.concatenate([pairs for pairs, _ in self.proposals])
        weaker = np.concatenate([np.full(len(pairs), 1 - share, np.float32) for pairs, share in self.proposals])
        old, missing = _pair(self.person, self.organisation), 1 - self.strength
        # Only links that stand where something was proposed need a closer look.
        near = np.zeros(len(self) + 1, np.bool_)
        near[np.searchsorted(old, proposed)] = True
        near = near[:-1]
        woven = _together(
            np.concatenate([old[near], proposed]),
            np.concatenate([missing[near], weaker]),
            np.concatenate([self.since[near], np.full(len(proposed), month, np.int16)]),
        )
        pair = np.concatenate([old[~near], woven[0]])
        order = np.argsort(pair, kind="stable")
        pair = pair[order]
        self.strength = 1 - np.concatenate([missing[~near], woven[1]])[order]
        self.since = np.concatenate([self.since[~near], woven[2]])[order]
        self.person = (pair >> 32).astype(np.int32)
        self.organisation = (pair & 0xFFFFFFFF).astype(np.int32)
        self.proposals = []

    def fade(self, share: float, forgotten: float) -> None:
        """Let every link lose a share of its strength, and those below `forgotten` go."""
        self.strength *= np.float32(1 - share)
        self._keep(self.strength >= np.float32(forgotten))

    def drop(self, people: NDArray[np.integer]) -> None:
        """Let all links of some people go: they moved away."""
        if len(self):
            gone = np.zeros(int(self.person[-1]) + 1, np.bool_)
            gone[people[people < len(gone)]] = True
            self._keep(~gone[self.person])

    def _keep(self, kept: NDArray[np.bool_]) -> None:
        if not kept.all():
            for name in self.COLUMNS:
                setattr(self, name, getattr(self, name)[kept])

    def copy(self) -> Links:
        """The same links, to be changed independently."""
        return Links(*(getattr(self, name).copy() for name in self.COLUMNS))


def _together(
    pair: NDArray[np.int64], missing: NDArray[np.float32], since: NDArray[np.int16]
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int16]]:
    """Each pair once, ascending, with the product of what is missing, identical ones once, and the first month."""
    # The older of a pair comes first; products are taken in an order that does not depend on who proposed first.
    order = np.lexsort((missing, since, pair))
    pair, missing, since = pair[order], missing[order], since[order]
    again = (np.diff(pair, prepend=-1) == 0) & (np.diff(missing, prepend=0) == 0) & (np.diff(since, prepend=0) == 0)
    pair, missing, since = pair[~again], missing[~again], since[~again]
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    return pair[first], np.multiply.reduceat(missing, first), since[first]


def _pair(people: NDArray[np.integer], organisations: NDArray[np.integer]) -> NDArray[np.int64]:
    return np.asarray(people.astype(np.int64) << 32 | organisations.astype(np.int64))
