"""The tables of a report as numbers, for workbooks and CSV files: what each cell holds, and how it is shown."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from simcomunita.experiment import wording
from simcomunita.experiment.figures import course
from simcomunita.experiment.frames import RUN_KEYS
from simcomunita.experiment.intervals import paired_difference
from simcomunita.experiment.wording import Language, capital, label, month_text, unit
from simcomunita.outcomes.published import PUBLISHED
from simcomunita.report.answer import price_case
from simcomunita.report.grounds import provenance_rows
from simcomunita.report.tables import months_of

if TYPE_CHECKING:
    from simcomunita.experiment.comparison import Comparison

Value = str | int | float | date | None

WORDS, WHOLE, EURO, SHARE, ONE_DECIMAL, MONTH = "@", "0", "#,##0", "0.00%", "#,##0.0", "yyyy-mm"
"""How cells are shown, as workbooks say it; programs show it as their own language does."""

MOST_CELLS = 600_000
"""Cells of the sheet of all runs; of larger comparisons it holds the headline and the published outcomes."""

_TEXTS: dict[str, dict[Language, str]] = {
    "comparison": {"en": "comparison", "it": "confronto"},
    "money": {"en": "money by year", "it": "costi per anno"},
    "series": {"en": "series", "it": "serie"},
    "runs": {"en": "runs", "it": "simulazioni"},
    "provenance": {"en": "provenance", "it": "provenienza"},
    "logframe": {"en": "logframe", "it": "quadro logico"},
    "measure": {"en": "Measure", "it": "Misura"},
    "name": {"en": "Name in the data", "it": "Nome nei dati"},
    "unit": {"en": "Unit", "it": "Unità"},
    "baseline": {"en": "Baseline", "it": "Riferimento"},
    "policy": {"en": "Policy", "it": "Politica"},
    "mean baseline": {"en": "Mean, baseline", "it": "Media, riferimento"},
    "mean policy": {"en": "Mean, policy", "it": "Media, politica"},
    "difference": {"en": "Difference", "it": "Differenza"},
    "low": {"en": "95 % interval, from", "it": "Intervallo 95 %, da"},
    "high": {"en": "95 % interval, to", "it": "Intervallo 95 %, a"},
    "pairs": {"en": "Pairs", "it": "Coppie"},
    "draws": {"en": "Draws", "it": "Estrazioni"},
    "higher": {"en": "Share in which it is higher", "it": "Quota in cui è più alto"},
    "price": {"en": "Euro for each one more", "it": "Euro per ogni unità in più"},
    "price low": {"en": "Euro, from", "it": "Euro, da"},
    "price high": {"en": "Euro, to", "it": "Euro, a"},
    "year": {"en": "Year", "it": "Anno"},
    "months": {"en": "Months", "it": "Mesi"},
    "scenario": {"en": "Scenario", "it": "Scenario"},
    "euro": {"en": "Euro", "it": "Euro"},
    "month": {"en": "Month", "it": "Mese"},
    "mean": {"en": "Mean", "it": "Media"},
    "band low": {"en": "5 in 100 runs lie below", "it": "5 simulazioni su 100 sono sotto"},
    "band high": {"en": "5 in 100 runs lie above", "it": "5 simulazioni su 100 sono sopra"},
    "seed": {"en": "Seed", "it": "Seme"},
    "draw": {"en": "Draw", "it": "Estrazione"},
    "fact": {"en": "Fact", "it": "Dato"},
    "value": {"en": "Value", "it": "Valore"},
    "indicator": {"en": "Indicator", "it": "Indicatore"},
    "level before": {"en": "Baseline ({month})", "it": "Situazione di partenza ({month})"},
    "target": {"en": "Target (fill in)", "it": "Valore atteso (da compilare)"},
    "result": {"en": "{scenario}: result ({month})", "it": "{scenario}: risultato ({month})"},
    "result low": {"en": "{scenario}: 95 % interval, from", "it": "{scenario}: intervallo 95 %, da"},
    "result high": {"en": "{scenario}: 95 % interval, to", "it": "{scenario}: intervallo 95 %, a"},
}


def text(key: str, lang: Language, **values: object) -> str:
    """Return a phrase in a language."""
    return _TEXTS[key][lang].format(**values)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and how it is shown; `None` for none."""

    value: Value
    shown: str = WORDS


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of numbers with its name and head."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def shown_as(measure: str) -> str:
    """How a measure's values are shown in a workbook."""
    known = wording.measure_of(measure)
    if known.kind == "share":
        return SHARE
    if known.unit == "euro":
        return EURO
    return ONE_DECIMAL if known.kind in ("stock", "flow") else f"#,##0.{'0' * (known.decimals + 1)}"


def cell(value: float, shown: str) -> Cell:
    """A number; nothing where it is not known."""
    return Cell(float(value) if math.isfinite(value) else None, shown)


def named(measure: str, lang: Language) -> tuple[Cell, Cell, Cell]:
    """A measure's name, its name in the data and its unit."""
    return Cell(capital(label(measure, lang))), Cell(measure), Cell(unit(measure, lang))


def sheets_of(comparison: Comparison, lang: Language) -> tuple[Sheet, ...]:
    """All tables of a report but the logframe and the provenance, in their order."""
    return tuple(make(comparison, lang) for make in (comparison_sheet, money_sheet, series_sheet, runs_sheet))


