"""Residents in households: ages, sizes and family types as asked for, then origin groups and neighbourhoods.

A municipality is filled exactly: its residents by age band, its households by size, its residents by origin
group. Who lives with whom follows from ranks: children (of any age, as many adults in Italy live with their
parents) are matched to the gap in age to their parents, partners to each other by age.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from simcomunita.randomness import Chance
from simcomunita.territory.description import Territory
from simcomunita.territory.growing.apportionment import apportioned, lowest, weighted_rank
from simcomunita.territory.rows import ADULT, LARGEST_HOUSEHOLD


class Role(IntEnum):
    """What somebody is in their household."""

    PARENT = 0  # its head: alone, of a couple, or a single parent
    CHILD = 1
    OTHER = 2


@dataclass(frozen=True)
class Residents:
    """Residents of a municipality or of a territory, sorted by (municipality), neighbourhood and household.

    `age`, `band`, `origin`, `role` uint8 (n); `household`, `neighbourhood` int32 (n), ascending from 0.
    """

    age: NDArray[np.uint8]
    band: NDArray[np.uint8]
    origin: NDArray[np.uint8]
    role: NDArray[np.uint8]
    household: NDArray[np.int32]
    neighbourhood: NDArray[np.int32]

    @property
    def neighbourhoods(self) -> int:
        """How many neighbourhoods there are."""
        return int(self.neighbourhood[-1]) + 1 if len(self.age) else 0


def settle(territory: Territory, place: int, residents: int, chance: Chance, first: int) -> Residents:
    """Fill municipality number `place` with so many `residents`, who bear numbers from `first` on in their
    draws.
    """
    return _Settlement(territory, place, residents, chance, first).residents()


class _Settlement:
    """The work of filling one municipality."""

    def __init__(self, territory: Territory, place: int, residents: int, chance: Chance, first: int) -> None:
        self.territory, self.place, self.n = territory, place, residents
        self.chance, self.first = chance, first

    def u(self, purpose: str, who: NDArray[np.int64]) -> NDArray[np.float64]:
        return self.chance.uniform(f"growing.households.{purpose}", 0, who + self.first)

    def residents(self) -> Residents:
        age, band = self._ages()
        minors = int((age < ADULT).sum())
        parents, children, others = self._families(minors, len(age) - minors)
        household, role = self._members(age, band, parents, children, others)
        origin = self._origins(age, role, household, parents + children + others)
        return self._laid_out(age, band, origin, role, household, parents + children + others)

    def _ages(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Ages in years, ascending, and bands: exact by band, even within one (falling off in the last)."""
        counts = apportioned(self.territory.age_shares[self.place], self.n)
        band = np.repeat(np.arange(len(counts)), counts)
        low = np.array([b[1] for b in self.territory.bands])[band]
        width = np.array([b[2] - b[1] + 1 for b in self.territory.bands])[band]
        u = self.u("age", np.arange(self.n))
        oldest = band == len(counts) - 1
        u = np.where(oldest, 1 - np.sqrt(1 - u), u)
        age = low + np.minimum((u * width).astype(np.int64), width - 1)
        order = np.argsort(age, kind="stable")
        return age[order], band[order]

    def _families(self, minors: int, adults: int) -> tuple[NDArray[np.int64], ...]:
        """Parents, children and others of each household: int64 (households) each, of exactly n people
        together.
        """
        shares = self.territory.household_shares[self.place]
        sizes = _sizes(shares, self.n)
        # Rounding may leave a tiny place with more households than adults: people living alone move together.
        while sizes.sum() > adults and sizes[0] >= 2:
            sizes[0] -= 2
            sizes[1] += 1
        rows = []
        for size in range(1, LARGEST_HOUSEHOLD + 1):
            types = [t for t in self.territory.household_types if t.size == size]
            if sizes[size - 1] == 0:
                continue
            for kind, count in zip(types, apportioned([t.share for t in types], int(sizes[size - 1])), strict=True):
                rows.append(np.tile([kind.parents, kind.children, kind.others], (int(count), 1)))
        made = np.concatenate(rows)
        parents, children, others = made[:, 0].copy(), made[:, 1].copy(), made[:, 2].copy()
        lacking = minors - int(children.sum())
        for column, least in ((others, 0), (parents, 1)):
            if lacking > 0:  # more minors than places for children: other relatives, then partners, give way
                spare = np.flatnonzero(column > least)
                give = spare[lowest(lacking, self.u("give_way", spare))]
                column[give] -= 1
                children[give] += 1
                lacking -= len(give)
        while lacking > 0 and (others > 0).any():
            give = np.flatnonzero(others > 0)[:lacking]
            others[give] -= 1
            children[give] += 1
            lacking -= len(give)
        if lacking > 0:
            name = self.territory.names[self.place]
            raise ValueError(f"{name} has more households than adults: every household needs one")
        return parents, children, others

    def _members(
        self,
        age: NDArray[np.int64],
        band: NDArray[np.int64],
        parents: NDArray[np.int64],
        children: NDArray[np.int64],
        others: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Household and role of every resident (who are sorted by age)."""
        n, who = len(age), np.arange(len(age))
        household = np.full(n, -1, np.int64)
        role = np.full(n, int(Role.PARENT), np.int64)
        weight = self.territory.profile("lives_with_parents")[band]
        rank = np.where(age < ADULT, -1.0, weighted_rank(self.u("with_parents", who), weight))
        child = lowest(int(children.sum()), rank)
        role[child] = Role.CHILD
        rest = np.setdiff1d(who, child, assume_unique=True)

        elder = np.select([age[rest] >= 75, age[rest] >= 65], [1.0, 0.35], 0.06)
        other = rest[lowest(int(others.sum()), weighted_rank(self.u("other", rest), elder))]
        role[other] = Role.OTHER
        rest = np.setdiff1d(rest, other, assume_unique=True)

        alone_places = np.flatnonzero((parents == 1) & (children + others == 0))
        weight = self.territory.profile("lives_alone")[band[rest]]
        alone = rest[lowest(len(alone_places), weighted_rank(self.u("alone", rest), weight))]
        household[alone] = alone_places
        rest = np.setdiff1d(rest, alone, assume_unique=True)

        single_places = np.flatnonzero((parents == 1) & (children + others > 0))
        weight = np.select([age[rest] < 25, age[rest] < 65], [0.15, 1.0], 0.55)
        single = rest[lowest(len(single_places), weighted_rank(self.u("single_parent", rest), weight))]
        rest = np.setdiff1d(rest, single, assume_unique=True)

        # Couples: neighbours in a ranking by age with some noise (differences of age of about 3 years).
        near = rest[np.argsort(age[rest] + 8 * self.u("partner", rest), kind="stable")]
        one, two = near[0::2], near[1::2]
        couple_age = np.minimum(age[one], age[two])
        with_children = np.flatnonzero((parents == 2) & (children > 0))
        without = np.flatnonzero((parents == 2) & (children == 0))
        rearing = np.interp(couple_age, [18, 28, 36, 50, 60, 70, 80, 95], [0.2, 0.5, 0.9, 0.95, 0.6, 0.3, 0.12, 0.05])
        chosen = lowest(len(with_children), weighted_rank(self.u("with_children", one), rearing))
        left = np.setdiff1d(np.arange(len(one)), chosen, assume_unique=True)
        for places, couples in ((with_children, chosen), (without, left)):
            turn = places[np.argsort(self.u("family", places), kind="stable")]
            household[one[couples]] = turn
            household[two[couples]] = turn
        household[single] = single_places[np.argsort(self.u("single_family", single_places), kind="stable")]

        # Children: each place for a child wants an age, that of the younger parent less 20 to 40 years.
        parent_age = np.full(len(parents), 255, np.int64)
        headed = np.flatnonzero((role == Role.PARENT) & (household >= 0))
        np.minimum.at(parent_age, household[headed], age[headed])
        slots = np.repeat(np.arange(len(children)), children)
        draw = np.arange(len(slots))
        gap = 20 + 10 * (self.u("gap", draw) + self.u("gap_too", draw))
        wanted = np.argsort(parent_age[slots] - gap, kind="stable")
        household[child[np.argsort(age[child], kind="stable")]] = slots[wanted]
        # Others: grandparents go where parents are youngest among those who have a place.
        places = np.repeat(np.arange(len(others)), others)
        household[other] = places[np.argsort(parent_age[places] + 30 * self.u("other_place", places), kind="stable")]
        return household, role

    def _origins(
        self,
        age: NDArray[np.int64],
        role: NDArray[np.int64],
        household: NDArray[np.int64],
        size: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Origin groups: exact by group, whole households but for mixed couples; foreign ones are younger."""
        counts = apportioned(self.territory.origin_shares[self.place], self.n)
        foreign = int(counts[1:].sum())
        origin = np.zeros(self.n, np.int64)
        if foreign == 0:
            return origin
        eldest = np.zeros(len(size), np.int64)
        np.maximum.at(eldest, household, age)
        homes = np.arange(len(size))
        # Residents of foreign origin are seldom over 65 (ISTAT register 2019: 5 % against 25 %).
        weight = np.interp(eldest, [18, 45, 60, 70, 100], [1.0, 1.0, 0.4, 0.08, 0.03])
        rank = weighted_rank(self.u("foreign_home", homes), weight)
        order = np.argsort(rank, kind="stable")
        ends = np.cumsum(size[order])
        enough = int(np.searchsorted(ends, foreign)) + 1
        chosen = order[:enough]
        turn = chosen[np.argsort(self.u("origin_home", chosen), kind="stable")]
        position = np.full(len(size), np.iinfo(np.int64).max, np.int64)
        position[turn] = np.arange(len(turn))
        inside = np.flatnonzero(position[household] < len(turn))
        by_home = inside[np.lexsort((role[inside], position[household[inside]]))]
        origin[by_home[:foreign]] = np.repeat(np.arange(1, len(counts)), counts[1:])
        self._mix_couples(age, role, household, origin, foreign)
        return origin

    def _mix_couples(
        self,
        age: NDArray[np.int64],
        role: NDArray[np.int64],
        household: NDArray[np.int64],
        origin: NDArray[np.int64],
        foreign: int,
    ) -> None:
        """Let partners of foreign couples and of main-group couples of about their age change places."""
        heads = np.flatnonzero(role == Role.PARENT)
        heads = heads[np.argsort(household[heads], kind="stable")]
        pair = np.flatnonzero(household[heads[:-1]] == household[heads[1:]])
        one, two = heads[pair], heads[pair + 1]
        share = self.territory.assumptions.mixed_couples.value
        both = np.flatnonzero((origin[one] > 0) & (origin[one] == origin[two]))
        neither = np.flatnonzero((origin[one] == 0) & (origin[two] == 0) & (age[two] < 60))
        swaps = min(round(share * foreign / 2), len(both), len(neither))
        if swaps == 0:
            return
        a = both[lowest(swaps, self.u("mixed", two[both]))]
        b = neither[lowest(swaps, self.u("mixed", two[neither]))]
        p, q = two[a], two[b]
        p, q = p[np.argsort(age[p], kind="stable")], q[np.argsort(age[q], kind="stable")]
        origin[q], origin[p] = origin[p], 0

    def _laid_out(
        self,
        age: NDArray[np.int64],
        band: NDArray[np.int64],
        origin: NDArray[np.int64],
        role: NDArray[np.int64],
        household: NDArray[np.int64],
        size: NDArray[np.int64],
    ) -> Residents:
        """Order households from the centre of the municipality outwards and cut them into neighbourhoods."""
        assumed = self.territory.assumptions
        homes = len(size)
        foreign = np.zeros(homes, np.bool_)
        foreign[household[(origin > 0) & (role == Role.PARENT)]] = True
        u = self.u("address", np.arange(homes))
        # A mixture: the segregated part of foreign households lives in the inner half.
        inner = foreign & (self.u("segregated", np.arange(homes)) < 2 * assumed.segregation.value)
        address = np.where(inner, u / 2, u)
        order = np.argsort(address, kind="stable")
        count = max(1, round(self.n / assumed.neighbourhood_size.value))
        middle = np.cumsum(size[order]) - size[order] / 2
        hood_in_order = np.minimum((middle * count / self.n).astype(np.int64), count - 1)
        new = np.empty(homes, np.int64)
        new[order] = np.arange(homes)
        hood = np.empty(homes, np.int64)
        hood[order] = np.unique(hood_in_order, return_inverse=True)[1]
        by_home = np.lexsort((-age, role, new[household]))
        return Residents(
            age[by_home].astype(np.uint8),
            band[by_home].astype(np.uint8),
            origin[by_home].astype(np.uint8),
            role[by_home].astype(np.uint8),
            new[household[by_home]].astype(np.int32),
            hood[household[by_home]].astype(np.int32),
        )


def _sizes(shares: NDArray[np.float64], people: int) -> NDArray[np.int64]:
    """Households by size, of exactly so many people together: int64 (6)."""
    kinds = np.arange(1, len(shares) + 1)
    counts = apportioned(shares, max(1, round(people / float(shares @ kinds))))
    while (missing := people - int(counts @ kinds)) != 0:
        # The size whose change is smallest against its number gives or takes one household.
        step = 1 if missing > 0 else -1
        fits = kinds <= abs(missing)
        usable = fits & (counts > 0) if step < 0 else fits & (shares > 0)
        if usable.any():
            size = int(kinds[usable][-1]) - 1
            counts[size] += step
        elif step < 0:  # a household shrinks by one
            size = int(np.flatnonzero(counts * (kinds > 1))[-1])
            counts[size] -= 1
            counts[size - 1] += 1
        else:  # a household grows by one
            size = int(np.flatnonzero(counts[:-1])[0]) if counts[:-1].any() else 0
            if counts[size] == 0:
                counts[0] += 1
            else:
                counts[size] -= 1
                counts[size + 1] += 1
    return counts


def households_by_size(household_start: NDArray[np.int32]) -> NDArray[np.int64]:
    """How many households have 1, 2, … 6 (and more) members: int64 (6)."""
    size = np.minimum(np.diff(household_start), LARGEST_HOUSEHOLD)
    return np.bincount(size, minlength=LARGEST_HOUSEHOLD + 1)[1:]
