"""``simcomunita lineage``."""

from __future__ import annotations

import io
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import networkx
import numpy as np
import typer

from simcomunita.agents.citizens import Source
from simcomunita.commands.answering import RUNS_FAILED, note
from simcomunita.commands.watching import watching
from simcomunita.configuration import ConfigurationError
from simcomunita.experiment.genealogies import KeptGenealogy, read_genealogy
from simcomunita.experiment.parts import claim
from simcomunita.experiment.plan import ExperimentError
from simcomunita.experiment.single import identity_of_run
from simcomunita.model import CommunityModel
from simcomunita.months import month_name
from simcomunita.outcomes.genealogy import genealogy
from simcomunita.outcomes.genealogy_figure import as_png, genealogy_figure
from simcomunita.outcomes.generativity import cascade_sizes, reproduction_by_cohort
from simcomunita.outcomes.lineage import Kind, Lineage, Relation
from simcomunita.scenario import load_scenario
from simcomunita.writing import write_together

if TYPE_CHECKING:
    from simcomunita.scenario import Scenario


def trace(run: str, seed: int, scale: float, out: Path | None) -> None:
    """Take up a run that was kept, or run a scenario; write the genealogy if a directory is named, and say what came
    from what.
    """
    if (Path(run) / "provenance.json").is_file():
        if (seed, scale) != (1, 1.0):
            raise ExperimentError(
                f"{run}: a run that was kept has its own seed and scale; leave out --seed and --scale."
            )
        kept = read_genealogy(Path(run))
        if out is not None:
            claim(out, kept.identity)
    else:
        loaded = load_scenario(run)
        identity = identity_of_run(loaded, seed, scale)
        if out is not None:
            claim(out, identity)  # before the work, not after it
        model = _lived(loaded, seed, scale)
        kept = KeptGenealogy(identity, model.month, model.lineage, model.population.municipalities)
    said = told(kept.lineage, kept.until)
    if out is not None:
        graph = io.BytesIO()
        networkx.write_graphml(genealogy(kept.lineage, kept.municipalities), graph)
        picture = as_png(genealogy_figure(kept.lineage, _message(kept.lineage)))
        write_together(out, {"genealogy.graphml": graph.getvalue(), "genealogy.png": picture})
    print(f"{kept.identity.study}, through {month_name(kept.until)}\n\n{said}", flush=True)
    if out is not None:
        note(f"Written: {out}")


def _lived(loaded: Scenario, seed: int, scale: float) -> CommunityModel:
    try:
        with watching("months") as tell:
            model = CommunityModel(loaded, seed, scale)
            for month in range(loaded.start, loaded.end + 1):
                model.advance_to(month_name(month))
                tell(month - loaded.start + 1, loaded.end - loaded.start + 1)
    except (ConfigurationError, ExperimentError):
        raise
    except Exception:  # noqa: BLE001 - whatever ends a run is told as a failed run
        note(traceback.format_exc())
        note(f"The run of {loaded.name} failed.")
        raise typer.Exit(RUNS_FAILED) from None
    return model


def told(lineage: Lineage, until: int) -> str:
    """What came from what, in a few sentences."""
    people = len(lineage.activations)
    if not people:
        return "Nobody began to run things."
    through = sum(row[2] == Source.CITIZEN for row in lineage.activations)
    sizes = cascade_sizes(lineage)
    of_citizens = [
        one for one in lineage.initiatives if one.how == Source.CITIZEN and one.kind in (Kind.GROUP, Kind.PROJECT)
    ]
    groups, own = sum(one.kind == Kind.GROUP for one in of_citizens), len(of_citizens)
    copies = sum(one.relation == Relation.COPIED for one in of_citizens)
    cohorts = reproduction_by_cohort(lineage, until)
    mean = sum(c.reproduction * c.size for c in cohorts) / people
    return "\n".join(
        (
            f"{people} people began to run things, {through} of them through another citizen.",
            f"Each led to {mean:.2f} further activations within a year (late cohorts as far as they are observed).",
            f"The largest cascade has {int(np.max(sizes))} people; {int((sizes >= 2).sum())} have two or more.",
            f"Citizens began {groups} groups ({copies} of them copies) and {own - groups} funded projects.",
        )
    )


def _message(lineage: Lineage) -> str:
    sizes = cascade_sizes(lineage)
    if not len(sizes):
        return "Nobody began to run things"
    alone = int((sizes == 1).sum())
    return f"{alone} of {len(sizes)} cascades ended with their first person; the largest reached {int(np.max(sizes))}"
