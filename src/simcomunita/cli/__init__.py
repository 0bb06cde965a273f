"""The command line: ``simcomunita`` and its commands, in the order in which they are listed.

Exit status 0 when all went well; 2 for whatever the user can mend (a configuration, an option, a folder, a full
disk); 3 when runs failed; 130 on Ctrl-C; 141 when whoever read the output has gone. Results go to the standard output,
progress and notes to the standard error.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once: the rooms here say how commands are
called, `simcomunita.commands` what they do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

import simcomunita
from simcomunita.cli import looking, opening, planning, researching
from simcomunita.commands.delivering import delivering
from simcomunita.commands.stopping import listening

COMMANDS: dict[str, Callable[..., None]] = {
    "run": planning.run,
    "compare": planning.compare,
    "report": planning.report,
    "app": opening.app,
    "claims": researching.claims,
    "sensitivity": researching.sensitivity,
    "calibrate": researching.calibrate,
    "lineage": looking.lineage,
    "network": looking.network,
    "check": looking.check,
}
COMMANDS_OF_TERRITORY: dict[str, Callable[..., None]] = {"describe": looking.describe, "new": looking.new}

app = typer.Typer(
    name="simcomunita",
    help="How a community's network comes to generate participation, and what it changes to pay people "
    "who look after it.",
    epilog="Start with: simcomunita compare facilitators_8_vs_0 --scale 0.1 --out out/first",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
territory_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)
for _name, _command in COMMANDS_OF_TERRITORY.items():
    territory_app.command(_name)(_command)
app.add_typer(territory_app, name="territory", help="Look at a territory, or begin one.")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"simcomunita {simcomunita.__version__}")
        raise typer.Exit


@app.callback()
def _simcomunita(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Answer a command line."""
    try:
        with delivering(), listening():
            app()
    except KeyboardInterrupt:
        sys.exit(130)
