"""Whole numbers from shares: the method of largest remainders (Hamilton), which misses no total and no share
by one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def apportioned(weights: ArrayLike, total: int) -> NDArray[np.int64]:
    """Share out `total` by weights (at least 0, not all 0): int64, sums to `total`; equal remainders favour
    the first.
    """
    weight = np.asarray(weights, np.float64)
    quota = weight / weight.sum() * total
    counts: NDArray[np.int64] = np.floor(quota).astype(np.int64)
    left = total - int(counts.sum())
    if left:
        first = np.argsort(-(quota - counts), kind="stable")[:left]
        counts[first] += 1
    return counts


def lowest(n: int, rank: NDArray[np.float64]) -> NDArray[np.int64]:
    """Positions of the `n` lowest ranks (equal ones: the first), ascending."""
    if n <= 0:
        return np.empty(0, np.int64)
    if n >= len(rank):
        return np.arange(len(rank))
    return np.sort(np.argsort(rank, kind="stable")[:n])


def weighted_rank(u: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks whose lowest n are a sample by weight (sequential Poisson sampling; Ohlsson 1998); weight 0 comes
    last.
    """
    return np.where(weight > 0, u / np.where(weight > 0, weight, 1.0), 1e9 + u)
