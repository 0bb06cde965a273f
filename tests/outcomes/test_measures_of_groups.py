"""Who belongs to groups and leaves them, and which live a year."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.agents.group import LARGE, Group
from simcomunita.outcomes.lineage import Initiative, Kind, Layer, Relation, Source
from simcomunita.outcomes.measures import groups


def group(number, month):
    return Group(number=number, area=0, municipality=0, neighbourhood=0, founded=month, post=-1, accompanied_by=-1)


def beginning(month, relation=Relation.NONE):
    return Initiative(Kind.GROUP, 0, 0, month, Source.CITIZEN, -1, Layer.INFORMAL, relation=relation)


@pytest.fixture
def model(make):
    """A community with a large group of the first residents and a small one of others."""
    model = make()
    model.found_group(group(1, model.month), np.arange(LARGE + 2), beginning(model.month))
    model.found_group(group(2, model.month), np.arange(20, 24), beginning(model.month))
    return model


def test_a_group_is_large_from_the_first_member_who_does_not_fit_into_a_circle(model):
    row = groups.row(model)
    assert (row["members_of_large_groups"], row["members_of_small_groups"]) == (LARGE + 2, 4)
    model.leave_groups(np.array([0, 1]))
    row = groups.row(model)
    assert (row["members_of_large_groups"], row["members_of_small_groups"]) == (0, LARGE + 4)


def test_who_leaves_is_counted_by_the_size_that_the_group_had(model):
    model.leave_groups(np.array([0, 1, 2, 20, 500]))
    assert (model.ledger.totals["left_large_groups"], model.ledger.totals["left_small_groups"]) == (3, 1)


def test_only_groups_begun_a_year_ago_are_asked_whether_they_lived_a_year(make):
    model = make()
    month, lineage = model.month, model.lineage
    old, short = lineage.found(beginning(month - 20)), lineage.found(beginning(month - 20, Relation.COPIED))
    lineage.found(beginning(month - 12, Relation.COPIED))
    lineage.found(beginning(month - 11))
    lineage.end(old, month - 8)
    lineage.end(short, month - 9)
    row = groups.row(model)
    assert (row["groups_a_year_old"], row["groups_that_lived_a_year"]) == (3, 2)
    assert (row["copies_a_year_old"], row["copies_that_lived_a_year"]) == (2, 1)


def test_hours_for_groups_are_those_of_labs_and_of_starts_or_are_left_for_preparing(make):
    series = make(scale=0.2).advance_to("2016-12").series()
    spent = series["hours_of_labs"] + series["hours_of_starting_groups"]
    assert spent[-1] > 0
    assert (series["groups_started_by_staff"] <= series["groups_started"]).all()
    assert series["labs_supported"][-1] > 0
