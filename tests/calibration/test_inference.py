from __future__ import annotations

import numpy as np
import pytest

from experiments.calibration_methods.__main__ import found, truths
from experiments.calibration_methods.toy import Toy
from simcomunita.calibration.adjusting import Adjusted
from simcomunita.calibration.bank import sobol
from simcomunita.calibration.checks import LEVELS, band, check, contraction, correlations
from simcomunita.calibration.inference import Posterior, methods, weighted_quantile
from simcomunita.calibration.learning import Learned
from simcomunita.calibration.surrogate import Emulator, Surrogate


@pytest.fixture(scope="module")
def toy() -> Toy:
    return Toy()


@pytest.fixture(scope="module")
def sought(toy: Toy):
    return truths(toy, 30)


def line(n: int = 600, error: float = 0.3, seed: int = 1):
    """One summary that tells of the first of two parameters."""
    cube = sobol(n, 2, seed)
    return cube, (4.0 * cube[:, :1] + error * np.random.default_rng(seed).standard_normal((n, 1)))


@pytest.mark.parametrize(
    ("method", "worst"), [(Adjusted(), 1.45), (Learned(folds=4, networks=1), 1.4), (Surrogate(), 1.25)]
)
def test_a_known_posterior_is_nearly_found_and_its_intervals_hold(toy: Toy, sought, method, worst: float):
    result = found(method, toy, sought, 600)
    assert result.error < worst
    assert 0.8 <= result.most <= 0.98
    assert 0.35 <= result.half <= 0.65


@pytest.mark.parametrize("name", list(methods()))
def test_what_nothing_tells_of_stays_as_it_was(name: str):
    cube, summaries = line()
    posterior = methods()[name]().fit(cube, summaries, 1).posterior(np.array([1.0]))
    told, untold = contraction(posterior)
    assert told > 0.8
    assert abs(untold) < 0.2
    assert posterior.mean()[0] == pytest.approx(0.25, abs=0.04)


@pytest.mark.parametrize("name", list(methods()))
def test_the_same_seed_gives_the_same_bits(name: str):
    cube, summaries = line(200)
    one, other = (methods()[name]().fit(cube, summaries, 3).posterior(np.array([2.0])) for _ in range(2))
    np.testing.assert_array_equal(one.cube, other.cube)
    np.testing.assert_array_equal(one.weights, other.weights)


def test_threads_do_not_change_what_is_learned():
    from threadpoolctl import threadpool_limits

    cube, summaries = line(200)
    posteriors = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            posteriors.append(Learned(networks=1).fit(cube, summaries, 3).posterior(np.array([2.0])))
    np.testing.assert_array_equal(posteriors[0].cube, posteriors[1].cube)


@pytest.mark.parametrize("method", [Adjusted(), Learned(networks=1)])
def test_a_run_that_is_left_out_has_no_part_in_its_posterior(method):
    cube, summaries = line(300)
    fit = method.fit(cube, summaries, 1)
    assert 7 in fit.posterior(summaries[7]).runs
    assert 7 not in fit.posterior(summaries[7], without=7).runs


def test_no_draw_leaves_the_prior_even_far_outside():
    cube, summaries = line()
    for name, method in methods().items():
        posterior = method().fit(cube, summaries, 1).posterior(np.array([9.0]))
        assert ((posterior.cube > 0) & (posterior.cube < 1)).all(), name
        assert posterior.weights.sum() == pytest.approx(1.0)


def test_truths_are_found_again_as_often_as_they_should_be():
    cube, summaries = line(500)
    checks = check(Adjusted().fit(cube, summaries, 1), cube, summaries, 150)
    assert len(checks.ranks) == 150
    for level in LEVELS:
        assert checks.coverage(level).mean() == pytest.approx(level, abs=0.09)
    assert not checks.outside().any()
    assert checks.error()[0] < 0.4 < 0.9 < checks.error()[1]


class _Sure:
    """A method that is far too sure of itself."""

    def __init__(self, inner):
        self.inner = inner

    def posterior(self, observed, without=None):
        found = self.inner.posterior(observed, without)
        return Posterior(found.mean() + 0.3 * (found.cube - found.mean()), found.weights, found.diagnostics)


def test_a_method_that_is_too_sure_is_found_out():
    cube, summaries = line(500)
    checks = check(_Sure(Adjusted().fit(cube, summaries, 1)), cube, summaries, 150)
    assert checks.outside().all()
    assert (checks.coverage(0.9) < 0.6).all()


def test_reports_far_from_all_runs_are_told_of():
    cube, summaries = line(500)
    fit = Adjusted().fit(cube, summaries, 1)
    checks = check(fit, cube, summaries, 100)
    assert checks.farther(fit.posterior(np.array([2.0]))) > 0.05
    assert checks.farther(fit.posterior(np.array([12.0]))) == 0.0


def test_even_ranks_stay_inside_the_band_as_often_as_promised():
    grid, low, high = band(200)
    drawn = np.random.default_rng(5).uniform(size=(1000, 200))
    below = (drawn[:, :, None] <= grid).mean(axis=1)
    inside = ((below >= low) & (below <= high)).all(axis=1).mean()
    assert inside == pytest.approx(0.95, abs=0.025)


def test_parameters_that_stand_in_for_each_other_are_seen():
    cube = sobol(600, 2, 1)
    summaries = (cube[:, :1] + cube[:, 1:]) * 4 + 0.1 * np.random.default_rng(1).standard_normal((600, 1))
    posterior = Adjusted().fit(cube, summaries, 1).posterior(np.array([4.0]))
    assert correlations(posterior)[0, 1] < -0.8


def test_the_emulator_tells_what_runs_report_and_how_much_is_chance():
    cube, summaries = line(800)
    emulator = Emulator.of(cube, summaries)
    mean, sd = emulator.at(np.array([[0.25, 0.5], [0.75, 0.5]]))
    np.testing.assert_allclose(mean[:, 0], [1.0, 3.0], atol=0.05)
    np.testing.assert_allclose(sd[:, 0], 0.3, atol=0.05)
    pure = np.random.default_rng(2).standard_normal((800, 1))
    assert Emulator.of(cube, pure).explained(cube, pure)[0] < 0.02
    assert emulator.explained(cube, summaries)[0] > 0.9


def test_weighted_quantiles_and_equal_draws_follow_the_weights():
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.0, 0.5, 0.5])
    assert weighted_quantile(values, weights, 0.5) == pytest.approx(1.5)
    drawn = Posterior(values[:, None], weights).equally_weighted(10, 1)[:, 0]
    assert sorted(drawn.tolist()) == [1.0] * 5 + [2.0] * 5
