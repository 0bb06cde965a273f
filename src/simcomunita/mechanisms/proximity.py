"""Needs that neighbours meet together, and neighbours who point at those who never ask.

People who take part look around among those they are tied to, a few people a month. Somebody in need who never turns
to a service is pointed out to a facilitator, who can then find them, or is brought along to one's own group where
there is none: many of the most isolated are found only through others (Heckathorn 1997, Social Problems 44:174-199,
on reaching the hidden through their ties). People in trouble get small help along ties, more from those who were
helped themselves (Riessman 1965, Social Work 10:27-32, "the helper therapy principle"; Wellman & Wortley 1990,
American Journal of Sociology 96:558-588, on what different ties give). In a group, members who share its need meet it
together: each further one with the same need brings experience and hands (Katz & Bender 1976, Journal of Applied
Behavioral Science 12:265-282, on self-help groups). A lively community place belongs to nobody, so people of
different origin, age and street come by and meet each other and organisations (Feld 1981, American Journal of
Sociology 86:1015-1035; Oldenburg 1989, *The Great Good Place*).

Off: needs wait for services.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simcomunita.agents.citizens import NO_CRISIS, Source, Stage
from simcomunita.configuration import Parameters, quantity
from simcomunita.network import FormedBy, TieKind, propose
from simcomunita.network.kernels import one_neighbour
from simcomunita.outcomes.lineage import Layer
from simcomunita.states import State

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_SELF_HELP = "Katz & Bender (1976), J. Appl. Behav. Sci. 12:265, for the form; size is an assumption"
_HELPER = "Riessman (1965), Social Work 10:27, for the direction; size is an assumption"
_FOCUS = "Feld (1981), Am. J. Sociol. 86:1015, for the form; size is an assumption"
_VISITS = 1 << 20
"""More than anybody visits a place in a month; keeps the addresses of two places apart."""


class ProximityParameters(Parameters):
    """How far neighbours see, refer and help each other, and what lively places do."""

    on: bool = True
    """Whether neighbours help each other and refer others."""
    glances: int = Field(2, ge=0, le=30)
    """How many of those they are tied to people who take part look at in a month, to see how they are."""
    referring: float = quantity(0.12, low=0.05, high=0.4, unit="probability", source="assumption", least=0, most=1)
    """That somebody seen in need who never asks is pointed out, or brought along."""
    bringing: float = quantity(0.02, low=0, high=0.1, unit="probability", source="assumption", least=0, most=1)
    """That a member brings somebody seen with the need that their group is about."""
    help_in_crisis: float = quantity(0.15, low=0.05, high=0.3, unit="probability", source=_HELPER, least=0, most=1)
    """That small help ends the crisis of somebody seen in one."""
    help_in_need: float = quantity(0.01, low=0.002, high=0.03, unit="probability", source=_HELPER, least=0, most=1)
    """That small help meets a standing need of somebody seen."""
    helped_help: float = quantity(1.5, low=1, high=3, unit="factor", source=_HELPER, least=0, most=10)
    """How much likelier those help who were helped themselves."""
    learning: float = quantity(0.03, low=0.01, high=0.15, unit="share", source=_HELPER, least=0, most=1)
    """Share of what is missing to full competence that being helped among neighbours gives."""
    shared_most: float = quantity(0.2, low=0.05, high=0.3, unit="per meeting", source=_SELF_HELP, least=0, most=1)
    """Probability that a meeting meets a member's need, were very many to share it."""
    shared_half: float = quantity(5.0, low=2, high=12, unit="people", source=_SELF_HELP, least=0.1, most=200)
    """Others with the same need at which half of that is reached; alone there is nothing to share."""
    lively: float = quantity(4.0, low=1, high=12, unit="people a month", source=_FOCUS, least=0, most=1000)
    """Attendances near a place, for the whole territory's residents, from which it lives and people drop in."""
    dropping_in: float = quantity(2.0, low=0.5, high=5, unit="people", source=_FOCUS, least=0, most=50)
    """Residents passing by for each attendance near a living place, before distance keeps some away."""
    talking: float = quantity(0.3, low=0.1, high=0.6, unit="probability", source=_FOCUS, least=0, most=1)
    """That two who dropped in get to know each other."""
    meeting_bodies: float = quantity(0.1, low=0.03, high=0.3, unit="probability", source=_FOCUS, least=0, most=1)
    """That somebody who dropped in meets an involved organisation of the municipality."""
    link: float = quantity(0.3, low=0.15, high=0.5, unit="strength", source="assumption", least=0, most=1)
    """Strength of a new link with an organisation; the share of what is missing when the link is old."""


