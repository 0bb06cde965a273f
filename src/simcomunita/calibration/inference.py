"""The contract between a bank of simulations and a way to infer from it.

A method sees points in the unit cube of the priors and the summaries of their simulated reports, nothing else: it knows
of no model, no measure and no file. To add one, write a class with `fit` and give it a name in `METHODS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BEST = "best"
"""Instead of a method: that which finds truths again with the best score."""


@dataclass(frozen=True)
class Posterior:
    """What is thought of the parameters after the outcomes were looked at.

    Attributes
    ----------
    cube
        (d, p): draws, in the unit cube of the priors.
    weights
        (d): how much each counts; they sum to 1.
    diagnostics
        What there is to say of how it was found, by name.
    runs
        (d): positions in the bank of the runs that draws came from, where they came from runs.
    """

    cube: Floats
    weights: Floats
    diagnostics: Mapping[str, float] = field(default_factory=dict)
    runs: NDArray[np.int64] | None = None

    @property
    def effective(self) -> float:
        """Effective number of draws (Kish 1965): that of equally weighted ones."""
        return float(1.0 / np.square(self.weights).sum())

    @property
    def trusted(self) -> float:
        """Effective number of draws as the method itself tells it, 0 where it found nothing to stand on."""
        return float(self.diagnostics.get("effective", self.diagnostics.get("effective points", self.effective)))

    def mean(self) -> Floats:
        """Mean of every parameter, as a share of its prior: (p)."""
        mean: Floats = self.weights @ self.cube
        return mean

    def sd(self) -> Floats:
        """Standard deviation of every parameter, in shares of its prior: (p)."""
        sd: Floats = np.sqrt(np.maximum(self.weights @ np.square(self.cube - self.mean()), 0.0))
        return sd

    def quantile(self, share: float) -> Floats:
        """Weighted quantile of every parameter, in shares of its prior: (p)."""
        return np.array([weighted_quantile(column, self.weights, share) for column in self.cube.T])

    def rank(self, truth: Floats) -> Floats:
        """Which share of the posterior lies below a truth (p), parameter by parameter: (p)."""
        rank: Floats = self.weights @ (self.cube < truth) + 0.5 * (self.weights @ (self.cube == truth))
        return rank

    def equally_weighted(self, number: int, seed: int) -> Floats:
        """Draw so many, each as often as its weight says, up to one (systematic, Kitagawa 1996): (number, p)."""
        start = np.random.default_rng(seed).uniform()
        marks = (np.arange(number) + start) / number
        chosen = np.searchsorted(np.cumsum(self.weights), marks, side="right")
        drawn: Floats = self.cube[np.minimum(chosen, len(self.cube) - 1)]
        return drawn


class Fitted(Protocol):
    """A method that has seen a bank."""

    def posterior(self, observed: Floats, without: int | None = None) -> Posterior:
        """Infer from what was observed (s); ``without`` one run of the bank, as if it were not there."""


class Inference(Protocol):
    """A way to infer."""

    def fit(self, cube: Floats, summaries: Floats, seed: int) -> Fitted:
        """Learn from a bank: points (n, p) in the unit cube, and summaries (n, s) of their reports."""


def methods() -> dict[str, Callable[[], Inference]]:
    """Return the methods by their names."""
    from simcomunita.calibration.adjusting import Adjusted
    from simcomunita.calibration.learning import Learned
    from simcomunita.calibration.surrogate import Surrogate

    return {"learned": Learned, "linear": Adjusted, "surrogate": Surrogate}


def weighted_quantile(values: Floats, weights: Floats, share: float) -> float:
    """Return the value below which a share of the weight lies, interpolated between draws."""
    order = np.argsort(values, kind="stable")
    sorted_values, own = values[order], weights[order]
    heights = (np.cumsum(own) - 0.5 * own) / own.sum()
    return float(np.interp(share, heights, sorted_values))


def logit(share: Floats) -> Floats:
    """Log-odds."""
    odds: Floats = np.log(share) - np.log1p(-share)
    return odds


def expit(odds: Floats) -> Floats:
    """Shares from log-odds, inside 0 to 1."""
    share: Floats = 0.5 * (1.0 + np.tanh(0.5 * odds))
    return np.clip(share, 1e-12, 1.0 - 1e-12)


@contextmanager
def one_thread() -> Iterator[None]:
    """Let linear algebra use one thread: sums are then added in one order, whatever the computer has free."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield
