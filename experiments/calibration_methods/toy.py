"""A toy whose posterior is known: six parameters, ten counts.

Every count is Poisson, with a logarithm of its mean that is a quadratic polynomial of the parameters, so that its
likelihood can be written down. The exact posterior is found by weighting many points that fill the prior.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simcomunita.calibration.bank import sobol

PARAMETERS, COUNTS = 6, 10
POINTS = 2**17


class Toy:
    """Counts whose means depend on the parameters."""

    def __init__(self, seed: int = 20_160_201) -> None:
        drawn = np.random.default_rng(seed)
        self.level = drawn.uniform(1.5, 4.0, COUNTS)
        self.slopes = drawn.normal(0.0, 0.3, (PARAMETERS, COUNTS)) * (drawn.uniform(size=(PARAMETERS, COUNTS)) < 0.6)
        self.bends = drawn.normal(0.0, 0.15, (PARAMETERS, PARAMETERS, COUNTS)) * (
            drawn.uniform(size=(PARAMETERS, PARAMETERS, COUNTS)) < 0.25
        )

    def log_means(self, cube: NDArray[np.float64]) -> NDArray[np.float64]:
        """Logarithms of the means at points (n, 6) of the unit cube: (n, 10)."""
        x = np.sqrt(3.0) * (2.0 * cube - 1.0)
        bent = np.einsum("ni,nj,ijk->nk", x, np.sin(x), self.bends)
        return self.level + x @ self.slopes + bent

    def counts(self, cube: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
        """Counts at points (n, 6): (n, 10)."""
        return np.random.default_rng(seed).poisson(np.exp(self.log_means(cube))).astype(np.float64)

    def summaries(self, counts: NDArray[np.float64]) -> NDArray[np.float64]:
        """Logarithms of counts."""
        return np.log(counts + 0.5)


class Exact:
    """The exact posterior mean, by points that fill the prior."""

    def __init__(self, toy: Toy, points: int = POINTS, seed: int = 5) -> None:
        self.cube = sobol(points, PARAMETERS, seed)
        self.logs = toy.log_means(self.cube)
        self.total = np.exp(self.logs).sum(axis=1)

    def mean(self, counts: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
        """Posterior mean (6) given counts (10), and on how many effective points it stands."""
        fit = self.logs @ counts - self.total
        weights = np.exp(fit - fit.max())
        weights /= weights.sum()
        return weights @ self.cube, float(1.0 / np.square(weights).sum())
