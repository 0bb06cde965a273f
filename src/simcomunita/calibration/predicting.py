"""What the prior and the posterior say of every published figure, fitted or held out.

Three ways, each with its own weakness: the bank's emulator at draws of the posterior (polynomials); the runs whose
reports came nearest, as they are (they are still somewhat far); and, if asked for, draws of the posterior that are run
again (few).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simcomunita.calibration.bank import Bank
from simcomunita.calibration.inference import Floats, Posterior, weighted_quantile
from simcomunita.calibration.outcomes import Outcome, summaries
from simcomunita.calibration.surrogate import Emulator

INTERVAL = (0.05, 0.5, 0.95)
"""Shares of the draws below the ends and the middle of an interval."""
OUTSIDE = 0.005
"""An observed figure lies outside what a prior says if a smaller share of its draws lies beyond."""

Interval = tuple[float, float, float]


@dataclass(frozen=True)
class Prediction:
    """What is said of one published figure, in its own unit and for the whole territory.

    Attributes
    ----------
    prior, posterior, nearest
        Low, middle and high (90 %) of reports: of all runs, of the emulator at the posterior's draws, and of the runs
        nearest to what was observed.
    rerun
        The same of draws that were run again; None if none were.
    below
        Share of the prior's reports below what was observed; of posterior's in ``placed``.
    explained
        Share of the variance of reports that the calibrated parameters tell.
    """

    outcome: Outcome
    prior: Interval
    posterior: Interval
    nearest: Interval | None
    rerun: Interval | None
    below: float
    placed: float
    explained: float

    @property
    def outside(self) -> bool:
        """Whether what was observed lies outside all that the prior's runs report."""
        return not OUTSIDE <= self.below <= 1.0 - OUTSIDE

    @property
    def as_far(self) -> float:
        """Posterior predictive p: how probably a report lies as far out as what was observed, on either side."""
        return min(2.0 * min(self.placed, 1.0 - self.placed), 1.0)

    @property
    def held(self) -> bool:
        """Whether the posterior's 90 % interval holds what was observed; a bound, whether it can be met."""
        low, _, high = self.posterior
        if self.outcome.bound == "at least":
            return high >= self.outcome.published * (1 - 1e-9)
        if self.outcome.bound == "at most":
            return low <= self.outcome.published * (1 + 1e-9)
        return low <= self.outcome.published <= high


def predictions(
    outcomes: Sequence[Outcome], bank: Bank, posterior: Posterior, seed: int, again: Bank | None = None
) -> list[Prediction]:
    """Predict every outcome.

    Parameters
    ----------
    again
        Runs of draws of the posterior.
    """
    told = tuple(outcomes)
    reports = summaries(told, bank.counted(told), bank.scale, seed)
    emulator = Emulator.of(bank.cube, reports)
    drawn = emulator.simulated(posterior.equally_weighted(2000, seed), seed)
    explained = emulator.explained(bank.cube, reports)
    rerun = summaries(told, again.counted(told), again.scale, seed + 1) if again is not None else None
    found = []
    for k, one in enumerate(told):
        observed = float(one.summary(np.array([one.published]), bank.scale)[0])
        near = None
        if posterior.runs is not None:
            near = _interval(one, reports[posterior.runs, k], bank.scale, posterior.weights)
        found.append(
            Prediction(
                one,
                _interval(one, reports[:, k], bank.scale),
                _interval(one, drawn[:, k], bank.scale),
                near,
                _interval(one, rerun[:, k], bank.scale) if rerun is not None else None,
                _below(reports[:, k], observed),
                _below(drawn[:, k], observed),
                float(explained[k]),
            )
        )
    return found


def _below(values: Floats, observed: float) -> float:
    return float((values < observed).mean() + 0.5 * (values == observed).mean())


def _interval(one: Outcome, values: Floats, scale: float, weights: Floats | None = None) -> Interval:
    own = np.full(len(values), 1.0 / len(values)) if weights is None else weights
    ends = [one.told(weighted_quantile(values, own, share), scale) for share in INTERVAL]
    low, middle, high = one.censored(np.array(ends)).tolist()  # an emulator knows of no bound
    return low, middle, high
