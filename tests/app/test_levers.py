from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simcomunita.app.choices import PRESETS, Choice
from simcomunita.app.levers import HOURS, LEVERS, Lever, standard_costs
from simcomunita.experiment.wording import LANGUAGES
from simcomunita.months import month_name
from simcomunita.scenario import Study

levers = st.sampled_from(list(LEVERS.values()))
anything = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers()))


def test_every_lever_says_everything_in_both_languages() -> None:
    for lever in LEVERS.values():
        for words in (lever.label, lever.means, lever.acts, lever.costs, lever.source, *lever.options.values()):
            assert set(words) == set(LANGUAGES)
            assert all(words[lang].strip() for lang in LANGUAGES)
            assert words["en"] != words["it"]


def test_money_in_texts_is_that_of_the_cost_book() -> None:
    book = standard_costs()
    dearer = book.model_copy(update={"place": book.place.model_copy(update={"value": 12_345.0, "high": 20_000.0})})
    assert "12,345 euro a year" in LEVERS["places"].cost_text("en", dearer)
    assert "12.345 euro all'anno" in LEVERS["places"].cost_text("it", dearer)
    assert all("{" not in lever.cost_text(lang) for lever in LEVERS.values() for lang in LANGUAGES)


def test_months_of_levers_are_those_of_the_study(study: Study) -> None:
    for key in ("from", "until"):
        assert LEVERS[key].least == month_name(study.branch_at)
        assert LEVERS[key].most == month_name(study.until)


@given(levers, anything)
def test_the_nearest_of_anything_is_allowed_and_of_what_is_allowed_itself(lever: Lever, value: object) -> None:
    nearest = lever.nearest(value)
    assert lever.allows(nearest)
    assert lever.nearest(nearest) == nearest


def test_the_nearest_is_near() -> None:
    assert LEVERS["facilitators"].nearest(99) == 16
    assert LEVERS["facilitators"].nearest("-3") == 0
    assert LEVERS["facilitators"].nearest("inf") == 16
    assert LEVERS["calls"].nearest(7_400) == 5_000
    assert LEVERS["from"].nearest("1999-12") == "2020-01"
    assert LEVERS["from"].nearest("next year") == "2020-01"
    assert LEVERS["outreach"].nearest("../../etc/passwd") == LEVERS["outreach"].standard


def test_a_choice_that_moves_one_lever_keeps_the_others_and_is_always_possible() -> None:
    late = Choice().set("from", "2023-05").set("until", "2021-02")
    assert (late["from"], late["until"]) == ("2021-02", "2021-02")
    for key in HOURS:
        late = late.set(key, 0)
    assert sum(late.hours.values()) == 1.0
    assert late["facilitators"] == 8


def test_equal_values_are_one_choice_whatever_the_order() -> None:
    assert Choice.of(facilitators=3, calls=5_000) == Choice.of({"calls": 5_000, "facilitators": 3})
    assert len({preset.choice for preset in PRESETS.values()}) == len(PRESETS)
