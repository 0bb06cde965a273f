"""Twin of the kernel of `simcomunita.mechanisms.erosion`."""

from __future__ import annotations

import numpy as np

from simcomunita.network import FormedBy
from tests.twins.randomness import uniform_pair


def fade(columns, share, changes, limits, month, key):
    first, second, strength, trust, kind, formed_by, since = columns
    running_into, meeting, forgotten, young = limits
    s = strength.astype(np.float64)
    attention = (share[first] + share[second]).astype(np.float64)
    met = uniform_pair(key, first, second) < (running_into + meeting * s) * 0.5 * attention
    row = 1 + 4 * kind.astype(np.intp) + 2 * (month - since.astype(np.int64) < young) + met
    gain, loss, trusting = changes[np.where(formed_by == FormedBy.HOUSEHOLD, 0, row)].T
    s = s + (1.0 - s) * (gain * (1.0 - s) - loss * s)
    strength[:] = np.where((s >= forgotten) & (strength > 0), s, 0.0)
    trust[:] = trust + trusting * (1.0 - trust.astype(np.float64))
