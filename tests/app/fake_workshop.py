"""A workshop on a community of three numbers, and a lane that does a run when it is told to."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fake_community import FakeModel, FakeStudy, Past, Spending, fake_model, slow_model

from simcomunita.app.answering import Answers
from simcomunita.app.asking import Answer, Question, Size
from simcomunita.app.choices import Choice
from simcomunita.app.living import Basis, Task, Worker

STUDY = FakeStudy()
FIRST, WHOLE = Size("quick", 0.5, 4), Size("fine", 1.0, 4)
NONE = Choice.of(facilitators=0)


def fund(choice: Choice) -> tuple[Spending, ...]:
    number = int(choice["facilitators"])
    return (Spending("helpers", 0.5 * number, 3_000.0 * number),) if number else ()


def asked(number: int, size: Size = FIRST) -> Question:
    return Question(Choice.of(facilitators=number), NONE, size)


def answers(**more: Any) -> Answers:
    more = {"study": STUDY, "fund": fund, "make_model": fake_model, "first": FIRST, "workers": 1, "pace": 0.0} | more
    return Answers(**more)


async def gathered(answers: Answers, question: Question, **more: Any) -> list[Answer]:
    return [answer async for answer in answers.ask(question, **more)]


def ask(answers: Answers, question: Question, **more: Any) -> list[Answer]:
    return asyncio.run(asyncio.wait_for(gathered(answers, question, **more), 120))


def surroundings(roll: Path) -> dict[str, str]:
    """The environment of a process that finds what this one finds, and whose slow models sign a roll."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "FAKE_ROLL": str(roll)}


@dataclass
class Bench:
    """All lanes of an `Answers` in this process; a run is done when `finish` says so, or at once."""

    at_once: bool = False
    begun: list[Task] = field(default_factory=list)
    waiting: list[tuple[Task, Callable[[], None]]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def lane(self, basis: Basis, most_residents: float, *, patient: bool) -> BenchLane:
        return BenchLane(self, Worker(basis, most_residents), patient)

    def until_begun(self, number: int) -> list[Task]:
        """Wait until so many runs were begun in all, and return them."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.begun) >= number, 60)
            return list(self.begun)

    def finish(self) -> Task:
        """Do the run that was begun first of those that wait."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.waiting, 60)
            task, done = self.waiting.pop(0)
        done()
        return task


class BenchLane:
    def __init__(self, bench: Bench, worker: Worker, patient: bool) -> None:
        self.bench, self.worker, self.patient = bench, worker, patient
        self.busy: Task | None = None
        self.replaced = 0

    def submit(self, task: Task, policies: tuple[Any, ...]) -> Future[Any]:
        self.busy = task
        future: Future[Any] = Future()

        def done() -> None:
            future.set_result(self.worker.live(task, policies))

        with self.bench.changed:
            self.bench.begun.append(task)
            if not self.bench.at_once:
                self.bench.waiting.append((task, done))
            self.bench.changed.notify_all()
        if self.bench.at_once:
            done()
        return future

    def replace(self) -> None:
        self.busy = None
        self.replaced += 1

    def end(self) -> None:
        self.busy = None


class DeadLane(BenchLane):
    """Its process dies with every run."""

    def submit(self, task: Task, policies: tuple[Any, ...]) -> Future[Any]:
        self.busy = task
        with self.bench.changed:
            self.bench.begun.append(task)
        future: Future[Any] = Future()
        future.set_exception(BrokenProcessPool("the process ended"))
        return future


class Fragile(FakeModel):
    """Breaks down with seed 2, where anybody helps."""

    def branch(self, policies: tuple[Spending, ...], name: str) -> FakeModel:
        if self.seed == 2 and policies:
            raise ZeroDivisionError("no helper left")
        return super().branch(policies, name)


def fragile_model(past: Past, seed: int, scale: float) -> FakeModel:
    return Fragile(past, seed, scale)


def hopeless_model(past: Past, seed: int, scale: float) -> FakeModel:
    raise OverflowError("too many people")


@dataclass(frozen=True)
class DyingOnce:
    """Takes its process with it, with seed 2, but only the first time: a file says that it did."""

    sign: Path

    def __call__(self, past: Past, seed: int, scale: float) -> FakeModel:
        if seed == 2 and not self.sign.exists():
            self.sign.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return FakeModel(past, seed, scale)


@dataclass(frozen=True)
class Known:
    """A posterior that knows one number a draw."""

    def values(self, draw: int) -> dict[str, float]:
        return {"known": float(draw)}


@dataclass(frozen=True)
class Doubted(FakeStudy):
    drawn_from: Known = Known()


if __name__ == "__main__":
    with answers(make_model=slow_model) as server:
        ask(server, asked(8, Size("fine", 1.0, 100)))
