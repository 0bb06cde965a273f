"""How the workshop is opened: app."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from simcomunita.cli.options import Language
from simcomunita.commands.answering import answering


def app(
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="0.0.0.0 lets phones and other computers of this network in, too."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")] = 8765,
    language: Annotated[
        Language | None,
        typer.Option(
            "--lang", "--language", help="Language of the page for who has not chosen; the browser's, if not given."
        ),
    ] = None,
    guide: Annotated[
        str | None,
        typer.Option(
            metavar="FILE.pdf",
            help="Write the guide for who leads a workshop, to print (--lang it: in Italian), and end.",
        ),
    ] = None,
    browser: Annotated[bool, typer.Option("--open", help="Show it in this computer's browser.")] = False,
) -> None:
    """Open the workshop: a page to play with."""
    chosen: Literal["en", "it"] | None = None if language is None else language.value
    with answering(chosen or "en"):
        from simcomunita.commands.opening import open_workshop, write_guide

        if guide is not None:
            write_guide(guide, chosen or "en")
            return
        open_workshop(host, port, chosen, browser)
