"""Where a page asks its questions: one desk for the whole server, behind it the processes that simulate.

`Answers` lives in an event loop of its own, so that it does not matter from which thread, and for which visitor, a
question comes.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from simcomunita.app.asking import Answer, Question


class Answering(Protocol):
    """What answers questions, as `simcomunita.app.answering.Answers` does."""

    def ask(self, question: Question, cancel: threading.Event, *, session: str | None = None) -> AsyncIterator[Answer]:
        """Answer better and better."""

    def leave(self, session: str) -> None:
        """Forget a session."""

    def place(self, session: str) -> int:
        """How many are served first."""

    def warm(self, questions: Iterable[Question]) -> None:
        """Prepare answers while nobody asks."""

    def close(self) -> None:
        """End all work."""


@dataclass(frozen=True)
class _End:
    """An answer's end, with what broke it, if anything did."""

    error: Exception | None = None


class Desk:
    """Takes questions from any thread.

    Parameters
    ----------
    make
        Makes what answers, inside the desk's own event loop, when the first question comes.
    """

    def __init__(self, make: Callable[[], Answering]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._answers: Answering | None = None

    def warm(self, questions: Iterable[Question]) -> None:
        """Prepare answers while nobody asks, so that the first visitor waits no longer than the others."""
        asyncio.run_coroutine_threadsafe(self._warmed(tuple(questions)), self._running())

    async def _warmed(self, questions: tuple[Question, ...]) -> None:
        self._made().warm(questions)

    def ask(self, question: Question, cancel: threading.Event, session: str) -> Iterator[Answer | int]:
        """Give answers as they come, until the last, or until nobody waits any more.

        Before the first answer it tells how many others are served first, whenever that changes.

        Raises
        ------
        Exception
            Whatever broke the answer.
        """
        loop = self._running()
        heard: queue.SimpleQueue[Answer | _End] = queue.SimpleQueue()
        asked = asyncio.run_coroutine_threadsafe(self._asked(question, cancel, session, heard.put), loop)
        ahead: int | None = 0
        try:
            while not cancel.is_set():
                try:
                    told = heard.get(timeout=0.2)
                except queue.Empty:
                    if ahead is not None and (now := self.place(session)) != ahead:
                        ahead = now
                        yield ahead
                    continue
                ahead = None
                if isinstance(told, _End):
                    if told.error is not None:
                        raise told.error
                    return
                yield told
        except GeneratorExit:
            cancel.set()  # whoever stops listening no longer waits
            raise
        finally:
            asked.cancel()

    async def _asked(
        self, question: Question, cancel: threading.Event, session: str, tell: Callable[[Answer | _End], None]
    ) -> None:
        try:
            async for answer in self._made().ask(question, cancel, session=session):
                tell(answer)
            tell(_End())
        except Exception as error:  # noqa: BLE001 - handed on to who asked, in another thread
            tell(_End(error))

    def _made(self) -> Answering:
        # Only the desk's own loop comes here, so that there is never a second one.
        if self._answers is None:
            self._answers = self._make()
        return self._answers

    def place(self, session: str) -> int:
        """How many are served before a session."""
        return 0 if self._answers is None else self._answers.place(session)

    def leave(self, session: str) -> None:
        """Forget a session whose page was closed."""
        with self._lock:
            loop, answers = self._loop, self._answers
        if loop is not None and answers is not None:
            loop.call_soon_threadsafe(answers.leave, session)

    def close(self) -> None:
        """End all work."""
        with self._lock:
            loop, self._loop = self._loop, None
            answers, self._answers = self._answers, None
        if loop is None:
            return
        if answers is not None:
            answers.close()
        loop.call_soon_threadsafe(loop.stop)

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=_run, args=(self._loop,), name="desk", daemon=True).start()
            return self._loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
    finally:
        # What was asked in the last moment begins, and all that still waits is ended, so that nothing is left behind.
        loop.run_until_complete(asyncio.sleep(0))
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left))
        loop.close()


def _answers() -> Answering:
    from simcomunita.app.answering import Answers

    return Answers()


DESK = Desk(_answers)
"""The server's own. What a session asked is not kept here."""
