"""Shared foci: school classes with parents, work teams, associations (Feld 1981, American Journal of
Sociology 86:1015).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simcomunita.network import Memberships
from simcomunita.randomness import Chance
from simcomunita.territory.growing.ground import Ground
from simcomunita.territory.growing.households import Role
from simcomunita.territory.growing.traits import Traits
from simcomunita.territory.population import GROWN_UP, Organisations

FIRST_CLASS, LAST_CLASS = 6, 18
"""Ages of the first and the last school year."""
WORKING_AGE = (18, 64)


@dataclass(frozen=True)
class Foci:
    """Who shares a class, a team, an association."""

    school: Memberships
    work: Memberships
    association: Memberships


def gather(ground: Ground, traits: Traits, organisations: Organisations) -> Foci:
    """Send residents to school, to work and to associations."""
    return Foci(
        _school(ground, organisations),
        _work(ground),
        _association(ground, traits, organisations),
    )


def destination(cumulative: NDArray[np.float64], start: NDArray[np.int64], u: NDArray[np.float64]) -> NDArray[np.int64]:
    """Where each goes, by cumulative chances (m, m) and where they start from."""
    # Each row lies in its own unit interval, so that one search serves all rows.
    m = len(cumulative)
    line = (cumulative + np.arange(m)[:, None]).ravel()
    line[m - 1 :: m] = np.arange(1, m + 1)
    found = np.searchsorted(line, start + u, side="right") - start * m
    return np.asarray(np.minimum(found, m - 1), np.int64)


def _cut(group: NDArray[np.int64], size: float) -> tuple[NDArray[np.int64], int]:
    """Cut sorted groups into even parts of about `size`: the part of each position, and how many parts there
    are.
    """
    if len(group) == 0:
        return np.empty(0, np.int64), 0
    start = np.flatnonzero(np.diff(group, prepend=group[0] - 1))
    length = np.diff(np.append(start, len(group)))
    parts = np.maximum(1, np.rint(length / size).astype(np.int64))
    offset = np.concatenate([[0], np.cumsum(parts)])
    which = np.repeat(np.arange(len(start)), length)
    inside = np.arange(len(group)) - start[which]
    return offset[which] + inside * parts[which] // length[which], int(offset[-1])


def _school(ground: Ground, organisations: Organisations) -> Memberships:
    """Classes of pupils of one municipality and school year, neighbours together, and one parent of each
    pupil.

    From 14 on pupils go where upper secondary schools are (in the own municipality if there are none); some
    go to schools outside the territory. Small places put two or more school years together.
    """
    territory, places, people, chance = ground.territory, ground.places, ground.people, ground.chance
    municipality = ground.municipality
    n = len(people.age)
    pupils = np.flatnonzero((people.age >= FIRST_CLASS) & (people.age <= LAST_CLASS))
    older = people.age[pupils] >= GROWN_UP
    outside = older & chance.coin("growing.foci.study_outside", 0, territory.assumptions.study_outside.value, pupils)
    pupils, older = pupils[~outside], older[~outside]
    where = municipality[pupils].copy()
    upper = [i for i, kind in enumerate(organisations.kinds) if "upper_secondary" in kind]
    seats = np.bincount(
        organisations.municipality[np.isin(organisations.kind, upper)], minlength=len(places.names)
    ).astype(np.float64)
    if seats.any():
        pull = places.attraction(seats, territory.assumptions.commuting_distance.value)
        u = chance.uniform("growing.foci.upper_secondary", 0, pupils[older])
        where[older] = destination(pull, municipality[pupils[older]], u)
    year = people.age[pupils].astype(np.int64) - FIRST_CLASS
    size = territory.assumptions.class_size.value
    # School years of a place that are too small are put together with those before them.
    cell = where * 32 + year
    counts = np.bincount(cell, minlength=len(places.names) * 32).reshape(-1, 32)
    together = np.zeros_like(counts)
    for m in range(len(counts)):
        label, have = 0, 0
        for y in range(LAST_CLASS - FIRST_CLASS + 1):
            if y == GROWN_UP - FIRST_CLASS or have >= 0.6 * size:
                label, have = y, 0
            together[m, y] = label
            have += int(counts[m, y])
    cell = where * 32 + together[where, year]
    # Neighbours go to the same class: sorted by number, which follows the streets.
    order = np.lexsort((pupils, cell))
    part, classes = _cut(cell[order], size)
    label_of = np.empty(len(pupils), np.int64)
    label_of[order] = part
    heads = np.flatnonzero(people.role == Role.PARENT)
    home = people.household[heads]
    first_head = np.full(int(people.household[-1]) + 1, -1, np.int64)
    last_head = first_head.copy()
    first_head[home[::-1]] = heads[::-1]
    last_head[home] = heads
    which = chance.coin("growing.foci.which_parent", 0, 0.5, people.household[pupils])
    parent = np.where(which, first_head[people.household[pupils]], last_head[people.household[pupils]])
    return Memberships.of(classes, n, np.concatenate([label_of, label_of]), np.concatenate([pupils, parent]))


def _work(ground: Ground) -> Memberships:
    """Teams of residents who work in the same municipality, cut to the sizes of firms and to the largest
    team.
    """
    territory, places, people, chance = ground.territory, ground.places, ground.people, ground.chance
    municipality = ground.municipality
    assumed = territory.assumptions
    n = len(people.age)
    fit = np.flatnonzero((people.age >= WORKING_AGE[0]) & (people.age <= WORKING_AGE[1]))
    employed = fit[chance.coin("growing.foci.employed", 0, territory.profile("employed")[people.band[fit]], fit)]
    inside = employed[~chance.coin("growing.foci.work_outside", 0, assumed.work_outside.value, employed)]
    jobs = territory.jobs[places.origin]
    jobs = jobs * places.residents / np.maximum(territory.population[places.origin], 1)
    pull = places.attraction(jobs, assumed.commuting_distance.value)
    where = destination(pull, municipality[inside], chance.uniform("growing.foci.workplace", 0, inside))
    # In a firm of so many: the chance of a job there goes with its employees.
    rows = territory.firm_rows
    middle = np.array([np.sqrt(r.from_employees * r.to_employees) for r in rows])
    if sum(r.number for r in rows if r.to_employees > 1) == 0:  # everybody works alone
        return Memberships.of(0, n, [], [])
    weight = np.cumsum(np.array([r.number for r in rows]) * middle)
    most = assumed.team_at_most.value
    u = chance.uniform("growing.foci.firm_size", 0, inside)
    firm = np.minimum(np.searchsorted(weight / weight[-1], u, side="right"), len(rows) - 1)
    low = np.array([r.from_employees for r in rows], np.float64)
    high = np.array([r.to_employees for r in rows], np.float64)
    together = firm[:, None] == np.arange(len(rows))
    member = together.any(1) & (high[firm] > 1)
    inside, where, firm = inside[member], where[member], firm[member]
    # People of one size of firm and one place, in an order that follows a draw of their own, fill teams in
    # turn.
    cell = where * len(rows) + firm
    order = np.lexsort((chance.uniform("growing.foci.team", 0, inside), cell))
    typical = np.minimum((low + high) / 2, np.where(high > most, most * 0.75, most))
    team = np.full(n, -1, np.int32)
    count = 0
    sorted_cell, sorted_people = cell[order], inside[order]
    for kind in range(len(rows)):
        of_kind = np.flatnonzero(sorted_cell % len(rows) == kind)
        part, parts = _cut_unevenly(sorted_cell[of_kind], typical[kind], most, chance, kind)
        team[sorted_people[of_kind]] = part + count
        count += parts
    return Memberships.from_labels(team, count)


def _cut_unevenly(
    group: NDArray[np.int64], size: float, most: float, chance: Chance, turn: int
) -> tuple[NDArray[np.int64], int]:
    """Cut sorted groups into parts of varied size (half to one and a half times `size`, at most `most`)."""
    if len(group) == 0:
        return np.empty(0, np.int64), 0
    pieces = int(len(group) / max(size * 0.5, 1)) + 2
    u = chance.uniform("growing.foci.team_size", 0, np.arange(pieces) + (turn << 32))
    sizes = np.clip(np.rint(size * (0.5 + u)), 2, max(2, int(most))).astype(np.int64)
    part = np.searchsorted(np.cumsum(sizes), np.arange(len(group)), side="right")
    # A new group always starts a new part.
    new = (np.diff(part, prepend=-1) != 0) | (np.diff(group, prepend=-1) != 0)
    label = np.cumsum(new) - 1
    return label, int(label[-1]) + 1


def _association(ground: Ground, traits: Traits, organisations: Organisations) -> Memberships:
    """Who belongs to which organisation that has members: near ones, large ones, those where people of one's
    age are.
    """
    territory, places, people, chance = ground.territory, ground.places, ground.people, ground.chance
    municipality = ground.municipality
    n = len(people.age)
    open_to = {(r.kind, r.sector) for r in territory.organisation_rows if r.members}
    kinds = [(organisations.kinds[k], organisations.sectors[s]) for k, s in zip(
        organisations.kind, organisations.sector, strict=True)]  # fmt: skip
    bodies = np.flatnonzero([k in open_to for k in kinds])
    grown_up = people.age >= GROWN_UP
    if len(bodies) == 0:
        return Memberships.of(len(organisations), n, [], [])
    share = territory.profile("association_member")[people.band] * np.clip(0.35 + 0.65 * traits.sociability, 0, 1.8)
    joins = grown_up & (traits.volunteer | chance.coin("growing.foci.member", 0, share, np.arange(n)))
    members = np.flatnonzero(joins)
    second = members[
        chance.coin("growing.foci.second_membership", 0, territory.assumptions.second_membership.value, members)
    ]
    who = np.concatenate([members, second])
    turn = np.concatenate([np.zeros(len(members), np.int64), np.ones(len(second), np.int64)])
    bodies = bodies[np.argsort(organisations.municipality[bodies], kind="stable")]
    seat = organisations.municipality[bodies].astype(np.int64)
    weight = organisations.size[bodies].astype(np.float64)
    pull = places.attraction(
        np.bincount(seat, weights=weight, minlength=len(places.names)).astype(np.float64),
        territory.assumptions.association_distance.value,
    )
    key = who + (turn << 32)
    where = destination(pull, municipality[who], chance.uniform("growing.foci.seat", 0, key))
    end = np.cumsum(weight)
    bottom = np.concatenate([[0], end])[np.searchsorted(seat, where, side="left")]
    top = np.concatenate([[0], end])[np.searchsorted(seat, where, side="right")]
    middle_age = 20 + 55 * chance.uniform("growing.foci.age_of_association", 0, bodies)
    chosen = np.full(len(who), -1, np.int64)
    unlike = np.full(len(who), np.inf)
    for look in ("first", "second", "third"):  # of three that come to mind, the one nearest to the own age
        u = chance.uniform(f"growing.foci.association_{look}", 0, key)
        body = np.minimum(np.searchsorted(end, bottom + u * (top - bottom), side="right"), len(bodies) - 1)
        gap = np.abs(middle_age[body] - people.age[who])
        better = (gap < unlike) & (top > bottom)
        chosen[better], unlike[better] = body[better], gap[better]
    known = chosen >= 0
    return Memberships.of(len(organisations), n, bodies[chosen[known]], who[known])
