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
from simcomunita.commands.saying import said
from simcomunita.commands.tables import paragraphs
from simcomunita.commands.watching import watching
from simcomunita.configuration import ConfigurationError
from simcomunita.experiment.genealogies import KeptGenealogy, read_genealogy
from simcomunita.experiment.parts import claim
from simcomunita.experiment.plan import ExperimentError
from simcomunita.experiment.single import identity_of_run
from simcomunita.experiment.wording import number, scale_note
from simcomunita.model import CommunityModel
from simcomunita.months import month_name
from simcomunita.outcomes.genealogy import genealogy
from simcomunita.outcomes.genealogy_figure import as_png, genealogy_figure
from simcomunita.outcomes.generativity import cascade_sizes, reproduction_by_cohort
from simcomunita.outcomes.lineage import Kind, Lineage, Relation
from simcomunita.scenario import load_scenario
from simcomunita.writing import write_together

if TYPE_CHECKING:
    from simcomunita.experiment.wording import Language
    from simcomunita.scenario import Scenario

_TEXTS = {
    "head": {"en": "{name}, seed {seed}, through {until}", "it": "{name}, seme {seed}, fino a {until}"},
    "nobody": {
        "en": "Nobody began to run things",
        "it": "Nessuno ha cominciato a organizzare iniziative",
    },
    "people": {
        "en": "People who began to run things: {people} (through another citizen: {through}).",
        "it": "Persone che hanno cominciato a organizzare iniziative: {people} (tramite un'altra persona: {through}).",
    },
    "each": {
        "en": "Each led to {mean} further activations within a year (late cohorts as far as they are observed).",
        "it": "Ciascuna ha portato in media a {mean} ulteriori attivazioni entro un anno "
        "(per chi si è attivato da poco: fin dove si è osservato).",
    },
    "cascades": {
        "en": "People in the largest cascade: {largest}; cascades of two people and more: {several}.",
        "it": "Persone nella cascata più grande: {largest}; cascate di due o più persone: {several}.",
    },
    "begun": {
        "en": "Begun by citizens: groups {groups} (copies of others: {copies}), funded projects {projects}.",
        "it": "Avviati da cittadini: gruppi {groups} (ripresi da altri: {copies}), progetti finanziati {projects}.",
    },
    "ended": {
        "en": "Cascades that ended with their first person: {alone} of {all}; people in the largest: {largest}",
        "it": "Cascate finite con la prima persona: {alone} su {all}; persone nella più grande: {largest}",
    },
}


def text(key: str, language: Language, **values: object) -> str:
    """Return a phrase in a language."""
    return _TEXTS[key][language].format(**values)


def trace(run: str, seed: int, scale: float, out: Path | None, language: Language) -> None:
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
        model = _lived(loaded, seed, scale, language)
        kept = KeptGenealogy(identity, seed, model.month, model.lineage, model.population.municipalities)
    found = told(kept.lineage, kept.until, language)
    if out is not None:
        graph = io.BytesIO()
        networkx.write_graphml(genealogy(kept.lineage, kept.municipalities), graph)
        picture = as_png(genealogy_figure(kept.lineage, _message(kept.lineage, language), language))
        write_together(out, {"genealogy.graphml": graph.getvalue(), "genealogy.png": picture})
    name = kept.identity.study.removesuffix(f", seed {kept.seed}")
    head = text("head", language, name=name, seed=kept.seed, until=month_name(kept.until))
    print(paragraphs("\n".join((head, "", found, scale_note(kept.identity.scale, language)))).rstrip(), flush=True)
    if out is not None:
        note(said("written", language, what=out))


def _lived(loaded: Scenario, seed: int, scale: float, language: Language) -> CommunityModel:
    try:
        with watching("months", language) as tell:
            model = CommunityModel(loaded, seed, scale)
            for month in range(loaded.start, loaded.end + 1):
                model.advance_to(month_name(month))
                tell(month - loaded.start + 1, loaded.end - loaded.start + 1)
    except (ConfigurationError, ExperimentError):
        raise
    except Exception:  # noqa: BLE001 - whatever ends a run is told as a failed run
        note(traceback.format_exc())
        note(said("run failed", language, name=loaded.name))
        raise typer.Exit(RUNS_FAILED) from None
    return model


def told(lineage: Lineage, until: int, language: Language) -> str:
    """What came from what, in a few lines."""
    people = len(lineage.activations)
    if not people:
        return f"{text('nobody', language)}."
    through = sum(row[2] == Source.CITIZEN for row in lineage.activations)
    sizes = cascade_sizes(lineage)
    of_citizens = [
        one for one in lineage.initiatives if one.how == Source.CITIZEN and one.kind in (Kind.GROUP, Kind.PROJECT)
    ]
    groups = sum(one.kind == Kind.GROUP for one in of_citizens)
    copies = sum(one.relation == Relation.COPIED for one in of_citizens)
    cohorts = reproduction_by_cohort(lineage, until)
    mean = sum(c.reproduction * c.size for c in cohorts) / people

    def whole(count: int) -> str:
        return number(count, 0, language)

    return "\n".join(
        (
            text("people", language, people=whole(people), through=whole(through)),
            text("each", language, mean=number(mean, 2, language)),
            text("cascades", language, largest=whole(int(np.max(sizes))), several=whole(int((sizes >= 2).sum()))),
            text(
                "begun",
                language,
                groups=whole(groups),
                copies=whole(copies),
                projects=whole(len(of_citizens) - groups),
            ),
        )
    )


def _message(lineage: Lineage, language: Language) -> str:
    sizes = cascade_sizes(lineage)
    if not len(sizes):
        return text("nobody", language)
    alone = number(int((sizes == 1).sum()), 0, language)
    return text(
        "ended",
        language,
        alone=alone,
        all=number(len(sizes), 0, language),
        largest=number(int(np.max(sizes)), 0, language),
    )
