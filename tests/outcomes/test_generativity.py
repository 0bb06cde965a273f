"""Reproduction numbers and cascades, against genealogies made by hand."""

from __future__ import annotations

import pytest

from simcomunita.agents.citizens import Source
from simcomunita.outcomes.generativity import (
    cascade_sizes,
    parents,
    reproduction_by_cohort,
    reproduction_of_window,
)
from simcomunita.outcomes.lineage import Initiative, Kind, Layer, Lineage, Relation

CITIZEN, STAFF = int(Source.CITIZEN), int(Source.FACILITATOR)


def lineage(*activations):
    return Lineage([], [(month, person, how, by, -1) for month, person, how, by in activations])


FAMILY = lineage(
    (0, 10, STAFF, 0),
    (1, 11, STAFF, 0),
    (2, 12, CITIZEN, 10),
    (4, 13, CITIZEN, 12),
    (15, 14, CITIZEN, 10),
)


def test_a_child_belongs_to_the_citizen_who_brought_it_and_the_rest_are_roots():
    assert parents(FAMILY).tolist() == [-1, -1, 0, 2, 0]
    assert sorted(cascade_sizes(FAMILY).tolist()) == [1, 4]


def test_a_facilitator_of_the_same_number_as_a_citizen_is_no_parent():
    assert parents(lineage((0, 3, STAFF, 0), (1, 4, STAFF, 3))).tolist() == [-1, -1]


def test_who_moved_in_under_an_old_number_is_the_parent_of_what_comes_later():
    again = lineage((0, 1, STAFF, 0), (5, 1, STAFF, 0), (6, 2, CITIZEN, 1))
    assert parents(again).tolist() == [-1, -1, 1]


def test_children_after_the_horizon_do_not_count():
    assert reproduction_of_window(FAMILY, 0, 2) == pytest.approx(2 / 3)
    assert reproduction_of_window(FAMILY, 0, 2, horizon=15) == pytest.approx(1.0)


def test_a_window_without_activations_gives_nought():
    assert reproduction_of_window(FAMILY, 40, 50) == 0.0
    assert reproduction_of_window(lineage(), 0, 5) == 0.0
    assert reproduction_by_cohort(lineage(), 5) == []


def test_a_cohort_that_is_fully_observed_gives_its_plain_mean():
    first = reproduction_by_cohort(FAMILY, until=40)[0]
    assert (first.start, first.size, first.observed) == (0, 3, 12)
    assert first.reproduction == pytest.approx(2 / 3)


def test_children_are_divided_by_those_who_are_still_observed_at_their_delay():
    # At month 2 the second is observed for nought months only, so the child at delay 2 is of one observed.
    cut = lineage((0, 1, STAFF, 0), (2, 2, STAFF, 0), (2, 3, CITIZEN, 1))
    (cohort,) = reproduction_by_cohort(cut, until=2)
    assert cohort.observed == 2
    assert cohort.reproduction == pytest.approx(1.0)
    (whole,) = reproduction_by_cohort(cut, until=30)
    assert whole.reproduction == pytest.approx(1 / 3)


def test_a_lineage_survives_being_remembered():
    one = Lineage()
    group = one.found(Initiative(Kind.GROUP, 2, 0, 5, CITIZEN, 7, Layer.INFORMAL))
    copy = one.found(
        Initiative(Kind.GROUP, 2, 1, 8, CITIZEN, 9, Layer.INFORMAL, parent=group, relation=Relation.COPIED)
    )
    one.end(copy, 11)
    one.end(-1, 12)
    one.activations.append((8, 9, CITIZEN, 7, group))
    again = Lineage.recall(one.remember())
    assert again == one
    assert [initiative.ended for initiative in again.initiatives] == [-1, 11]
