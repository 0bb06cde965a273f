from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from simcomunita.calibration.density import log_densities, log_density
from simcomunita.calibration.outcomes import Outcome, observed
from simcomunita.scenario.forms import Words

WHY = Words(en="why", it="perché")
REACHED = Outcome("citizens_reached", "citizens_reached", "count", 24236, 5932.0, "fit", 0.3, WHY)
SHARE = Outcome("labs_co_led_share", "labs_co_led_share", "share", 24236, 0.65, "fit", 0.2, WHY)
WIDTH = 0.05


def published(one: Outcome) -> float:
    return float(observed((one,), 1.0)[0])


@pytest.mark.parametrize(
    ("one", "happened"), [(REACHED, 5000.0), (SHARE, 0.6), (replace(SHARE, of=30), 0.6), (replace(SHARE, of=1500), 0.6)]
)
def test_the_density_is_that_of_simulated_reports(one: Outcome, happened: float):
    reports = one.summary(one.reported(np.full(200_000, happened), 1.0, 1), 1.0)
    share = (np.abs(reports - published(one)) < WIDTH).mean()
    assert np.exp(log_density(one, np.array([happened]), published(one), 1.0)[0]) == pytest.approx(
        share / (2 * WIDTH), rel=0.04
    )


@pytest.mark.parametrize("bound", ["at least", "at most"])
@pytest.mark.parametrize(("one", "happened"), [(REACHED, 5000.0), (replace(SHARE, of=30), 0.6)])
def test_a_bound_has_the_probability_of_being_reported_as_just_that(one: Outcome, happened: float, bound):
    bounded = replace(one, bound=bound)
    told = bounded.reported(np.full(100_000, happened), 1.0, 1) == one.published
    density = np.exp(log_density(bounded, np.array([happened]), published(one), 1.0)[0])
    assert density == pytest.approx(told.mean(), abs=0.01)


def test_the_density_of_a_count_does_not_depend_on_the_scale():
    for scale in (0.05, 1.0):
        value = log_density(REACHED, np.array([5000.0]), float(observed((REACHED,), scale)[0]), scale)[0]
        assert value == pytest.approx(norm.logpdf(np.log(5932 / 5000), scale=0.3))


def test_nothing_and_no_share_at_all_cannot_have_been_reported_as_something():
    assert np.isneginf(log_density(REACHED, np.array([0.0]), published(REACHED), 1.0)).all()
    for one in (SHARE, replace(SHARE, of=30)):
        assert np.isneginf(log_density(one, np.array([np.nan]), published(one), 1.0)).all()


def test_without_error_only_what_was_counted_can_be_reported():
    exact = replace(REACHED, error=0.0)
    assert log_density(exact, np.array([5932.0, 5931.0]), published(exact), 1.0).tolist() == [0.0, -np.inf]
    sampled = replace(SHARE, error=0.0, of=20)
    assert log_density(sampled, np.array([0.65]), published(sampled), 1.0)[0] == pytest.approx(np.log(0.1844), abs=1e-3)


def test_figures_stand_side_by_side():
    counted = np.array([[5932.0, 0.65], [3000.0, 0.65]])
    values = log_densities((REACHED, SHARE), counted, observed((REACHED, SHARE), 1.0), 1.0)
    assert values.shape == (2, 2)
    assert values[0, 0] > values[1, 0]
    assert values[0, 1] == values[1, 1]
