"""What shared chance saves, on runs whose savings are known."""

import numpy as np
import pytest

from experiments.common_random_numbers.saving import IN_FULL, most_possible, saving, times

RNG_SEED = 5


def together(correlation: float, spread: float, seeds: int) -> tuple[np.ndarray, np.ndarray]:
    """Two futures whose runs go together so far, the second with so many times the spread."""
    shared, own, other = np.random.default_rng(RNG_SEED).standard_normal((3, seeds))
    mixed = np.sqrt(correlation) * shared
    return mixed + np.sqrt(1 - correlation) * own, spread * (mixed + np.sqrt(1 - correlation) * other)


def test_independent_runs_save_nothing() -> None:
    one, other = together(0.0, 1.0, 20_000)
    assert times(one, other) == pytest.approx(1.0, abs=0.03)


def test_runs_that_correlate_by_nine_tenths_save_ten_times() -> None:
    one, other = together(0.9, 1.0, 20_000)
    assert times(one, other) == pytest.approx(10.0, rel=0.05)


def test_a_constant_difference_saves_all() -> None:
    one = np.arange(8.0)
    assert times(one + 3.0, one) == IN_FULL


def test_what_varies_in_no_future_saves_nothing_that_could_be_said() -> None:
    assert np.isnan(times(np.ones(5), np.zeros(5)))


def test_unequal_spreads_bound_what_perfect_correlation_saves() -> None:
    one = np.random.default_rng(RNG_SEED).standard_normal(200)
    assert times(4.0 * one, one) == pytest.approx(most_possible(4.0 * one, one))
    assert most_possible(4.0 * one, one) == pytest.approx(17 / 9)


def test_no_saving_is_more_than_the_most_possible() -> None:
    for correlation in (0.0, 0.5, 0.95):
        one, other = together(correlation, 3.0, 500)
        assert times(one, other) <= most_possible(one, other)


def test_the_interval_holds_a_known_saving() -> None:
    one, other = together(0.9, 1.0, 60)
    found = saving(one, other)
    assert found.low < 10.0 < found.high
    assert found.low < found.times < found.high


def test_months_are_told_apart() -> None:
    one, other = together(0.9, 1.0, 50)
    first = times(np.stack([one, one], axis=1), np.stack([other, one + 1.0], axis=1))
    assert first[0] == pytest.approx(float(times(one, other)))
    assert first[1] == IN_FULL
