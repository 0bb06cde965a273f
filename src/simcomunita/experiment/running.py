"""Running a plan: in this process, in several, or on any executor that `concurrent.futures` describes.

What comes out does not depend on where or in which order tasks were done: a task is a function of the study,
the scale and its seed, and results are put into the order of the plan.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
import traceback
from abc import abstractmethod
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from types import FrameType
from typing import Generic, TypeVar

from simcomunita.configuration import ConfigurationError
from simcomunita.experiment.branching import Failure, Part, Work, follow, said, work_on
from simcomunita.experiment.parts import PartStore
from simcomunita.experiment.plan import ExperimentError, LostError, Planned, Task
from simcomunita.experiment.precision import Stopping

P = TypeVar("P", bound=Planned)

_IN_FLIGHT = 512
"""How many tasks wait at a time with an executor that was given, whose number of workers is not known."""

_LOOK = 1.0
"""Seconds after which an executor whose number of workers changes is looked at again."""

_ENOUGH = 3
"""How many pools may break down before anything was done, until the reason is sought elsewhere."""


class Elastic(Executor):
    """An executor whose workers come and go, and that knows how many there are."""

    @abstractmethod
    def room(self) -> int:
        """Return how many tasks it should have at a time, at least 1.

        Raises
        ------
        LostError
            If it will do no more.
        """


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an experiment is, in tasks (one seed with all its scenarios)."""

    done: int
    """Finished, failed or taken up."""
    failed: int
    taken_up: int
    """Kept by an earlier call."""
    total: int


@dataclass(frozen=True)
class Ensemble(Generic[P]):
    """What came out of a plan.

    Attributes
    ----------
    parts, failures
        In the order of the plan; together every task.
    taken_up
        How many parts were kept by an earlier call.
    seconds
        By the clock, this call alone.
    """

    plan: P
    parts: tuple[Part, ...]
    failures: tuple[Failure, ...]
    taken_up: int
    seconds: float


def run_plan(
    plan: P,
    workers: int | Executor = 1,
    store: PartStore | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    stopping: Stopping | None = None,
) -> Ensemble[P]:
    """Run every task of a plan, or as many of the first as are enough.

    Parameters
    ----------
    plan
        What to run.
    workers
        Number of processes (1 runs here), or an executor; one that is given is not shut down.
    store
        Where finished parts are kept and taken up. Without one nothing is kept.
    progress
        Called in this thread at the start and after every task.
    stopping
        What says how many are enough; without it all are run.

    Raises
    ------
    ConfigurationError
        If a task shows that the configuration is wrong. What was finished before is kept.
    ExperimentError
        If a part cannot be written, the plan cannot be sent to other processes, or these all end at once.
    KeyboardInterrupt
        On Ctrl-C; what was finished before is kept.
    """
    started = time.perf_counter()
    parts = store.taken_up(plan.tasks) if store else {}
    failures: dict[Task, Failure] = {}
    taken_up = len(parts)
    waiting: deque[Task] = deque()
    wanted = 0

    def want_more() -> None:
        """Let tasks wait to be done, once all that were wanted so far are."""
        nonlocal wanted
        while all(task in parts or task in failures for task in plan.tasks[:wanted]):
            ended = [parts.get(task) for task in plan.tasks[:wanted]]
            more = stopping.wanted(ended) if stopping else len(plan.tasks)
            if more <= wanted:
                wanted = more
                return
            missing = [task for task in plan.tasks[wanted:more] if task not in parts]
            # All draws of a seed one after the other, as they stand on the same residents.
            waiting.extend(sorted(missing, key=lambda task: (task.seed, task.draw)))
            wanted = more

    def tell() -> None:
        ended = sum(task in parts or task in failures for task in plan.tasks[:wanted])
        progress(Progress(ended, len(failures), min(taken_up, wanted), wanted))

    want_more()
    tell()
    try:
        with closing(_done(plan, waiting, workers)) as ending:
            for done in ending:
                if isinstance(done, Failure):
                    if done.problems:
                        raise ConfigurationError(done.problems)
                    failures[done.task] = done
                else:
                    if store:
                        store.keep(done)
                    parts[done.task] = done
                want_more()
                tell()
    except LostError as error:
        raise LostError(f"{error}{store.kept() if store else ''}") from error
    return Ensemble(
        plan,
        tuple(parts[task] for task in plan.tasks[:wanted] if task in parts),
        tuple(failures[task] for task in plan.tasks[:wanted] if task in failures),
        min(taken_up, wanted),
        time.perf_counter() - started,
    )


