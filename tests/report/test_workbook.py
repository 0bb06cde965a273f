from __future__ import annotations

import csv
import datetime
import io
import math
import re
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from simcomunita.experiment import Comparison
from simcomunita.report.content import page_of
from simcomunita.report.csv_files import as_csv
from simcomunita.report.sheets import Cell, comparison_sheet, logframe_sheet, sheets_of
from simcomunita.report.workbook import as_workbook, reached

from .conftest import PROVENANCE, comparison_of


def book(comparison: Comparison, lang: str) -> Workbook:
    page = page_of(comparison, PROVENANCE, lang)
    written = as_workbook(comparison, PROVENANCE, page, sheets_of(comparison, lang))
    return openpyxl.load_workbook(io.BytesIO(written))


@pytest.fixture(scope="module")
def italian(clear_rise: Comparison) -> Workbook:
    return book(clear_rise, "it")


@pytest.fixture(scope="module")
def english(clear_rise: Comparison) -> Workbook:
    return book(clear_rise, "en")


def test_sheets_are_named_in_the_planners_language(italian: Workbook, english: Workbook) -> None:
    assert english.sheetnames == ["Summary", "Logframe", "Comparison", "Money by year", "Series", "Runs", "Provenance"]
    assert italian.sheetnames == [
        "Sintesi",
        "Quadro logico",
        "Confronto",
        "Costi per anno",
        "Serie",
        "Simulazioni",
        "Provenienza",
    ]


def test_numbers_are_numbers_and_those_of_the_comparison(english: Workbook, clear_rise: Comparison) -> None:
    rows = list(english["Comparison"].iter_rows(min_row=2, values_only=True))
    table = clear_rise.table
    assert len(rows) == len(table)
    for row, expected in zip(rows, table.to_dict("records"), strict=True):
        assert row[1] == expected["measure"]
        wanted = [expected[key] for key in ("mean_baseline", "mean_policy", "difference", "ci_low", "ci_high")]
        assert list(row[5:10]) == pytest.approx(wanted, rel=1e-12)
        assert row[10:12] == (expected["pairs"], expected["probability_higher"])
    price = clear_rise.price("active_now")
    assert list(rows[0][12:]) == pytest.approx([price.each, price.low, price.high], rel=1e-12)
    assert rows[1][12:] == (None, None, None), "a share has no price"


def test_money_series_and_runs_are_those_of_the_comparison(english: Workbook, clear_rise: Comparison) -> None:
    money = {(row[0], row[2]): row[3] for row in english["Money by year"].iter_rows(min_row=2, values_only=True)}
    euro = {(row.year, row.scenario): row.euro for row in clear_rise.costs.itertuples()}
    assert sorted(money.values()) == pytest.approx(sorted(euro.values()))
    series = list(english["Series"].iter_rows(min_row=2, values_only=True))
    assert series[0][0] == datetime.datetime(2018, 1, 1)
    assert len(series) == 3 * 2 * 48
    runs = list(english["Runs"].iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in runs] == pytest.approx(clear_rise.runs["active_now"].tolist())


def test_heads_are_frozen_and_shares_are_shown_in_per_cent(italian: Workbook) -> None:
    page = italian["Confronto"]
    assert page.freeze_panes == "B2"
    assert page["F3"].number_format == "0.00%"
    assert page["F2"].number_format == "#,##0.0"
    assert page.column_dimensions["A"].width > 15


def test_the_summary_holds_the_three_sentences(english: Workbook, clear_rise: Comparison) -> None:
    page = page_of(clear_rise, PROVENANCE, "en")
    written = [row[0] for row in english["Summary"].iter_rows(values_only=True)]
    assert written[0] == page.title
    assert written[3:6] == list(page.answer)


def test_the_logframe_has_levels_results_and_empty_targets(english: Workbook, clear_rise: Comparison) -> None:
    page = english["Logframe"]
    head = [cell.value for cell in page[3]]
    assert head[:4] == ["Indicator", "Unit", "Baseline (December 2019)", "Target (fill in)"]
    assert head[8:12] == [
        "Helped: result (December 2021)",
        "Helped: 95 % interval, from",
        "Helped: 95 % interval, to",
        "Helped: reached?",
    ]
    first = [cell.value for cell in page[4]]
    assert first[0] == "Active citizens"
    assert first[3] is None
    assert first[8] == pytest.approx(clear_rise.final("active_now", "helped").mean())
    assert first[9] < first[8] < first[10]


