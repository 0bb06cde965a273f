"""The tables as CSV: for English plain, for Italian as an Italian spreadsheet opens it (semicolons, decimal commas)."""

from __future__ import annotations

import csv
import io
from datetime import date

from simcomunita.experiment.wording import Language
from simcomunita.report.sheets import Sheet, Value


def as_csv(sheet: Sheet, lang: Language) -> bytes:
    """Write a table: the shortest digits that give a number back, months as YYYY-MM, nothing where nothing is known.

    The Italian file begins with a byte order mark, by which spreadsheets know its letters.
    """
    written = io.StringIO()
    between, end = (";", "\r\n") if lang == "it" else (",", "\n")
    writer = csv.writer(written, delimiter=between, lineterminator=end)
    writer.writerow(sheet.head)
    for row in sheet.rows:
        writer.writerow([_plain(cell.value, lang) for cell in row])
    return written.getvalue().encode("utf-8-sig" if lang == "it" else "utf-8")


def _plain(value: Value, lang: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    if isinstance(value, float):
        said = repr(value).removesuffix(".0")
        return said.replace(".", ",") if lang == "it" else said
    return str(value)
