"""The Community place without a browser: what its lists are given, and what comes of what is chosen."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import solara

from simcomunita.app import filming
from simcomunita.app.choices import Choice
from simcomunita.app.pages.community import Community
from simcomunita.app.state import State
from simcomunita.app.watching import Watched
from simcomunita.app.widgets.flows import Flows
from simcomunita.app.widgets.parts import Select
from simcomunita.app.widgets.people import People
from tests.app.invented import invented


class Shelf:
    """Films that are there at once, and what was asked for."""

    def __init__(self) -> None:
        self.asked: list[Choice] = []
        self.film = invented()

    def wait(self, choice: Choice, cancel: threading.Event, assumed: filming.Values = ()) -> Watched:
        self.asked.append(choice)
        return self.film


class Page:
    """The place, rendered for one visitor, and every state that it asked for."""

    def __init__(self, state: State) -> None:
        self.states = [state]

        @solara.component
        def Holder() -> None:  # noqa: N802
            shown, show = solara.use_state(state)

            def go(new: State) -> None:
                self.states.append(new)
                show(new)

            Community(shown, go)

        _, self.rendered = solara.render(Holder(), handle_error=False)
        self.until(lambda: bool(self.all(People)))

    def all(self, kind: type) -> list[Any]:
        return [one.widget for one in self.rendered.find(kind)]

    def chosen(self) -> list[str]:
        return [one.value for one in self.all(Select)]

    def until(self, what: Callable[[], bool]) -> None:
        end = time.monotonic() + 120
        while not what():
            assert time.monotonic() < end, "it never came to be"
            time.sleep(0.02)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    made = Shelf()
    monkeypatch.setattr(filming, "FILMS", made)
    return made


@pytest.fixture
def visit(shelf: Shelf) -> Iterator[Callable[..., Page]]:
    pages: list[Page] = []

    def visit(**values: Any) -> Page:
        pages.append(Page(State(page="community", **values)))
        return pages[-1]

    yield visit
    for page in pages:
        page.rendered.close()


def test_a_state_shows_its_film_around_its_place_in_its_month(visit: Callable[..., Page], shelf: Shelf) -> None:
    page = visit(film="baseline", around="place:7", month="2018-05")
    assert shelf.asked == [State().baseline]
    assert page.chosen() == ["baseline", "town:3", "place:7"]
    assert page.all(Flows)[0].month == 28
    page.until(lambda: "neighbourhood 7, Calvisano" in page.all(People)[0].data["title"])


def test_what_is_chosen_moves_the_state_and_the_usual_is_left_out_of_it(visit: Callable[..., Page]) -> None:
    page = visit()
    assert page.chosen() == ["current", "town:1", "facilitator:1"]
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
