"""The workbook: the answer, the logframe, and every table with real numbers."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from simcomunita.experiment import wording
from simcomunita.experiment.better import sign
from simcomunita.experiment.wording import Language, capital
from simcomunita.report import sheets
from simcomunita.report.page import Page
from simcomunita.report.sheets import Cell, Sheet, cell, shown_as

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from simcomunita.experiment.comparison import Comparison

WIDEST, NARROWEST = 44, 9
"""Characters that a column is wide at most and at least."""

BEFORE_RESULTS = 4
"""Columns of the logframe before the first scenario's result: indicator, unit, baseline, target."""

_TEXTS: dict[str, dict[Language, str]] = {
    "summary": {"en": "summary", "it": "sintesi"},
    "reached": {"en": "{scenario}: reached?", "it": "{scenario}: raggiunto?"},
    "yes": {"en": "yes", "it": "sì"},
    "no": {"en": "no", "it": "no"},
    "open": {"en": "cannot tell", "it": "non si può dire"},
    "fill in": {
        "en": "Write the targets into the yellow cells, and “reached?” answers: yes or no if the whole interval says "
        "so, else “cannot tell”. Where less is better (costs, isolation) a target is what must not be exceeded, "
        "elsewhere what is to be come up to. Numbers are of the territory as simulated ({scale}).",
        "it": "Si scrivano i valori attesi nelle celle gialle: «raggiunto?» risponde sì o no se lo dice l'intero "
        "intervallo, altrimenti «non si può dire». Dove è meglio avere di meno (costi, isolamento) il valore atteso "
        "è quello da non superare, altrove quello da raggiungere. I numeri riguardano il territorio così come simulato "
        "({scale}).",
    },
    "all residents": {"en": "all residents", "it": "tutti i residenti"},
}


def text(key: str, lang: Language, **values: object) -> str:
    """Return a phrase in a language."""
    return _TEXTS[key][lang].format(**values)


def as_workbook(comparison: Comparison, provenance: Mapping[str, Any], page: Page, tables: Sequence[Sheet]) -> bytes:
    """Write the workbook; equal comparisons give equal bytes, for it is dated as the comparison is.

    Parameters
    ----------
    tables
        As `sheets.sheets_of` gives them.
    """
    import xlsxwriter

    lang, written = page.lang, io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties(
            {"title": page.title, "author": f"simcomunita {page.version}", "created": page.written.replace(tzinfo=None)}
        )
        pen = _Pen(book)
        _summary(book.add_worksheet(capital(text("summary", lang))), comparison, page, pen)
        _logframe(book, sheets.logframe_sheet(comparison, lang), comparison, lang, pen)
        for sheet in (*tables, sheets.provenance_sheet(comparison, provenance, lang)):
            _table(book.add_worksheet(capital(sheet.name)), sheet, pen)
    return written.getvalue()


def plain_workbook(title: str, version: str, written: datetime, tables: Sequence[Sheet]) -> bytes:
    """Write tables as a workbook, each on its own sheet; equal ones give equal bytes."""
    import xlsxwriter

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties(
            {"title": title, "author": f"simcomunita {version}", "created": written.replace(tzinfo=None)}
        )
        pen = _Pen(book)
        for sheet in tables:
            _table(book.add_worksheet(capital(sheet.name)), sheet, pen)
    return made.getvalue()


