"""Households move in and out, and their ties do not move with them.

About one resident in twenty-five changes municipality each year in Lombardy (ISTAT, movimento anagrafico 2016-2019:
cancellations and registrations of 35-45 per thousand). Who leaves is replaced by somebody like them whom nobody knows: kept are the
ties within the household, lost all others, and what the project knew of them.

Off: nobody moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.compiled import kernel
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
    start = population.household_start
    who = np.concatenate([np.arange(start[h], start[h + 1]) for h in moving])
    cut_off(who, community.rows, population.household)
    community.citizens.renew(who, population, month)
    community.forget(who)
    community.ledger.count("moved", len(who))


@kernel
def cut_off(people, rows, household):  # type: ignore[no-untyped-def]
    """Dissolve, in place, every tie of people who moved except those within their household."""
    up, second, down, down_edge, first, strength = rows
    for k in range(len(people)):
        i = people[k]
        for d in range(down[i], down[i + 1]):
            if household[first[down_edge[d]]] != household[i]:
                strength[down_edge[d]] = 0.0
        for e in range(up[i], up[i + 1]):
            if household[second[e]] != household[i]:
                strength[e] = 0.0
