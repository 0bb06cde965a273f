"""What can be said from pairs: differences, their intervals, and the price of a difference.

Two scenarios that share a seed share every chance event that the policy does not change, so their difference
is taken pair by pair. The interval is Student's for the mean of the paired differences (Student 1908); the
price of one more unit of an outcome is a ratio of two such means, with Fieller's interval (Fieller 1954;
Willan & O'Brien 1996 for cost-effectiveness), which says honestly when no price can be named because the
outcome may not have changed at all.

SciPy is no core dependency, so Student's quantile is computed here; the tests hold it against SciPy's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEVEL = 0.95
"""Confidence of every interval in a comparison."""


def _central(t: float, freedom: int) -> float:
    """Return P(-t < T < t) for Student's T with a whole number of degrees of freedom.

    The finite sums of Abramowitz & Stegun (1964), 26.7.3 and 26.7.4: all terms are positive, so nothing
    cancels.
    """
    angle = math.atan2(t, math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    square = cosine * cosine
    odd = freedom % 2
    term = total = 0.0
    if freedom > 1:
        term = total = cosine if odd else 1.0
        for k in range(2 if odd else 1, freedom - 2, 2):
            term *= square * k / (k + 1)
            total += term
    return 2.0 / math.pi * (angle + sine * total) if odd else sine * total


@lru_cache(maxsize=1024)
def t_quantile(probability: float, freedom: int) -> float:
    """Quantile of Student's t distribution.

    Parameters
    ----------
    probability
        Strictly between 0 and 1.
    freedom
        Degrees of freedom, a whole number of at least 1.

    Raises
    ------
    ValueError
        If either lies outside.

    Notes
    -----
    Halving an interval until it cannot be halved further; relative error below 1e-12 against SciPy for
    1 to 20,000 degrees of freedom at the usual levels.
    """
    if not 0.0 < probability < 1.0:
        raise ValueError(f"a probability lies between 0 and 1, got {probability}")
    if freedom < 1 or freedom != int(freedom):
        raise ValueError(f"degrees of freedom are a whole number of at least 1, got {freedom}")
    if probability < 0.5:
        return -t_quantile(1.0 - probability, freedom)
    wanted = 2.0 * probability - 1.0
    low, high = 0.0, 1.0
    while _central(high, freedom) < wanted:
        low, high = high, high * 2.0
    while low < (middle := (low + high) / 2.0) < high:
        if _central(middle, freedom) < wanted:
            low = middle
        else:
            high = middle
    return high


@dataclass(frozen=True, slots=True)
class Difference:
    """Policy minus baseline over pairs, in the measure's own unit.

    ``low`` and ``high`` are NaN where there are fewer than two pairs; ``higher`` is the share of pairs in
    which the policy's value is strictly above the baseline's. Means are over the pairs that are known on
    both sides.
    """

    mean: float
    low: float
    high: float
    pairs: int
    higher: float
    mean_baseline: float
    mean_policy: float

    @property
    def clear(self) -> bool:
        """Whether the interval excludes zero."""
        return self.low > 0.0 or self.high < 0.0


def paired_difference(baseline: ArrayLike, policy: ArrayLike, level: float = LEVEL) -> Difference:
    """Compare two arrays of shape (pairs,) whose entries of the same place share a seed.

    Pairs with a NaN on either side (a measure that is undefined in a run) are left out.

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    before, after = np.asarray(baseline, dtype=np.float64), np.asarray(policy, dtype=np.float64)
    if before.shape != after.shape or before.ndim != 1:
        raise ValueError(f"pairs need two equally long columns, got {before.shape} and {after.shape}")
    known = ~(np.isnan(before) | np.isnan(after))
    difference = after[known] - before[known]
    n = len(difference)
    if n == 0:
        return Difference(math.nan, math.nan, math.nan, 0, math.nan, math.nan, math.nan)
    mean = float(difference.mean())
    half = _half_width(difference, level) if n > 1 else math.nan
    return Difference(
        mean,
        mean - half,
        mean + half,
        n,
        float((difference > 0.0).mean()),
        float(before[known].mean()),
        float(after[known].mean()),
    )


def _half_width(values: NDArray[np.float64], level: float) -> float:
    if np.all(values == values[0]):
        return 0.0
    spread = float(values.std(ddof=1)) / math.sqrt(len(values))
    return t_quantile((1.0 + level) / 2.0, len(values) - 1) * spread


def skewness(values: ArrayLike) -> float:
    """Third standardised moment of a sample; 0 where all are equal, NaN with fewer than three that are known."""
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    if len(known) < 3:
        return math.nan
    moved = known - known.mean()
    variance = float((moved**2).mean())
    return float((moved**3).mean()) / variance**1.5 if variance > 0.0 else 0.0


def bootstrap_interval(
    differences: ArrayLike, level: float = LEVEL, resamples: int = 999, seed: int = 1
) -> tuple[float, float]:
    """Bootstrap-t interval of a mean, for differences that are skewed.

    The mean's distance from that of a resample is taken in units of the resample's own standard error, so that the
    interval may reach farther to one side (Efron 1981, Canadian Journal of Statistics 9:139-158; Hall 1988, Annals of
    Statistics 16:927-953: second-order correct, where Student's is right to first order only). The resamples are the
    same whenever it is asked.

    Parameters
    ----------
    differences
        Paired differences, shape (pairs,); NaN are left out.

    Returns
    -------
    low, high
        NaN with fewer than two pairs.
    """
    known = np.asarray(differences, dtype=np.float64)
    known = known[~np.isnan(known)]
    n = len(known)
    if n < 2:
        return math.nan, math.nan
    mean, spread = float(known.mean()), float(known.std(ddof=1))
    if spread == 0.0:
        return mean, mean
    drawn = known[np.random.default_rng([seed, n]).integers(0, n, (resamples, n))]
    spreads = drawn.std(axis=1, ddof=1)
    varied = spreads > 0.0
    t = (drawn.mean(axis=1)[varied] - mean) / spreads[varied]
    low, high = np.quantile(t, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return mean - float(high) * spread, mean - float(low) * spread


@dataclass(frozen=True, slots=True)
class Price:
    """Extra cost per extra unit of an outcome; all three NaN where none can be named.

    Without a finite interval (the outcome's own difference may be zero) nothing is named, not even the ratio.
    """

    each: float
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether there is a price with a finite interval."""
        return not math.isnan(self.each)


def price(extra_cost: ArrayLike, extra_outcome: ArrayLike, level: float = LEVEL) -> Price:
    """Ratio of two mean paired differences with Fieller's interval.

    Parameters
    ----------
    extra_cost, extra_outcome
        Paired differences, shape (pairs,), in euro and in the outcome's unit.
    """
    unknown = Price(math.nan, math.nan, math.nan)
    cost, gain = np.asarray(extra_cost, dtype=np.float64), np.asarray(extra_outcome, dtype=np.float64)
    known = ~(np.isnan(cost) | np.isnan(gain))
    cost, gain = cost[known], gain[known]
    n = len(cost)
    if n < 2:
        return unknown
    quantile = t_quantile((1.0 + level) / 2.0, n - 1)
    (cc, cg), (_, gg) = np.cov(cost, gain) / n * quantile**2
    mean_cost, mean_gain = float(cost.mean()), float(gain.mean())
    a = mean_gain**2 - float(gg)
    if a <= 0.0:
        return unknown
    b = mean_cost * mean_gain - float(cg)
    root = math.sqrt(max(b * b - a * (mean_cost**2 - float(cc)), 0.0))
    return Price(mean_cost / mean_gain, (b - root) / a, (b + root) / a)
