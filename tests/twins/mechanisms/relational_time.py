"""Twin of the kernel of `simcomunita.mechanisms.relational_time`."""

from __future__ import annotations

import numpy as np

from tests.twins.randomness import uniform


def who_meets(key, rate, openness):
    luck = uniform(key, np.arange(len(openness)))
    return np.flatnonzero(luck < rate * openness.astype(np.float64)).astype(np.int32)


def time_left(load, sociability, sociable, limits):
    full_ties, most_attention, least_openness = limits
    left = full_ties * sociability / np.maximum(load, np.float32(1e-6))
    free = np.clip(1 - 1 / np.maximum(left, np.float32(1e-6)), least_openness, np.float32(1))
    return np.minimum(most_attention, left), free * sociable
