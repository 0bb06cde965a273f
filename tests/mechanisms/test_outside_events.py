"""A lockdown keeps people apart, a recession costs jobs; neither acts before it begins."""

from __future__ import annotations

import pytest

from simcomunita.policy import Policy


def event(start, until, **factors):
    return Policy.model_validate({"name": "outside", "from": start, "until": until, "event": factors})


@pytest.fixture
def lived(make, project):
    def run(until, *events, seed=1):
        return make(seed, policies=(*project.policies, *events)).advance_to(until)

    return run


def test_a_lockdown_lowers_meetings_and_asks_and_thins_ties_and_changes_nothing_before(lived):
    locked = lived("2017-06", event("2017-01", "2017-06", contact=0.2))
    usual = lived("2017-06")
    assert locked.ledger.rows[:11] == usual.ledger.rows[:11]
    for name in ("proximity_labs", "asks_by_facilitators", "ties"):
        assert locked.outcomes()[name] < usual.outcomes()[name]


def test_a_recession_raises_shocks(lived):
    hard = lived("2017-06", event("2017-01", "2017-06", jobs_lost=3, rents_unpaid=3))
    assert hard.outcomes()["shocks"] > lived("2017-06").outcomes()["shocks"]


def test_factors_of_one_change_nothing(lived):
    assert lived("2016-08", event("2016-04", "2016-08")).ledger.rows == lived("2016-08").ledger.rows
