"""The Community place without a browser: what its lists are given, and what comes of what is chosen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from simcomunita.app import filming
from simcomunita.app.choices import Choice
from simcomunita.app.pages.community import Community
from simcomunita.app.state import State
from simcomunita.app.watching import Watched
from simcomunita.app.widgets.flows import Flows
from simcomunita.app.widgets.parts import Select
from simcomunita.app.widgets.people import People
from tests.app.invented import invented
from tests.app.pages.rendered import Page, closed


class Shelf:
    """Films that are there at once, and what was asked for."""

    def __init__(self) -> None:
        self.asked: list[Choice] = []
        self.film = invented()

    def wait(self, choice: Choice, cancel: threading.Event, assumed: filming.Values = ()) -> Watched:
        self.asked.append(choice)
        return self.film


def chosen(page: Page) -> list[str]:
    """What stands in the lists."""
    return [one.value for one in page.all(Select)]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    made = Shelf()
    monkeypatch.setattr(filming, "FILMS", made)
    return made


@pytest.fixture
def visit(shelf: Shelf) -> Iterator[Callable[..., Page]]:
    pages: list[Page] = []

    def visit(**values: Any) -> Page:
        pages.append(Page(Community, State(page="community", **values)))
        pages[-1].until(lambda: pages[-1].all(People))
        return pages[-1]

    yield visit
    for page in pages:
        page.rendered.close()


def test_a_state_shows_its_film_around_its_place_in_its_month(visit: Callable[..., Page], shelf: Shelf) -> None:
    page = visit(film="baseline", around="place:7", month="2018-05")
    assert shelf.asked == [State().baseline]
    assert chosen(page) == ["baseline", "town:3", "place:7"]
    assert page.all(Flows)[0].month == 28
    page.until(lambda: "neighbourhood 7, Calvisano" in page.all(People)[0].data["title"])


def test_nothing_that_was_made_is_made_anew_when_the_film_and_its_people_come(
    visit: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A browser makes a part while it learns that the part is gone, and complains.
    gone = closed(monkeypatch)
    page = visit()
    page.all(Select)[1].value = "town:4"
    page.until(lambda: "Carpenedolo" in page.all(People)[0].data["title"])
    assert gone == []


def test_what_is_chosen_moves_the_state_and_the_usual_is_left_out_of_it(visit: Callable[..., Page]) -> None:
    page = visit()
    assert chosen(page) == ["current", "town:1", "facilitator:1"]
    page.all(Select)[1].value = "town:4"
    assert page.states[-1].around == "town:4"
    page.all(Select)[2].value = "facilitator:4"
    assert page.states[-1].around == "facilitator:4"
    page.all(Select)[1].value = "town:1"
    page.all(Select)[2].value = "facilitator:1"
    assert page.states[-1] == page.states[0]


def test_the_month_at_which_a_film_rests_is_taken_and_what_is_no_month_of_it_is_not(
    visit: Callable[..., Page],
) -> None:
    page = visit()
    flows = page.all(Flows)[0]
    told = ({"kind": "month", "month": one} for one in ("2018-05", "1999-01", None, ["2018-06"]))
    for one in told:
        flows._handle_custom_msg(one, [])
    assert [state.month for state in page.states] == ["", "2018-05"]
    assert "month" not in flows.link
