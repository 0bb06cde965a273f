"""What we do not know: how much of a difference's spread comes from parameters and how much from chance, what is lost
by a wrong choice, and what a policy is worth at what price.

All of it is over *units*, and a unit decides which question is answered:

- Where parameters are drawn, a unit is a draw, the mean of its seeds. Probabilities then answer "on average over
  chance, given what is not known of the parameters" (a little chance is left in them where a draw has few seeds).
- Where parameters are as configured, a unit is a pair of runs. Probabilities then answer "in a single course of
  events". The mean over pairs has an uncertainty too, but it is that of too few runs: it says nothing of the
  world and goes away with more pairs, so no probability is made of it (on the two questions: O'Hagan & Stevens 2002,
  BMC Medical Research Methodology 2:5).
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

    To twelve digits, so that what is equal is not told apart by how it was added up.

    Parameters
    ----------
    values, draws
        A number and the draw of every run, (runs) each.
    """
    numbers, position = np.unique(np.asarray(draws), return_inverse=True)
    totals = np.bincount(position, np.asarray(values, np.float64), len(numbers))
    means = totals / np.bincount(position, minlength=len(numbers))
    return np.array([float(f"{mean:.12g}") for mean in means])


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


FEWEST_DRAWS = 10
"""Draws below which the share of parameters in the variance gets no interval."""

SHARE_RESAMPLES = 999


