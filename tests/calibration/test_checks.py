"""Simulation-based calibration: a posterior that is known passes, one that is too sure of itself is caught."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from simcomunita.calibration.bank import sobol
from simcomunita.calibration.checks import LEVELS, check, check_at, ranked_score
from simcomunita.calibration.forms import FitForm
from simcomunita.calibration.inference import Posterior

TRUTHS = 300
ERROR = 0.15


class Known:
    """The exact posterior of shares of which a noisy copy is seen each: normal, cut off at 0 and 1.

    ``sure`` makes it narrower than it is.
    """

    def __init__(self, sure: float = 1.0) -> None:
        self.sure = sure
        self.levels = (np.arange(400) + 0.5) / 400

    def posterior(self, observed, without=None):
        low, high = norm.cdf(-observed / ERROR), norm.cdf((1 - observed) / ERROR)
        drawn = observed + ERROR * norm.ppf(low + self.levels[:, None] * (high - low))
        middle = drawn.mean(axis=0)
        drawn = np.clip(middle + self.sure * (drawn - middle), 1e-9, 1 - 1e-9)
        return Posterior(drawn, np.full(400, 1 / 400))


def truths(number: int = TRUTHS, seed: int = 4):
    chance = np.random.default_rng(seed)
    cube = chance.uniform(size=(number, 3))
    return cube, cube + ERROR * chance.standard_normal(cube.shape)


def test_at_least_three_hundred_truths_are_asked_for_by_default():
    assert FitForm().truths >= TRUTHS


def test_the_ranks_of_a_known_posterior_stay_in_their_band():
    checks = check(Known(), *truths(), TRUTHS)
    assert checks.ranks.shape == (TRUTHS, 3)
    assert not checks.outside().any()
    assert checks.by_chance() == 1.0
    for level in LEVELS:
        assert checks.coverage(level).mean() == pytest.approx(level, abs=0.04)


@pytest.mark.parametrize("sure", [0.7, 1.4])
def test_a_posterior_that_is_too_narrow_or_too_wide_is_caught(sure: float):
    checks = check(Known(sure), *truths(), TRUTHS)
    assert checks.outside().all()
    assert checks.by_chance() < 0.001


def test_the_score_is_best_for_the_right_width():
    scores = {sure: check(Known(sure), *truths(), TRUTHS).score() for sure in (0.4, 1.0, 2.5)}
    assert scores[1.0] < min(scores[0.4], scores[2.5])


def test_the_prior_scores_one_and_a_point_at_the_truth_nothing():
    cube = sobol(512, 2, 1)

    class Prior:
        def posterior(self, observed, without=None):
            return Posterior(cube, np.full(512, 1 / 512))

    found = sobol(256, 2, 2)
    checks = check_at(Prior(), found, found, [None] * 256)
    assert checks.score() == pytest.approx(1.0, abs=0.02)
    assert ranked_score(Posterior(found[:1], np.ones(1)), found[0]).tolist() == [0.0, 0.0]


def test_weights_count_in_the_score():
    cube, weights = np.array([[0.2], [0.6], [0.9]]), np.array([0.5, 0.5, 0.0])
    equal = Posterior(cube[:2], np.full(2, 0.5))
    assert ranked_score(Posterior(cube, weights), np.array([0.3])) == pytest.approx(
        ranked_score(equal, np.array([0.3]))
    )
    assert ranked_score(equal, np.array([0.3]))[0] == pytest.approx(0.2 - 0.5 * 0.2)
