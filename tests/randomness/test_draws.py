"""A draw depends on its address alone, and its bits are frozen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcomunita import randomness
from simcomunita.randomness import Chance
from tests.twins import assert_same_bits
from tests.twins import randomness as twins
from tests.twins.scenes import EVERYBODY, FEW

few = settings(max_examples=100, deadline=None)
seeds = st.integers(0, 2**63 - 1)
months = st.integers(-1, 60_000)
words = st.integers(0, 2**64 - 1).map(np.uint64)
people = st.lists(st.integers(0, 2**50), min_size=1, max_size=50)


@pytest.mark.parametrize("residents", [FEW, EVERYBODY])
@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_draws_are_those_of_the_twin(residents, seed):
    who = np.arange(residents)
    whom = np.random.default_rng(1).permutation(residents)
    chance, key = Chance(seed), twins.key_of(seed, "test.twin", 24193)
    assert_same_bits(chance.uniform("test.twin", 24193, who), twins.uniform(key, who))
    assert_same_bits(chance.uniform("test.twin", 24193, who, whom), twins.uniform_pair(key, who, whom))
    assert_same_bits(randomness.first_halves(key, residents), twins.first_halves(key, residents))


@given(words, st.integers(0, 2**62), st.integers(0, 2**62), st.integers(1, 2**31))
@few
def test_single_draws_are_those_of_the_twin(key, one, other, limit):
    assert randomness.mixed(key) == int(twins.mixed(key)[0])
    assert randomness.uniform(key, one) == twins.uniform(key, one)[0]
    assert randomness.uniform_pair(key, one, other) == twins.uniform_pair(key, one, other)[0]
    assert randomness.first_half(key, one) == int(twins.first_half(key, one)[0])
    half = twins.first_half(key, one)
    assert randomness.second_half(half[0], other) == twins.second_half(half, other)[0]
    drawn = randomness.below(key, one, limit)
    assert drawn == twins.below(key, one, limit)[0]
    assert 0 <= drawn < limit


@given(seeds, st.text(min_size=1, max_size=20), months)
@few
def test_keys_are_those_of_the_twin_however_often_they_are_asked_for(seed, purpose, month):
    chance = Chance(seed)
    assert chance.key(purpose, month) == twins.key_of(seed, purpose, month)
    chance.key(purpose + "x", month + 1)
    assert chance.key(purpose, month) == Chance(seed).key(purpose, month)
    assert chance.key(purpose, month).dtype == np.uint64


def test_a_key_is_the_same_after_thousands_of_others():
    chance = Chance(1)
    first = {month: chance.key("test.key", month) for month in range(5_000)}
    for _ in range(2):
        assert all(chance.key("test.key", month) == key for month, key in first.items())
        assert all(chance.key("test.key", month) == key for month, key in reversed(first.items()))
    assert len(set(first.values())) == 5_000


def test_the_draws_of_today_are_those_of_tomorrow():
    """Every published figure stands on these bits: a change of them must be meant."""
    keys = [
        Chance(0).key(""),
        Chance(1).key("erosion.meeting", 24193),
        Chance(1).key("erosion.meeting", 24194),
        Chance(2).key("erosion.meeting", 24193),
        Chance(2**63 - 1).key("mobility.household", -1),
    ]
    assert [f"{int(key):016x}" for key in keys] == [
        "932a9db60ab92780",
        "e57488694cc2802f",
        "850502f787a4ee93",
        "d7ac0ffe706419cf",
        "0039fb98d8169d31",
    ]
    chance = Chance(1)
    assert [float(u).hex() for u in chance.uniform("erosion.meeting", 24193, [0, 1, 66_736])] == [
        "0x1.4d38a468eae64p-1",
        "0x1.1508b5039842cp-1",
        "0x1.184434aea0fadp-1",
    ]
    pairs = chance.uniform("erosion.meeting", 24193, [0, 5, 66_736], [1, 3, 12])
    assert [float(u).hex() for u in pairs] == [
        "0x1.bed54b5561ea0p-3",
        "0x1.977d98fcc5238p-3",
        "0x1.954f2971828f0p-3",
    ]
    everybody = np.arange(100)
    assert chance.exactly(5, "test.frozen", 24193, everybody).tolist() == [2, 16, 39, 60, 86]
    assert chance.exactly(5, "test.frozen", 24193, everybody, everybody, turn=2).tolist() == [10, 19, 73, 80, 89]
    assert [chance.whole("test.frozen", month, 2.5, 7) for month in range(8)] == [2, 2, 3, 3, 3, 2, 2, 3]


@given(seeds, people, st.randoms(use_true_random=False))
@few
def test_a_draw_depends_neither_on_who_else_draws_nor_on_their_order(seed, who, shuffle):
    chance = Chance(seed)
    together = dict(zip(who, chance.uniform("test.order", 7, who), strict=True))
    shuffle.shuffle(who)
    some = who[: len(who) // 2 + 1]
    chance.uniform("test.other", 7, [3])
    assert chance.uniform("test.order", 7, some).tolist() == [together[i] for i in some]


@given(seeds, st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=50))
@few
def test_a_pair_draws_the_same_whoever_is_named_first(seed, pairs):
    one, other = np.array(pairs).T
    chance = Chance(seed)
    assert_same_bits(chance.uniform("test.pair", 1, one, other), chance.uniform("test.pair", 1, other, one))


def test_one_person_can_be_paired_with_many():
    chance, whom = Chance(3), np.arange(20)
    assert_same_bits(chance.uniform("test.pair", 1, 7, whom), chance.uniform("test.pair", 1, np.full(20, 7), whom))
    assert_same_bits(chance.uniform("test.pair", 1, whom, 7), chance.uniform("test.pair", 1, 7, whom))


def test_one_person_draws_what_they_would_draw_among_others():
    chance = Chance(3)
    assert chance.uniform("test.single", 1, 7).tolist() == [chance.uniform("test.single", 1, np.arange(9))[7]]
    assert chance.uniform("test.single", 1, np.empty(0, np.int64)).tolist() == []


@pytest.mark.parametrize("seed", [-1, 2**63, 2**64, -(2**63), float("nan"), float("inf")])
def test_chance_refuses_a_seed_out_of_range(seed):
    with pytest.raises(ValueError, match="whole number from 0"):
        Chance(seed)


def test_chance_refuses_a_seed_that_is_no_whole_number():
    with pytest.raises((TypeError, ValueError)):
        Chance(1.5)


@pytest.mark.parametrize("seed", [0, 2**63 - 1, np.int64(5), np.uint8(5)])
def test_chance_takes_every_seed_in_range(seed):
    assert Chance(seed).seed == seed
    assert Chance(seed).key("test") == Chance(int(seed)).key("test")


@pytest.mark.parametrize("seed", ["a", "1", None, 1.5, -1, 2**63])
def test_what_is_no_seed_is_refused(seed):
    with pytest.raises(ValueError, match="a seed is a whole number"):
        Chance(seed)
