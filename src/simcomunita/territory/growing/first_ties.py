"""The first ties: kin, then people who share a focus, then friends of friends; and how close they are.

Who shares a focus chooses by likeness of age, origin and vulnerability (Feld 1981; McPherson, Smith-Lovin &
Cook 2001, Annual Review of Sociology 27:415); a part of the ties closes triads (Granovetter 1973; Davidsen,
Ebel & Bornholdt 2002). The number of ties and of support ties, and the share of those without any beside
their family, are those asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simcomunita.network import FormedBy, Memberships, TieKind, Ties
from simcomunita.territory.growing import kernels
from simcomunita.territory.growing.apportionment import weighted_rank
from simcomunita.territory.growing.foci import LAST_CLASS, Foci, destination
from simcomunita.territory.growing.ground import Ground, starts
from simcomunita.territory.growing.households import Role
from simcomunita.territory.growing.traits import Traits, isolation_risk
from simcomunita.territory.population import GROWN_UP

SUPPORT, SYMPATHY = 0.6, 0.25
"""Strengths from which a tie is one of support and of sympathy."""
FAINT = 0.05
"""Share of first ties that are below sympathy: the newest, and some that are being forgotten."""
FAINTEST = 0.08
"""Strength of the weakest first ties."""
EVENLY = 0.5
"""Ties outside the family grow fewer from the edge of sympathy to that of support: 1 if they did not, 0 if as steeply
as can be. The month's mechanisms hold such a slope (assumption).
"""
_MET_AT_ONCE = 15
"""Members of an association, either way in the order of their addresses, among whom somebody chooses
(assumption).
"""

# Strength of kin ties by relation (partners, parent-child, siblings, grandparents, in-laws, others), lowest
# and highest: partners and parents are nearly always people to count on, siblings and in-laws often not
# (Fischer 1982; Wellman & Wortley 1990, American Journal of Sociology 96:558). First row within a household,
# second between households.
_KIN_STRENGTH = np.array(
    [
        [[0.75, 0.98], [0.68, 0.96], [0.55, 0.90], [0.6, 0.9], [0.5, 0.85], [0.52, 0.88]],
        [[0.75, 0.98], [0.48, 0.92], [0.32, 0.82], [0.40, 0.84], [0.26, 0.70], [0.3, 0.7]],
    ]
)
_KIND = np.array(
    [
        TieKind.KIN,
        TieKind.KIN,
        TieKind.NEIGHBOUR,
        TieKind.FRIEND,
        TieKind.COLLEAGUE,
        TieKind.GROUP,
        TieKind.FRIEND,
    ],
    np.uint8,
)


def tied(ground: Ground, traits: Traits, foci: Foci, month: int) -> Ties:
    """Grow the first ties, as of `month`."""
    pairs = _pairs(ground, traits, foci)
    edges = _Edges.of(pairs)
    strength = _strengths(ground, traits, edges)
    u = kernels.pair_draws(pairs, ground.chance.key("growing.ties.trust"))
    trust = np.clip(0.15 + 0.75 * strength + 0.2 * (u - 0.5), 0, 1).astype(np.float32)
    kind = _KIND[edges.formed_by]
    # A neighbour, colleague or fellow member to count on is a friend.
    kind = np.where((strength >= SUPPORT) & (kind != TieKind.KIN), np.uint8(TieKind.FRIEND), kind)
    since = _since(ground, edges, strength, month)
    return Ties(
        len(ground),
        edges.first,
        edges.second,
        strength.astype(np.float32),
        trust,
        kind.astype(np.uint8),
        edges.formed_by.astype(np.uint8),
        since,
    )


@dataclass(frozen=True)
class _Edges:
    """Unpacked pairs: first, second int32 (m); formed_by, relation int64 (m)."""

    pairs: NDArray[np.uint64]
    first: NDArray[np.int32]
    second: NDArray[np.int32]
    formed_by: NDArray[np.int64]
    relation: NDArray[np.int64]

    @classmethod
    def of(cls, pairs: NDArray[np.uint64]) -> _Edges:
        return cls(
            pairs,
            (pairs >> np.uint64(32)).astype(np.int32),
            (pairs >> np.uint64(8) & np.uint64(0xFFFFFF)).astype(np.int32),
            (pairs >> np.uint64(4) & np.uint64(0xF)).astype(np.int64),
            (pairs & np.uint64(0xF)).astype(np.int64),
        )

    @property
    def kin(self) -> NDArray[np.bool_]:
        """Bool (m): of the household or between kin."""
        return self.formed_by <= FormedBy.KINSHIP


def _once(pairs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Sort, and keep of each two people the first occasion (household, kin, then foci)."""
    pairs = np.sort(pairs)
    who = pairs >> np.uint64(8)
    keep = np.ones(len(pairs), np.bool_)
    keep[1:] = who[1:] != who[:-1]
    return pairs[keep]


