"""Draws are spread evenly over [0, 1), along every part of their address and in every bit.

Seeds are fixed, so that a test that passes once passes always: limits are those that an honest generator passes with
near certainty and that a flaw worth speaking of fails.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from simcomunita.randomness import Chance

N = 100_000
SURELY = 1e-4
"""Level under which a departure from chance is no chance."""

MONTHS = range(24193, 24193 + 600)


def pairs(chance: Chance) -> np.ndarray:
    low, high = np.triu_indices(448, 1)
    return chance.uniform("test.pairs", 1, low + 60_000, high + 60_000)


ALONG = {
    "persons": lambda: Chance(1).uniform("test.persons", 24193, np.arange(N)),
    "far numbers": lambda: Chance(1).uniform("test.persons", 24193, np.arange(N) + (1 << 40)),
    "addresses": lambda: Chance(1).uniform("test.persons", 24193, np.arange(N) * 1024),
    "months": lambda: np.concatenate([Chance(s).uniform("test.months", m, 7) for s in (1, 2) for m in range(10_000)]),
    "purposes": lambda: np.concatenate([Chance(1).uniform(f"test.{k}", 24193, 7) for k in range(20_000)]),
    "seeds": lambda: np.concatenate([Chance(s).uniform("test.seeds", 24193, 7) for s in range(20_000)]),
    "pairs": lambda: pairs(Chance(1)),
    "pairs of one": lambda: Chance(1).uniform("test.pairs", 1, 12, np.arange(N) + 13),
    "pairs of neighbours": lambda: Chance(1).uniform("test.pairs", 1, np.arange(N), np.arange(N) + 1),
    "pairs over months": lambda: np.concatenate([Chance(1).uniform("test.pairs", m, 12, 13) for m in range(20_000)]),
}


@pytest.fixture(scope="module", params=ALONG)
def drawn(request):
    numbers = ALONG[request.param]()
    assert len(np.unique(numbers)) == len(numbers)
    return numbers


def test_draws_lie_in_the_unit_interval(drawn):
    assert drawn.min() >= 0
    assert drawn.max() < 1


def test_draws_follow_the_uniform_distribution(drawn):
    assert stats.kstest(drawn, "uniform").pvalue > SURELY


def test_draws_fall_evenly_into_256_cells(drawn):
    assert stats.chisquare(np.bincount((drawn * 256).astype(np.intp), minlength=256)).pvalue > SURELY


def test_the_lowest_bits_of_draws_are_even_too(drawn):
    lowest = (drawn * 2.0**53).astype(np.int64) & 255
    assert stats.chisquare(np.bincount(lowest, minlength=256)).pvalue > SURELY


def test_draws_that_follow_each_other_fall_evenly_into_a_square(drawn):
    cells = (drawn * 16).astype(np.intp)
    assert stats.chisquare(np.bincount(cells[:-1:2] * 16 + cells[1::2], minlength=256)).pvalue > SURELY


def test_draws_rise_and_fall_as_often_as_chance_has_it(drawn):
    """Runs up and down: (2 n - 1) / 3 are expected, with variance (16 n - 29) / 90 (Wald & Wolfowitz 1944)."""
    n = len(drawn)
    rises = np.diff(drawn) > 0
    runs = 1 + int((rises[1:] != rises[:-1]).sum())
    assert abs(runs - (2 * n - 1) / 3) < 4.5 * np.sqrt((16 * n - 29) / 90)


def test_departures_from_uniformity_are_themselves_uniform():
    """Neither too uneven nor too even: p-values over 600 months, of a thousand persons each, follow chance."""
    chance, who = Chance(1), np.arange(1_000)
    p = [stats.kstest(chance.uniform("test.again", month, who), "uniform").pvalue for month in MONTHS]
    assert stats.kstest(p, "uniform").pvalue > SURELY


def test_a_generator_with_a_slight_slope_would_not_pass():
    sloping = ALONG["persons"]() ** 1.02
    assert stats.kstest(sloping, "uniform").pvalue < SURELY
