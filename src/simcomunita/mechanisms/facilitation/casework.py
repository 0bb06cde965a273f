"""Casework: people in difficulty are taken on, one by one.

Those in crisis who ask knock at the door; those who never ask are taken on only where a facilitator knows them.
Being helped builds trust and competence (Bandura 1977, Psychological Review 84:191-215, on mastery experience;
Riessman 1965, Social Work 10:27-32, "the helper therapy principle"). It also links them to a service: the public
body of their municipality, or a social co-operative there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import NO_CRISIS, Source, Stage
from simcomunita.compiled import kernel
from simcomunita.mechanisms.asking import willingness
from simcomunita.mechanisms.facilitation.grouping import welcome
from simcomunita.mechanisms.proximity import was_referred
from simcomunita.outcomes.lineage import Layer
from simcomunita.territory.population import GROWN_UP
from simcomunita.territory.services import service_by_municipality

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
    households = _new_households(first, community)
    c.taken_on[first] = month
    c.last_case[people] = month
    solved = people[chance.coin("facilitation.solves", month, p.case_solves * (0.6 + facilitator.post.skill), people)]
    community.end_crises(solved)
    c.needs[solved] = 0
    c.trust[people] += np.float32(p.helped_learns) * (1 - c.trust[people])
    c.competence[people] += np.float32(p.helped_learns) * (1 - c.competence[people])
    _link(people, community, parameters)
    _invite(facilitator, people, community, parameters)
    ledger = community.ledger
    ledger.count("beneficiaries_taken_on", len(first))
    ledger.count("households_taken_on", households)
    ledger.count("never_askers_taken_on", int((~community.population.asks_for_help[first]).sum()))
    ledger.count("cases", len(people))
    ledger.count("cases_solved", len(solved))
    referred = int(was_referred(community, solved).sum())
    community.count_needs_met(referred, Layer.MIXED)
    community.count_needs_met(len(solved) - referred, Layer.FORMAL)


def _new_households(first: NDArray[np.intp], community: Community) -> int:
    """Of how many households somebody is taken on of whom nobody was before."""
    population = community.population
    homes = population.household[first]
    return int(untouched(homes, population.household_start, community.citizens.taken_on))


@kernel
def untouched(homes, start, taken_on):  # type: ignore[no-untyped-def]
    """How many different ones of `homes` (ascending) nobody of whom was taken on yet."""
    count = 0
    for k in range(len(homes)):
        home = homes[k]
        if k and homes[k - 1] == home:
            continue
        whole = True
        for i in range(start[home], start[home + 1]):
            whole = whole and taken_on[i] < 0
        count += whole
    return count


def _link(people: NDArray[np.intp], community: Community, parameters: ModelParameters) -> None:
    """Link those taken on to the service of their municipality."""
    service = community.once("service of a municipality", lambda: service_by_municipality(community.population))
    at = service[community.population.municipality[people]]
    strength = parameters.facilitation.link_by_casework
    there_is_one = at >= 0
    community.links.join(people[there_is_one], at[there_is_one], strength)


def _invite(
    facilitator: Facilitator, people: NDArray[np.intp], community: Community, parameters: ModelParameters
) -> None:
    """Ask some of those taken on to take part."""
    p, c, month, chance = parameters.facilitation, community.citizens, community.month, community.chance
    asked = people[chance.coin("facilitation.invited", month, p.invited, people)]
    likely = willingness(community, parameters, asked, p.voice_of_who_helped * facilitator.post.skill, 1)
    comes = asked[chance.coin("facilitation.comes_too", month, likely, asked)]
    c.rise(comes, Stage.PARTICIPANT)
    welcome(facilitator, comes, community, parameters)


def _queue(facilitator: Facilitator, community: Community) -> NDArray[np.intp]:
    """Residents of the catchment in need who were not taken on this year, and who ask or are known."""
    c, population = community.citizens, community.population
    people = waiting(
        facilitator.acquaintances,
        community.in_crisis,
        (c.needs, c.crisis, c.last_case, population.asks_for_help, population.age, facilitator.known),
        population.municipality,
        community.among(facilitator.catchment),
        community.month,
    )
    return np.sort(people)


@kernel
def waiting(acquaintances, in_crisis, columns, municipality, looked_after, month):  # type: ignore[no-untyped-def]
    """Those who wait to be taken on, int64 (k): known ones in need or crisis, then others in crisis who ask."""
    needs, crisis, last_case, asks_for_help, age, known = columns
    # A need of youth alone is no matter of casework.
    grown_up_needs = np.uint8(0b0111)
    people = np.empty(len(acquaintances) + len(in_crisis), np.int64)
    k = 0
    for i in acquaintances:
        if age[i] < GROWN_UP or not looked_after[municipality[i]]:
            continue
        if crisis[i] != NO_CRISIS:
            concerned = last_case[i] < month - 12
        else:
            concerned = last_case[i] < 0 and needs[i] & grown_up_needs != 0
        if concerned:
            people[k] = i
            k += 1
    for i in in_crisis:
        if known[i] or not asks_for_help[i] or age[i] < GROWN_UP or not looked_after[municipality[i]]:
            continue
        if crisis[i] != NO_CRISIS and last_case[i] < month - 12:
            people[k] = i
            k += 1
    return people[:k].copy()