def _pairs(ground: Ground, traits: Traits, foci: Foci) -> NDArray[np.uint64]:
    """Who is tied to whom: packed and sorted, as many as asked for."""
    assumed, people = ground.territory.assumptions, ground.people
    key = ground.chance.key
    like = (people.age, people.origin, traits.vulnerability >= 0.5)
    halves = np.array(
        [assumed.homophily_age.value, assumed.homophily_origin.value, assumed.homophily_vulnerability.value]
    )
    social = traits.sociability
    grown_up = people.age >= GROWN_UP
    found = [_household_and_kin(ground)]
    quota = np.where(grown_up, social * (assumed.ties_to_neighbours.value / 2), 0.0)
    alike = _alike(ground)
    found.append(
        kernels.neighbour_ties(
            ground.neighbourhood_start,
            people.neighbourhood,
            alike,
            quota,
            social,
            like,
            halves,
            key("growing.ties.neighbours"),
        )
    )
    for name, focus, formed_by, wanted, window, split in (
        ("school", foci.school, FormedBy.SCHOOL, assumed.ties_in_class.value, 1000, LAST_CLASS),
        ("work", foci.work, FormedBy.WORK, assumed.ties_in_team.value, 1000, 0),
        (
            "association",
            foci.association,
            FormedBy.ASSOCIATION,
            assumed.ties_in_association.value,
            _MET_AT_ONCE,
            0,
        ),
    ):
        found.append(
            kernels.focus_ties(
                focus.by_focus,
                focus.person,
                _focus_quota(focus, social, wanted),
                int(formed_by),
                window,
                split,
                social,
                like,
                halves,
                key(f"growing.ties.{name}"),
            )
        )
    pairs = _once(np.concatenate(found))
    # Friends of friends, in two rounds, up to the number of ties asked for.
    total = round(ground.territory.targets.sympathy.value / (1 - FAINT) * len(ground) / 2)
    weight = np.where(grown_up, social, 0.0)
    for turn in (1, 2):
        missing = total - len(pairs)
        if missing <= 0 or weight.sum() == 0:
            break
        start, neighbour = kernels.rows_both_ways(len(ground), pairs)
        part = missing * (0.6 if turn == 1 else 1.0)
        quota = weight / weight.sum() * part * 1.35
        new = kernels.closure_ties(start, neighbour, quota, social, like, halves, key("growing.ties.closure", turn))
        new = _once(new)
        new = new[~np.isin(new >> np.uint64(8), pairs >> np.uint64(8), assume_unique=True)]
        if len(new) > part:
            rank = kernels.pair_draws(new, key("growing.ties.closure_kept", turn))
            new = new[np.sort(np.argpartition(rank, int(part))[: int(part)])]
        pairs = np.sort(np.concatenate([pairs, new]))
    return pairs


def _alike(ground: Ground) -> tuple[NDArray[np.int64], ...]:
    """Residents by municipality and origin: where each cell starts, its people, and each one's cell and
    place.
    """
    origins = len(ground.territory.origins)
    cell = ground.municipality * origins + ground.people.origin
    people = np.argsort(cell, kind="stable")
    start = np.searchsorted(cell[people], np.arange(len(ground.places.names) * origins + 1))
    place = np.empty(len(people), np.int64)
    place[people] = np.arange(len(people))
    return start, people, cell, place


