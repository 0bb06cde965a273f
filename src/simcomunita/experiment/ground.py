"""Populations that were grown in this process, shared by all models of a seed: no model changes the one it lives on."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simcomunita.territory import Population, Territory

MOST_KEPT, MOST_RESIDENTS_KEPT = 4, 300_000
"""How many populations are kept, and how many residents they may have together; the last one always is."""

_kept: OrderedDict[tuple[Territory, int, float], Population] = OrderedDict()


def shared_ground(territory: Territory, seed: int, scale: float) -> Population:
    """Return the residents and first ties of a territory, grown once and then taken up.

    Growing depends on the territory, seed and scale alone, so that every draw of parameters stands on the same ground.
    A territory is known by being the same object: what was read a second time is grown a second time.
    """
    key = (territory, seed, scale)
    population = _kept.pop(key, None)
    if population is None:
        from simcomunita.territory import grow

        population = grow(territory, seed, scale)
    _kept[key] = population
    while len(_kept) > 1 and (len(_kept) > MOST_KEPT or sum(len(one) for one in _kept.values()) > MOST_RESIDENTS_KEPT):
        _kept.popitem(last=False)
    return population