def comparison_sheet(comparison: Comparison, lang: Language) -> Sheet:
    """Every measure of every policy: means, difference, interval, and the price where it can be said."""
    about = comparison.about
    rows = []
    for policy in about.policies:
        for measure in comparison.measures:
            found, shown = comparison.difference(measure, policy), shown_as(measure)
            price: tuple[Cell, ...] = (Cell(None, EURO),) * 3
            if measure != comparison.cost and price_case(comparison, measure, policy) == "price":
                each = comparison.price(measure, policy)
                price = tuple(cell(euro, EURO) for euro in (each.each, each.low, each.high))
            numbers = (found.mean_baseline, found.mean_policy, found.mean, found.low, found.high)
            rows.append(
                (
                    *named(measure, lang),
                    Cell(about.label(about.baseline, lang)),
                    Cell(about.label(policy, lang)),
                    *(cell(one, shown) for one in numbers),
                    Cell(found.pairs, WHOLE),
                    cell(found.higher, "0%"),
                    *price,
                )
            )
    head = [
        "measure",
        "name",
        "unit",
        "baseline",
        "policy",
        "mean baseline",
        "mean policy",
        "difference",
        "low",
        "high",
    ]
    head += ["draws" if comparison.over_draws else "pairs", "higher", "price", "price low", "price high"]
    return Sheet(text("comparison", lang), tuple(text(key, lang) for key in head), tuple(rows))


def money_sheet(comparison: Comparison, lang: Language) -> Sheet:
    """Euro by scenario and calendar year."""
    about = comparison.about
    rows = [
        (
            Cell(int(year), WHOLE),
            Cell(months_of(comparison, int(year)), WHOLE),
            Cell(about.label(scenario, lang)),
            cell(euro, EURO),
        )
        for scenario, year, euro in comparison.costs.itertuples(index=False)
    ]
    head = tuple(text(key, lang) for key in ("year", "months", "scenario", "euro"))
    return Sheet(text("money", lang), head, tuple(rows))


def series_sheet(comparison: Comparison, lang: Language) -> Sheet:
    """The headline measures by month and scenario: mean, and the band in which nine in ten runs lie."""
    rows = []
    for measure in comparison.shown:
        if measure not in comparison.series:
            continue
        shown, name = shown_as(measure), Cell(capital(label(measure, lang)))
        for scenario in comparison.about.scenarios:
            drawn = course(comparison.series, scenario, measure)
            whose = Cell(comparison.about.label(scenario, lang))
            for month, *values in zip(drawn.months.tolist(), drawn.mean, drawn.low, drawn.high, strict=True):
                when = Cell(date(month // 12, month % 12 + 1, 1), MONTH)
                rows.append((when, whose, name, *(cell(value, shown) for value in values)))
    head = tuple(text(key, lang) for key in ("month", "scenario", "measure", "mean", "band low", "band high"))
    return Sheet(text("series", lang), head, tuple(rows))


def runs_sheet(comparison: Comparison, lang: Language) -> Sheet:
    """Every run with its measures at the end."""
    measures = comparison.measures
    if len(measures) * len(comparison.runs) > MOST_CELLS:
        measures = [name for name in measures if name in PUBLISHED or name in comparison.shown]
    shown = [shown_as(name) for name in measures]
    rows = []
    for run in comparison.runs.to_dict("records"):
        own = [Cell(comparison.about.label(run["scenario"], lang))]
        own += [Cell(int(run[key]), WHOLE) for key in RUN_KEYS if key != "scenario"]
        rows.append((*own, *(cell(run[name], how) for name, how in zip(measures, shown, strict=True))))
    head = [text(key, lang) for key in ("scenario", *(key for key in RUN_KEYS if key != "scenario"))]
    head += [f"{capital(label(name, lang))} ({name})" for name in measures]
    return Sheet(text("runs", lang), tuple(head), tuple(rows))


def provenance_sheet(comparison: Comparison, provenance: Mapping[str, Any], lang: Language) -> Sheet:
    """Where the numbers come from."""
    rows = [(Cell(name), Cell(value)) for name, value in provenance_rows(comparison, provenance, lang)]
    return Sheet(text("provenance", lang), (text("fact", lang), text("value", lang)), tuple(rows))


def indicators(comparison: Comparison) -> list[str]:
    """Measures of the logframe: those of the headline, and the published outcomes."""
    return list(dict.fromkeys([*comparison.shown, *(n for n in PUBLISHED if n in comparison.measures)]))


def logframe_sheet(comparison: Comparison, lang: Language) -> Sheet:
    """The planner's logframe: indicator, unit, level before the branch, target (to be filled in), and every scenario's
    result with its interval.

    The target is left empty: what is asked for is the planner's to say. Results come as three columns a scenario.
    """
    about = comparison.about
    rows = []
    for measure in indicators(comparison):
        shown = shown_as(measure)
        row = [Cell(capital(label(measure, lang))), Cell(unit(measure, lang))]
        row += [cell(level_before(comparison, measure), shown), Cell(None, shown)]
        for scenario in about.scenarios:
            values = comparison.units(measure, scenario)
            found = paired_difference([0.0] * len(values), values)
            row += [cell(one, shown) for one in (found.mean, found.low, found.high)]
        rows.append(tuple(row))
    end = month_text(about.until, lang)
    head = [text("indicator", lang), text("unit", lang)]
    head += [text("level before", lang, month=month_text(about.branch_at - 1, lang)), text("target", lang)]
    for scenario in about.scenarios:
        name = capital(about.label(scenario, lang))
        head += [text(key, lang, scenario=name, month=end) for key in ("result", "result low", "result high")]
    return Sheet(text("logframe", lang), tuple(head), tuple(rows))


def level_before(comparison: Comparison, measure: str) -> float:
    """Mean of a measure in the last month that all scenarios share; NaN where there is none."""
    about = comparison.about
    if measure not in comparison.series:
        return math.nan
    before = course(comparison.series, about.baseline, measure).between(about.branch_at - 1, about.branch_at - 1)
    return float(before.mean[0]) if len(before.mean) else math.nan
