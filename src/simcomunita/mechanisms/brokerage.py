"""Active citizens introduce people who are far apart.

Who stands between people that do not know each other can bring them together (Obstfeld 2005, "Social networks, the
tertius iungens orientation, and involvement in innovation", Administrative Science Quarterly 50:100-130).
Facilitators do it as a task (see `facilitation`); citizens who run things do it now and then.

Off: no citizen introduces anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.agents.citizens import Stage
from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity
from simcomunita.network import FormedBy, TieKind
from simcomunita.network.kernels import packed
from simcomunita.randomness import uniform
from simcomunita.territory.population import GROWN_UP

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_JOIN = "Obstfeld (2005), ASQ 50:100, for the form; rate is an assumption"


class BrokerageParameters(Parameters):
    """How often active citizens introduce people, and to what effect."""

    on: bool = True
    """Whether citizens introduce people at all."""
    introducing: float = quantity(0.2, low=0.05, high=0.5, unit="per month", source=_JOIN, least=0, most=1)
    """Probability that somebody who runs things tries to introduce two acquaintances who are far apart."""
    taking: float = quantity(0.4, low=0.2, high=0.7, unit="probability", source=_JOIN, least=0, most=1)
    """That an introduction takes, at full strength of both ties."""


def brokerage(community: Community, parameters: ModelParameters) -> None:
    """Propose ties between acquaintances of active citizens who are far apart."""
    p, month, chance = parameters.brokerage, community.month, community.chance
    population = community.population
    brokers = np.flatnonzero(community.citizens.at_least(Stage.ACTIVE))
    introduced = introductions(
        brokers,
        community.rows,
        (population.neighbourhood, population.origin, population.age),
        (p.introducing, p.taking),
        (np.uint64(FormedBy.CITIZEN), np.uint64(TieKind.FRIEND)),
        (chance.key("brokerage.who", month), chance.key("brokerage.whom", month), chance.key("brokerage.takes", month)),
    )
    community.proposals.append(introduced)


@kernel
def far_apart(j, k, neighbourhood, origin, age):  # type: ignore[no-untyped-def]
    """Whether two people live in different neighbourhoods, are of different origin, or a generation (25 years)
    apart.
    """
    return neighbourhood[j] != neighbourhood[k] or origin[j] != origin[k] or abs(float(age[j]) - float(age[k])) >= 25.0


@kernel
def pairs_far_apart(one, other, neighbourhood, origin, age):  # type: ignore[no-untyped-def]
    """`far_apart` for each of several pairs, False for somebody with themselves: bool (k)."""
    apart = np.zeros(len(one), np.bool_)
    for k in range(len(one)):
        apart[k] = one[k] != other[k] and far_apart(one[k], other[k], neighbourhood, origin, age)
    return apart


@kernel
def introductions(brokers, rows, traits, rates, what, keys):  # type: ignore[no-untyped-def]
    """Packed proposals, one at most a broker."""
    up, second, down, down_edge, first, strength = rows
    neighbourhood, origin, age = traits
    introducing, taking = rates
    formed_by, kind = what
    who, whom, takes = keys
    proposals = np.empty(len(brokers), np.uint64)
    n = 0
    ends = np.empty(2, np.int64)
    edges = np.empty(2, np.int64)
    for b in range(len(brokers)):
        i = brokers[b]
        lower = down[i + 1] - down[i]
        degree = lower + up[i + 1] - up[i]
        if degree < 2 or uniform(who, i) >= introducing:
            continue
        for t in range(2):
            pick = np.int64(uniform(whom, i * 2 + t) * degree)
            if pick < lower:
                edges[t] = down_edge[down[i] + pick]
                ends[t] = first[edges[t]]
            else:
                edges[t] = up[i] + pick - lower
                ends[t] = second[edges[t]]
        j, k = ends
        if j == k or age[j] < GROWN_UP or age[k] < GROWN_UP or not far_apart(j, k, neighbourhood, origin, age):
            continue
        if uniform(takes, i) < taking * np.float64(strength[edges[0]]) * np.float64(strength[edges[1]]):
            proposals[n] = packed(j, k, formed_by, kind)
            n += 1
    return proposals[:n].copy()