def _focus_quota(focus: Memberships, social: NDArray[np.float32], wanted: float) -> NDArray[np.float64]:
    """Expected choices of each membership: half of the ties wanted (the other half are chosen by others),
    fewer in small foci, shared between a person's several foci.
    """
    size = np.diff(focus.by_focus)[focus.focus]
    several = np.maximum(np.diff(focus.by_person), 1)[focus.person]
    return np.asarray(np.minimum(wanted / 2, (size - 1) / 2) * social[focus.person] / several)


def _household_and_kin(ground: Ground) -> NDArray[np.uint64]:
    """Ties within households and between kin."""
    people, places, assumed = ground.people, ground.places, ground.territory.assumptions
    start = ground.household_start
    inside = kernels.household_ties(start, people.role)
    origins = len(ground.territory.origins)
    heads = start[:-1]  # the eldest parent stands first
    home_cell = ground.municipality[heads] * origins + people.origin[heads]
    by_cell = np.lexsort((people.age[heads], home_cell))
    cells = len(places.names) * origins
    cell_start = np.searchsorted(home_cell[by_cell], np.arange(cells + 1))
    pull = places.attraction(places.residents.astype(np.float64), assumed.kin_distance.value)
    who = np.arange(len(ground))
    where = destination(pull, ground.municipality, ground.chance.uniform("growing.ties.kin_place", 0, who))
    chance_of = np.where(people.origin == 0, assumed.kin_in_territory.value, assumed.kin_in_territory_foreign.value)
    parents_home = kernels.homes_of_parents(
        people.age,
        people.role,
        people.household,
        where * origins + people.origin,
        cell_start,
        by_cell,
        people.age[heads][by_cell].astype(np.float64),
        chance_of,
        ground.chance.key("growing.ties.parents"),
    )
    with_parents = np.flatnonzero(parents_home >= 0)
    by_home = with_parents[np.argsort(parents_home[with_parents], kind="stable")]
    between = kernels.kin_ties(
        people.role, people.household, start, parents_home, by_home, ground.chance.key("growing.ties.kin")
    )
    return np.concatenate([inside, between])


def _strengths(ground: Ground, traits: Traits, edges: _Edges) -> NDArray[np.float64]:
    """How strong each tie is: kin by relation, others so that support ties and isolation come out as asked
    for.
    """
    u = kernels.pair_draws(edges.pairs, ground.chance.key("growing.ties.strength"))
    kin = edges.kin
    strength = np.empty(len(u))
    low_high = _KIN_STRENGTH[edges.formed_by[kin], edges.relation[kin]]
    strength[kin] = low_high[:, 0] + (low_high[:, 1] - low_high[:, 0]) * u[kin]
    wanted = round(ground.territory.targets.support.value * len(ground) / 2)
    wanted -= int((strength[kin] >= SUPPORT).sum())
    other = np.flatnonzero(~kin)
    closeness = _closeness(ground, traits, edges, other, u[other])
    strong, apart = _supporting(ground, traits, (edges.first[other], edges.second[other]), closeness, wanted)
    # Of support, not of support, and with somebody who has no support: in each, stronger the closer.
    rank = np.empty(len(other))
    for side, low, high in (
        (strong, SUPPORT, 0.92),
        (~strong & ~apart, SYMPATHY, SUPPORT),
        (~strong & apart, SYMPATHY, SUPPORT),
    ):
        members = np.flatnonzero(side)
        place = np.empty(len(members))
        place[np.argsort(closeness[members], kind="stable")] = (np.arange(len(members)) + 0.5) / max(len(members), 1)
        faint = 0.0 if low == SUPPORT else FAINT * len(u) / max(int((~strong).sum()), 1)
        above = np.maximum(place - faint, 0.0) / max(1 - faint, 1e-9)
        if low < SUPPORT:
            above = EVENLY * above + (1 - EVENLY) * above * above
        rank[members] = np.where(
            place < faint,
            FAINTEST + (SYMPATHY - FAINTEST) * place / max(faint, 1e-9),
            low + (high - 1e-3 - low) * above,
        )
    strength[other] = rank
    return strength


