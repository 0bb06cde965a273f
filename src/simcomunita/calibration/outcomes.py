"""What was published, beside what a run counts: how the one is a report of the other.

A published figure is not what happened but what was written down of it. So every outcome has a *reporting error*, with
its reason: of a count, the standard deviation of the logarithm of reported over true (definitions, double counting,
what nobody noted); of a share, that of its log-odds, and, if it is known of how many, the binomial error of that
sample. The error is applied to what the stored runs counted, so that a simulated report is like a real one. Chance in
what happened is in the runs already: a count gets no Poisson error besides.

"At least" and "at most" are reports too: a run that counts more than what was reported as "at least" is reported as
just that (censored data, Tobin 1958, Econometrica 26:24-36).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from simcomunita.months import month_name
from simcomunita.scenario.forms import Words

Bound = Literal["", "at least", "at most"]
Kind = Literal["count", "mean", "share"]
Use = Literal["fit", "held out"]

LEAST_COUNT = 0.5
"""Events added to a count before its logarithm is taken; a share is kept so far from 0 and 1, of `USUAL_NUMBER`."""
USUAL_NUMBER = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """One published figure.

    Attributes
    ----------
    outcome
        Its name as published.
    measure
        What is counted beside it; the same name, unless another reading of the figure is tried.
    kind
        ``count`` (grows with the number of residents), ``mean``, or ``share``.
    month
        At whose end it is counted.
    published
        For the whole territory.
    error
        Standard deviation of the reporting error: of the logarithm, for a share of the log-odds.
    of
        For a share: of how many it is, where the sample's own error is not in the runs. 0 if it is.
    """

    outcome: str
    measure: str
    kind: Kind
    month: int
    published: float
    use: Use
    error: float
    because: Words
    of: int = 0
    bound: Bound = ""
    last: bool = True
    """Whether it is of the scenario's last month, which then need not be named."""

    @property
    def name(self) -> str:
        """How tables call it."""
        read = "" if self.measure == self.outcome else f":{self.measure}"
        return f"{self.outcome}{read}" if self.last else f"{self.outcome}{read}@{month_name(self.month)}"

    @property
    def fitted(self) -> bool:
        """Whether parameters are fitted to it."""
        return self.use == "fit"

    def whole(self, counted: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
        """Return what runs at a scale counted (n) as of the whole territory."""
        return counted / scale if self.kind == "count" else counted

    def reported(self, values: NDArray[np.float64], scale: float, seed: int) -> NDArray[np.float64]:
        """Return a report (n) of what happened in each of n runs, with the error that reports have.

        A report depends on the seed, the outcome's name and the place in the list: a list that is continued begins
        alike.
        """
        chance = np.random.default_rng([seed, _number(self.name)])
        if self.kind == "share":
            if self.of:
                sampled = np.random.default_rng([seed, _number(self.name), 1])
                values = sampled.binomial(self.of, np.clip(np.nan_to_num(values), 0.0, 1.0)) / self.of
            margin = self._margin(scale)
            odds = _logit(np.clip(values, margin, 1.0 - margin))
            reported = 1.0 / (1.0 + np.exp(-(odds + self.error * chance.standard_normal(len(values)))))
        else:
            reported = values * np.exp(self.error * chance.standard_normal(len(values)))
        return self.censored(reported)

    def censored(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return values as they are told: none above what is reported as "at least"."""
        if self.bound == "at least":
            return np.minimum(values, self.published)
        return np.maximum(values, self.published) if self.bound == "at most" else values

    def summary(self, values: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
        """Return values on the scale on which they are fitted: logarithms, of shares log-odds."""
        if self.kind == "share":
            margin = self._margin(scale)
            return _logit(np.clip(values, margin, 1.0 - margin))
        least = LEAST_COUNT / scale if self.kind == "count" else 1e-9
        return np.log(np.maximum(values, 0.0) + least)

    def told(self, summary: float, scale: float) -> float:
        """Return the figure that a summary stands for."""
        if self.kind == "share":
            return float(1.0 / (1.0 + np.exp(-summary)))
        least = LEAST_COUNT / scale if self.kind == "count" else 1e-9
        return max(float(np.exp(summary)) - least, 0.0)

    def _margin(self, scale: float) -> float:
        return LEAST_COUNT / (self.of or max(USUAL_NUMBER * scale, 2 * LEAST_COUNT + 1.0))


def summaries(
    outcomes: tuple[Outcome, ...], counted: NDArray[np.float64], scale: float, seed: int
) -> NDArray[np.float64]:
    """Return what simulated reports say (n, s) of what runs counted (n, s), on the scale on which they are fitted.

    Parameters
    ----------
    counted
        For the whole territory, a column an outcome.
    """
    columns = [one.summary(one.reported(counted[:, k], scale, seed), scale) for k, one in enumerate(outcomes)]
    return np.column_stack(columns) if columns else np.empty((len(counted), 0))


def observed(outcomes: tuple[Outcome, ...], scale: float) -> NDArray[np.float64]:
    """Return what was published (s), on the same scale."""
    return np.array([float(one.summary(np.array([one.published]), scale)[0]) for one in outcomes])


def _logit(share: NDArray[np.float64]) -> NDArray[np.float64]:
    odds: NDArray[np.float64] = np.log(share) - np.log1p(-share)
    return odds


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
