"""Firms take on whom somebody they trust answers for."""

from __future__ import annotations

from simcomunita.policy import Policy


def lived(make, until="2017-08", parameters=None, **work):
    policy = Policy.model_validate(
        {"name": "work", "from": "2016-02", "until": "2019-09", "facilitators": {"number": 8}, "work": work}
    )
    only = ("shocks", "facilitation", "work")
    # Firms that are involved from the start, so that few residents are enough.
    model = make(policies=(policy,), only=only, work=parameters or {})
    firms = [organisation for organisation in model.organisations if organisation.firm]
    for firm in firms[:5]:
        firm.come_in(model.month)
    return model.advance_to(until).outcomes()


def test_mediation_brings_more_placements_than_none(make):
    some = lived(make, mediation=1500.0, grants=1e6)
    assert some["placements_or_hires"] > lived(make, grants=1e6)["placements_or_hires"]
    assert some["placements"] > 0


def test_training_trains_people(make):
    assert lived(make, training=100)["trained"] > 0
    assert lived(make)["trained"] == 0


def test_firms_come_back_where_placements_go_well(make):
    well = lived(make, "2018-08", {"going_well": 1.0}, mediation=3000.0, grants=2e6)
    assert well["firms_that_came_back"] > 0
    assert well["firm_trust"] > 0.2


def test_firms_that_took_somebody_are_told_from_those_that_did_not(make):
    model = lived(make, "2018-08", {"going_well": 1.0, "went_well": 1.0, "trust_at_first": 0.05}, mediation=3000.0)
    assert 0 < model["taken_as_if_for_the_first_time"] < model["taken_by_firms_again"]
