"""What we do not know: how much of a difference's spread comes from parameters and how much from chance, what is lost
by a wrong choice, and what a policy is worth at what price.

All of it is over *units*: the draws of parameters, each the mean of its seeds, or the pairs themselves where parameters
are as configured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray


def by_draw(values: ArrayLike, draws: ArrayLike) -> NDArray[np.float64]:
    """Mean of every draw, in ascending order of draws; NaN in a run makes its draw unknown.

    Parameters
    ----------
    values, draws
        A number and the draw of every run, (runs) each.
    """
    numbers, position = np.unique(np.asarray(draws), return_inverse=True)
    totals = np.bincount(position, np.asarray(values, np.float64), len(numbers))
    means: NDArray[np.float64] = totals / np.bincount(position, minlength=len(numbers))
    return means


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the spread of a difference comes from, as variances in the square of its unit.

    ``parameters`` is the variance between draws that chance does not explain, ``chance`` that between seeds of one
    draw; NaN where it cannot be told (one draw, or one seed a draw).
    """

    parameters: float
    chance: float

    @property
    def share_of_parameters(self) -> float:
        """Share of the variance of single pairs that comes from parameters; NaN where nothing varies."""
        total = self.parameters + self.chance
        return self.parameters / total if total > 0.0 else math.nan


def spread(differences: ArrayLike, draws: ArrayLike) -> Spread:
    """Split the variance of paired differences, by one-way analysis of variance with random effects.

    Searle, Casella & McCulloch (1992), *Variance Components*, ch. 3, for unequal numbers of seeds; what is estimated
    below zero is zero.
    """
    values, numbers = np.asarray(differences, np.float64), np.asarray(draws)
    known = ~np.isnan(values)
    _, position, count = np.unique(numbers[known], return_inverse=True, return_counts=True)
    values, groups, n = values[known], len(count), int(count.sum())
    if groups < 2 or n <= groups:
        return Spread(math.nan, math.nan)
    means = np.bincount(position, values) / count
    within = float(((values - means[position]) ** 2).sum()) / (n - groups)
    between = float((count * (means - values.mean()) ** 2).sum()) / (groups - 1)
    usual = (n - float((count**2).sum()) / n) / (groups - 1)
    return Spread(max((between - within) / usual, 0.0), within)


def regret(values: Mapping[str, ArrayLike], *, more_is_better: bool = True) -> pd.DataFrame:
    """What each scenario loses, unit by unit, against the one that turned out best (Savage 1951, JASA 46:55-67).

    Parameters
    ----------
    values
        An outcome of every scenario, (units) each.

    Returns
    -------
    pandas.DataFrame
        A row a scenario: ``scenario``, ``mean``, ``p90`` (exceeded in a tenth of the units), ``largest``, in the
        outcome's unit, and ``best``, the share of units in which it is best.
    """
    outcomes = np.array([np.asarray(column, np.float64) for column in values.values()])
    signed = outcomes if more_is_better else -outcomes
    lost = signed.max(axis=0) - signed
    return pd.DataFrame(
        {
            "scenario": list(values),
            "mean": lost.mean(axis=1),
            "p90": np.quantile(lost, 0.9, axis=1),
            "largest": lost.max(axis=1),
            "best": (lost == 0.0).mean(axis=1),
        }
    )


def acceptability(
    extra_cost: ArrayLike, extra_outcome: ArrayLike, ready_to_pay: Sequence[float]
) -> NDArray[np.float64]:
    """The probability that a policy is worth its money, by what one is ready to pay for one more of the outcome.

    van Hout, Al, Gordon & Rutten (1994), Health Economics 3:309-319. The share of units in which the outcome gained,
    at that price, is worth more than it costs.

    Parameters
    ----------
    extra_cost, extra_outcome
        Policy minus baseline, (units) each; units that are unknown are left out.
    ready_to_pay
        Euro for one more, (k).

    Returns
    -------
    float64 (k)
    """
    cost, gain = np.asarray(extra_cost, np.float64), np.asarray(extra_outcome, np.float64)
    known = ~(np.isnan(cost) | np.isnan(gain))
    worth = np.asarray(ready_to_pay, np.float64)[:, None] * gain[known] - cost[known]
    shares: NDArray[np.float64] = (worth > 0.0).mean(axis=1)
    return shares


def pairs_saved(baseline: ArrayLike, policy: ArrayLike) -> float:
    """How many times fewer pairs are needed because runs of a seed share their chance.

    The variance that the difference of two independent runs would have, divided by that of the paired difference
    (Law 2015, *Simulation Modeling and Analysis*, 5th ed., sec. 11.2). NaN where nothing varies; infinite where only
    the difference does not.
    """
    before, after = np.asarray(baseline, np.float64), np.asarray(policy, np.float64)
    known = ~(np.isnan(before) | np.isnan(after))
    before, after = before[known], after[known]
    if len(before) < 2:
        return math.nan
    apart = float(before.var(ddof=1) + after.var(ddof=1))
    together = float((after - before).var(ddof=1))
    return math.nan if apart == 0.0 else apart / together if together > 0.0 else math.inf
