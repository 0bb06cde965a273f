"""Groups meet; each meeting is a proximity lab.

Members come or stay away, get to know each other, learn, and leave; neighbours come along. How a group is run has
to fit its size: up to about a dozen people can speak in a circle, more need somebody to moderate an assembly
(Steiner 1972, *Group Process and Productivity*; Hare 1981, American Behavioral Scientist 24:695-708 on groups of five
to twelve). A group takes shape as people in it learn to run it; until then it lives on the support it gets, and
without enough of either it ends.

Off: groups do not meet, and none ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simcomunita.agents.citizens import NO_CRISIS, Source, Stage
from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity
from simcomunita.mechanisms.facilitation.exchanging import asked_too_much
from simcomunita.mechanisms.routine import drawing, lab_hours, strangers_talk
from simcomunita.network import FormedBy, TieKind, propose
from simcomunita.randomness import uniform
from simcomunita.states import State
from simcomunita.territory.population import GROWN_UP

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_SIZE = "Hare (1981), Am. Behav. Sci. 24:695; Steiner (1972), for the form; size is an assumption"
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
    drawing: float = quantity(0.5, low=0.1, high=1, unit="people", source=_LIFE, least=0, most=100)
    """Guests whom each member who comes draws from the neighbourhood, were there no paperwork."""
    guest_stays: float = quantity(0.07, low=0.03, high=0.25, unit="probability", source=_LIFE, least=0, most=1)
    """That a guest stays in the group."""
    concern: float = quantity(15.0, low=2, high=15, unit="factor", source=_LIFE, least=1, most=100)
    """How much likelier a neighbour comes along who has the need that the group is about, is in a crisis, or is
    vulnerable: labs are made for them."""
    leaving: float = quantity(0.02, low=0.005, high=0.05, unit="per month", source="assumption", least=0, most=1)
    """That a member leaves a group that is run in the right way; doubled where nothing of it fits."""
    getting_to_know: float = quantity(0.6, low=0.3, high=1, unit="per meeting", source="assumption", least=0, most=1)
    """That somebody who comes gets talking."""
    conversations: int = Field(3, ge=1, le=20)
    """With how many others; whoever meets the same people month after month comes to know them well."""
    learning: float = quantity(0.03, low=0.01, high=0.06, unit="share", source="assumption", least=0, most=1)
    """Share of what is missing to full competence that a meeting gives; half without a skilled facilitator."""
    leaders_needed: float = quantity(4.0, low=2, high=6, unit="people", source=_LIFE, least=0.1, most=50)
    """People able to run things whom a group needs to carry itself."""
    able: float = quantity(0.4, low=0.3, high=0.6, unit="competence", source="assumption", least=0, most=1)
    """Competence from which a member is able to run things."""
    shaping: float = quantity(0.12, low=0.05, high=0.25, unit="share a month", source=_LIFE, least=0, most=1)
    """Share of the way to what its members could carry that a group goes in a month."""
    enough: float = quantity(0.5, low=0.3, high=0.8, unit="share", source=_LIFE, least=0, most=1)
    """What a group needs to live on, of its own shape and support together."""
    ending: float = quantity(0.5, low=0.2, high=1, unit="per month", source=_LIFE, least=0, most=1)
    """Probability that a group with nothing to live on ends; in proportion to what is missing."""
    citizens_co_lead: float = quantity(0.6, low=0.3, high=0.9, unit="per meeting", source=_LIFE, least=0, most=1)
    """Probability that a meeting which somebody active attends is run together with citizens."""
    partners_co_lead: float = quantity(0.5, low=0.2, high=0.8, unit="per meeting", source=_LIFE, least=0, most=1)
    """Probability that a meeting of a group with a partner organisation is run together with it."""
    purpose_served: float = quantity(0.06, low=0.01, high=0.06, unit="per month", source=_LIFE, least=0, most=1)
    """Probability that a group ends although it could go on: its purpose is served, or its time over."""
    bare_lab: float = quantity(0.6, low=0.4, high=0.9, unit="factor", source="assumption", least=0, most=1)
    """Guests of a lab for which the budget has no money left, against one with materials and refreshments."""
    smallest: float = quantity(3.0, low=2, high=5, unit="people", source="assumption", least=1, most=50)
    """Group below which there is none."""


LIVELY = 5.0
"""Attendances a month, averaged over about half a year, from which a place counts as alive; an assumption."""


@dataclass
class LivedPlaces(State):
    """Neighbourhoods whose community place was ever alive: bool (neighbourhoods)."""

    ever: NDArray[np.bool_]

    @classmethod
    def at_the_start(cls, community: Community) -> Self:
        """None."""
        return cls(np.zeros(len(community.population.neighbourhood_municipality), np.bool_))


@dataclass
class LabsMoney(State):
    """Euro of the labs budget that are left from earlier months."""

    left: float

    @classmethod
    def at_the_start(cls, community: Community) -> Self:
        """Nothing."""
        return cls(0.0)


def meetings(community: Community, parameters: ModelParameters) -> None:
    """Let every group meet, and let those end that cannot go on."""
    community.places.liveliness *= 1 - 1 / 6
    bare = _without_money(community)
    if not community.groups:
        return
    fits, skill = _conduct(community, parameters)
    meets = _who_meets(community)
    here = _come_and_go(community, parameters, fits)
    here = here[meets[community.group_of[here]]]
    guests, site = _come_along(community, parameters, here, bare)
    attending = np.concatenate([here, guests])
    at = np.concatenate([community.group_of[here], site])
    _count(community, attending, at, meets)
    _get_talking(community, parameters, attending, at)
    stay = np.minimum(1.0, parameters.meetings.guest_stays * drawing(community, parameters)[site])
    stays = community.chance.coin("meetings.stays", community.month, stay, guests)
    community.citizens.rise(guests[stays], Stage.PARTICIPANT)
    community.join_groups(guests[stays], site[stays])
    competence = community.citizens.competence
    learned = parameters.meetings.learning * (0.5 + 0.5 * skill[community.group_of[here]])
    competence[here] += learned * (1 - competence[here])
    _take_shape_or_end(community, parameters, here, meets)


def alive(community: Community) -> NDArray[np.bool_]:
    """Which community places people come to: bool (places). Of fewer simulated people fewer are enough."""
    return np.asarray(community.places.liveliness >= LIVELY * min(1.0, community.population.scale))


def fit(size: NDArray[np.float64], conduct: str, p: MeetingsParameters) -> NDArray[np.float64]:
    """How well a way of running groups fits their sizes, in [0, 1]."""
    if conduct == "by_size":
        return np.ones_like(size)
    if conduct == "circle":
        return np.minimum(1.0, p.circle / np.maximum(size, 1))
    return np.where(size > p.circle, 1.0, p.assembly_for_few)


def _sizes(community: Community, people: NDArray[np.intp] | None = None) -> NDArray[np.float64]:
    group_of = community.group_of if people is None else community.group_of[people]
    return np.bincount(group_of[group_of >= 0], minlength=len(community.groups)).astype(np.float64)


def _who_meets(community: Community) -> NDArray[np.bool_]:
    """Which groups meet at all this month, by position: what happens outside may keep some from it."""
    number = np.array([group.number for group in community.groups], np.int64)
    return community.chance.coin("meetings.meets", community.month, community.levers.event.contact, number)


def _conduct(community: Community, parameters: ModelParameters) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """By group: how well it is run, and with what skill (0 where no facilitator is there)."""
    size = _sizes(community)
    # A group on its own sits in a circle, whatever its size.
    fits = fit(size, "circle", parameters.meetings)
    skill = np.zeros(len(community.groups))
    posts = {f.post.ordinal: f.post for f in community.facilitators}
    led = {post.conduct: fit(size, post.conduct, parameters.meetings) for post in posts.values()}
    for position, group in enumerate(community.groups):
        post = posts.get(group.accompanied_by) if group.hours > 0 else None
        if post:
            fits[position] = led[post.conduct][position]
            skill[position] = post.skill
    return fits, skill


def _come_and_go(community: Community, parameters: ModelParameters, fits: NDArray[np.float64]) -> NDArray[np.intp]:
    """Let members leave; who of the others comes, ascending."""
    p, month, chance = parameters.meetings, community.month, community.chance
    members = np.flatnonzero(community.group_of >= 0)
    how = fits[community.group_of[members]]
    how = how * (1 - parameters.facilitation.misfit * asked_too_much(community, members))
    leaves = chance.coin("meetings.leaves", month, p.leaving * (2 - how), members)
    community.leave_groups(members[leaves])
    comes = chance.coin("meetings.comes", month, p.coming * how * community.citizens.energy[members], members)
    return members[comes & ~leaves]


def _come_along(
    community: Community, parameters: ModelParameters, here: NDArray[np.intp], bare: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """Neighbours who come along, and to which group."""
    p, population, c = parameters.meetings, community.population, community.citizens
    present = _sizes(community, here)
    paperwork = community.levers.paperwork
    expected = p.drawing * present * (1 - paperwork * parameters.asking.burden) * drawing(community, parameters)
    expected *= np.where(bare, p.bare_lab, 1.0)
    number = np.array([group.number for group in community.groups], np.int64)
    luck = community.chance.uniform("meetings.guests", community.month, number)
    wanted = np.floor(expected + luck).astype(np.int64)
    guests, site = neighbours_come(
        wanted,
        np.array([group.neighbourhood for group in community.groups], np.int64),
        np.array([group.area for group in community.groups], np.int64),
        population.neighbourhood_start,
        (population.age, community.group_of, c.needs, c.crisis, population.vulnerability),
        (p.concern, paperwork * parameters.asking.burden_of_the_vulnerable),
        community.chance.key("meetings.guest", community.month),
    )
    return guests, site


def _without_money(community: Community) -> NDArray[np.bool_]:
    """The staff's labs for which no money is left, bool (groups): the groups that were founded last go without.

    What a month leaves over can be used later, a year's budget at most.
    """
    staffed = np.array([group.hours > 0 for group in community.groups], np.bool_)
    budget, money = community.levers.labs_budget, community.state(LabsMoney)
    if budget is None:
        money.left = 0.0
        community.ledger.count("labs_paid_for", int(staffed.sum()))
        return np.zeros(len(staffed), np.bool_)
    yearly, price = budget * community.population.scale, community.prices.lab.value
    available = min(money.left + yearly / 12, yearly)
    bare = staffed & (np.cumsum(staffed) * price > available + 1e-9)
    paid = int((staffed & ~bare).sum())
    money.left = available - paid * price
    community.ledger.count("labs_paid_for", paid)
    return bare


def _count(community: Community, attending: NDArray[np.intp], at: NDArray[np.int32], meets: NDArray[np.bool_]) -> None:
    """Count meetings, and who came to them."""
    groups, ledger = community.groups, community.ledger
    staffed = np.array([group.hours > 0 for group in groups])
    by_staff = staffed[at]
    post = np.array([group.accompanied_by for group in groups], np.int32)[at]
    community.reach(attending[by_staff], Source.FACILITATOR, post[by_staff])
    community.reach(attending[~by_staff], Source.CITIZEN, -1)
    for group, met in zip(groups, meets.tolist(), strict=True):
        group.meetings += met
        group.met = community.month if met else group.met
    ledger.count("proximity_labs", int(meets.sum()))
    ledger.count("labs_supported", int((staffed & meets).sum()))
    ledger.count("participations", len(attending))
    ledger.count("vulnerable_participations", int(community.population.vulnerable[attending].sum()))
    place_in = {site: place for place, site in enumerate(community.places.neighbourhood.tolist())}
    for group, came in zip(groups, np.bincount(at, minlength=len(groups)).tolist(), strict=True):
        if group.neighbourhood in place_in:
            community.places.liveliness[place_in[group.neighbourhood]] += came / 6
    ever = community.state(LivedPlaces).ever
    sites = community.places.neighbourhood[alive(community)]
    ledger.count("community_places", int((~ever[sites]).sum()))
    ever[sites] = True


def _get_talking(
    community: Community, parameters: ModelParameters, attending: NDArray[np.intp], at: NDArray[np.int32]
) -> None:
    """Propose ties between people who came to the same meeting."""
    month, chance = community.month, community.chance
    order = np.lexsort((attending, at))
    attending, at = attending[order], at[order]
    start = np.searchsorted(at, np.arange(len(community.groups) + 1))
    talks = chance.coin("meetings.talks", month, parameters.meetings.getting_to_know, attending)
    times = parameters.meetings.conversations
    one, group = np.repeat(attending[talks], times), np.repeat(at[talks], times)
    address = one * 32 + np.arange(len(one)) % times
    turn = chance.uniform("meetings.with", month, address) * (start[group + 1] - start[group])
    other = attending[start[group] + turn.astype(np.intp)]
    grown_up = community.population.grown_up
    both = grown_up[one] & grown_up[other]
    both &= strangers_talk(community, parameters, (one, other), group, address)
    community.proposals.append(propose(one[both], other[both], FormedBy.GROUP, TieKind.GROUP))


def _take_shape_or_end(
    community: Community, parameters: ModelParameters, here: NDArray[np.intp], meets: NDArray[np.bool_]
) -> None:
    p, c, groups, month = parameters.meetings, community.citizens, community.groups, community.month
    able = _sizes(community, here[c.competence[here] >= p.able])
    running = _sizes(community, here[c.at_least(Stage.ACTIVE, here)])
    # Who runs things counts whole, who could counts half.
    reachable = np.minimum(1.0, (0.5 * able + 0.5 * running) / p.leaders_needed)
    size = _sizes(community)
    luck = community.chance.uniform("meetings.ends", month, np.array([group.number for group in groups]))
    by_staff = community.chance.uniform("meetings.led", month, np.array([group.number for group in groups]))
    ends = np.zeros(len(groups), np.bool_)
    columns = (column.tolist() for column in (reachable, running, by_staff, luck, size))
    for position, (group, reached, run, led, served, members) in enumerate(zip(groups, *columns, strict=True)):
        group.shape += p.shaping * (reached - group.shape)
        alone = (1 - p.citizens_co_lead * min(1.0, run)) * (1 - p.partners_co_lead * (group.partner >= 0))
        group.co_led = led >= alone or group.hours == 0
        support = min(1.0, (group.hours + group.support) / lab_hours(group, parameters))
        lacking = max(0.0, p.enough - group.shape - support) / p.enough
        ends[position] = members < p.smallest or served < max(p.purpose_served, p.ending * lacking)
    community.ledger.count("labs_co_led", sum(group.co_led for group, met in zip(groups, meets, strict=True) if met))
    community.close_groups(ends)


@kernel
def neighbours_come(wanted, neighbourhood, area, start, columns, weights, key):  # type: ignore[no-untyped-def]
    """Who of each group's neighbourhood comes along: people int64 (k), position of the group int32 (k).

    Everybody free has a number of their own, divided by how much likelier they come (sequential Poisson sampling;
    Ohlsson 1998, J. Official Statistics 14:149); the lowest come. Nobody goes to two groups in a month.
    """
    age, group_of, needs, crisis, vulnerability = columns
    concern, hindrance = weights
    total = 0
    for g in range(len(wanted)):
        total += wanted[g]
    people = np.empty(total, np.int64)
    site = np.empty(total, np.int32)
    out = np.zeros(len(group_of), np.bool_)
    k = 0
    for g in range(len(wanted)):
        begin = k
        ranks = np.empty(wanted[g], np.float64)
        for i in range(start[neighbourhood[g]], start[neighbourhood[g] + 1]):
            if wanted[g] == 0 or age[i] < GROWN_UP or group_of[i] >= 0 or out[i]:
                continue
            concerned = needs[i] >> area[g] & 1 or crisis[i] != NO_CRISIS or vulnerability[i] >= 0.5
            weight = (concern if concerned else 1.0) * (1.0 - hindrance * vulnerability[i])
            rank = uniform(key, i) / max(weight, 1e-9)
            if k - begin < wanted[g]:
                k += 1
            elif rank >= ranks[k - begin - 1]:
                continue
            place = k - begin - 1
            while place > 0 and ranks[place - 1] > rank:
                ranks[place] = ranks[place - 1]
                people[begin + place] = people[begin + place - 1]
                place -= 1
            ranks[place] = rank
            people[begin + place] = i
        for x in range(begin, k):
            site[x] = g
            out[people[x]] = True
    return people[:k].copy(), site[:k].copy()
