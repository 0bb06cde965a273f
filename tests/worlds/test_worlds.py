"""Change one thing, and see that only its effects come out."""

from __future__ import annotations

import dataclasses
from dataclasses import fields

import numpy as np
import pytest

import simcomunita.model
from simcomunita.mechanisms import MONTH
from simcomunita.model import CommunityModel
from simcomunita.network import Memberships, Ties
from simcomunita.policy import Policy


def policy(name="some", start="2016-06", until="2019-09", number=8, **levers):
    return Policy.model_validate(
        {"name": name, "from": start, "until": until, "facilitators": {"number": number}} | levers
    )


def assert_same_series(one, other, months=slice(None)):
    a, b = one.series(), other.series()
    assert list(a) == list(b)
    for measure in a:
        np.testing.assert_array_equal(a[measure][months], b[measure][months], err_msg=measure)


def assert_same_state(one, other):
    for column in fields(one.citizens):
        np.testing.assert_array_equal(
            getattr(one.citizens, column.name), getattr(other.citizens, column.name), err_msg=column.name
        )
    for name in Ties.COLUMNS:
        np.testing.assert_array_equal(getattr(one.ties, name), getattr(other.ties, name), err_msg=name)
    np.testing.assert_array_equal(one.group_of, other.group_of)


def test_equal_futures_differ_by_exactly_nothing(make):
    past = make().advance_to("2016-12")
    one = past.branch(policy("one", "2017-01"), "one").advance_to("2018-06")
    other = past.branch(policy("other", "2017-01"), "other").advance_to("2018-06")
    assert_same_series(one, other)
    assert_same_state(one, other)


def test_a_branch_is_the_run_that_never_branched(make, project):
    later = policy("later", "2017-01")
    branched = make().advance_to("2016-12").branch(later).advance_to("2017-12")
    straight = make(policies=(*project.policies, later)).advance_to("2017-12")
    assert_same_series(branched, straight)
    assert_same_state(branched, straight)


def test_a_model_that_was_branched_goes_on_as_if_it_was_not(make):
    alone = make().advance_to("2017-06")
    shared = make().advance_to("2016-12")
    shared.branch(policy("x", "2017-01")).advance_to("2017-03")
    assert_same_state(alone, shared.advance_to("2017-06"))


@pytest.mark.parametrize(
    "lever",
    [
        {"number": 3},
        {"number": 0, "places": {"Montichiari": 4}},
        {"number": 0, "paperwork": 0.0},
        {"number": 2, "outreach": "everyday"},
    ],
)
def test_a_policy_changes_nothing_before_it_starts_and_something_after(make, project, lever):
    later = policy("later", "2017-01", **lever)
    without = make().advance_to("2017-09")
    with_it = make(policies=(*project.policies, later)).advance_to("2017-09")
    eleven = slice(0, 11)
    assert without.series()["month"][10] == "2016-12"
    assert_same_series(without, with_it, eleven)
    assert any(
        not np.array_equal(without.series()[m][11:], with_it.series()[m][11:])
        for m in without.series()
        if m != "cost_euro"
    )


@pytest.fixture
def islands(population):
    """The territory with nothing between municipalities: no tie, no shared focus, no road."""
    p = population()
    ties = p.ties
    within = p.municipality[ties.first] == p.municipality[ties.second]
    inland = Ties(ties.n, *(column[within] for column in ties.columns))

    def at_home(memberships: Memberships, base: np.ndarray | None = None) -> Memberships:
        if base is None:  # where a focus has its first member
            base = np.full(memberships.n_foci, -1)
            base[memberships.focus[::-1]] = p.municipality[memberships.person[::-1]]
        stays = base[memberships.focus] == p.municipality[memberships.person]
        return Memberships.of(
            memberships.n_foci, memberships.n_people, memberships.focus[stays], memberships.person[stays]
        )

    far = np.where(np.eye(len(p.municipalities)) == 1, 0, np.inf).astype(np.float32)
    return dataclasses.replace(
        p,
        ties=inland,
        distances=far,
        school=at_home(p.school),
        work=at_home(p.work),
        association=at_home(p.association, p.organisations.municipality),
    )


@pytest.mark.parametrize(
    "lever",
    [
        {"facilitators": {"number": 2, "where": {"Montichiari": 2}}},
        {"places": {"Montichiari": 3}},
    ],
)
def test_a_lever_in_one_municipality_leaves_unconnected_ones_untouched(project, islands, altered, lever):
    there = islands.municipalities.index("Montichiari")
    base = policy("base", "2016-02", facilitators={"number": 2, "where": {"Calcinato": 1, "Visano": 1}})
    local = Policy.model_validate({"name": "local", "from": "2016-08", "until": "2019-09"} | lever)
    runs = []
    for policies in ((base,), (base, local)):
        # So few people live here that walking into a place has to be made common.
        setting = altered(project, policies, spreading={"walking_in": 0.05})
        runs.append(CommunityModel(setting, 1, islands.scale, islands).advance_to("2018-06"))
    one, other = runs
    elsewhere = islands.municipality != there
    changed = False
    for column in fields(one.citizens):
        a, b = getattr(one.citizens, column.name), getattr(other.citizens, column.name)
        np.testing.assert_array_equal(a[elsewhere], b[elsewhere], err_msg=column.name)
        changed |= not np.array_equal(a[~elsewhere], b[~elsewhere])
    assert changed, "the lever did nothing even where it was pulled"
    for name in Ties.COLUMNS:
        a, b = (getattr(run.ties, name)[elsewhere[run.ties.first]] for run in runs)
        np.testing.assert_array_equal(a, b, err_msg=name)


@pytest.mark.parametrize("mechanism", list(MONTH))
def test_a_further_draw_in_one_mechanism_disturbs_no_other(make, monkeypatch, mechanism):
    plain = make().advance_to("2016-09")
    original = MONTH[mechanism]

    def curious(community, parameters):
        community.chance.uniform(f"{mechanism}.curiosity", community.month, np.arange(1000))
        original(community, parameters)
        community.chance.coin(f"{mechanism}.afterthought", community.month, 0.5, np.arange(10))

    monkeypatch.setitem(simcomunita.model.MONTH, mechanism, curious)
    assert_same_state(plain, make().advance_to("2016-09"))


def test_a_ninth_facilitator_leaves_the_first_eight_their_homes_and_luck(make, project):
    eight = make(scale=1.0, policies=(policy("p", "2016-02", number=8),)).advance_to("2016-02")
    nine = make(scale=1.0, policies=(policy("p", "2016-02", number=9),)).advance_to("2016-02")
    assert [(f.number, f.home) for f in eight.facilitators] == [(f.number, f.home) for f in nine.facilitators[:8]]


def test_another_seed_is_another_world(make):
    assert make(seed=1).advance_to("2016-04").outcomes() != make(seed=2).advance_to("2016-04").outcomes()
