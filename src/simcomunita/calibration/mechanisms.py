"""Which mechanisms do the published figures need?

The reporting error is stated, so the density of what was published given a run is known exactly, and its mean over
runs of the prior is the marginal likelihood of the model (Kass & Raftery 1995, J. Am. Statist. Ass. 90:773-795). Left
out a mechanism, the same draws with the same seeds give another; the ratio of the two says how much less, or more,
probable the figures are without it. How far a mean over so few runs can be trusted is told by the effective number of
runs behind it and by resampling the points, which both models share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from simcomunita.calibration.adjusting import Adjusted
from simcomunita.calibration.bank import Bank, sobol
from simcomunita.calibration.density import log_densities
from simcomunita.calibration.inference import Floats, Posterior, one_thread, weighted_quantile
from simcomunita.calibration.leaving_out import COMPLETE
from simcomunita.calibration.otherwise import Group
from simcomunita.calibration.outcomes import Outcome, observed, summaries
from simcomunita.calibration.predicting import INTERVAL, Interval
from simcomunita.calibration.result import FEWEST_RUNS, Result
from simcomunita.calibration.surrogate import Emulator
from simcomunita.calibration.weighing import weighted

ENOUGH = 10.0
"""Effective runs from which a marginal likelihood can be told."""
FAR = np.log(20.0)
"""From here on evidence is strong; so far, few effective runs without the mechanism are no reason to doubt it."""
RESAMPLED = 1000
LEVELS = (0.05, 0.95)
POINTS = 2**12
DRAWN = 1000
COUNTABLE = 0.8
"""Share of the runs in which a figure must exist, so that it can be told what becomes of it."""

Verdict = Literal["cannot tell", "needed", "better without", "no difference"]


@dataclass(frozen=True)
class Becomes:
    """What one figure becomes without the mechanism.

    Attributes
    ----------
    complete
        What the complete model's bank of the same size predicts of it with the parameters as fitted (90 %).
    as_fitted
        The same without the mechanism; None where too few runs can count it.
    refitted
        Without the mechanism, once the parameters are fitted anew; None also where that cannot be done.
    """

    outcome: Outcome
    complete: Interval | None
    as_fitted: Interval | None
    refitted: Interval | None

    @property
    def shift(self) -> float:
        """How far the middle moves, in half-widths of the complete model's interval; NaN if it cannot be said."""
        if self.complete is None or self.as_fitted is None:
            return float("nan")
        half = max((self.complete[2] - self.complete[0]) / 2, 1e-12)
        return (self.as_fitted[1] - self.complete[1]) / half

    def held(self, interval: Interval | None) -> bool:
        """Whether an interval holds what was published; of a bound, whether it can be met."""
        if interval is None:
            return False
        low, _, high = interval
        above = self.outcome.bound == "at most" or high >= self.outcome.published
        return above and (self.outcome.bound == "at least" or low <= self.outcome.published)


@dataclass(frozen=True)
class LeftOut:
    """The complete model against that without one group of mechanisms.

    Attributes
    ----------
    ratio, low, high
        Logarithm of the marginal likelihood without, less that of the complete model, and its 90 % interval over
        points.
    effective
        Effective number of runs behind the estimate without.
    surrogate
        The same difference by polynomials fitted to both banks, which need fewer runs and assume more; NaN where
        they cannot be fitted.
    """

    group: Group
    runs: int
    ratio: float
    low: float
    high: float
    effective: float
    effective_complete: float
    surrogate: float
    figures: tuple[Becomes, ...]

    @property
    def verdict(self) -> Verdict:
        """What can be said; "cannot tell" where too few runs stand behind it, unless no run can be reported so."""
        if np.isneginf(self.ratio):
            return "needed"
        if self.effective_complete < ENOUGH or np.isnan(self.ratio):
            return "cannot tell"
        if self.effective < ENOUGH and not self.high < -FAR:
            return "cannot tell"
        return "needed" if self.high < 0.0 else "better without" if self.low > 0.0 else "no difference"


@dataclass(frozen=True)
class Mechanisms:
    """All groups, each against the complete model at the same points and seeds."""

    runs: int
    scale: float
    log_likelihood: float
    effective: float
    one_code: bool
    each: tuple[LeftOut, ...]


def with_mechanisms(result: Result, banks: Mapping[str, Bank], *, one_code: bool = True) -> Result:
    """Return the same result with what its banks say of mechanisms.

    Parameters
    ----------
    banks
        By group, and the complete model's as ``complete``.
    one_code
        Whether all were run by the same code.
    """
    asked = result.calibration.without
    if asked is None or COMPLETE not in banks:
        return result
    complete = banks[COMPLETE]
    logs = _logs(result.calibration.fitted, complete)
    with one_thread():
        each = tuple(_against(group, complete, banks[group.name], result) for group in asked.groups)
    effective = weighted(logs)[1] if np.isfinite(logs.max()) else 0.0
    found = Mechanisms(len(complete), complete.scale, _mean(logs), effective, one_code, each)
    return replace(result, mechanisms=found)


def _against(group: Group, complete: Bank, bank: Bank, result: Result) -> LeftOut:
    calibration = result.calibration
    common = np.intersect1d(complete.numbers, bank.numbers)
    complete, bank = (one.taken(np.isin(one.numbers, common)) for one in (complete, bank))
    with_it, without = _logs(calibration.fitted, complete), _logs(calibration.fitted, bank)
    ratio = _mean(without) - _mean(with_it) if np.isfinite(with_it.max()) else float("nan")
    drawn = np.random.default_rng(calibration.fit_seed).integers(len(common), size=(RESAMPLED, len(common)))
    some, others = _means(with_it, drawn), _means(without, drawn)
    told = np.isfinite(some)
    ends = (float("nan"),) * 2
    if told.any():
        resampled = np.sort(others[told] - some[told])  # no interpolation: some may be minus infinity
        low, high = (float(resampled[round(level * (len(resampled) - 1))]) for level in LEVELS)
        ends = (low, high)
    return LeftOut(
        group,
        len(common),
        ratio,
        *ends,
        weighted(without)[1] if np.isfinite(without.max()) else 0.0,
        weighted(with_it)[1] if np.isfinite(with_it.max()) else 0.0,
        _emulated(calibration.fitted, bank, calibration.fit_seed)
        - _emulated(calibration.fitted, complete, calibration.fit_seed),
        _figures(complete, bank, result),
    )


