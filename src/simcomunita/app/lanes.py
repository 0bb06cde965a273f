"""Processes that each do one thing at a time, and always the same histories, so that these need be lived only once."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, TypeVar

from simcomunita.app.living import Basis, Broken, Life, Task, Worker
from simcomunita.experiment.running import on_a_leash

if TYPE_CHECKING:
    from simcomunita.policy import Policy

T = TypeVar("T")

_worker: Worker | None = None
"""The one of this process, if it is a worker's; it knows of no session."""


class Lane:
    """One process. It is started when it first has something to do, and another takes its place when it dies.

    Parameters
    ----------
    most_residents
        How many simulated residents the histories that it keeps may have together.
    patient
        Whether it leaves the processor to others while they need it.
    """

    def __init__(self, basis: Basis, most_residents: float, *, patient: bool = False) -> None:
        self.basis, self.most_residents, self.patient = basis, most_residents, patient
        self.busy: Task | None = None
        self._executor: ProcessPoolExecutor | None = None
        self._hand: Connection | None = None

    def submit(self, task: Task, policies: tuple[Policy, ...]) -> Future[Life | Broken]:
        """Give it a task.

        Raises
        ------
        concurrent.futures.BrokenExecutor
            If its process has died; so does the future, if it dies meanwhile. See `replace`.
        """
        executor = self._begun()
        self.busy = task
        return executor.submit(_live, task, policies)

    def work(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Let it do something else than a run, after what it does now.

        Raises
        ------
        concurrent.futures.BrokenExecutor
            As of `submit`.
        """
        return self._begun().submit(function, *arguments)

    def _begun(self) -> ProcessPoolExecutor:
        if self._executor is None:
            context = multiprocessing.get_context("spawn")
            leash, self._hand = context.Pipe(duplex=False)
            arguments = (leash, self.basis, self.most_residents, self.patient)
            self._executor = ProcessPoolExecutor(1, context, _begin, arguments)
        return self._executor

    def replace(self) -> None:
        """Forget the process; the next task starts another."""
        self.end()

    def end(self) -> None:
        """End the process at once, whatever it does."""
        if self._hand is not None:
            self._hand.close()
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._hand = self.busy = None


def _begin(leash: Connection, basis: Basis, most_residents: float, patient: bool) -> None:
    """Make this process a worker that ends with the one that started it."""
    global _worker
    on_a_leash(leash)
    if patient and hasattr(os, "nice"):
        os.nice(5)
    _worker = Worker(basis, most_residents)


def _live(task: Task, policies: tuple[Policy, ...]) -> Life | Broken:
    if _worker is None:
        raise RuntimeError("this process was not begun as a worker")
    return _worker.live(task, policies)
