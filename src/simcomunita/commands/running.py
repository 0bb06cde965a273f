"""``simcomunita run``."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from simcomunita.commands.answering import RUNS_FAILED, note
from simcomunita.commands.saying import said
from simcomunita.commands.tables import table
from simcomunita.commands.watching import watching
from simcomunita.configuration import ConfigurationError
from simcomunita.experiment.parts import claim
from simcomunita.experiment.plan import ExperimentError
from simcomunita.experiment.single import identity_of_run, run_once
from simcomunita.experiment.wording import amount, label, scale_note, unit

if TYPE_CHECKING:
    from simcomunita.experiment.single import SingleRun
    from simcomunita.experiment.wording import Language

HEADS = {"en": ("at the end", "value", "unit"), "it": ("alla fine", "valore", "unità")}


def run(scenario: str, seed: int, scale: float, out: Path | None, language: Language) -> None:
    """Run a scenario once, print its outcomes and keep them if a directory is named."""
    from simcomunita.scenario import load_scenario

    loaded = load_scenario(scenario)
    identity = identity_of_run(loaded, seed, scale)
    if out is not None:
        claim(out, identity)  # before the work, not after it
    try:
        with watching("months", language) as tell:
            done = run_once(loaded, seed, scale, tell)
    except (ConfigurationError, ExperimentError):
        raise
    except Exception:  # noqa: BLE001 - whatever ends a run is told as a failed run
        note(traceback.format_exc())
        note(said("run failed", language, name=identity.study))
        raise typer.Exit(RUNS_FAILED) from None
    # Kept before it is printed: whoever reads may have gone. What cannot be kept is printed all the same.
    try:
        if out is not None:
            done.save(out)
    except ExperimentError:
        print(_printed(done, scale, language), flush=True)
        raise
    print(_printed(done, scale, language), flush=True)
    if out is not None:
        note(said("written", language, what=out))


def _printed(done: SingleRun, scale: float, language: Language) -> str:
    rows = [
        (label(name, language), amount(name, value, language), unit(name, language))
        for name, value in zip(done.outcomes["measure"], done.outcomes["value"], strict=True)
    ]
    name = done.series["scenario"].iloc[0]
    months = f"{done.series['month'].iloc[0]} – {done.series['month'].iloc[-1]}"
    return "\n".join(
        line
        for line in (
            f"{name}, {said('seed', language, seed=done.seed)}, {months}",
            "",
            table(HEADS[language], rows),
            scale_note(scale, language),
        )
        if line is not None
    ).rstrip()
