"""Near-by keys give unrelated draws: no shifted copies, no correlation at any lag; every bit of an address counts."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from scipy import stats

from simcomunita.randomness import Chance
from tests.twins import randomness as twins

N = 100_000
MONTH = 24193
EVERYBODY = np.arange(N)

# Keys as near to each other as a run can make them.
NEAR = {
    "this": (1, "closure.who", MONTH),
    "a month later": (1, "closure.who", MONTH + 1),
    "two months later": (1, "closure.who", MONTH + 2),
    "a year later": (1, "closure.who", MONTH + 12),
    "the next seed": (2, "closure.who", MONTH),
    "the next seed, a month earlier": (2, "closure.who", MONTH - 1),
    "a far seed": (1 + (1 << 62), "closure.who", MONTH),
    "another step": (1, "closure.whom", MONTH),
    "a letter less": (1, "closure.wh", MONTH),
    "another letter": (1, "closure.whp", MONTH),
}


def correlation(one, other):
    """Pearson's, in standard deviations under independence."""
    return np.corrcoef(one, other)[0, 1] * np.sqrt(len(one))


@pytest.fixture(scope="module")
def singles():
    return {name: Chance(seed).uniform(purpose, month, EVERYBODY) for name, (seed, purpose, month) in NEAR.items()}


@pytest.fixture(scope="module")
def pairs():
    """Draws of pairs under the same keys: of one with everybody, and of everybody with the next."""
    return {
        (name, how): Chance(seed).uniform(purpose, month, one, other)
        for name, (seed, purpose, month) in NEAR.items()
        for how, one, other in (
            ("person 0", 0, EVERYBODY + 1),
            ("person 1", 1, EVERYBODY + 2),
            ("next", EVERYBODY, EVERYBODY + 1),
        )
    }


def reappearing(streams) -> int:
    """How many of the draws of several streams are there more than once."""
    together = np.concatenate(list(streams))
    return len(together) - len(np.unique(together))


def test_no_draw_of_one_key_reappears_under_another(singles):
    assert reappearing(singles.values()) == 0


def test_no_draw_of_a_pair_reappears_under_another_key_for_another_person_or_as_a_single_draw(singles, pairs):
    # The pair (0, 1) is both the first of person 0 and the first of those with the next; so is (1, 2).
    own = [drawn[2:] if how == "next" else drawn for (_, how), drawn in pairs.items()]
    assert reappearing([*singles.values(), *own]) == 0


def test_shifted_copies_would_be_found():
    """As small keys added to small positions would make them."""
    naive = [twins.unit(twins.mixed(EVERYBODY + key)) for key in (MONTH, MONTH + 1)]
    assert reappearing(naive) == N - 1


@pytest.mark.parametrize("lag", range(-3, 4))
def test_persons_near_each_other_draw_unrelated_numbers_under_near_keys(singles, lag):
    cut = N - abs(lag)
    for one, other in combinations(singles, 2):
        mine, theirs = singles[one][max(-lag, 0) :][:cut], singles[other][max(lag, 0) :][:cut]
        assert abs(correlation(mine, theirs)) < 4.5, (one, other)


@pytest.mark.parametrize("lag", [1, 2, 3, 64, 1024])
def test_persons_near_each_other_draw_unrelated_numbers_under_one_key(singles, pairs, lag):
    for name, drawn in (singles | pairs).items():
        assert abs(correlation(drawn[:-lag], drawn[lag:])) < 4.5, name


def test_draws_under_two_keys_fall_evenly_into_a_square(singles):
    p = []
    for one, other in combinations(singles.values(), 2):
        cells = (one * 16).astype(np.intp) * 16 + (other * 16).astype(np.intp)
        p.append(stats.chisquare(np.bincount(cells, minlength=256)).pvalue)
    assert len(p) == 45
    assert min(p) > 1e-4 / len(p)
    assert stats.kstest(p, "uniform").pvalue > 1e-4


def test_a_person_s_draws_over_months_and_seeds_are_unrelated():
    seeds = range(1, 41)
    over = np.array([[Chance(s).uniform("test.months", m, 7)[0] for m in range(250)] for s in seeds])
    for months, seeds_ in product(range(3), range(3)):
        if (months, seeds_) != (0, 0):
            here, there = over[: 40 - seeds_, : 250 - months], over[seeds_:, months:]
            assert abs(correlation(here.ravel(), there.ravel())) < 4.5


