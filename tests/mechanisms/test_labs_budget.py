"""Labs beyond their budget are held bare, draw fewer guests, and cost nothing."""

from __future__ import annotations

import pytest

from simcomunita.mechanisms.meetings import LabsMoney
from simcomunita.policy import Policy

SCALE = 0.1


@pytest.fixture
def held(make, project):
    def made(budget: float | None, until: str = "2018-01", seed: int = 2):
        policy = Policy.model_validate(
            {"name": "budget", "from": "2016-02", "until": "2019-09"}
            | ({} if budget is None else {"labs_budget": budget})
        )
        return make(seed, SCALE, policies=(*project.policies, policy)).advance_to(until)

    return made


def test_the_bill_of_labs_never_exceeds_the_budget(held):
    budget = 3_000.0
    model = held(budget)
    assert model.ledger.totals["labs_supported"] * model.prices.lab.value > budget * SCALE * 2
    assert 0 < model.costs()["labs"] <= budget * SCALE * 2


def test_without_a_budget_every_lab_of_the_staff_is_paid(held):
    model = held(None)
    assert model.costs()["labs"] == model.ledger.totals["labs_supported"] * model.prices.lab.value


def test_a_budget_that_is_enough_changes_nothing(held):
    assert held(1e6, "2017-01").outcomes() == held(None, "2017-01").outcomes()


def test_labs_without_money_draw_fewer_guests(held):
    def at_a_lab(budget: float | None) -> float:
        totals = [held(budget, seed=seed).ledger.totals for seed in (1, 2, 3, 4)]
        return sum(t["participations"] for t in totals) / sum(t["proximity_labs"] for t in totals)

    assert at_a_lab(0.0) < at_a_lab(None)


def test_what_is_left_is_carried_over_for_a_year_at_most(held):
    model = held(1e6, "2018-01")
    assert model.state(LabsMoney).left <= 1e6 * SCALE
