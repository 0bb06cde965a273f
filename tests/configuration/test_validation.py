"""What a model refuses is said in the user's words."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import Field

from simcomunita.configuration import (
    ConfigurationError,
    Expected,
    Many,
    Parameters,
    Problems,
    expectation,
    parse_yaml,
    quantity,
    read_as,
    validate,
)


class Inner(Parameters):
    share: float = quantity(0.5, low=0.2, high=0.8, unit="share", source="test", least=0, most=1)
    kind: Literal["circle", "assembly"] = "circle"


class Outer(Parameters):
    name: str
    first: Annotated[str, Expected("a month, YYYY-MM")] = Field("2020-01", alias="from")
    inner: Inner | None = None
    by_town: dict[str, Inner] = Field(default_factory=dict)
    numbers: Annotated[Many[int], Field(max_length=3)] = ()
    above: float = Field(1.0, gt=0)
    on: bool = True


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (("name",), "text"),
        (("from",), "a month, YYYY-MM"),
        (("inner",), "a mapping (key: value)"),
        (("inner", "share"), "a number from 0 to 1 (share)"),
        (("by_town", "Isola", "kind"), "one of circle, assembly"),
        (("numbers",), "a list of at most 3"),
        (("numbers", 1), "a whole number"),
        (("above",), "a number above 0"),
        (("on",), "on or off"),
        (("nowhere",), "something else"),
    ],
)
def test_what_is_expected_is_told_from_the_model(path, said):
    assert expectation(Outer, path) == said


def refused(text):
    with pytest.raises(ConfigurationError) as raised:
        validate(Outer, parse_yaml(text, "a.yaml"))
    return {(p.line, p.key): p.message for p in raised.value.problems}


def test_everything_wrong_is_told_at_once_and_in_place():
    found = refused("from: 3\ninner:\n  shre: 1\n  kind: circel\nby_town:\n  Isola: {share: 2}\nabove: 0\n")
    assert found == {
        (1, "name"): "this key is missing; expected text.",
        (1, "from"): "3 is not valid here; expected a month, YYYY-MM. Put it in quotes.",
        (3, "inner.shre"): 'unknown key. Did you mean "share"?',
        (
            4,
            "inner.kind",
        ): '"circel" is not valid here; expected one of circle, assembly. Did you mean "circle"?',
        (6, "by_town.Isola.share"): "2 is out of range; expected a number from 0 to 1 (share).",
        (7, "above"): "0 is out of range; expected a number above 0.",
    }


def test_too_many_items_are_counted():
    assert refused("name: x\nnumbers: [1, 2, 3, 4]\n") == {
        (2, "numbers"): "there are 4 of them; expected a list of at most 3."
    }


def test_a_part_of_a_document_is_read_with_its_whole_key():
    document = parse_yaml("parts:\n  - name: x\n  - name: 3\n", "a.yaml")
    assert validate(Outer, document, ("parts", 0)).name == "x"
    with pytest.raises(ConfigurationError, match=r"a\.yaml:3: parts\[1\]\.name"):
        validate(Outer, document, ("parts", 1))


def test_a_value_that_could_not_be_read_is_not_complained_of_twice():
    found = Problems()
    document = parse_yaml("name: !x 3\nabove: 0\n", "a.yaml", found)
    assert read_as(Outer, document, found) is None
    assert sorted((p.line, p.key) for p in found.found) == [(1, "name"), (2, "above")]
