"""Twin of the kernel of `simcomunita.mechanisms.erosion`."""

from __future__ import annotations

import numpy as np

from simcomunita.network import FormedBy
from tests.twins.randomness import coarse_second_half, first_half


def fade(columns, share, changes, limits, old, key):
    first, second, strength, trust, kind, formed_by, since = columns
    running_into, meeting, forgotten = limits
    half, whole = np.float32(0.5), np.float32(1)
    draw = coarse_second_half(first_half(key, first), second)
    met = draw < (running_into + meeting * strength) * (half * (share[first] + share[second]))
    row = 1 + 4 * kind.astype(np.intp) + 2 * (since > old) + met
    gain, loss, trusting = changes[np.where(formed_by == FormedBy.HOUSEHOLD, 0, row)].T
    s = strength + (whole - strength) * (gain * (whole - strength) - loss * strength)
    strength[:] = np.where((s >= forgotten) & (strength > 0), s, np.float32(0))
    trust[:] = trust + trusting * (whole - trust)
