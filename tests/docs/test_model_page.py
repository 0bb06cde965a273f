"""docs/model.md against the code."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from simcomunita.mechanisms import ModelParameters

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def tables():
    return runpy.run_path(str(DOCS / "generate.py"))


@pytest.fixture(scope="module")
def page():
    return (DOCS / "model.md").read_text(encoding="utf-8")


def test_the_tables_are_those_of_the_code(tables, page):
    same = tables["renewed"](page) == page
    assert same, f"docs/model.md has drifted from the code; renew its tables with `{tables['RENEW']}`"


def test_every_mechanism_and_every_shared_rule_has_its_table(tables, page):
    asked_for = tables["asked_for"](page)
    assert set(ModelParameters.model_fields) <= set(asked_for)
    assert len(asked_for) == len(set(asked_for))


def test_a_page_that_has_drifted_is_noticed(tables, page):
    drifted = page.replace("| `half_life`", "| `half_lives`", 1).replace("1. **`mobility`**", "1. **`moving`**", 1)
    assert drifted != page
    assert tables["renewed"](drifted) == page


def test_a_table_that_there_is_not_is_refused(tables):
    with pytest.raises(KeyError):
        tables["renewed"]("<!-- table: nothing -->\n<!-- end -->")
