"""Predictions and the room without a browser: what widgets are given, and what comes of what they give back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import solara
import solara.lab

from simcomunita.app import desk
from simcomunita.app.desk import Desk
from simcomunita.app.gathering import DOORS, Gathering, Guess, Topic
from simcomunita.app.guarding import PROJECTOR
from simcomunita.app.pages.explore import Explore
from simcomunita.app.pages.room import Room, beside
from simcomunita.app.state import PRESETS, Choice, State
from simcomunita.app.widgets.chart import Chart
from simcomunita.app.widgets.workshop import Dots, Foresee, Name
from tests.app.pages.rendered import Page
from tests.app.standin import StandIn

TOPIC = Topic(Choice(), PRESETS["none"].choice)


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Page]]:
    own = Desk(StandIn)
    monkeypatch.setattr(desk, "DESK", own)
    pages: list[Page] = []

    def visit(place: Any, **values: Any) -> Page:
        pages.append(Page(place, State(**values)))
        return pages[-1]

    yield visit
    for page in pages:
        page.rendered.close()
    own.close()


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Gathering:
    made = Gathering("http://192.168.1.7:8765")
    monkeypatch.setattr(DOORS, "room", made)
    return made


@pytest.fixture
def projector(room: Gathering) -> Iterator[None]:
    solara.lab.cookies.value = {PROJECTOR: room.token}
    yield
    solara.lab.cookies.value = None


def test_the_answer_is_not_shown_before_the_prediction_and_stands_beside_it_afterwards(
    visit: Callable[..., Page],
) -> None:
    page = visit(Explore, predict=True)
    page.until(lambda: page.all(Foresee) and page.all(Foresee)[0].shown["start"])
    assert page.all(Chart) == []
    assert "better in" not in page.text()
    page.tell(Foresee, kind="guess", expected=600, verdict="better")
    page.until(lambda: "You expected 600 active citizens" in page.text())
    assert page.all(Foresee) == []
    page.until(lambda: len(page.all(Chart)) == 2)


def test_who_does_not_want_to_predict_sees_the_answer_alone(visit: Callable[..., Page]) -> None:
    page = visit(Explore, predict=True)
    page.tell(Foresee, kind="skip")
    page.until(lambda: page.all(Chart))
    assert "You expected" not in page.text()


def test_a_doctored_prediction_shows_nothing_and_reaches_no_room(visit: Callable[..., Page], room: Gathering) -> None:
    page = visit(Explore, predict=True, language="it")
    page.tell(Foresee, kind="guess", expected=10**9, verdict="better")
    page.until(lambda: page.all(Foresee)[0].shown["sorry"])
    page.tell(Foresee, kind="anything", expected=600, verdict="better")
    assert "Non è stato possibile" in page.all(Foresee)[0].shown["sorry"]
    assert room.guesses(TOPIC) == ()
    assert page.all(Chart) == []


def test_another_choice_is_predicted_anew(visit: Callable[..., Page]) -> None:
    page = visit(Explore, predict=True)
    page.tell(Foresee, kind="guess", expected=600, verdict="better")
    page.until(lambda: page.all(Chart))
    page.press("More places only")
    page.until(lambda: page.all(Foresee))
    assert page.all(Chart) == []


def test_in_a_room_the_answer_comes_to_phones_when_the_projector_shows_it(
    visit: Callable[..., Page], room: Gathering
) -> None:
    room.ask(TOPIC)
    page = visit(Explore, predict=True)
    assert page.all(Foresee)[0].shown["send"] == "Send what I expect"
    page.tell(Foresee, kind="guess", expected=600, verdict="better")
    page.until(lambda: "You expect 600 active citizens" in page.text() and not page.all(Foresee))
    assert room.guesses(TOPIC) == (Guess(600, "better"),)
    assert page.all(Chart) == []
    assert "better in" not in page.text()
    room.show(TOPIC, True)
    page.until(lambda: len(page.all(Chart)) == 2)
    assert "You expected 600 active citizens" in page.text()
    # The next question holds nothing back of this one.
    room.ask(Topic(PRESETS["places"].choice, PRESETS["none"].choice))
    page.press("More places only")
    page.until(lambda: page.all(Foresee))
    page.tell(Foresee, kind="guess", expected=100, verdict="worse")
    page.until(lambda: "You expect 100 active citizens" in page.text())
    page.press("Do not wait: show it to me now")
    page.until(lambda: page.all(Chart))


def test_what_the_room_does_not_ask_is_not_held_back(visit: Callable[..., Page], room: Gathering) -> None:
    room.ask(Topic(PRESETS["places"].choice, PRESETS["none"].choice))
    page = visit(Explore, predict=True)
    assert page.all(Foresee)[0].shown["send"] == "Show the answer"
    page.tell(Foresee, kind="guess", expected=600, verdict="better")
    page.until(lambda: page.all(Chart))
    # Nor is an answer that was seen, when the room comes to it afterwards.
    room.ask(TOPIC)
    page.press("More places only")
    page.until(lambda: page.all(Foresee))
    page.press("Eight")
    page.until(lambda: page.all(Chart))
    assert "You expect 600" not in page.text()


@pytest.mark.usefixtures("projector")
def test_the_wall_shows_no_answer_to_the_rooms_question_before_the_room_has_seen_it(
    visit: Callable[..., Page], room: Gathering
) -> None:
    room.ask(TOPIC)
    page = visit(Explore)
    assert "This is the room's question" in page.text()
    page.press("More places only")
    page.until(lambda: page.all(Chart))
    page.press("Eight")
    page.until(lambda: "This is the room's question" in page.text() and not page.all(Chart))
    page.press("Show what the runs give")
    page.until(lambda: page.all(Chart))
    assert not room.holds(TOPIC)


def test_who_takes_back_is_told_so_and_asked_again(
    visit: Callable[..., Page], room: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solara, "get_session_id", lambda: "anna")
    room.ask(TOPIC)
    page = visit(lambda state, go: (Explore(state, go), Room(state, go)), predict=True)
    page.tell(Foresee, kind="guess", expected=600, verdict="better")
    page.until(lambda: "You expected 600" in page.text() and "You expect 600" in page.text())
    page.press("Take back all that I sent")
    page.until(lambda: "has been taken back" in page.text() and "You expected 600" not in page.text())
    assert room.guesses(TOPIC) == ()
    page.until(lambda: page.all(Foresee))
    assert page.all(Chart) == []


def test_predictions_reach_the_room_and_one_page_never_changes_anothers(
    visit: Callable[..., Page], room: Gathering
) -> None:
    one, other = visit(Explore, predict=True), visit(Explore, predict=True)
    one.tell(Foresee, kind="guess", expected=600, verdict="better")
    other.tell(Foresee, kind="guess", expected=900, verdict="worse")
    assert room.guesses(TOPIC) == (Guess(600, "better"), Guess(900, "worse"))


def test_a_participant_sends_one_choice_and_sees_no_dots(visit: Callable[..., Page], room: Gathering) -> None:
    page = visit(Room, page="room", current=Choice.of(facilitators=5))
    page.tell(Name, kind="send", nickname="<script>")
    page.until(lambda: "1 to 20 letters" in page.text())
    assert room.offers() == ()
    page.tell(Name, kind="send", nickname="Anna")
    page.until(lambda: "Sent as Anna" in page.text())
    assert room.offers()[0].choice == Choice.of(facilitators=5)
    assert page.all(Dots) == []
    page.press("Take back all that I sent")
    assert room.offers() == ()


@pytest.mark.usefixtures("projector")
def test_the_projector_shows_predictions_and_choices_as_they_come(visit: Callable[..., Page], room: Gathering) -> None:
    page = visit(Room, page="room")
    assert page.all(Dots)[0].shown["dots"] == []
    room.guess("anna", TOPIC, Guess(600, "better"))
    room.offer("anna", "Anna", Choice.of(facilitators=5))
    page.until(lambda: page.all(Dots)[0].shown["dots"] == [[600, "better"]])
    assert page.all(Dots)[0].shown["band"] is None
    page.until(lambda: "Anna" in page.text())
    page.press("Show what the runs give")
    page.until(lambda: page.all(Dots)[0].shown["band"])
    assert room.shows(TOPIC)
    page.press("Open")
    assert page.states[-1].current == Choice.of(facilitators=5)
    assert page.states[-1].page == "explore"


def test_without_a_room_the_place_says_how_one_is_opened(visit: Callable[..., Page], monkeypatch: Any) -> None:
    monkeypatch.setattr(DOORS, "room", None)
    assert "--host 0.0.0.0" in visit(Room, page="room").text()


def test_choices_of_the_room_are_compared_under_names_of_their_own_four_at_most(room: Gathering) -> None:
    state: State | None = State()
    for number in range(5):
        room.offer(str(number), "Anna", Choice.of(facilitators=number))
    for offer in room.offers()[:4]:
        assert state is not None
        state = beside(state, offer)
    assert state is not None
    assert [one.name for one in state.scenarios] == ["Anna", "Anna 2", "Anna 3", "Anna 4"]
    assert beside(state, room.offers()[4]) is None
    assert State.from_query(state.to_query()) == (state, ())
