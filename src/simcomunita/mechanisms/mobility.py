"""Households move in and out, and their ties do not move with them.

About one resident in twenty-five changes municipality each year in Lombardy (ISTAT, movimento anagrafico 2016-2019:
cancellations and registrations of 35-45 per thousand). Who leaves is replaced by somebody like them whom nobody knows: kept are the
ties within the household, lost all others, and what the project knew of them.

Off: nobody moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.configuration import Parameters, quantity

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


class MobilityParameters(Parameters):
    """How often households move."""

    on: bool = True
    """Whether anybody moves at all."""
    moving: float = quantity(
        0.0032,
        low=0.0025,
        high=0.0045,
        unit="per household and month",
        source="ISTAT, movimento anagrafico dei comuni 2016-2019: 30-50 per thousand a year",
        least=0,
        most=1,
    )
    """Probability that a household moves away and another takes its place."""


def mobility(community: Community, parameters: ModelParameters) -> None:
    """Replace households that move."""
    population, ties, month = community.population, community.ties, community.month
    households = np.arange(len(population.household_start) - 1)
    moving = np.flatnonzero(
        community.chance.coin("mobility.household", month, parameters.mobility.moving, households)
    )
    if not len(moving):
        return
    moves = np.zeros(len(households), np.bool_)
    moves[moving] = True
    start = population.household_start
    who = np.concatenate([np.arange(start[h], start[h + 1]) for h in moving])
    for person in who:
        edges = ties.edges_of(person)
        apart = population.household[ties.first[edges]] != population.household[ties.second[edges]]
        ties.strength[edges[apart]] = 0.0
    community.citizens.renew(who, population, month)
    community.forget(who)
    community.ledger.count("moved", len(who))