def worked_out(formula: str, cells: dict[str, Any]) -> str:
    """Work out a formula of IF, ISBLANK, comparisons, cells and texts, as a spreadsheet does."""
    python = formula.removeprefix("=").replace("$", "")
    python = re.sub(r"\b([A-Z]{1,2}\d+)\b", lambda found: f"cells[{found[1]!r}]", python)

    def choose(condition: Any, yes: Any, no: Any) -> Any:
        return yes() if condition() else no()

    # Every argument is worked out only when it is needed.
    pieces = re.sub(r"\bIF\(", "choose(lambda: ", python).replace(",", ", lambda: ")
    return str(eval(pieces, {"choose": choose, "cells": cells, "ISBLANK": lambda value: value is None}))


@pytest.mark.parametrize(
    ("target", "before", "low", "high", "expected"),
    [
        (None, 100, 140, 160, ""),
        (130, 100, 140, 160, "yes"),
        (150, 100, 140, 160, "cannot tell"),
        (170, 100, 140, 160, "no"),
        (100, 100, 140, 160, "yes"),
        (80, 100, 60, 70, "no"),
        (65, 100, 60, 70, "cannot tell"),
        (50, 100, 60, 70, "yes"),
    ],
)
def test_a_target_is_reached_if_the_whole_interval_says_so(
    english: Workbook, target: float | None, before: float, low: float, high: float, expected: str
) -> None:
    formula = english["Logframe"]["L4"].value
    cells = {"C4": before, "D4": target, "I4": (low + high) / 2, "J4": low, "K4": high}
    assert worked_out(formula, cells) == expected


@pytest.mark.parametrize(("ceiling", "expected"), [(170, "yes"), (150, "cannot tell"), (130, "no")])
def test_what_is_not_to_be_exceeded_is_a_ceiling_though_it_rose(ceiling: float, expected: str) -> None:
    cells = {"C4": 100, "D4": ceiling, "I4": 150, "J4": 140, "K4": 160}
    assert worked_out(reached("cost_euro", 3, 8, Cell(140), "en"), cells) == expected


@pytest.mark.parametrize(("target", "before", "expected"), [(65, 50, "yes"), (75, 80, "yes"), (65, 80, "no")])
def test_where_neither_is_better_the_baseline_says_which_way(target: float, before: float, expected: str) -> None:
    cells = {"C4": before, "D4": target, "I4": 70, "J4": 68, "K4": 72}
    assert worked_out(reached("clustering", 3, 8, Cell(68), "en"), cells) == expected


def test_italian_answers_in_italian(italian: Workbook) -> None:
    cells = {"C4": 1, "D4": 2, "I4": 3, "J4": 2.5, "K4": 3.5}
    assert worked_out(italian["Quadro logico"]["L4"].value, cells) == "sì"


def test_the_same_comparison_gives_the_same_bytes(clear_rise: Comparison) -> None:
    page, tables = page_of(clear_rise, PROVENANCE, "it"), sheets_of(clear_rise, "it")
    assert as_workbook(clear_rise, PROVENANCE, page, tables) == as_workbook(clear_rise, PROVENANCE, page, tables)


def test_the_workbook_is_dated_as_its_comparison(english: Workbook) -> None:
    assert english.properties.created == datetime.datetime(2026, 3, 5, 14, 7)


def test_italian_tables_open_in_an_italian_spreadsheet(clear_rise: Comparison) -> None:
    written = as_csv(comparison_sheet(clear_rise, "it"), "it")
    assert written.startswith(b"\xef\xbb\xbf")
    head, first, *_ = csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";")
    assert head[0] == "Misura"
    assert "." not in first[7]
    assert float(first[7].replace(",", ".")) == clear_rise.difference("active_now").mean


def test_english_tables_are_plain(clear_rise: Comparison) -> None:
    for made in sheets_of(clear_rise, "en"):
        rows = list(csv.reader(io.StringIO(as_csv(made, "en").decode())))
        assert tuple(rows[0]) == made.head
        assert len(rows) == len(made.rows) + 1
        for written, cells in zip(rows[1:], made.rows, strict=True):
            for said, cell in zip(written, cells, strict=True):
                if isinstance(cell.value, float):
                    assert float(said) == cell.value


def test_one_pair_gives_no_interval_and_a_result_that_decides_by_itself() -> None:
    made = comparison_of({"none": {"active_now": [3.0]}, "helped": {"active_now": [4.0]}})
    row = logframe_sheet(made, "en").rows[0]
    assert [cell.value for cell in row[7:]] == [4.0, None, None]
    formula = book(made, "en")["Logframe"]["L4"].value
    assert worked_out(formula, {"C4": 1, "D4": 3.5, "I4": 4.0}) == "yes"
    assert not any(isinstance(cell.value, float) and math.isnan(cell.value) for cell in row)
