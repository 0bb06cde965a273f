"""Placements need hosts, mentors bridge ages, and spaces live on who comes back."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.agents.citizens import Stage
from simcomunita.mechanisms.youth import YouthState
from simcomunita.outcomes.lineage import Kind
from simcomunita.policy import Policy

SCALE = 0.15


@pytest.fixture
def funded(make, project):
    """A community in which something is funded for young people, beside what the project pays for."""

    def made(until: str = "2017-06", seed: int = 2, youth_parameters=None, **lever):
        policy = Policy.model_validate({"name": "young", "from": "2016-02", "until": "2019-09", "youth": lever})
        policies = (*project.policies, policy)
        return make(seed, SCALE, policies=policies, youth=youth_parameters or {}).advance_to(until)

    return made


def spaces(model):
    return model.state(YouthState).spaces


def test_placements_are_at_most_those_asked_for_and_each_is_paid_and_written_down(funded):
    model = funded(placements=60)
    placed = model.outcomes()["youth_placements"]
    assert 0 < placed <= 60 * SCALE * 17 / 12 + 17
    assert model.costs()["youth_placements"] == placed * model.setting.costs.youth_placement.value
    written = [one for one in model.lineage.initiatives if one.kind == Kind.YOUTH_PLACEMENT]
    assert len(written) == placed


def test_more_placements_asked_for_meet_the_end_of_those_who_host(funded):
    some, many, flood = (funded(placements=n).outcomes()["youth_placements"] for n in (20, 200, 5000))
    assert some < many <= flood < 5000 * SCALE


def test_only_people_of_16_to_19_are_placed_and_each_once(funded):
    model = funded(placements=500)
    placed = model.state(YouthState).placed
    age = model.population.age[placed]
    assert ((age >= 16) & (age <= 19)).all()
    assert placed.sum() <= model.outcomes()["youth_placements"]


def test_without_placements_there_are_none(funded):
    assert funded().outcomes()["youth_placements"] == 0


def test_mentoring_brings_older_and_younger_together(funded):
    without, mentored = (funded("2018-02", mentoring=asked).outcomes() for asked in (False, True))
    assert mentored["age_bridging_meetings"] > 2 * without["age_bridging_meetings"]
    assert mentored["mentors"] > without["mentors"]
    assert mentored["age_bridging_ties_of_the_young"] > without["age_bridging_ties_of_the_young"]


def test_spaces_are_opened_where_they_are_funded_and_visited_by_young_people_near(funded):
    model = funded("2016-04", spaces={"Montichiari": 2, "Calcinato": 1})
    names = [model.population.municipalities[space["municipality"]] for space in spaces(model)]
    assert sorted(names) == ["Calcinato", "Montichiari", "Montichiari"]
    assert model.outcomes()["spaces_alive"] == 3
    visitors = np.flatnonzero(model.state(YouthState).visited >= 0)
    assert len(visitors)
    age = model.population.age[visitors]
    assert ((age >= 14) & (age <= 25)).all()


def test_a_space_ends_when_its_money_ends(make, project):
    brief = Policy.model_validate(
        {"name": "brief", "from": "2016-02", "until": "2016-05", "youth": {"spaces": {"Montichiari": 1}}}
    )
    model = make(2, SCALE, policies=(*project.policies, brief)).advance_to("2016-06")
    assert model.outcomes()["spaces_alive"] == 0
    assert [one.ended for one in model.lineage.initiatives if one.kind == Kind.SPACE] == [model.month]


def test_a_space_that_nobody_comes_to_ends_after_its_grace(funded):
    empty = {"curious": 0.0, "brings": 0.0}
    lever = {"spaces": {"Montichiari": 1}}
    assert funded("2016-07", youth_parameters=empty, **lever).outcomes()["spaces_alive"] == 1
    assert funded("2016-08", youth_parameters=empty, **lever).outcomes()["spaces_alive"] == 0


def test_a_space_left_to_young_people_stays_newer_and_more_of_them_come_to_take_part(funded):
    where = {"Montichiari": 2, "Calcinato": 1, "Carpenedolo": 1}
    own, ready = (funded("2017-12", spaces=where, own_spaces=mine) for mine in (True, False))
    assert own.outcomes()["visits_to_spaces"] > ready.outcomes()["visits_to_spaces"]
    assert np.mean([space["age"] for space in spaces(own)]) < np.mean([space["age"] for space in spaces(ready)])
    age = own.population.age
    young = (age >= 14) & (age <= 25)
    taking_part = [int((young & (model.citizens.stage >= Stage.PARTICIPANT)).sum()) for model in (own, ready)]
    assert taking_part[0] > taking_part[1]


def test_a_kept_space_goes_on_as_if_never_interrupted(funded):
    model = funded("2016-09", spaces={"Montichiari": 1}, placements=60, mentoring=True)
    twin = model.branch()
    assert twin.advance_to("2017-03").outcomes() == model.advance_to("2017-03").outcomes()


def test_the_ties_of_several_people_are_those_of_each(make):
    ties = make().ties
    people = np.array([5, 40, 41, 300])
    whose, edge, other = ties.ends_of(people)
    for position, person in enumerate(people.tolist()):
        mine = whose == position
        assert sorted(other[mine].tolist()) == ties.neighbours(person).tolist()
        assert sorted(edge[mine].tolist()) == sorted(ties.edges_of(person).tolist())


def test_who_only_looks_into_a_space_has_not_been_reached(funded):
    where, alone = {"Montichiari": 2, "Calcinato": 1}, {"talking": 0.0}
    without = funded("2017-12").outcomes()["citizens_reached"]
    seen = funded("2017-12", spaces=where, own_spaces=False, youth_parameters=alone)
    assert seen.outcomes()["visits_to_spaces"] > 0
    assert seen.outcomes()["citizens_reached"] == pytest.approx(without, rel=0.03)
