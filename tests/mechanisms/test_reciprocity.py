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
        model = make(scale=0.2, only=("reciprocity",), reciprocity=changes)
        people = np.flatnonzero(model.population.grown_up)[:60]
        model.citizens.stage[people] = Stage.ACTIVE
        model.citizens.energy[people] = 0.5
        model.groups = [Group(1, 2, 0, 0, model.month, 0, -1, partner=0), Group(2, 2, 0, 0, model.month, 0, -1)]
        model.join_groups(people[:20], 0)
        model.join_groups(people[20:40], 1)
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
