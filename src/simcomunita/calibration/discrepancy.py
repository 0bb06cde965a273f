"""Where the model and what was published do not meet, and what can be done about it.

One figure may lie outside all that runs of the prior report (prior predictive check, Box 1980, J. R. Statist. Soc. A
143:383-430), or each alone is ordinary and all of them together are rare. How rare is told by distance: as far from
its nearest reports as so many runs are from theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simcomunita.calibration.bank import Bank
from simcomunita.calibration.inference import Floats, weighted_quantile
from simcomunita.calibration.outcomes import Outcome, observed, summaries
from simcomunita.calibration.predicting import INTERVAL, OUTSIDE, Interval, Prediction
from simcomunita.calibration.reading_otherwise import readings_of
from simcomunita.calibration.result import Result

NEAREST = 5
"""To the so many-th nearest report distances are taken."""
RARELY = 0.05
DRIVES = 0.15
"""Correlation from which a parameter counts as moving a figure."""
MOST_DRIVERS = 3
ERRORS = np.round(np.arange(0.05, 3.001, 0.05), 2)
"""Reporting errors that are tried."""


@dataclass(frozen=True)
class Reading:
    """Another measure that a figure may stand for, and where 90 % of the prior's reports of it lie."""

    measure: str
    prior: Interval
    inside: bool


@dataclass(frozen=True)
class Advice:
    """What can be done about a figure that no run reports.

    Attributes
    ----------
    above
        Whether more was published than runs report.
    farthest
        The farthest that any run counted in that direction.
    readings
        Other measures that the figure may stand for.
    error
        Smallest reporting error with which it would not be outside; None if none up to 3 is enough.
    drivers
        Parameters that move it most, and whether more of each brings it nearer to what was published.
    """

    prediction: Prediction
    above: bool
    farthest: float
    readings: tuple[Reading, ...]
    error: float | None
    drivers: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Rarity:
    """How rare the figures are together under the prior.

    Attributes
    ----------
    fitted, all
        Share of runs whose reports lie at least as far from those of other runs, of the fitted figures and of all.
    odd
        The figure without which the others are least rare, and how rare they then are; None where they are ordinary.
    advice
        One for each figure that lies outside.
    """

    fitted: float
    all: float
    odd: tuple[Outcome, float] | None
    advice: tuple[Advice, ...]


def with_rarity(result: Result) -> Result:
    """Return the same result with how rare its figures are, and what can be done about those that lie outside."""
    calibration, bank = result.calibration, result.bank
    outcomes, seed = calibration.outcomes, calibration.fit_seed
    reports = summaries(outcomes, bank.counted(outcomes), bank.scale, seed)
    published = observed(outcomes, bank.scale)
    used = np.array([one.fitted for one in outcomes])
    every = rarity(reports, published)
    odd = None
    if every < RARELY and len(outcomes) > 1:
        rest = [rarity(np.delete(reports, k, axis=1), np.delete(published, k)) for k in range(len(outcomes))]
        most = int(np.argmax(rest))
        odd = (outcomes[most], rest[most])
    advice = tuple(_advice(one, bank, seed) for one in result.predictions if one.outside)
    return replace(result, rarity=Rarity(rarity(reports[:, used], published[used]), every, odd, advice))


def rarity(reports: Floats, published: Floats) -> float:
    """Return the share of runs, one more counted, whose reports (n, s) lie as far from others' as what was published.

    Distances are Euclidean in standard deviations of the reports, to the fifth nearest.
    """
    from scipy.spatial import cKDTree

    sd = reports.std(axis=0)
    scaled = reports / np.where(sd > 0.0, sd, 1.0)
    own = published / np.where(sd > 0.0, sd, 1.0)
    tree = cKDTree(scaled)
    near = min(NEAREST, len(reports) - 1)
    away = tree.query(scaled, k=[near + 1])[0][:, 0]  # itself is the nearest
    observed_away = tree.query(own, k=[near])[0][0]
    return float((1 + (away >= observed_away * (1 - 1e-12)).sum()) / (1 + len(reports)))


def _advice(one: Prediction, bank: Bank, seed: int) -> Advice:
    from scipy.stats import norm

    outcome = one.outcome
    above = one.below > 0.5
    counted = bank.counted((outcome,))[:, 0]
    exact = outcome.summary(counted, bank.scale)
    published = float(outcome.summary(np.array([outcome.published]), bank.scale)[0])
    away = (published - exact) * (1.0 if above else -1.0)
    enough = [error for error in ERRORS.tolist() if norm.sf(away / error).mean() >= OUTSIDE]
    readings = [
        _reading(replace(outcome, measure=measure), bank, seed, published)
        for measure in readings_of(outcome.outcome, outcome.kind)
        if measure != outcome.measure and measure in bank.series
    ]
    farthest = float(np.nanmax(counted) if above else np.nanmin(counted))
    return Advice(
        one, above, farthest, tuple(readings), enough[0] if enough else None, drivers(bank, exact, above=above)
    )


def _reading(outcome: Outcome, bank: Bank, seed: int, published: float) -> Reading:
    reports = summaries((outcome,), bank.counted((outcome,)), bank.scale, seed)[:, 0]
    even = np.full(len(reports), 1.0 / len(reports))
    low, middle, high = (outcome.told(weighted_quantile(reports, even, share), bank.scale) for share in INTERVAL)
    below = float((reports < published).mean())
    return Reading(outcome.measure, (low, middle, high), OUTSIDE <= below <= 1.0 - OUTSIDE)


def drivers(bank: Bank, summary: Floats, *, above: bool) -> tuple[tuple[str, bool], ...]:
    """Return the parameters that move a figure (n) most, and whether more of each brings it up (down, if not above)."""
    if not np.isfinite(summary).all() or summary.std() == 0.0:
        return ()
    together = [float(np.corrcoef(column, summary)[0, 1]) for column in bank.cube.T]
    order: Sequence[int] = np.argsort(-np.abs(together), kind="stable")[:MOST_DRIVERS].tolist()
    return tuple((bank.priors.keys[k], (together[k] > 0.0) == above) for k in order if abs(together[k]) >= DRIVES)
