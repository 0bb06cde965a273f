"""``simcomunita sensitivity``."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from simcomunita.commands.answering import RUNS_FAILED, STOPPED, note
from simcomunita.commands.remarking import remarks
from simcomunita.commands.saying import said
from simcomunita.commands.tables import paragraphs, table
from simcomunita.commands.watching import duration, watching
from simcomunita.compiled import to_be_compiled
from simcomunita.experiment.keeping import as_csv, as_json, failures_as_dicts, origin
from simcomunita.experiment.parts import write_results
from simcomunita.experiment.wording import capital, number
from simcomunita.sensitivity.analysis import Analysis, Findings, Size, Stage
from simcomunita.sensitivity.factors import DUMMY
from simcomunita.sensitivity.page import between, heading, page, share, summary
from simcomunita.sensitivity.phrases import phrase
from simcomunita.sensitivity.picture import indices_picture, screening_picture
from simcomunita.sensitivity.tables import indices_table, screening_table
from simcomunita.sensitivity.targets import Target, differences

if TYPE_CHECKING:
    from simcomunita.experiment.wording import Language
    from simcomunita.sensitivity.living import PointsPlan

PICTURES = ("screening.png", "indices.png")
WRITTEN = ("page.md", *PICTURES, "screening.csv", "indices.csv", "provenance.json")
"""Files that the findings are kept in."""

SHOWN = 6
"""Parameters that the terminal shows of a difference."""

_HEAD = {
    "en": ["parameter", "moves it by (95 %)", "more of it", "share by itself", "and with others"],
    "it": ["parametro", "la sposta di (95 %)", "se aumenta", "quota da solo", "e insieme ad altri"],
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for beside the size."""

    parameters: tuple[str, ...]
    measures: tuple[str, ...]
    out: Path | None
    language: Language


def sensitivity(study: str, size: Size, wishes: Wishes) -> None:
    """Screen the parameters of a study, look at the strongest more closely, print what matters, and keep it."""
    from simcomunita.scenario import load_study

    language = wishes.language
    analysis = Analysis.of(load_study(study), size, wishes.parameters, wishes.measures, wishes.out)
    analysis.occupy()
    if to_be_compiled():
        note(said("compiling", language))
    for remark in remarks(analysis.study, language):
        note(remark)
    try:
        findings = _found(analysis, language)
    except KeyboardInterrupt:
        where = said("kept in", language, where=wishes.out).removeprefix(";") + "." if wishes.out else ""
        note(said("stopped", language) + where)
        raise typer.Exit(STOPPED) from None
    _tell_failures(findings, language)
    if not any(one.trajectories for one in findings.screening.values()):
        raise typer.Exit(RUNS_FAILED)
    if wishes.out is not None:
        keep(findings, wishes.out, language)
    print(printed(findings, language), flush=True)
    if wishes.out is not None:
        note(said("written", language, what=f"{wishes.out} ({', '.join(written(findings))})"))
    if findings.failures:
        raise typer.Exit(RUNS_FAILED)


def _found(analysis: Analysis, language: Language) -> Findings:
    plan = analysis.screening_plan()
    varied = len(analysis.factors.quantities)
    _announce(analysis, plan, said("screening", language, parameters=varied), language)
    first = _run(analysis, plan, language)
    screening = analysis.screened(first)
    kept = analysis.kept(screening)
    if not kept:
        return Findings(analysis, screening, (), {}, len(plan.tasks), first.failures)
    plan = analysis.indices_plan(kept)
    _announce(analysis, plan, said("closer look", language, parameters=", ".join(kept)), language)
    second = _run(analysis, plan, language)
    done = len(first.plan.tasks) + len(plan.tasks)
    return Findings(analysis, screening, kept, analysis.indices(second), done, (*first.failures, *second.failures))


def _announce(analysis: Analysis, plan: PointsPlan, begun: str, language: Language) -> None:
    """Say what a stage costs before it starts."""
    runs = len(plan.tasks) * len(plan.study.scenarios)
    told = said(
        "points",
        language,
        points=number(len(plan.points), 0, language),
        seeds=analysis.size.seeds,
        scenarios=len(plan.study.scenarios),
        runs=number(runs, 0, language),
    )
    seconds = analysis.seconds(plan)
    left = analysis.missing(plan)
    told += "" if math.isnan(seconds) or not left else said(
        "about", language, time=duration(seconds * left / min(analysis.size.workers, left)),
        workers=min(analysis.size.workers, left),
    )  # fmt: skip
    note(f"{begun} {told}.")


