"""Looking closer: lineage, network, check, territory."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer

from simcomunita.cli.options import In, Language, Scale, Scenario, Seed, path
from simcomunita.commands.answering import answering


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


def lineage(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="RUN|SCENARIO.yaml",
            help="The folder of a run that was kept, or what to run: a scenario's file, or a shipped one's name.",
        ),
    ],
    seed: Seed = 1,
    scale: Scale = 1.0,
    out: Annotated[
        Path | None,
        typer.Option(parser=path, metavar="DIR", help="Write genealogy.graphml and genealogy.png there."),
    ] = None,
    language: In = Language.EN,
) -> None:
    """Tell what came from what, in a run kept or new."""
    with answering(language.value):
        from simcomunita.commands.tracing import trace

        trace(scenario, seed, scale, out, language.value)


def network(
    scenario: Scenario,
    out: Annotated[Path, typer.Option(parser=path, metavar="DIR", help="Write the network's files there.")],
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
    seed: Seed = 1,
    scale: Scale = 1.0,
    kept: Annotated[
        Path | None,
        typer.Option(
            parser=path, metavar="FILE", help="Take up a state of the scenario that was kept with model.keep(FILE)."
        ),
    ] = None,
    language: In = Language.EN,
) -> None:
    """Write a network for Gephi, Kumu and others."""
    with answering(language.value):
        from simcomunita.commands.exporting import Wishes, export

        export(scenario, Wishes(what.value, form.value, month, seed, scale, kept, out, language.value))


def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Any configuration, or a territory's folder.")],
) -> None:
    """Report all that is wrong in a configuration."""
    with answering():
        from simcomunita.commands.checking import check

        check(file)


def describe(
    directory: Annotated[str, typer.Argument(metavar="DIR", help="A territory's folder, or a shipped one's name.")],
    seed: Seed = 1,
    scale: Scale = 1.0,
    picture: Annotated[Path | None, typer.Option(parser=path, metavar="FILE.png", help="Draw a picture there.")] = None,
    language: In = Language.EN,
) -> None:
    """Grow residents; print them beside what was asked for."""
    with answering(language.value):
        from simcomunita.commands.describing import describe

        describe(directory, seed, scale, picture, language.value)


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and underscores.")],
    where: Annotated[
        Path,
        typer.Option("--in", parser=path, metavar="DIR", help="The folder that the new territory's folder is made in."),
    ] = Path("configs/territories"),
) -> None:
    """Write a commented template, to be filled in."""
    with answering():
        from simcomunita.commands.describing import new

        new(name, where)
