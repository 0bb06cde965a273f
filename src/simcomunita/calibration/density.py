"""How probable a published figure is, given what a run counted: exactly, since the reporting error is stated.

`Outcome.reported` draws reports; here stands their density, on the scale on which a report errs (of a count its
logarithm, of a share its log-odds). A share that is known to be one of so many is summed over all samples of that size;
a bound has the probability of all that would have been reported as just that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from simcomunita.calibration.inference import Floats
from simcomunita.calibration.outcomes import Outcome

MOST_SUMMED = 1000
"""Largest sample of which every possible number is summed over; of larger ones, so many equally likely numbers."""
SAME = 1e-9
"""Reports that differ less are the same."""

Tail = Literal["", "above", "below"]


def log_densities(outcomes: Sequence[Outcome], counted: Floats, reports: Floats, scale: float) -> Floats:
    """Return the log density of one report of each outcome, given every run: (n, s).

    Minus infinity where a run cannot have been reported so: nothing was counted, or there was nothing to be a share of.

    Parameters
    ----------
    counted
        (n, s): what runs counted, for the whole territory.
    reports
        (s): what was reported, on the scale on which it is compared (as `observed` returns it).
    """
    columns = [log_density(one, counted[:, k], float(reports[k]), scale) for k, one in enumerate(outcomes)]
    return np.column_stack(columns) if columns else np.zeros((len(counted), 0))


def log_density(one: Outcome, counted: Floats, report: float, scale: float) -> Floats:
    """Return the log density of one outcome's report given every run: (n)."""
    published = float(one.summary(np.array([one.published]), scale)[0])
    tail: Tail = ""
    if one.bound and abs(report - published) < SAME:
        tail = "above" if one.bound == "at least" else "below"
    if one.kind != "share":
        with np.errstate(divide="ignore"):
            own, middle = np.log(_figure(one, report, scale)), np.log(np.maximum(counted, 0.0))
        density = _normal(float(own), middle, one.error, tail)
    else:
        lowest, highest = one.summary(np.array([0.0, 1.0]), scale)
        if not tail and report <= lowest + SAME:  # beyond the margin all shares are told alike
            tail = "below"
        elif not tail and report >= highest - SAME:
            tail = "above"
        density = _of_share(one, counted, report, scale, tail)
    return np.where(np.isnan(counted), -np.inf, density)


def _figure(one: Outcome, report: float, scale: float) -> float:
    figure = one.told(report, scale)
    return figure if figure > SAME / scale else 0.0


def _of_share(one: Outcome, counted: Floats, report: float, scale: float, tail: Tail) -> Floats:
    if not one.of:
        return _normal(report, one.summary(counted, scale), one.error, tail)
    from scipy.special import gammaln, logsumexp, xlog1py, xlogy
    from scipy.stats import binom

    chance = np.clip(np.nan_to_num(counted), 0.0, 1.0)
    if one.of <= MOST_SUMMED:
        numbers = np.arange(one.of + 1)
        ways = gammaln(one.of + 1) - gammaln(numbers + 1) - gammaln(one.of - numbers + 1)
        weights = ways + xlogy(numbers, chance[:, None]) + xlog1py(one.of - numbers, -chance[:, None])
        odds = one.summary(numbers / one.of, scale)[None, :]
    else:
        levels = (np.arange(MOST_SUMMED) + 0.5) / MOST_SUMMED
        odds = one.summary(binom.ppf(levels[None, :], one.of, chance[:, None]) / one.of, scale)
        weights = np.full(odds.shape, -np.log(MOST_SUMMED))
    if one.error == 0.0:  # only that very number can be told as this share
        number = round(one.told(report, scale) * one.of)
        exact = binom.logcdf if tail == "below" else binom.logpmf
        return np.asarray(binom.logsf(number - 1, one.of, chance) if tail == "above" else exact(number, one.of, chance))
    density: Floats = logsumexp(weights + _normal(report, odds, one.error, tail), axis=1)
    return density


def _normal(own: float, middle: Floats, error: float, tail: Tail) -> Floats:
    """Log density of a normal deviate, or log probability of its tail; of no spread, whether it is there."""
    from scipy.stats import norm

    with np.errstate(invalid="ignore"):
        away = own - middle
    away = np.where(np.isnan(away), 0.0, away)  # nothing was counted, and nothing reported
    nothing = np.isneginf(middle)
    if error == 0.0 or np.isneginf(own):
        there = np.abs(away) < SAME
        if tail == "above":
            there |= away < 0.0
        elif tail == "below":
            there |= away > 0.0
        return np.where(there, 0.0, -np.inf)
    if tail == "above":
        value = norm.logsf(away / error)
    elif tail == "below":
        value = norm.logcdf(away / error)
    else:
        value = norm.logpdf(away, scale=error)
    return np.where(nothing, 0.0 if tail == "below" else -np.inf, value)
