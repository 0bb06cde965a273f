"""docs/model.md and docs/configuration.md against the code."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from simcomunita.mechanisms import ModelParameters
from simcomunita.policy import Policy

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def tables():
    return runpy.run_path(str(DOCS / "generate.py"))


@pytest.fixture(scope="module")
def page():
    return (DOCS / "model.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["model.md", "configuration.md"])
def test_the_tables_are_those_of_the_code(tables, name):
    written = (DOCS / name).read_text(encoding="utf-8")
    same = tables["renewed"](written) == written
    assert same, f"docs/{name} has drifted from the code; renew its tables with `{tables['RENEW']}`"


def test_every_lever_with_parts_is_told_part_by_part(tables):
    parts = {name for name, field in Policy.model_fields.items() if "Lever" in str(field.annotation)}
    assert parts | {"calls", "event"} == set(tables["LEVERS"])


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
