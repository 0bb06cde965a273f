"""Twins of the kernels of `simcomunita.mechanisms.brokerage`."""

from __future__ import annotations

import numpy as np

from tests.twins.network.kernels import degree, nth_tie, packed
from tests.twins.randomness import uniform


def far_apart(j, k, neighbourhood, origin, age):
    years = np.abs(age[j].astype(np.int64) - age[k].astype(np.int64))
    return (neighbourhood[j] != neighbourhood[k]) | (origin[j] != origin[k]) | (years >= 25)


def pairs_far_apart(one, other, neighbourhood, origin, age):
    return (one != other) & far_apart(one, other, neighbourhood, origin, age)


def introductions(brokers, rows, traits, rates, what, keys):
    strength = rows[5].astype(np.float64)
    age = traits[2]
    introducing, taking = rates
    who, whom, takes = keys
    many = degree(rows)
    i = brokers[(many[brokers] >= 2) & (uniform(who, brokers) < introducing)]
    (to_one, j), (to_other, k) = (
        nth_tie(rows, i, (uniform(whom, i * 2 + t) * many[i]).astype(np.int64)) for t in (0, 1)
    )
    joins = pairs_far_apart(j, k, *traits) & (age[j] >= 14) & (age[k] >= 14)
    joins &= uniform(takes, i) < taking * strength[to_one] * strength[to_other]
    return packed(j[joins], k[joins], *what)
