from __future__ import annotations

import re

import pytest

from simcomunita.experiment import Comparison
from simcomunita.report.answer import answer, price_case

from .conftest import around, comparison_of

N = 12
MONEY = {"cost_euro": [0.0] * N}
DEARER = {"cost_euro": around(20_000, width=50)}


def of(base: list[float], *policies: list[float], money: bool = True, measure: str = "active_now") -> Comparison:
    """One measure in the baseline and in policies that cost 20,000 euro more."""
    finals = {"none": {measure: base, **({"cost_euro": [0.0] * len(base)} if money else {})}}
    for name, values in zip(("helped", "taught", "paid"), policies, strict=False):
        cost = {"cost_euro": [20_000.0 + 10 * i for i in range(len(base))]} if money else {}
        finals[name] = {measure: values, **cost}
    return comparison_of(finals)


EVEN = [100.0 + i for i in range(N)]
CASES = {
    "rise": of(EVEN, around(150)),
    "fall": of(EVEN, around(50)),
    "unclear": of(EVEN, [101.0 + i + (-1) ** i * 30 for i in range(N)]),
    "equal": of(EVEN, EVEN),
    "one pair": of([100.0], [150.0]),
    "three pairs": of([100.0, 101.0, 102.0], [150.0, 149.0, 155.0]),
    "no money": of(EVEN, around(150), money=False),
    "share": of([0.2] * N, around(0.1, width=0.01), measure="isolated_share"),
    "two apart": of(EVEN, around(150), around(200, width=3)),
    "two not apart": of(EVEN, around(150, width=3), [150.5 + (-1) ** i * 9 for i in range(N)]),
    "two the same": of(EVEN, around(150), around(150)),
    "none better": of(EVEN, around(50), around(60)),
    "three": of(EVEN, around(150), around(200), around(120)),
    "cheaper": comparison_of(
        {
            "none": {"active_now": EVEN, "cost_euro": around(9000, width=9)},
            "helped": {"active_now": around(150), "cost_euro": around(5000, width=5)},
        }
    ),
    "cost unclear": comparison_of(
        {
            "none": {"active_now": EVEN, "cost_euro": [5000.0] * N},
            "helped": {"active_now": around(150), "cost_euro": around(5000, width=900)},
        }
    ),
    "draws": comparison_of(
        {
            "none": {"active_now": EVEN, "cost_euro": [0.0] * N},
            "helped": {"active_now": around(150), "cost_euro": around(20_000, width=50)},
        },
        draws=[1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6],
    ),
    "enlarged": comparison_of(
        {"none": {"active_now": EVEN, **MONEY}, "helped": {"active_now": around(150), **DEARER}}, scale=2.0
    ),
}


@pytest.mark.parametrize("lang", ["en", "it"])
@pytest.mark.parametrize("case", CASES)
def test_the_answer_is_three_whole_sentences(case: str, lang: str) -> None:
    sentences = answer(CASES[case], lang)
    assert len(sentences) == 3
    for sentence in sentences:
        assert sentence[0].isupper() or sentence[0] in "“«"
        assert sentence.endswith(".")
        assert not re.search(r"[.!?]\s", sentence), "one sentence, not two"
        assert not re.search(r"\bnan\b|\{|\}|  |\(it\)\w|–", sentence)


def test_a_clear_rise_is_told_with_its_interval_its_pairs_and_its_price() -> None:
    what, money, _ = answer(CASES["rise"], "en")
    found, each = CASES["rise"].difference("active_now"), CASES["rise"].price("active_now")
    assert f"{found.mean:.0f} more active citizens" in what
    assert f"between {found.low:.0f} and {found.high:.0f}; more in 12 of 12 pairs" in what
    assert f"about {each.each:.0f} euro (between {each.low:.0f} and {each.high:.0f})" in money
    assert "over 2 years" in money


def test_italian_says_the_same_numbers_as_italian_writes_them() -> None:
    what, money, _ = answer(CASES["rise"], "it")
    assert "cittadini attivi in più a fine dicembre 2021" in what
    assert "costa 10.000 euro in più all'anno" in money.lower()


def test_a_fall_has_no_price() -> None:
    what, money, _ = answer(CASES["fall"], "en")
    assert "fewer active citizens" in what
    assert "has no price" in money
    assert "for each one more counted" not in money


def test_what_cannot_be_told_is_not_told() -> None:
    what, money, _ = answer(CASES["unclear"], "en")
    assert "cannot tell a rise from a fall" in what
    assert "cannot be said" in money


def test_no_difference_is_called_none() -> None:
    what, money, _ = answer(CASES["equal"], "en")
    assert "no difference at all" in what
    assert "does not change" in money


def test_without_a_count_of_money_no_cost_is_named() -> None:
    _, money, _ = answer(CASES["no money"], "en")
    assert "cannot be said" in money
    assert not re.search(r"\d", money)


def test_one_pair_has_neither_interval_nor_price() -> None:
    what, money, ground = answer(CASES["one pair"], "en")
    assert "no interval" in what
    assert "cannot be said from one pair" in money
    assert "a single pair" in ground


def test_three_pairs_are_called_too_few() -> None:
    assert "3 pairs of simulated runs, too few to rely on" in answer(CASES["three pairs"], "en")[2]
    assert "too few" not in answer(CASES["rise"], "en")[2]


def test_of_several_policies_the_best_and_the_next_are_named_and_told_apart_if_they_can_be() -> None:
    what, money, _ = answer(CASES["two apart"], "en")
    assert "“Taught” does most" in what
    assert "next comes “Helped”, and these runs tell the two apart" in what
    assert money.index("“Taught” costs") < money.index("“Helped” costs")
    assert "cannot tell the two apart" in answer(CASES["two not apart"], "en")[0]
    assert "come out the same in every pair" in answer(CASES["two the same"], "en")[0]


def test_where_no_policy_does_better_none_is_called_best() -> None:
    what, _, _ = answer(CASES["none better"], "en")
    assert what.startswith("Neither of the two policies does clearly better")
    assert "does most" not in what


def test_less_isolation_is_better() -> None:
    both = of([0.2] * N, around(0.15, width=0.001), around(0.25, width=0.001), measure="isolated_share")
    assert "“Helped” does most" in answer(both, "en")[0]


def test_draws_are_said_to_hold_what_is_not_known_of_the_parameters_and_fixed_ones_not_to() -> None:
    assert "6 draws of the parameters, so that the intervals hold" in answer(CASES["draws"], "en")[2]
    assert "whose own uncertainty the intervals leave out" in answer(CASES["rise"], "en")[2]


def test_a_part_of_the_residents_is_named_in_every_sentence_with_counts(several: Comparison) -> None:
    what, money, ground = answer(several, "en")
    assert "25 % of the residents" in what
    assert "smaller model" in money
    assert "25 % of the residents" in ground


def test_other_measures_that_stay_open_are_named(several: Comparison) -> None:
    assert "for “people to count on” these runs cannot tell a rise from a fall" in answer(several, "en")[2]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("rise", "price"),
        ("fall", "fewer"),
        ("unclear", "unclear"),
        ("equal", "unchanged"),
        ("one pair", "one pair"),
        ("cheaper", "cheaper"),
        ("cost unclear", "cost open"),
        ("no money", "uncounted"),
    ],
)
def test_a_price_is_named_only_where_more_is_had_for_more(case: str, expected: str) -> None:
    assert price_case(CASES[case], "active_now", "helped") == expected
