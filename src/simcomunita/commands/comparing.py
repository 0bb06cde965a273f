"""``simcomunita compare``."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from simcomunita.commands.answering import RUNS_FAILED, STOPPED, note
from simcomunita.commands.employing import employed, employing
from simcomunita.commands.remarking import remarks
from simcomunita.commands.repeating import told
from simcomunita.commands.saying import counted, said
from simcomunita.commands.tables import paragraphs, table
from simcomunita.commands.watching import duration, watching
from simcomunita.experiment import uncertainty_sentences as words
from simcomunita.experiment.comparison import Comparison, RunsFailedError
from simcomunita.experiment.keeping import WRITTEN, not_drawn, save_failures
from simcomunita.experiment.parameters import with_parameters
from simcomunita.experiment.parts import PartStore, set_aside
from simcomunita.experiment.plan import ExperimentError, Plan
from simcomunita.experiment.repeating import with_repeats
from simcomunita.experiment.room import check_room
from simcomunita.experiment.running import Progress, run_plan
from simcomunita.experiment.wording import amount, is_counted, label, measure_of, more_digits, number

if TYPE_CHECKING:
    from simcomunita.experiment.branching import Failure
    from simcomunita.experiment.cluster import Cluster
    from simcomunita.experiment.parameters import Asked
    from simcomunita.experiment.running import Ensemble
    from simcomunita.experiment.wording import Language

_TEXTS = {
    "measure": {"en": "at the end of the study", "it": "alla fine dello studio"},
    "difference": {"en": "difference (95 % interval)", "it": "differenza (intervallo 95 %)"},
    "between draws": {"en": "nine draws in ten", "it": "nove estrazioni su dieci"},
    "better": {"en": "better in pairs", "it": "coppie in cui va meglio"},
    "better draws": {"en": "better in draws", "it": "estrazioni in cui va meglio"},
    "of": {"en": "{n} of {pairs}", "it": "{n} su {pairs}"},
    "of higher": {"en": "higher in {n} of {pairs}", "it": "più alto in {n} su {pairs}"},
    "to": {"en": "{low} to {high}", "it": "da {low} a {high}"},
    "each": {
        "en": "Extra euro for each one more at the end ({policy}):",
        "it": "Euro in più per ciascuna unità in più alla fine ({policy}):",
    },
    "costs": {"en": "cost, euro", "it": "costo, euro"},
    "total": {"en": "in all", "it": "in tutto"},
    "unknown": {"en": "(cannot tell whether more)", "it": "(non si può dire se di più)"},
    "fewer": {"en": "(fewer, not more)", "it": "(di meno, non di più)"},
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a study is to be run."""

    seeds: int | None
    workers: int
    scale: float
    out: Path | None
    language: Language
    cluster: str | None = None
    """Address of a Dask scheduler whose workers are to do it, instead of processes here."""
    aside: bool = False
    """Whether results of something else that `out` holds are renamed, instead of refusing to run."""
    parameters: Asked | None = None
    draws: int | None = None
    """Draws of the posterior, each with every seed."""


def compare(study: str, wishes: Wishes) -> None:
    """Run a study, print what the policies change, and keep it if a directory is named."""
    from simcomunita.scenario import load_study

    asked = with_parameters(load_study(study), wishes.parameters, wishes.draws)
    plan = Plan.of(asked, wishes.seeds, wishes.scale)
    for remark in remarks(plan.study, wishes.language):
        note(remark)
    check_room(plan, 0 if wishes.cluster else wishes.workers, wishes.out)
    with employing(wishes.workers, wishes.cluster, wishes.language) as workers:
        if wishes.out is not None and wishes.aside and (moved := set_aside(wishes.out, plan.identity)):
            note(said("aside", wishes.language, out=wishes.out, moved=moved))
        store = None if wishes.out is None else PartStore.open(wishes.out, plan.identity)
        ensemble = with_repeats(_run(plan, workers, store, wishes.language), study)
    for failure in ensemble.failures:
        note(told(failure, wishes.language))
    try:
        comparison = Comparison.of(ensemble)
    except RunsFailedError as error:
        _tell_failures(plan, error.failures, wishes.out, wishes.language)
        raise typer.Exit(RUNS_FAILED) from None
    _deliver(comparison, wishes)
    if ensemble.failures:
        _tell_failures(plan, ensemble.failures, None, wishes.language)
        raise typer.Exit(RUNS_FAILED)


