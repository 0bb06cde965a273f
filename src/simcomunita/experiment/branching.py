"""One task: grow, live the shared history once, then follow every scenario from the same month."""

from __future__ import annotations

import os
import pickle
import socket
import time
import traceback
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.configuration import ConfigurationError, Problem
from simcomunita.experiment.plan import ExperimentError, Identity, LostError, Planned, Task
from simcomunita.months import month_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simcomunita.experiment.plan import Model

SHARED_HISTORY = "shared history"
"""Where a run failed, if before the scenarios parted."""


@dataclass(frozen=True)
class Run:
    """One scenario of one task.

    Attributes
    ----------
    series
        ``month`` (YYYY-MM) and a float64 column a measure, an entry a month since the start of the history.
    outcomes
        The last month's values.
    """

    series: dict[str, NDArray[Any]]
    outcomes: dict[str, float]


@dataclass(frozen=True)
class Part:
    """All runs of one task, by scenario in the study's order."""

    task: Task
    runs: dict[str, Run]
    seconds: float
    """Processor time, for the provenance; no result depends on it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A task that did not finish. It ends no other."""

    task: Task
    where: str
    """The scenario, or :data:`SHARED_HISTORY`."""
    error: str
    """The exception in one line."""
    traceback: str
    problems: tuple[Problem, ...] = ()
    """Filled where the configuration is to blame: every other task would fail as well."""
    repeat: str = ""
    """What does this task again by itself, exactly: a command, or a call from Python."""


@dataclass(frozen=True)
class Work:
    """A plan on its way to other processes: pickled once, opened once in each, and compared with what it should be."""

    content: bytes
    identity: Identity

    @classmethod
    def of(cls, plan: Planned) -> Work:
        """Pack a plan.

        Raises
        ------
        ExperimentError
            If the plan cannot be sent to another process.
        """
        try:
            content = pickle.dumps(plan.bare(), protocol=pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            raise ExperimentError(
                f"the study or the function that makes a model cannot be sent to other processes ({error}); "
                "use workers=1, or a function that can be imported."
            ) from error
        return cls(content, plan.identity)


@lru_cache(maxsize=1)
def _opened(content: bytes) -> Planned:
    """Unpack the one plan that this process works on."""
    plan: Planned = pickle.loads(content)
    return plan


def work_on(work: Work, task: Task) -> Part | Failure:
    """Do one task in a process of an executor.

    Raises
    ------
    LostError
        If what this process would run is not what was asked for.
    """
    plan = _opened(work.content)
    if plan.identity != work.identity:
        asked, found = work.identity.as_dict(), plan.identity.as_dict()
        unlike = "; ".join(f"{key} {found[key]}, not {asked[key]}" for key in asked if found[key] != asked[key])
        raise LostError(
            f"the worker on {socket.gethostname()} (process {os.getpid()}) would run something else: {unlike}. "
            "Install the same simcomunita there."
        )
    return follow(plan, task)


def follow(plan: Planned, task: Task) -> Part | Failure:
    """Do one task; whatever goes wrong inside it is returned, not raised."""
    where = [SHARED_HISTORY]
    started = time.process_time()
    try:
        runs = _branches(plan, task, where)
    except ConfigurationError as error:
        return Failure(task, where[0], str(error), traceback.format_exc(), error.problems)
    except Exception as error:  # noqa: BLE001 - the record of a failing run is the point; the others go on
        return Failure(task, where[0], said(error), traceback.format_exc())
    return Part(task, runs, time.process_time() - started)


def said(error: BaseException) -> str:
    """Return an exception as one line."""
    return " ".join(traceback.format_exception_only(error)[-1].split())


def _branches(plan: Planned, task: Task, where: list[str]) -> dict[str, Run]:
    runs: dict[str, Run] = {}
    for trunk in plan.trunks(task.draw):
        where[0] = SHARED_HISTORY
        past = plan.make_model(trunk.history, task.seed, plan.scale)
        if trunk.branch_at > trunk.history.start:
            past.advance_to(month_name(trunk.branch_at - 1))
        for name, policies in trunk.branches.items():
            where[0] = name
            branch = past.branch(policies, name=name)
            branch.advance_to(month_name(trunk.until))
            runs[name] = Run(_columns(branch, trunk.kept), _final(branch, trunk.kept))
            del branch  # one future in memory at a time
    if len({tuple(run.series) for run in runs.values()}) > 1:
        raise ValueError("the scenarios' series have different columns")
    return runs


def _final(model: Model, kept: frozenset[str]) -> dict[str, float]:
    return {name: float(value) for name, value in model.outcomes().items() if not kept or name in kept}


def _columns(model: Model, kept: frozenset[str]) -> dict[str, NDArray[Any]]:
    given: Mapping[str, NDArray[Any]] = model.series()
    columns: dict[str, NDArray[Any]] = {"month": np.asarray(given["month"], dtype=np.str_)}
    for name, values in given.items():
        if name != "month" and (not kept or name in kept):
            columns[name] = np.asarray(values, dtype=np.float64)
            if columns[name].shape != columns["month"].shape:
                raise ValueError(f"the series of {name} has another length than its months")
    return columns
