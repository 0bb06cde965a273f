from __future__ import annotations

import math

import numpy as np
import pytest

from simcomunita.claims.amounts import Amount, Window
from simcomunita.claims.contrasts import WAYS, Contrast, Look, effect
from simcomunita.claims.forms import ContrastForm
from simcomunita.months import month_name, parse_month

START = parse_month("2016-02")
YEAR = Window(START + 12, START + 23)


def arm(monthly: float, level: float = 0.0, rising: float = 0.0) -> dict[str, np.ndarray]:
    """36 months: so many contacts and asks a month, and so many people to count on, rising by so many a month."""
    months = np.arange(36)
    return {
        "month": np.array([month_name(START + m) for m in months]),
        "contacts": monthly * (months + 1.0),
        "asks_by_facilitators": 4.0 * (months + 1.0),
        "support_ties": level + rising * months,
    }


def contrast(kind: str, measure: str = "contacts", per: tuple[str, ...] = (), **more: object) -> Contrast:
    look = Look(Amount((measure,), per), YEAR, **more)  # type: ignore[arg-type]
    return Contrast({"en": "", "it": ""}, kind, (), look, "higher", 0.05)


def test_a_flow_is_what_happened_in_the_months():
    assert Amount(("contacts",), ()).read(arm(3.0), YEAR) == 36.0


def test_a_flow_from_the_first_month_on_counts_from_nothing():
    assert Amount(("contacts",), ()).read(arm(3.0), Window(START, START + 1)) == 6.0


def test_anything_else_is_its_mean_over_the_months():
    assert Amount(("support_ties",), ()).read(arm(0, 2.0, 1.0), YEAR) == pytest.approx(2.0 + np.mean(range(12, 24)))


def test_several_measures_add_up_and_are_divided_by_others():
    assert Amount(("contacts", "asks_by_facilitators"), ("asks_by_facilitators",)).read(arm(4.0), YEAR) == 2.0


def test_nothing_to_divide_by_is_unknown():
    assert math.isnan(Amount(("asks_by_facilitators",), ("contacts",)).read(arm(0.0), YEAR))


def test_a_difference_is_of_the_first_arm_against_the_second():
    assert contrast("difference").pair([arm(2.0), arm(1.0)]) == (24.0, 12.0)


def test_a_change_is_of_the_later_months_against_the_earlier():
    early = Window(START, START)
    assert contrast("change", "support_ties", early=early).pair([arm(0, 5.0, 2.0)]) == (40.0, 5.0)


def test_a_widening_is_of_the_later_gap_against_the_earlier():
    one = contrast("widening", "support_ties", early=Window(START, START))
    assert one.pair([arm(0, 3.0, 1.0), arm(0, 2.0, 0.0)]) == (18.5, 1.0)


def test_diminishing_sets_the_second_step_against_the_first():
    assert contrast("diminishing").pair([arm(0.0), arm(4.0), arm(5.0)]) == (12.0, 48.0)


def test_a_level_is_held_against_a_number():
    assert contrast("level", number=30.0).pair([arm(3.0)]) == (36.0, 30.0)


@pytest.mark.parametrize(
    ("this", "that", "expected"),
    [(10, 5, 0.5), (5, 10, -0.5), (3, 0, 1.0), (0, 3, -1.0), (-5, 10, -1.0), (2, 2, 0.0)],
)
def test_an_effect_is_a_share_of_the_larger(this: float, that: float, expected: float):
    assert effect(this, that) == expected


def test_an_effect_of_something_unknown_is_unknown():
    assert math.isnan(effect(math.nan, 1.0))
    assert math.isnan(effect(1.0, math.nan))


def test_where_nothing_happened_either_way_nothing_was_tried():
    assert math.isnan(effect(0.0, 0.0))


def test_the_ways_are_those_that_may_be_written():
    assert set(WAYS) == set(ContrastForm.model_fields["kind"].annotation.__args__)  # type: ignore[union-attr]
