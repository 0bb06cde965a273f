"""Answers to many people's questions at once: the first at once, then better and better.

One `Answers` serves a whole server. Sessions ask from event loops of any thread; a thread of its own gives out the runs
to processes (`lanes`). What is asked twice, or by two, is run once. Which runs an answer stands on is a matter of the
question alone, so that it is the same whatever the order in which they came and the number of processes.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import threading
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol, Self

from simcomunita.app.asking import COST, MEASURES, QUICK, Answer, Question, Size
from simcomunita.app.assembling import assembled
from simcomunita.app.funding import dearer, policies, standard_study
from simcomunita.app.lanes import Lane
from simcomunita.app.living import Basis, Broken, Draw, Life, Task, posterior_draws
from simcomunita.app.tickets import MOST_PAIRS, Ticket, check_size
from simcomunita.app.unanswered import AnswerError, BusyError
from simcomunita.experiment.branching import said
from simcomunita.experiment.plan import community_model
from simcomunita.experiment.room import RESIDENT_BYTES, free_memory

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simcomunita.app.assumptions import Assumed
    from simcomunita.app.choices import Choice
    from simcomunita.experiment.plan import MakeModel
    from simcomunita.scenario import Study

MOST_OPEN = 64
"""Questions that are being answered at a time."""

MOST_KEPT = 6_000
"""Runs that are kept; the one that was not needed for longest goes first."""

KEPT_RESIDENTS = 1_200_000.0
"""Simulated residents of the histories that a process keeps, if memory allows: about those of one refined answer."""

_POLL = 0.1
"""Seconds after which it is asked again whether anybody still waits."""

PACE = 0.2
"""Seconds between two answers to a question, for each question that is open: drawing anew is the server's work, too."""

_TRIES = 2
"""How often a run is begun whose process dies."""


class Cancel(Protocol):
    """What says that nobody waits any more; a `threading.Event` or `asyncio.Event` is one."""

    def is_set(self) -> bool:
        """Whether it is so."""


