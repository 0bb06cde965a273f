"""The informal animates the formal, and the formal supports the informal.

Active citizens and living groups open up the organisations around them and bring some in; organisations in turn
lend groups hours and rooms, and give those who run them back some strength. Public bodies and citizens produce more
where each makes the other's effort count (co-production; Ostrom 1996, World Development 24:1073-1087). Each of the
two couplings can be cut.

Off: neither changes the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.agents.citizens import Stage
from simcomunita.agents.organisation import OrganisationsState
from simcomunita.configuration import Parameters, quantity

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_BOTH = "Ostrom (1996), World Development 24:1073, for the form; size is an assumption"


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
    partner_hours: float = quantity(2.0, low=0, high=5, unit="hours a month", source=_BOTH, least=0, most=200)
    """What a partner organisation does for its group."""
    longest: float = quantity(4.0, low=1, high=10, unit="hours a month", source="assumption", least=0, most=200)
    """The most that a group can use of what organisations lend."""
    strength: float = quantity(0.04, low=0, high=0.1, unit="share", source=_BOTH, least=0, most=1)
    """Share of missing energy that an hour of support gives back to each who runs a group."""


def reciprocity(community: Community, parameters: ModelParameters) -> None:
    """Let citizens animate organisations, and organisations support groups."""
    p = parameters.reciprocity
    if p.informal_animates:
        _animate(community, p)
    if p.formal_supports:
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


def _support(community: Community, p: ReciprocityParameters) -> None:
    state, c = community.state(OrganisationsState), community.citizens
    if not community.groups:
        return
    here = np.array([group.municipality for group in community.groups])
    lent = np.minimum(state.pool[here] / np.bincount(here, minlength=len(state.pool))[here], p.longest)
    support = lent + p.partner_hours * np.array([group.partner >= 0 for group in community.groups])
    for group, hours in zip(community.groups, support.tolist(), strict=True):
        group.support = hours
    members = np.flatnonzero(community.group_of >= 0)
    runs = members[c.at_least(Stage.ACTIVE, members)]
    given = np.minimum(p.strength * support[community.group_of[runs]], 1.0)
    c.energy[runs] += given * (1 - c.energy[runs])
