"""Organisations work, bid and pool together, and learn from how it goes."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.agents.citizens import NO_CRISIS
from simcomunita.agents.organisation import OrganisationsState
from simcomunita.mechanisms.co_programming import co_programming, translation
from simcomunita.model import CommunityModel
from simcomunita.outcomes.lineage import Kind
from simcomunita.policy import Policy

SEED, SCALE, UNTIL = 4, 0.2, "2018-01"
ONLY = ("co_programming",)


@pytest.fixture
def table(project, population, altered):
    """Two years of a community in which organisations alone act, the first eighty of them involved from the start."""

    def lived(lever=None, only=ONLY, until=UNTIL, event=None, trust=None, **changes) -> CommunityModel:
        policy = {"name": "table", "from": "2016-02", "until": "2019-09", "co_programming": lever, "event": event}
        setting = altered(project, [Policy.model_validate(policy)], only, **changes)
        model = CommunityModel(setting, SEED, SCALE, population(SEED, SCALE))
        model.involved_since[:80] = model.month
        if trust is not None:
            for pair in model.partnerships.trust:
                model.partnerships.trust[pair] = trust
        model.citizens.crisis[::200] = 1
        return model.advance_to(until)

    return lived


def test_more_meetings_bring_more_joint_actions_and_each_is_paid_for(table):
    none, some, many = (table({"meetings_a_year": n}) for n in (0, 4, 12))
    actions = [model.ledger.totals["joint_actions"] for model in (none, some, many)]
    assert actions[0] < actions[1] < actions[2]
    price = some.setting.costs.table_meeting.value * SCALE
    assert none.ledger.totals["euro_table"] == 0
    assert some.ledger.totals["euro_table"] == pytest.approx(price * 8)
    assert many.ledger.totals["euro_table"] == pytest.approx(price * 24)


def test_a_lockdown_keeps_organisations_from_the_table(table):
    open_doors = table({"meetings_a_year": 12})
    shut = table({"meetings_a_year": 12}, event={"contact": 0.2})
    assert shut.ledger.totals["joint_actions"] < open_doors.ledger.totals["joint_actions"] / 2


def test_a_table_that_helps_to_bid_brings_more_joint_bids(table):
    bids = {"tenders": 1.0, "bidding": 0.3}
    helped = table({"meetings_a_year": 0, "joint_bids": True}, co_programming=bids)
    left_alone = table({"meetings_a_year": 0, "joint_bids": False}, co_programming=bids)
    assert helped.ledger.totals["joint_bids"] > left_alone.ledger.totals["joint_bids"]


def test_money_from_funders_scales_what_bids_bring(table):
    bids = {"tenders": 1.0, "bidding": 0.3}
    usual = table({"meetings_a_year": 0}, until="2016-04", co_programming=bids, trust=0.9)
    poor = table({"meetings_a_year": 0}, until="2016-04", co_programming=bids, trust=0.9, event={"money": 0.5})
    assert usual.ledger.totals["further_funding_euro"] > 0
    assert poor.ledger.totals["further_funding_euro"] == usual.ledger.totals["further_funding_euro"] / 2


def test_pooling_uses_more_of_what_lies_idle_and_ends_more_crises(table):
    pooled = table({"meetings_a_year": 0, "pooling": True})
    kept = table({"meetings_a_year": 0, "pooling": False})
    assert pooled.outcomes()["idle_resources_used_share"] > kept.outcomes()["idle_resources_used_share"]
    assert pooled.ledger.totals["helped_by_pooling"] > kept.ledger.totals["helped_by_pooling"]
    assert (pooled.citizens.crisis != NO_CRISIS).sum() < (kept.citizens.crisis != NO_CRISIS).sum()


def test_bidding_against_each_other_wears_down_trust_within_a_sector(table):
    alone = {"tenders": 1.0, "bidding": 1.0, "trust_for_bid": 0.8, "spontaneous": 0.0, "paid_for": 0.0}
    alone |= {"help_to_bid": 0.0}
    model = table(None, until="2016-06", co_programming=alone, trust=0.3)
    sector = model.population.organisations.sector
    pairs, trust = model.partnerships.among(model.involved_since >= 0)
    same = sector[pairs[:, 0]] == sector[pairs[:, 1]]
    assert (trust[same] < 0.3).all()
    np.testing.assert_allclose(trust[~same], 0.3)


def test_practice_shortens_the_translating_of_a_pair_and_learning_that_of_sectors(table):
    model = table(None, until="2016-02")
    p, sector = model.setting.parameters.co_programming, model.population.organisations.sector
    one = 0
    other = int(np.flatnonzero(sector != sector[one])[0])
    before = translation(one, other, model, p)
    model.state(OrganisationsState).learnt[:] = 0.5
    learnt = translation(one, other, model, p)
    model.partnerships.work_together(one, other, 0.1)
    assert 0 < translation(one, other, model, p) < learnt < before
    assert translation(one, other, model, p) == translation(other, one, model, p)


@pytest.fixture
def two(table):
    """Two organisations that meet with some trust and some memory, and what is left of these after a joint action."""
    from simcomunita.mechanisms import MONTH

    module = __import__(MONTH["co_programming"].__module__, fromlist=["_act"])

    def meet(trust, gain, **changes):
        model = table(None, until="2016-02", co_programming={"spontaneous": 0.0, "tenders": 0.0, **changes})
        state, (one, other) = model.state(OrganisationsState), (0, 1)
        model.partnerships.trust[one, other] = trust
        model.partnerships.joint_work[one, other] = 1
        state.gain[[one, other]] = gain
        state.idle[[one, other]] = 100
        module._act(model, model.setting.parameters.co_programming, one, other, 63)
        return model

    return meet


def test_who_expects_much_gives_and_both_trust_more(two):
    model = two(0.8, 0.8, going_well=1.0, words_hinder=0.0)
    assert model.partnerships.between(0, 1) > 0.8


def test_who_expects_little_holds_back_and_is_trusted_less_when_it_fails(two):
    model = two(0.1, 0.1, half_hearted=0.0)
    assert model.partnerships.between(0, 1) < 0.1
    assert (model.state(OrganisationsState).gain[[0, 1]] < 0.1).all()


def test_bad_luck_costs_good_memories_but_no_trust(two):
    model = two(0.8, 0.8, going_well=0.0)
    assert model.partnerships.between(0, 1) == 0.8
    assert (model.state(OrganisationsState).gain[[0, 1]] < 0.8).all()


def test_the_one_who_has_more_hours_gives_more_of_them(two):
    model = two(0.8, 0.8)
    state = model.state(OrganisationsState)
    state.idle[[0, 1]], state.used[[0, 1]] = (30, 10), 0
    module = __import__("simcomunita.mechanisms", fromlist=["MONTH"]).MONTH["co_programming"].__module__
    act = __import__(module, fromlist=["_act"])._act
    act(model, model.setting.parameters.co_programming, 0, 1, 63)
    assert state.used[0] == pytest.approx(3 * state.used[1])


def test_the_word_of_common_partners_counts_where_strangers_meet(table):
    heard = table({"meetings_a_year": 12}, until="2016-03", co_programming={"told": 1.0}, trust=0.9)
    deaf = table({"meetings_a_year": 12}, until="2016-03", co_programming={"told": 0.0}, trust=0.9)
    assert heard.partnerships.among(heard.involved_since >= 0)[1].sum() > (
        deaf.partnerships.among(deaf.involved_since >= 0)[1].sum()
    )


def test_pairs_that_tipped_into_trust_stay_there_without_the_table(table):
    kept = {"meetings_a_year": 0, "joint_bids": False, "pooling": False}
    high = table(kept, co_programming={"tenders": 0.0}, trust=0.9)
    low = table(kept, co_programming={"tenders": 0.0}, trust=0.2)
    old = [tuple(pair) for pair in high.population.organisations.partnerships.tolist() if max(pair) < 80]
    assert np.mean([high.partnerships.between(*pair) for pair in old]) > 0.8
    assert np.mean([low.partnerships.between(*pair) for pair in old]) < 0.25


def test_joint_work_grows_from_what_the_two_did_before(table):
    model = table({"meetings_a_year": 12})
    first = model.lineage.initiatives
    grown = [one for one in first if one.kind == Kind.JOINT_ACTION and one.parent >= 0]
    assert grown
    assert all(first[one.parent].kind in (Kind.JOINT_ACTION, Kind.BID) for one in grown)


def test_needs_met_with_pooled_hours_are_counted_by_who_lent_them(table):
    totals = table({"meetings_a_year": 0, "pooling": True}).ledger.totals
    by = sum(totals[f"needs_met_{who}"] for who in ("formal", "informal", "mixed"))
    assert by == totals["helped_by_pooling"] > 0


def test_volunteers_hours_are_used_as_far_as_an_organisation_can_look_after_them(table):
    model = table(None, until="2016-02")
    state, p = model.state(OrganisationsState), model.setting.parameters.co_programming
    own = p.idle_hours * np.minimum(model.population.organisations.size / 30, 2.0)
    state.volunteered[:] = 1000.0
    co_programming(model, model.setting.parameters)
    np.testing.assert_allclose(state.idle, 2 * own)


def test_nobody_works_with_hours_that_are_not_there(table):
    model = table({"meetings_a_year": 12}, co_programming={"idle_hours": 0.0, "tenders": 0.0})
    assert model.ledger.totals["joint_actions"] == 0
    busy = table({"meetings_a_year": 52})
    state = busy.state(OrganisationsState)
    assert (state.used <= state.idle + state.won_hours + 1e-9).all()


def test_every_bid_and_every_action_that_went_well_is_in_the_lineage(table):
    model = table({"meetings_a_year": 12}, co_programming={"tenders": 1.0})
    kinds = [one.kind for one in model.lineage.initiatives]
    assert 0 < kinds.count(Kind.JOINT_ACTION) < model.ledger.totals["joint_actions"]
    assert kinds.count(Kind.BID) >= model.ledger.totals["joint_bids"] > 0


def test_without_anybody_involved_nothing_is_done_together(make):
    model = make(only=())
    co_programming(model, model.setting.parameters)
    assert model.ledger.totals["joint_actions"] == 0
    assert not model.state(OrganisationsState).used.any()


def test_what_organisations_remember_is_kept_in_a_branch(table):
    model = table({"meetings_a_year": 12}, until="2017-01")
    twin = model.branch().advance_to("2017-06")
    assert model.advance_to("2017-06").outcomes() == twin.outcomes()
