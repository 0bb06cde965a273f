"""What several commands ask for, and how it is taken."""

from __future__ import annotations

import enum
import os
from pathlib import Path
from typing import Annotated

import typer

MOST_WORKERS_UNASKED = 8


class Language(enum.StrEnum):
    """Languages of what is printed and drawn."""

    EN = "en"
    IT = "it"


def path(written: str | Path) -> Path:
    """Take a path (or the default, which is one); an empty one, as of a shell's unset variable, would be the current
    folder.
    """
    if not str(written).strip():
        raise typer.BadParameter("the path is empty; expected a name ('.' is the current folder).")
    return Path(written)


Study = Annotated[str, typer.Argument(metavar="STUDY.yaml", help="A study's file, or a shipped one's name.")]
Scenario = Annotated[str, typer.Argument(metavar="SCENARIO.yaml", help="A scenario's file, or a shipped one's name.")]
Seed = Annotated[int, typer.Option(min=0, help="The course of chance.")]
Scale = Annotated[
    float,
    typer.Option(
        help="Share of the residents that is simulated; 1 is one agent a resident. At least 100 residents must remain."
    ),
]
Processes = Annotated[
    int | None, typer.Option(min=1, help="Processes; the computer's cores (at most 8), if not given.")
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--cluster", metavar="ADDRESS", help="Run on the workers of this Dask scheduler, such as tcp://host:8786."
    ),
]
In = Annotated[Language, typer.Option("--lang", "--language", help="Language of what is printed and drawn.")]


def usual_workers() -> int:
    """Return the number of processes where none is named: the cores that may be used, at most eight."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_WORKERS_UNASKED)


def workers_here(asked: int | None, cluster: str | None) -> int:
    """Return the number of processes of this computer, where no cluster has its own."""
    if asked and cluster:
        raise typer.BadParameter(
            "--workers are processes of this computer; a cluster has its own. Give one of the two."
        )
    return asked or usual_workers()
