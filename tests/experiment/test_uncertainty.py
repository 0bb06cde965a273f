"""Spread by parameters and chance, regret, acceptability, and what shared chance saves."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simcomunita.experiment.uncertainty import (
    acceptability,
    best_choice,
    by_draw,
    pairs_saved,
    regret,
    share_interval,
    spread,
    turning_points,
)

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


def test_a_unit_that_is_unknown_in_one_scenario_is_left_out_of_regret() -> None:
    table = regret({"a": [3, 1, np.nan], "b": [1, 4, 9]}).set_index("scenario")
    assert table.loc["a"].tolist() == [1.5, pytest.approx(2.7), 3, 0.5]
    assert regret({"a": [np.nan], "b": [1.0]})[["mean", "best"]].isna().all(axis=None)


def test_where_several_are_equally_good_each_is_best() -> None:
    assert regret({"a": [3, 1], "b": [3, 0]})["best"].tolist() == [1.0, 0.5]


def shares(table: object, price: float) -> dict[str, float]:
    own = table[table["ready_to_pay"] == price]  # type: ignore[index]
    return dict(zip(own["scenario"], own["probability_best"], strict=True))


def test_shares_of_being_best_add_up_to_one_and_follow_the_price() -> None:
    cost = {"none": [0, 0, 0, 0], "some": [10, 10, 10, 10], "many": [30, 30, 30, 30]}
    gained = {"none": [0, 0, 0, 0], "some": [1, 2, 4, 1], "many": [3, 3, 5, 20]}
    table = best_choice(cost, gained, [0.0, 6.0, 1000.0])
    assert table.groupby("ready_to_pay")["probability_best"].sum().tolist() == pytest.approx([1, 1, 1])
    assert shares(table, 0.0) == {"none": 1, "some": 0, "many": 0}
    # At 6: worth of some -4, 2, 14, -4; of many -12, -12, 0, 90; none is worth 0.
    assert shares(table, 6.0) == {"none": 0.25, "some": 0.5, "many": 0.25}
    assert shares(table, 1000.0) == {"none": 0, "some": 0, "many": 1}


def test_the_choice_is_the_best_on_average_though_another_is_likelier_to_be_best() -> None:
    cost, gained = {"none": [0] * 4, "many": [10] * 4}, {"none": [0] * 4, "many": [0, 0, 0, 100]}
    table = best_choice(cost, gained, [1.0]).set_index("scenario")
    assert table["probability_best"].tolist() == [0.75, 0.25]
    assert table["chosen"].tolist() == [False, True]
    assert table.loc["many", "worth"] == pytest.approx(15.0)


def test_scenarios_that_are_worth_the_same_share_their_unit_and_one_is_chosen() -> None:
    table = best_choice({"a": [1, 1], "b": [1, 1]}, {"a": [2, 2], "b": [2, 3]}, [0.0, 1.0])
    assert table["probability_best"].tolist() == [0.5, 0.5, 0.25, 0.75]
    assert table["chosen"].tolist() == [True, False, False, True]


def test_with_two_scenarios_being_best_is_being_worth_it() -> None:
    cost, gain = RNG.normal(100, 20, 50), RNG.normal(3, 2, 50)
    prices = [0.0, 20.0, 40.0, 80.0]
    table = best_choice({"none": np.zeros(50), "some": cost}, {"none": np.zeros(50), "some": gain}, prices)
    own = table[table["scenario"] == "some"]["probability_best"]
    assert own.tolist() == pytest.approx(acceptability(cost, gain, prices).tolist())


def test_what_costs_more_and_gives_less_is_never_best() -> None:
    cost, gained = {"none": [0, 0], "bad": [5, 9], "good": [4, 4]}, {"none": [0, 0], "bad": [1, -1], "good": [2, 1]}
    table = best_choice(cost, gained, [0.0, 3.0, 1e6])
    assert table[table["scenario"] == "bad"]["probability_best"].sum() == 0


def test_an_unknown_outcome_leaves_its_unit_out_of_the_choice() -> None:
    gained = {"none": [0, 0, 0], "some": [1, np.nan, 1]}
    table = best_choice({"none": [0] * 3, "some": [1] * 3}, gained, [2.0])
    assert table["probability_best"].tolist() == [0, 1]


def test_turns_skip_what_is_dominated_and_what_a_mixture_of_others_beats() -> None:
    cost = {"none": 0.0, "two": 20.0, "four": 40.0, "bad": 50.0, "eight": 90.0}
    gain = {"none": 0.0, "two": 2.0, "four": 9.0, "bad": 8.0, "eight": 14.0}
    assert turning_points(cost, gain) == [(0.0, "none"), (pytest.approx(40 / 9), "four"), (10.0, "eight")]
    assert turning_points({"a": 5.0, "b": 5.0}, {"a": 1.0, "b": 2.0}) == [(0.0, "b")]
    assert turning_points({"a": 0.0, "b": 5.0}, {"a": 1.0, "b": 1.0}) == [(0.0, "a")]


def test_between_turns_the_one_that_has_its_turn_is_chosen() -> None:
    cost = {name: RNG.normal(mean, 1.0, 30) for name, mean in (("none", 0), ("some", 50), ("many", 200), ("odd", 90))}
    gain = {name: RNG.normal(mean, 3.0, 30) for name, mean in (("none", 0), ("some", 10), ("many", 16), ("odd", 8))}
    turns = turning_points({n: c.mean() for n, c in cost.items()}, {n: g.mean() for n, g in gain.items()})
    for (price, name), (following, _) in zip(turns, [*turns[1:], (turns[-1][0] * 3 + 1, "")], strict=True):
        table = best_choice(cost, gain, [(price + following) / 2])
        assert table.loc[table["chosen"], "scenario"].tolist() == [name]


def test_the_interval_of_a_share_holds_the_true_share_about_as_often_as_it_says() -> None:
    chance = np.random.default_rng(11)
    draws, held = np.repeat(np.arange(30), 2), 0
    for _ in range(200):
        values = np.repeat(chance.normal(0, 3.0, 30), 2) + chance.normal(0, 2.0, 60)
        low, high = share_interval(values, draws)
        held += low <= 9 / 13 <= high
    assert 170 <= held <= 199


def test_no_interval_of_a_share_is_given_where_none_can_be() -> None:
    assert all(math.isnan(end) for end in share_interval([1.0, 2.0, 3.0], [1, 2, 3]))
    assert all(math.isnan(end) for end in share_interval([1.0, 2.0, 3.0, 4.0], [1, 1, 2, 2]))
    assert all(math.isnan(end) for end in share_interval([1.0] * 6, [1, 1, 2, 2, 3, 3]))
    nine, ten = (np.repeat(np.arange(n), 2) for n in (9, 10))
    assert all(math.isnan(end) for end in share_interval(nine.astype(float), nine)), "too few draws"
    assert share_interval([*ten.astype(float), np.nan], [*ten, 9]) == (1.0, 1.0)
