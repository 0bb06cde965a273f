"""Twin of the kernel of `simcomunita.mechanisms.meetings`."""

from __future__ import annotations

import numpy as np

from simcomunita.agents.citizens import NO_CRISIS
from tests.twins.randomness import uniform


def neighbours_come(wanted, neighbourhood, area, start, columns, weights, key):
    age, group_of, needs, crisis, vulnerability = columns
    concern, hindrance = weights
    free = (age >= 14) & (group_of < 0)
    suffers = (crisis != NO_CRISIS) | (vulnerability >= 0.5)
    barred = 1 - hindrance * vulnerability.astype(np.float64)
    luck = uniform(key, np.arange(len(age)))
    people, site = [np.empty(0, np.int64)], [np.empty(0, np.int32)]
    # Groups come one after the other because nobody goes to two.
    for group, home in enumerate(neighbourhood):
        there = np.arange(start[home], start[home + 1])
        there = there[free[there]]
        concerned = suffers[there] | (needs[there] >> area[group] & 1 != 0)
        weight = np.where(concerned, concern, 1.0) * barred[there]
        rank = luck[there] / np.maximum(weight, 1e-9)
        come = there[np.argsort(rank, kind="stable")[: wanted[group]]]
        free[come] = False
        people.append(come)
        site.append(np.full(len(come), group, np.int32))
    return np.concatenate(people), np.concatenate(site)
