"""The command line: ``simcomunita run | compare | report | claims | sensitivity | lineage | network | check | territory``.

Exit status 0 when all went well; 2 for whatever the user can mend (a configuration, an option, a folder, a full
disk); 3 when runs failed; 130 on Ctrl-C; 141 when whoever read the output has gone. Results go to the standard output,
progress and notes to the standard error.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import enum
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

import simcomunita
from simcomunita.commands.answering import answering
from simcomunita.commands.delivering import delivering
from simcomunita.commands.stopping import listening

MOST_WORKERS_UNASKED = 8

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
app.add_typer(territory_app, name="territory", help="Look at a territory, or begin one.")


class Language(enum.StrEnum):
    """Languages of what is printed and drawn."""

    EN = "en"
    IT = "it"


class NetworkOf(enum.StrEnum):
    """Networks that can be written."""

    RESIDENTS = "residents"
    PARTICIPANTS = "participants"
    ORGANISATIONS = "organisations"
    MUNICIPALITIES = "municipalities"


class Form(enum.StrEnum):
    """Forms of files that a network is written in."""

    GRAPHML = "graphml"
    GEXF = "gexf"
    KUMU = "kumu"
    EDGES = "edges"


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
In = Annotated[Language, typer.Option("--language", help="Language of what is printed and drawn.")]


def _path(written: str | Path) -> Path:
    """Take a path (or the default, which is one); an empty one, as of a shell's unset variable, would be the current
    folder.
    """
    if not str(written).strip():
        raise typer.BadParameter("the path is empty; expected a name ('.' is the current folder).")
    return Path(written)


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


def usual_workers() -> int:
    """Return the number of processes where none is named: the cores that may be used, at most eight."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_WORKERS_UNASKED)


def _workers_here(asked: int | None, cluster: str | None) -> int:
    if asked and cluster:
        raise typer.BadParameter(
            "--workers are processes of this computer; a cluster has its own. Give one of the two."
        )
    return asked or usual_workers()


@app.command("run")
def _run(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO.yaml", help="A scenario's file, or a shipped one's name.")
    ],
    seed: Annotated[int, typer.Option(min=0, help="The course of chance.")] = 1,
    scale: Scale = 1.0,
    out: Annotated[
        Path | None,
        typer.Option(parser=_path, metavar="DIR", help="Write series.parquet, outcomes.csv and provenance.json there."),
    ] = None,
    language: In = Language.EN,
) -> None:
    """Run one scenario once and print its outcomes."""
    with answering(language.value):
        from simcomunita.commands.running import run

        run(scenario, seed, scale, out, language.value)


@app.command("compare")
def _compare(
    study: Annotated[str, typer.Argument(metavar="STUDY.yaml", help="A study's file, or a shipped one's name.")],
    seeds: Annotated[
        int | None, typer.Option(min=1, help="Pairs of runs; as many as the study says, if not given.")
    ] = None,
    workers: Processes = None,
    cluster: Scheduler = None,
    scale: Scale = 1.0,
    out: Annotated[
        Path | None,
        typer.Option(
            parser=_path,
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
    with answering(language.value):
        if only is not None:
            if out is not None or aside or seeds is not None:
                raise typer.BadParameter(
                    "it writes nothing and runs one seed; leave out --out, --aside and --seeds.", param_hint="--only"
                )
            from simcomunita.commands.repeating import repeat

            repeat(study, only, scale, language.value)
            return
        from simcomunita.commands.comparing import Wishes, compare

        here = _workers_here(workers, cluster)
        compare(study, Wishes(seeds, here, scale, out, language.value, cluster, aside))


@app.command("report")
def _report(
    directory: Annotated[
        Path, typer.Argument(parser=_path, metavar="DIR", help="The folder that compare --out wrote.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(parser=_path, metavar="FOLDER", help="Write the report there; into DIR/report, if not given."),
    ] = None,
    language: Annotated[
        Language, typer.Option("--lang", "--language", help="Language of the page, the workbook and the tables.")
    ] = Language.EN,
) -> None:
    """Write a planner's report: a page (HTML, PDF), a workbook and tables."""
    with answering(language.value):
        from simcomunita.commands.reporting import report

        report(directory, out, language.value)


@app.command("claims")
def _claims(
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="NAME", help="Only this claim, by its name or file; may be given again."),
    ] = None,
    draws: Annotated[
        int | None,
        typer.Option(min=2, max=1000, help="Plausible draws of all parameters; as many as the ledger says."),
    ] = None,
    seeds: Annotated[
        int | None, typer.Option(min=1, max=100, help="Courses of chance a draw; as many as the ledger says.")
    ] = None,
    workers: Processes = None,
    cluster: Scheduler = None,
    scale: Annotated[
        float | None,
        typer.Option(help="Share of the residents; as the ledger says. At least 100 residents must remain."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Keep finished runs there, and write page, picture, tables and provenance at the end. The same "
            "command takes finished runs up.",
        ),
    ] = None,
    language: In = Language.EN,
) -> None:
    """Try what the project claims, over plausible parameters."""
    with answering():
        from simcomunita.commands.claiming import Wishes, claims

        here = _workers_here(workers, cluster)
        claims(Wishes(tuple(only or ()), draws, seeds, scale, here, out, language.value, cluster))


class Method(enum.StrEnum):
    """Ways to tell what share of the variance hangs on a parameter."""

    SOBOL = "sobol"
    RBD_FAST = "rbd_fast"


@app.command("sensitivity")
def _sensitivity(
    study: Annotated[str, typer.Argument(metavar="STUDY.yaml", help="A study's file, or a shipped one's name.")],
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--parameters", metavar="GLOB", help="Vary only these ('facilitation.*'); may be given again. All, if not."
        ),
    ] = None,
    measures: Annotated[
        list[str] | None,
        typer.Option("--measure", metavar="NAME", help="Look at this measure; may be given again. The headline's."),
    ] = None,
    trajectories: Annotated[
        int, typer.Option(min=2, max=1000, help="Walks through the parameters, in the first look at all of them.")
    ] = 4,
    keep: Annotated[int, typer.Option(min=0, help="Parameters that get a closer look: the strongest. 0: none.")] = 8,
    method: Annotated[Method, typer.Option(help="How the closer look is taken.")] = Method.SOBOL,
    points: Annotated[
        int | None,
        typer.Option(min=8, help="Points of the closer look, a power of two; 64 with sobol, 256 with rbd_fast."),
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, max=100, help="Courses of chance, the same at every point.")] = 2,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; the computer's cores (at most 8), if not given.")
    ] = None,
    scale: Scale = 0.05,
    out: Annotated[
        Path | None,
        typer.Option(
            parser=_path,
            metavar="DIR",
            help="Keep finished runs there, and write page, pictures, tables and provenance at the end. The same "
            "command takes finished runs up.",
        ),
    ] = None,
    language: In = Language.EN,
) -> None:
    """Find the parameters that a difference hangs on."""
    with answering(language.value):
        from simcomunita.commands.varying import Wishes, sensitivity
        from simcomunita.sensitivity.analysis import Size

        size = Size(trajectories, points, seeds, scale, keep, method.value, workers or usual_workers())
        sensitivity(study, size, Wishes(tuple(parameters or ()), tuple(measures or ()), out, language.value))


