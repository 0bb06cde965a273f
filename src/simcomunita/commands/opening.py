"""``simcomunita app``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from simcomunita.commands.answering import MENDABLE, note

if TYPE_CHECKING:
    from simcomunita.experiment.wording import Language


def open_workshop(host: str, port: int, chosen: Language | None, browser: bool) -> None:
    """Serve the workshop's page until somebody presses Ctrl-C."""
    from simcomunita.app.serving import UnservedError, serve

    try:
        serve(host, port, chosen, browser=browser)
    except UnservedError as error:
        note(str(error))
        raise typer.Exit(MENDABLE) from None


def write_guide(path: str, lang: Language) -> None:
    """Write the guide for who leads a workshop as a PDF."""
    from simcomunita.app.guide import NoPdfError, write

    try:
        typer.echo(write(Path(path), lang))
    except NoPdfError as error:
        note(str(error))
        raise typer.Exit(MENDABLE) from None
