"""Cost books and territories."""

from __future__ import annotations

from .case import COSTS, MUNICIPALITIES, TERRITORY, Broken, costs, line_of, row

CASES = [
    # cost books
    costs(
        "cost_in_another_unit",
        "euro a full-time year",
        "euro a month",
        line_of(COSTS, "facilitator:\n"),
        "facilitator",
        'facilitator is in "euro a month"; expected "euro a full-time year"',
    ),
    costs(
        "cost_out_of_its_range",
        "37_000",
        "37.000",
        line_of(COSTS, "facilitator:\n"),
        "facilitator",
        "the value 37 is not in its range",
    ),
    costs(
        "cost_with_a_comma",
        "0.10",
        "0,10",
        line_of(COSTS, "value: 0.10"),
        "coordination.value",
        "with a point: 0.10",
    ),
    costs(
        "another_currency",
        "currency: euro",
        "currency: dollar",
        line_of(COSTS, "currency"),
        "currency",
        "expected euro",
    ),
    # territories
    Broken(
        "semicolons_in_a_table",
        f"{TERRITORY}/territory.yaml",
        None,
        1,
        "",
        "separated by semicolons; expected commas",
        {f"{TERRITORY}/municipalities.csv": MUNICIPALITIES.replace(",", ";")},
        f"{TERRITORY}/municipalities.csv",
    ),
    Broken(
        "text_in_a_table",
        f"{TERRITORY}/territory.yaml",
        None,
        3,
        "latitude",
        '"north" is text; expected a number',
        {f"{TERRITORY}/municipalities.csv": row("45.457182", "north")},
        f"{TERRITORY}/municipalities.csv",
    ),
    Broken(
        "short_row_in_a_table",
        f"{TERRITORY}/territory.yaml",
        None,
        3,
        "",
        "cells; expected 8",
        {f"{TERRITORY}/municipalities.csv": row("Calcinato,", "")},
        f"{TERRITORY}/municipalities.csv",
    ),
    Broken("table_checked_alone", f"{TERRITORY}/municipalities.csv", None, None, "", "this is a table"),
]