def _logs(outcomes: tuple[Outcome, ...], bank: Bank) -> Floats:
    """Log density of what was published given each run: (n)."""
    total: Floats = log_densities(outcomes, bank.counted(outcomes), observed(outcomes, bank.scale), bank.scale).sum(1)
    return total


def _mean(logs: Floats) -> float:
    """Logarithm of the mean density."""
    most = logs.max()
    return float(most + np.log(np.exp(logs - most).mean())) if np.isfinite(most) else float("-inf")


def _means(logs: Floats, drawn: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> Floats:
    """The same of many resamples, (r) from positions (r, n)."""
    most = logs.max()
    if not np.isfinite(most):
        return np.full(len(drawn), -np.inf)
    with np.errstate(divide="ignore"):
        return np.asarray(most + np.log(np.exp(logs - most)[drawn].mean(axis=1)))


def _emulated(outcomes: tuple[Outcome, ...], bank: Bank, seed: int) -> float:
    """Logarithm of the marginal likelihood by polynomials; NaN where a figure is a bound, or always the same."""
    reports = _all_reports(outcomes, bank, seed)
    if reports is None or any(one.bound for one in outcomes):
        return float("nan")
    emulator = Emulator.of(bank.cube, reports)
    mean, sd = emulator.at(sobol(POINTS, bank.cube.shape[1], seed))
    together = emulator.correlation + 1e-6 * np.eye(len(outcomes))
    away = (observed(outcomes, bank.scale) - mean) / sd
    squared = np.einsum("ij,ij->i", away @ np.linalg.inv(together), away)
    constant = np.linalg.slogdet(together)[1] + len(outcomes) * np.log(2.0 * np.pi)
    return _mean(-0.5 * (squared + constant) - np.log(sd).sum(axis=1))


def _all_reports(outcomes: tuple[Outcome, ...], bank: Bank, seed: int) -> Floats | None:
    """Return simulated reports (n, s); None where a figure cannot be counted in some run, or is the same in all."""
    counted = bank.counted(outcomes)
    reports = summaries(outcomes, counted, bank.scale, seed)
    return reports if np.isfinite(counted).all() and (reports.std(axis=0) > 0.0).all() else None


# -- what the figures become --


def _figures(complete: Bank, bank: Bank, result: Result) -> tuple[Becomes, ...]:
    calibration = result.calibration
    seed, outcomes = calibration.fit_seed, calibration.outcomes
    as_fitted = result.posterior.equally_weighted(DRAWN, seed)
    anew = _refitted(bank, calibration.fitted, seed)
    found = []
    for one in outcomes:
        here, there = (_told(one, each, as_fitted, seed) for each in (complete, bank))
        refitted = None if anew is None else _told(one, bank, anew.equally_weighted(DRAWN, seed), seed)
        found.append(Becomes(one, here, there, refitted))
    return tuple(found)


def _refitted(bank: Bank, outcomes: tuple[Outcome, ...], seed: int) -> Posterior | None:
    reports = _all_reports(outcomes, bank, seed)
    if reports is None or len(bank) < FEWEST_RUNS:
        return None
    return Adjusted().fit(bank.cube, reports, seed).posterior(observed(outcomes, bank.scale))


def _told(one: Outcome, bank: Bank, cube: Floats, seed: int) -> Interval | None:
    """What would be reported of one figure at points (d, p), by polynomials of a bank."""
    counted = bank.counted((one,))
    reports = summaries((one,), counted, bank.scale, seed)
    there = np.isfinite(counted[:, 0])
    if there.mean() < COUNTABLE or there.sum() < FEWEST_RUNS:
        return None
    reports = reports[there]
    drawn = reports[:, 0]
    if drawn.std() > 0.0:
        drawn = Emulator.of(bank.cube[there], reports).simulated(cube, seed)[:, 0]
    even = np.full(len(drawn), 1.0 / len(drawn))
    low, middle, high = (one.told(weighted_quantile(drawn, even, share), bank.scale) for share in INTERVAL)
    return low, middle, high


def mechanisms_table(found: Mechanisms) -> pd.DataFrame:
    """A row a group and figure: the ratio of marginal likelihoods, what stands behind it, what the figure becomes."""
    rows = []
    for one in found.each:
        for figure in one.figures:
            row: dict[str, object] = {
                "without": one.group.name,
                "log_ratio": one.ratio,
                "log_ratio_low": one.low,
                "log_ratio_high": one.high,
                "runs": one.runs,
                "effective_without": one.effective,
                "effective_complete": one.effective_complete,
                "verdict": one.verdict,
                "log_ratio_surrogate": one.surrogate,
                "outcome": figure.outcome.name,
                "use": figure.outcome.use,
                "published": figure.outcome.published,
            }
            for name in ("complete", "as_fitted", "refitted"):
                low, middle, high = getattr(figure, name) or (np.nan,) * 3
                row |= {f"{name}_low": low, f"{name}_median": middle, f"{name}_high": high}
            row["refitted_held"] = int(figure.held(figure.refitted))
            rows.append(row)
    return pd.DataFrame(rows)
