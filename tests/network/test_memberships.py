"""Memberships are pairs, sorted both ways, whatever the order in which they were named."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcomunita.network import Memberships
from tests.twins.scenes import EVERYBODY, FEW, scene

few = settings(max_examples=80, deadline=None)

FOCI, PEOPLE = 5, 8
pairs = st.lists(st.tuples(st.integers(0, FOCI - 1), st.integers(0, PEOPLE - 1)), max_size=30)


def of(named: list[tuple[int, int]]) -> Memberships:
    focus, person = np.array(named, np.int64).reshape(-1, 2).T
    return Memberships.of(FOCI, PEOPLE, focus, person)


def listed(memberships: Memberships) -> list[tuple[int, int]]:
    return list(zip(memberships.focus.tolist(), memberships.person.tolist(), strict=True))


@given(pairs)
@few
def test_memberships_are_the_pairs_that_were_named_sorted_and_each_once(named):
    memberships = of(named)
    assert listed(memberships) == sorted(set(named))
    assert len(memberships) == len(set(named))
    columns = (memberships.focus, memberships.person, memberships.by_focus, memberships.by_person, memberships.focus_of)
    assert {column.dtype for column in columns} == {np.dtype(np.int32)}


@given(pairs)
@few
def test_rows_both_ways_say_what_the_pairs_say(named):
    memberships = of(named)
    for focus in range(FOCI):
        assert memberships.members(focus).tolist() == sorted({p for f, p in named if f == focus})
    for person in range(PEOPLE):
        assert memberships.foci(person).tolist() == sorted({f for f, p in named if p == person})
    assert (memberships.by_focus[0], memberships.by_focus[-1]) == (0, len(memberships))
    assert (memberships.by_person[0], memberships.by_person[-1]) == (0, len(memberships))


@given(pairs, st.data())
@few
def test_memberships_do_not_depend_on_the_order_in_which_they_are_named(named, data):
    assert listed(of(named)) == listed(of(data.draw(st.permutations(named + named[:3]))))


@given(pairs, pairs)
@few
def test_adding_members_takes_nobody_out_and_leaves_the_first_memberships_alone(named, more):
    before = of(named)
    focus, person = np.array(more, np.int64).reshape(-1, 2).T
    after = before.with_added(focus, person)
    assert listed(after) == listed(of(named + more))
    assert listed(before) == sorted(set(named))


@given(st.lists(st.integers(-1, FOCI - 1), max_size=12))
@few
def test_labels_give_everybody_who_has_one_a_single_focus(labels):
    memberships = Memberships.from_labels(np.array(labels, np.int32), FOCI)
    assert memberships.n_people == len(labels)
    for person, label in enumerate(labels):
        assert memberships.foci(person).tolist() == ([label] if label >= 0 else [])


def test_there_may_be_no_foci_and_no_people():
    nothing = Memberships.of(0, 0, [], [])
    assert (len(nothing), nothing.by_focus.tolist(), nothing.by_person.tolist()) == (0, [0], [0])


@pytest.mark.parametrize("residents", [FEW, EVERYBODY])
@pytest.mark.parametrize("name", ["school", "work", "association"])
def test_memberships_of_a_grown_population_are_sorted_both_ways(residents, name):
    memberships = getattr(scene(residents, "grown").model.population, name)
    pair = memberships.focus.astype(np.int64) * residents + memberships.person
    assert (np.diff(pair) > 0).all()
    turned = np.lexsort((memberships.focus, memberships.person))
    assert np.array_equal(memberships.focus_of, memberships.focus[turned])
    assert np.array_equal(np.diff(memberships.by_person), np.bincount(memberships.person, minlength=residents))
    assert np.array_equal(np.diff(memberships.by_focus), np.bincount(memberships.focus, minlength=memberships.n_foci))
    assert len(memberships) > residents / 20