def _deliver(comparison: Comparison, wishes: Wishes) -> None:
    """Keep first, then print: whoever reads may have gone. What cannot be kept is printed all the same."""
    if wishes.out is None:
        print(printed(comparison, wishes.language))
        return
    try:
        comparison.save(wishes.out, wishes.language)
    except ExperimentError:
        print(printed(comparison, wishes.language), flush=True)
        raise
    print(printed(comparison, wishes.language), flush=True)
    lacking = not_drawn(comparison)
    written = ", ".join(name for name in WRITTEN if name not in lacking)
    note(said("written", wishes.language, what=f"{wishes.out} ({written})"))
    if lacking:
        reasons = "; ".join(f"{name} ({words.text(why, wishes.language)})" for name, why in lacking.items())
        note(words.text("not drawn", wishes.language, what=reasons))


def _run(plan: Plan, workers: int | Cluster, store: PartStore | None, language: Language) -> Ensemble[Plan]:
    last: Progress | None = None

    def follow(progress: Progress) -> None:
        nonlocal last
        if last is None:
            note(_announced(plan, workers, progress.taken_up, store, language))
        last = progress
        tell(progress.done, progress.total)

    try:
        with watching("seeds", language) as tell:
            ensemble = run_plan(plan, workers, store, follow, plan.stopping)
    except KeyboardInterrupt:
        finished = last.done - last.failed if last else 0
        how_many = said(
            counted("finished", finished), language, finished=finished, total=last.total if last else len(plan.tasks)
        )
        where = said("kept in", language, where=store.directory) if store and finished else ""
        note(f"{said('stopped', language)}{how_many}{where}.")
        raise typer.Exit(STOPPED) from None
    if ensemble.taken_up < len(ensemble.parts) + len(ensemble.failures):
        note(said("run in", language, time=duration(ensemble.seconds)))
    return ensemble


def _announced(plan: Plan, workers: int | Cluster, kept: int, store: PartStore | None, language: Language) -> str:
    total = len(plan.tasks)
    least = plan.stopping.wanted(()) if plan.stopping else total
    seeds = f"{total}" if least == total else f"{least}-{total}"
    parts = [said("study", language, study=plan.study.name, total=seeds, scenarios=len(plan.study.scenarios))]
    if store and kept == total:
        return parts[0] + said("all kept", language, where=store.directory)
    if store and kept:
        parts.append(said(counted("kept", kept), language, kept=kept, where=store.directory))
    outdated = store.outdated(plan.tasks, kept) if store else 0
    if outdated:
        parts.append(said(counted("outdated", outdated), language, outdated=outdated))
    parts.append(employed(workers, total - kept, language))
    return "".join(parts)


def _tell_failures(plan: Plan, failures: tuple[Failure, ...], out: Path | None, language: Language) -> None:
    if out is not None:
        save_failures(plan.identity, failures, out)
    if failures[0].traceback:
        note(f"{said('first failure', language)}\n{failures[0].traceback}")
    see = said("see", language, file=out / "provenance.json") if out else ""
    note(
        said(
            "one failure" if len(failures) == 1 else "some failures",
            language,
            failed=len(failures),
            total=len(plan.tasks),
            see=see,
        )
    )


def printed(comparison: Comparison, language: Language) -> str:
    """Write what a terminal shows: the sentences, a table for every policy, the money, and what is not known."""
    about = comparison.about
    parts = [about.question[language], paragraphs(comparison.headline(language))]
    parts += [_changes(comparison, policy, language) for policy in about.policies]
    if comparison.cost is not None:
        parts.append(_costs(comparison, language))
        parts += [paragraphs(_prices(comparison, policy, language)) for policy in about.policies]
        parts.append(paragraphs(words.worth(comparison, language)))
    parts.append(_regrets(comparison, language))
    parts.append(paragraphs(words.where_spread_comes_from(comparison, language)))
    return "\n\n".join(part for part in parts if part)


