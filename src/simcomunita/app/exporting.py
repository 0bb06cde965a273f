"""What a visitor takes along: a brief, a workbook, tables for researchers, and the file that opens it all again.

Every file carries the version, the seeds, the values of all levers and the link, so that its numbers can be traced
without the page.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import simcomunita
from simcomunita.app.asking import COST, MEASURES, Answer
from simcomunita.app.choices import Choice
from simcomunita.app.comparing import Comparing, seeds, stands_short
from simcomunita.app.levers import LEVERS
from simcomunita.app.words import word
from simcomunita.experiment.wording import Language, capital, label, month_text, words
from simcomunita.months import parse_month
from simcomunita.report.csv_files import as_csv
from simcomunita.report.sheets import EURO, MONTH, WHOLE, Cell, Sheet, cell, shown_as

_FOUND = ("baseline", "value", "difference", "low", "high", "pairs", "price", "price low", "price high")
RESULTS = ("scenario", "measure", "key", *_FOUND)
MONTHS = ("scenario", "measure", "key", "month", "mean", "band low", "band high")
"""Columns of the results, and of the months."""


@dataclass(frozen=True)
class Origin:
    """Where an export comes from, besides the answers.

    Attributes
    ----------
    link
        The page, from its address on.
    written
        When.
    """

    link: str
    written: datetime

    @classmethod
    def now(cls, link: str) -> Origin:
        """Return that of a page at this moment."""
        return cls(link, datetime.now(UTC).replace(microsecond=0))


@dataclass(frozen=True)
class File:
    """A file that is ready: its name, its media type, its bytes."""

    name: str
    kind: str
    content: bytes


def facts(comparing: Comparing, origin: Origin) -> dict[str, str]:
    """Return what every export says of itself, in the reader's language."""
    lang = comparing.language
    answers = [answer for _, answer in comparing.answered]
    sizes = [f"{column.letter}: {stands_short(answer, lang)}" for column, answer in comparing.answered]
    return {
        word("version", lang): simcomunita.__version__,
        word("seeds", lang): seeds(answers),
        word("sizes", lang): "; ".join(sizes),
        word("parameters", lang): _parameters(comparing.best, lang),
        word("assumed", lang): comparing.state.assumed.said(lang) or word("assumed nothing", lang),
        word("written at", lang): _moment(origin.written, lang),
        word("the link", lang): origin.link,
    }


def _moment(written: datetime, lang: Language) -> str:
    """Write a moment as the clock of this computer shows it."""
    here = written.astimezone()
    return f"{here.day} {month_text(here.year * 12 + here.month - 1, lang)}, {here:%H:%M}"


def _parameters(answer: Answer | None, lang: Language) -> str:
    if answer is None or answer.configured:
        return word("parameters configured", lang)
    return word("parameters drawn", lang, draws=answer.draws)


# -- tables --


def results(comparing: Comparing) -> Sheet:
    """A row a scenario and measure: both ends, difference, interval, price."""
    lang = comparing.language
    rows = []
    for column, answer in comparing.answered:
        for name in (*MEASURES, COST):
            outcome, shown = answer.by_measure[name], shown_as(name)
            found, price = outcome.difference, outcome.price
            numbers = (found.mean_baseline, found.mean_policy, found.mean, found.low, found.high)
            rows.append(
                (
                    Cell(column.name),
                    Cell(capital(label(name, lang))),
                    Cell(name),
                    *(cell(one, shown) for one in numbers),
                    Cell(found.pairs, WHOLE),
                    *(cell(one, EURO) for one in (price.each, price.low, price.high)),
                )
            )
    return Sheet(word("sheet results", lang), tuple(word(f"col {key}", lang) for key in RESULTS), tuple(rows))


def months(comparing: Comparing) -> Sheet:
    """A row a scenario, measure and month; the comparison first."""
    lang = comparing.language
    rows = []
    best = comparing.best
    series = [] if best is None else [(comparing.baseline, best, True)]
    series += [(column.name, answer, False) for column, answer in comparing.answered]
    for name, answer, baseline in series:
        for measure in (*MEASURES, COST):
            outcome, shown = answer.by_measure[measure], shown_as(measure)
            band = outcome.baseline if baseline else outcome.current
            said = (Cell(name), Cell(capital(label(measure, lang))), Cell(measure))
            for at, month in enumerate(answer.months):
                year, number = divmod(parse_month(month), 12)
                numbers = (float(one[at]) for one in (band.middle, band.low, band.high))
                rows.append((*said, Cell(date(year, number + 1, 1), MONTH), *(cell(one, shown) for one in numbers)))
    return Sheet(word("sheet months", lang), tuple(word(f"col {key}", lang) for key in MONTHS), tuple(rows))


def choices(comparing: Comparing) -> Sheet:
    """A row a lever, a column a choice."""
    lang = comparing.language
    asked: list[tuple[str, Choice]] = [(comparing.baseline, comparing.state.baseline)]
    asked += [(column.name, column.choice) for column in comparing.columns]
    rows = tuple(
        (Cell(lever.label[lang]), Cell(key), *(Cell(lever.value_text(choice[key], lang)) for _, choice in asked))
        for key, lever in LEVERS.items()
    )
    head = (word("col lever", lang), word("col key", lang), *(name for name, _ in asked))
    return Sheet(word("sheet choices", lang), head, rows)


