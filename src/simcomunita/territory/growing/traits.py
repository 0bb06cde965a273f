"""What residents are like: vulnerability, needs, sociability, trust, volunteering."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simcomunita.randomness import Chance
from simcomunita.territory.description import Territory
from simcomunita.territory.growing.apportionment import lowest, weighted_rank
from simcomunita.territory.growing.ground import Ground
from simcomunita.territory.growing.households import Residents, Role
from simcomunita.territory.population import GROWN_UP, Area
from simcomunita.territory.rows import ADULT


@dataclass(frozen=True)
class Traits:
    """Columns of `Population` that follow from age, origin and household."""

    vulnerability: NDArray[np.float32]
    needs: NDArray[np.uint8]
    sociability: NDArray[np.float32]
    trust: NDArray[np.float32]
    asks_for_help: NDArray[np.bool_]
    volunteer: NDArray[np.bool_]


def endow(ground: Ground) -> Traits:
    """Give residents their traits."""
    territory, people, chance = ground.territory, ground.people, ground.chance
    vulnerable = _vulnerable(ground)
    n = len(people.age)
    who = np.arange(n)
    u = chance.uniform("growing.traits.vulnerability", 0, who)
    # Below 0.5 more people are near 0; above, most are not far above the line.
    vulnerability = np.where(vulnerable, 0.5 + 0.5 * u * u, 0.5 * u * (0.4 + 0.6 * u))
    vulnerability = np.minimum(vulnerability.astype(np.float32), np.float32(1))
    vulnerability[~vulnerable] = np.minimum(vulnerability[~vulnerable], np.float32(0.4999))

    foreign = people.origin > 0
    asks_share = territory.attitude("asks_for_help")[vulnerable.astype(np.intp), foreign.astype(np.intp)]
    asks = chance.coin("growing.traits.asks_for_help", 0, asks_share, who)
    mean = territory.attitude("trust")[vulnerable.astype(np.intp), foreign.astype(np.intp)]
    spread = chance.uniform("growing.traits.trust", 0, who) + chance.uniform("growing.traits.trust_too", 0, who) - 1
    trust = np.clip(mean + 0.45 * spread, 0, 1).astype(np.float32)
    sociability = _sociability(territory, people, chance)
    volunteer = _volunteers(ground, sociability)
    needs = _needs(territory, people, vulnerable, chance)
    return Traits(vulnerability, needs, sociability, trust, asks, volunteer)


def _vulnerable(ground: Ground) -> NDArray[np.bool_]:
    """Who is at risk of poverty or exclusion: whole households (as Eurostat counts), exact by
    municipality.
    """
    territory, people, chance = ground.territory, ground.people, ground.chance
    place, bounds = ground.places.origin, ground.places.bounds
    start = np.flatnonzero(np.diff(people.household, prepend=-1))
    size = np.diff(np.append(start, len(people.age)))
    homes = len(start)
    parents = np.bincount(people.household, weights=people.role == Role.PARENT, minlength=homes)
    children = np.bincount(people.household, weights=people.role == Role.CHILD, minlength=homes)
    minors = np.bincount(people.household, weights=people.age < ADULT, minlength=homes)
    eldest = np.maximum.reduceat(people.age, start) if homes else np.empty(0)
    foreign = np.bincount(people.household, weights=people.origin > 0, minlength=homes) > 0
    risk = territory.risk
    weight = np.select(
        [size == 1, (parents == 1) & (children > 0) & (minors > 0), size >= 5],
        [risk("household", "alone"), risk("household", "single_parent"), risk("household", "large")],
        risk("household", "other"),
    )
    weight = weight * np.where(foreign, risk("origin", "foreign"), risk("origin", "native"))
    weight = weight * np.select(
        [eldest < 35, eldest < 65],
        [risk("age", "under_35"), risk("age", "35_to_64")],
        risk("age", "65_and_over"),
    )
    rank = weighted_rank(chance.uniform("growing.traits.vulnerable", 0, np.arange(homes)), weight)
    chosen = np.zeros(len(people.age), np.bool_)
    for m, share in enumerate(territory.vulnerable_shares[place]):
        low, high = int(bounds[m]), int(bounds[m + 1])
        if low == high:
            continue
        wanted = round(share * (high - low))
        first, last = int(people.household[low]), int(people.household[high - 1])
        order = first + np.argsort(rank[first : last + 1], kind="stable")
        ends = np.cumsum(size[order])
        full = int(np.searchsorted(ends, wanted, side="right"))
        for_sure = np.zeros(homes, np.bool_)
        for_sure[order[:full]] = True
        chosen[low:high] = for_sure[people.household[low:high]]
        left = wanted - (int(ends[full - 1]) if full else 0)
        for home in order[full:]:  # households that fit exactly into what is left
            if left == 0:
                break
            if size[home] <= left:
                chosen[start[home] : start[home] + size[home]] = True
                left -= int(size[home])
        if left:  # no small household at all: part of one
            free = low + np.flatnonzero(~chosen[low:high])[:left]
            chosen[free] = True
    return chosen


def _sociability(territory: Territory, people: Residents, chance: Chance) -> NDArray[np.float32]:
    """How many ties a person keeps up against the average: skewed (most below 1, some near 3), mean 1.

    The shape 0.4 + 0.593 u / (1.25 - u) has mean 1, median 0.8 and highest value 2.8, as degrees of personal
    networks do (Hill & Dunbar 2003); it then goes with age.
    """
    u = chance.uniform("growing.traits.sociability", 0, np.arange(len(people.age)))
    sociable = (0.4 + 0.593 * u / (1.25 - u)) * territory.profile("sociability")[people.band]
    return np.asarray(sociable / sociable.mean(), np.float32)


def _volunteers(ground: Ground, sociability: NDArray[np.float32]) -> NDArray[np.bool_]:
    """The standing volunteers: exact by municipality; by age, and the sociable rather (Wilson 2012, NVSQ
    41:176).
    """
    territory, people, chance = ground.territory, ground.people, ground.chance
    place, bounds = ground.places.origin, ground.places.bounds
    weight = territory.profile("volunteering")[people.band] * sociability * (people.age >= ADULT)
    rank = weighted_rank(chance.uniform("growing.traits.volunteer", 0, np.arange(len(people.age))), weight)
    chosen = np.zeros(len(people.age), np.bool_)
    for m, share in enumerate(territory.volunteer_shares[place]):
        low, high = int(bounds[m]), int(bounds[m + 1])
        adults = low + np.flatnonzero(people.age[low:high] >= ADULT)
        chosen[adults[lowest(round(share * len(adults)), rank[adults])]] = True
    return chosen


_AREAS = {"housing": Area.HOUSING, "work": Area.WORK, "proximity": Area.PROXIMITY, "youth": Area.YOUTH}


def _needs(territory: Territory, people: Residents, vulnerable: NDArray[np.bool_], chance: Chance) -> NDArray[np.uint8]:
    """Bits of `Area`; a need of housing is the household's, all others are one's own."""
    table = np.zeros((len(_AREAS), 2, 256))
    for row in territory.need_rows:
        table[_AREAS[row.area], int(row.vulnerable), row.from_age : row.to_age + 1] = row.share
    who = np.arange(len(people.age))
    head = np.maximum.accumulate(np.where(np.diff(people.household, prepend=-1) > 0, who, 0))
    needs = np.zeros(len(who), np.uint8)
    for name, area in _AREAS.items():
        whose = head if area == Area.HOUSING else who
        share = table[area, vulnerable.astype(np.intp), people.age]
        has = chance.coin(f"growing.traits.need_{name}", 0, share, whose)
        needs |= (has.astype(np.uint8) << np.uint8(area)).astype(np.uint8)
    return needs


def isolation_risk(people: Residents, traits: Traits) -> NDArray[np.float64]:
    """How likely somebody has nobody beside their family, relatively: float64 (n), 0 below 14.

    More with age, vulnerability and few contacts (ISTAT BES; Fischer & Beresford 2015, Network Science
    3:115).
    """
    risk = np.where(traits.vulnerability >= 0.5, 1.6, 1.0) / (0.3 + traits.sociability)
    risk = risk * np.select([people.age >= 75, people.age >= 55, people.age < 25], [1.5, 1.15, 0.7], 1.0)
    return np.asarray(np.where(people.age >= GROWN_UP, risk, 0.0))