def _changes(comparison: Comparison, policy: str, language: Language) -> str:
    about = comparison.about
    texts = {key: value[language] for key, value in _TEXTS.items()}
    head = [texts["measure"], about.label(about.baseline, language), about.label(policy, language)]
    several = comparison.between_draws(comparison.shown[0], policy) is not None
    head += [texts["difference"], *([texts["between draws"]] if several else [])]
    head.append(texts["better draws" if comparison.over_draws else "better"])
    rows = []
    for name in comparison.shown:
        if name == comparison.cost:
            continue  # has a table of its own
        found = comparison.difference(name, policy)
        digits = more_digits(name, found.mean, found.low, found.high)
        mean, low, high = (
            amount(name, value, language, sign=True, more_digits=digits).removesuffix(" %")
            for value in (found.mean, found.low, found.high)
        )
        rows.append(
            [
                label(name, language),
                amount(name, found.mean_baseline, language, more_digits=digits),
                amount(name, found.mean_policy, language, more_digits=digits),
                f"{mean} ({texts['to'].format(low=low, high=high)})",
                *([_between_draws(comparison, name, policy, language, digits)] if several else []),
                _in_pairs(comparison, name, policy, texts),
            ]
        )
    return table(head, rows)


def _between_draws(comparison: Comparison, name: str, policy: str, language: Language, digits: int) -> str:
    found = comparison.between_draws(name, policy)
    if found is None:
        return ""
    low, high = (amount(name, end, language, sign=True, more_digits=digits).removesuffix(" %") for end in found)
    return _TEXTS["to"][language].format(low=low, high=high)


def _in_pairs(comparison: Comparison, name: str, policy: str, texts: dict[str, str]) -> str:
    """In how many pairs a policy is better or, where neither way is better, higher."""
    found, share = comparison.difference(name, policy), comparison.probability_better(name, policy)
    if math.isnan(share):
        return texts["of higher"].format(n=round(found.higher * found.pairs), pairs=found.pairs)
    return texts["of"].format(n=round(share * found.pairs), pairs=found.pairs)


def _regrets(comparison: Comparison, language: Language) -> str:
    """Lay out what each scenario loses in the first measure, where there are more than two."""
    names = [name for name in words.regretted(comparison) if name != comparison.cost]
    if len(comparison.about.scenarios) < 3 or not names or comparison.fewest_pairs < 2:
        return ""
    name = names[0]
    found = comparison.regret_table
    found = found[found["measure"] == name]
    columns = [found[key].tolist() for key in ("scenario", "best", "mean", "p90", "largest", "units")]
    rows = [
        [
            comparison.about.label(scenario, language),
            _TEXTS["of"][language].format(n=round(best * units), pairs=units),
            *(amount(name, value, language).removesuffix(" %") for value in lost),
        ]
        for scenario, best, *lost, units in zip(*columns, strict=True)
    ]
    what = label(name, language)
    if measure_of(name).kind == "share":
        what = words.text("lost points", language, measure=what)
    said = f"{words.regret_said(comparison, language)} ({what}):"
    return f"{paragraphs(said)}\n\n{table([head[language] for head in words.REGRETS.values()], rows)}"


def _costs(comparison: Comparison, language: Language) -> str:
    about, costs = comparison.about, comparison.costs
    scenarios = (about.baseline, *about.policies)
    euro = {(scenario, year): value for scenario, year, value in costs.itertuples(index=False)}
    years = sorted(set(costs["year"].tolist()))
    rows = [[str(y), *(number(euro[scenario, y], 0, language) for scenario in scenarios)] for y in years]
    totals = (sum(euro[scenario, y] for y in years) for scenario in scenarios)
    rows.append([_TEXTS["total"][language], *(number(total, 0, language) for total in totals)])
    return table([_TEXTS["costs"][language], *(about.label(s, language) for s in scenarios)], rows)


def _prices(comparison: Comparison, policy: str, language: Language) -> str:
    """Say what one more of every counted outcome costs, where that can be said."""
    said = []
    for name in comparison.shown:
        if name == comparison.cost or not is_counted(name):
            continue
        each, gain = comparison.price(name, policy), comparison.difference(name, policy)
        if not each.known or gain.low <= 0.0:
            why = "fewer" if gain.high < 0.0 else "unknown"
            said.append(f"{label(name, language)} {_TEXTS[why][language]}")
            continue
        between = _TEXTS["to"][language].format(low=number(each.low, 0, language), high=number(each.high, 0, language))
        said.append(f"{label(name, language)} {number(each.each, 0, language)} ({between})")
    if not said:
        return ""
    start = _TEXTS["each"][language].format(policy=comparison.about.label(policy, language))
    return f"{start} {'; '.join(said)}."
