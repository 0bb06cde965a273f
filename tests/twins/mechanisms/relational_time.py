"""Twin of the kernel of `simcomunita.mechanisms.relational_time`."""

from __future__ import annotations

import numpy as np

from tests.twins.randomness import uniform


def who_meets(key, rate, openness):
    luck = uniform(key, np.arange(len(openness)))
    return np.flatnonzero(luck < rate * openness.astype(np.float64)).astype(np.int32)
