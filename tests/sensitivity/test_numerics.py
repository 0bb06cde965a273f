"""Figures that are known beforehand come out, what reaches nothing comes out as nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from SALib.analyze import morris

from simcomunita.sensitivity.effects import effects, steps, strongest
from simcomunita.sensitivity.factors import DUMMY
from simcomunita.sensitivity.indices import given_data, left_to_chance, sobol
from simcomunita.sensitivity.points import DESIGNS, crossed, problem, spread, trajectories

NAMES = ("one", "two", "three", DUMMY)
FIRST, TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)
"""Of Ishigami's function with 7 and 0.1, exactly (Ishigami & Homma 1990)."""


def ishigami(points: np.ndarray) -> np.ndarray:
    x = np.pi * (2.0 * points[:, :3] - 1.0)
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def g_function(points: np.ndarray, a: tuple[float, ...] = (0.0, 1.0, 9.0)) -> np.ndarray:
    return np.prod([(np.abs(4.0 * points[:, k] - 2.0) + a[k]) / (1.0 + a[k]) for k in range(3)], axis=0)


def g_indices(a: tuple[float, ...] = (0.0, 1.0, 9.0)) -> tuple[list[float], list[float]]:
    """Sobol' indices of the g-function, exactly (Saltelli & Sobol' 1995)."""
    own = [1.0 / 3.0 / (1.0 + one) ** 2 for one in a]
    whole = math.prod(1.0 + one for one in own) - 1.0
    return [one / whole for one in own], [one * (whole + 1.0) / (1.0 + one) / whole for one in own]


def column(values: np.ndarray) -> np.ndarray:
    return values[:, None]


@pytest.mark.parametrize(("function", "exact"), [(ishigami, (FIRST, TOTAL)), (g_function, g_indices())])
def test_sobol_indices_of_known_functions_lie_in_their_intervals(function, exact):
    found = sobol(NAMES, column(function(crossed(NAMES, 1024, 1))), 1)
    for k in range(3):
        assert abs(found.first[k] - exact[0][k]) <= found.first_half[k]
        assert abs(found.total[k] - exact[1][k]) <= found.total_half[k]
        assert found.total_half[k] < 0.15
    assert (found.first[3], found.total[3]) == (0.0, 0.0)
    assert found.dummy_is_nothing


@pytest.mark.parametrize(("function", "exact"), [(ishigami, FIRST), (g_function, g_indices()[0])])
def test_first_order_indices_of_a_given_bank_lie_in_their_intervals(function, exact):
    points = spread(NAMES[:3], 2048, 1)
    found = given_data(NAMES[:3], points, function(points))
    assert found.names == NAMES
    for k in range(3):
        assert abs(found.first[k] - exact[k]) <= found.first_half[k]
    assert found.dummy_is_nothing
    assert np.isnan(found.total).all()


def test_only_the_order_of_a_banks_points_counts():
    points = spread(NAMES, 256, 1)
    again = given_data(NAMES, np.exp(3.0 * points), ishigami(points))
    np.testing.assert_array_equal(again.first, given_data(NAMES, points, ishigami(points)).first)


def test_whole_numbers_in_a_bank_do_not_disturb_it():
    points = spread(NAMES[:3], 1024, 1)
    points[:, 0] = np.floor(4.0 * points[:, 0])
    found = given_data(NAMES[:3], points, points[:, 0] + points[:, 1])
    variances = np.array([1.25, 1.0 / 12.0])
    np.testing.assert_allclose(found.first[:2], variances / variances.sum(), atol=0.1)
    assert abs(found.first[2]) <= found.first_half[2]


def test_a_bank_that_is_too_small_is_refused():
    points = spread(NAMES, 64, 1)
    values = ishigami(points)
    values[3] = np.nan
    with pytest.raises(ValueError, match="63 rows"):
        given_data(NAMES, points, values)


def test_a_linear_function_has_its_slopes_as_effects():
    points = trajectories(NAMES, 4, 1)
    found = effects(NAMES, points, column(3.0 * points[:, 0] - 2.0 * points[:, 1] + 7.0))
    np.testing.assert_allclose(found.mu, [3.0, -2.0, 0.0, 0.0], atol=1e-12)
    np.testing.assert_allclose(found.mu_star, [3.0, 2.0, 0.0, 0.0], atol=1e-12)
    np.testing.assert_allclose(found.sigma, 0.0, atol=1e-12)
    assert [found.direction(k) for k in range(2)] == [1, -1]
    assert found.names[found.order[0]] == "one"


def test_effects_are_those_of_salib():
    points = trajectories(NAMES, 12, 5)
    values = ishigami(points)
    ours, theirs = effects(NAMES, points, column(values)), morris.analyze(problem(NAMES), points, values, seed=1)
    for name in ("mu", "mu_star", "sigma"):
        np.testing.assert_allclose(getattr(ours, name), theirs[name], rtol=1e-9, atol=1e-9)


def test_a_trajectory_with_a_missing_value_is_left_out():
    points = trajectories(NAMES, 4, 1)
    values = column(ishigami(points))
    values[7] = np.nan
    found = effects(NAMES, points, values)
    kept = np.r_[0:5, 10:20]
    assert found.trajectories == 3
    np.testing.assert_array_equal(found.mu_star, effects(NAMES, points[kept], values[kept]).mu_star)


