from __future__ import annotations

import math

import pytest

from simcomunita.app.asking import COST, FINE, QUICK, Question
from simcomunita.app.levers import LEVERS
from simcomunita.app.pages import telling
from simcomunita.app.state import PRESETS, Choice, State
from simcomunita.experiment.figures import BASELINE_COLOUR, PAST_COLOUR, POLICY_COLOURS
from tests.app.standin import answer

EIGHT, NONE = PRESETS["eight"].choice, PRESETS["none"].choice
MONTHS = ("2016-02", "2020-01", "2024-12")


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_lever_is_shown_once_with_a_text_for_every_value_and_all_that_it_says_of_itself(language: str) -> None:
    shown = telling.levers(EIGHT, language)  # type: ignore[arg-type]
    levers = [lever for group in shown["groups"] for lever in group["levers"]]
    assert sorted(lever["key"] for lever in levers) == sorted(LEVERS)
    for lever in levers:
        assert len(lever["texts"]) == len(lever["values"]) > 1
        assert all(text.strip() for text in lever["texts"])
        assert len(lever["about"]) == 4
        assert all(term.strip() and said.strip() and "{" not in said for term, said in lever["about"])


def test_weights_are_said_as_the_share_of_hours_that_they_make_beside_the_others() -> None:
    choice = Choice.of(groups=3, cases=1, ties=2)
    shown = {one["key"]: one for group in telling.levers(choice, "en")["groups"] for one in group["levers"]}
    groups = shown["groups"]
    assert groups["texts"][groups["values"].index(3)] == "50 % of the hours"
    assert groups["texts"][groups["values"].index(0)] == "0 % of the hours"


def test_a_lever_that_is_let_go_moves_and_what_no_lever_is_moves_nothing() -> None:
    assert telling.moved(EIGHT, {"facilitators": 3, "": 12345})["facilitators"] == 3
    assert telling.moved(EIGHT, {"facilitators": 1e9})["facilitators"] == 16
    assert telling.moved(EIGHT, {"__class__": 1, "no_lever": "x"}) == EIGHT


def test_a_choice_is_called_by_its_presets_name_or_the_readers_own() -> None:
    assert telling.named(NONE, "it") == PRESETS["none"].label["it"]
    assert telling.named(Choice.of(facilitators=3), "it") == "La vostra scelta"


def test_past_baseline_and_choice_are_told_apart_by_colour_and_the_baseline_by_dashes_too() -> None:
    shown = telling.drawing(answer(Question(EIGHT, NONE), QUICK, 12), State(), "active_now")
    assert [line["colour"] for line in shown["lines"]] == [PAST_COLOUR, BASELINE_COLOUR, POLICY_COLOURS[0]]
    assert [line["dashed"] for line in shown["lines"]] == [False, True, False]
    assert shown["branch"] == 47


def test_a_choice_that_is_its_own_baseline_is_one_line() -> None:
    shown = telling.drawing(answer(Question(NONE, NONE), QUICK, 12), State(), "active_now")
    assert len(shown["lines"]) == 2


def test_money_is_a_years_money_from_the_parting_on_and_says_what_is_more() -> None:
    found = answer(Question(EIGHT, NONE), FINE, 8)
    said = {name: amount for name, amount, _ in telling.amounts(found, "en")}
    more = found.by_measure[COST].difference.mean / found.years
    assert said["A year, no facilitators"] == "0 euro"
    digits = said["More a year"].removesuffix(" euro").replace(",", "")
    assert math.isclose(float(digits), more, rel_tol=0.01)


def test_less_money_is_said_as_less_and_italian_as_italian() -> None:
    said = [name for name, _, _ in telling.amounts(answer(Question(NONE, EIGHT), FINE, 8), "it")]
    assert "In meno all'anno" in said
    assert "In più all'anno" not in said


def test_the_time_line_begins_with_the_project_and_ends_with_what_the_choice_is_compared_with() -> None:
    state = State(current=Choice.of({"from": "2022-01"}, facilitators=4), baseline=PRESETS["stop"].choice)
    rows = telling.time_line(state, MONTHS, "2019-09")["rows"]
    assert (rows[0]["kind"], rows[0]["first"], rows[0]["last"]) == ("history", 0, 43)
    four = rows[1]
    assert (four["name"], four["first"], four["last"]) == ("4 facilitators", 71, 106)
    assert four["dates"] == "January 2022 to December 2024"
    assert rows[-1]["kind"] == "nothing"
    assert "compared with" in rows[-1]["name"].lower()


def test_the_projects_end_is_read_from_its_policy() -> None:
    assert telling.project_end() == "2019-09"