def _closeness(
    ground: Ground, traits: Traits, edges: _Edges, other: NDArray[np.int64], u: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What makes a tie close besides chance: likeness of age and origin, and having friends in common."""
    a, b = edges.first[other], edges.second[other]
    people = ground.people
    gap = (people.age[a].astype(np.float64) - people.age[b]) / ground.territory.assumptions.homophily_age.value
    closeness = u + 0.25 / (1 + gap * gap) + 0.15 * (people.origin[a] == people.origin[b])
    return np.asarray(closeness + 0.15 * (edges.formed_by[other] == FormedBy.CLOSURE))


def _supporting(
    ground: Ground,
    traits: Traits,
    ends: tuple[NDArray[np.int32], NDArray[np.int32]],
    closeness: NDArray[np.float64],
    wanted: int,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which ties outside the family are of support, and which have an end that has no support: bool (m) each.

    So many residents as asked for have none; all other grown-ups have at least their closest; the closest
    others fill up.
    """
    n = len(ground)
    a, b = ends
    grown_up = ground.people.age >= GROWN_UP
    both = grown_up[a] & grown_up[b]
    has_any = np.zeros(n, np.bool_)
    has_any[a[both]] = True
    has_any[b[both]] = True
    isolated = round(ground.territory.targets.isolated.value * int(grown_up.sum()))
    lonely = grown_up & ~has_any
    may = np.flatnonzero(grown_up & has_any)
    u = ground.chance.uniform("growing.ties.isolated", 0, may)
    order = may[np.argsort(weighted_rank(u, isolation_risk(ground.people, traits)[may]), kind="stable")]
    room = max(0, isolated - int(lonely.sum()))
    best = np.full(n, -1, np.int64)
    alone = lonely
    for _ in range(3):  # those left with none but isolated contacts count too: choose as many fewer
        alone = lonely.copy()
        alone[order[:room]] = True
        eligible = both & ~alone[a] & ~alone[b]
        best = kernels.closest(n, a, b, eligible, closeness)
        stranded = int((grown_up & ~alone & (best < 0)).sum())
        excess = stranded + int(alone.sum()) - isolated
        if excess <= 0 or room == 0:
            break
        room = max(0, room - excess)
    strong = np.zeros(len(a), np.bool_)
    strong[best[best >= 0]] = True
    stranded_too = alone | (grown_up & (best < 0))
    children = ~grown_up[a] & ~grown_up[b]
    spare = np.flatnonzero(~strong & ((both & ~stranded_too[a] & ~stranded_too[b]) | children))
    more = min(max(0, wanted - int(strong.sum())), len(spare))
    if more:
        strong[spare[np.argsort(-closeness[spare], kind="stable")[:more]]] = True
    return strong, stranded_too[a] | stranded_too[b]


def _since(ground: Ground, edges: _Edges, strength: NDArray[np.float64], month: int) -> NDArray[np.int16]:
    """The month in which each tie began: kin when the younger was born (partners at about 26), strong ones
    long ago.

    Friendships of support last 10 years and more on average, weak ones a few (Roberts & Dunbar 2011; Burt
    2000).
    """
    u = kernels.pair_draws(edges.pairs, ground.chance.key("growing.ties.since"))
    age = ground.people.age
    younger = np.minimum(age[edges.first], age[edges.second]).astype(np.float64)
    years = np.where(strength >= SUPPORT, 1 + 24 * u * u, 0.9 + 9 * u * u)
    # Faint ties are new ones: most of them are gone within a year.
    years = np.where(strength < SYMPATHY, 0.05 + 1.2 * u, years)
    # Nobody makes friends before school; classmates have known each other for some years at most.
    years = np.minimum(years, np.maximum(younger - 4, 0.1))
    together = np.minimum(np.maximum(younger - 26 + 6 * u, 0.5), 60)
    years = np.where(edges.kin, younger + u, years)
    years = np.where((edges.formed_by == FormedBy.HOUSEHOLD) & (edges.relation == 0), together, years)
    years = np.where((edges.formed_by == FormedBy.KINSHIP) & (edges.relation == 4), together, years)
    return np.asarray(np.clip(month - np.rint(years * 12), 0, 32767), np.int16)


__all__ = ["FAINT", "SUPPORT", "SYMPATHY", "Role", "starts", "tied"]