@dataclass
class ProximityState(State):
    """Who was pointed out, who was helped by neighbours, and who of the helped has helped.

    int16 (n) months, -1 for never; bool (n).
    """

    referred: NDArray[np.int16]
    helped: NDArray[np.int16]
    helps: NDArray[np.bool_]

    @classmethod
    def at_the_start(cls, community: Community) -> Self:
        """Nobody."""
        n = len(community.population)
        return cls(np.full(n, -1, np.int16), np.full(n, -1, np.int16), np.zeros(n, np.bool_))


def proximity(community: Community, parameters: ModelParameters) -> None:
    """Let people see who is in need, refer and help them; let groups meet shared needs; let places bring together."""
    moved_in = community.citizens.arrived == community.month
    community.state(ProximityState).helps[moved_in] = False
    seer, seen = _look_around(community, parameters)
    _refer(community, parameters, seer, seen)
    _bring_demand_together(community, parameters, seer, seen)
    _help_along_ties(community, parameters, seer, seen)
    _meet_shared_needs(community, parameters)
    _meet_in_places(community, parameters)


def was_referred(community: Community, people: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Who of some people was pointed out by a neighbour since moving in: bool (k)."""
    since = community.state(ProximityState).referred[people]
    return np.asarray((since >= 0) & (since >= community.citizens.arrived[people]))


def _look_around(community: Community, parameters: ModelParameters) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Those who take part, and whom each saw in need or crisis, (k) each; once a pair."""
    c, population = community.citizens, community.population
    glances = parameters.proximity.glances
    taking_part = np.flatnonzero(c.at_least(Stage.PARTICIPANT))
    seer = np.repeat(taking_part, glances)
    address = seer * 32 + np.arange(len(seer)) % max(glances, 1)
    seen = one_neighbour(seer, community.chance.uniform("proximity.glance", community.month, address), community.rows)
    found = seen >= 0
    seer, seen = seer[found], seen[found]
    troubled = population.grown_up[seen] & ((c.needs[seen] != 0) | (c.crisis[seen] != NO_CRISIS))
    pairs = np.unique(seer[troubled] * len(population) + seen[troubled])
    return pairs // len(population), pairs % len(population)


def _refer(community: Community, parameters: ModelParameters, seer: NDArray[np.intp], seen: NDArray[np.intp]) -> None:
    """Point out who never asks to the facilitator of the municipality; without one, bring them to one's group."""
    p, month, population = parameters.proximity, community.month, community.population
    refers = community.chance.coin("proximity.refers", month, p.referring, seer * len(population) + seen)
    refers &= ~population.asks_for_help[seen]
    seer, seen = seer[refers], seen[refers]
    state = community.state(ProximityState)
    looked_after = np.zeros(len(seen), np.bool_)
    new = np.zeros(len(seen), np.bool_)
    for facilitator in community.facilitators:
        mine = community.among(facilitator.catchment)[population.municipality[seen]] & ~looked_after
        looked_after |= mine
        new |= mine & ~facilitator.known[seen]
        facilitator.meet(seen[mine])
    pointed_out = np.unique(seen[new])
    state.referred[pointed_out] = month
    community.ledger.count("referrals", len(pointed_out))
    _bring_along(community, seer[~looked_after], seen[~looked_after])


def _bring_demand_together(
    community: Community, parameters: ModelParameters, seer: NDArray[np.intp], seen: NDArray[np.intp]
) -> None:
    """Let members bring those who have the need that their group is about."""
    key = seer * len(community.population) + seen
    brings = community.chance.coin("proximity.brings", community.month, parameters.proximity.bringing, key)
    seer, seen = seer[brings], seen[brings]
    group = community.group_of[seer]
    areas = np.array([one.area for one in community.groups] + [0], np.int64)
    same = (group >= 0) & (np.right_shift(community.citizens.needs[seen], areas[group]) & 1 == 1)
    _bring_along(community, seer[same], seen[same])


def _bring_along(community: Community, seer: NDArray[np.intp], seen: NDArray[np.intp]) -> None:
    """Let people come into the groups of those who bring them, where both can; the first who brings somebody counts."""
    able = (community.group_of[seer] >= 0) & (community.group_of[seen] < 0)
    seer, seen = seer[able], seen[able]
    seen, first = np.unique(seen, return_index=True)
    seer = seer[first]
    community.reach(seen, Source.CITIZEN, seer)
    community.citizens.rise(seen, Stage.PARTICIPANT)
    community.join_groups(seen, community.group_of[seer])


def _help_along_ties(
    community: Community, parameters: ModelParameters, seer: NDArray[np.intp], seen: NDArray[np.intp]
) -> None:
    """Let small help end crises and meet needs; help renews the tie."""
    p, c, month = parameters.proximity, community.citizens, community.month
    state = community.state(ProximityState)
    owes = (c.taken_on[seer] >= 0) | ((state.helped[seer] >= 0) & (state.helped[seer] >= c.arrived[seer]))
    crisis = c.crisis[seen] != NO_CRISIS
    likely = np.where(crisis, p.help_in_crisis, p.help_in_need) * np.where(owes, p.helped_help, 1.0)
    likely = likely * community.levers.event.contact * (c.crisis[seer] == NO_CRISIS)
    helps = community.chance.coin("proximity.helps", month, likely, seer * len(community.population) + seen)
    seer, seen, owes = seer[helps], seen[helps], owes[helps]
    community.proposals.append(propose(seer, seen, FormedBy.CITIZEN, TieKind.NEIGHBOUR))
    helpers = np.unique(seer[owes])
    community.ledger.count("helped_who_help", int((~state.helps[helpers]).sum()))
    state.helps[helpers] = True
    people = np.unique(seen)
    _meet_one_need(community, people)
    _learn(community, parameters, people)
    community.count_needs_met(len(people), Layer.INFORMAL)


def _meet_one_need(community: Community, people: NDArray[np.intp]) -> None:
    """End the crisis of those in one; of the others, meet the first need."""
    c = community.citizens
    calm = people[c.crisis[people] == NO_CRISIS]
    c.needs[calm] &= c.needs[calm] - np.uint8(1)
    community.end_crises(people)


def _learn(community: Community, parameters: ModelParameters, people: NDArray[np.intp]) -> None:
    """Remember who was helped; they know better now how to take part."""
    competence = community.citizens.competence
    community.state(ProximityState).helped[people] = community.month
    competence[people] += np.float32(parameters.proximity.learning) * (1 - competence[people])


def _meet_shared_needs(community: Community, parameters: ModelParameters) -> None:
    """Let members who share the need of their group meet it together, likelier the more share it."""
    p, c, groups = parameters.proximity, community.citizens, community.groups
    if not groups:
        return
    members = np.flatnonzero(community.group_of >= 0)
    at = community.group_of[members]
    area = np.array([group.area for group in groups], np.uint8)
    concerned = np.right_shift(c.needs[members], area[at]) & 1 == 1
    members, at = members[concerned], at[concerned]
    others = np.bincount(at, minlength=len(groups))[at] - 1
    likely = p.shared_most * community.levers.event.contact * others / (others + p.shared_half)
    met = community.chance.coin("proximity.shared", community.month, likely, members)
    members, at = members[met], at[met]
    in_it = members[c.crisis[members] == area[at]]
    community.end_crises(in_it)
    c.needs[members] &= ~np.left_shift(1, area[at]).astype(np.uint8)
    _learn(community, parameters, members)
    supported = np.array([group.hours > 0 or group.partner >= 0 for group in groups])[at]
    community.count_needs_met(int(supported.sum()), Layer.MIXED)
    community.count_needs_met(int((~supported).sum()), Layer.INFORMAL)
    community.ledger.count("needs_met_in_groups", len(members))


def _meet_in_places(community: Community, parameters: ModelParameters) -> None:
    """Let people drop in at living places, talk to whom they find there, and meet organisations."""
    p, population, places = parameters.proximity, community.population, community.places
    month, chance = community.month, community.chance
    ins = np.flatnonzero(community.involved_since >= 0)
    bodies, people = [], []
    for site, municipality, lively in zip(places.neighbourhood, places.municipality, places.liveliness, strict=True):
        if lively < p.lively * population.scale:
            continue
        here = community.residents(int(municipality))
        passing = p.dropping_in * lively * community.levers.event.contact
        number = chance.whole("proximity.passing", month, passing, int(site))
        address = int(site) * _VISITS + np.arange(number)
        turn = chance.uniform("proximity.passer", month, address) * (here.stop - here.start)
        who = here.start + turn.astype(np.intp)
        luck = chance.uniform("proximity.near", month, address)
        comes = (luck < places.nearness[who]) & population.grown_up[who]
        who, address = who[comes], address[comes]
        one, other = who[: len(who) // 2], who[len(who) // 2 : len(who) // 2 * 2]
        talk = chance.coin("proximity.talks", month, p.talking, address[: len(one)])
        community.proposals.append(propose(one[talk], other[talk], FormedBy.GROUP, TieKind.NEIGHBOUR))
        community.ledger.count("met_in_places", int(talk.sum()))
        inside = ins[population.organisations.municipality[ins] == municipality]
        meets = who[chance.coin("proximity.meets_body", month, p.meeting_bodies, address)] if len(inside) else who[:0]
        which = (chance.uniform("proximity.body", month, meets) * len(inside)).astype(np.intp)
        bodies.append(inside[which])
        people.append(meets)
    if people:
        community.links.join(np.concatenate(people), np.concatenate(bodies), p.link)
