"""Casework: people in difficulty are taken on, one by one.

Those in crisis who ask knock at the door; those who never ask are taken on only where a facilitator knows them. Being helped
builds trust and competence (Bandura 1977, Psychological Review 84:191-215, on mastery experience; Riessman 1965, Social Work
10:27-32, "the helper therapy principle").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import NO_CRISIS, Source
from simcomunita.territory.population import Area

if TYPE_CHECKING:
    from simcomunita.agents.facilitator import Facilitator
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


def casework(facilitator: Facilitator, hours: float, community: Community, parameters: ModelParameters) -> None:
    """Take on as many people of the catchment as the hours allow, crises first."""
    p, c, month, chance = parameters.facilitation, community.citizens, community.month, community.chance
    cases = chance.whole("facilitation.cases", month, hours / p.hours_of_a_case, facilitator.number)
    queue = _queue(facilitator, community)
    weight = np.where(c.crisis[queue] != NO_CRISIS, 4.0, 1.0) * (0.5 + community.population.vulnerability[queue])
    people = chance.exactly(cases, "facilitation.case", month, queue, weight, turn=facilitator.post.ordinal)
    facilitator.note("casework", hours, len(people))
    if not len(people):
        return
    facilitator.meet(people)
    community.reach(people, Source.FACILITATOR, facilitator.post.ordinal)
    first = people[c.taken_on[people] < 0]
    c.taken_on[first] = month
    solved = people[
        chance.coin("facilitation.solves", month, p.case_solves * (0.6 + facilitator.post.skill), people)
    ]
    community.end_crises(solved)
    c.needs[solved] = 0
    c.trust[people] += np.float32(p.helped_learns) * (1 - c.trust[people])
    c.competence[people] += np.float32(p.helped_learns) * (1 - c.competence[people])
    ledger = community.ledger
    ledger.count("beneficiaries_taken_on", len(first))
    ledger.count("never_askers_taken_on", int((~community.population.asks_for_help[first]).sum()))
    ledger.count("cases", len(people))
    ledger.count("cases_solved", len(solved))


def _queue(facilitator: Facilitator, community: Community) -> NDArray[np.intp]:
    """Residents of the catchment in need who were not taken on this year, and who ask or are known."""
    c, population = community.citizens, community.population
    found: list[NDArray[np.intp]] = []
    for municipality in facilitator.catchment:
        part = community.residents(municipality)
        in_crisis = c.crisis[part] != NO_CRISIS
        in_need = (c.needs[part] & ~np.uint8(1 << Area.YOUTH)) != 0
        known = facilitator.known[part]
        waiting = (in_crisis & population.asks_for_help[part]) | (known & (in_crisis | in_need))
        waiting &= population.grown_up[part]
        waiting &= (c.taken_on[part] < 0) | (c.taken_on[part] < community.month - 12) & in_crisis
        found.append(part.start + np.flatnonzero(waiting))
    return np.concatenate(found) if found else np.empty(0, np.intp)
