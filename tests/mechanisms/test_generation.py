"""Citizens begin groups, propose projects and copy practices; each leaves its trace in the lineage."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.agents.citizens import Source, Stage
from simcomunita.agents.group import Group
from simcomunita.mechanisms.generation import CITIZENS_GROUPS, GenerationState
from simcomunita.outcomes.lineage import Initiative, Kind, Layer, Relation
from simcomunita.policy import Policy

EAGER = {"founding": 1.0, "founding_of_the_active": 1.0, "skilled": 0.0}
STILL = {"founding": 0.0, "founding_of_the_active": 0.0, "copying": 0.0}


def call(**changes):
    one = {"month": "2016-03", "pot": 1e6, "largest_grant": 5000} | changes
    return Policy.model_validate({"name": "call", "from": "2016-02", "until": "2016-12", "calls": [one]})


def hubs(model, number):
    """Well-tied people who share no neighbourhood."""
    order = np.argsort(-(np.diff(model.ties.up) + np.diff(model.ties.down)), kind="stable")
    order = order[model.population.age[order] >= 30]
    _, first = np.unique(model.population.neighbourhood[order], return_index=True)
    return order[np.sort(first)][:number].tolist()


def tied(model, person):
    t = model.ties
    both = np.concatenate([t.second[t.first == person], t.first[t.second == person]])
    return both[model.population.age[both] >= 14]


def begin(model, number, **changes):
    """A group of a well-tied person and those tied to them."""
    (hub,) = hubs(model, 1)
    people = np.append(tied(model, hub)[:number], hub)
    where = int(model.population.neighbourhood[hub])
    place = int(model.population.municipality[hub])
    group = Group(1, 2, place, where, model.month, -1, -1, **changes)
    beginning = Initiative(Kind.GROUP, 2, place, model.month, Source.FACILITATOR, 0, Layer.FORMAL)
    model.citizens.stage[people] = Stage.PARTICIPANT
    model.citizens.competence[people] = 0.8
    model.found_group(group, np.sort(people), beginning)
    return group


def test_a_promoter_gathers_tied_participants_and_begins_a_group(make):
    model = make(policies=(), only=("generation",), generation=EAGER)
    (hub,) = hubs(model, 1)
    model.citizens.stage[tied(model, hub)] = Stage.PARTICIPANT
    model.citizens.stage[hub] = Stage.PROMOTER
    model.citizens.competence[hub] = 1.0
    model.step()
    (group,) = model.groups
    beginning = model.lineage.initiatives[group.initiative]
    assert (beginning.how, beginning.by, beginning.layer) == (Source.CITIZEN, hub, Layer.INFORMAL)
    assert group.number >= CITIZENS_GROUPS
    assert set(model.members(0).tolist()) <= {hub, *tied(model, hub).tolist()}
    assert group.size >= 3
    assert model.ledger.rows[-1]["self_started_share"] == 1


def test_nobody_begins_a_group_without_tied_participants(make):
    model = make(policies=(), only=("generation",), generation=EAGER)
    (hub,) = hubs(model, 1)
    model.citizens.stage[hub] = Stage.PROMOTER
    model.citizens.competence[hub] = 1.0
    model.step()
    assert not model.groups


def test_a_group_that_somebody_begins_out_of_another_grew_from_it(make):
    model = make(policies=(), only=("generation",), generation=EAGER | {"copying": 0.0})
    old = begin(model, 5)
    (hub,) = hubs(model, 1)
    model.citizens.stage[hub] = Stage.PROMOTER
    others = tied(model, hub)[5:]
    model.citizens.stage[others] = Stage.PARTICIPANT
    model.citizens.competence[:] = 0.0
    model.citizens.competence[hub] = 1.0
    model.step()
    new = model.lineage.initiatives[model.groups[-1].initiative]
    assert (new.parent, new.relation) == (old.initiative, Relation.GREW_FROM)
    assert old.size == 5


def test_a_call_funds_projects_that_grew_from_groups_and_pays_for_them(make):
    model = make(policies=[call()], only=("generation",), generation=STILL)
    group = begin(model, 8, shape=0.9)
    before = group.shape
    model.advance_to("2016-03")
    last = model.outcomes()
    assert last["citizen_projects_proposed"] >= last["citizen_projects_funded"] >= 1
    projects = [one for one in model.lineage.initiatives if one.kind == Kind.PROJECT]
    assert {(one.parent, one.relation) for one in projects} == {(group.initiative, Relation.GREW_FROM)}
    assert group.shape > before
    grants = model.costs()["grants"]
    assert 3000 * len(projects) <= grants <= 5000 * len(projects)
    assert model.costs()["calls"] == pytest.approx(model.setting.costs.call.value * model.population.scale)


def test_a_funded_project_draws_people_and_ends(make):
    model = make(policies=[call()], only=("generation",), generation=STILL | {"event_guests": 20.0})
    begin(model, 8, shape=0.9)
    model.advance_to("2016-06")
    assert model.outcomes()["citizens_reached"] > 10
    assert model.state(GenerationState).group
    model.advance_to("2016-12")
    assert not model.state(GenerationState).group
    assert all(one.ended >= 0 for one in model.lineage.initiatives if one.kind == Kind.PROJECT)


@pytest.mark.parametrize(
    ("changes", "levers"),
    [({"pot": 0.0}, {}), ({"smallest_group": 50}, {}), ({}, {"event": {"money": 0.0}})],
    ids=["an empty pot", "too large a smallest group", "funders without money"],
)
def test_nothing_is_funded_with(make, changes, levers):
    outside = Policy.model_validate({"name": "outside", "from": "2016-02", "until": "2016-12"} | levers)
    model = make(policies=[call(**changes), outside], only=("generation",), generation=STILL)
    begin(model, 8, shape=0.9)
    model.advance_to("2016-04")
    assert model.outcomes()["citizen_projects_funded"] == 0


def test_paperwork_keeps_groups_from_proposing(make):
    proposed = {}
    for paperwork in (0.0, 1.0):
        burden = Policy.model_validate(
            {"name": "burden", "from": "2016-02", "until": "2016-12", "paperwork": paperwork}
        )
        models = [make(seed, policies=[call(), burden], only=("generation",), generation=STILL) for seed in range(6)]
        for model in models:
            begin(model, 14, shape=0.9)
            model.advance_to("2016-03")
        proposed[paperwork] = sum(model.outcomes()["citizen_projects_proposed"] for model in models)
    assert proposed[1.0] < proposed[0.0]


def copied(make, written):
    model = make(policies=(), only=("generation",), generation=STILL | {"copying": 1.0, "exporting": 1.0})
    group = begin(model, 10, shape=1.0, meetings=24)
    known = np.concatenate([tied(model, member) for member in model.members(0)])
    elsewhere = known[model.group_of[known] < 0]
    around = np.concatenate([tied(model, person) for person in elsewhere])
    around = around[model.group_of[around] < 0]
    model.citizens.stage[around] = Stage.PARTICIPANT
    model.citizens.stage[elsewhere] = Stage.ACTIVE
    model.written_practice = written
    model.step()
    return model, group


def test_a_practice_is_copied_by_people_elsewhere_who_know_a_member(make):
    model, group = copied(make, 1.0)
    copies = [one for one in model.lineage.initiatives if one.relation == Relation.COPIED]
    assert copies
    assert {one.parent for one in copies} == {group.initiative}
    assert group.neighbourhood not in {one.neighbourhood for one in copies}
    assert model.outcomes()["practices_copied"] == model.outcomes()["copies_alive"] == len(copies)


def test_what_is_written_down_is_copied_more_often_and_begins_with_more_shape(make):
    (written, _), (unwritten, _) = copied(make, 1.0), copied(make, 0.0)
    assert written.outcomes()["practices_copied"] > unwritten.outcomes()["practices_copied"] > 0
    assert max(group.shape for group in unwritten.groups[1:]) == 0
    assert min(group.shape for group in written.groups[1:]) > 0.3
    assert written.outcomes()["exported_practices"] > unwritten.outcomes()["exported_practices"] == 0


def test_no_two_groups_have_one_number(make):
    model = make(scale=0.1, generation={"founding": 0.3, "founding_of_the_active": 0.2}).advance_to("2017-08")
    numbers = [group.number for group in model.groups]
    assert len(set(numbers)) == len(numbers) > 1
