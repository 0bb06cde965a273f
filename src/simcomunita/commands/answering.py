"""How a command ends: what is printed, and with which exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from simcomunita.commands.saying import said

if TYPE_CHECKING:
    from simcomunita.experiment.wording import Language

MENDABLE = 2
"""The user can mend it."""
RUNS_FAILED = 3
STOPPED = 130
"""Ctrl-C, as shells say it."""


def note(text: str) -> None:
    """Tell whoever watches, beside the results."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def answering(language: Language = "en") -> Iterator[None]:
    """End a command with its error's exit status, without a traceback where the user can mend it."""
    try:
        yield
    except KeyboardInterrupt:
        note(said("stopped", language))
        raise typer.Exit(STOPPED) from None
    except Exception as error:
        message = _mendable(error, language)
        if message is None:
            raise
        note(message)
        raise typer.Exit(MENDABLE) from None


def _mendable(error: Exception, language: Language) -> str | None:
    # Imported here: nothing but an error needs them, and --help must not wait.
    from simcomunita.configuration import ConfigurationError
    from simcomunita.experiment.plan import ExperimentError
    from simcomunita.experiment.room import NoRoomError
    from simcomunita.writing import UnwrittenError

    if isinstance(error, NoRoomError):
        return error.texts[language]
    return str(error) if isinstance(error, ConfigurationError | ExperimentError | UnwrittenError) else None
