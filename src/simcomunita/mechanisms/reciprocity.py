"""The informal animates the formal, and the formal supports the informal.

Active citizens and living groups open up the organisations around them and bring some in. They also give those that
are involved what they have: hours, of active people and of the groups that an organisation backs, and knowledge of
what is needed around. Organisations in turn take up groups that nobody backs, the more open they are the sooner, bring
some of their members along, and give their groups hours and rooms while they have any to spare; what they lend each
other reaches groups too. Support keeps groups going and gives those who run them back some strength. Public bodies and
citizens produce more where each makes the other's effort count (co-production; Ostrom 1996, World Development
24:1073-1087). Each of the two couplings can be cut.

Off: neither changes the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.agents.citizens import Source, Stage
from simcomunita.agents.organisation import OrganisationsState
from simcomunita.configuration import Parameters, quantity

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_BOTH = "Ostrom (1996), World Development 24:1073, for the form; size is an assumption"
_GIVEN = (
    "assumption: a part of the 19 hours a month that Italian volunteers give on average (126 million hours by 6.63 "
    "million people; ISTAT 2014, Attività gratuite a beneficio di altri)"
)


_TURNS = 1 << 20
"""How many choices of a month keep apart from each other."""


class ReciprocityParameters(Parameters):
    """Of reciprocity."""

    on: bool = True
    """Whether either coupling acts at all."""
    informal_animates: bool = True
    """Whether citizens who are active open up organisations."""
    formal_supports: bool = True
    """Whether organisations support groups."""
    group_counts: float = quantity(3.0, low=1, high=8, unit="active people", source="assumption", least=0, most=100)
    """How many active citizens one living group counts for."""
    lively: float = quantity(1.0, low=0.3, high=3, unit="active people", source=_BOTH, least=0.01, most=100)
    """Active citizens for each organisation of a municipality at which all are animated as far as can be."""
    opening: float = quantity(0.02, low=0.005, high=0.05, unit="share a month", source=_BOTH, least=0, most=1)
    """Share of what is missing to full openness that a fully animated month gives."""
    closing: float = quantity(0.02, low=0.005, high=0.05, unit="share a month", source="assumption", least=0, most=1)
    """Share of the openness gained that is lost in a month."""
    brought_in: float = quantity(0.004, low=0.001, high=0.015, unit="per month", source=_BOTH, least=0, most=1)
    """That a fully open organisation without paperwork comes in of itself in a fully animated month."""
    volunteering: float = quantity(4.0, low=1, high=10, unit="hours a month", source=_GIVEN, least=0, most=200)
    """What somebody active gives to the involved organisations of their municipality, together."""
    helping_the_partner: float = quantity(0.5, low=0, high=2, unit="hours a month", source=_BOTH, least=0, most=200)
    """What each member of a group gives to the organisation that backs it."""
    taking_up: float = quantity(0.1, low=0.03, high=0.3, unit="per month", source=_BOTH, least=0, most=1)
    """That a fully open organisation takes up a group which nobody backs and which turns to it; a group turns to one a
    month, the likelier the more open it is."""
    brings: float = quantity(0.1, low=0.03, high=0.4, unit="people a month", source="assumption", least=0, most=100)
    """Members of an organisation, in no group, whom it brings into each group that it backs."""
    partner_hours: float = quantity(2.0, low=0, high=5, unit="hours a month", source=_BOTH, least=0, most=200)
    """What an organisation does for each of its groups, as long as it has hours to spare."""
    longest: float = quantity(4.0, low=1, high=10, unit="hours a month", source="assumption", least=0, most=200)
    """The most that a group can use of what organisations lend."""
    strength: float = quantity(0.04, low=0, high=0.1, unit="share", source=_BOTH, least=0, most=1)
    """Share of missing energy that an hour of support gives back to each who runs a group."""


def reciprocity(community: Community, parameters: ModelParameters) -> None:
    """Let citizens animate organisations and give them a hand, and organisations support groups."""
    p, state = parameters.reciprocity, community.state(OrganisationsState)
    state.volunteered[:] = state.heard[:] = 0
    if p.informal_animates:
        _animate(community, p)
        _volunteer(community, p)
    for group in community.groups:
        group.support = 0.0
    if p.formal_supports:
        _take_up(community, p)
        _bring(community, p)
        _support(community, p)


def _animate(community: Community, p: ReciprocityParameters) -> None:
    state, population, c = community.state(OrganisationsState), community.population, community.citizens
    table, count = population.organisations, len(population.municipalities)
    active = np.flatnonzero(c.at_least(Stage.ACTIVE))
    life = np.bincount(population.municipality[active], minlength=count).astype(np.float64)
    for group in community.groups:
        life[group.municipality] += p.group_counts
    organisations = np.maximum(np.bincount(table.municipality, minlength=count), 1)
    animated = np.minimum(life / organisations / p.lively, 1.0)[table.municipality]
    state.heard[:] = animated
    state.openness -= p.closing * (state.openness - table.openness)
    state.openness += p.opening * animated * (1 - state.openness)
    hindrance = 1 - community.levers.paperwork * np.where(table.formal, 0.3, 0.6)
    likely = p.brought_in * animated * state.openness * hindrance
    outside = np.flatnonzero(community.involved_since < 0)
    comes = community.chance.coin("reciprocity.comes_in", community.month, likely[outside], outside)
    for number in outside[comes].tolist():
        organisation = community.organisations[number]
        organisation.come_in(community.month)
        community.ledger.count("firms_involved" if organisation.firm else "organisations_involved", 1)


def _volunteer(community: Community, p: ReciprocityParameters) -> None:
    """Let active people and backed groups give hours to organisations that are involved, for next month."""
    given, home = community.state(OrganisationsState).volunteered, community.population.organisations.municipality
    count = len(community.population.municipalities)
    ins = np.flatnonzero(community.involved_since >= 0)
    active = community.population.municipality[community.citizens.at_least(Stage.ACTIVE)]
    shared = np.bincount(active, minlength=count) / np.maximum(np.bincount(home[ins], minlength=count), 1)
    given[ins] += p.volunteering * shared[home[ins]]
    for group in community.groups:
        if group.partner >= 0:
            given[group.partner] += p.helping_the_partner * group.size
    given *= community.levers.event.contact


def _take_up(community: Community, p: ReciprocityParameters) -> None:
    """Let organisations that have hours to spare take up groups that nobody backs."""
    state, table, month = community.state(OrganisationsState), community.population.organisations, community.month
    spare = state.idle + state.won_hours - state.used - p.partner_hours
    for group in community.groups:
        if group.partner >= 0:
            spare[group.partner] -= p.partner_hours
    ready = (community.involved_since >= 0) & ~table.firm
    for group in community.groups:
        if group.partner >= 0:
            continue
        there = np.flatnonzero(ready & (spare >= 0) & (table.municipality == group.municipality))
        if not len(there):
            continue
        asked = community.chance.exactly(
            1, "reciprocity.asks", month, there, state.openness[there], turn=group.number % _TURNS
        )
        for one in asked.tolist():
            likely = p.taking_up * float(state.openness[one])
            if community.chance.happens("reciprocity.takes_up", month, likely, group.number):
                group.partner = one
                spare[one] -= p.partner_hours


def _bring(community: Community, p: ReciprocityParameters) -> None:
    """Let organisations bring some of their members into the groups they back."""
    month, chance, population = community.month, community.chance, community.population
    expected = p.brings * community.levers.event.contact
    for position, group in enumerate(community.groups):
        number = chance.whole("reciprocity.brings", month, expected, group.number) if group.partner >= 0 else 0
        if not number:
            continue
        members = community.association.members(group.partner)
        free = members[population.grown_up[members] & (community.group_of[members] < 0)]
        come = chance.exactly(number, "reciprocity.brought", month, free, turn=group.number % _TURNS)
        community.reach(come, Source.ORGANISATION, group.partner)
        community.citizens.rise(come, Stage.PARTICIPANT)
        community.join_groups(come, position)


def _support(community: Community, p: ReciprocityParameters) -> None:
    """Give groups what is lent around them and what their partners have to spare; those who run them gain strength."""
    state, c, groups = community.state(OrganisationsState), community.citizens, community.groups
    if not groups:
        return
    here = np.array([group.municipality for group in groups])
    support = np.minimum(state.pool[here] / np.bincount(here, minlength=len(state.pool))[here], p.longest)
    for position, group in enumerate(groups):
        if group.partner >= 0:
            k = group.partner
            hours = min(p.partner_hours, max(0.0, float(state.idle[k] + state.won_hours[k] - state.used[k])))
            state.used[k] += hours
            support[position] += hours
        group.support = float(support[position])
    members = np.flatnonzero(community.group_of >= 0)
    runs = members[c.at_least(Stage.ACTIVE, members)]
    given = np.minimum(p.strength * support[community.group_of[runs]], 1.0)
    c.energy[runs] += given * (1 - c.energy[runs])
