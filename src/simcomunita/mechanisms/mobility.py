"""Households move in and out, and their ties do not move with them.

About one resident in twenty-five changes municipality each year in Lombardy (ISTAT, movimento anagrafico
2016-2019). Who leaves is replaced by somebody like them whom nobody knows: kept are the ties within the household
and, for some, those to kin nearby; lost all others, and what the project knew of them.

Off: nobody moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity
from simcomunita.network import TieKind

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_KIN = int(TieKind.KIN)


class MobilityParameters(Parameters):
    """How often households move."""

    on: bool = True
    """Whether anybody moves at all."""
    moving: float = quantity(
        0.0018,
        low=0.0017,
        high=0.0028,
        unit="per household and month",
        source="ISTAT, movimento anagrafico dei comuni 2016-2019: 30-50 residents in a thousand a year change "
        "municipality, 0.0017-0.0028 a month without the third who stay within reach of their ties, an assumption",
        least=0,
        most=1,
    )
    """Probability that a household moves away and another takes its place."""

    kin_near: float = quantity(0.5, low=0.3, high=0.7, unit="probability", source="assumption", least=0, most=1)
    """That a household which moves in has the kin nearby that the one before had; kin ties are then kept."""


def mobility(community: Community, parameters: ModelParameters) -> None:
    """Replace households that move."""
    population, month = community.population, community.month
    households = np.arange(len(population.household_start) - 1)
    moving = np.flatnonzero(community.chance.coin("mobility.household", month, parameters.mobility.moving, households))
    if not len(moving):
        return
    start = population.household_start[moving].astype(np.int64)
    size = population.household_start[moving + 1] - start
    who = np.repeat(start - np.cumsum(size) + size, size) + np.arange(int(size.sum()))
    near = community.chance.coin("mobility.kin_near", month, parameters.mobility.kin_near, moving)
    keeps_kin = np.repeat(near, size)
    cut_off(who, keeps_kin, community.rows, community.ties.kind, population.household)
    community.citizens.renew(who, population, month)
    community.forget(who)
    community.ledger.count("moved", len(who))


@kernel
def cut_off(people, keeps_kin, rows, kind, household):  # type: ignore[no-untyped-def]
    """Dissolve, in place, the ties of people who moved: not those of their household, nor those of kin who are
    near.
    """
    up, second, down, down_edge, first, strength = rows
    for k in range(len(people)):
        i = people[k]
        for d in range(down[i], down[i + 1]):
            e = down_edge[d]
            if household[first[e]] != household[i] and not (keeps_kin[k] and kind[e] == _KIN):
                strength[e] = 0.0
        for e in range(up[i], up[i + 1]):
            if household[second[e]] != household[i] and not (keeps_kin[k] and kind[e] == _KIN):
                strength[e] = 0.0
