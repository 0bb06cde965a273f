"""The exact posterior, as far as a bank reaches: runs of the prior, weighted by how probable the report is.

Importance sampling from the prior (Kahn & Marshall 1953, Operations Research 1:263-278) with the density of
`simcomunita.calibration.density`. It assumes nothing but the stated errors, and needs many runs: the effective number
of runs (Kish 1965) says how far it can be trusted. So it is a cross-check, and the ground on which models with and
without a mechanism are compared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simcomunita.calibration.density import log_densities
from simcomunita.calibration.inference import Floats, Posterior
from simcomunita.calibration.outcomes import Outcome

NAME = "exact"
"""What tables call it."""
ENOUGH = 50.0
"""Effective runs from which an estimate of the weights can be believed."""


@dataclass(frozen=True)
class Weighed:
    """Runs of a bank, weighted.

    Attributes
    ----------
    outcomes
        That are fitted.
    counted
        (n, s): what runs counted of them, for the whole territory.
    scale
        Share of the residents.
    """

    outcomes: tuple[Outcome, ...]
    counted: Floats
    scale: float

    def fit(self, cube: Floats, summaries: Floats, seed: int) -> WeighedFit:
        """Take a bank's points (n, p) as they are; the densities need no reports of the runs."""
        return WeighedFit(self, cube)


@dataclass(frozen=True)
class WeighedFit:
    """Points, and what gives their weights."""

    asked: Weighed
    cube: Floats

    def posterior(self, observed: Floats, without: int | None = None) -> Posterior:
        """Infer from what was observed (s); with no run that could be reported so, the prior, standing on nothing."""
        asked = self.asked
        logs = log_densities(asked.outcomes, asked.counted, observed, asked.scale).sum(axis=1)
        if without is not None:
            logs[without] = -np.inf
        if not np.isfinite(logs.max()):
            there = np.arange(len(logs)) != (-1 if without is None else without)
            return Posterior(self.cube, there / there.sum(), {"effective": 0.0}, np.arange(len(logs)))
        weights, effective = weighted(logs)
        return Posterior(self.cube, weights, {"effective": effective}, np.arange(len(logs)))


def weighted(logs: Floats) -> tuple[Floats, float]:
    """Return weights that sum to 1 from log densities (n), and the effective number of runs behind them."""
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    return weights, float(1.0 / np.square(weights).sum())
