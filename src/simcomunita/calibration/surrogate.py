"""A surrogate of the model: polynomials for what runs report on average and how much that varies.

Given the parameters, the summaries are taken to be normal, with a mean that is a quadratic polynomial of the
parameters, a variance whose logarithm is a linear one, and correlations that are the same everywhere (a second-order
response surface, Box & Wilson 1951; as a likelihood, Wood 2010, Nature 466:1102-1104, with the mean and the variance
smoothed over the parameters). The posterior is found by weighting points that fill the prior, then moving them by
Metropolis steps. It assumes more than the adjustment of runs does, and errs in other ways: a cross-check.

The same polynomials say what runs would report at any parameters (`Emulator`), which predicts outcomes from draws of
any method's posterior without running the model again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simcomunita.calibration.inference import Floats, Posterior, expit, logit, one_thread

RIDGE = 1e-3
POINTS = 2**14
PARTICLES = 400
STEPS = 12
FOLDS = 10
"""Into so many the bank is divided, to leave a run out together with its fold."""
LEAST_LOG_VARIANCE_SHARE = 1e-4
RUNS_A_TERM = 4
"""Runs that a polynomial needs for each of its terms."""


def features(cube: Floats) -> Floats:
    """Return 1, every parameter, every square and every product of two: (n, 1 + 2p + p(p-1)/2)."""
    x = np.sqrt(3.0) * (2.0 * cube - 1.0)
    p = x.shape[1]
    columns = [np.ones(len(x)), *x.T]
    columns += [0.5 * np.sqrt(5.0) * (column * column - 1.0) for column in x.T]  # Legendre polynomials: uncorrelated
    columns += [x[:, i] * x[:, j] for i in range(p) for j in range(i + 1, p)]
    return np.column_stack(columns)


@dataclass(frozen=True)
class Emulator:
    """What runs report at any parameters: polynomials of a bank's summaries.

    Attributes
    ----------
    mean, log_variance
        Coefficients, (features, s) and (1 + p, s).
    correlation
        Of what is left, (s, s).
    residuals
        (n, s): what is left, in standard deviations.
    """

    mean: Floats
    log_variance: Floats
    correlation: Floats
    residuals: Floats

    @classmethod
    def of(cls, cube: Floats, summaries: Floats) -> Emulator:
        """Fit the polynomials to points (n, p) and summaries (n, s)."""
        with one_thread():
            whole = features(cube)
            design = whole[:, : _terms(*cube.shape)]
            mean = _ridge(design, summaries)
            left = summaries - design @ mean
            free = max(len(design) - design.shape[1], 1) / len(design)
            linear = whole[:, : 1 + cube.shape[1]]
            total = np.maximum(np.square(left).mean(axis=0), 1e-12)
            # The mean of the logarithm of a squared normal deviate is -1.27.
            logs = np.log(np.square(left) + LEAST_LOG_VARIANCE_SHARE * total) + 1.27
            log_variance = _ridge(linear, logs)
            scaled = np.square(left) / np.exp(linear @ log_variance)
            log_variance[0] += np.log(np.maximum(scaled.mean(axis=0), 1e-12) / free)
            residuals = left / np.exp(0.5 * (linear @ log_variance))
            correlation = np.atleast_2d(np.corrcoef(residuals.T)) if len(residuals) > 2 else np.eye(summaries.shape[1])
            return cls(mean, log_variance, np.where(np.isfinite(correlation), correlation, 0.0), residuals)

    def at(self, cube: Floats) -> tuple[Floats, Floats]:
        """Return mean and standard deviation of the summaries at points (n, p): (n, s) each."""
        design = features(cube)
        return design[:, : len(self.mean)] @ self.mean, np.exp(
            0.5 * (design[:, : 1 + cube.shape[1]] @ self.log_variance)
        )

    def simulated(self, cube: Floats, seed: int) -> Floats:
        """Return summaries (n, s) of one run at each point (n, p), with what is left drawn from the bank's runs."""
        mean, sd = self.at(cube)
        chosen = np.random.default_rng(seed).integers(len(self.residuals), size=len(cube))
        summaries: Floats = mean + sd * self.residuals[chosen]
        return summaries

    def explained(self, cube: Floats, summaries: Floats) -> Floats:
        """Share of each summary's variance that the parameters tell of runs left out, by the polynomial: (s)."""
        design = features(cube)[:, : len(self.mean)]
        gram = design.T @ design / len(design)
        gram[np.diag_indices_from(gram)] += RIDGE * np.sqrt(design.shape[1] / len(design))
        own = np.einsum("ij,ji->i", design, np.linalg.solve(gram, design.T)) / len(design)
        # What a run weighs in its own prediction is taken out again: as if each were predicted from all others.
        left = (summaries - design @ self.mean) / np.maximum(1.0 - own, 1e-3)[:, None]
        share: Floats = 1.0 - np.square(left).mean(axis=0) / np.maximum(summaries.var(axis=0), 1e-300)
        return np.maximum(share, 0.0)