def _run(analysis: Analysis, plan: PointsPlan, language: Language) -> Stage:
    with watching("runs", language) as tell:
        return analysis.run(plan, lambda progress: tell(progress.done, progress.total))


def written(findings: Findings) -> tuple[str, ...]:
    """Return the names of the files that findings are kept in."""
    return tuple(name for name in WRITTEN if findings.indices or name != PICTURES[1])


def keep(findings: Findings, out: Path, language: Language) -> None:
    """Write page, pictures, tables and provenance, whole or not at all.

    Raises
    ------
    ExperimentError
        If the disk does not take them.
    """
    main = differences(findings.screening)[0]
    pictures = {PICTURES[0]: screening_picture(findings, main, language)}
    if findings.indices:
        pictures[PICTURES[1]] = indices_picture(findings, main, language)
    drawn = {}
    for name, picture in pictures.items():
        picture.savefig(into := io.BytesIO(), format="png")
        drawn[name] = into.getvalue()
    files = {
        "page.md": page(findings, language, tuple(drawn)).encode(),
        **drawn,
        "screening.csv": as_csv(screening_table(findings)).encode(),
        "indices.csv": as_csv(indices_table(findings)).encode(),
        "provenance.json": as_json(_provenance(findings)).encode(),
    }
    write_results(out, {name: files[name] for name in WRITTEN if name in files})
    if not findings.indices:
        (out / PICTURES[1]).unlink(missing_ok=True)  # of an earlier call that looked more closely


def _provenance(findings: Findings) -> dict[str, object]:
    analysis, size = findings.analysis, findings.analysis.size
    return {
        **origin(analysis.identity, ("salib", "scipy")),
        "method": size.method,
        "trajectories": size.trajectories,
        "points": size.many,
        "seeds": size.seeds,
        "parameters": [one.key for one in analysis.factors.quantities],
        "kept": list(findings.kept),
        "measures": list(analysis.measures),
        "tasks": findings.tasks,
        "failures": failures_as_dicts(findings.failures),
    }


def printed(findings: Findings, language: Language) -> str:
    """Write what a terminal shows: of every difference a few sentences and a table."""
    parts = []
    for target in differences(findings.screening):
        parts.append(paragraphs(capital(heading(findings, target, language))))
        plain = summary(findings, target, language).replace("`", "").replace("**", "").replace("\n\n", "\n")
        parts.append(paragraphs(plain))
        if findings.screening[target].mu_star.any():
            parts.append(_table(findings, target, language))
    return "\n\n".join(parts)


def _table(findings: Findings, target: Target, language: Language) -> str:
    found, closer = findings.screening[target], findings.indices.get(target)
    strong = [k for k in found.order if found.mu_star[k] > 0.0 and found.names[k] != DUMMY][:SHOWN]
    rows = []
    for k in (*strong, found.names.index(DUMMY)):
        name = found.names[k]
        row = [phrase("dummy", language) if name == DUMMY else name, between(target.measure, found, k, language)]
        row.append(phrase(f"way {found.direction(k)}", language) if found.mu_star[k] > 0.0 else "")
        at = closer.names.index(name) if closer is not None and name in closer.names else None
        shares = (closer.first, closer.total) if closer is not None else ()
        row += ["" if at is None or math.isnan(index[at]) else share(index[at], language) for index in shares]
        rows.append(row)
    return table(_HEAD[language][: 3 if closer is None else 5], rows)


def _tell_failures(findings: Findings, language: Language) -> None:
    for failure in findings.failures:
        task = said("draw", language, seed=failure.task.seed, draw=failure.task.draw)
        note(said("seed failed", language, task=task.capitalize(), where=failure.where, error=failure.error))
    if findings.failures:
        note(f"{said('first failure', language)}\n{findings.failures[0].traceback}")