def _done(plan: Planned, waiting: deque[Task], workers: int | Executor) -> Generator[Part | Failure]:
    """Yield what became of every task, as it becomes; more may come to wait meanwhile."""
    if isinstance(workers, Executor):
        work = Work.of(plan)
        flying: dict[Future[Part | Failure], Task] = {}
        room = workers.room if isinstance(workers, Elastic) else lambda: _IN_FLIGHT
        try:
            yield from _submitted(workers, work, waiting, flying, room)
        except BrokenExecutor as error:
            raise LostError(f"the executor broke down: {said(error)}.") from error
        finally:
            for future in flying:
                future.cancel()
    elif workers < 1:
        raise ExperimentError(f"workers are {workers}; expected at least 1.")
    elif workers == 1 or len(waiting) == 1:
        while waiting:
            yield follow(plan, waiting.popleft())
    elif waiting:
        yield from _over_processes(Work.of(plan), waiting, min(workers, len(waiting)))


def _over_processes(work: Work, waiting: deque[Task], workers: int) -> Iterator[Part | Failure]:
    """Work in processes of our own, and outlive their sudden end.

    When a process ends abruptly (most often because memory ran out) it cannot be told which task was to
    blame. What was in flight is therefore tried again one at a time, and what then still ends its process is
    recorded as failed.
    """
    broken, nothing_yet = 0, True
    while waiting:
        flying: dict[Future[Part | Failure], Task] = {}
        try:
            with _processes(workers) as executor:
                for done in _submitted(executor, work, waiting, flying, partial(int, workers)):
                    nothing_yet = False
                    yield done
        except BrokenExecutor as error:
            broken += 1
            if nothing_yet and broken == _ENOUGH:
                raise ExperimentError(
                    "every process ended before it had done anything. Memory may be short (try a smaller "
                    'scale), or the script that started them lacks: if __name__ == "__main__":'
                ) from error
            if workers == 1:
                for task in flying.values():
                    yield Failure(task, "its process", f"the process ended abruptly: {said(error)}", "")
            else:
                waiting.extendleft(sorted(flying.values(), key=lambda task: (task.seed, task.draw), reverse=True))
                workers = 1


def _submitted(
    executor: Executor,
    work: Work,
    waiting: deque[Task],
    flying: dict[Future[Part | Failure], Task],
    room: Callable[[], int],
) -> Iterator[Part | Failure]:
    """Keep as many tasks in flight as there is room for; ``waiting`` and ``flying`` always say which are not done."""
    look = _LOOK if isinstance(executor, Elastic) else None

    def refill() -> None:
        most = room() if waiting or flying else 0
        while waiting and len(flying) < most:
            with _unheard():
                flying[executor.submit(work_on, work, waiting[0])] = waiting[0]
                waiting.popleft()

    refill()
    while flying or waiting:
        ended, _ = wait(flying, look, FIRST_COMPLETED)
        broken: BaseException | None = None
        results: list[Part | Failure] = []
        for future in ended:
            error = future.exception()
            if isinstance(error, BrokenExecutor | ExperimentError):
                broken = error
            else:
                task = flying.pop(future)
                results.append(future.result() if error is None else _lost(task, error))
        try:
            if broken is None:
                refill()  # before the results are dealt with, so that no worker waits for the disk
        except (BrokenExecutor, LostError) as error:
            broken = error
        yield from results
        if broken is not None:
            raise broken
        refill()  # what the results made somebody want


def _lost(task: Task, error: BaseException) -> Failure:
    return Failure(task, "its process", said(error), "".join(traceback.format_exception(error)))


# -- processes that end with the one that started them ------------------------------------------


@contextmanager
def _processes(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes that ends at once when this block is left by an exception, or this process
    dies.

    Every process holds one end of a pipe whose other end is here: when that closes, for whatever reason,
    they end.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        # Imported once, then every process starts from there.
        context.set_forkserver_preload(["simcomunita.model", "simcomunita.experiment.branching"])
        _start_forkserver()
    leash, hand = context.Pipe(duplex=False)
    executor = ProcessPoolExecutor(workers, context, initializer=on_a_leash, initargs=(leash,))
    try:
        yield executor
        executor.shutdown(wait=True)
    finally:
        hand.close()
        executor.shutdown(wait=True, cancel_futures=True)
        leash.close()


def _start_forkserver() -> None:
    """Start the process that the others come from, deaf to Ctrl-C, as they are then from their first moment on."""
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # first: starting it opens the ears again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _unheard() -> Iterator[None]:
    """Let Ctrl-C wait until this block is left: a process that is half begun could not be ended in order."""
    hear = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(hear):
        yield
        return
    pressed: list[tuple[int, FrameType | None]] = []
    # A signal mask would not do: any other thread could be told.
    signal.signal(signal.SIGINT, lambda number, frame: pressed.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, hear)
        if pressed:
            hear(*pressed[0])


def on_a_leash(leash: Connection) -> None:
    """Leave Ctrl-C to the process that gives out the tasks, and end with it.

    What was imported stays for good: looking through it for garbage again and again costs a twentieth of a run.
    """
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_when_dropped, args=(leash,), name="leash", daemon=True).start()


def _end_when_dropped(leash: Connection) -> None:
    try:
        leash.recv_bytes()
    except (EOFError, OSError):
        os._exit(0)
