"""Neighbours refer, help and pool their needs; lively places bring together who is distant."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.agents.citizens import NO_CRISIS, Stage
from simcomunita.agents.group import Group
from simcomunita.mechanisms.proximity import ProximityState, _meet_shared_needs, was_referred
from simcomunita.outcomes.lineage import Initiative, Kind, Layer, Source
from simcomunita.policy import Policy
from simcomunita.territory.population import Area

SCALE = 0.15


@pytest.fixture(scope="module")
def lived(project, population):
    from simcomunita.model import CommunityModel

    return CommunityModel(project, 2, SCALE, population(2, SCALE)).advance_to("2018-01")


@pytest.fixture
def sharing(make):
    """How many needs a group of so many concerned members meets in a meeting that many like it hold."""

    def met(size: int, hours: float = 0.0) -> dict[str, float]:
        model = make(proximity={"shared_half": 5.0, "shared_most": 0.2})
        people = np.flatnonzero(model.population.grown_up)[:600]
        model.citizens.crisis[people] = NO_CRISIS
        model.citizens.needs[people] = 1 << Area.WORK
        for first in range(0, 600, size):
            group = Group(first, Area.WORK, 0, 0, model.month, 0, -1, hours=hours)
            beginning = Initiative(Kind.GROUP, Area.WORK, 0, model.month, Source.CITIZEN, 0, Layer.INFORMAL)
            model.found_group(group, people[first : first + size], beginning)
        _meet_shared_needs(model, model.setting.parameters)
        return dict(model.ledger.totals)

    return met


def test_the_more_share_a_need_the_more_of_them_are_helped(sharing):
    few, many = sharing(3)["needs_met_in_groups"], sharing(15)["needs_met_in_groups"]
    assert many > 1.5 * few > 0


def test_a_need_that_nobody_shares_is_not_met_in_a_group(sharing):
    assert sharing(1)["needs_met_in_groups"] == 0


def test_needs_met_in_a_group_are_mixed_with_staff_and_informal_without(sharing):
    alone, staffed = sharing(10), sharing(10, hours=4.0)
    assert alone["needs_met_informal"] == staffed["needs_met_mixed"] > 0
    assert alone["needs_met_mixed"] == staffed["needs_met_informal"] == 0


def test_who_is_pointed_out_never_asks_and_is_on_a_map(lived):
    referred = np.flatnonzero(was_referred(lived, lived.everyone))
    assert len(referred) > 5
    assert not lived.population.asks_for_help[referred].any()
    assert lived.population.grown_up[referred].all()


def test_without_referral_fewer_of_those_who_never_ask_are_taken_on(make, lived):
    without = make(2, SCALE, proximity={"referring": 0.0}).advance_to("2018-01").outcomes()
    assert without["referrals"] == 0
    assert without["never_askers_taken_on"] < lived.outcomes()["never_askers_taken_on"]


def test_needs_are_met_by_services_by_citizens_and_by_both(lived):
    found = lived.outcomes()
    assert found["needs_met_formal"] > found["needs_met_informal"] > 0
    assert found["needs_met_mixed"] > 0
    totals = lived.ledger.totals
    bodies = ("cases_solved", "evictions_frozen", "rental_contracts", "placements_or_hires", "helped_by_pooling")
    assert found["needs_met_formal"] <= sum(totals[name] for name in bodies)


def test_the_helped_become_helpers_and_each_counts_once(lived):
    assert lived.outcomes()["helped_who_help"] == lived.state(ProximityState).helps.sum() > 0


def test_nobody_is_helped_along_ties_where_nobody_takes_part(make):
    model = make(only=("proximity",))
    found = model.advance_to("2016-08").outcomes()
    assert (model.citizens.stage < Stage.PARTICIPANT).all()
    assert found["needs_met_informal"] == found["referrals"] == 0


def test_places_make_links_with_organisations_only_while_they_are_lively(make, lived):
    assert lived.outcomes()["linking_ties"] > 0
    dull = make(2, SCALE, proximity={"lively": 1000.0}).advance_to("2017-01").outcomes()
    assert dull["met_in_places"] == 0


def test_links_fade_unless_renewed(make):
    model = make(only=("erosion",))
    model.links.join([1, 2, 3], 0, 0.3)
    model.links.weave(model.month)
    model.advance_to("2016-05")
    assert len(model.links) == 3
    assert (model.links.strength < 0.3).all()
    assert len(model.advance_to("2019-01").links) == 0


def test_a_lockdown_keeps_people_from_helping(make, project):
    locked = Policy.model_validate({"name": "lockdown", "from": "2016-02", "until": "2019-09", "event": {"contact": 0}})
    model = make(2, SCALE, policies=(*project.policies, locked)).advance_to("2017-06")
    assert model.outcomes()["needs_met_informal"] == model.outcomes()["met_in_places"] == 0