def share_interval(differences: ArrayLike, draws: ArrayLike, level: float = 0.95, seed: int = 1) -> tuple[float, float]:
    """Interval of the share of parameters in the variance: percentiles over resamples of draws, each with its seeds.

    A resample holds some draws twice, so that draws differ less in it, by (draws - 1) / draws on average; this is put
    right. The resamples are the same whenever it is asked (Efron & Tibshirani 1993, *An Introduction to the
    Bootstrap*, ch. 13; whole draws: Davison & Hinkley 1997, *Bootstrap Methods*, sec. 3.8).

    Returns
    -------
    low, high
        NaN where the share cannot be told, and from fewer than `FEWEST_DRAWS`, which resample each other too often.
    """
    values, numbers = np.asarray(differences, np.float64), np.asarray(draws)
    known = ~np.isnan(values)
    values = values[known]
    _, position, count = np.unique(numbers[known], return_inverse=True, return_counts=True)
    groups, n = len(count), len(values)
    if groups < FEWEST_DRAWS or n <= groups:
        return math.nan, math.nan
    means = np.bincount(position, values) / count
    squares = np.bincount(position, (values - means[position]) ** 2)
    taken = np.random.default_rng([seed, groups, n]).integers(0, groups, (SHARE_RESAMPLES, groups))
    of_each, total = count[taken], count[taken].sum(axis=1)
    freedom = total - groups
    taken, of_each, total, freedom = (a[freedom > 0] for a in (taken, of_each, total, freedom))
    within = squares[taken].sum(axis=1) / freedom
    middle = (of_each * means[taken]).sum(axis=1) / total
    between = (of_each * (means[taken] - middle[:, None]) ** 2).sum(axis=1) / (groups - 1) * groups / (groups - 1)
    usual = (total - (of_each**2).sum(axis=1) / total) / (groups - 1)
    parameters = np.maximum((between - within) / usual, 0.0)
    varied = parameters + within > 0.0
    if not varied.any():
        return math.nan, math.nan
    shares = parameters[varied] / (parameters + within)[varied]
    low, high = np.quantile(shares, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return float(low), float(high)


def regret(values: Mapping[str, ArrayLike], *, more_is_better: bool = True) -> pd.DataFrame:
    """What each scenario loses, unit by unit, against the one that turned out best (Savage 1951, JASA 46:55-67).

    Parameters
    ----------
    values
        An outcome of every scenario, (units) each; units in which one is unknown are left out.

    Returns
    -------
    pandas.DataFrame
        A row a scenario: ``scenario``, ``mean``, ``p90`` (exceeded in a tenth of the units), ``largest``, in the
        outcome's unit, and ``best``, the share of units in which it is best; where several are equally good, all are.
        NaN where no unit is known.
    """
    outcomes = np.array([np.asarray(column, np.float64) for column in values.values()])
    outcomes = outcomes[:, ~np.isnan(outcomes).any(axis=0)]
    if not outcomes.shape[1]:
        outcomes = np.full((len(values), 1), math.nan)
    signed = outcomes if more_is_better else -outcomes
    lost = signed.max(axis=0) - signed
    return pd.DataFrame(
        {
            "scenario": list(values),
            "mean": lost.mean(axis=1),
            "p90": np.quantile(lost, 0.9, axis=1),
            "largest": lost.max(axis=1),
            "best": np.where(np.isnan(lost), math.nan, lost == 0.0).mean(axis=1),
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


def best_choice(
    cost: Mapping[str, ArrayLike], outcome: Mapping[str, ArrayLike], ready_to_pay: Sequence[float]
) -> pd.DataFrame:
    """Among several scenarios, baseline included: how probably each is the best choice, by what one is ready to pay.

    What a scenario is worth is its outcome at that price, less its cost. ``probability_best`` is the share of units in
    which it is worth most: the acceptability curves of Fenwick, Claxton & Sculpher (2001), Health Economics
    10:779-787. They add up to 1 over scenarios; scenarios that are worth the same share their unit. A scenario that
    costs more and gives less than another in every unit is never best. ``chosen`` is the one that is worth most on
    average over units, the one to choose; its probability is their frontier, and it need not be the likeliest to be
    best. Of several that are worth the same on average the first is chosen.

    Parameters
    ----------
    cost, outcome
        Euro and outcome of every scenario, (units) each, by scenario; more of the outcome is better. Units that are
        unknown for any of them are left out.
    ready_to_pay
        Euro for one more of the outcome, (k).

    Returns
    -------
    pandas.DataFrame
        A row a price and scenario: ``ready_to_pay``, ``scenario``, ``worth`` (mean, in euro, against the
        first scenario), ``probability_best``, ``chosen``.
    """
    euro = np.array([np.asarray(cost[name], np.float64) for name in cost])
    gained = np.array([np.asarray(outcome[name], np.float64) for name in cost])
    known = ~(np.isnan(euro) | np.isnan(gained)).any(axis=0)
    euro, gained = euro[:, known], gained[:, known]
    # Against the first: what is common to all of a unit decides nothing, and small differences keep their digits.
    euro, gained = euro - euro[:1], gained - gained[:1]
    rows: list[tuple[float, str, float, float, bool]] = []
    for price in ready_to_pay:
        worth = price * gained - euro
        best = worth == worth.max(axis=0, initial=-math.inf)
        share = (best / np.maximum(best.sum(axis=0), 1)).mean(axis=1) if worth.size else np.full(len(worth), math.nan)
        mean = worth.mean(axis=1) if worth.size else np.full(len(worth), math.nan)
        first = int(np.argmax(mean))
        rows += [(float(price), n, float(mean[k]), float(share[k]), k == first) for k, n in enumerate(cost)]
    return pd.DataFrame(rows, columns=["ready_to_pay", "scenario", "worth", "probability_best", "chosen"])


def turning_points(cost: Mapping[str, float], outcome: Mapping[str, float]) -> list[tuple[float, str]]:
    """From which price on which scenario is the best choice on average: the efficient frontier.

    The cheapest comes first, at price 0 (of those that cost the same, the one with the most outcome). What another
    gives more for no more money, and what a mixture of two others does (extended dominance: Cantor 1994, Medical
    Decision Making 14:259-265), never has its turn.

    Parameters
    ----------
    cost, outcome
        Mean euro and mean outcome, by scenario; more of the outcome is better.

    Returns
    -------
    list
        (euro for one more, scenario), prices ascending.
    """
    here = min(cost, key=lambda name: (cost[name], -outcome[name]))
    turns = [(0.0, here)]
    while True:
        prices = {
            name: (cost[name] - cost[here]) / (outcome[name] - outcome[here])
            for name in cost
            if outcome[name] > outcome[here]
        }
        if not prices:
            return turns
        # Of equal prices the farthest: those between are as good at that price alone.
        here = min(prices, key=lambda name: (prices[name], -outcome[name]))
        turns.append((prices[here], here))


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
