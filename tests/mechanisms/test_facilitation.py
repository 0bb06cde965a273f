"""Facilitators are individuals who decide; hours spent on one thing are not there for another."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.agents.citizens import Source, Stage
from simcomunita.outcomes.measures import HOURS
from simcomunita.outcomes.measures.work_of_staff import row
from simcomunita.policy import Policy

TASKS = ("casework", "map", "hook", "connect", "run_groups", "document", "evaluate")


def staff(number=4, start="2016-02", until="2019-09", outreach="everyday", **lever):
    return Policy.model_validate(
        {
            "name": "staff",
            "from": start,
            "until": until,
            "outreach": outreach,
            "facilitators": {"number": number} | lever,
        }
    )


def split(**shares):
    return dict.fromkeys(TASKS, 0.0) | shares


def test_all_hours_are_spent_and_no_more(make):
    model = make(policies=(staff(number=5, hours_a_month=100),)).advance_to("2017-01")
    assert sum(model.outcomes()[hours] for hours in HOURS) == pytest.approx(5 * 100 * 12 * 0.05)


@pytest.mark.parametrize("task", ["map", "hook", "casework"])
def test_hours_given_to_one_task_are_taken_from_the_others(make, task):
    others = 0.4 / 6
    even = make(policies=(staff(hours=dict.fromkeys(TASKS, 1 / 7)),)).advance_to("2016-08")
    much = make(policies=(staff(hours=dict.fromkeys(TASKS, others) | {task: 0.6}),)).advance_to("2016-08")
    assert much.outcomes()[f"hours_{task}"] > even.outcomes()[f"hours_{task}"]
    for other in set(TASKS) - {task}:
        assert much.outcomes()[f"hours_{other}"] < even.outcomes()[f"hours_{other}"]


def test_only_mapped_people_are_asked_by_name(make):
    model = make(policies=(staff(hours=split(map=0.5, hook=0.5)),), facilitation={"turnover": 0.0}).advance_to(
        "2017-06"
    )
    asked = np.flatnonzero(model.citizens.last_asked >= 0)
    known = np.any([f.known for f in model.facilitators], axis=0)
    assert len(asked)
    assert known[asked].all()


def test_without_mapping_more_asks_are_wasted(make):
    def yes_rate(**shares):
        totals = {"asked": 0.0, "yes": 0.0}
        for seed in (1, 2, 3, 4):
            model = make(seed=seed, policies=(staff(number=8, hours=split(**shares)),)).advance_to("2018-01")
            totals["asked"] += model.ledger.totals["asks_by_facilitators"]
            totals["yes"] += model.ledger.totals["asks_accepted_by_facilitators"]
        return totals["yes"] / totals["asked"]

    assert yes_rate(map=0.5, hook=0.5) > yes_rate(hook=1.0)


def test_in_an_office_only_those_who_come_are_met(make):
    share = {}
    for where in ("everyday", "office"):
        model = make(
            policies=(staff(outreach=where, hours=split(map=1.0)),), facilitation={"through_people": 0.0}
        ).advance_to("2016-12")
        met = np.any([f.known for f in model.facilitators], axis=0)
        share[where] = (~model.population.asks_for_help[met]).mean()
    assert share["office"] < share["everyday"]


def test_when_the_post_ends_the_person_and_their_map_are_gone_but_groups_stay(make):
    model = make(policies=(staff(number=8, until="2018-01"),), scale=0.2).advance_to("2018-01")
    groups = {group.number for group in model.groups}
    assert model.facilitators
    assert groups
    model.advance_to("2018-02")
    assert model.facilitators == []
    assert all(group.accompanied_by == -1 for group in model.groups)
    assert {group.number for group in model.groups} & groups


def test_who_leaves_takes_the_map_along_except_what_is_written_down(make):
    losses = {}
    for shares in ({"map": 1.0}, {"map": 0.5, "document": 0.5}):
        model = make(
            policies=(staff(number=3, hours=split(**shares)),), facilitation={"turnover": 0.0}, only=("facilitation",)
        ).advance_to("2017-06")
        before = [f.known.copy() for f in model.facilitators]
        written = [f.documented.copy() for f in model.facilitators]
        model.setting = model.setting.__class__(
            **{
                **{
                    f.name: getattr(model.setting, f.name)
                    for f in model.setting.__dataclass_fields__.values()
                    if f.init
                },
                "parameters": model.setting.parameters.model_copy(
                    update={"facilitation": model.setting.parameters.facilitation.model_copy(update={"turnover": 1.0})}
                ),
            }
        )
        people = [f.number for f in model.facilitators]
        model.step()
        assert all(f.number not in people for f in model.facilitators)
        kept = 0
        for old, wrote, new in zip(before, written, model.facilitators, strict=True):
            # Some few were met again, or anew, in the first month.
            assert new.known[wrote].all()
            kept += (new.known & old).sum() / max(old.sum(), 1)
        losses["document" in shares] = kept / 3
    assert losses[True] > losses[False] + 0.2


def test_support_tapers_as_a_group_takes_shape(make):
    model = make(policies=(staff(number=8, accompaniment="taper"),), scale=0.5).advance_to("2019-06")
    groups = sorted((group.shape, group.hours) for group in model.groups if group.hours > 0)
    half = len(groups) // 2
    assert half >= 2
    assert np.mean([hours for _, hours in groups[half:]]) < np.mean([hours for _, hours in groups[:half]])


def test_who_never_leaves_has_fewer_groups_than_who_tapers(make):
    def started(style):
        return sum(
            make(
                seed=seed,
                scale=0.2,
                policies=(staff(number=8, accompaniment=style, hours=split(hook=0.4, run_groups=0.6)),),
            )
            .advance_to("2019-06")
            .ledger.totals["groups_started"]
            for seed in (1, 2)
        )

    assert started("taper") > started("never_leave")


def test_the_wrong_conduct_empties_large_groups():
    from simcomunita.mechanisms.meetings import MeetingsParameters, fit

    p = MeetingsParameters()
    size = np.array([6.0, 12.0, 30.0])
    assert (fit(size, "by_size", p) == 1).all()
    assert fit(size, "circle", p).tolist() == [1.0, 1.0, 12 / 30]
    assert fit(size, "assembly", p)[0] < 1 <= fit(size, "assembly", p)[2]


def test_evaluation_leans_towards_what_yielded_most(make):
    model = make(policies=(staff(number=8, hours=split(map=0.2, hook=0.3, connect=0.2, run_groups=0.2, evaluate=0.1)),))
    model.advance_to("2018-01")
    lean = np.array([[f.lean[task] for task in TASKS] for f in model.facilitators])
    assert (lean[:, TASKS.index("casework")] == 1).all()
    assert (np.ptp(lean, axis=1) > 0.1).all()


def test_without_hours_for_evaluation_the_plan_stays(make):
    model = make(policies=(staff(hours=split(map=0.5, hook=0.5)),)).advance_to("2018-01")
    assert all(set(f.lean.values()) == {1.0} for f in model.facilitators)


def test_every_first_contact_and_activation_has_a_source(make):
    model = make(scale=0.2).advance_to("2018-06")
    c = model.citizens
    reached = c.stage >= Stage.REACHED
    assert (c.reached_how[reached] != Source.NOBODY).all()
    assert (c.reached_month[reached] >= model.setting.start).all()
    assert (c.reached_how[~reached] == Source.NOBODY).all()
    active = c.activated_month >= 0
    assert active.any()
    assert (c.activated_how[active] != Source.NOBODY).all()
    through = c.activated_by[active & (c.activated_how == Source.CITIZEN)]
    assert ((through >= 0) | (through == -1)).all()


def test_nobody_is_counted_twice(make):
    model = make(scale=0.2, mobility={"moving": 0.0}).advance_to("2018-06")
    assert model.outcomes()["citizens_reached"] == (model.citizens.stage >= Stage.REACHED).sum()
    assert model.outcomes()["beneficiaries_taken_on"] == (model.citizens.taken_on >= 0).sum()
    assert model.outcomes()["active_participants"] == (model.citizens.activated_month >= 0).sum()


def test_what_is_written_down_outlives_the_post(make):
    known = {}
    for shares in ({"map": 1.0}, {"map": 0.5, "document": 0.5}):
        hours = split(**shares)
        before = staff(number=8, until="2017-12", hours=hours)
        after = staff(number=8, start="2018-04", hours=hours)
        model = make(policies=(before, after), scale=0.2).advance_to("2018-03")
        assert model.facilitators == []
        written = model.written.copy()
        model.advance_to("2018-04")
        known["document" in shares] = sum(f.known[written].sum() for f in model.facilitators)
    assert known[False] == 0
    assert known[True] > 50


def test_places_stay_open_where_nobody_facilitates(make):
    model = make(only=("spreading",)).advance_to("2016-03")
    assert len(model.places.neighbourhood) > 0
    assert model.facilitators == []


def test_residents_known_to_several_are_counted_once(make):
    model = make(policies=(staff(number=40),)).advance_to("2016-03")
    one, other = model.facilitators
    one.meet(np.array([5]))
    other.meet(np.array([5]))
    together = len(np.union1d(one.acquaintances, other.acquaintances))
    assert row(model)["residents_known"] == together < len(one.acquaintances) + len(other.acquaintances)
