"""The tables of a report: headline measures of every policy, and the money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.experiment import wording
from simcomunita.experiment.intervals import Difference
from simcomunita.experiment.wording import Language, amount, label, month_text, number
from simcomunita.months import month_name
from simcomunita.report.answer import price_case
from simcomunita.report.page import Table
from simcomunita.report.texts import text

if TYPE_CHECKING:
    from simcomunita.experiment.comparison import Comparison


def with_interval(measure: str, found: Difference, lang: Language) -> str:
    """Write a difference with its interval: ``+53 (+46 to +61)``; of shares in percentage points."""
    digits = wording.more_digits(measure, found.mean, found.low, found.high)
    mean = wording.change(measure, found.mean, lang, sign=True, more_digits=digits)
    if found.pairs < 2:
        return mean
    low, high = (
        amount(measure, end, lang, sign=True, more_digits=digits).removesuffix(" %") for end in (found.low, found.high)
    )
    return f"{mean} {in_brackets(low, high, lang)}"


def in_brackets(low: str, high: str, lang: Language) -> str:
    """Write an interval so that no line ends within it: ``(+46 to +61)``."""
    return f"({text('from to', lang, low=low, high=high)})".replace(" ", "\N{NO-BREAK SPACE}")


def headline_tables(comparison: Comparison, lang: Language) -> tuple[Table, ...]:
    """The headline measures but the money, a table for every policy."""
    about = comparison.about
    names = [name for name in comparison.shown if name != comparison.cost]
    baseline = wording.capital(about.label(about.baseline, lang))
    tables = []
    for policy in about.policies:
        rows = []
        for name in names:
            found = comparison.difference(name, policy)
            digits = wording.more_digits(name, found.mean, found.low, found.high)
            higher = 0 if found.pairs == 0 else round(found.higher * found.pairs)
            rows.append(
                (
                    wording.capital(label(name, lang)),
                    amount(name, found.mean_baseline, lang, more_digits=digits),
                    amount(name, found.mean_policy, lang, more_digits=digits),
                    with_interval(name, found, lang),
                    text("of", lang, n=number(higher, 0, lang), all=number(found.pairs, 0, lang)),
                )
            )
        higher_in = "higher in draws" if comparison.over_draws else "higher in pairs"
        head = (
            text("measure", lang),
            baseline,
            wording.capital(about.label(policy, lang)),
            text("difference", lang),
            text(higher_in, lang),
        )
        caption = text(
            "against",
            lang,
            policy=wording.capital(about.label(policy, lang)),
            baseline=wording.small(about.label(about.baseline, lang)),
            end=month_text(about.until, lang),
        )
        tables.append(Table(caption, head, tuple(rows), (1.7, 0.9, 0.9, 2.0, 0.8)))
    return tuple(tables)


def money_tables(comparison: Comparison, lang: Language) -> tuple[Table, ...]:
    """Euro by year and scenario, what each policy costs more, the price of one more; none without a cost measure."""
    if comparison.cost is None:
        return ()
    tables = [_by_year(comparison, lang), _extra(comparison, lang)]
    if any(name != comparison.cost and wording.is_counted(name) for name in comparison.shown):
        tables.append(_prices(comparison, lang))
    return tuple(tables)


def months_of(comparison: Comparison, year: int) -> int:
    """How many months of a calendar year were run."""
    first, last = comparison.about.start, comparison.about.until
    return min(last, year * 12 + 11) - max(first, year * 12) + 1


def _by_year(comparison: Comparison, lang: Language) -> Table:
    about = comparison.about
    scenarios = (about.baseline, *about.policies)
    euro = {(scenario, int(year)): value for scenario, year, value in comparison.costs.itertuples(index=False)}
    years = sorted({year for _, year in euro})
    rows = []
    for year in years:
        months = months_of(comparison, year)
        named = str(year)
        if months < 12:
            named = text("year month" if months == 1 else "year part", lang, year=year, months=months)
        rows.append((named, *(number(euro[scenario, year], 0, lang) for scenario in scenarios)))
    since = text("since", lang, start=month_text(about.branch_at, lang))
    totals = (_since_branch(comparison, scenario) for scenario in scenarios)
    rows.append((since, *(number(total, 0, lang) for total in totals)))
    head = (text("year", lang), *(wording.capital(about.label(scenario, lang)) for scenario in scenarios))
    return Table(text("euro by year", lang), head, tuple(rows), (1.4, *(1.0 for _ in scenarios)))


def _since_branch(comparison: Comparison, scenario: str) -> float:
    """Mean cost of a scenario from the branch on: what was spent at the end less what was spent before."""
    cost = comparison.cost or ""
    own = comparison.series[comparison.series["scenario"] == scenario]
    past = own.loc[own["month"] == month_name(comparison.about.branch_at - 1), cost]
    return float(comparison.final(cost, scenario).mean() - (past.mean() if len(past) else 0.0))


def _extra(comparison: Comparison, lang: Language) -> Table:
    about, years = comparison.about, comparison.years
    rows = []
    for policy in about.policies:
        found = comparison.difference(comparison.cost or "", policy)
        cells = []
        for part in (years, 1.0):
            mean, low, high = (number(x / part, 0, lang, sign=True) for x in (found.mean, found.low, found.high))
            cells.append(mean if found.pairs < 2 else f"{mean} {in_brackets(low, high, lang)}")
        rows.append((wording.capital(about.label(policy, lang)), *cells))
    caption = text(
        "extra",
        lang,
        baseline=wording.small(about.label(about.baseline, lang)),
        start=month_text(about.branch_at, lang),
        end=month_text(about.until, lang),
    )
    head = (text("policy", lang), text("extra a year", lang), text("extra in all", lang))
    return Table(caption, head, tuple(rows), (1.0, 1.3, 1.3))


def _prices(comparison: Comparison, lang: Language) -> Table:
    about = comparison.about
    rows = []
    for name in comparison.shown:
        if name == comparison.cost or not wording.is_counted(name):
            continue
        cells = []
        for policy in about.policies:
            case = price_case(comparison, name, policy)
            if case != "price":
                cells.append(text(f"price {case}", lang))
                continue
            each = comparison.price(name, policy)
            digits = wording.more_digits("cost_euro", each.each, each.low, each.high)
            mean, low, high = (number(x, digits, lang) for x in (each.each, each.low, each.high))
            cells.append(f"{mean} {in_brackets(low, high, lang)}")
        rows.append((wording.capital(label(name, lang)), *cells))
    head = (text("measure", lang), *(wording.capital(about.label(policy, lang)) for policy in about.policies))
    return Table(
        text("prices", lang), head, tuple(rows), (1.2, *(1.0 for _ in about.policies)), text("prices note", lang)
    )
