"""Is the truth found again? Runs of the bank are taken for the truth, one after the other.

Simulation-based calibration (Talts et al. 2018, arXiv:1804.06788): if truths are drawn from the prior and their reports
simulated, then the rank of each truth in its posterior is even between 0 and 1. The band that the ranks of one
parameter stay in with 95 % probability, everywhere at once, is that of Säilynoja, Bürkner & Vehtari (2022, Statistics
and Computing 32:32). A run that is taken for the truth is left out of the bank that it is inferred from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simcomunita.calibration.inference import Fitted, Floats, Posterior

LEVELS = (0.5, 0.8, 0.9)
"""Intervals whose coverage is counted."""
PRIOR_SD = 1.0 / np.sqrt(12.0)
"""Standard deviation of what is even between 0 and 1."""
PRIOR_SCORE = 1.0 / 6.0
"""Ranked score of what is even between 0 and 1, on average over truths that are as well."""
BAND = 0.95
GRID = 50
SIMULATED = 2000


@dataclass(frozen=True)
class Checks:
    """What came of taking runs for the truth.

    Attributes
    ----------
    ranks
        (truths, p): share of each posterior below its truth.
    means, sds
        (truths, p): of each posterior, in shares of the prior.
    truths
        (truths, p): in shares of the prior.
    reaches
        (truths): how far the runs that were kept lie from the report, where the method says so.
    scores
        (truths, p): continuous ranked probability score of each posterior, as a share of what the prior's is on
        average; small is good, and both error and overconfidence are punished (Gneiting & Raftery 2007, J. Am.
        Statist. Ass. 102:359-378).
    """

    ranks: Floats
    means: Floats
    sds: Floats
    truths: Floats
    reaches: Floats
    scores: Floats

    def coverage(self, level: float) -> Floats:
        """Share of truths inside the central interval of a level, by parameter: (p)."""
        inside: Floats = (np.abs(self.ranks - 0.5) <= level / 2).mean(axis=0)
        return inside

    def error(self) -> Floats:
        """Root mean squared error of the posterior mean, as a share of what the prior's would be: (p)."""
        error: Floats = np.sqrt(np.square(self.means - self.truths).mean(axis=0)) / PRIOR_SD
        return error

    def overall(self) -> float:
        """Root mean squared error over all truths and parameters, as a share of the prior's."""
        return float(np.sqrt(np.square(self.error()).mean()))

    def outside(self) -> NDArray[np.bool_]:
        """Whether the ranks of a parameter leave the band: (p)."""
        grid, low, high = band(len(self.ranks))
        below = (self.ranks[:, None, :] <= grid[None, :, None]).mean(axis=0)
        left: NDArray[np.bool_] = ((below < low[:, None]) | (below > high[:, None])).any(axis=0)
        return left

    def score(self) -> float:
        """Mean score over truths and parameters: 0 a point at every truth, 1 as good as the prior."""
        return float(self.scores.mean())

    def by_chance(self) -> float:
        """How probable it is that so many parameters or more leave the band if nothing is wrong."""
        from scipy.stats import binom

        outside = self.outside()
        return float(binom.sf(int(outside.sum()) - 1, len(outside), 1.0 - BAND))

    def farther(self, posterior: Posterior) -> float:
        """Share of truths whose reports lie at least as far from all runs as what was observed; NaN if unknown."""
        own = posterior.diagnostics.get("reach")
        known = self.reaches[np.isfinite(self.reaches)]
        return float("nan") if own is None or not len(known) else float((known >= own).mean())


def check(
    fitted: Fitted, cube: Floats, summaries: Floats, number: int, tell: Callable[[int, int], None] = lambda *_: None
) -> Checks:
    """Take so many runs for the truth, evenly over the bank.

    Parameters
    ----------
    cube, summaries
        Of the bank: (n, p) and (n, s).
    number
        Of truths; all runs, if there are fewer.
    tell
        Called with (done, total).
    """
    chosen = np.unique(np.linspace(0, len(cube) - 1, min(number, len(cube))).astype(int)).tolist()
    return check_at(fitted, cube[chosen], summaries[chosen], chosen, tell)


def check_at(
    fitted: Fitted,
    truths: Floats,
    reports: Floats,
    without: Sequence[int | None],
    tell: Callable[[int, int], None] = lambda *_: None,
) -> Checks:
    """Infer given truths (t, p) from their reports (t, s), each without a run of the bank, or with all."""
    ranks, means, sds, reaches, scores = [], [], [], [], []
    tell(0, len(truths))
    for done, (truth, report, out) in enumerate(zip(truths, reports, without, strict=True), start=1):
        posterior = fitted.posterior(report, without=out)
        ranks.append(posterior.rank(truth))
        means.append(posterior.mean())
        sds.append(posterior.sd())
        reaches.append(posterior.diagnostics.get("reach", np.nan))
        scores.append(ranked_score(posterior, truth) / PRIOR_SCORE)
        tell(done, len(truths))
    return Checks(np.array(ranks), np.array(means), np.array(sds), truths, np.array(reaches), np.array(scores))


def ranked_score(posterior: Posterior, truth: Floats) -> Floats:
    """Continuous ranked probability score of the draws at a truth (p), parameter by parameter: (p)."""
    away = posterior.weights @ np.abs(posterior.cube - truth)
    order = np.argsort(posterior.cube, axis=0, kind="stable")
    values = np.take_along_axis(posterior.cube, order, axis=0)
    weights = posterior.weights[order]
    spread = (weights * values * (2.0 * np.cumsum(weights, axis=0) - weights - 1.0)).sum(axis=0)
    score: Floats = away - spread
    return score


def band(number: int, level: float = BAND) -> tuple[Floats, Floats, Floats]:
    """Return a grid (g) and the lowest and highest share of even ranks below each of its points.

    So many even ranks stay between them everywhere at once with the probability ``level``; found by simulation.
    """
    from scipy.stats import binom

    grid = np.arange(1, GRID) / GRID
    drawn = np.sort(np.random.default_rng(0).uniform(size=(SIMULATED, number)), axis=1)
    below = np.array([np.searchsorted(row, grid, side="right") for row in drawn])
    tails = 2.0 * np.minimum(binom.cdf(below, number, grid), binom.sf(below - 1, number, grid))
    gamma = float(np.quantile(tails.min(axis=1), 1.0 - level))
    low = binom.ppf(gamma / 2, number, grid) / number
    high = binom.ppf(1.0 - gamma / 2, number, grid) / number
    return grid, low, high


def contraction(posterior: Posterior) -> Floats:
    """How much narrower the posterior is than the prior: 0 as wide, 1 a point; by parameter (p)."""
    narrower: Floats = 1.0 - np.square(posterior.sd() / PRIOR_SD)
    return narrower


def correlations(posterior: Posterior) -> Floats:
    """Correlations (p, p) of the parameters in the posterior: those that cannot be told apart are near 1 or -1."""
    away = posterior.cube - posterior.mean()
    covariance = (away * posterior.weights[:, None]).T @ away
    sd = np.sqrt(np.maximum(np.diag(covariance), 1e-300))
    together: Floats = covariance / np.outer(sd, sd)
    return together