class Answers:
    """Answers to questions, from processes that keep what they have lived; one for a whole server.

    Parameters
    ----------
    draws
        Draws of parameters, by full names, that pairs of runs take in turn; ``None`` among them are the parameters as
        configured. Not said: those of the posterior that the study draws from or, without one, as configured.
    study
        The history, months and prices; the workshop's own, if none is given.
    fund
        From a choice to policies.
    reprice
        From policies, what is assumed and the study to the money that assumed prices add, as `dearer` says it.
    make_model
        What makes a model.
    first
        The size of the first answer to every question.
    workers
        Processes for first answers; one less than there are processors, if not said, but at least 1. One more, which
        leaves the processors to them, works on answers of the whole territory.
    make_lane
        What makes a lane, from what `Lane` takes.
    most_open, most_kept
        Questions that are being answered at a time, and runs that are kept.
    pace
        Seconds between two answers to a question, for each question that is open; the first and the last never wait.
    """

    def __init__(
        self,
        draws: Sequence[Draw | None] | None = None,
        *,
        study: Study | None = None,
        fund: Callable[[Choice], tuple[Any, ...]] = policies,
        reprice: Callable[[tuple[Any, ...], Assumed, Any], NDArray[Any]] = dearer,
        make_model: MakeModel = community_model,
        first: Size = QUICK,
        workers: int | None = None,
        make_lane: Callable[..., Lane] = Lane,
        most_open: int = MOST_OPEN,
        most_kept: int = MOST_KEPT,
        pace: float = PACE,
    ) -> None:
        study = standard_study() if study is None else study
        drawn = posterior_draws(study, MOST_PAIRS) if draws is None else tuple(draws)
        self.basis = Basis(study, (*MEASURES, COST), drawn or (None,), make_model)
        self.first, self.most_open, self.most_kept, self.pace = first, most_open, most_kept, pace
        check_size(first, study.history.territory.residents)
        self._fund, self._reprice = fund, reprice
        number = _processors() - 1 if workers is None else workers
        kept = _residents_kept(max(number, 1) + 1)
        self._quick = [make_lane(self.basis, kept, patient=False) for _ in range(max(number, 1))]
        self._patient = [make_lane(self.basis, kept, patient=True)]
        self._lock = threading.Lock()
        self._tickets: list[Ticket] = []
        self._store: OrderedDict[Task, Life | Broken] = OrderedDict()
        self._tried: Counter[Task] = Counter()
        self._served: dict[str, int] = {}
        self._turn, self._names = itertools.count(1), itertools.count(1)
        self._closed = False
        self._news: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._give_out, name="answers", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- for sessions --

    async def ask(
        self, question: Question, cancel: Cancel | None = None, *, session: str | None = None
    ) -> AsyncIterator[Answer]:
        """Answer a question, better and better, until nothing is added any more.

        First come answers of the first size, from one pair of runs on, then those of the question's own. Nothing more
        comes when it is cancelled, when its session asks something else, or leaves.

        Parameters
        ----------
        cancel
            Looked at ten times a second.
        session
            Whose question it is: its newer question ends its older one. Without a name it is a session of its own.

        Raises
        ------
        BusyError
            If too many questions are being answered.
        AnswerError
            If no run of it comes to its end, or the server is closing.
        ConfigurationError
            If what is chosen cannot be funded.
        """
        loop, news = asyncio.get_running_loop(), asyncio.Event()

        def tell() -> None:
            with suppress(RuntimeError):  # the loop has ended, and with it the session
                loop.call_soon_threadsafe(news.set)

        ticket = self._opened(question, session, tell)
        more = []
        if question.assumed.prices:
            more = [self._reprice(funds, question.assumed, self.basis.study) for funds in ticket.policies]
        shown: tuple[int, int] | None = None
        quiet_until = 0.0
        try:
            while True:
                news.clear()
                with self._lock:
                    best, open_still = ticket.best(), ticket.open
                    asking = sum(not other.warm for other in self._tickets)
                if ticket.dropped or (cancel is not None and cancel.is_set()):
                    return
                newer = best is not None and best.mark != shown
                if best is not None and newer and (not open_still or loop.time() >= quiet_until):
                    shown, quiet_until = best.mark, loop.time() + self.pace * asking
                    yield assembled(question, best.size, self.basis, best.pairs, best.failed, more)
                    continue
                if not open_still:
                    break
                await _wait(news, None if cancel is None and not newer else _POLL)
            if shown is None and ticket.error is not None:
                raise AnswerError("broken", error=ticket.error)
        finally:
            self._close(ticket)

    def leave(self, session: str) -> None:
        """End what a session asked for; runs that were begun end and are kept."""
        with self._lock:
            mine = [ticket for ticket in self._tickets if ticket.session == session]
        for ticket in mine:
            self._close(ticket)

    def place(self, session: str) -> int:
        """How many others wait before a session for their first answer; 0 if it does not wait for one."""
        with self._lock:
            waiting = sorted((t for t in self._tickets if t.waits and not t.warm), key=self._rank)
            return next((i for i, ticket in enumerate(waiting) if ticket.session == session), 0)

    def warm(self, questions: Iterable[Question]) -> None:
        """Run first answers while nobody asks for anything.

        The first is run where first answers are, so that histories and baselines are there; the others by the patient
        lane, so that who asks meanwhile need not wait for the end of a run.
        """
        for at, question in enumerate(questions):
            self._opened(replace(question, size=self.first), None, lambda: None, warm=True, spare=at > 0)

    def idle(self) -> bool:
        """Whether nothing is being run or waits to be."""
        with self._lock:
            return not self._tickets and all(lane.busy is None for lane in self._lanes)

    def close(self) -> None:
        """End all work and all processes."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            tickets = list(self._tickets)
        for ticket in tickets:
            self._close(ticket)
        self._news.put(None)
        self._thread.join()
        for lane in self._lanes:
            lane.end()

    # -- tickets --

    @property
    def _lanes(self) -> list[Lane]:
        return [*self._quick, *self._patient]

    def _opened(
        self,
        question: Question,
        session: str | None,
        tell: Callable[[], None],
        *,
        warm: bool = False,
        spare: bool = False,
    ) -> Ticket:
        check_size(question.size, self.basis.study.history.territory.residents)
        baseline, current = self._fund(question.baseline), self._fund(question.choice)
        stages = [question.size] if question.size.scale <= self.first.scale else [self.first, question.size]
        older: list[Ticket] = []
        with self._lock:
            name = f" {next(self._names)}" if session is None else session
            older = [ticket for ticket in self._tickets if ticket.session == name]
            if self._closed:
                raise AnswerError("closed")
            if sum(not ticket.warm for ticket in self._tickets) - len(older) >= self.most_open:
                raise BusyError("busy")
            ticket = Ticket(question, name, stages, (baseline, current), tell, warm, spare)
            self._tickets.append(ticket)
            self._supply(ticket)
        for one in older:
            self._close(one)
        self._news.put(lambda: None)
        return ticket

    def _close(self, ticket: Ticket) -> None:
        with self._lock:
            ticket.open, ticket.dropped = False, True
            self._take_off(ticket)
        ticket.tell()

    def _take_off(self, ticket: Ticket) -> None:
        """Give out nothing more for a ticket; the lock is held."""
        if ticket in self._tickets:
            self._tickets.remove(ticket)
        if not any(other.session == ticket.session for other in self._tickets):
            self._served.pop(ticket.session, None)

    def _supply(self, ticket: Ticket) -> None:
        """Give a ticket all that is kept of what it needs; the lock is held."""
        while ticket.open:
            for task in ticket.missing():
                if task in self._store:
                    self._store.move_to_end(task)
                    ticket.take(task, self._store[task])
            if not ticket.advance():
                break
        if not ticket.open:
            self._take_off(ticket)

    # -- giving out runs, in a thread of its own --

    def _give_out(self) -> None:
        while (news := self._news.get()) is not None:
            news()
            for lane in self._lanes:
                while lane.busy is None and self._begun(lane):
                    pass

    def _begun(self, lane: Lane) -> bool:
        """Give a lane its next run; whether there was one."""
        with self._lock:
            found = None if self._closed else self._next(lane)
            if found is None:
                return False
            ticket, task = found
            self._served[ticket.session] = next(self._turn)
        try:
            future = lane.submit(task, ticket.policies_of(task))
        except (BrokenExecutor, RuntimeError) as error:
            self._died(lane, task, error)
            return True
        future.add_done_callback(lambda done: self._news.put(partial(self._ended, lane, task, done)))
        return True

    def _next(self, lane: Lane) -> tuple[Ticket, Task] | None:
        """Choose what a lane does next: of all questions the lowest pair that is missing, in turn; the lock is held.

        The patient lane first helps out where somebody waits for a first answer that nobody is working on.
        """
        begun = {other.busy for other in self._lanes}
        best: tuple[tuple[int, ...], Ticket, Task] | None = None
        for ticket in self._tickets:
            large = ticket.size.scale > self.first.scale
            helps = lane.patient and ticket.waits and not ticket.warm
            if (large or ticket.spare) != lane.patient and not helps:
                continue
            task = next((one for one in ticket.missing() if one not in begun), None)
            if task is None or (helps and not large and task.pair > 0):
                continue
            rank = (int(ticket.spare), int(lane.patient and large), int(ticket.warm), task.pair, *self._rank(ticket))
            if best is None or rank < best[0]:
                best = (rank, ticket, task)
        return None if best is None else best[1:]

    def _rank(self, ticket: Ticket) -> tuple[int, int]:
        return self._served.get(ticket.session, 0), self._tickets.index(ticket)

    def _ended(self, lane: Lane, task: Task, future: Future[Life | Broken]) -> None:
        try:
            result = future.result()
        except BrokenExecutor as error:
            self._died(lane, task, error)
            return
        except (CancelledError, Exception) as error:  # noqa: BLE001 - whatever it is, the others' runs go on
            result = Broken(said(error), lasting=False)
        lane.busy = None
        self._handed_out(task, result)

    def _died(self, lane: Lane, task: Task, error: BaseException) -> None:
        """Put another process in the place of one that died; what it did is tried once more."""
        lane.replace()
        self._tried[task] += 1
        if self._tried[task] >= _TRIES:
            self._handed_out(task, Broken(said(error), lasting=False))

    def _handed_out(self, task: Task, result: Life | Broken) -> None:
        with self._lock:
            self._tried.pop(task, None)
            if isinstance(result, Life) or result.lasting:
                self._store[task] = result
                while len(self._store) > self.most_kept:
                    self._store.popitem(last=False)
            told = [ticket for ticket in self._tickets if ticket.take(task, result)]
            for ticket in told:
                self._supply(ticket)
        for ticket in told:
            ticket.tell()


async def _wait(news: asyncio.Event, seconds: float | None) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await news.wait()


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _residents_kept(lanes: int) -> float:
    """How many residents of kept histories each process may hold: a quarter of the free memory over all, at most."""
    free = free_memory()
    return KEPT_RESIDENTS if free is None else min(free / 4 / RESIDENT_BYTES / lanes, KEPT_RESIDENTS)
