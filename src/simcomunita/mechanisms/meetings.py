"""Groups meet; each meeting is a proximity lab.

Members come or stay away, get to know each other, learn, and leave. How a group is run has to fit its size: up to about a dozen
people can speak in a circle, more need somebody to moderate an assembly (Steiner 1972, *Group Process and Productivity*; Hare 1981,
Small Group Behavior 12:253-273 on groups of five to twelve). A group takes shape as people in it learn to run it; until then it
lives on the support it gets, and without enough of either it ends.

Off: groups do not meet, and none ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import Source, Stage
from simcomunita.agents.group import Group
from simcomunita.configuration import Parameters, quantity
from simcomunita.network import FormedBy, TieKind, propose

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_SIZE = "Hare (1981), Small Group Behavior 12:253; Steiner (1972), for the form; size is an assumption"
_LIFE = "assumption; the published number of labs constrains it"


class MeetingsParameters(Parameters):
    """How groups fare."""

    on: bool = True
    """Whether groups meet at all."""
    circle: float = quantity(12.0, low=8, high=15, unit="people", source=_SIZE, least=2, most=200)
    """Largest group in which a circle works; larger ones need an assembly."""
    assembly_for_few: float = quantity(0.6, low=0.4, high=0.9, unit="factor", source=_SIZE, least=0, most=1)
    """How well an assembly works for a group that could sit in a circle."""
    coming: float = quantity(0.7, low=0.5, high=0.85, unit="probability", source="assumption", least=0, most=1)
    """That a member of full energy comes to a meeting that is run in the right way."""
    drawing: float = quantity(0.5, low=0.1, high=1.5, unit="people", source=_LIFE, least=0, most=100)
    """Guests that a meeting draws from its neighbourhood for each member who comes, by word of mouth, at no paperwork."""
    guest_stays: float = quantity(0.1, low=0.03, high=0.25, unit="probability", source=_LIFE, least=0, most=1)
    """That a guest stays in the group."""
    leaving: float = quantity(0.02, low=0.005, high=0.05, unit="per month", source="assumption", least=0, most=1)
    """That a member leaves a group that is run in the right way; doubled where nothing of it fits."""
    getting_to_know: float = quantity(0.6, low=0.3, high=1, unit="per meeting", source="assumption", least=0, most=1)
    """That somebody who comes gets talking to one other."""
    learning: float = quantity(0.03, low=0.01, high=0.06, unit="share", source="assumption", least=0, most=1)
    """Share of what is missing to full competence that a meeting gives; half without a skilled facilitator."""
    leaders_needed: float = quantity(3.0, low=2, high=5, unit="people", source=_LIFE, least=0.1, most=50)
    """People able to run things whom a group needs to carry itself."""
    able: float = quantity(0.4, low=0.3, high=0.6, unit="competence", source="assumption", least=0, most=1)
    """Competence from which a member is able to run things."""
    shaping: float = quantity(0.12, low=0.05, high=0.25, unit="share a month", source=_LIFE, least=0, most=1)
    """Share of the way to what its members could carry that a group goes in a month."""
    enough: float = quantity(0.5, low=0.3, high=0.8, unit="share", source=_LIFE, least=0, most=1)
    """What a group needs to live on, of its own shape and support together."""
    ending: float = quantity(0.5, low=0.2, high=1, unit="per month", source=_LIFE, least=0, most=1)
    """Probability that a group with nothing to live on ends; in proportion to what is missing."""
    smallest: float = quantity(3.0, low=2, high=5, unit="people", source="assumption", least=1, most=50)
    """Group below which there is none."""


def meetings(community: Community, parameters: ModelParameters) -> None:
    """Let every group meet, and let those end that cannot go on."""
    p = parameters.meetings
    community.places.liveliness *= 1 - 1 / 6
    ending: set[int] = set()
    for position, group in enumerate(community.groups):
        support = min(1.0, group.hours / parameters.facilitation.hours_of_a_lab)
        here = _meet(community, parameters, position, group)
        able = community.citizens.competence[here] >= p.able
        # Who runs things counts whole, who could counts half.
        leaders = 0.5 * able.sum() + 0.5 * (community.citizens.stage[here] >= Stage.ACTIVE).sum()
        reachable = min(1.0, float(leaders) / p.leaders_needed)
        group.shape += p.shaping * (reachable - group.shape)
        group.co_led = bool(leaders >= 1) or group.partner >= 0
        community.ledger.count("labs_co_led", int(group.co_led))
        lacking = p.enough - (group.shape + support)
        if len(group.members) < p.smallest:
            ending.add(position)
        elif lacking > 0:
            likely = p.ending * lacking / p.enough
            if community.chance.coin("meetings.ends", community.month, likely, group.number)[0]:
                ending.add(position)
    community.ledger.count("groups_ended", len(ending))
    community.close_groups(ending)


def fit(size: int, conduct: str, p: MeetingsParameters) -> float:
    """How well a way of running a group fits its size, in [0, 1]."""
    if conduct == "by_size":
        return 1.0
    if conduct == "circle":
        return min(1.0, p.circle / size)
    return 1.0 if size > p.circle else p.assembly_for_few


def _meet(
    community: Community, parameters: ModelParameters, position: int, group: Group
) -> NDArray[np.int32]:
    p, c, month, chance = parameters.meetings, community.citizens, community.month, community.chance
    by_post = {f.post.ordinal: f.post for f in community.facilitators}
    post = by_post.get(group.accompanied_by) if group.hours > 0 else None
    # A group on its own sits in a circle, whatever its size.
    fits = fit(len(group.members), post.conduct if post else "circle", p)
    skill = post.skill if post else 0.0

    leaves = group.members[
        chance.coin("meetings.leaves", month, p.leaving * (2 - fits), group.members)
    ]
    if len(leaves):
        community.leave_group(leaves, position)
    comes = chance.coin("meetings.comes", month, p.coming * fits * c.energy[group.members], group.members)
    here = group.members[comes]
    guests = _guests(community, parameters, group, len(here))
    everybody = np.concatenate([here, guests])
    source = Source.FACILITATOR if post else Source.CITIZEN
    community.reach(everybody, source, group.accompanied_by if post else -1)
    stays = guests[chance.coin("meetings.guest_stays", month, p.guest_stays, guests)]
    c.stage[stays] = np.maximum(c.stage[stays], Stage.PARTICIPANT)
    community.join_group(stays, position)

    learned = p.learning * (0.5 + 0.5 * skill)
    c.competence[here] += np.float32(learned) * (1 - c.competence[here])
    if len(everybody) > 1:
        talks = everybody[chance.coin("meetings.talks", month, p.getting_to_know, everybody)]
        turn = (chance.uniform("meetings.with", month, talks) * len(everybody)).astype(np.intp)
        community.proposals.append(propose(talks, everybody[turn], FormedBy.GROUP, TieKind.GROUP))

    group.meetings += 1
    ledger = community.ledger
    ledger.count("labs_held", 1)
    ledger.count("labs_supported", int(group.hours > 0))
    ledger.count("participations", len(everybody))
    ledger.count("vulnerable_participations", int(community.population.vulnerable[everybody].sum()))
    near = community.places.neighbourhood == group.neighbourhood
    community.places.liveliness[near] += len(everybody) / 6
    return here


def _guests(community: Community, parameters: ModelParameters, group: Group, present: int) -> NDArray[np.int32]:
    """People of the neighbourhood who come along; those with the group's need first, the hindered less."""
    p, population, c = parameters.meetings, community.population, community.citizens
    start = population.neighbourhood_start
    near = np.arange(start[group.neighbourhood], start[group.neighbourhood + 1], dtype=np.int32)
    near = near[population.grown_up[near] & (community.group_of[near] < 0)]
    paperwork = community.levers.paperwork * parameters.asking.burden
    expected = p.drawing * present * (1 - paperwork)
    number = community.chance.whole("meetings.guests", community.month, expected, group.number)
    concerned = (c.needs[near] >> group.area & 1).astype(np.float64)
    hindered = community.levers.paperwork * parameters.asking.burden_of_the_vulnerable
    weight = (1 + parameters.asking.need * 2 * concerned) * (1 - hindered * population.vulnerability[near])
    return community.chance.exactly(
        number, "meetings.guest", community.month, near, weight, turn=group.number % 4096
    ).astype(np.int32)