def test_a_pair_s_draw_is_unrelated_to_the_single_draws_of_its_members(singles, pairs):
    for (name, how), drawn in pairs.items():
        if how == "next":
            assert abs(correlation(drawn[:-1], singles[name][:-1])) < 4.5
            assert abs(correlation(drawn[:-1], singles[name][1:])) < 4.5
        else:
            assert abs(correlation(drawn[:-2], singles[name][2:])) < 4.5


def test_pairs_that_share_a_person_draw_unrelated_numbers(pairs):
    for name in NEAR:
        # (0, k) and (1, k)
        assert abs(correlation(pairs[name, "person 0"][1:], pairs[name, "person 1"][:-1])) < 4.5
    for one, other in combinations(pairs, 2):
        if one[0] != other[0]:
            assert abs(correlation(pairs[one][2:], pairs[other][2:])) < 4.5


def bits(drawn):
    """The 53 bits of each draw, a row a draw."""
    return ((drawn * 2.0**53).astype(np.int64)[:, None] >> np.arange(53)) & 1


def assert_half_turn(flips):
    """Every bit of a draw turns in half of all cases: rows of flips, by case and bit."""
    assert np.abs(flips.mean(axis=0) - 0.5).max() < 5 * 0.5 / np.sqrt(len(flips))


@pytest.mark.parametrize("bit", [0, 1, 2, 5, 9, 16, 23, 31, 40, 62])
def test_turning_one_bit_of_a_person_s_number_turns_every_bit_of_the_draw_half_the_time(bit):
    who = np.random.default_rng(1).integers(0, 2**62, 4_096)
    chance = Chance(1)
    before, after = (bits(chance.uniform("test.bits", MONTH, people)) for people in (who, who ^ (1 << bit)))
    assert_half_turn(before ^ after)


@pytest.mark.parametrize("bit", [0, 1, 2, 5, 9, 16, 23])
def test_turning_one_bit_of_either_member_turns_every_bit_of_a_pair_s_draw_half_the_time(bit):
    chance = Chance(1)
    low, high = np.random.default_rng(2).integers(0, 2**24, (2, 4_096))
    before = bits(chance.uniform("test.bits", MONTH, low, high + 2**24))
    assert_half_turn(before ^ bits(chance.uniform("test.bits", MONTH, low ^ (1 << bit), high + 2**24)))
    assert_half_turn(before ^ bits(chance.uniform("test.bits", MONTH, low, (high ^ (1 << bit)) + 2**24)))


def over_many(change, cases=512):
    """Turned bits of eight people's draws, over many seeds, when something in their address is changed."""
    who = np.arange(8)
    return np.concatenate(
        [
            bits(Chance(seed).uniform(purpose, month, who))
            ^ bits(Chance(new_seed).uniform(new_purpose, new_month, who))
            for seed, purpose, month in ((37 * k, f"test.{k}", MONTH + k) for k in range(cases))
            for new_seed, new_purpose, new_month in [change(seed, purpose, month)]
        ]
    )


@pytest.mark.parametrize("bit", [0, 1, 7, 20, 40, 61])
def test_turning_one_bit_of_the_seed_turns_every_bit_of_the_draw_half_the_time(bit):
    assert_half_turn(over_many(lambda seed, purpose, month: (seed ^ (1 << bit), purpose, month)))


@pytest.mark.parametrize("bit", [0, 1, 3, 7])
def test_turning_one_bit_of_the_month_turns_every_bit_of_the_draw_half_the_time(bit):
    assert_half_turn(over_many(lambda seed, purpose, month: (seed, purpose, month ^ (1 << bit))))


def test_one_letter_of_a_purpose_turns_every_bit_of_the_draw_half_the_time():
    assert_half_turn(over_many(lambda seed, purpose, month: (seed, purpose + "s", month)))
    assert_half_turn(over_many(lambda seed, purpose, month: (seed, "T" + purpose[1:], month)))


def test_no_two_addresses_of_a_long_study_share_a_key():
    purposes = ["closure.who", "closure.whom", "closure.wh", "erosion.meeting"]
    keys = {
        int(chance.key(purpose, month))
        for chance in map(Chance, range(20))
        for purpose in purposes
        for month in range(MONTH, MONTH + 200)
    }
    assert len(keys) == 20 * 4 * 200
