from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from simcomunita.experiment.intervals import (
    bootstrap_interval,
    paired_difference,
    price,
    skewness,
    t_quantile,
)

numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))
columns = st.integers(2, 30).flatmap(
    lambda n: st.tuples(arrays(np.float64, n, elements=numbers), arrays(np.float64, n, elements=numbers))
)


@pytest.mark.parametrize("probability", [0.001, 0.025, 0.5, 0.6, 0.9, 0.95, 0.975, 0.995, 0.9999])
def test_the_t_quantile_is_that_of_scipy(probability: float) -> None:
    for freedom in (*range(1, 60), 99, 100, 499, 1000, 5001, 20_000):
        expected = stats.t.ppf(probability, freedom)
        assert t_quantile(probability, freedom) == pytest.approx(expected, rel=1e-11, abs=1e-12)


@pytest.mark.parametrize(("probability", "freedom"), [(0.0, 5), (1.0, 5), (0.9, 0), (0.9, -1), (math.nan, 5)])
def test_a_quantile_that_does_not_exist_is_refused(probability: float, freedom: int) -> None:
    with pytest.raises(ValueError, match=r"probability|freedom"):
        t_quantile(probability, freedom)


def test_the_interval_is_that_of_scipys_paired_test() -> None:
    chance = np.random.default_rng(1)
    before, after = chance.normal(10, 3, 12), chance.normal(11, 4, 12)
    expected = stats.ttest_rel(after, before).confidence_interval(0.95)
    found = paired_difference(before, after)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert found.mean == pytest.approx(np.mean(after - before))
    assert found.pairs == 12
    assert found.higher == np.mean(after > before)


def test_nineteen_in_twenty_intervals_cover_the_true_difference() -> None:
    chance = np.random.default_rng(2)
    covered = 0
    for _ in range(2000):
        shared = chance.normal(0, 5, 10)
        found = paired_difference(shared + chance.normal(0, 1, 10), shared + chance.normal(0.7, 1, 10))
        covered += found.low <= 0.7 <= found.high
    assert covered / 2000 == pytest.approx(0.95, abs=0.015)


@given(columns)
def test_swapping_the_scenarios_turns_the_difference_round(pair: tuple[np.ndarray, np.ndarray]) -> None:
    there, back = paired_difference(*pair), paired_difference(*reversed(pair))
    assert back.mean == pytest.approx(-there.mean)
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low))
    assert there.low <= there.mean <= there.high


@given(arrays(np.float64, st.integers(1, 20), elements=numbers))
def test_a_scenario_differs_from_itself_by_exactly_nothing(values: np.ndarray) -> None:
    found = paired_difference(values, values)
    assert found.mean == 0.0
    assert found.higher == 0.0
    if len(values) > 1:
        assert (found.low, found.high) == (0.0, 0.0)
        assert not found.clear


def test_one_pair_has_a_difference_and_no_interval() -> None:
    found = paired_difference([1.0], [3.0])
    assert found.mean == 2.0
    assert math.isnan(found.low)
    assert not found.clear


def test_pairs_in_which_a_measure_is_undefined_are_left_out() -> None:
    found = paired_difference([1.0, math.nan, 2.0, 4.0], [2.0, 3.0, math.nan, 6.0])
    assert found.pairs == 2
    assert (found.mean_baseline, found.mean_policy, found.mean) == (2.5, 4.0, 1.5)
    assert paired_difference([math.nan], [1.0]).pairs == 0


def test_columns_of_different_length_are_no_pairs() -> None:
    with pytest.raises(ValueError, match="equally long"):
        paired_difference([1.0, 2.0], [1.0])


def test_at_the_ends_of_a_prices_interval_cost_and_worth_can_just_not_be_told_apart() -> None:
    chance = np.random.default_rng(3)
    gain = chance.normal(50, 12, 15)
    cost = 1000 * gain + chance.normal(200_000, 20_000, 15)
    found = price(cost, gain)
    assert found.low < found.each < found.high
    assert found.each == pytest.approx(cost.mean() / gain.mean())
    for end in (found.low, found.high):
        left = cost - end * gain
        assert abs(left.mean()) == pytest.approx(t_quantile(0.975, 14) * left.std(ddof=1) / math.sqrt(15))


def test_there_is_no_price_for_what_may_not_have_changed() -> None:
    assert not price([100.0, 110.0, 105.0], [1.0, -2.0, 1.5]).known
    assert not price([100.0], [1.0]).known
    assert not price([], []).known


def test_the_bootstrap_interval_is_students_where_differences_are_normal() -> None:
    values = np.random.default_rng(5).normal(3.0, 2.0, 400)
    found = paired_difference(np.zeros(400), values)
    assert bootstrap_interval(values) == pytest.approx((found.low, found.high), abs=0.03)


def test_the_bootstrap_interval_reaches_farther_to_the_side_of_the_long_tail() -> None:
    values = np.random.default_rng(6).lognormal(0.0, 1.2, 40)
    low, high = bootstrap_interval(values)
    assert skewness(values) > 1
    assert high - values.mean() > 1.2 * (values.mean() - low)
    mirrored = bootstrap_interval(-values)
    assert mirrored == pytest.approx((-high, -low))


def test_the_bootstrap_interval_holds_a_skewed_mean_more_often_than_students() -> None:
    rng, truth = np.random.default_rng(7), float(np.exp(0.5))
    held = {"bootstrap": 0, "student": 0}
    for _ in range(300):
        values = rng.lognormal(0.0, 1.0, 30)
        low, high = bootstrap_interval(values, resamples=499)
        held["bootstrap"] += low <= truth <= high
        student = paired_difference(np.zeros(30), values)
        held["student"] += student.low <= truth <= student.high
    assert held["bootstrap"] >= held["student"] + 6


def test_the_bootstrap_interval_is_the_same_every_time_and_leaves_unknown_pairs_out() -> None:
    values = np.array([1.0, 4.0, np.nan, 2.0, 8.0])
    assert bootstrap_interval(values) == bootstrap_interval(values[~np.isnan(values)])
    assert bootstrap_interval([2.0, 2.0, 2.0]) == (2.0, 2.0)
    assert all(math.isnan(end) for end in bootstrap_interval([2.0]))


def test_skewness_is_that_of_scipy() -> None:
    values = np.random.default_rng(8).gamma(2.0, size=50)
    assert skewness(values) == pytest.approx(stats.skew(values))
    assert skewness([1.0, 1.0, 1.0]) == 0
    assert math.isnan(skewness([1.0, 2.0]))
