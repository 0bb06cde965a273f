"""Infer sixty truths of the toy with every method, and write the page.

python -m experiments.calibration_methods
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import simcomunita
from experiments.calibration_methods.toy import COUNTS, PARAMETERS, Exact, Toy
from simcomunita.calibration.adjusting import Adjusted
from simcomunita.calibration.bank import sobol
from simcomunita.calibration.inference import Inference
from simcomunita.calibration.learning import Learned
from simcomunita.calibration.surrogate import Surrogate

HERE = Path(__file__).parent
SIMULATIONS = (1000, 5000)
TRUTHS = 60
SEED = 99

NAMES: dict[str, Inference] = {
    "linear regression adjustment": Adjusted(),
    "**learned summaries, cross-fitted, regression adjustment** (the default)": Learned(),
    "surrogate likelihood (polynomial mean and variance), MCMC": Surrogate(),
}


@dataclass(frozen=True)
class Truths:
    """What is to be found again: points (t, 6), their counts (t, 10), and the exact posterior means (t, 6)."""

    points: NDArray[np.float64]
    counts: NDArray[np.float64]
    exact: NDArray[np.float64]
    effective: NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """Error of the posterior mean as a multiple of the exact posterior's; coverage of 50 % and 90 % intervals."""

    error: float
    half: float
    most: float


def truths(toy: Toy, number: int = TRUTHS) -> Truths:
    """Draw truths from the prior, and find their exact posteriors."""
    points = np.random.default_rng(SEED).uniform(size=(number, PARAMETERS))
    counts = toy.counts(points, SEED + 1)
    exact = Exact(toy)
    means, effective = zip(*(exact.mean(one) for one in counts), strict=True)
    return Truths(points, counts, np.array(means), np.array(effective))


def found(method: Inference, toy: Toy, sought: Truths, simulations: int) -> Found:
    """Infer all truths with one method from one bank."""
    cube = sobol(simulations, PARAMETERS, 1)
    fitted = method.fit(cube, toy.summaries(toy.counts(cube, 1)), 1)
    posteriors = [fitted.posterior(one) for one in toy.summaries(sought.counts)]
    means = np.array([one.mean() for one in posteriors])
    away = np.abs([one.rank(truth) - 0.5 for one, truth in zip(posteriors, sought.points, strict=True)])
    error = rmse(means, sought.points) / rmse(sought.exact, sought.points)
    return Found(error, float((away <= 0.25).mean()), float((away <= 0.45).mean()))


def rmse(estimated: NDArray[np.float64], true: NDArray[np.float64]) -> float:
    """Root mean squared error over truths and parameters."""
    return float(np.sqrt(np.square(estimated - true).mean()))


def main() -> None:
    """Infer, and write the page beside this file."""
    toy = Toy()
    sought = truths(toy)
    rows = []
    for name, method in NAMES.items():
        cells = [found(method, toy, sought, number) for number in SIMULATIONS]
        rows.append(f"| {name} | " + " | ".join(f"{c.error:.2f} | {c.half:.2f} | {c.most:.2f}" for c in cells) + " |")
    prior = rmse(np.full_like(sought.points, 0.5), sought.points) / rmse(sought.exact, sought.points)
    page = (HERE / "page.md").read_text("utf-8").format(
        parameters=PARAMETERS,
        counts=COUNTS,
        truths=TRUTHS,
        rows="\n".join(rows),
        prior=f"{prior:.2f}",
        exact=f"{rmse(sought.exact, sought.points):.3f}",
        effective=f"{np.median(sought.effective):,.0f}",
        least=f"{sought.effective.min():,.0f}",
        ninety=f"{1.96 * np.sqrt(0.9 * 0.1 / TRUTHS / PARAMETERS):.2f}",
        version=simcomunita.__version__,
    )  # fmt: skip
    (HERE / "README.md").write_text(page, "utf-8")


if __name__ == "__main__":
    main()
