from __future__ import annotations

import threading
from typing import Any

import pytest

from simcomunita.app import gathering
from simcomunita.app.choices import Choice
from simcomunita.app.gathering import MOST_NICKNAME, MOST_QUESTIONS, Gathering, Guess, SubmissionError, Topic

NONE = Choice.of(facilitators=0)
TOPIC = Topic(Choice(), NONE)


def topic(number: int) -> Topic:
    return Topic(Choice.of(facilitators=number), NONE)


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        "600",
        {},
        {"expected": 600},
        {"expected": -1, "verdict": "better"},
        {"expected": 2001, "verdict": "better"},
        {"expected": 1e99, "verdict": "better"},
        {"expected": 600.0, "verdict": "better"},
        {"expected": True, "verdict": "better"},
        {"expected": "600", "verdict": "better"},
        {"expected": 600, "verdict": "best"},
        {"expected": 600, "verdict": ["better"]},
        {"expected": 600, "verdict": "better", "email": "anna@example.org"},
    ],
)
def test_a_doctored_prediction_is_refused(told: Any) -> None:
    with pytest.raises(SubmissionError, match="refused guess"):
        Guess.of(told, 2000)


def test_a_prediction_is_a_number_and_a_verdict() -> None:
    assert Guess.of({"expected": 600, "verdict": "unclear"}, 2000) == Guess(600, "unclear")


@pytest.mark.parametrize(
    "nickname",
    ["", "   ", "x" * (MOST_NICKNAME + 1), "x" * 10**6, "<b>Anna</b>", "Anna;", "a\u202eb", "a\x00b", 7, None],
)
def test_what_is_no_nickname_is_refused_and_nothing_of_it_is_kept(nickname: Any) -> None:
    room = Gathering()
    with pytest.raises(SubmissionError, match="refused nickname"):
        room.offer("anna", nickname, Choice())
    assert room.offers() == ()


def test_a_nickname_may_have_accents_and_is_shown_with_single_spaces() -> None:
    room = Gathering()
    room.offer("one", "  Niccolò   D’Arco-2 ", Choice())
    assert room.offers()[0].nickname == "Niccolò D’Arco-2"


def test_everybody_has_one_choice_in_the_room_and_one_prediction_of_each_question() -> None:
    room = Gathering()
    for number in (3, 5):
        room.offer("anna", "Anna", Choice.of(facilitators=number))
        room.guess("anna", TOPIC, Guess(100 * number, "better"))
    assert [offer.choice["facilitators"] for offer in room.offers()] == [5]
    assert room.guesses(TOPIC) == (Guess(500, "better"),)


def test_who_takes_back_takes_back_nothing_of_anybody_else() -> None:
    room = Gathering()
    for who in ("anna", "bruno"):
        room.offer(who, who, Choice())
        room.guess(who, TOPIC, Guess(600, "better"))
    room.withdraw("anna")
    room.withdraw("carla")
    assert [offer.nickname for offer in room.offers()] == ["bruno"]
    assert room.guess_of("anna", TOPIC) is None
    assert room.guess_of("bruno", TOPIC) == Guess(600, "better")


def test_predictions_are_shown_in_an_order_that_tells_nothing_of_who_sent_them() -> None:
    room = Gathering()
    for who, number in (("anna", 900), ("bruno", 300), ("carla", 600)):
        room.guess(who, TOPIC, Guess(number, "better"))
    assert [guess.expected for guess in room.guesses(TOPIC)] == [300, 600, 900]


def test_a_full_room_takes_nobody_new_and_lets_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_PEOPLE", 2)
    room = Gathering()
    for who in ("anna", "bruno"):
        room.guess(who, TOPIC, Guess(600, "better"))
    with pytest.raises(SubmissionError, match="full room"):
        room.guess("carla", TOPIC, Guess(600, "better"))
    with pytest.raises(SubmissionError, match="full room"):
        room.offer("carla", "Carla", Choice())
    room.guess("anna", TOPIC, Guess(700, "worse"))
    assert room.guesses(TOPIC) == (Guess(600, "better"), Guess(700, "worse"))


def test_the_oldest_question_of_a_person_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_QUESTIONS", 3)
    assert MOST_QUESTIONS > 3
    room = Gathering()
    for number in (1, 2, 3, 1, 4):
        room.guess("anna", topic(number), Guess(600, "better"))
    assert {found.choice["facilitators"] for found in room.topics()} == {3, 1, 4}


def test_the_question_that_most_have_predicted_stands_first() -> None:
    room = Gathering()
    room.guess("anna", topic(2), Guess(600, "better"))
    for who in ("anna", "bruno"):
        room.guess(who, topic(9), Guess(600, "better"))
    assert [(one.choice["facilitators"], count) for one, count in room.topics().items()] == [(9, 2), (2, 1)]


def test_the_projector_removes_one_choice_or_empties_the_room() -> None:
    room = Gathering()
    for who in ("anna", "bruno"):
        room.offer(who, who, Choice())
        room.guess(who, TOPIC, Guess(600, "better"))
    room.remove(room.offers()[0].number)
    assert [offer.nickname for offer in room.offers()] == ["bruno"]
    room.empty()
    assert room.offers() == room.guesses(TOPIC) == ()


def test_only_the_token_that_was_made_for_this_room_leads_it() -> None:
    room, other = Gathering(), Gathering()
    assert room.leads(room.token)
    for token in (other.token, "", None, "è", room.token[:-1]):
        assert not room.leads(token)


def test_what_many_send_at_the_same_time_is_all_there() -> None:
    room = Gathering()

    def send(number: int) -> None:
        room.guess(str(number), TOPIC, Guess(number, "better"))
        room.offer(str(number), f"n {number}", Choice())

    threads = [threading.Thread(target=send, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [guess.expected for guess in room.guesses(TOPIC)] == list(range(40))
    assert len({offer.number for offer in room.offers()}) == 40


def test_what_the_runs_give_is_held_back_until_the_projector_shows_it_once() -> None:
    room, other = Gathering(), topic(3)
    assert not room.holds(TOPIC)
    room.ask(TOPIC)
    assert room.holds(TOPIC)
    assert not room.holds(other)
    seen = room.version
    room.show(TOPIC, True)
    assert room.version > seen
    assert (room.shows(TOPIC), room.holds(TOPIC)) == (True, False)
    room.ask(other)
    assert (room.shows(other), room.holds(other)) == (False, True)
    room.ask(TOPIC)
    assert room.shows(TOPIC)
    room.show(TOPIC, False)
    assert (room.shows(TOPIC), room.holds(TOPIC)) == (False, False), "what was seen stays seen"
    room.empty()
    assert room.holds(TOPIC), "others have come"


def test_a_second_projector_shows_its_own_question_and_no_other() -> None:
    room, other = Gathering(), topic(3)
    room.ask(TOPIC)
    room.ask(other)
    room.show(TOPIC, True)
    assert (room.shows(TOPIC), room.shows(other), room.holds(other)) == (True, False, True)
