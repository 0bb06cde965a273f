"""Experiments: a study over many seeds, on one core or many, kept, taken up again and compared."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simcomunita.experiment.branching import follow as follow
    from simcomunita.experiment.comparing import compare as compare
    from simcomunita.experiment.comparison import Comparison as Comparison
    from simcomunita.experiment.comparison import RunsFailedError as RunsFailedError
    from simcomunita.experiment.parameters import with_parameters as with_parameters
    from simcomunita.experiment.parts import PartStore as PartStore
    from simcomunita.experiment.plan import ExperimentError as ExperimentError
    from simcomunita.experiment.plan import Plan as Plan
    from simcomunita.experiment.plan import Task as Task
    from simcomunita.experiment.running import Ensemble as Ensemble
    from simcomunita.experiment.running import Progress as Progress
    from simcomunita.experiment.running import run_plan as run_plan

# Loaded on first use: a worker process runs tasks without tables and pictures.
_HOMES = {
    "Comparison": "comparison",
    "Ensemble": "running",
    "ExperimentError": "plan",
    "PartStore": "parts",
    "Plan": "plan",
    "Progress": "running",
    "RunsFailedError": "comparison",
    "Task": "plan",
    "compare": "comparing",
    "follow": "branching",
    "run_plan": "running",
    "with_parameters": "parameters",
}

__all__ = [
    "Comparison",
    "Ensemble",
    "ExperimentError",
    "PartStore",
    "Plan",
    "Progress",
    "RunsFailedError",
    "Task",
    "compare",
    "follow",
    "run_plan",
    "with_parameters",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(f"simcomunita.experiment.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
