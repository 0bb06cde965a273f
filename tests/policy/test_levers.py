"""Levers are read strictly, and each says what it means."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from simcomunita.configuration import quantities
from simcomunita.months import parse_month
from simcomunita.policy import TASKS, FacilitatorLever, Policy, TaskShares
from simcomunita.policy.levers import COMMUNITY_SPLIT, Surroundings


def policy(**levers):
    return Policy.model_validate({"name": "p", "from": "2020-01", "until": "2020-12"} | levers)


def test_a_policy_is_in_force_in_its_first_and_its_last_month_and_in_none_beyond():
    months = [parse_month(m) for m in ("2019-12", "2020-01", "2020-12", "2021-01")]
    assert [policy().in_force(month) for month in months] == [False, True, True, False]


def test_a_policy_can_be_written_in_python_too():
    assert Policy(name="p", start="2020-01", until=parse_month("2020-12")) == policy()


def test_a_policy_survives_being_written_out_and_read_again():
    one = policy(facilitators={"number": 3, "where": {"Visano": 3}}, places={"Visano": 1}, outreach="everyday")
    assert Policy.model_validate(one.model_dump(by_alias=True)) == one


def test_shares_come_in_the_order_of_the_tasks():
    shares = TaskShares(casework=0.1, map=0.2, hook=0.3, connect=0.4)
    assert dict(zip(TASKS, shares.shares(), strict=True)) == {
        "casework": 0.1,
        "map": 0.2,
        "hook": 0.3,
        "connect": 0.4,
        "run_groups": 0,
        "document": 0,
        "evaluate": 0,
    }


def test_the_usual_split_does_all_tasks():
    assert min(COMMUNITY_SPLIT.shares()) > 0


@pytest.mark.parametrize("gap", [2e-6, -2e-6])
def test_shares_that_do_not_add_up_are_refused(gap):
    with pytest.raises(ValidationError, match="add up to"):
        TaskShares(casework=0.5 + gap, map=0.5)


def test_shares_may_be_off_by_rounding():
    TaskShares(casework=0.333333, map=0.333333, hook=0.333334)
    TaskShares(casework=0.1, map=0.2, hook=0.7)


@pytest.mark.parametrize("month", [True, 3, 24240.0, "2020-1", "2020-00", "1899-12", "2200-01", None, "٢٠٢٠-٠١x"])
def test_what_is_no_month_is_refused(month):
    with pytest.raises(ValidationError):
        policy(until=month)


def test_a_policy_must_fit_into_its_surroundings():
    around = Surroundings(("Visano",), parse_month("2020-06"), parse_month("2021-12"))
    content = {"name": "p", "from": "2020-01", "until": "2022-01", "places": {"Milano": 1, "Visano": 1}}
    with pytest.raises(ValidationError) as raised:
        Policy.model_validate(content, context=around)
    assert sorted(error["loc"][0] for error in raised.value.errors()) == ["from", "places", "until"]


@pytest.mark.parametrize("model", [Policy, FacilitatorLever, TaskShares])
def test_every_lever_says_what_it_means(model):
    assert all(info.description for info in model.model_fields.values())


def test_every_assumed_number_of_a_lever_has_a_range_and_a_source():
    assert {q.key for q in quantities(FacilitatorLever)} == {"hours_a_month", "skill"}
