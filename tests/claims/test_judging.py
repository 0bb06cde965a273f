from __future__ import annotations

import math

import numpy as np
import pytest

from simcomunita.claims.judging import FEWEST_DRAWS, NAMES, RULE, Verdict, judged, weakest

MATTERS = 0.05
QUIET = 0.0001
"""Variance by chance, small against what the draws below differ by."""


def around(mean: float, spread: float, draws: int = 24) -> np.ndarray:
    """Effects with exactly this mean, evenly spread to both sides."""
    return mean + spread * np.linspace(-1.0, 1.0, draws)


def verdict(effects: np.ndarray, noise: float = QUIET, matters: float = MATTERS) -> Verdict:
    return judged(effects, noise, matters).verdict


def test_a_clear_effect_in_most_draws_is_borne_out():
    assert verdict(around(0.30, 0.10)) == Verdict.BORNE_OUT


def test_the_same_effect_in_the_other_direction_is_not_borne_out():
    assert verdict(around(-0.30, 0.10)) == Verdict.NOT_BORNE_OUT


def test_no_effect_at_all_is_not_borne_out():
    assert verdict(np.zeros(24), noise=0.0) == Verdict.NOT_BORNE_OUT


def test_an_effect_that_is_everywhere_but_too_small_to_matter_is_not_borne_out():
    finding = judged(around(0.02, 0.005), QUIET, MATTERS)
    assert finding.holds == 1.0
    assert finding.verdict == Verdict.NOT_BORNE_OUT


def test_an_effect_that_is_there_but_may_be_too_small_is_mixed():
    effects = around(0.045, 0.04)
    finding = judged(effects, noise=1.0, matters=MATTERS)
    assert finding.low > 0.0
    assert finding.mean < MATTERS < finding.high
    assert finding.verdict == Verdict.MIXED


def test_a_clear_mean_with_too_few_draws_in_its_direction_is_mixed():
    effects = np.array([0.9] * 14 + [-0.05] * 10)
    finding = judged(effects, QUIET, MATTERS)
    assert finding.low > 0.0
    assert finding.holds < 0.75
    assert finding.verdict == Verdict.MIXED


def test_draws_that_truly_differ_make_a_mean_of_nothing_mixed():
    assert verdict(around(0.0, 0.6)) == Verdict.MIXED


def test_draws_that_differ_by_chance_alone_cannot_tell():
    effects = around(0.0, 0.6)
    assert verdict(effects, noise=float(effects.var(ddof=1))) == Verdict.CANNOT_TELL


def test_unknown_chance_does_not_count_as_a_true_difference():
    finding = judged(around(0.0, 0.6), math.nan, MATTERS)
    assert math.isnan(finding.differ)
    assert finding.verdict == Verdict.CANNOT_TELL


def test_some_draws_that_clearly_hold_keep_a_claim_from_being_dismissed():
    effects = np.array([0.30] * 7 + [-0.40] * 17)
    assert judged(effects, QUIET, MATTERS).high < MATTERS
    assert verdict(effects) == Verdict.MIXED
    assert verdict(effects, noise=float(effects.var(ddof=1))) == Verdict.NOT_BORNE_OUT
    assert verdict(np.array([0.30] * 5 + [-0.40] * 19)) == Verdict.NOT_BORNE_OUT


@pytest.mark.parametrize("known", [0, 1, 2, FEWEST_DRAWS - 1])
def test_too_few_draws_cannot_tell_however_clear_they_are(known: int):
    effects = np.full(24, math.nan)
    effects[:known] = 0.5
    finding = judged(effects, QUIET, MATTERS)
    assert (finding.verdict, finding.draws) == (Verdict.CANNOT_TELL, known)
    assert math.isnan(finding.mean) == (known < 2)


def test_as_many_draws_as_are_asked_for_are_enough():
    assert verdict(np.full(FEWEST_DRAWS, 0.5)) == Verdict.BORNE_OUT


def test_draws_that_tell_nothing_are_left_out_not_counted_against():
    effects = np.concatenate([around(0.30, 0.10, 20), [math.nan] * 4])
    finding = judged(effects, QUIET, MATTERS)
    assert (finding.holds, finding.draws, finding.verdict) == (1.0, 20, Verdict.BORNE_OUT)


def test_the_same_effect_in_every_draw_has_an_interval_of_no_width():
    finding = judged(np.full(24, 0.25), QUIET, MATTERS)
    assert (finding.low, finding.mean, finding.high) == (0.25, 0.25, 0.25)


def test_an_effect_exactly_as_large_as_matters_is_enough():
    assert verdict(np.full(24, MATTERS)) == Verdict.BORNE_OUT


def test_the_interval_is_students_over_draws():
    stats = pytest.importorskip("scipy.stats")
    effects = np.random.default_rng(3).normal(0.1, 0.2, 24)
    finding = judged(effects, QUIET, MATTERS)
    low, high = stats.t.interval(0.95, 23, effects.mean(), stats.sem(effects))
    assert (finding.low, finding.high) == pytest.approx((low, high))


@pytest.mark.parametrize("verdicts", [[v, Verdict.BORNE_OUT] for v in Verdict])
def test_a_claim_is_as_strong_as_its_weakest_part(verdicts: list[Verdict]):
    assert weakest(verdicts) == verdicts[0]
    assert weakest(verdicts[::-1]) == verdicts[0]


def test_every_verdict_has_a_name_and_stands_in_the_rule_in_both_languages():
    assert set(NAMES) == set(Verdict)
    for lang in ("en", "it"):
        assert all(NAMES[one][lang] in RULE[lang].replace("\n   ", " ") for one in Verdict)


def test_numbers_of_seeds_that_tell_apart_chance_from_parameters():
    finding = judged(around(0.0, 0.6), 0.01, MATTERS)
    assert finding.differ == pytest.approx(around(0.0, 0.6).var(ddof=1) / 0.01)
