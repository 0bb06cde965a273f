"""Approximate Bayesian computation with regression adjustment.

Runs whose summaries come near the observed ones are kept, nearer ones counting more (Epanechnikov), and each is moved
to where it would be had its summaries been the observed ones: a local-linear regression of the parameters on the
summaries, in log-odds of the prior's unit cube so that no draw leaves it (Beaumont, Zhang & Balding 2002, Genetics
162:2025-2035; Hamilton et al. 2005), with a second regression for how the spread changes (Blum & François 2010,
Statistics and Computing 20:63-73).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simcomunita.calibration.inference import Floats, Posterior, expit, logit, one_thread

LEAST_KEPT = 100
"""Runs that are kept at least, where there are so many."""
KEPT_A_COLUMN = 12
"""Runs that are kept at least for each summary that the regression has."""
RIDGE = 1e-6
MOST_LEVERAGE = 0.7
MOST_STRETCH = 3.0
"""How many times a residual is stretched or shrunk at most."""


@dataclass(frozen=True)
class Adjusted:
    """Regression adjustment on the summaries as they are.

    Attributes
    ----------
    share
        Share of the runs that is kept.
    """

    share: float = 0.2

    def fit(self, cube: Floats, summaries: Floats, seed: int) -> AdjustedFit:
        """Learn from a bank: nothing but the scale of every summary."""
        return AdjustedFit(logit(cube), *scaled(summaries), self.share)


def scaled(summaries: Floats) -> tuple[Floats, Floats, Floats]:
    """Return summaries as deviations from their mean in standard deviations, and these two."""
    mean, sd = summaries.mean(axis=0), summaries.std(axis=0)
    sd = np.where(sd > 0.0, sd, 1.0)
    return (summaries - mean) / sd, mean, sd


@dataclass(frozen=True)
class AdjustedFit:
    """What the regression works on: log-odds (n, p) and scaled summaries (n, s)."""

    odds: Floats
    summaries: Floats
    mean: Floats
    sd: Floats
    share: float

    def posterior(self, observed: Floats, without: int | None = None) -> Posterior:
        """Infer from what was observed (s)."""
        with one_thread():
            return adjusted(self.odds, self.summaries, (observed - self.mean) / self.sd, self.share, without)


def adjusted(odds: Floats, summaries: Floats, observed: Floats, share: float, without: int | None) -> Posterior:
    """Keep the nearest runs and move them.

    Parameters
    ----------
    odds
        (n, p): parameters as log-odds.
    summaries, observed
        (n, s) and (s), on scales on which a distance means something.
    share
        Of the runs that is kept.
    without
        A run that is left out.
    """
    away = summaries - observed
    distance = np.sqrt(np.square(away).sum(axis=1))
    if without is not None:
        distance[without] = np.inf
    there = len(distance) - (without is not None)
    columns = summaries.shape[1]
    kept = min(there, max(int(np.ceil(share * there)), LEAST_KEPT, KEPT_A_COLUMN * (columns + 1)))
    order = np.argsort(distance, kind="stable")[:kept]
    order.sort()
    reach = float(distance[order].max()) * (1.0 + 1e-9) + 1e-300
    weights = 1.0 - np.square(distance[order] / reach)
    weights /= weights.sum()
    design = np.column_stack([np.ones(kept), away[order]])
    there_z = odds[order]
    slopes = _regression(design, there_z, weights)
    # What a run weighs in its own regression is taken out of its residual, which would else be too small.
    residuals = (there_z - design @ slopes) / (1.0 - _leverage(design, weights))[:, None]
    spread = np.log(np.square(residuals) + 1e-12)
    bends = _regression(design, spread, weights, columns * float(np.square(weights).sum()))
    stretch = np.clip(np.exp(-0.5 * (design[:, 1:] @ bends[1:])), 1.0 / MOST_STRETCH, MOST_STRETCH)
    moved = slopes[0] + residuals * stretch
    diagnostics = {
        "kept": float(kept),
        "effective": float(1.0 / np.square(weights).sum()),
        "reach": reach,
        "nearest": float(distance[order].min()),
    }
    return Posterior(expit(moved), weights, diagnostics, order)


def _leverage(design: Floats, weights: Floats) -> Floats:
    """What each run weighs in its own prediction, (kept)."""
    weighted = design * weights[:, None]
    gram = design.T @ weighted
    gram[np.diag_indices_from(gram)] += RIDGE
    own: Floats = np.einsum("ij,ji->i", weighted, np.linalg.solve(gram, design.T))
    return np.clip(own, 0.0, MOST_LEVERAGE)


def _regression(design: Floats, values: Floats, weights: Floats, ridge: float = 0.0) -> Floats:
    """Weighted least squares (columns, p), with a trace of ridge so that it always has an answer.

    More ``ridge`` draws slopes, but not the intercept, towards 0.
    """
    weighted = design * weights[:, None]
    gram = design.T @ weighted
    gram[np.diag_indices_from(gram)] += RIDGE
    gram[np.diag_indices_from(gram)] += np.where(np.arange(len(gram)) > 0, ridge, 0.0)
    return np.asarray(np.linalg.solve(gram, weighted.T @ values), np.float64)