def _terms(runs: int, parameters: int) -> int:
    """Return how many of the features so many runs bear: products and squares are left out where they are few."""
    squares = 1 + 2 * parameters
    for terms in (squares + parameters * (parameters - 1) // 2, squares):
        if runs >= RUNS_A_TERM * terms:
            return terms
    return 1 + parameters


def _ridge(design: Floats, values: Floats) -> Floats:
    gram = design.T @ design / len(design)
    gram[np.diag_indices_from(gram)] += RIDGE * np.sqrt(design.shape[1] / len(design))
    return np.asarray(np.linalg.solve(gram, design.T @ values / len(design)), np.float64)


@dataclass(frozen=True)
class Surrogate:
    """The posterior under the surrogate's likelihood."""

    points: int = POINTS
    particles: int = PARTICLES
    steps: int = STEPS

    def fit(self, cube: Floats, summaries: Floats, seed: int) -> SurrogateFit:
        """Fit the polynomials, and lay points over the prior."""
        from simcomunita.calibration.bank import sobol

        laid = sobol(self.points, cube.shape[1], seed)
        fold = np.random.default_rng(seed).permutation(len(cube)) % min(FOLDS, len(cube))
        return SurrogateFit(self, cube, summaries, laid, fold, seed)


@dataclass(frozen=True)
class SurrogateFit:
    """The polynomials of the whole bank, and of the bank without each of its folds, and the points."""

    asked: Surrogate
    cube: Floats
    summaries: Floats
    laid: Floats
    fold: NDArray[np.int64]
    seed: int
    known: dict[int, _Laid] = field(default_factory=dict)

    def posterior(self, observed: Floats, without: int | None = None) -> Posterior:
        """Infer from what was observed (s); without a run, from the bank without the fold that it is in."""
        with one_thread():
            return self._posterior(observed, self._laid(-1 if without is None else int(self.fold[without])))

    def _laid(self, fold: int) -> _Laid:
        if fold not in self.known:
            rest = self.fold != fold
            emulator = Emulator.of(self.cube[rest], self.summaries[rest])
            ridged = emulator.correlation + 1e-6 * np.eye(self.summaries.shape[1])
            precision = np.asarray(np.linalg.inv(ridged), np.float64)
            self.known[fold] = _Laid(emulator, precision, *emulator.at(self.laid))
        return self.known[fold]

    def _posterior(self, observed: Floats, known: _Laid) -> Posterior:
        chance = np.random.default_rng(self.seed)
        at_points = _log_likelihood(observed, known.mean, known.sd, known.precision)
        weights = np.exp(at_points - at_points.max())
        weights /= weights.sum()
        first = Posterior(self.laid, weights)
        particles = first.equally_weighted(self.asked.particles, self.seed)

        def log_density(cube: Floats) -> Floats:
            return _log_likelihood(observed, *known.emulator.at(cube), known.precision) + _log_slope(cube)

        odds, value = logit(particles), log_density(particles)
        spread = np.cov(odds.T).reshape(odds.shape[1], -1) + 1e-4 * np.eye(odds.shape[1])
        root = np.linalg.cholesky(spread) * 2.38 / np.sqrt(odds.shape[1])
        taken = 0.0
        for _ in range(self.asked.steps):
            step = 0.5 if _ % 2 else 1.0
            tried = odds + step * chance.standard_normal(odds.shape) @ root.T
            cube = expit(tried)
            there = log_density(cube)
            accept = np.log(chance.uniform(size=len(odds))) < there - value
            odds, value = np.where(accept[:, None], tried, odds), np.where(accept, there, value)
            taken += float(accept.mean()) / self.asked.steps
        number = len(odds)
        diagnostics = {"effective points": first.effective, "steps accepted": taken}
        return Posterior(expit(odds), np.full(number, 1.0 / number), diagnostics)


@dataclass(frozen=True)
class _Laid:
    """Polynomials, the inverse of their correlations, and what they say of the points: (points, s) each."""

    emulator: Emulator
    precision: Floats
    mean: Floats
    sd: Floats


def _log_likelihood(observed: Floats, mean: Floats, sd: Floats, precision: Floats) -> Floats:
    """Log density of what was observed (s) where reports have a mean and a deviation (n, s) each: (n)."""
    away = (observed - mean) / sd
    value: Floats = -0.5 * np.einsum("ij,ij->i", away @ precision, away) - np.log(sd).sum(axis=1)
    return value


def _log_slope(cube: Floats) -> Floats:
    """Density of the log-odds under the prior, up to a constant: (n)."""
    slope: Floats = (np.log(cube) + np.log1p(-cube)).sum(axis=1)
    return slope