class _Pen:
    """Formats, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **properties})
        return self._made[key]

    @property
    def head(self) -> Format:
        return self.of(bold=True, bottom=2, text_wrap=True, bg_color="#F4F4F4")


def _write(page: Worksheet, row: int, column: int, one: Cell, pen: _Pen, **properties: object) -> None:
    form = pen.of(num_format=one.shown, **properties)
    if one.value is None:
        page.write_blank(row, column, None, form)
    elif isinstance(one.value, str):
        page.write_string(row, column, one.value, form)
    elif isinstance(one.value, date):
        page.write_datetime(row, column, datetime(one.value.year, one.value.month, one.value.day), form)
    else:
        page.write_number(row, column, one.value, form)


def _table(page: Worksheet, sheet: Sheet, pen: _Pen, top: int = 0) -> None:
    """Write a table with its head frozen, its filter, and columns as wide as what they hold."""
    for column, name in enumerate(sheet.head):
        page.write_string(top, column, name, pen.head)
    for row, cells in enumerate(sheet.rows, start=top + 1):
        for column, one in enumerate(cells):
            _write(page, row, column, one, pen)
    for column, name in enumerate(sheet.head):
        longest = max((_length(cells[column]) for cells in sheet.rows), default=0)
        page.set_column(column, column, min(max(longest + 2, len(name) / 2 + 2, NARROWEST), WIDEST))
    page.freeze_panes(top + 1, 1)
    if sheet.rows:
        page.autofilter(top, 0, top + len(sheet.rows), len(sheet.head) - 1)


def _length(one: Cell) -> int:
    if isinstance(one.value, str):
        return len(one.value)
    return 0 if one.value is None else len(f"{one.value:,.2f}") if isinstance(one.value, int | float) else 7


def _summary(page: Worksheet, comparison: Comparison, content: Page, pen: _Pen) -> None:
    """Write the question, the three sentences and the headline measures."""
    lang, about = content.lang, comparison.about
    head = ["policy", "measure", "unit", "mean baseline", "mean policy", "difference", "low", "high"]
    head += ["draws" if comparison.over_draws else "pairs", "higher"]
    last = len(head) - 1
    page.write_string(0, 0, content.title, pen.of(bold=True, font_size=16))
    page.write_string(1, 0, content.subtitle, pen.of(font_color="#595959"))
    said = (*content.answer, content.reading)
    for row, sentence in enumerate(said, start=3):
        page.merge_range(row, 0, row, last, sentence, pen.of(text_wrap=True, font_size=12))
        page.set_row(row, 17 * (1 + len(sentence) // 120))
    top = 3 + len(said) + 1
    for column, key in enumerate(head):
        page.write_string(top, column, sheets.text(key, lang), pen.head)
    row = top
    for policy in about.policies:
        for name in comparison.shown:
            row += 1
            found, shown = comparison.difference(name, policy), shown_as(name)
            numbers = (found.mean_baseline, found.mean_policy, found.mean, found.low, found.high)
            measure, _, unit = sheets.named(name, lang)
            cells = (
                Cell(capital(about.label(policy, lang))),
                measure,
                unit,
                *(cell(one, shown) for one in numbers),
                Cell(found.pairs, sheets.WHOLE),
                cell(found.higher, "0%"),
            )
            for column, one in enumerate(cells):
                _write(page, row, column, one, pen)
    for column, width in enumerate((26, 40, 16, 14, 14, 14, 14, 14, 10, 16)):
        page.set_column(column, column, width)
    page.freeze_panes(top + 1, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _logframe(book: Workbook, sheet: Sheet, comparison: Comparison, lang: Language, pen: _Pen) -> None:
    """Write the logframe: targets to be filled in, and a formula that says whether they are reached."""
    page = book.add_worksheet(capital(sheet.name))
    about = comparison.about
    scale = wording.scale_named(about.scale, lang, short=True) or text("all residents", lang)
    top = 2
    page.merge_range(0, 0, 0, 7, text("fill in", lang, scale=scale), pen.of(text_wrap=True))
    page.set_row(0, 48)
    head = list(sheet.head[:BEFORE_RESULTS])
    for place, scenario in enumerate(about.scenarios):
        first = BEFORE_RESULTS + 3 * place
        head += [*sheet.head[first : first + 3], text("reached", lang, scenario=capital(about.label(scenario, lang)))]
    for column, name in enumerate(head):
        page.write_string(top, column, name, pen.head)
    page.set_row(top, 62)
    rows = zip(sheets.indicators(comparison), sheet.rows, strict=True)
    for row, (measure, cells) in enumerate(rows, start=top + 1):
        for column, one in enumerate(cells[:BEFORE_RESULTS]):
            target = {"bg_color": "#FFF2B3", "border": 1} if column == BEFORE_RESULTS - 1 else {}
            _write(page, row, column, one, pen, **target)
        for place in range(len(about.scenarios)):
            first = BEFORE_RESULTS + 3 * place
            column = BEFORE_RESULTS + 4 * place
            for k, one in enumerate(cells[first : first + 3]):
                _write(page, row, column + k, one, pen)
            formula = reached(measure, row, column, cells[first + 1], lang)
            page.write_formula(row, column + 3, formula, pen.of(bold=True), "")
    page.set_column(0, 0, 42)
    page.set_column(1, 1, 18)
    page.set_column(2, len(head) - 1, 15)
    page.freeze_panes(top + 1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def reached(measure: str, row: int, column: int, low: Cell, lang: Language) -> str:
    """Return the formula that says whether a target is reached.

    Parameters
    ----------
    measure
        Where less of it is better the target is a ceiling, where more is a floor; where neither is known to be better,
        a target below the baseline asks for a fall.
    row, column
        Where the result stands, from 0; its interval stands to the right of it.
    low
        The interval's lower end; without one the result itself decides.
    """
    from xlsxwriter.utility import xl_rowcol_to_cell

    def at(place: int, *, fixed: bool = False) -> str:
        return str(xl_rowcol_to_cell(row, place, col_abs=fixed))

    target, before = at(BEFORE_RESULTS - 1, fixed=True), at(BEFORE_RESULTS - 2, fixed=True)
    least, most = (at(column), at(column)) if low.value is None else (at(column + 1), at(column + 2))
    yes, no, unsure = (f'"{text(key, lang)}"' for key in ("yes", "no", "open"))
    up = f"IF({least}>={target},{yes},IF({most}<{target},{no},{unsure}))"
    down = f"IF({most}<={target},{yes},IF({least}>{target},{no},{unsure}))"
    asked = {1.0: up, -1.0: down}.get(sign(measure), f"IF({target}>={before},{up},{down})")
    return f'=IF(ISBLANK({target}),"",{asked})'
