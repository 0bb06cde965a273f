"""What is thought of parameters before the outcomes are looked at.

Every prior maps a share (0 to 1, all equally likely) to a value and back, so that a design is a set of points in the
unit cube and inference never leaves it.

*Two-piece* is that of `simcomunita.experiment.draws`: half of the draws below the value as configured, half above, each
half even over its part of the plausible range. It takes the configured value for knowledge. *Uniform* and *log-uniform*
(even in factors) do not, and are what fits where that value was itself chosen to come near the outcomes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Shape = Literal["two_piece", "uniform", "log_uniform"]


@dataclass(frozen=True, slots=True)
class Prior:
    """What is thought of one parameter.

    Attributes
    ----------
    key
        Full name, as ``spreading.staying``.
    low, high
        The prior's support, in the parameter's unit.
    median
        The value as configured; the middle of a two-piece prior.
    whole
        Whether the parameter is a whole number.
    """

    key: str
    low: float
    high: float
    median: float
    shape: Shape = "two_piece"
    whole: bool = False
    unit: str = ""

    def value(self, share: ArrayLike) -> NDArray[np.float64]:
        """Return the values at shares of the prior, of the same shape."""
        u = np.asarray(share, np.float64)
        if self.shape == "two_piece":
            below = self.low + 2.0 * u * (self.median - self.low)
            above = self.median + (2.0 * u - 1.0) * (self.high - self.median)
            value = np.where(u < 0.5, below, above)
        elif self.shape == "uniform":
            value = self.low + u * (self.high - self.low)
        else:
            value = np.exp(np.log(self.low) + u * (np.log(self.high) - np.log(self.low)))
        value = np.clip(value, self.low, self.high)
        return np.asarray(np.round(value) if self.whole else value, np.float64)

    def share(self, value: ArrayLike) -> NDArray[np.float64]:
        """Return which share of the prior lies below values, of the same shape."""
        x = np.clip(np.asarray(value, np.float64), self.low, self.high)
        if self.shape == "two_piece":
            below = 0.5 * (x - self.low) / max(self.median - self.low, 1e-300)
            above = 0.5 + 0.5 * (x - self.median) / max(self.high - self.median, 1e-300)
            share = np.where(x < self.median, below, above)
        elif self.shape == "uniform":
            share = (x - self.low) / (self.high - self.low)
        else:
            share = (np.log(x) - np.log(self.low)) / (np.log(self.high) - np.log(self.low))
        return np.asarray(share, np.float64)

    def as_dict(self) -> dict[str, Any]:
        """Return what decides the draws, for a fingerprint."""
        middle = {"median": self.median} if self.shape == "two_piece" else {}
        return {"key": self.key, "low": self.low, "high": self.high, "shape": self.shape, **middle}


@dataclass(frozen=True)
class Priors:
    """What is thought of all parameters that are calibrated, independently of each other."""

    each: tuple[Prior, ...]

    def __len__(self) -> int:
        return len(self.each)

    def __iter__(self) -> Iterator[Prior]:
        return iter(self.each)

    @property
    def keys(self) -> tuple[str, ...]:
        """Full names."""
        return tuple(prior.key for prior in self.each)

    def values(self, cube: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the values (n, p) at points (n, p) of the unit cube."""
        return np.column_stack([prior.value(cube[:, k]) for k, prior in enumerate(self.each)])

    def cube(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the points (n, p) of the unit cube at values (n, p)."""
        return np.column_stack([prior.share(values[:, k]) for k, prior in enumerate(self.each)])
