"""``simcomunita claims``."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from simcomunita.claims.judging import NAMES
from simcomunita.claims.page import (
    PICTURE,
    About,
    claims_table,
    counted,
    draws_table,
    effect_text,
    effects_table,
    page,
)
from simcomunita.claims.reading import load_claims, load_ledger
from simcomunita.claims.trying import Result, Size, Trial
from simcomunita.commands.answering import RUNS_FAILED, STOPPED, note
from simcomunita.commands.employing import employing
from simcomunita.commands.saying import said
from simcomunita.commands.tables import table
from simcomunita.commands.watching import watching
from simcomunita.experiment.keeping import as_csv, as_json, failures_as_dicts, origin
from simcomunita.experiment.parts import write_results
from simcomunita.experiment.wording import number
from simcomunita.scenario.scenario import fingerprint

if TYPE_CHECKING:
    from simcomunita.experiment.cluster import Cluster
    from simcomunita.experiment.wording import Language

WRITTEN = ("page.md", PICTURE, "claims.csv", "effects.csv", "tried.csv", "provenance.json")
"""Files that the ledger is kept in."""

_HEAD = {
    "en": ["claim", "effect (95 %)", "draws", "verdict"],
    "it": ["affermazione", "effetto (95 %)", "estrazioni", "verdetto"],
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for; what is not said is as the ledger says."""

    only: tuple[str, ...]
    draws: int | None
    seeds: int | None
    scale: float | None
    workers: int
    out: Path | None
    language: Language
    cluster: str | None = None


def claims(wishes: Wishes) -> None:
    """Try the claims, print the verdicts, and keep them if a directory is named."""
    with employing(wishes.workers, wishes.cluster, wishes.language) as workers:
        _claims(wishes, workers)


def _claims(wishes: Wishes, workers: int | Cluster) -> None:
    ledger, read = load_ledger(), load_claims(wishes.only)
    size = Size(
        wishes.draws or ledger.draws,
        wishes.seeds or ledger.seeds,
        ledger.scale if wishes.scale is None else wishes.scale,
        workers,
    )
    trial = Trial(ledger, size, wishes.out)
    trial.occupy()
    try:
        note(said("claims", wishes.language, claims=len(read), draws=size.draws))
        with watching("draws", wishes.language) as tell:
            screening = trial.plausible(tell)
        numbers = {"tried": len(screening.tried), "kept": len(screening.kept), "out": screening.out}
        note(said("screened", wishes.language, **numbers))
        plans = trial.plans(read, screening.kept)
        with watching("runs", wishes.language) as tell:
            results = trial.results(plans, tell)
    except KeyboardInterrupt:
        where = said("kept in", wishes.language, where=wishes.out).removeprefix(";") + "." if wishes.out else ""
        note(said("stopped", wishes.language) + where)
        raise typer.Exit(STOPPED) from None
    lived = fingerprint([plan.identity.configuration_hash for plan in plans])
    about = About(replace(trial.identity(), configuration_hash=lived), size, trial.screen(), screening)
    if wishes.out is not None:
        _keep(results, trial, about, wishes)
    print(printed(results, wishes.language), flush=True)
    if wishes.out is not None:
        note(said("written", wishes.language, what=f"{wishes.out} ({', '.join(WRITTEN)})"))
    _tell_failures(results, wishes.language)


def _keep(results: Sequence[Result], trial: Trial, about: About, wishes: Wishes) -> None:
    from simcomunita.claims.picture import picture

    assert wishes.out is not None
    drawn = io.BytesIO()
    picture(results, wishes.language).savefig(drawn, format="png")
    provenance = {
        **origin(trial.identity()),
        "lived": about.identity.configuration_hash,
        "draws": list(about.screening.kept),
        "tried": len(about.screening.tried),
        "screened_out": about.screening.out,
        "seeds": about.size.seeds,
        "design": trial.ledger.design,
        "screen": trial.ledger.screen.model_dump(mode="json"),
        "claims": {result.claim.name: NAMES[result.verdict]["en"] for result in results},
        "failures": [
            {"claim": result.claim.name, **failure}
            for result in results
            for failure in failures_as_dicts(result.failures)
        ],
    }
    contents = (
        page(results, about, wishes.language).encode(),
        drawn.getvalue(),
        as_csv(claims_table(results)).encode(),
        as_csv(effects_table(results)).encode(),
        as_csv(draws_table(about.screening)).encode(),
        as_json(provenance).encode(),
    )
    write_results(wishes.out, dict(zip(WRITTEN, contents, strict=True)))


def printed(results: Sequence[Result], language: Language) -> str:
    """Write what a terminal shows: a row a claim, and one for each of its parts."""
    rows = []
    for result in results:
        rows.append([getattr(result.claim.title, language), "", "", NAMES[result.verdict][language]])
        for contrast, finding in zip(result.claim.contrasts, result.findings, strict=True):
            share = f"{number(100 * finding.holds, 0, language)} %"
            part = f"  {contrast.says[language]}"
            rows.append([part, effect_text(finding, language), share, NAMES[finding.verdict][language]])
    return f"{table(_HEAD[language], rows)}\n\n{counted(results, language)}"


def _tell_failures(results: Sequence[Result], language: Language) -> None:
    failures = [(result, failure) for result in results for failure in result.failures]
    for result, failure in failures:
        task = said("draw", language, seed=failure.task.seed, draw=failure.task.draw)
        told = {"claim": result.claim.name, "task": task, "where": failure.where, "error": failure.error}
        note(said("claim failed", language, **told))
    if failures:
        note(f"{said('first failure', language)}\n{failures[0][1].traceback}")
        raise typer.Exit(RUNS_FAILED)
