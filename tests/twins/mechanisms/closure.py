"""Twin of the kernel of `simcomunita.mechanisms.closure`."""

from __future__ import annotations

import numpy as np

from tests.twins.mechanisms.homophily import alike
from tests.twins.network.kernels import degree, nth_tie, packed
from tests.twins.randomness import uniform


def friends_of_friends(rows, traits, factors, openness, rate, what, keys):
    strength = rows[5]
    who, through, whom, accept = keys
    many = degree(rows)
    luck = uniform(who, np.arange(len(openness)))
    i = np.flatnonzero((openness > 0) & (luck < rate * openness.astype(np.float64)) & (many > 0))
    edge, j = nth_tie(rows, i, (uniform(through, i) * many[i]).astype(np.int64))
    onwards, other = nth_tie(rows, j, (uniform(whom, i) * many[j]).astype(np.int64))
    closeness = np.minimum(strength[edge], strength[onwards]).astype(np.float64)
    takes = (other != i) & (openness[other] > 0) & (closeness > 0)
    takes &= uniform(accept, i) < closeness * alike(i, other, *traits, factors)
    return packed(i[takes], other[takes], *what)
