"""How far people are from others, and how far the network falls apart into groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simcomunita.compiled import kernel


@kernel
def steps_to(near, ends, most):  # type: ignore[no-untyped-def]
    """Steps along ties from everybody to the nearest of `near`, uint8 (n); `most` where that is farther or no way.

    A pass over the edge list for each further step: few passes along memory are faster than a search that jumps.
    """
    first, second = ends
    steps = np.where(near, np.uint8(0), np.uint8(most))
    further = 1
    found = True
    while found and further < most:
        found = False
        for e in range(len(first)):
            u, v = np.uint32(first[e]), np.uint32(second[e])
            if steps[u] + 1 == further and steps[v] > further:
                steps[v] = further
                found = True
            elif steps[v] + 1 == further and steps[u] > further:
                steps[u] = further
                found = True
        further += 1
    return steps


def modularity(between: NDArray[np.integer]) -> float:
    """How far ties stay within groups, beyond what chance would give; in [-0.5, 1], 0 without ties.

    Newman & Girvan (2004), Physical Review E 69:026113; every tie counts one. `between` are the ties between groups, as
    `measures.mixing` counts them.
    """
    within = int(np.trace(between))
    m = (int(between.sum()) + within) / 2
    if not m:
        return 0.0
    ends = between.sum(axis=0) + np.diag(between)
    return within / m - float(((ends / (2 * m)) ** 2).sum())
