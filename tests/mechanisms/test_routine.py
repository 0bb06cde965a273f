"""What is repeated gets easier and less new; what that does to hours, guests and talk."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from simcomunita.agents.citizens import Source, Stage
from simcomunita.agents.group import Group
from simcomunita.mechanisms.routine import RoutineState, drawing, lab_hours, routine
from simcomunita.outcomes.lineage import Initiative, Kind, Layer


def begin(model, people, neighbourhood, number=1, area=2, **changes):
    municipality = int(model.population.neighbourhood_municipality[neighbourhood])
    values = {"post": -1, "accompanied_by": -1, "meetings": 5} | changes
    group = Group(number, area, municipality, neighbourhood, model.month, **values)
    beginning = Initiative(Kind.GROUP, area, municipality, model.month, Source.CITIZEN, -1, Layer.INFORMAL)
    model.citizens.stage[people] = Stage.PARTICIPANT
    model.found_group(group, np.array(people), beginning)
    return group


@pytest.fixture
def model(make):
    return make(only=("routine",))


def grown_ups(model, number):
    return np.flatnonzero(model.population.age >= 30)[:number].tolist()


def settle(model, months=12, change=False):
    """Let routine act alone; every member is new each month where `change` is asked for."""
    for _ in range(months):
        for group in model.groups:
            group.met = model.month
        routine(model, model.setting.parameters)
        if change:
            model.state(RoutineState).was_in[:] = -1


def test_meeting_again_and_again_makes_a_group_less_new(model):
    group = begin(model, grown_ups(model, 6), 0)
    settle(model)
    assert 0 < group.novelty < 0.8


def test_a_group_of_people_who_trust_each_other_gets_easier_to_run_than_one_of_strangers(make):
    ease = {}
    for trust in (0.0, 1.0):
        model = make(only=("routine",))
        hub = int(np.argmax(np.diff(model.ties.up)))
        tied = model.ties.second[model.ties.up[hub] : model.ties.up[hub + 1]].tolist()
        model.ties.trust[:] = trust
        group = begin(model, [hub, *tied], 0)
        settle(model)
        ease[trust] = group.ease
    assert ease[0.0] == 0
    assert ease[1.0] > 0.05


def test_members_who_change_keep_a_group_new_but_do_not_let_it_get_easy(make):
    found = {}
    for change in (False, True):
        model = make(only=("routine",))
        model.ties.trust[:] = 1.0
        hub = int(np.argmax(np.diff(model.ties.up)))
        tied = model.ties.second[model.ties.up[hub] : model.ties.up[hub + 1]].tolist()
        found[change] = begin(model, [hub, *tied], 0)
        settle(model, change=change)
    assert found[True].novelty > found[False].novelty
    assert found[True].ease < found[False].ease


def test_another_group_around_the_same_need_nearby_wears_novelty_and_one_around_another_does_not(make):
    novelty = {}
    for area in (None, 2, 1):
        model = make(only=("routine",))
        people = grown_ups(model, 12)
        group = begin(model, people[:6], 0)
        if area is not None:
            begin(model, people[6:], 0, number=2, area=area)
        settle(model, 6)
        novelty[area] = group.novelty
    assert novelty[2] < novelty[None] == novelty[1]


def test_a_group_that_begins_where_such_groups_met_is_less_new_from_the_start(model):
    model.state(RoutineState).familiar[0, 2] = 0.5
    begun = begin(model, grown_ups(model, 6), 0, meetings=1)
    settle(model, 1)
    assert begun.novelty < 0.5


def test_ease_saves_hours_and_novelty_draws(model):
    group = begin(model, grown_ups(model, 6), 0)
    before, drawn = lab_hours(group, model.setting.parameters), drawing(model, model.setting.parameters)[0]
    group.ease, group.novelty = 1.0, 0.2
    assert lab_hours(group, model.setting.parameters) < before
    assert drawing(model, model.setting.parameters)[0] < drawn


def test_hours_kept_for_renewal_keep_groups_newer_and_leave_fewer_labs(make, project):
    found = {}
    for share in (0.0, 0.5):
        policies = [
            policy.model_copy(update={"facilitators": policy.facilitators.model_copy(update={"renewal": share})})
            for policy in project.policies
        ]
        rows = [make(seed, 0.1, policies).advance_to("2017-08").ledger.rows for seed in (1, 2)]
        months = [row for series in rows for row in series if row["groups_alive"]]
        found[share] = (
            np.mean([row["mean_novelty"] for row in months]),
            sum(series[-1]["proximity_labs"] for series in rows),
        )
    assert found[0.5][0] > found[0.0][0]
    assert found[0.5][1] < found[0.0][1]


def test_without_routine_nothing_gets_easier_or_less_new(make):
    model = make(routine={"on": False}).advance_to("2017-02")
    assert model.groups
    assert {(group.novelty, group.ease) for group in model.groups if group.post >= 0} == {(1.0, 0.0)}


def test_what_neighbourhoods_are_used_to_is_kept_with_a_branch(make):
    model = make().advance_to("2017-02")
    twin = model.branch()
    memory = dataclasses.asdict(twin.state(RoutineState))
    assert memory["familiar"].any()
    np.testing.assert_array_equal(memory["familiar"], model.state(RoutineState).familiar)


def test_a_month_without_a_meeting_makes_nothing_usual_and_nothing_easier(model):
    group = begin(model, grown_ups(model, 6), 0)
    group.met = model.month - 1
    routine(model, model.setting.parameters)
    assert (group.novelty, group.ease) == (1.0, 0.0)
    assert not model.state(RoutineState).familiar.any()
