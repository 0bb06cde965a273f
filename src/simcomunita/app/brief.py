"""The brief of a comparison in the workshop: a page like a report's, made of answers instead of a study's runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import simcomunita
from simcomunita.app.comparing import Comparing
from simcomunita.app.exporting import Origin, choices, facts, title
from simcomunita.app.funding import funded
from simcomunita.app.pages.side_by_side import shortened
from simcomunita.app.saying import assumed_otherwise
from simcomunita.app.words import word
from simcomunita.experiment.wording import Language, amount, capital, label, month_text, number
from simcomunita.months import parse_month
from simcomunita.report.page import Figure, Page, Section, Table

LIMITS = 5
"""How many things are said that the model cannot say."""

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing


def brief(comparing: Comparing, origin: Origin) -> Page:
    """Say all that the page says, so that it can be printed and passed on."""
    lang, best = comparing.language, comparing.best
    if best is None:
        raise ValueError("there is no answer yet")
    start, end = (parse_month(best.months[at]) for at in (best.branch, -1))
    residents = number(best.residents, 0, lang)
    dates = {"start": month_text(start, lang), "end": month_text(end, lang)}
    valued = label(comparing.valued, lang)
    rows = comparing.rows()
    prices = "; ".join(
        f"{column.letter}: {cell.said}" + (f" ({cell.known})" if cell.known else "")
        for column, cell in zip(comparing.columns, rows[-2].cells, strict=True)
    )
    stands = "; ".join(
        f"{column.letter}: {cell.said}" for column, cell in zip(comparing.columns, rows[-1].cells, strict=True)
    )
    answer = (
        " ".join((comparing.said(), *assumed_otherwise(comparing.state.assumed, lang))),
        word("brief price", lang, measure=valued, said=prices),
        word("brief stands", lang, said=stands),
    )
    sections = (
        Section(word("brief choices", lang), tables=(_funds(comparing),)),
        Section(word("compare table", lang), tables=(_results(comparing, month_text(end, lang)),)),
        Section(word("brief over time", lang), figures=(_figure(comparing),)),
        Section(word("brief limits", lang), points=limits_said(lang)),
        Section(word("brief trace", lang), tables=(_trace(comparing, origin), _levers(comparing))),
    )
    return Page(
        lang,
        title(comparing),
        word("brief subtitle", lang, residents=residents, **dates),
        word("brief answer", lang),
        answer,
        word("brief reading", lang),
        sections,
        origin.written,
        simcomunita.__version__,
    )


def limits_said(lang: Language) -> tuple[str, ...]:
    """Return what the model cannot say, as the page of confidence says it too."""
    return tuple(word(f"limit {at}", lang) for at in range(1, LIMITS + 1))


def _funds(comparing: Comparing) -> Table:
    lang = comparing.language
    rows = [(comparing.baseline, funded(comparing.state.baseline, lang, assumed=comparing.state.assumed))]
    rows += [(f"{column.letter} {column.name}", comparing.funded(column)) for column in comparing.columns]
    head = (word("brief choice", lang), word("brief funds", lang))
    return Table(word("brief choices caption", lang), head, tuple(rows), (1.0, 3.0), in_words=True)


def _results(comparing: Comparing, end: str) -> Table:
    lang = comparing.language
    head = (word("compare what", lang), *(f"{column.letter} {column.name}" for column in comparing.columns))
    rows = tuple(
        (row.name, *(f"{cell.said} ({cell.known})" if cell.known else cell.said for cell in row.cells))
        for row in comparing.rows()
    )
    caption = word("compare against", lang, baseline=comparing.baseline, month=end)
    return Table(caption, head, rows, (1.4, *(1.0 for _ in comparing.columns)), in_words=True)


def _trace(comparing: Comparing, origin: Origin) -> Table:
    lang = comparing.language
    rows = tuple(facts(comparing, origin).items())
    return Table(word("brief trace", lang), (word("fact", lang), word("value", lang)), rows, (1.0, 2.4), in_words=True)


def _levers(comparing: Comparing) -> Table:
    sheet = choices(comparing)
    rows = tuple(tuple(str(cell.value) for at, cell in enumerate(row) if at != 1) for row in sheet.rows)
    head = tuple(name for at, name in enumerate(sheet.head) if at != 1)
    return Table(capital(sheet.name), head, rows, (1.4, *(1.0 for _ in head[1:])), in_words=True)


def _figure(comparing: Comparing) -> Figure:
    """Draw the measure that is looked at, with all scenarios."""
    from simcomunita.report.figures import as_svg

    lang, measure = comparing.language, comparing.state.measure
    ends = "; ".join(
        f"{column.name}: {amount(measure, float(answer.by_measure[measure].current.middle[-1]), lang)}"
        for column, answer in comparing.answered
    )
    said = capital(label(measure, lang))
    return Figure(said, f"{said}. {ends}", as_svg(_drawn(comparing)))


def _drawn(comparing: Comparing) -> Drawing:
    import matplotlib as mpl
    import numpy as np
    from matplotlib.figure import Figure as Drawing
    from matplotlib.ticker import FuncFormatter

    from simcomunita.experiment.figures import BASELINE_COLOUR, PAST_COLOUR, QUIET, SETTINGS, ink, limits, spread
    from simcomunita.experiment.wording import is_counted

    lang, measure, best = comparing.language, comparing.state.measure, comparing.best
    if best is None:
        raise ValueError("there is no answer yet")
    band = best.by_measure[measure].baseline
    drawn = [(comparing.baseline, BASELINE_COLOUR, band, "--")]
    drawn += [
        (shortened(column.letter, column.name), column.colour, answer.by_measure[measure].current, "-")
        for column, answer in comparing.answered
    ]
    at = np.arange(len(best.months))
    with mpl.rc_context(SETTINGS):
        drawing = Drawing(figsize=(9.6, 4.6))
        axes = drawing.add_axes((0.09, 0.1, 0.66, 0.84))
        axes.axvspan(0, best.branch - 1, color="#F0F0EE", zorder=0)
        axes.text(0.6, 0.98, word("past", lang), color=QUIET, va="top", transform=axes.get_xaxis_transform())
        past = slice(0, best.branch)
        axes.fill_between(at[past], band.low[past], band.high[past], color=PAST_COLOUR, alpha=0.18, linewidth=0)
        axes.plot(at[past], band.middle[past], color=PAST_COLOUR, linewidth=2.6)
        future = slice(max(best.branch - 1, 0), None)
        for _, colour, own, style in drawn:
            axes.fill_between(at[future], own.low[future], own.high[future], color=colour, alpha=0.16, linewidth=0)
            axes.plot(at[future], own.middle[future], style, color=colour, linewidth=2.6)
        values = [
            float(v)
            for _, _, own, _ in drawn
            for part in (own.low, own.high)
            for v in (np.nanmin(part), np.nanmax(part))
        ]
        least, most = limits(min(values), max(values), counted=is_counted(measure))
        axes.set_xlim(0, len(at) - 1)
        axes.set_ylim(least, most)
        years = [k for k, month in enumerate(best.months) if month.endswith("-01") and int(month[:4]) % 2 == 0]
        axes.set_xticks(years, [best.months[k][:4] for k in years])
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: amount(measure, value, lang)))
        ends = sorted(((float(own.middle[-1]), name, colour) for name, colour, own, _ in drawn))
        for height, (value, name, colour) in zip(
            spread([end[0] for end in ends], 0.11 * (most - least)), ends, strict=True
        ):
            axes.annotate(
                f"{name}\n{amount(measure, value, lang)}",
                (len(at) - 1, height),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                color=ink(colour),
                annotation_clip=False,
            )
    return drawing
