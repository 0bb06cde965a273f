from __future__ import annotations

from math import fsum

import pytest
from hypothesis import given, settings
from test_state import choices

from simcomunita.app.choices import PRESETS, Choice
from simcomunita.app.funding import budget, funded, policies
from simcomunita.policy import Policy
from simcomunita.scenario import Study


def _acting(funded: tuple[Policy, ...]) -> list[dict[str, object]]:
    return [policy.model_dump(exclude={"name"}) for policy in funded]


@pytest.mark.parametrize("key", ["none", "eight"])
def test_the_first_presets_are_the_futures_of_the_study(key: str, study: Study) -> None:
    assert _acting(policies(PRESETS[key].choice, study)) == _acting(study.scenarios[key].policies)


@settings(max_examples=60)
@given(choices)
def test_every_choice_can_be_funded(choice: Choice) -> None:
    for policy in policies(choice):
        assert policy.start <= policy.until
    assert all(amount > 0 for amount in budget(choice).values())


def test_posts_and_places_add_up_however_they_are_spread() -> None:
    for number in (1, 7, 16):
        *_, staff = policies(Choice.of(facilitators=number, where="evenly"))
        where = staff.facilitators.where
        assert sum(where.values()) == number
        assert max(where.values()) - min([*where.values(), *[0] * (7 - len(where))]) <= 1
    (places,) = policies(Choice.of(facilitators=0, places=60))
    (usual,) = policies(PRESETS["none"].choice)
    assert sum(places.places.values()) == sum(usual.places.values()) + 60


def test_a_municipality_with_few_residents_comes_first_where_posts_are_spread_evenly(study: Study) -> None:
    territory = study.history.territory
    *_, staff = policies(Choice.of(facilitators=2, where="evenly"))
    smallest = sorted(zip(territory.population.tolist(), territory.names, strict=True))[:2]
    assert set(staff.facilitators.where) == {name for _, name in smallest}


def test_a_weight_of_nothing_leaves_no_hours() -> None:
    *_, staff = policies(Choice.of(groups=0, cases=10, ties=0))
    hours = staff.facilitators.hours
    assert hours.hook == hours.run_groups == hours.map == hours.connect == 0.0
    assert hours.casework == pytest.approx(0.9)


def test_the_money_of_calls_is_that_of_a_year() -> None:
    (*_, calls) = policies(Choice.of(facilitators=0, calls=100_000))
    in_2021 = [call for call in calls.calls if call.month // 12 == 2021]
    assert fsum(call.pot for call in in_2021) == 100_000


def test_nothing_funded_costs_nothing_and_later_costs_less() -> None:
    assert budget(PRESETS["stop"].choice) == {}
    assert funded(PRESETS["stop"].choice, "it") == "Non finanzia nulla da gennaio 2020 a dicembre 2024."
    now, later = (budget(PRESETS[key].choice)["facilitators"] for key in ("eight", "eight_later"))
    assert later == pytest.approx(0.6 * now)


def test_the_budget_is_said_as_each_language_writes_numbers() -> None:
    total = fsum(budget(PRESETS["eight"].choice).values())
    thousands = round(total / 1000)
    assert f"about {thousands},000 euro a year" in funded(PRESETS["eight"].choice, "en")
    assert f"circa {thousands}.000 euro all'anno" in funded(PRESETS["eight"].choice, "it")
