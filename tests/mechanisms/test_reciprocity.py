"""Citizens animate organisations, organisations support groups; each coupling can be cut."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.agents.citizens import Stage
from simcomunita.agents.group import Group
from simcomunita.agents.organisation import OrganisationsState
from simcomunita.mechanisms.reciprocity import reciprocity


@pytest.fixture
def lively(make):
    """A community with active citizens and a group with a partner, before anything else."""

    def made(**changes):
        changes = {"brings": 0.0, "taking_up": 0.0, **changes}
        model = make(scale=0.2, only=("reciprocity",), reciprocity=changes)
        people = np.flatnonzero(model.population.grown_up)[:60]
        model.citizens.stage[people] = Stage.ACTIVE
        model.citizens.energy[people] = 0.5
        model.groups = [Group(1, 2, 0, 0, model.month, 0, -1, partner=0), Group(2, 2, 0, 0, model.month, 0, -1)]
        model.join_groups(people[:20], 0)
        model.join_groups(people[20:40], 1)
        model.state(OrganisationsState).idle[:] = 10.0
        return model

    return made


def test_active_citizens_open_organisations_where_they_are_and_bring_some_in(lively):
    model = lively(brought_in=0.2)
    before = model.state(OrganisationsState).openness.copy()
    for _ in range(6):
        model.month += 1
        reciprocity(model, model.setting.parameters)
    here = model.population.organisations.municipality == 0
    after = model.state(OrganisationsState).openness
    assert (after[here] > before[here]).all()
    np.testing.assert_array_equal(after[~here], before[~here])
    came = model.involved_since >= 0
    assert came.any()
    assert here[came].all()
    totals = model.ledger.totals
    assert totals["organisations_involved"] + totals["firms_involved"] == came.sum()


def test_openness_falls_back_where_citizens_rest(lively):
    model = lively()
    reciprocity(model, model.setting.parameters)
    opened = model.state(OrganisationsState).openness.sum()
    model.citizens.stage[:] = Stage.NOT_REACHED
    model.groups = []
    reciprocity(model, model.setting.parameters)
    start = model.population.organisations.openness.sum()
    assert start < model.state(OrganisationsState).openness.sum() < opened


def test_a_partner_and_lent_hours_support_groups_and_those_who_run_them(lively):
    model = lively()
    model.state(OrganisationsState).pool[0] = 4.0
    reciprocity(model, model.setting.parameters)
    partnered, other = model.groups
    assert partnered.support == pytest.approx(4.0)
    assert other.support == pytest.approx(2.0)
    energy = model.citizens.energy
    assert energy[model.members(0)].mean() > energy[model.members(1)].mean() > 0.5
    outside = np.flatnonzero((model.citizens.stage == Stage.ACTIVE) & (model.group_of < 0))
    np.testing.assert_allclose(energy[outside], 0.5)


def test_cut_to_the_formal_organisations_stay_as_they_are(lively):
    model = lively(informal_animates=False, brought_in=1.0)
    reciprocity(model, model.setting.parameters)
    np.testing.assert_allclose(model.state(OrganisationsState).openness, model.population.organisations.openness)
    assert (model.involved_since < 0).all()
    assert model.groups[0].support > 0


def test_cut_to_the_informal_groups_get_nothing(lively):
    model = lively(formal_supports=False)
    model.state(OrganisationsState).pool[0] = 4.0
    reciprocity(model, model.setting.parameters)
    assert [group.support for group in model.groups] == [0, 0]
    assert (model.state(OrganisationsState).openness > model.population.organisations.openness).any()


def test_without_hours_to_spare_a_partner_gives_none(lively):
    model = lively()
    model.state(OrganisationsState).used[0] = 9.5
    reciprocity(model, model.setting.parameters)
    assert model.groups[0].support == pytest.approx(0.5)
    assert model.state(OrganisationsState).used[0] == pytest.approx(10.0)


def test_active_people_and_backed_groups_give_hours_and_let_needs_be_known(lively):
    model = lively()
    model.involved_since[:] = 0
    reciprocity(model, model.setting.parameters)
    state, home = model.state(OrganisationsState), model.population.organisations.municipality
    here, partner = home == 0, np.arange(len(home)) == 0
    assert (state.volunteered[here] > 0).all()
    assert (state.volunteered[partner & ~here] == model.setting.parameters.reciprocity.helping_the_partner * 20).all()
    assert (state.volunteered[~here & ~partner] == 0).all()
    assert (state.heard[home == 0] > 0).all()


def test_organisations_with_hours_to_spare_take_up_groups_that_nobody_backs(lively):
    model = lively(taking_up=1.0)
    model.involved_since[:] = 0
    model.state(OrganisationsState).openness[:] = 1.0
    model.state(OrganisationsState).idle[:] = 0.0
    reciprocity(model, model.setting.parameters)
    assert model.groups[1].partner == -1
    model.state(OrganisationsState).idle[:] = 10.0
    model.state(OrganisationsState).openness[:] = 1.0
    reciprocity(model, model.setting.parameters)
    partner = model.groups[1].partner
    assert model.population.organisations.municipality[partner] == 0
    assert not model.population.organisations.firm[partner]


def test_organisations_bring_members_into_the_groups_they_back(lively):
    model = lively(brings=2.0)
    partner = int(np.argmax(np.diff(model.association.by_focus)))
    model.groups[0].partner = partner
    before = model.groups[0].size
    reciprocity(model, model.setting.parameters)
    assert model.groups[0].size == before + 2
    came = np.intersect1d(model.members(0), model.association.members(partner))
    assert len(came) >= 2
    assert (model.citizens.stage[came] >= Stage.PARTICIPANT).all()


def test_cut_to_the_formal_organisations_hear_nothing_and_get_no_hours(lively):
    model = lively(informal_animates=False)
    model.involved_since[:] = 0
    reciprocity(model, model.setting.parameters)
    state = model.state(OrganisationsState)
    assert not state.volunteered.any()
    assert not state.heard.any()
