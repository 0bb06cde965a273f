"""Parameters are strict and frozen; quantities carry their unit, range and source."""

from __future__ import annotations

import math

import pytest
from pydantic import Field, ValidationError

from simcomunita.configuration import Many, Parameters, quantities, quantity


class Half(Parameters):
    on: bool = True
    """Whether it acts."""
    life: float = quantity(9.0, low=4, high=24, unit="months", source="Burt (2000)", least=0.1)
    """Time in which half is lost."""
    sizes: Many[int] = (5, 15)


class Whole(Parameters):
    erosion: Half = Field(default_factory=Half)


def test_a_quantity_is_listed_with_all_that_is_known_of_it():
    (one,) = quantities(Whole)
    assert (one.key, one.default, one.low, one.high) == ("erosion.life", 9.0, 4, 24)
    assert (one.unit, one.source) == ("months", "Burt (2000)")
    assert one.description == "Time in which half is lost."


def test_an_instance_is_listed_with_its_own_values():
    (one,) = quantities(Whole(erosion=Half(life=6)))
    assert one.default == 6


def test_the_schema_keeps_range_unit_and_source():
    schema = Half.model_json_schema()["properties"]["life"]
    assert {key: schema[key] for key in ("low", "high", "unit", "source")} == {
        "low": 4,
        "high": 24,
        "unit": "months",
        "source": "Burt (2000)",
    }


@pytest.mark.parametrize("life", [math.nan, math.inf, -math.inf, "9", True, 0.0, None])
def test_what_is_no_sound_number_is_refused(life):
    with pytest.raises(ValidationError):
        Half(life=life)


def test_a_whole_number_may_stand_for_a_decimal_one():
    assert Half(life=9).life == 9.0


def test_a_list_may_stand_for_a_tuple_but_its_items_are_read_strictly():
    assert Half.model_validate({"sizes": [5, 20]}).sizes == (5, 20)
    with pytest.raises(ValidationError):
        Half.model_validate({"sizes": ["5"]})


def test_parameters_cannot_be_changed():
    with pytest.raises(ValidationError):
        Half().life = 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": 10, "high": 24},
        {"low": 4, "high": 8},
        {"low": 4, "high": 24, "least": 5},
        {"low": 4, "high": 24, "most": 20},
        {"low": math.nan, "high": 24},
        {"low": 4, "high": 24, "unit": ""},
        {"low": 4, "high": 24, "source": ""},
    ],
)
def test_a_quantity_that_contradicts_itself_cannot_be_declared(wrong):
    with pytest.raises(ValueError, match=r"must hold|needs a unit"):
        quantity(9.0, **({"unit": "months", "source": "test"} | wrong))
