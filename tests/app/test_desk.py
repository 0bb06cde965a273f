from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from simcomunita.app.asking import FINE, QUICK, Question
from simcomunita.app.choices import Choice
from simcomunita.app.desk import Desk
from tests.app.standin import StandIn

THIRTEEN = Question(Choice.of(facilitators=13))


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk(StandIn)
    yield made
    made.close()


def test_answers_come_better_and_better(desk: Desk) -> None:
    told = desk.ask(Question(), threading.Event(), "one")
    runs = [(answer.whole, answer.runs) for answer in told if not isinstance(answer, int)]
    assert runs == [(False, 4), (False, QUICK.pairs), (True, FINE.pairs)]


def test_nothing_is_made_before_somebody_asks() -> None:
    made: list[StandIn] = []

    def make() -> StandIn:
        made.append(StandIn())
        return made[-1]

    desk = Desk(make)
    desk.leave("nobody")
    assert desk.place("nobody") == 0
    assert not made
    list(desk.ask(Question(), threading.Event(), "one"))
    list(desk.ask(Question(), threading.Event(), "two"))
    assert len(made) == 1
    desk.close()


def test_what_breaks_an_answer_reaches_who_asked_and_nobody_else(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError, match="thirteen"):
        list(desk.ask(THIRTEEN, threading.Event(), "one"))
    assert len(list(desk.ask(Question(), threading.Event(), "two"))) == 3


def test_who_waits_hears_how_many_are_served_first() -> None:
    class Crowded(StandIn):
        waiting = 2

        def place(self, session: str) -> int:
            return self.waiting

        async def ask(self, question: Question, cancel: threading.Event, *, session: str | None = None) -> Any:
            while not seen:
                await asyncio.sleep(0.01)
            async for answer in super().ask(question, cancel, session=session):
                yield answer

    seen: list[object] = []
    desk = Desk(Crowded)
    seen.extend(desk.ask(Question(), threading.Event(), "one"))
    assert seen[0] == 2
    assert [one for one in seen[1:] if isinstance(one, int)] == []
    desk.close()


def test_who_no_longer_waits_gets_no_further_answer(desk: Desk) -> None:
    cancel, seen = threading.Event(), []
    for answer in desk.ask(Question(), cancel, "one"):
        seen.append(answer)
        cancel.set()
    assert len(seen) == 1


def test_who_stops_listening_has_said_that_nobody_waits(desk: Desk) -> None:
    cancel = threading.Event()
    listening = desk.ask(Question(), cancel, "one")
    next(listening)
    listening.close()  # type: ignore[attr-defined]
    assert cancel.is_set()


def test_questions_from_many_threads_are_all_answered(desk: Desk) -> None:
    found: dict[int, int] = {}

    def ask(number: int) -> None:
        *_, last = desk.ask(Question(Choice.of(facilitators=number)), threading.Event(), str(number))
        assert not isinstance(last, int)
        found[number] = int(last.question.choice["facilitators"])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == {number: number for number in range(8)}
