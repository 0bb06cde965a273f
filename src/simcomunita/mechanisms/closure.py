"""Friends of friends meet.

Somebody with time left is introduced, by the way, to a friend of a friend; the closer both are to the one in
between (the weaker of the two ties counts) and the more alike they are, the likelier a tie (Granovetter 1973, "The
strength of weak ties", AJS 78:1360-1380; Kossinets & Watts 2006, Science 311:88-90, find closure probability rising
with shared contacts).

Off: nobody meets through others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity
from simcomunita.mechanisms.homophily import alike
from simcomunita.mechanisms.relational_time import who_meets
from simcomunita.network import FormedBy, TieKind
from simcomunita.network.kernels import packed
from simcomunita.randomness import uniform

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


class ClosureParameters(Parameters):
    """How often people meet through others."""

    on: bool = True
    """Whether friends of friends meet at all."""
    rate: float = quantity(
        0.4,
        low=0.05,
        high=0.4,
        unit="per month",
        source="Kossinets & Watts (2006), Science 311:88, for the form; rate is an assumption",
        least=0,
        most=1,
    )
    """Probability that a person with all their relational time free comes upon a friend of a friend in a month."""


def closure(community: Community, parameters: ModelParameters) -> None:
    """Propose ties between friends of friends."""
    population, ties, month = community.population, community.ties, community.month
    community.proposals.append(
        friends_of_friends(
            (ties.up, ties.second, ties.down, ties.down_edge, ties.first, ties.strength),
            (population.age, population.origin, population.vulnerability),
            parameters.homophily.factors(),
            community.openness,
            parameters.closure.rate * community.levers.event.contact,
            (np.uint64(FormedBy.CLOSURE), np.uint64(TieKind.FRIEND)),
            (
                community.chance.key("closure.who", month),
                community.chance.key("closure.through", month),
                community.chance.key("closure.whom", month),
                community.chance.key("closure.accept", month),
            ),
        )
    )


@kernel
def _nth(person, turn, up, second, down, down_edge, first):  # type: ignore[no-untyped-def]
    """The edge and the other end of a person's tie number `turn`."""
    lower = down[person + 1] - down[person]
    if turn < lower:
        edge = down_edge[down[person] + turn]
        return edge, first[edge]
    edge = up[person] + turn - lower
    return edge, second[edge]


@kernel
def friends_of_friends(rows, traits, factors, openness, rate, what, keys):  # type: ignore[no-untyped-def]
    """Packed proposals, one at most a person. `openness` is float32 (n), 0 for those who take no steps."""
    up, second, down, down_edge, first, strength = rows
    age, origin, vulnerability = traits
    formed_by, kind = what
    who, through, whom, accept = keys
    people = who_meets(who, rate, openness)
    proposals = np.empty(len(people), np.uint64)
    k = 0
    for i in people:
        degree = down[i + 1] - down[i] + up[i + 1] - up[i]
        if degree == 0:
            continue
        edge, j = _nth(i, np.int64(uniform(through, i) * degree), up, second, down, down_edge, first)
        draw = uniform(accept, i)
        # The tie to the one in between bounds the chance: most are turned away before anybody further is looked up.
        if draw >= strength[edge]:
            continue
        between = down[j + 1] - down[j] + up[j + 1] - up[j]
        other_edge, other = _nth(j, np.int64(uniform(whom, i) * between), up, second, down, down_edge, first)
        if other == i or openness[other] <= 0.0 or draw >= strength[other_edge]:
            continue
        closeness = np.float64(min(strength[edge], strength[other_edge]))
        chance = closeness * alike(i, other, age, origin, vulnerability, factors)
        if draw < chance:
            proposals[k] = packed(i, other, formed_by, kind)
            k += 1
    return proposals[:k]
