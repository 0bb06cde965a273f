"""Twins of the kernels of `simcomunita.mechanisms.shocks`."""

from __future__ import annotations

import numpy as np

from simcomunita.agents.citizens import NO_CRISIS
from tests.twins.network.kernels import ties_of
from tests.twins.randomness import uniform, uniform_pair


def struck(rates, key):
    luck = uniform(key, np.arange(len(rates)))
    people = np.flatnonzero(luck < rates[:, -1])
    return people, (luck[people, None] >= rates[people]).sum(axis=1).astype(np.uint8)


def absorbing_tie(hit, rows, age, crisis, rates, key):
    countable, help_of_a_tie = rates
    shock, edge, j = ties_of(rows, hit)
    bond = rows[5][edge].astype(np.float64)
    absorbs = (bond >= countable) & (age[j] >= 14) & (crisis[j] == NO_CRISIS)
    absorbs &= uniform_pair(key, hit[shock], j) < help_of_a_tie * bond
    helper = np.full(len(hit), -1, np.int64)
    whose, earliest = np.unique(shock[absorbs], return_index=True)
    helper[whose] = edge[absorbs][earliest]
    return helper