@app.command("lineage")
def _lineage(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="RUN|SCENARIO.yaml",
            help="The folder of a run that was kept, or what to run: a scenario's file, or a shipped one's name.",
        ),
    ],
    seed: Annotated[int, typer.Option(min=0, help="The course of chance.")] = 1,
    scale: Scale = 1.0,
    out: Annotated[
        Path | None,
        typer.Option(parser=_path, metavar="DIR", help="Write genealogy.graphml and genealogy.png there."),
    ] = None,
    language: In = Language.EN,
) -> None:
    """Tell what came from what, in a run kept or new."""
    with answering(language.value):
        from simcomunita.commands.tracing import trace

        trace(scenario, seed, scale, out, language.value)


@app.command("network")
def _network(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO.yaml", help="A scenario's file, or a shipped one's name.")
    ],
    out: Annotated[Path, typer.Option(parser=_path, metavar="DIR", help="Write the network's files there.")],
    what: Annotated[
        NetworkOf,
        typer.Option(
            help="Whose network: of all residents, of those who take part, of organisations that worked together, or "
            "what flows between municipalities."
        ),
    ] = NetworkOf.PARTICIPANTS,
    form: Annotated[
        Form,
        typer.Option(
            "--format",
            help="graphml (Gephi, Cytoscape, igraph, NetworkX), gexf (Gephi), kumu (two tables that Kumu imports) or "
            "edges (two CSV tables).",
        ),
    ] = Form.GRAPHML,
    month: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM", help="As it stands at the end of it; the scenario's last if not given."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="The course of chance.")] = 1,
    scale: Scale = 1.0,
    kept: Annotated[
        Path | None,
        typer.Option(
            parser=_path, metavar="FILE", help="Take up a state of the scenario that was kept with model.keep(FILE)."
        ),
    ] = None,
    language: In = Language.EN,
) -> None:
    """Write a network for Gephi, Kumu and others."""
    with answering(language.value):
        from simcomunita.commands.exporting import Wishes, export

        export(scenario, Wishes(what.value, form.value, month, seed, scale, kept, out, language.value))


@app.command("check")
def _check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Any configuration, or a territory's folder.")],
) -> None:
    """Report all that is wrong in a configuration."""
    with answering():
        from simcomunita.commands.checking import check

        check(file)


@territory_app.command("describe")
def _describe(
    directory: Annotated[str, typer.Argument(metavar="DIR", help="A territory's folder, or a shipped one's name.")],
    seed: Annotated[int, typer.Option(min=0, help="The course of chance.")] = 1,
    scale: Scale = 1.0,
    picture: Annotated[
        Path | None, typer.Option(parser=_path, metavar="FILE.png", help="Draw a picture there.")
    ] = None,
    language: In = Language.EN,
) -> None:
    """Grow residents; print them beside what was asked for."""
    with answering(language.value):
        from simcomunita.commands.describing import describe

        describe(directory, seed, scale, picture, language.value)


@territory_app.command("new")
def _new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and underscores.")],
    where: Annotated[
        Path,
        typer.Option(
            "--in", parser=_path, metavar="DIR", help="The folder that the new territory's folder is made in."
        ),
    ] = Path("configs/territories"),
) -> None:
    """Write a commented template, to be filled in."""
    with answering():
        from simcomunita.commands.describing import new

        new(name, where)


def main() -> None:
    """Answer a command line."""
    try:
        with delivering(), listening():
            app()
    except KeyboardInterrupt:
        sys.exit(130)
