"""All that a report says, in its order, before it is written in any form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simcomunita.experiment.wording import Language, month_text, number
from simcomunita.report.answer import answer
from simcomunita.report.figures import figures
from simcomunita.report.grounds import assumptions, limits, moment, provenance_section
from simcomunita.report.page import Page, Section
from simcomunita.report.tables import headline_tables, money_tables, with_interval
from simcomunita.report.texts import text

if TYPE_CHECKING:
    from simcomunita.experiment.comparison import Comparison


def page_of(comparison: Comparison, provenance: Mapping[str, Any], lang: Language) -> Page:
    """Say everything about a comparison that its report has.

    Parameters
    ----------
    provenance
        As ``provenance.json`` has it.
    """
    about = comparison.about
    no_money = () if comparison.cost is not None else (text("no money", lang),)
    no_pictures = () if comparison.cost is not None else (text("figures without money", lang),)
    sections = (
        Section(text("what changes", lang), tables=headline_tables(comparison, lang)),
        Section(text("the money", lang), no_money, tables=money_tables(comparison, lang)),
        Section(text("figures", lang), no_pictures, figures=figures(comparison, lang)),
        assumptions(comparison, lang),
        limits(comparison, provenance, lang),
        provenance_section(comparison, provenance, lang),
    )
    subtitle = text(
        "subtitle",
        lang,
        territory=about.territory[lang],
        residents=number(about.residents, 0, lang),
        start=month_text(about.branch_at, lang),
        end=month_text(about.until, lang),
    )
    return Page(
        lang,
        about.question[lang],
        subtitle,
        text("answer", lang),
        answer(comparison, lang),
        _reading(comparison, lang),
        sections,
        moment(provenance),
        about.identity.version,
    )


def _reading(comparison: Comparison, lang: Language) -> str:
    """Say how an interval is read, by the page's first one."""
    measure = comparison.shown[0]
    found = comparison.difference(measure)
    if found.pairs < 2:
        return text("no intervals", lang)
    units, twenty = (
        text("units draws" if comparison.over_draws else "units pairs", lang, n=number(n, 0, lang))
        for n in (found.pairs, 20)
    )
    return text("how to read", lang, said=with_interval(measure, found, lang), units=units, twenty=twenty)