def test_of_luck_alone_the_effects_are_as_large_as_the_level_of_luck_says():
    points = trajectories(NAMES, 400, 1)
    values = np.random.default_rng(1).normal(size=(len(points), 4))
    found = effects(NAMES, points, values)
    np.testing.assert_allclose(found.mu_star, found.level, rtol=0.1)
    assert not (found.low > 1.2 * found.level).any()


def test_the_same_luck_at_every_point_moves_nothing():
    points = trajectories(NAMES, 4, 1)
    luck = np.random.default_rng(1).normal(size=3)
    found = effects(NAMES, points, column(points[:, 0]) + luck)
    assert found.mu_star[3] == pytest.approx(0.0, abs=1e-12)
    assert found.level == pytest.approx(0.0, abs=1e-12)


def test_fresh_luck_at_every_point_looks_like_influence_of_a_dummy_and_common_luck_does_not():
    points = crossed(NAMES, 128, 1)
    course = points[:, 0] + points[:, 1]  # standard deviation 0.41
    chance = np.random.default_rng(2)
    fresh = sobol(NAMES, column(course + chance.normal(0.0, 0.5, len(points))), 1)
    common = sobol(NAMES, column(course + chance.normal(0.0, 0.5)), 1)
    dummy = NAMES.index(DUMMY)
    assert fresh.total[dummy] > 0.4
    assert not fresh.dummy_is_nothing
    assert common.total[dummy] == pytest.approx(0.0, abs=1e-12)
    assert common.dummy_is_nothing


def test_replicates_make_the_influence_of_a_dummy_smaller():
    points = crossed(NAMES, 128, 1)
    course = column(points[:, 0] + points[:, 1])
    luck = np.random.default_rng(2).normal(0.0, 0.5, (len(points), 10))
    one, ten = (sobol(NAMES, course + luck[:, :n], 1).total[3] for n in (1, 10))
    assert ten < one / 3


def test_the_share_left_to_chance_is_that_of_the_variances():
    chance = np.random.default_rng(3)
    course, luck = chance.normal(0.0, 2.0, (4000, 1)), chance.normal(0.0, 1.0, (4000, 4))
    assert left_to_chance(course + luck + np.array([0.0, 5.0, 9.0, 1.0])) == pytest.approx(0.25 / 4.25, rel=0.1)
    assert math.isnan(left_to_chance(course))


def test_with_one_seed_no_effect_is_called_larger_than_luck():
    points = trajectories(NAMES, 4, 1)
    found = effects(NAMES, points, column(points[:, 0]))
    assert math.isnan(found.level)
    assert not found.clear.any()


def test_what_nothing_moves_has_no_indices():
    for found in (sobol(NAMES, np.ones((6 * 16, 2)), 1), given_data(NAMES, spread(NAMES, 64, 1), np.ones(64))):
        assert found.variance == 0.0
        assert np.isnan(found.first).all()


def test_a_block_with_a_missing_value_is_left_out():
    values = column(ishigami(crossed(NAMES, 16, 1)))
    values[8] = np.nan
    found = sobol(NAMES, values, 1)
    assert found.points == 15 * 6
    np.testing.assert_array_equal(found.total, sobol(NAMES, np.delete(values, slice(6, 12), axis=0), 1).total)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_larger_design_begins_with_the_smaller_one(design: str):
    few, many = (DESIGNS[design](NAMES, number, 1) for number in (8, 16))
    np.testing.assert_array_equal(many[: len(few)], few)
    assert many.min() >= 0.0
    assert many.max() <= 1.0


@pytest.mark.parametrize("design", DESIGNS)
def test_another_seed_gives_other_points(design: str):
    assert not np.array_equal(DESIGNS[design](NAMES, 8, 1), DESIGNS[design](NAMES, 8, 2))


def test_nothing_global_is_drawn_from_or_seeded():
    np.random.seed(5)  # noqa: NPY002 - to see that nobody touches it
    before = np.random.get_state()  # noqa: NPY002
    points = spread(NAMES, 64, 0)
    given_data(NAMES, points, ishigami(points), 0)
    sobol(NAMES, column(ishigami(crossed(NAMES, 8, 0))), 0)
    walks = trajectories(NAMES, 3, 0)
    effects(NAMES, walks, column(ishigami(walks)))
    after = np.random.get_state()  # noqa: NPY002
    assert before[0] == after[0]
    assert before[2] == after[2]
    np.testing.assert_array_equal(before[1], after[1])


def test_equal_seeds_give_equal_intervals():
    values = column(ishigami(crossed(NAMES, 16, 1)))
    np.testing.assert_array_equal(sobol(NAMES, values, 0).total_half, sobol(NAMES, values, 0).total_half)


def test_the_strongest_are_taken_by_their_share_and_never_the_dummy():
    points = trajectories(NAMES, 6, 1)
    chance = np.random.default_rng(1)
    sharp = effects(NAMES, points, column(points[:, 1]))
    noise = effects(NAMES, points, column(1000.0 * chance.normal(size=len(points))))
    still = effects(NAMES, points, column(np.ones(len(points))))
    assert strongest([still, noise, sharp], 1, DUMMY) == ("two",)
    assert DUMMY not in strongest([noise], 4, DUMMY)
    assert strongest([still], 4, DUMMY) == ()


def test_steps_are_told_apart_by_seed():
    points = trajectories(NAMES, 2, 1)
    values = np.column_stack([points[:, 0], 2.0 * points[:, 0]])
    np.testing.assert_allclose(steps(points, values)[:, 0], [[1.0, 2.0]] * 2)
