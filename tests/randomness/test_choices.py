"""Coins, exact choices and rounding by chance do what their names say, and survive small changes of who is there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simcomunita.randomness import Chance

few = settings(max_examples=80, deadline=None)
seeds = st.integers(0, 2**63 - 1)
candidates = st.lists(st.integers(0, 10**7), max_size=40, unique=True)


@pytest.mark.parametrize("probability", [0.001, 0.04, 0.3, 0.5, 0.999])
def test_coins_fall_as_often_as_they_should(probability):
    n = 200_000
    fallen = Chance(1).coin("test.coin", 24193, probability, np.arange(n)).sum()
    assert abs(fallen - n * probability) < 4.5 * np.sqrt(n * probability * (1 - probability))


def test_coins_of_pairs_fall_as_often_as_they_should():
    n = 200_000
    fallen = Chance(1).coin("test.coin", 24193, 0.3, np.arange(n), np.arange(n)[::-1] + 1).mean()
    assert abs(fallen - 0.3) < 4.5 * np.sqrt(0.21 / n)


def test_impossible_coins_never_fall_and_certain_ones_always():
    chance, who = Chance(1), np.arange(100_000)
    assert not chance.coin("test.coin", 1, 0.0, who).any()
    assert chance.coin("test.coin", 1, 1.0, who).all()


@given(seeds, st.lists(st.floats(0, 1), min_size=1, max_size=60), st.floats(0, 1))
@few
def test_a_likelier_coin_falls_for_everybody_for_whom_a_less_likely_one_falls(seed, likely, more):
    chance, who = Chance(seed), np.arange(len(likely))
    fallen = chance.coin("test.coin", 1, likely, who)
    likelier = np.minimum(np.array(likely) + more, 1)
    assert chance.coin("test.coin", 1, likelier, who)[fallen].all()


@given(seeds, st.lists(st.floats(0, 1), min_size=1, max_size=60))
@few
def test_each_coin_has_its_own_probability(seed, likely):
    chance, who = Chance(seed), np.arange(len(likely))
    fallen = chance.coin("test.coin", 1, likely, who)
    assert fallen.tolist() == [bool(chance.coin("test.coin", 1, p, i)[0]) for i, p in enumerate(likely)]


def drawn_weights(data, people):
    """Weights from a thousandth to a thousand."""
    return 1_000.0 ** np.random.default_rng(data.draw(st.integers(0, 2**32))).uniform(-1, 1, len(people))


@given(seeds, candidates, st.integers(-2, 45), st.booleans(), st.data())
@few
def test_exactly_as_many_are_chosen_as_asked_for_in_their_order_and_none_twice(seed, people, n, weighted, data):
    weight = drawn_weights(data, people) if weighted else None
    chosen = Chance(seed).exactly(n, "test.choice", 7, np.array(people, np.int64), weight).tolist()
    assert len(chosen) == min(max(n, 0), len(people))
    assert chosen == [i for i in people if i in set(chosen)]


@given(seeds, candidates.filter(bool), st.integers(1, 40), st.booleans(), st.data())
@few
def test_the_choice_does_not_depend_on_the_order_of_candidates(seed, people, n, weighted, data):
    weight = drawn_weights(data, people) if weighted else np.ones(len(people))
    order = np.array(data.draw(st.permutations(range(len(people)))), np.intp)
    there, chance = np.array(people), Chance(seed)
    chosen = chance.exactly(n, "test.choice", 7, there, weight)
    assert set(chosen) == set(chance.exactly(n, "test.choice", 7, there[order], weight[order]))


@given(seeds, candidates.filter(lambda people: len(people) > 1), st.integers(1, 39), st.booleans(), st.data())
@few
def test_removing_somebody_not_chosen_changes_nothing_and_somebody_chosen_one_place(seed, people, n, weighted, data):
    weight = drawn_weights(data, people) if weighted else np.ones(len(people))
    chance, there = Chance(seed), np.array(people)
    chosen = set(chance.exactly(n, "test.choice", 7, there, weight))
    gone = data.draw(st.integers(0, len(people) - 1))
    others = np.arange(len(people)) != gone
    after = set(chance.exactly(n, "test.choice", 7, there[others], weight[others]))
    if there[gone] in chosen:
        assert chosen - after == {there[gone]}
        assert len(after - chosen) == (len(people) > n)
    else:
        assert after == chosen


@given(seeds, candidates, st.integers(0, 10**7), st.integers(1, 40), st.booleans(), st.data())
@few
def test_one_candidate_more_changes_at_most_one_place(seed, people, newcomer, n, weighted, data):
    there = np.array([i for i in people if i != newcomer], np.int64)
    weight = drawn_weights(data, [*there, newcomer]) if weighted else np.ones(len(there) + 1)
    chance = Chance(seed)
    before = set(chance.exactly(n, "test.choice", 7, there, weight[:-1]))
    after = set(chance.exactly(n, "test.choice", 7, np.append(there, newcomer), weight))
    assert after - before <= {newcomer}
    assert len(before - after) <= 1


@given(seeds, candidates, st.integers(0, 39), st.booleans(), st.data())
@few
def test_choosing_one_more_keeps_all_those_chosen(seed, people, n, weighted, data):
    weight = drawn_weights(data, people) if weighted else None
    chance, there = Chance(seed), np.array(people, np.int64)
    assert set(chance.exactly(n, "test.choice", 7, there, weight)) <= set(
        chance.exactly(n + 1, "test.choice", 7, there, weight)
    )


@given(seeds, candidates, st.integers(0, 45), st.data())
@few
def test_whoever_weighs_nothing_is_never_chosen(seed, people, n, data):
    weight = drawn_weights(data, people) * np.array([data.draw(st.booleans()) for _ in people], np.float64)
    there = np.array(people, np.int64)
    chosen = set(Chance(seed).exactly(n, "test.choice", 7, there, weight))
    assert chosen <= set(there[weight > 0])
    assert len(chosen) == min(n, int((weight > 0).sum()))


@given(seeds, candidates, st.integers(0, 40), st.floats(1 / 64, 64))
@few
def test_equal_weights_choose_as_none_do(seed, people, n, weight):
    chance, there = Chance(seed), np.array(people, np.int64)
    # A power of two divides without rounding.
    even = np.full(len(people), 2.0 ** np.round(np.log2(weight)))
    assert (
        chance.exactly(n, "test.choice", 7, there, even).tolist() == chance.exactly(n, "test.choice", 7, there).tolist()
    )


REPEATS = 4_000


def inclusions(n, people, weight=None):
    """In how many of many months everybody is chosen."""
    chance = Chance(1)
    chosen = [chance.exactly(n, "test.choice", month, people, weight) for month in range(REPEATS)]
    return np.bincount(np.searchsorted(people, np.concatenate(chosen)), minlength=len(people))


def test_everybody_is_chosen_equally_often():
    people = np.arange(0, 5_000, 100)
    often = inclusions(10, people)
    # Without replacement, counts vary less than a multinomial's by the share not chosen.
    expected = REPEATS * 10 / 50
    assert stats.chi2.sf(((often - expected) ** 2).sum() / expected / (1 - 10 / 50), len(people) - 1) > 1e-4
    assert often.std() > 0


def test_people_are_chosen_in_proportion_to_their_weights():
    """Sequential Poisson sampling hits the wanted shares but for terms of the order of one in n (Ohlsson 1998)."""
    weight = np.repeat([1.0, 2.0, 4.0], 100)
    often = inclusions(30, np.arange(300), weight).reshape(3, 100).mean(axis=1) / REPEATS
    wanted = 30 * np.array([1, 2, 4]) / weight.sum()
    assert often == pytest.approx(wanted, rel=0.02)


def test_pairs_of_people_are_chosen_together_as_often_as_chance_has_it():
    chance, people = Chance(1), np.arange(12)
    together = np.zeros((12, 12))
    for month in range(REPEATS):
        chosen = chance.exactly(4, "test.choice", month, people)
        together[np.ix_(chosen, chosen)] += 1
    expected = REPEATS * (4 / 12) * (3 / 11)
    pairs = together[np.triu_indices(12, 1)]
    assert np.abs(pairs - expected).max() < 4.5 * np.sqrt(expected * (1 - expected / REPEATS))


@pytest.mark.parametrize("apart", [0, 1, 3, -1, -3])
def test_turns_of_one_purpose_and_month_choose_independently_even_of_people_some_numbers_apart(apart):
    chance, people = Chance(1), np.arange(100)
    both = [
        len(np.intersect1d(chance.exactly(20, "test.choice", month, people, turn=turn), other + apart))
        for month in range(500)
        for turn, further in ((0, 1), (5, 8))
        for other in [chance.exactly(20, "test.choice", month, people, turn=further)]
    ]
    # Of those some numbers apart, the last have nobody to meet.
    spread = stats.hypergeom(100, 20, 20)
    assert abs(np.mean(both) - spread.mean() * (1 - abs(apart) / 100)) < 4.5 * spread.std() / np.sqrt(len(both))


@given(seeds, st.floats(0, 1000), st.integers(0, 10**6))
@few
def test_a_rounded_number_is_the_one_below_or_the_one_above(seed, expected, who):
    rounded = Chance(seed).whole("test.whole", 7, expected, who)
    assert rounded in {int(np.floor(expected)), int(np.ceil(expected))}


@pytest.mark.parametrize("expected", [0.03, 0.5, 2.2, 17.9])
def test_numbers_rounded_by_chance_are_right_on_average(expected):
    chance, n = Chance(1), 20_000
    mean = np.mean([chance.whole("test.whole", month, expected, 3) for month in range(n)])
    part = expected % 1
    assert abs(mean - expected) < 4.5 * np.sqrt(part * (1 - part) / n)
    assert abs(mean - expected) > 0
