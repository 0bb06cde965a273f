"""How researchers call it: claims, sensitivity, calibrate."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer

from simcomunita.cli.options import In, Language, Processes, Scale, Scheduler, Study, path, usual_workers, workers_here
from simcomunita.commands.answering import answering


class Method(enum.StrEnum):
    """Ways to tell what share of the variance hangs on a parameter."""

    SOBOL = "sobol"
    RBD_FAST = "rbd_fast"


def claims(
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

        here = workers_here(workers, cluster)
        claims(Wishes(tuple(only or ()), draws, seeds, scale, here, out, language.value, cluster))


def sensitivity(
    study: Study,
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
    workers: Processes = None,
    scale: Scale = 0.05,
    out: Annotated[
        Path | None,
        typer.Option(
            parser=path,
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


def calibrate(
    calibration: Annotated[
        str, typer.Argument(metavar="CALIBRATION.yaml", help="A calibration's file, or a shipped one's name.")
    ],
    out: Annotated[
        Path,
        typer.Option(
            parser=path,
            metavar="DIR",
            help="Write the posterior, tables, pictures, page and provenance there. The same command takes finished "
            "runs up.",
        ),
    ],
    bank: Annotated[
        Path | None,
        typer.Option(
            parser=path,
            metavar="DIR",
            help="Folder of the bank of runs, to be used or filled; DIR/bank, if not given.",
        ),
    ] = None,
    points: Annotated[
        int | None,
        typer.Option(min=50, max=20_000, help="Draws from the priors, a run each; as many as the calibration says."),
    ] = None,
    workers: Processes = None,
    scale: Annotated[
        float | None,
        typer.Option(help="Share of the residents; as the calibration says. At least 100 residents must remain."),
    ] = None,
    mechanisms: Annotated[
        bool,
        typer.Option(
            "--mechanisms/--no-mechanisms",
            help="Also leave mechanisms out in turn, as the calibration says: a bank of runs for each.",
        ),
    ] = True,
    language: In = Language.EN,
) -> None:
    """Fit parameters to published outcomes."""
    with answering(language.value):
        from simcomunita.commands.calibrating import Wishes, calibrate

        wishes = Wishes(out, bank, points, scale, workers or usual_workers(), language.value, mechanisms)
        calibrate(calibration, wishes)
