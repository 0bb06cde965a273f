"""``simcomunita compare --only``: one task again, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from simcomunita.commands.answering import RUNS_FAILED, note
from simcomunita.commands.saying import NOTES, said
from simcomunita.commands.tables import table
from simcomunita.compiled import to_be_compiled
from simcomunita.configuration import ConfigurationError
from simcomunita.experiment.branching import Failure, Part, follow
from simcomunita.experiment.parameters import with_parameters
from simcomunita.experiment.plan import Plan
from simcomunita.experiment.repeating import task_of
from simcomunita.experiment.wording import amount, label, scale_note

if TYPE_CHECKING:
    from simcomunita.experiment.parameters import Asked
    from simcomunita.experiment.wording import Language

_HEAD = {"en": "at the end of the study", "it": "alla fine dello studio"}


def repeat(study: str, only: str, scale: float, language: Language, parameters: Asked | None = None) -> None:
    """Run one seed (and draw) of a study in all its scenarios, and print what comes out or how it fails."""
    from simcomunita.scenario import load_study

    if to_be_compiled():
        note(said("compiling", language))
    plan = Plan.of(with_parameters(load_study(study), parameters), None, scale)
    done = follow(plan, task_of(plan, only))
    if isinstance(done, Failure):
        if done.problems:
            raise ConfigurationError(done.problems)
        note(done.traceback.rstrip())
        note(told(done, language))
        raise typer.Exit(RUNS_FAILED)
    print(printed(plan, done, language), flush=True)


def told(failure: Failure, language: Language) -> str:
    """Say which task failed, where and why, and what repeats it."""
    task, where = failure.task, failure.where
    named = said("draw" if task.draw else "seed", language, seed=task.seed, draw=task.draw)
    where = said(where, language) if where in NOTES else where
    failed = said("seed failed", language, task=named.capitalize(), where=where, error=failure.error)
    return f"{failed}\n{said('repeat', language, command=failure.repeat)}" if failure.repeat else failed


def printed(plan: Plan, part: Part, language: Language) -> str:
    """Write the outcomes of a task, a column a scenario."""
    task, study = part.task, plan.study
    named = said("draw" if task.draw else "seed", language, seed=task.seed, draw=task.draw)
    runs = list(part.runs.values())
    rows = [
        [label(name, language), *(amount(name, run.outcomes[name], language) for run in runs)]
        for name in runs[0].outcomes
    ]
    head = [_HEAD[language], *(getattr(study.scenarios[name].label, language) for name in part.runs)]
    lines = (f"{study.name}, {named}", table(head, rows), scale_note(plan.scale, language))
    return "\n\n".join(line for line in lines if line)
