"""The cost book prices what is in force and what was held, and nothing else."""

from __future__ import annotations

import pytest

from simcomunita.configuration import ConfigurationError, parse_yaml
from simcomunita.policy import STANDING, Calendar, CostBook, Levers, Policy, read_cost_book
from simcomunita.policy.costs import cost_book
from simcomunita.scenario import shipped_root


@pytest.fixture(scope="module")
def book():
    return read_cost_book(shipped_root() / "costs/lombardy.yaml")


def levers(**content):
    policy = Policy.model_validate({"name": "p", "from": "2020-01", "until": "2020-12"} | content)
    return Calendar([policy]).in_force(policy.start)


def test_nothing_in_force_and_nothing_held_costs_nothing(book):
    assert book.monthly(Levers(), 0) == dict.fromkeys(STANDING, 0.0)


def test_eight_full_time_facilitators_cost_eight_salaries_a_year(book):
    bill = book.monthly(levers(facilitators={"number": 8}), 0)
    assert 12 * bill["facilitators"] == pytest.approx(8 * 37_000)
    assert 12 * bill["coordination"] == pytest.approx(8 * 3_700)
    assert bill["outreach"] == bill["places"] == bill["labs"] == bill["paperwork"] == 0


def test_eight_facilitators_cost_four_to_six_euro_a_resident_and_year(book):
    bill = book.monthly(levers(facilitators={"number": 8}), 0)
    assert 4 <= 12 * sum(bill.values()) / 66_737 <= 6


def test_half_the_hours_cost_half(book):
    full = book.monthly(levers(facilitators={"number": 4}), 0)
    half = book.monthly(levers(facilitators={"number": 8, "hours_a_month": 65}), 0)
    assert half == pytest.approx(full)


def test_each_lever_has_its_item(book):
    bill = book.monthly(
        levers(
            facilitators={"number": 1},
            outreach="everyday",
            places={"Visano": 2, "Calvisano": 1},
            paperwork=0.25,
            housing={"mediation": 10, "condominiums": 2},
            work={"mediation": 5},
            youth={"spaces": {"Visano": 1}, "mentoring": True},
        ),
        5,
    )
    assert bill == pytest.approx(
        {
            "facilitators": 37_000 / 12,
            "coordination": 3_700 / 12,
            "outreach": 1_200 / 12,
            "places": 3 * 6_000 / 12,
            "labs": 5 * 80,
            "paperwork": 0.25 * 30_000 / 12,
            "mediation": 15 * 24,
            "condominiums": 2 * 12_000 / 12,
            "spaces": 9_000 / 12,
            "mentoring": 10_000 / 12,
        }
    )
    assert tuple(bill) == STANDING


def test_everyday_outreach_without_staff_costs_nothing(book):
    assert book.monthly(levers(outreach="everyday"), 0)["outreach"] == 0


@pytest.mark.parametrize("burden", [0.5, 0.8, 1.0])
def test_paperwork_that_is_not_lifted_costs_nothing(book, burden):
    assert book.monthly(levers(paperwork=burden), 0)["paperwork"] == 0


def test_a_tenth_of_the_territory_costs_a_tenth_for_the_same_labs_a_resident(book):
    everything = levers(facilitators={"number": 8}, outreach="everyday", places={"Visano": 2}, paperwork=0.1)
    whole, tenth = book.monthly(everything, 50), book.monthly(everything, 5, scale=0.1)
    assert tenth == pytest.approx({item: euro / 10 for item, euro in whole.items()})


def test_every_price_has_a_range_and_a_source(book):
    prices = [value for name in CostBook.model_fields if hasattr(value := getattr(book, name), "source")]
    assert len(prices) == 17
    assert all(price.low < price.value < price.high and price.source for price in prices)


def test_the_facilitators_year_is_priced_as_reported(book):
    assert (book.facilitator.low, book.facilitator.value, book.facilitator.high) == (32_000, 37_000, 42_000)


def test_a_missing_price_is_named():
    with pytest.raises(ConfigurationError, match="place"):
        cost_book(parse_yaml("name: mine\nprices_of: 2020\n", "mine.yaml"))
