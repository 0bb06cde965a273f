"""How planners call it: run, compare, report."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated, Literal

import typer

from simcomunita.cli.options import In, Language, Processes, Scale, Scenario, Scheduler, Seed, Study, path, workers_here
from simcomunita.commands.answering import answering


class Parameters(enum.StrEnum):
    """Where parameters come from."""

    POSTERIOR = "posterior"
    POINT = "point"


def run(
    scenario: Scenario,
    seed: Seed = 1,
    scale: Scale = 1.0,
    out: Annotated[
        Path | None,
        typer.Option(parser=path, metavar="DIR", help="Write series.parquet, outcomes.csv and provenance.json there."),
    ] = None,
    language: In = Language.EN,
) -> None:
    """Run one scenario once and print its outcomes."""
    with answering(language.value):
        from simcomunita.commands.running import run

        run(scenario, seed, scale, out, language.value)


def compare(
    study: Study,
    seeds: Annotated[
        int | None,
        typer.Option(
            min=1, help="Pairs of runs; as many as the study says, if not given. With --draws, of each draw; 2."
        ),
    ] = None,
    parameters: Annotated[
        Parameters | None,
        typer.Option(
            help="posterior: drawn from what the territory was calibrated to, a draw a pair (usual, where it ships "
            "that); point: as configured."
        ),
    ] = None,
    draws: Annotated[
        int | None,
        typer.Option(min=2, help="Draws of the posterior, each with --seeds pairs: tells parameters and chance apart."),
    ] = None,
    workers: Processes = None,
    cluster: Scheduler = None,
    scale: Scale = 1.0,
    out: Annotated[
        Path | None,
        typer.Option(
            parser=path,
            metavar="DIR",
            help="Keep finished seeds there while running, and write tables, picture and provenance at the "
            "end. The same command takes finished seeds up.",
        ),
    ] = None,
    aside: Annotated[
        bool, typer.Option("--aside", help="Rename DIR if it holds other results, instead of refusing to run.")
    ] = False,
    only: Annotated[
        str | None,
        typer.Option(
            metavar="SEED[:DRAW]",
            help="Repeat one seed (of one draw) alone, in this process, and print its outcomes or its error in full; "
            "writes nothing.",
        ),
    ] = None,
    language: In = Language.EN,
) -> None:
    """Compare a study's scenarios, pair by pair."""
    asked: Literal["posterior", "point"] | None = parameters.value if parameters is not None else None
    with answering(language.value):
        if only is not None:
            if out is not None or aside or seeds is not None or draws is not None:
                raise typer.BadParameter(
                    "it writes nothing and runs one seed; leave out --out, --aside, --seeds and --draws.",
                    param_hint="--only",
                )
            from simcomunita.commands.repeating import repeat

            repeat(study, only, scale, language.value, asked)
            return
        from simcomunita.commands.comparing import Wishes, compare

        here = workers_here(workers, cluster)
        compare(study, Wishes(seeds, here, scale, out, language.value, cluster, aside, asked, draws))


def report(
    directory: Annotated[Path, typer.Argument(parser=path, metavar="DIR", help="The folder that compare --out wrote.")],
    out: Annotated[
        Path | None,
        typer.Option(parser=path, metavar="FOLDER", help="Write the report there; into DIR/report, if not given."),
    ] = None,
    language: Annotated[
        Language, typer.Option("--lang", "--language", help="Language of the page, the workbook and the tables.")
    ] = Language.EN,
) -> None:
    """Write a planner's report: page, PDF, workbook."""
    with answering(language.value):
        from simcomunita.commands.reporting import report

        report(directory, out, language.value)
