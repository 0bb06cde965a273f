"""The kernels on ties give the very bits of their plain twins, on a few residents and on all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcomunita.agents.citizens import Stage
from simcomunita.network import FormedBy, TieKind, ego, kernels, measures
from simcomunita.randomness import Chance
from simcomunita.territory.population import GROWN_UP
from tests.twins import assert_same_bits
from tests.twins.network import ego as ego_twins
from tests.twins.network import kernels as twins
from tests.twins.scenes import every_scene, scene


@every_scene
def test_rows_are_those_of_the_twin(residents, state):
    ties = scene(residents, state).model.ties
    assert_same_bits(kernels.rows_of_first(ties.n, ties.first), twins.rows_of_first(ties.n, ties.first))
    assert_same_bits(kernels.rows_of_second(ties.n, ties.second), twins.rows_of_second(ties.n, ties.second))


def proposals_of(here, more: int):
    """Ties proposed to people at random, many of them twice and many of them standing already."""
    n, ties = here.model.ties.n, here.model.ties
    luck = np.random.default_rng(n)
    again = luck.integers(0, len(ties), more)
    a = np.concatenate([luck.integers(0, n, more), ties.first[again]])
    b = np.concatenate([luck.integers(0, n, more), ties.second[again]])
    once = twins.packed(a, b, luck.integers(0, 10, 2 * more), luck.integers(0, 5, 2 * more))[a != b]
    return np.sort(np.concatenate([once, once[::3], once[::7] ^ np.uint64(0x10)]))


@every_scene
def test_merging_gives_the_edge_list_of_the_twin(residents, state):
    here = scene(residents, state)
    given_, month = here.parameters.weaving.given(), np.int16(here.model.month)
    proposed = proposals_of(here, residents)
    ours = kernels.merged(here.columns(), proposed, given_, month)
    assert_same_bits(ours, twins.merged(here.columns(), proposed, given_, month))
    assert len(ours[0]) > len(here.model.ties)


@every_scene
def test_merging_nothing_leaves_the_twin_and_the_kernel_with_the_same_ties(residents, state):
    here = scene(residents, state)
    given_, month = here.parameters.weaving.given(), np.int16(here.model.month)
    nothing = np.empty(0, np.uint64)
    ours = kernels.merged(here.columns(), nothing, given_, month)
    assert_same_bits(ours, twins.merged(here.columns(), nothing, given_, month))
    assert len(ours[0]) == int((here.model.ties.strength > 0).sum())


@every_scene
@pytest.mark.parametrize("least", [Stage.PARTICIPANT, Stage.ACTIVE])
def test_company_is_that_of_the_twin(residents, state, least):
    here = scene(residents, state)
    people = here.model.everyone[::2]
    ours = kernels.company(people, here.model.rows, here.model.citizens.stage, int(least))
    assert_same_bits(ours, twins.company(people, here.model.rows, here.model.citizens.stage, int(least)))
    if here.stirred:
        assert np.bincount(ours[0]).argmax() > 0
        assert ours[2].max() > residents / 2


@every_scene
def test_one_neighbour_is_that_of_the_twin(residents, state):
    here = scene(residents, state)
    people = np.repeat(here.model.everyone, 3)
    luck = here.model.chance.uniform("test.friend", 0, np.arange(len(people)))
    ours = kernels.one_neighbour(people, luck, here.model.rows)
    assert_same_bits(ours, twins.one_neighbour(people, luck, here.model.rows))


@every_scene
def test_company_kept_is_that_of_the_twin(residents, state):
    here = scene(residents, state)
    ties = here.model.ties
    columns = (ties.first, ties.second, ties.strength, ties.kind, ties.formed_by)
    population = here.model.population
    traits = ego.packed_traits(population.municipality, population.origin, population.age)
    threshold = np.float32(measures.SUPPORT)
    ours = ego.company_kept(columns, traits, threshold, GROWN_UP)
    assert_same_bits(ours, ego_twins.company_kept(columns, traits, threshold, GROWN_UP))
    assert min(ours[1:4]) > 0


@every_scene
def test_people_without_support_are_those_of_the_twin_and_of_everybodys_company(residents, state):
    here = scene(residents, state).model
    ties, population = here.ties, here.population
    rows = (ties.up, ties.down, ties.down_edge, ties.strength, ties.kind)
    threshold = np.float32(measures.SUPPORT)
    ours = ego.unsupported(here.everyone[::7], rows, threshold)
    assert_same_bits(ours, ego_twins.unsupported(here.everyone[::7], rows, threshold))
    traits = ego.packed_traits(population.municipality, population.origin, population.age)
    company = ego.ego_networks(ties, traits, GROWN_UP)
    assert_same_bits(ego.alone(ties, here.everyone), ~company.backed)
    assert_same_bits(ego.alone(ties, here.everyone), measures.without_support(ties))


@every_scene
def test_bridges_of_some_are_those_of_the_twin(residents, state):
    here = scene(residents, state).model
    arguments = (here.everyone[::7], here.rows, here.ties.kind, here.traits)
    ours = ego.bridges_of(*arguments)
    assert_same_bits(ours, ego_twins.bridges_of(*arguments))
    everybody = ego.bridges_of(here.everyone, *arguments[1:])
    assert 0 < ours < everybody == 2 * here.ego_networks().bridging


person = st.integers(0, 2**24 - 1)


@given(person, person, st.sampled_from(FormedBy), st.sampled_from(TieKind))
@settings(max_examples=200, deadline=None)
def test_a_packed_tie_is_that_of_the_twin_whichever_end_is_named_first(a, b, formed_by, kind):
    what = np.uint64(formed_by), np.uint64(kind)
    (twin,) = twins.packed(np.array([a]), np.array([b]), *what)
    assert kernels.packed(a, b, *what) == kernels.packed(b, a, *what) == int(twin)


@given(st.integers(0, 40), st.integers(0, 200), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_small_and_empty_edge_lists_are_merged_as_by_the_twin(people, proposals, seed):
    luck = np.random.default_rng(seed)
    given_ = tuple(luck.random(10).astype(np.float32) for _ in range(3))
    a, b = luck.integers(0, people + 2, (2, proposals))
    what = luck.integers(0, 10, proposals), luck.integers(0, 5, proposals)
    proposed = np.sort(twins.packed(a, b, *what)[a != b])
    types = (np.int32, np.int32, np.float32, np.float32, np.uint8, np.uint8, np.int16)
    columns = tuple(np.empty(0, t) for t in types)
    for month in range(3):
        ours = kernels.merged(columns, proposed[month::2], given_, np.int16(month))
        assert_same_bits(ours, twins.merged(columns, proposed[month::2], given_, np.int16(month)))
        columns = tuple(column.copy() for column in ours)
        columns[2][luck.random(len(columns[2])) < 0.3] = 0


def test_merging_counts_the_same_occasion_once_and_different_ones_each():
    opening, trust, again = np.full(10, 0.2, np.float32), np.full(10, 0.5, np.float32), np.full(10, 0.1, np.float32)
    types = (np.int32, np.int32, np.float32, np.float32, np.uint8, np.uint8, np.int16)
    nothing = tuple(np.empty(0, t) for t in types)
    at_work, at_school = (
        kernels.packed(3, 5, np.uint64(f), np.uint64(TieKind.COLLEAGUE)) for f in (FormedBy.WORK, FormedBy.SCHOOL)
    )
    for proposed, strength in (
        ([at_work], 0.2),
        ([at_work, at_work], 0.2),
        ([at_work, at_school], 0.2 + 0.1 * 0.8),
        ([at_work, at_school, at_work], 0.2 + 0.1 * 0.8),
    ):
        packed = np.sort(np.array(proposed, np.uint64))
        first, second, got, *_ = kernels.merged(nothing, packed, (opening, trust, again), np.int16(7))
        assert (first.tolist(), second.tolist()) == ([3], [5])
        assert got[0] == pytest.approx(strength, abs=1e-7)


def test_the_closest_of_equally_strong_ties_is_the_lowest_number():
    first, second = np.array([0, 1, 1], np.int32), np.array([1, 2, 3], np.int32)
    strength = np.array([0.5, 0.7, 0.7], np.float32)
    down, down_edge = kernels.rows_of_second(4, second)
    rows = (kernels.rows_of_first(4, first), second, down, down_edge, first, strength)
    count, weight, closest = kernels.company(np.array([1]), rows, np.full(4, 2, np.uint8), 2)
    assert (count[0], closest[0]) == (3, 2)
    assert weight[0] == pytest.approx(1.9)


def test_nobody_is_met_by_somebody_without_ties():
    here = scene(1_000, "grown").model
    rows = list(here.rows)
    rows[0], rows[2] = np.zeros_like(rows[0]), np.zeros_like(rows[2])
    luck = Chance(1).uniform("test.friend", 0, here.everyone)
    assert (kernels.one_neighbour(here.everyone, luck, tuple(rows)) == -1).all()
