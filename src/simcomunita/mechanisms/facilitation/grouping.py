"""Running groups: supporting those that are there until they take shape, and starting new ones.

What is started is supported until it takes shape; after that (`taper`) support shrinks to being on call, which
frees hours for new groups. `leave_early` stops after three months, `never_leave` never shrinks. That support should
be withdrawn as ability grows is the idea of scaffolding (Wood, Bruner & Ross 1976, J. Child Psychology and
Psychiatry 17:89-100).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import Source, Stage
from simcomunita.agents.group import Group
from simcomunita.mechanisms.routine import lab_hours
from simcomunita.outcomes.lineage import Initiative, Kind, Layer
from simcomunita.territory.population import Area

if TYPE_CHECKING:
    from simcomunita.agents.facilitator import Facilitator
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

EARLY = 3
"""Months after which `leave_early` leaves."""


def run_groups(facilitator: Facilitator, hours: float, community: Community, parameters: ModelParameters) -> None:
    """Spend the hours on groups that need them, then on new groups; what is left goes into preparing."""
    p = parameters.facilitation
    left = hours
    supported = 0
    _adopt(facilitator, community)
    mine = [group for group in community.groups if group.accompanied_by == facilitator.post.ordinal]
    left -= _renew(mine, facilitator, hours, parameters)
    for group in sorted(mine, key=lambda g: (g.shape, g.number)):
        need = min(_needed(group, facilitator, community, parameters), left)
        if need > 0:
            group.hours += need
            left -= need
            supported += 1
            community.ledger.count("hours_of_labs", need)
    cost = p.hours_of_a_start * (1 - p.practice_saves * facilitator.practice)
    ease = math.fsum(group.ease for group in mine) / len(mine) if mine else 0.0
    cost *= 1 - parameters.routine.saving * ease
    turn = 0
    while left >= cost + p.hours_of_a_lab or (turn == 0 and left > 0 and _starts(facilitator, left, cost, community)):
        started = _start(facilitator, turn, community, parameters)
        if started is None:
            break
        started.hours = min(p.hours_of_a_lab, max(left - cost, 1.0))
        left = max(0.0, left - cost - started.hours)
        community.ledger.count("groups_started_by_staff", 1)
        community.ledger.count("hours_of_starting_groups", cost)
        community.ledger.count("hours_of_labs", started.hours)
        supported += 1
        turn += 1
    facilitator.note("run_groups", hours, supported * p.worth_of_lab)


def welcome(
    facilitator: Facilitator, people: NDArray[np.intp], community: Community, parameters: ModelParameters
) -> None:
    """Bring people who said yes into groups that the facilitator accompanies in their municipality, the smallest
    first; where people are only won over, nobody is brought anywhere yet.
    """
    if not facilitator.post.trying or not len(people):
        return
    full, post = parameters.facilitation.full_group, facilitator.post.ordinal
    groups = community.groups
    mine = [k for k, group in enumerate(groups) if group.accompanied_by == post]
    if not mine:
        return
    free = people[community.group_of[people] < 0]
    for person, municipality in zip(free.tolist(), community.population.municipality[free].tolist(), strict=True):
        near = [k for k in mine if groups[k].municipality == municipality and groups[k].size < full]
        if near:
            smallest = min(near, key=lambda k: groups[k].size)
            community.group_of[person] = smallest
            groups[smallest].size += 1


def _adopt(facilitator: Facilitator, community: Community) -> None:
    """Look after groups of the catchment that nobody accompanies, where somebody on the map belongs to them."""
    has_known = np.zeros(len(community.groups) + 1, np.bool_)
    has_known[community.group_of[facilitator.acquaintances]] = True
    for group, known in zip(community.groups, has_known[:-1].tolist(), strict=True):
        if known and group.accompanied_by < 0 and group.municipality in facilitator.catchment:
            group.accompanied_by = facilitator.post.ordinal


def _renew(mine: list[Group], facilitator: Facilitator, hours: float, parameters: ModelParameters) -> float:
    """Spend the share of the hours that is kept for renewing on the groups that are accompanied; how many that was."""
    spent = hours * facilitator.post.renewal if mine and parameters.routine.on else 0.0
    for group in mine:
        group.novelty += min(1.0, spent / len(mine) * parameters.routine.renewed_an_hour) * (1 - group.novelty)
    return spent


def _needed(group: Group, facilitator: Facilitator, community: Community, parameters: ModelParameters) -> float:
    p, full = parameters.facilitation, lab_hours(group, parameters)
    style = facilitator.post.accompaniment
    if style == "never_leave":
        return full
    if style == "leave_early":
        return full if community.month - group.founded < EARLY else 0.0
    if group.shape >= p.taken_shape:
        return p.hours_on_call
    return max(p.hours_on_call, full * (1 - group.shape / p.taken_shape))


def _starts(facilitator: Facilitator, left: float, cost: float, community: Community) -> bool:
    """Whether a few hours, saved up over months, make a start this month (so that part-time staff start groups
    too).
    """
    return community.chance.happens("facilitation.starts", community.month, left / (2 * cost), facilitator.number)


def _start(facilitator: Facilitator, turn: int, community: Community, parameters: ModelParameters) -> Group | None:
    """Bring together participants without a group, around the need most of them share, where most of them live."""
    p, population, c = parameters.facilitation, community.population, community.citizens
    known = facilitator.acquaintances
    free = known[c.at_least(Stage.PARTICIPANT, known) & (community.group_of[known] < 0)]
    if len(free) < parameters.meetings.smallest:
        return None
    homes, counts = np.unique(population.neighbourhood[free], return_counts=True)
    home = int(homes[np.argmax(counts)])
    municipality = int(population.neighbourhood_municipality[home])
    members = _nearest(free, home, int(p.first_members), community)
    area = shared_need(members, community)
    site = community.places.nearest_in(municipality, home, population)
    number = int(facilitator.addresses(1)[0]) + (community.month - facilitator.hired) * 1024 + turn
    group = Group(
        number=number,
        area=area,
        municipality=municipality,
        neighbourhood=site,
        founded=community.month,
        post=facilitator.post.ordinal,
        accompanied_by=facilitator.post.ordinal,
    )
    group.partner = _partner(group, community)
    beginning = Initiative(
        Kind.GROUP,
        area,
        municipality,
        community.month,
        Source.FACILITATOR,
        facilitator.post.ordinal,
        Layer.FORMAL if group.partner < 0 else Layer.MIXED,
        neighbourhood=site,
    )
    community.found_group(group, members, beginning)
    return group


def _nearest(free: NDArray[np.intp], home: int, number: int, community: Community) -> NDArray[np.intp]:
    """The free participants who live nearest to a neighbourhood, those of its municipality first."""
    population = community.population
    where = population.neighbourhood[free]
    gap = population.neighbourhood_centre[where] - population.neighbourhood_centre[home]
    elsewhere = population.neighbourhood_municipality[where] != population.neighbourhood_municipality[home]
    km = (gap.astype(np.float64) ** 2).sum(axis=1) + 1e6 * elsewhere
    return np.sort(free[np.argsort(km, kind="stable")[:number]])


def shared_need(members: NDArray[np.intp], community: Community) -> int:
    """The need that most members have; of equals the first but for proximity, which is everybody's."""
    needs = community.citizens.needs[members]
    counts = [np.count_nonzero(needs & (1 << int(area))) for area in Area]
    if max(counts) == 0:
        return int(Area.PROXIMITY)
    return counts.index(max(counts))


def _partner(group: Group, community: Community) -> int:
    """An involved organisation of the same municipality that hosts no group yet, -1 for none."""
    here = community.organisations_of((group.municipality,))
    free = here[(community.involved_since[here] >= 0) & ~community.population.organisations.firm[here]]
    hosts = {g.partner for g in community.groups}
    return next((number for number in free.tolist() if number not in hosts), -1)
