from __future__ import annotations

import math
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcomunita.experiment import wording
from simcomunita.experiment.costing import cost_measure
from simcomunita.months import parse_month
from simcomunita.outcomes import MEASURES


@pytest.mark.parametrize(
    ("value", "decimals", "lang", "written"),
    [
        (1234567.891, 1, "en", "1,234,567.9"),
        (1234567.891, 1, "it", "1.234.567,9"),
        (-0.04, 1, "en", "0.0"),
        (-12.0, 0, "en", "−12"),
        (math.nan, 0, "it", "–"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(
    value: float, decimals: int, lang: wording.Language, written: str
) -> None:
    assert wording.number(value, decimals, lang) == written


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_both_languages_write_the_same_number(value: float, decimals: int) -> None:
    english, italian = (wording.number(value, decimals, lang) for lang in wording.LANGUAGES)
    assert italian.replace(".", "").replace(",", ".") == english.replace(",", "")


def test_a_difference_has_a_sign_and_none_has_none() -> None:
    assert wording.number(3.0, 0, "en", sign=True) == "+3"
    assert wording.number(0.2, 0, "en", sign=True) == "0"


def test_months_are_written_out() -> None:
    assert wording.month_text(parse_month("2020-01"), "en") == "January 2020"
    assert wording.month_text(parse_month("2019-12"), "it") == "dicembre 2019"


def test_shares_are_per_cent_and_their_differences_percentage_points() -> None:
    assert wording.amount("isolated_share", 0.3651, "en") == "36.51 %"
    assert wording.change("isolated_share", -0.0012, "it", sign=True) == "−0,12 punti percentuali"


def test_every_phrase_says_the_same_in_both_languages() -> None:
    for key, phrases in wording._TEXTS.items():
        assert set(phrases) == set(wording.LANGUAGES)
        used = {lang: {name for _, name, _, _ in string.Formatter().parse(phrases[lang]) if name} for lang in phrases}
        assert used["en"] == used["it"], key


def test_every_unit_has_an_italian_name() -> None:
    assert {measure.unit for measure in MEASURES.values()} <= set(wording._UNITS_IT)
    assert wording.unit("active_now", "it") == "persone"


@pytest.mark.parametrize(
    ("scale", "said"),
    [(0.02, "Only 2 % of"), (0.125, "Only 12.5 % of"), (0.0005, "Only 0.05 % of"), (3.0, "3 times")],
)
def test_a_scale_is_said_as_one_says_it(scale: float, said: str) -> None:
    assert wording.scale_note(scale, "en").startswith(said)
    assert wording.scale_note(1.0, "en") == ""


@given(st.floats(-1e4, 1e4), st.floats(1e-2, 1e4), st.sampled_from(["active_now", "support_ties", "isolated_share"]))
def test_an_interval_that_is_wide_is_never_written_as_one_number(low: float, width: float, name: str) -> None:
    high = low + width
    digits = wording.more_digits(name, low + width / 2, low, high)
    written = [wording.amount(name, value, "en", more_digits=digits) for value in (low, high)]
    assert written[0] != written[1]


@given(st.floats(0.001, 1e4), st.floats(0.0, 0.99))
def test_a_clear_difference_is_never_written_as_none(mean: float, half: float) -> None:
    digits = wording.more_digits("active_now", mean, mean * (1 - half), mean * (1 + half))
    assert set(wording.amount("active_now", mean, "en", more_digits=digits)) & set("123456789")


def test_usual_differences_keep_the_digits_of_their_measure() -> None:
    assert wording.more_digits("active_now", 536.0, 523.0, 550.0) == 0
    assert wording.more_digits("active_now", 5.0, 5.0, 5.0) == 0
    assert wording.more_digits("active_now", 0.7, 0.55, 0.85) == 1
    assert wording.more_digits("active_now", 0.001, -50.0, 52.0) == 0


@pytest.mark.parametrize(
    ("count", "lang", "said"),
    [
        (0, "en", "none of 3 pairs"),
        (1, "en", "1 of 3 pairs"),
        (2, "en", "2 of 3 pairs"),
        (0, "it", "nessuna coppia su 3"),
        (1, "it", "1 coppia su 3"),
        (2, "it", "2 coppie su 3"),
    ],
)
def test_pairs_are_counted_as_one_counts(count: int, lang: wording.Language, said: str) -> None:
    assert wording.pairs_text(count, 3, lang) == said


@pytest.mark.parametrize(("years", "said"), [(1.0, "un anno"), (1.5, "1,5 anni"), (5.0, "5 anni")])
def test_years_are_counted_as_one_counts(years: float, said: str) -> None:
    assert wording.years_text(years, "it") == said


def test_few_pairs_are_warned_of() -> None:
    assert "only 4 pairs" in wording.few_note(4, "en")
    assert wording.few_note(5, "en") == wording.few_note(1, "it") == ""


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_every_measure_has_a_name(lang: wording.Language) -> None:
    assert all(wording.label(name, lang) for name in MEASURES)
    assert wording.label("something_new", lang) == "something new"


def test_scenarios_are_priced_by_what_is_spent_not_by_what_funders_give():
    """Of several measures in euro, whatever their order."""
    assert cost_measure(["further_funding_euro", "active_now", "cost_euro"]) == "cost_euro"
    assert cost_measure(["active_now"]) is None
