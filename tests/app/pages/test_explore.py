"""The place of levers without a browser: what its widgets are given, and what comes of what they give back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from simcomunita.app import desk
from simcomunita.app.assumptions import Assumed
from simcomunita.app.desk import Desk
from simcomunita.app.pages.explore import Explore
from simcomunita.app.state import PRESETS, Choice, State
from simcomunita.app.widgets.chart import Chart
from simcomunita.app.widgets.parts import Levers, Select, TimeLine
from tests.app.pages.rendered import Page, closed
from tests.app.standin import StandIn


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Page]]:
    own = Desk(StandIn)
    monkeypatch.setattr(desk, "DESK", own)
    pages: list[Page] = []

    def visit(**values: Any) -> Page:
        pages.append(Page(Explore, State(**values)))
        pages[-1].until(lambda: "Refined" in pages[-1].text() or "Stima accurata" in pages[-1].text())
        return pages[-1]

    yield visit
    for page in pages:
        page.rendered.close()
    own.close()


def test_no_part_of_the_page_is_made_anew_when_answers_come(
    visit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = closed(monkeypatch)
    assert visit().all(Chart)
    assert gone == []


def test_a_lever_that_is_let_go_moves_the_state_and_then_the_picture(visit: Callable[..., Page]) -> None:
    page = visit()
    before = page.last()
    page.all(Levers)[0].asked = {"facilitators": 12, "": 1}
    assert page.states[-1].current == Choice.of(facilitators=12)
    page.until(lambda: page.last() > before)


def test_both_pictures_the_money_and_the_time_line_are_there_in_the_readers_language(
    visit: Callable[..., Page],
) -> None:
    page = visit(language="it")
    assert [chart.data["file"] for chart in page.all(Chart)] == ["active_now", "citizens_reached"]
    assert page.all(TimeLine)[0].data["rows"][0]["name"] == "Il progetto"
    assert "euro in più all'anno" in page.text()
    assert "Altre misure" in page.text()


def test_another_baseline_is_taken_up(visit: Callable[..., Page]) -> None:
    page = visit()
    against = next(one for one in page.all(Select) if one.label == "Compared with")
    against.value = "places"
    assert page.states[-1].baseline == PRESETS["places"].choice


def test_what_the_second_picture_shows_is_part_of_the_state(visit: Callable[..., Page]) -> None:
    page = visit(second="groups_alive")
    assert page.all(Chart)[1].data["file"] == "groups_alive"
    second = [one for one in page.all(Select) if one.label == page.all(Select)[-1].label][-1]
    second.value = "cost_euro"
    assert page.states[-1] == State(second="cost_euro")


def test_an_answer_that_breaks_is_said(visit: Callable[..., Page]) -> None:
    page = visit()
    page.all(Levers)[0].asked = {"facilitators": 13}
    page.until(lambda: "could not be computed" in page.text())


def test_an_assumption_that_is_changed_is_said_changes_the_answer_and_is_taken_back(visit: Callable[..., Page]) -> None:
    page = visit()
    before = page.last()
    assert "This holds assuming that" not in page.text()
    sliders = page.all(Levers)[1]
    assert sliders.shown["values"]["spreading.example"] is None
    sliders.asked = {"spreading.example": 1.9, "": 1}
    assert page.states[-1].assumed == Assumed.of({"spreading.example": 1.9})
    page.until(lambda: page.last() > before)
    page.until(lambda: "makes it 190 % likelier that one begins, too" in page.text())
    page.until(lambda: "What is assumed (1 changed)" in page.text())
    page.until(lambda: any("190 %" in note for note in page.all(Chart)[0].data["notes"]))
    page.all(Levers)[1].asked = {"spreading.example": None, "": 2}
    assert page.states[-1] == page.states[0]
    page.until(lambda: page.last() == before)
    page.until(lambda: "This holds assuming that" not in page.text())


def test_an_assumed_price_stands_in_what_a_lever_costs_and_nonsense_from_a_browser_is_as_usual(
    visit: Callable[..., Page],
) -> None:
    page = visit(language="it")
    page.all(Levers)[1].asked = {"costs.facilitator": 42_000, "commitment.stopping": "<b>", "no.such": 1}
    assert page.states[-1].assumed == Assumed.of({"costs.facilitator": 42_000})

    def told() -> str:
        return str(page.all(Levers)[0].shown["groups"][0]["levers"][0]["about"])

    page.until(lambda: "42.000 euro per il facilitatore" in told())
    assert "46.200 euro" in told(), "with coordination"


def test_visitors_do_not_see_each_others_levers(visit: Callable[..., Page]) -> None:
    one, other = visit(), visit()
    one.all(Levers)[0].asked = {"facilitators": 2}
    assert one.all(Levers)[0].shown["values"]["facilitators"] == 2
    assert other.all(Levers)[0].shown["values"]["facilitators"] == 8
    assert len(other.states) == 1
