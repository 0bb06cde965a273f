"""How far people are from others, and how far the network falls apart into groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simcomunita.compiled import kernel


@kernel
def steps_to(near, rows, most):  # type: ignore[no-untyped-def]
    """Steps along ties from everybody to the nearest of `near`, int64 (n); `most` where that is farther or no way."""
    up, second, down, down_edge, first = rows
    n = len(near)
    steps = np.full(n, most, np.int64)
    queue = np.empty(n, np.int64)
    end = 0
    for i in range(n):
        if near[i]:
            steps[i] = 0
            queue[end] = i
            end += 1
    begin = 0
    while begin < end:
        i = queue[begin]
        begin += 1
        further = steps[i] + 1
        if further >= most:
            break
        for d in range(down[i], down[i + 1]):
            j = first[down_edge[d]]
            if steps[j] == most and further < most:
                steps[j] = further
                queue[end] = j
                end += 1
        for e in range(up[i], up[i + 1]):
            j = second[e]
            if steps[j] == most and further < most:
                steps[j] = further
                queue[end] = j
                end += 1
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
