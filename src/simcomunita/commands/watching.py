"""Progress: a bar with the time left where a person watches, plain lines where not."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from simcomunita.commands.answering import note
from simcomunita.commands.saying import said
from simcomunita.commands.stopping import heed

if TYPE_CHECKING:
    from simcomunita.experiment.wording import Language

What = Literal["seeds", "months", "draws", "runs", "truths", "sizes"]
Tell = Callable[[int, int], None]
"""Called with (done, total). The first call says where it begins, which tells nothing about speed."""

LINES = 10
"""About how many plain lines a whole run gets."""

SHORTEST = 1.0
"""Seconds that lie between two plain lines at least."""


@contextmanager
def watching(what: What, language: Language = "en") -> Iterator[Tell]:
    """Show how far something is.

    Parameters
    ----------
    what
        What is counted.
    language
        In which it is said.
    """
    if sys.stderr.isatty():
        with _bar(said(f"bar {what}", language)) as tell:
            yield tell
    else:
        yield Lines(what, language)


@contextmanager
def _bar(what: str) -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(what),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:

        def tell(done: int, total: int) -> None:
            heed()
            if progress.task_ids:
                progress.update(progress.task_ids[0], completed=done)
            else:
                progress.add_task(what, completed=done, total=total)

        yield tell


class Lines:
    """Says about every tenth part in a line."""

    def __init__(self, what: What, language: Language = "en") -> None:
        self._what: What = what
        self._language: Language = language
        self._began_with: int | None = None
        self._began = self._last = time.monotonic()
        self._told = 0

    def __call__(self, done: int, total: int) -> None:
        """Tell how far it is, if enough was done since the last line."""
        heed()
        now = time.monotonic()
        if self._began_with is None:
            self._began, self._began_with, self._told = now, done, done
            return
        soon = done - self._told < total / LINES or now - self._last < SHORTEST
        if done <= self._told or (soon and done < total):
            return
        self._told, self._last = done, now
        left = (now - self._began) / (done - self._began_with) * (total - done)
        ahead = said("left", self._language, time=duration(left)) if done < total else ""
        note(said(self._what, self._language, done=done, total=total) + ahead)


def duration(seconds: float) -> str:
    """Write a time as ``40 s``, ``3 min`` or ``2 h 10 min``."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
