"""Connecting: bringing together people, and organisations, that are far apart.

Facilitators introduce participants of unlike surroundings to each other (bridges over structural holes; Burt 2004,
"Structural holes and good ideas", AJS 110:349-399; brokerage that joins, Obstfeld 2005, ASQ 50:100-130), and visit
schools, libraries, clubs and firms, which each decide for themselves whether to come in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.agents.citizens import Stage
from simcomunita.agents.organisation import OrganisationsState
from simcomunita.mechanisms.brokerage import pairs_far_apart
from simcomunita.network import FormedBy, TieKind, propose

if TYPE_CHECKING:
    from simcomunita.agents.facilitator import Facilitator
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

NEWEST = 3
"""How many of those who are in already a newcomer is introduced to."""


def connect(facilitator: Facilitator, hours: float, community: Community, parameters: ModelParameters) -> None:
    """Introduce people, and visit organisations."""
    p = parameters.facilitation
    visiting = hours * p.visiting
    bridges = _introduce(facilitator, hours - visiting, community, parameters)
    won = _visit(facilitator, visiting, community, parameters)
    facilitator.note("connect", hours, (bridges + won) * p.worth_of_bridge)


def _introduce(facilitator: Facilitator, hours: float, community: Community, parameters: ModelParameters) -> int:
    p, c, month, chance = parameters.facilitation, community.citizens, community.month, community.chance
    known = facilitator.acquaintances
    people = known[c.at_least(Stage.PARTICIPANT, known)]
    expected = community.levers.event.contact * hours / p.hours_of_an_introduction
    tries = chance.whole("facilitation.introductions", month, expected, facilitator.number)
    if len(people) < 2 or tries == 0:
        return 0
    address = facilitator.addresses(tries)
    one = people[(chance.uniform("facilitation.one", month, address) * len(people)).astype(np.intp)]
    other = people[(chance.uniform("facilitation.other", month, address) * len(people)).astype(np.intp)]
    population = community.population
    apart = pairs_far_apart(one, other, population.neighbourhood, population.origin, population.age)
    takes = chance.coin("facilitation.introduced", month, p.introduction_takes * facilitator.post.skill, address)
    joined = propose(one[apart & takes], other[apart & takes], FormedBy.FACILITATOR, TieKind.GROUP)
    community.proposals.append(joined)
    community.ledger.count("introductions_by_facilitators", len(joined))
    return len(joined)


def _visit(facilitator: Facilitator, hours: float, community: Community, parameters: ModelParameters) -> int:
    p, month, chance = parameters.facilitation, community.month, community.chance
    here = community.organisations_of(facilitator.catchment)
    since = community.involved_since[here]
    outside = here[since < 0]
    visits = chance.whole("facilitation.visits", month, hours / p.hours_of_a_visit, facilitator.number)
    if not len(outside) or visits == 0:
        return 0
    # The open are visited first; each visit makes the next likelier to be elsewhere.
    weight = community.state(OrganisationsState).openness[outside] / (1 + community.visits[outside])
    chosen = chance.exactly(visits, "facilitation.visit", month, outside, weight, turn=facilitator.post.ordinal)
    inside: list[int] = here[since >= 0][np.argsort(since[since >= 0], kind="stable")].tolist()
    involved = set(inside)
    won = 0
    for number in chosen.tolist():
        organisation = community.organisations[number]
        community.visits[number] += 1
        partners = community.partnerships.of_one(number)
        trusted = max((trust for other, trust in partners.items() if other in involved), default=0.0)
        likely = organisation.willingness(community.levers.paperwork, trusted, p.visit_gain)
        if chance.happens("facilitation.comes_in", month, likely * facilitator.post.skill, organisation.number):
            organisation.come_in(month)
            community.ledger.count("firms_involved" if organisation.firm else "organisations_involved", 1)
            # The newcomer is introduced to those who came in last.
            for other in inside[-NEWEST:]:
                community.partnerships.introduce(number, other, p.introduced_trust)
            inside.append(number)
            involved.add(number)
            won += 1
    return won
