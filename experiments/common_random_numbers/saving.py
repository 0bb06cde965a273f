"""How many times fewer pairs are needed where runs share their chance: estimates, intervals, and what bounds them.

Arrays have a row a seed; further axes (months) are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simcomunita.experiment.intervals import LEVEL

Values = NDArray[np.float64]
RESAMPLES = 4000
SEED = 20_200_101
IN_FULL = 1e6
"""Savings beyond this are differences without any spread."""


@dataclass(frozen=True)
class Saving:
    """How many times fewer pairs, with its bootstrap interval; how far the two go together, and the most possible."""

    times: float
    low: float
    high: float
    correlation: float
    most: float


def times(one: Values, other: Values) -> Values:
    """Variance of the difference of independent runs over that of paired ones, at most `IN_FULL`; NaN where nothing
    varies (Law 2015, *Simulation Modeling and Analysis*, 5th ed., sec. 11.2).
    """
    apart = one.var(axis=0, ddof=1) + other.var(axis=0, ddof=1)
    together = (one - other).var(axis=0, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.minimum(np.where(apart > 0, apart / together, np.nan), IN_FULL))


def most_possible(one: Values, other: Values) -> float:
    """What would be saved if the two went together perfectly: unequal spreads alone leave a spread of the difference.

    (s1² + s2²) / (s1 - s2)², since var(a - b) = s1² + s2² - 2 r s1 s2 and r is at most 1.
    """
    a, b = float(one.std(ddof=1)), float(other.std(ddof=1))
    return (a * a + b * b) / (a - b) ** 2 if a != b else IN_FULL


def saving(one: Values, other: Values) -> Saving:
    """The saving of one measure over seeds, with the percentile interval of resampled seeds (Efron 1979, Annals of
    Statistics 7:1-26).
    """
    n = len(one)
    drawn = np.random.default_rng([SEED, n]).integers(0, n, (RESAMPLES, n))
    resampled = times(one[drawn].T, other[drawn].T)
    low, high = np.nanquantile(resampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Saving(float(times(one, other)), float(low), float(high), together(one, other), most_possible(one, other))


def together(one: Values, other: Values) -> float:
    """Correlation over seeds; NaN where one of the two does not vary."""
    if one.std() == 0 or other.std() == 0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])