def origin_sheet(comparing: Comparing, origin: Origin) -> Sheet:
    """Where it comes from."""
    lang = comparing.language
    rows = tuple((Cell(name), Cell(said)) for name, said in facts(comparing, origin).items())
    return Sheet(word("sheet origin", lang), (word("fact", lang), word("value", lang)), rows)


# -- files --


def workbook(comparing: Comparing, origin: Origin) -> bytes:
    """Write the workbook: results, months, choices, and where it comes from."""
    from simcomunita.report.workbook import plain_workbook

    sheets = (results(comparing), months(comparing), choices(comparing), origin_sheet(comparing, origin))
    return plain_workbook(title(comparing), simcomunita.__version__, origin.written, sheets)


def table(comparing: Comparing, origin: Origin) -> bytes:
    """Write the results as CSV; every row carries all levers of its scenario, version, seeds and link."""
    lang, sheet = comparing.language, results(comparing)
    levers = {column.name: tuple(Cell(str(value)) for _, value in column.choice) for column in comparing.columns}
    said = facts(comparing, origin)
    more = tuple(Cell(one) for one in said.values())
    rows = tuple((*row, *levers[str(row[0].value)], *more) for row in sheet.rows)
    return as_csv(Sheet(sheet.name, (*sheet.head, *LEVERS, *said), rows), lang)


def parquet(comparing: Comparing, origin: Origin) -> bytes:
    """Write the months as Parquet; the file's own notes (metadata) carry version, seeds, levers and link.

    Columns: scenario, measure, month (YYYY-MM), mean, low, high; names are English whatever the reader's language.
    """
    import json

    import pyarrow as pa
    import pyarrow.parquet as pq

    sheet = months(comparing)
    names = ("scenario", None, "measure", "month", "mean", "low", "high")
    columns = {
        name: [f"{row[at].value:%Y-%m}" if isinstance(row[at].value, date) else row[at].value for row in sheet.rows]
        for at, name in enumerate(names)
        if name is not None
    }
    levers = {comparing.baseline: comparing.state.baseline.values}
    levers |= {column.name: column.choice.values for column in comparing.columns}
    answers = [answer for _, answer in comparing.answered]
    notes = {
        "version": simcomunita.__version__,
        "seeds": seeds(answers),
        "pairs": json.dumps({column.name: answer.runs for column, answer in comparing.answered}),
        "people": json.dumps({column.name: answer.people for column, answer in comparing.answered}),
        "levers": json.dumps(levers, ensure_ascii=False),
        "assumed": json.dumps(comparing.state.assumed.values),
        "link": origin.link,
        "written": origin.written.isoformat(),
    }
    numbers = {name: pa.array(columns[name], pa.float64()) for name in ("mean", "low", "high")}
    texts = {name: pa.array(columns[name], pa.string()) for name in ("scenario", "measure", "month")}
    made = pa.table({**texts, **numbers}).replace_schema_metadata(notes)
    written = io.BytesIO()
    pq.write_table(made, written)
    return written.getvalue()


def scenario_file(comparing: Comparing, origin: Origin) -> bytes:
    """Write the state as the page opens it again, under a heading that says where it comes from."""
    heading = "".join(f"# {name}: {said}\n" for name, said in facts(comparing, origin).items())
    return heading.encode() + comparing.state.to_file()


def title(comparing: Comparing) -> str:
    """Return what all of it is called."""
    from simcomunita.app.funding import standard_study

    territory = standard_study().history.territory.label
    return word("brief title", comparing.language, territory=words(territory)[comparing.language])


def _brief_html(comparing: Comparing, origin: Origin) -> bytes:
    from simcomunita.app.brief import brief
    from simcomunita.report.writing import as_html

    return as_html(brief(comparing, origin))


def _brief_pdf(comparing: Comparing, origin: Origin) -> bytes:
    from simcomunita.app.brief import brief
    from simcomunita.report.writing import as_pdf

    return as_pdf(brief(comparing, origin))


_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

EXPORTS: Mapping[str, tuple[str, str, Callable[[Comparing, Origin], bytes]]] = {
    "brief_pdf": ("pdf", "application/pdf", _brief_pdf),
    "brief_html": ("html", "text/html", _brief_html),
    "workbook": ("xlsx", _SHEET, workbook),
    "csv": ("csv", "text/csv", table),
    "parquet": ("parquet", "application/vnd.apache.parquet", parquet),
    "scenario": ("yaml", "application/yaml", scenario_file),
}
"""What can be taken along: the end of its name, its media type, and what writes it."""


def export(key: str, comparing: Comparing, origin: Origin) -> File:
    """Write one of `EXPORTS`.

    Raises
    ------
    KeyError
        If there is no such export.
    """
    end, kind, make = EXPORTS[key]
    return File(f"{word('file stem', comparing.language)}.{end}", kind, make(comparing, origin))
