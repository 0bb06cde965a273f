"""How things are timed: in turns within one process, beside a fixed piece of work that shows the machine's noise.

What is compared is done in turns, so that a busy minute falls on all alike, and ratios are formed within a
turn. Times are CPU seconds of the process unless said. Nothing heavy is imported here: the process that prints
stays small.
"""

from __future__ import annotations

import gc
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Effort:
    """How much is done for the sake of steady figures.

    Attributes
    ----------
    repetitions
        Turns, where a turn is short.
    run_turns, run_scale
        Turns of a run of all residents; a scale below 1 only tries the code out.
    scales, warm_up_months, months
        Of the territory, for time against residents; months that are lived before, and timed.
    object_months
        Scales at which the Mesa and NetworkX version lives, each with its months.
    answers
        How often the command line is asked for help.
    thorough
        Whether what takes minutes is done as well: compiling from nothing, and the flagship comparison.
    """

    repetitions: int = 3
    run_turns: int = 7
    run_scale: float = 1.0
    scales: tuple[float, ...] = (0.105, 1.0, 4.0, 15.0)
    warm_up_months: int = 3
    months: int = 12
    object_months: Sequence[tuple[float, int]] = ((0.015, 12), (0.15, 12), (1.0, 3))
    answers: int = 10
    thorough: bool = True


FULL = Effort()
QUICK = Effort(
    repetitions=2,
    run_turns=2,
    scales=(0.105, 0.33, 1.0),
    months=6,
    object_months=((0.015, 6), (0.15, 3)),
    answers=3,
    thorough=False,
)


@dataclass(frozen=True)
class Time:
    """CPU and wall-clock seconds."""

    cpu: float
    wall: float


Times = dict[str, list[Time]]


@contextmanager
def timed(into: list[Time]) -> Iterator[None]:
    """Time what is done within, and append it."""
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        yield
    finally:
        into.append(Time(time.process_time() - cpu, time.perf_counter() - wall))


@dataclass(frozen=True)
class Task:
    """Something to be timed: what `prepare` returns is handed to `work` and to `look`, and only `work` counts."""

    prepare: Callable[[], Any]
    work: Callable[[Any], object]
    look: Callable[[Any], object] = bool


NOISE = "the same fixed work"


def in_turns(tasks: Mapping[str, Task], turns: int) -> Times:
    """Time every task once a turn, each turn beginning with another; beside each, fixed work, under `NOISE`."""
    times: Times = {name: [] for name in (*tasks, NOISE)}
    names = list(tasks)
    for turn in range(turns):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            prepared = tasks[name].prepare()
            gc.collect()
            with timed(times[NOISE]):
                fixed_work()
            with timed(times[name]):
                tasks[name].work(prepared)
            tasks[name].look(prepared)
            del prepared
    return times


def fixed_work() -> None:
    """About a hundredth of a second of the interpreter's own work, always the same."""
    numbers = random.Random(1)
    sorted(numbers.random() for _ in range(60_000))


def seconds(times: Sequence[Time]) -> list[float]:
    """The CPU seconds of several times."""
    return [one.cpu for one in times]


def ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """Turn by turn."""
    return [a / b for a, b in zip(above, below, strict=True)]


def spread(values: Sequence[float], decimals: int = 2) -> str:
    """Median, and from least to most."""
    middle, least, most = (f"{v:.{decimals}f}" for v in (statistics.median(values), min(values), max(values)))
    return f"{middle} ({least}–{most})" if len(values) > 1 else middle


def noise(times: Sequence[Time]) -> str:
    """A line on how far the machine's speed varied."""
    middle = statistics.median(t.cpu for t in times)
    low, high = min(t.cpu for t in times) / middle, max(t.cpu for t in times) / middle
    waited = sum(t.wall for t in times) / sum(t.cpu for t in times)
    return (
        f"Noise of the machine: {NOISE}, {len(times)} times in between, took {low:.2f}–{high:.2f} of its median CPU "
        f"time; waiting included, {waited:.2f} times its CPU time."
    )


def peak_megabytes() -> float:
    """The largest memory that this process has held so far.

    On Linux read where a new process begins at nothing; what `getrusage` tells begins at the peak of the process that
    started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / MEGABYTE if sys.platform == "darwin" else peak / 1024


def apart(finder: str, effort: Effort, **environment: str) -> Any:
    """What a function of this package, named as ``module.function``, finds in a fresh process of its own.

    Raises
    ------
    subprocess.CalledProcessError
        If it fails; its own message stands on the standard error.
    """
    command = [sys.executable, "-m", "experiments.speed", "--apart", finder, "--effort", json.dumps(asdict(effort))]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout)
