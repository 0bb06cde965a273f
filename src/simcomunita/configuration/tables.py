"""Reading CSV tables, with the line of every row.

A table has a header, commas between cells and a point in decimals. Lines that start with ``#`` are
comments. What Excel writes on an Italian computer (``;`` and decimal commas) is recognised and explained,
not guessed at.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simcomunita.configuration.documents import Source, as_source, read_text
from simcomunita.configuration.problems import ConfigurationError, Problem, Problems, did_you_mean

MOST_TABLE_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line, and its cells by column, stripped of outer spaces."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A CSV file."""

    source: Source
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def problem(self, line: int | None, column: str, message: str) -> Problem:
        """Make a problem of a cell, or of a line where ``column`` is empty."""
        return Problem(self.source.shown, line, column, message)


def read_table(source: Source | Path | str, required: Sequence[str], optional: Sequence[str] | None = ()) -> Table:
    """Read a CSV file whose columns are known.

    Parameters
    ----------
    required
        Columns that must be there, in any order.
    optional
        Columns that may be there; ``None`` if any others may.

    Raises
    ------
    ConfigurationError
        With the problems of the header or, where that is right, of all rows.
    """
    source = as_source(source)
    text = read_text(source, MOST_TABLE_BYTES)
    lines = _lines(text, source)
    head = next(lines, None)
    if head is None:
        wanted = f"the columns {', '.join(required)}" if required else "a line with the columns' names"
        message = f"the table is empty; expected {wanted}."
        raise ConfigurationError.of(source.shown, message)
    head_line, cells = head
    columns = tuple(cell.strip() for cell in cells)
    problems = Problems()
    _check_header(Table(source, columns, ()), head_line, required, optional, problems)
    problems.settle()
    rows = []
    for line, cells in lines:
        if len(cells) != len(columns):
            many = len(cells) > len(columns)
            hint = "a text with a comma needs quotes" if many else "a comma may be missing"
            problems.add(source.shown, line, "", f"{len(cells)} cells; expected {len(columns)} ({hint}).")
            continue
        rows.append(Row(line, dict(zip(columns, (cell.strip() for cell in cells), strict=True))))
    problems.settle()
    return Table(source, columns, tuple(rows))


def _lines(text: str, source: Source) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of every line that is neither blank nor a comment."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"this cannot be read as CSV: {error} (a quote may not be closed)."
        raise ConfigurationError.of(source.shown, message, line=line) from error


def _check_header(
    table: Table, line: int, required: Sequence[str], optional: Sequence[str] | None, problems: Problems
) -> None:
    columns, file = table.columns, table.source.shown
    if len(columns) == 1:
        for separator, name in ((";", "semicolons"), ("\t", "tabs")):
            if separator in columns[0]:
                message = (
                    f"the cells are separated by {name}; expected commas and decimal points (in Excel: "
                    'save as "CSV UTF-8", with English number formats).'
                )
                problems.add(file, line, "", message)
                return
    for column in sorted({c for c in columns if columns.count(c) > 1}):
        problems.add(file, line, column, "this column is there twice; keep one.")
    known = [*required, *(optional or ())]
    missing = [c for c in required if c not in columns]
    for column in missing:
        others = [c for c in columns if c not in known]
        hint = did_you_mean(column, others).replace("Did you mean", "Is it the one called") if others else ""
        hint = hint if hint.startswith("Is it") else ""
        problems.add(file, line, column, f"this column is missing. {hint}".rstrip())
    if optional is not None:
        for column in columns:
            if column not in known:
                free = [c for c in known if c not in columns] or known
                problems.add(file, line, column, f"unknown column. {did_you_mean(column, free)}")
