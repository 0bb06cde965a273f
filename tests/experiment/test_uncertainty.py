"""Spread by parameters and chance, regret, acceptability, and what shared chance saves."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simcomunita.experiment.uncertainty import acceptability, by_draw, pairs_saved, regret, spread

RNG = np.random.default_rng(3)


def test_the_spread_is_split_as_it_was_made() -> None:
    draws = np.repeat(np.arange(400), 3)
    values = np.repeat(RNG.normal(0, 4.0, 400), 3) + RNG.normal(0, 2.0, 1200)
    found = spread(values, draws)
    assert found.parameters == pytest.approx(16, rel=0.2)
    assert found.chance == pytest.approx(4, rel=0.15)
    assert found.share_of_parameters == pytest.approx(0.8, abs=0.05)


def test_chance_alone_leaves_hardly_anything_to_parameters_even_with_unequal_seeds() -> None:
    draws = np.repeat(np.arange(300), RNG.integers(1, 5, 300))
    found = spread(RNG.normal(size=len(draws)), draws)
    assert found.share_of_parameters < 0.1


def test_with_one_draw_or_one_seed_a_draw_nothing_can_be_told() -> None:
    assert math.isnan(spread([1.0, 2.0], [1, 1]).parameters)
    assert math.isnan(spread([1.0, 2.0], [1, 2]).share_of_parameters)


def test_an_unknown_run_is_left_out_of_the_spread_and_makes_its_draw_unknown() -> None:
    values, draws = [1.0, 2.0, np.nan, 5.0, 6.0], [1, 1, 2, 2, 2]
    assert spread(values, draws) == spread([1.0, 2.0, 5.0, 6.0], [1, 1, 2, 2])
    means = by_draw(values, draws)
    assert means[0] == 1.5
    assert math.isnan(means[1])


def test_regret_is_what_is_lost_against_the_best_of_each_unit() -> None:
    table = regret({"a": [3, 1, 5], "b": [1, 4, 5], "c": [0, 0, 0]}).set_index("scenario")
    assert table["mean"].tolist() == pytest.approx([1.0, 2 / 3, 4.0])
    assert table["largest"].tolist() == [3, 2, 5]
    assert table["best"].tolist() == pytest.approx([2 / 3, 2 / 3, 0])
    fewer = regret({"a": [3, 1, 5], "c": [0, 0, 0]}, more_is_better=False).set_index("scenario")
    assert fewer.loc["c", "mean"] == 0
    assert fewer.loc["a", "mean"] == 3


def test_what_one_is_ready_to_pay_raises_the_probability_of_being_worth_it() -> None:
    cost, gain = np.full(4, 100.0), np.array([1.0, 2.0, 4.0, np.nan])
    assert acceptability(cost, gain, [0, 30, 60, 200]).tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])


def test_shared_chance_saves_pairs_and_independent_runs_save_none() -> None:
    common = RNG.normal(size=2000)
    policy = common + 5 + 0.1 * RNG.normal(size=2000)
    assert pairs_saved(common, policy) == pytest.approx(200, rel=0.2)
    assert pairs_saved(common, RNG.permutation(policy)) == pytest.approx(1, rel=0.1)
    assert math.isinf(pairs_saved(common, common))
    assert math.isnan(pairs_saved([1.0, 1.0], [2.0, 2.0]))
