"""Homes come from trust: of landlords, of citizens, and of people who live together."""

from __future__ import annotations

from simcomunita.policy import Policy


def lived(make, until="2017-08", **housing):
    policy = Policy.model_validate({"name": "homes", "from": "2016-02", "until": "2019-09", "housing": housing})
    return make(policies=(policy,), only=("shocks", "housing")).advance_to(until).outcomes()


def agreed(outcomes):
    return outcomes["evictions_frozen"] + outcomes["rental_contracts"]


def test_mediation_with_a_fund_brings_more_homes_than_a_larger_fund_alone(make):
    both = lived(make, fund=200_000.0, mediation=400.0)
    money = lived(make, fund=400_000.0)
    assert agreed(both) > 1.5 * agreed(money)


def test_without_money_nobody_s_eviction_is_frozen(make):
    assert lived(make, mediation=400.0)["evictions_frozen"] == 0


def test_condominiums_begin_when_somebody_lives_in_them(make):
    assert lived(make, condominiums=40)["social_condominiums"] == 2
    assert lived(make)["social_condominiums"] == 0
