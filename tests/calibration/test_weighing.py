from __future__ import annotations

import numpy as np
import pytest

from simcomunita.calibration.bank import sobol
from simcomunita.calibration.mechanisms import _mean
from simcomunita.calibration.outcomes import Outcome, observed
from simcomunita.calibration.weighing import Weighed
from simcomunita.scenario.forms import Words

WHY = Words(en="why", it="perché")
REACHED = Outcome("citizens_reached", "citizens_reached", "count", 24236, 1000.0, "fit", 0.2, WHY)
PUBLISHED = observed((REACHED,), 1.0)


def bank(runs: int = 2048):
    """One count whose logarithm is even from log 500 to log 2,000; a second parameter does nothing."""
    cube = sobol(runs, 2, 1)
    return cube, 500.0 * 4.0 ** cube[:, :1]


def exact() -> tuple[float, float]:
    """Mean and standard deviation of the first parameter's posterior, by sums over a fine grid."""
    at = (np.arange(20_000) + 0.5) / 20_000
    weights = np.exp(-0.5 * ((np.log(1000.0) - np.log(500.0) - at * np.log(4.0)) / 0.2) ** 2)
    weights /= weights.sum()
    mean = float(weights @ at)
    return mean, float(np.sqrt(weights @ (at - mean) ** 2))


def test_the_posterior_is_the_exact_one():
    cube, counted = bank()
    posterior = Weighed((REACHED,), counted, 1.0).fit(cube, counted, 1).posterior(PUBLISHED)
    assert (posterior.mean()[0], posterior.sd()[0]) == pytest.approx(exact(), abs=0.003)
    assert posterior.mean()[1] == pytest.approx(0.5, abs=0.02)
    assert posterior.trusted == pytest.approx(posterior.effective)
    assert 500 < posterior.effective < 1500


def test_a_run_that_is_left_out_weighs_nothing():
    cube, counted = bank(64)
    assert Weighed((REACHED,), counted, 1.0).fit(cube, counted, 1).posterior(PUBLISHED, without=5).weights[5] == 0.0


def test_where_no_run_can_be_reported_so_nothing_stands_behind_the_posterior():
    cube, counted = bank(64)
    posterior = Weighed((REACHED,), 0.0 * counted, 1.0).fit(cube, counted, 1).posterior(PUBLISHED)
    assert posterior.trusted == 0.0
    assert posterior.mean() == pytest.approx([0.5, 0.5], abs=0.02)


def test_the_marginal_likelihood_is_the_integral_over_the_prior():
    _, counted = bank()
    at = np.log(500.0) + (np.arange(20_000) + 0.5) / 20_000 * np.log(4.0)
    density = np.exp(-0.5 * ((np.log(1000.0) - at) / 0.2) ** 2) / (0.2 * np.sqrt(2 * np.pi))
    from simcomunita.calibration.density import log_density

    assert _mean(log_density(REACHED, counted[:, 0], float(PUBLISHED[0]), 1.0)) == pytest.approx(
        np.log(density.mean()), abs=0.002
    )
