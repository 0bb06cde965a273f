"""Everybody's company, in one pass over the ties: what it takes of their time, and how much of it can be counted
on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.compiled import kernel
from simcomunita.network.measures import SUPPORT
from simcomunita.network.ties import FormedBy, TieKind, Ties

_HOUSEHOLD, _KIN = int(FormedBy.HOUSEHOLD), int(TieKind.KIN)

GENERATION = 25
"""Difference of age in years from which a tie spans generations."""


@dataclass(frozen=True)
class EgoNetworks:
    """What the ties amount to.

    Attributes
    ----------
    load
        float32 (n): strength of everybody's ties outside the household.
    support, bridging
        How many support ties there are, and ties outside the family across municipality, origin or generation.
    alone
        Grown-up residents without a support tie beyond household and kin.
    backed
        bool (n): who has such a tie.
    """

    load: NDArray[np.float32]
    support: int
    bridging: int
    alone: int
    backed: NDArray[np.bool_]


def packed_traits(municipality: NDArray[Any], origin: NDArray[Any], age: NDArray[Any]) -> NDArray[np.uint32]:
    """Municipality, origin and age of everybody in one number each, so that one look at memory reads them all."""
    groups = np.bitwise_or(origin.astype(np.uint32) << np.uint32(8), age.astype(np.uint32))
    packed: NDArray[np.uint32] = np.bitwise_or(municipality.astype(np.uint32) << np.uint32(16), groups)
    return packed


def ego_networks(ties: Ties, traits: NDArray[np.uint32], grown_up: int) -> EgoNetworks:
    """Work out everybody's company; of those alone, residents of `grown_up` years and more are counted."""
    load, support, bridging, alone, backed = company_kept(
        (ties.first, ties.second, ties.strength, ties.kind, ties.formed_by), traits, np.float32(SUPPORT), grown_up
    )
    return EgoNetworks(load, int(support), int(bridging), int(alone), backed.view(np.bool_))


def alone(ties: Ties, people: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which of some people have no support tie beyond household and kin: bool (k)."""
    rows = (ties.up, ties.down, ties.down_edge, ties.strength, ties.kind)
    return np.asarray(unsupported(people, rows, np.float32(SUPPORT)))


@kernel
def unsupported(people, rows, support):  # type: ignore[no-untyped-def]
    """Which of `people` have no tie of strength `support` beyond household and kin: bool (k)."""
    up, down, down_edge, strength, kind = rows
    without = np.ones(len(people), np.bool_)
    for k in range(len(people)):
        i = people[k]
        for e in range(up[i], up[i + 1]):
            if strength[e] >= support and kind[e] != _KIN:
                without[k] = False
                break
        for d in range(down[i], down[i + 1]):
            e = down_edge[d]
            if strength[e] >= support and kind[e] != _KIN:
                without[k] = False
                break
    return without


@kernel
def bridges_of(people, rows, kind, traits):  # type: ignore[no-untyped-def]
    """How many ties outside the family `people` have across municipality, origin or generation, from either end."""
    up, second, down, down_edge, first, _ = rows
    count = 0
    for i in people:
        mine = np.int64(traits[i])
        lower = down[i + 1] - down[i]
        for t in range(lower + up[i + 1] - up[i]):
            e = np.int64(down_edge[down[i] + t]) if t < lower else np.int64(up[i] + t - lower)
            theirs = np.int64(traits[first[e] if t < lower else second[e]])
            unlike = mine >> 8 != theirs >> 8 or abs((mine & 0xFF) - (theirs & 0xFF)) >= GENERATION
            count += unlike and kind[e] != _KIN
    return count


@kernel
def company_kept(columns, traits, support, grown_up):  # type: ignore[no-untyped-def]
    """Load float32 (n); support ties, bridging ties, people alone; who is backed, uint8 (n)."""
    first, second, strength, kind, formed_by = columns
    n = len(traits)
    load = np.zeros(n, np.float32)
    has = np.zeros(n, np.uint8)
    supporting = 0
    bridging = 0
    # No branch in the loop: which way it goes would be a guess for the processor at every tie.
    for e in range(len(first)):
        u, v = np.uint32(first[e]), np.uint32(second[e])
        mine, theirs = np.int64(traits[u]), np.int64(traits[v])
        counts = np.int64(strength[e] >= support)
        supporting += counts
        outside = strength[e] * np.float32(formed_by[e] != _HOUSEHOLD)
        load[u] += outside
        load[v] += outside
        beyond_family = np.int64(kind[e] != _KIN)
        relied_on = np.uint8(counts * beyond_family)
        has[u] |= relied_on
        has[v] |= relied_on
        elsewhere = np.int64(mine >> 8 != theirs >> 8)
        generations = np.int64(abs((mine & 0xFF) - (theirs & 0xFF)) >= GENERATION)
        bridging += beyond_family * (elsewhere | generations)
    alone = 0
    for u in range(n):
        alone += np.int64(np.int64(traits[u]) & 0xFF >= grown_up) * np.int64(has[u] == 0)
    return load, supporting, bridging, alone, has
