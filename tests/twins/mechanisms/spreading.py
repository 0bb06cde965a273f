"""Twin of the kernel of `simcomunita.mechanisms.spreading`."""

from __future__ import annotations

import numpy as np

from tests.twins.network.kernels import degree, nth_tie
from tests.twins.randomness import uniform


def asks(askers, rows, trust, stage, grown_up, mean_asks, keys):
    strength = rows[5]
    key_asks, key_whom, key_dares = keys
    many = degree(rows)
    askers = askers[many[askers] > 0]
    mean = mean_asks[stage[askers]]
    floor = np.floor(mean)
    times = (floor + (uniform(key_asks, askers) < mean - floor)).astype(np.int64)
    asker = np.repeat(askers, times)
    turn = np.arange(len(asker)) - np.repeat(np.cumsum(times) - times, times)
    address = asker * 64 + turn
    edge, neighbour = nth_tie(rows, asker, (uniform(key_whom, address) * many[asker]).astype(np.int64))
    asked, bond, trusted = neighbour.astype(np.int64), strength[edge].astype(np.float64), trust[edge].astype(np.float64)
    dares = (stage[asked] < 2) & grown_up[asked] & (uniform(key_dares, address) < bond)
    return asked[dares], asker[dares], np.minimum(1.0, bond * (0.5 + trusted))[dares]
