"""A study from its file to its comparison, in one call."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from simcomunita.experiment.comparison import Comparison
from simcomunita.experiment.parts import PartStore
from simcomunita.experiment.plan import Plan
from simcomunita.experiment.repeating import with_repeats
from simcomunita.experiment.room import check_room
from simcomunita.experiment.running import run_plan

if TYPE_CHECKING:
    from simcomunita.scenario import Study


def compare(
    study: Study | str | os.PathLike[str],
    seeds: int | Sequence[int] | None = None,
    workers: int | Executor = 1,
    scale: float = 1.0,
    out: str | os.PathLike[str] | None = None,
) -> Comparison:
    """Run a study and compare its scenarios with its baseline.

    Parameters
    ----------
    study
        As `load_study` returns it, or the path of its file.
    seeds
        How many pairs, or which seeds; as many as the study says, if not given.
    workers
        Number of processes, or any executor of `concurrent.futures`. Results do not depend on it. More than
        one starts new processes, so a script that calls this needs the usual ``if __name__ == "__main__":``.
    scale
        Share of the residents; 1 is one agent a resident.
    out
        Directory to keep finished seeds in while running, and all results at the end; a later call takes
        finished seeds up.

    Raises
    ------
    ConfigurationError
        If the study is a path and cannot be read, or its configuration turns out to be wrong.
    ExperimentError
        If it cannot be run as asked: too few seeds, a directory of another study, too little memory or disk, ...
    RunsFailedError
        If no run finished. Single runs that fail are listed in ``.failures``.
    """
    named = study if isinstance(study, str | os.PathLike) else None
    if isinstance(study, str | os.PathLike):
        from simcomunita.scenario import load_study

        study = load_study(Path(study))
    plan = Plan.of(study, seeds, scale)
    check_room(plan, workers if isinstance(workers, int) else 0, None if out is None else Path(out))
    store = None if out is None else PartStore.open(out, plan.identity)
    comparison = Comparison.of(with_repeats(run_plan(plan, workers, store, stopping=plan.stopping), named))
    if out is not None:
        comparison.save(out)
    return comparison
