from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcomunita.app.asking import Question
from simcomunita.app.assumptions import AS_USUAL, PRICES, Assumed, Assumption, assumptions
from simcomunita.app.choices import PRESETS
from simcomunita.app.funding import budget, dearer, funded, policies
from simcomunita.configuration import quantities
from simcomunita.experiment.wording import LANGUAGES
from simcomunita.scenario import Study

EIGHT, NONE = PRESETS["eight"].choice, PRESETS["none"].choice
anything = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers()))
some = st.deferred(lambda: st.sampled_from(list(assumptions().values())))


def figures(text: str) -> list[str]:
    """All figures of a text, however a language writes them."""
    return sorted(found.replace(",", ".").strip(".") for found in re.findall(r"\d[\d.,]*", text))


def test_ranges_and_sources_are_those_of_the_parameters_and_of_the_cost_book(study: Study) -> None:
    known = {one.key: one for one in quantities(study.history.parameters)}
    for key, one in assumptions().items():
        of = getattr(study.history.costs, key.removeprefix(PRICES)) if one.is_price else known[key]
        assert (one.values[0], one.values[-1]) == (of.low, of.high)
        assert one.source["en"].rstrip(".").lower() == of.source.rstrip(".").lower()


def test_an_italian_source_gives_the_same_figures_as_the_english_one_it_translates() -> None:
    for one in assumptions().values():
        assert figures(one.source["it"]) == figures(one.source["en"]), one.key


def test_every_assumption_says_everything_in_both_languages() -> None:
    for one in assumptions().values():
        for words in (one.label, one.unit, one.means, one.acts, one.source, one.assuming):
            assert all(words[lang].strip() for lang in LANGUAGES)
        assert all("{value}" in one.assuming[lang] for lang in LANGUAGES)
        assert all("{" not in Assumed.of({one.key: one.values[0]}).said(lang) for lang in LANGUAGES)


def test_what_is_calibrated_is_said_by_the_draws_and_a_price_by_the_book(study: Study) -> None:
    stopping = assumptions()["commitment.stopping"]
    assert study.drawn_from is not None
    drawn = [row["commitment.stopping"] for row in study.drawn_from.rows]
    assert stopping.drawn
    assert stopping.standard is None
    assert min(drawn) <= stopping.usual[0] < stopping.usual[1] < stopping.usual[2] <= max(drawn)
    facilitator = assumptions()["costs.facilitator"]
    assert facilitator.standard == study.history.costs.facilitator.value
    assert "37,000 euro a year" in facilitator.usual_text("en")
    assert "37.000 euro all'anno" in facilitator.usual_text("it")


@given(some, anything)
def test_the_nearest_of_anything_is_allowed_or_none_and_of_what_is_allowed_itself(
    one: Assumption, value: object
) -> None:
    nearest = one.nearest(value)
    assert nearest is None or (one.allows(nearest) and one.nearest(nearest) == nearest)


def test_the_nearest_is_near() -> None:
    stopping = assumptions()["commitment.stopping"]
    assert [stopping.nearest(value) for value in ("0.03", "0.085", "inf", -1, "nan", "often", True)] == [
        0.04,
        0.08,
        0.12,
        0.04,
        None,
        None,
        None,
    ]


def test_what_is_no_assumption_or_out_of_its_range_is_refused() -> None:
    with pytest.raises(ValueError, match="is no assumption"):
        Assumed.of({"asking.tie": 4.0})
    with pytest.raises(ValueError, match=r"the nearest is 0\.04"):
        Assumed.of({"commitment.stopping": 0.03})


def test_the_books_own_price_assumes_nothing_and_asks_the_very_same_question() -> None:
    same = Assumed.of({"costs.facilitator": 37_000, "costs.coordination": 0.1})
    assert same == AS_USUAL
    assert not same
    assert Question(assumed=same).key == Question().key
    otherwise = Assumed.of({"commitment.stopping": 0.05})
    assert otherwise.set("commitment.stopping", None) == AS_USUAL
    others = [
        AS_USUAL,
        otherwise,
        otherwise.set("commitment.stopping", 0.06),
        otherwise.set("costs.facilitator", 40_000),
    ]
    assert len({Question(assumed=one).key for one in others}) == len(others)


def test_equal_values_are_one_whatever_the_order() -> None:
    one = Assumed.of({"costs.facilitator": 40_000, "commitment.stopping": 0.05})
    other = Assumed.of({"commitment.stopping": 0.05, "costs.facilitator": 40_000.0})
    assert one == other
    assert Question(assumed=one).key == Question(assumed=other).key


def test_it_is_said_in_a_sentence_with_figures_as_each_language_writes_them() -> None:
    assumed = Assumed.of({"commitment.stopping": 0.04, "costs.facilitator": 42_000})
    assert assumed.said("en").startswith(
        "This holds assuming that of people who are tired and alone in it, 4 in 100 step back each month; "
        "that a full-time facilitator costs 42,000 euro a year."
    )
    assert "costi 42.000 euro all'anno" in assumed.said("it")
    assert AS_USUAL.said("en") == ""


def test_other_prices_make_dearer_what_is_in_force_and_nothing_else(study: Study) -> None:
    assumed = Assumed.of({"costs.facilitator": 42_000})
    eight, none = (dearer(policies(choice), assumed, study) for choice in (EIGHT, NONE))
    months = study.branch_at - study.history.start
    assert len(eight) == study.months
    assert (eight[:months] == none[:months]).all()
    assert eight[months - 1] > 0.0, "the project paid its facilitators, too"
    coordinated = 5_000 * (1 + study.history.costs.coordination.value)
    assert eight[-1] - none[-1] == pytest.approx(5 * 8 * coordinated)
    assert dearer(policies(EIGHT), Assumed.of({"commitment.stopping": 0.05}), study).tolist() == [0.0] * study.months


def test_the_money_set_aside_is_counted_at_assumed_prices(study: Study) -> None:
    assumed = Assumed.of({"costs.facilitator": 42_000})
    usual, own = budget(EIGHT, study), budget(EIGHT, study, assumed)
    assert own["facilitators"] - usual["facilitators"] == pytest.approx(8 * 5_000 * 1.1)
    assert own["places"] == usual["places"]
    assert funded(EIGHT, "en", study, assumed) != funded(EIGHT, "en", study)
