"""One task of a study again, by itself: how that is asked for, exactly."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from simcomunita.experiment.plan import MOST_RUNS, ExperimentError, Plan, Task, checked_seed

if TYPE_CHECKING:
    from simcomunita.experiment.running import Ensemble

_ONE = re.compile(r"(?P<seed>\d{1,19})(?::(?P<draw>\d{1,9}))?", re.ASCII)


def command(study: str | os.PathLike[str], scale: float, task: Task, parameters: str | None = None) -> str:
    """Return the command that repeats a task, quoted for a POSIX shell; the study is named as it was."""
    one = f"{task.seed}:{task.draw}" if task.draw else f"{task.seed}"
    asked = ["--parameters", parameters] if parameters else []
    words = ["simcomunita", "compare", os.fspath(study), "--scale", repr(float(scale)), *asked, "--only", one]
    return shlex.join(words)


def call(plan: Plan, task: Task) -> str:
    """Return the call from Python that repeats a task of a study that has no file of its own."""
    experiment = "simcomunita.experiment"
    plan_of = f"{experiment}.Plan.of(study, scale={plan.scale!r})"
    return f"{experiment}.follow({plan_of}, {experiment}.Task(draw={task.draw}, seed={task.seed}))"


def with_repeats(ensemble: Ensemble[Plan], study: str | os.PathLike[str] | None) -> Ensemble[Plan]:
    """Return an ensemble in which every failure says what repeats it."""
    plan = ensemble.plan
    asked = getattr(plan.study, "parameters", None)
    failures = tuple(
        replace(f, repeat=call(plan, f.task) if study is None else command(study, plan.scale, f.task, asked))
        for f in ensemble.failures
    )
    return replace(ensemble, failures=failures)


def task_of(plan: Plan, asked: str) -> Task:
    """Return the task that ``SEED`` or ``SEED:DRAW`` names; of a seed that the plan leaves out as well.

    Raises
    ------
    ExperimentError
        If it names none, or a draw that the study does not have.
    """
    found = _ONE.fullmatch(asked.strip())
    if found is None:
        raise ExperimentError(f'--only is "{asked}"; expected a seed, or a seed and a draw, as in 7 or 7:12.')
    task = Task(int(found["draw"] or 0), checked_seed(int(found["seed"])))
    if plan.study.drawn_from is not None:  # pair k has draw k; a posterior has as many draws as anybody asks for
        task = Task(task.draw if found["draw"] else task.seed, task.seed)
        if not 1 <= task.draw <= MOST_RUNS:
            raise ExperimentError(f'--only is "{asked}": draws of a posterior are 1 to {MOST_RUNS:,}, as in 7:7.')
        return task
    draws = sorted({one.draw for one in plan.tasks})
    if task.draw not in draws:
        expected = (
            f"{draws[0]} to {draws[-1]}, as in {task.seed}:{draws[0]}" if draws[-1] else "no draw, as it draws none"
        )
        raise ExperimentError(f'--only is "{asked}": the study has no draw {task.draw}; expected {expected}.')
    return task
