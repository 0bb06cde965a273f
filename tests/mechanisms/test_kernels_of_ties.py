"""The kernels that wear down, renew and propose ties give the very bits of their plain twins."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.agents.citizens import Stage
from simcomunita.mechanisms.brokerage import far_apart, introductions, pairs_far_apart
from simcomunita.mechanisms.closure import friends_of_friends
from simcomunita.mechanisms.encounters import in_a_focus, in_the_neighbourhood
from simcomunita.mechanisms.erosion import ErosionParameters, fade
from simcomunita.mechanisms.homophily import alike
from simcomunita.mechanisms.mobility import cut_off
from simcomunita.network import FormedBy, TieKind
from tests.twins import assert_same_bits
from tests.twins.mechanisms import brokerage, closure, encounters, erosion, homophily, mobility
from tests.twins.scenes import every_scene, scene

HARSH = ErosionParameters(wear_friend=0.4, wear_kin=0.3, young=30, young_wear=2, renewal=0.3, forgotten=0.3)


@every_scene
@pytest.mark.parametrize("p", [ErosionParameters(), HARSH], ids=["default", "harsh"])
def test_fading_is_that_of_the_twin(residents, state, p):
    here = scene(residents, state)
    (key,) = here.keys("erosion.meeting")
    ours, twins = here.columns(), here.columns()
    old = np.int16(here.model.month - p.young)
    for wear, columns in ((fade, ours), (erosion.fade, twins)):
        wear(columns, here.model.time_share, p.changes(), p.limits(), old, key)
    assert_same_bits(ours, twins)
    before, after = here.model.ties.strength, ours[2]
    assert (after > before).any()
    assert ((after < before) & (after > 0)).any()
    assert ((after == 0) & (before > 0)).any() or p is not HARSH


@every_scene
def test_likeness_is_that_of_the_twin(residents, state):
    here = scene(residents, state)
    i, j = np.random.default_rng(3).integers(0, residents, (2, 2_000))
    factors = here.parameters.homophily.factors()
    ours = [alike(int(a), int(b), *here.traits, factors) for a, b in zip(i, j, strict=True)]
    assert_same_bits(np.array(ours), homophily.alike(i, j, *here.traits, factors))
    assert len(set(ours)) == 8 - (factors[1] == factors[2]) * 2


@every_scene
def test_friends_of_friends_are_those_of_the_twin(residents, state):
    here = scene(residents, state)
    arguments = (
        here.model.rows,
        here.traits,
        here.parameters.homophily.factors(),
        here.model.openness,
        here.parameters.closure.rate,
        (np.uint64(FormedBy.CLOSURE), np.uint64(TieKind.FRIEND)),
        here.keys("closure.who", "closure.through", "closure.whom", "closure.accept"),
    )
    ours = friends_of_friends(*arguments)
    assert_same_bits(ours, closure.friends_of_friends(*arguments))
    assert len(ours) > residents / 1_000


@every_scene
def test_encounters_in_the_neighbourhood_are_those_of_the_twin(residents, state):
    here = scene(residents, state)
    population = here.model.population
    arguments = (
        population.neighbourhood,
        population.neighbourhood_start,
        here.traits,
        here.parameters.homophily.factors(),
        here.model.openness,
        (here.parameters.encounters.neighbourhood, here.parameters.encounters.in_the_street),
        (np.uint64(FormedBy.NEIGHBOURHOOD), np.uint64(TieKind.NEIGHBOUR)),
        here.keys(*(f"encounters.neighbourhood.{step}" for step in ("who", "whom", "accept"))),
    )
    ours = in_the_neighbourhood(*arguments)
    assert_same_bits(ours, encounters.in_the_neighbourhood(*arguments))
    assert len(ours) > residents / 1_000


@every_scene
@pytest.mark.parametrize("focus", ["school", "work", "association"])
@pytest.mark.parametrize("rate", [0.6, 1.0])
def test_encounters_in_a_focus_are_those_of_the_twin(residents, state, focus, rate):
    here = scene(residents, state)
    foci = getattr(here.model.population, focus)
    arguments = (
        (foci.by_person, foci.focus_of, foci.by_focus, foci.person),
        here.traits,
        here.parameters.homophily.factors(),
        here.model.openness,
        rate,
        (np.uint64(FormedBy.SCHOOL), np.uint64(TieKind.FRIEND)),
        here.keys(*(f"encounters.{focus}.{step}" for step in ("who", "whom", "accept"))),
    )
    ours = in_a_focus(*arguments)
    assert_same_bits(ours, encounters.in_a_focus(*arguments))
    assert len(ours) > 0


@every_scene
def test_introductions_are_those_of_the_twin(residents, state):
    here = scene(residents, state)
    population = here.model.population
    traits = (population.neighbourhood, population.origin, population.age)
    for brokers, introducing in (
        (np.flatnonzero(here.model.citizens.stage >= Stage.ACTIVE), here.parameters.brokerage.introducing),
        (here.model.everyone, 0.8),
    ):
        arguments = (
            brokers,
            here.model.rows,
            traits,
            (introducing, here.parameters.brokerage.taking),
            (np.uint64(FormedBy.CITIZEN), np.uint64(TieKind.FRIEND)),
            here.keys("brokerage.who", "brokerage.whom", "brokerage.takes"),
        )
        ours = introductions(*arguments)
        assert_same_bits(ours, brokerage.introductions(*arguments))
    assert len(ours) > 0


@every_scene
def test_pairs_far_apart_are_those_of_the_twin(residents, state):
    here = scene(residents, state)
    population = here.model.population
    one = np.random.default_rng(4).integers(0, residents, residents)
    # Some with themselves, some with neighbours, some with anybody.
    other = np.where(one % 3 == 0, one, np.where(one % 3 == 1, (one + 1) % residents, one[::-1]))
    arguments = (one, other, population.neighbourhood, population.origin, population.age)
    ours = pairs_far_apart(*arguments)
    assert_same_bits(ours, brokerage.pairs_far_apart(*arguments))
    assert not ours[one == other].any()
    assert 0 < ours[one != other].mean() < 1


@every_scene
def test_two_people_are_far_apart_as_for_the_twin(residents, state):
    population = scene(residents, state).model.population
    traits = (population.neighbourhood, population.origin, population.age)
    j, k = np.random.default_rng(6).integers(0, residents, (2, 500))
    ours = [far_apart(int(a), int(b), *traits) for a, b in zip(j, k, strict=True)]
    assert_same_bits(np.array(ours), brokerage.far_apart(j, k, *traits))


@every_scene
def test_ties_cut_off_by_moving_are_those_of_the_twin(residents, state):
    here = scene(residents, state)
    population, ties = here.model.population, here.model.ties
    luck = np.random.default_rng(5)
    start = population.household_start
    moving = np.flatnonzero(luck.random(len(start) - 1) < 0.05)
    who = np.concatenate([np.arange(start[h], start[h + 1]) for h in moving])
    keeps_kin = np.repeat(luck.random(len(moving)) < 0.5, np.diff(start)[moving])
    ours, twins = ties.strength.copy(), ties.strength.copy()
    for leave, strength in ((cut_off, ours), (mobility.cut_off, twins)):
        leave(who, keeps_kin, here.rows(strength), ties.kind, population.household)
    assert_same_bits(ours, twins)
    assert 0 < ((ours == 0) & (ties.strength > 0)).mean() < 0.2
