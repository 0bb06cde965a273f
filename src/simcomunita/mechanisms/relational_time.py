"""The time one has for others is bounded.

Everybody keeps up about as many ties as they have time for (Hill & Dunbar 2003, Human Nature 14:53-72; Miritello et
al. 2013, Scientific Reports 3:1950: capacity is stable, contacts replace each other). This is a rule that erosion,
encounters and closure share: who has more ties than time renews each of them less, and who has time left is open to
new ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity
from simcomunita.randomness import uniform

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_TIME = (
    "Miritello et al. (2013), Sci. Rep. 3:1950; Hill & Dunbar (2003), Human Nature 14:53; set to the territory's ego "
    "networks"
)


class RelationalTimeParameters(Parameters):
    """How much company a person has time for."""

    full_ties: float = quantity(5.9, low=4, high=7, unit="full-strength ties", source=_TIME, least=0.1, most=1000)
    """How many full-strength ties outside the household a person of average sociability has time for."""
    most_attention: float = quantity(2.5, low=1.3, high=2.5, unit="factor", source="assumption", least=1, most=10)
    """How much more than usual people with few ties can give to each."""
    least_openness: float = quantity(0.15, low=0.05, high=0.3, unit="share", source="assumption", least=0, most=1)
    """Openness to new ties of somebody whose time is all taken; 1 is the openness of somebody without any tie."""


@kernel
def who_meets(key, rate, openness):  # type: ignore[no-untyped-def]
    """Who has an occasion this month, ascending: int32 (k); at `rate` those whose time is all free, others less.

    Without a branch: whether somebody has one would be a guess for the processor at every person.
    """
    people = np.empty(len(openness), np.int32)
    k = 0
    for i in range(len(openness)):
        people[k] = i
        k += np.int64(uniform(key, i) < rate * openness[i])
    return people[:k]


def take_stock(community: Community, parameters: ModelParameters) -> None:
    """Work out how far everybody's time goes round and how open to new ties it leaves them."""
    p = parameters.relational_time
    population = community.population
    sociable: NDArray[np.float32] = community.once(
        "sociable",
        lambda: (population.grown_up * np.minimum(population.sociability, 2)).astype(np.float32),
    )
    community.time_share, community.openness = time_left(
        community.ego_networks().load,
        population.sociability,
        sociable,
        (np.float32(p.full_ties), np.float32(p.most_attention), np.float32(p.least_openness)),
    )


@kernel
def time_left(load, sociability, sociable, limits):  # type: ignore[no-untyped-def]
    """How far everybody's time goes round, and how open to new ties it leaves them: float32 (n) each."""
    full_ties, most_attention, least_openness = limits
    one, little = np.float32(1.0), np.float32(1e-6)
    share = np.empty(len(load), np.float32)
    openness = np.empty(len(load), np.float32)
    for i in range(len(load)):
        left = full_ties * sociability[i] / max(load[i], little)
        share[i] = min(most_attention, left)
        free = one - one / max(left, little)
        openness[i] = min(max(free, least_openness), one) * sociable[i]
    return share, openness
