"""The kernels that ask, help, hit and gather people give the very bits of their plain twins."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.agents.citizens import NO_CRISIS, Stage
from simcomunita.mechanisms.asking import odds_of_yes
from simcomunita.mechanisms.commitment import rest_and_forget
from simcomunita.mechanisms.facilitation.casework import untouched, waiting
from simcomunita.mechanisms.facilitation.hooking import askable
from simcomunita.mechanisms.meetings import neighbours_come
from simcomunita.mechanisms.relational_time import time_left
from simcomunita.mechanisms.routine import wear
from simcomunita.mechanisms.shocks import absorbing_tie, struck
from simcomunita.mechanisms.spreading import asks
from simcomunita.network.kernels import company
from tests.twins import assert_same_bits
from tests.twins.mechanisms import asking, commitment, meetings, relational_time, routine, shocks, spreading
from tests.twins.mechanisms.facilitation import casework, hooking
from tests.twins.scenes import every_scene, scene


@every_scene
@pytest.mark.parametrize("mean", [(0.0, 0.0, 0.1, 0.45, 0.9), (0.0, 0.0, 2.0, 3.7, 50.0)], ids=["few", "many"])
def test_asks_are_those_of_the_twin(residents, state, mean):
    here = scene(residents, state)
    arguments = (
        np.flatnonzero(here.model.citizens.stage >= Stage.PARTICIPANT),
        here.model.rows,
        here.model.ties.trust,
        here.model.citizens.stage,
        here.model.population.grown_up,
        np.array(mean),
        here.keys("spreading.asks", "spreading.whom", "spreading.dares"),
    )
    ours = asks(*arguments)
    assert_same_bits(ours, spreading.asks(*arguments))
    if here.stirred:
        asker, times = np.unique(ours[1], return_counts=True)
        assert len(asker) > residents / 200
        assert (times.max() > 10) == (mean[-1] == 50)
        assert 0 < ours[2].min() < ours[2].max() <= 1


@every_scene
@pytest.mark.parametrize("often", [1.0, 80.0])
def test_who_is_struck_and_where_are_those_of_the_twin(residents, state, often):
    here = scene(residents, state)
    age, _, vulnerability = here.traits
    by_area = np.array([[0.0005, 0.004, 0.0025, 0.0]]) * (1 + vulnerability[:, None]) * often
    by_area[age < 26, 0], by_area[age < 26, 3] = 0, 0.004 * often
    (key,) = here.keys("shocks.hit")
    arguments = (np.cumsum(by_area * (age >= 14)[:, None], axis=1), key)
    ours = struck(*arguments)
    assert_same_bits(ours, shocks.struck(*arguments))
    assert len(ours[0]) > 0
    if often > 1:
        assert np.bincount(ours[1], minlength=4).min() > 0
        assert (by_area[ours[0], ours[1]] > 0).all()


@every_scene
@pytest.mark.parametrize("countable", [0.6, 0.5, 0.0])
def test_ties_that_absorb_shocks_are_those_of_the_twin(residents, state, countable):
    here = scene(residents, state)
    hit = here.model.everyone[here.model.chance.coin("test.hit", here.model.month, 0.2, here.model.everyone)]
    (key,) = here.keys("shocks.help")
    arguments = (hit, here.model.rows, here.traits[0], here.model.citizens.crisis, (countable, 0.3), key)
    ours = absorbing_tie(*arguments)
    assert_same_bits(ours, shocks.absorbing_tie(*arguments))
    assert 0 < (ours >= 0).mean() < 1


@every_scene
@pytest.mark.parametrize("contagion", ["reinforcing", "threshold", "simple"])
@pytest.mark.parametrize("paperwork", [0.0, 1.0])
def test_odds_of_a_yes_are_those_of_the_twin(residents, state, contagion, paperwork):
    here = scene(residents, state)
    p, c = here.parameters.asking, here.model.citizens
    people = here.model.everyone[::2]
    luck = here.model.chance.uniform("test.nearness", 0, here.model.everyone)
    around, _, _ = company(people, here.model.rows, c.stage, int(Stage.PARTICIPANT))
    arguments = (
        people,
        luck[people],
        around,
        (c.needs, luck.astype(np.float32), here.model.population.volunteer, c.trust, c.energy, c.competence),
        here.model.population.vulnerability,
        (p.cold / (1 - p.cold), p.tie, 0.0 if contagion == "simple" else p.company, p.need, p.place, p.volunteer),
        (paperwork, p.burden, p.burden_of_the_vulnerable),
        p.noise if contagion == "threshold" else 1.0,
        here.model.chance.key("asking.threshold"),
    )
    ours = odds_of_yes(*arguments)
    assert_same_bits(ours, asking.odds_of_yes(*arguments))
    assert ours.min() >= 0
    assert 0 < ours.max() < 1


def groups_of(here, count):
    """Groups all over, several in one neighbourhood, some that nobody new comes to and some that draw everybody."""
    luck = np.random.default_rng(count)
    neighbourhoods = len(here.model.population.neighbourhood_start) - 1
    home = luck.integers(0, neighbourhoods, count)
    home[1::4] = home[: len(home[1::4])]
    wanted = luck.integers(0, 12, count)
    wanted[::5] = 0
    wanted[2::9] = 10_000
    return wanted, home, luck.integers(0, 4, count)


@every_scene
@pytest.mark.parametrize("weights", [(8.0, 0.0), (3.0, 0.4), (1.0, 1.0)])
def test_neighbours_who_come_are_those_of_the_twin(residents, state, weights):
    here = scene(residents, state)
    population, c = here.model.population, here.model.citizens
    (key,) = here.keys("meetings.guest")
    wanted, home, area = groups_of(here, 40)
    # A vulnerability of one under full hindrance leaves no weight at all.
    vulnerability = np.where(here.model.everyone % 50 == 0, np.float32(1), population.vulnerability)
    arguments = (
        wanted,
        home,
        area,
        population.neighbourhood_start,
        (population.age, here.model.group_of, c.needs, c.crisis, vulnerability),
        weights,
        key,
    )
    ours = neighbours_come(*arguments)
    assert_same_bits(ours, meetings.neighbours_come(*arguments))
    assert len(np.unique(ours[0])) == len(ours[0]) > 100


@every_scene
def test_people_waiting_for_casework_are_those_of_the_twin(residents, state):
    here = scene(residents, state)
    population, c = here.model.population, here.model.citizens
    known = here.model.chance.coin("test.known", 0, 0.3, here.model.everyone)
    columns = (c.needs, c.crisis, c.taken_on, population.asks_for_help, population.age, known)
    suffering = np.flatnonzero(c.crisis != NO_CRISIS)
    looked_after = np.arange(len(population.municipalities)) % 2 == 0
    everywhere = np.ones_like(looked_after)
    for acquaintances, in_crisis, where in (
        (np.flatnonzero(known), suffering, everywhere),
        (np.flatnonzero(known), suffering, looked_after),
        # Who was in a crisis when the month began may have been helped since.
        (np.flatnonzero(known), here.model.everyone[::3], everywhere),
        (suffering[:0], suffering, everywhere),
        (np.flatnonzero(known), suffering[:0], ~everywhere),
    ):
        arguments = (acquaintances, in_crisis, columns, population.municipality, where, here.model.month)
        ours = waiting(*arguments)
        assert_same_bits(ours, casework.waiting(*arguments))
        assert bool(len(ours)) == where.any()
        assert len(np.unique(ours)) == len(ours)
    if here.stirred:
        found = waiting(
            np.flatnonzero(known), suffering, columns, population.municipality, everywhere, here.model.month
        )
        assert (c.taken_on[found] >= 0).any()
        assert (c.crisis[found] == NO_CRISIS).any()
        assert not known[found].all()


@every_scene
def test_people_who_may_be_asked_are_those_of_the_twin(residents, state):
    here = scene(residents, state)
    c, age = here.model.citizens, here.model.population.age
    luck = np.random.default_rng(8)
    asked = np.where(luck.random(residents) < 0.5, here.model.month - luck.integers(0, 24, residents), -1)
    for people in (here.model.everyone, luck.permutation(residents)[: residents // 2], here.model.everyone[:0]):
        arguments = (people, asked.astype(np.int16), c.stage, age, here.model.month - 12)
        ours = askable(*arguments)
        assert_same_bits(ours, hooking.askable(*arguments))
        assert len(people) == 0 or 0.1 < len(ours) / len(people) < 0.9


@every_scene
def test_households_that_nobody_was_taken_on_of_are_those_of_the_twin(residents, state):
    here = scene(residents, state).model
    population, c = here.population, here.citizens
    homes = population.household[here.everyone[::5]]
    ours = untouched(homes, population.household_start, c.taken_on)
    assert ours == casework.untouched(homes, population.household_start, c.taken_on) > 0
    assert untouched(homes[:0], population.household_start, c.taken_on) == 0


@every_scene
def test_rest_and_forgetting_are_those_of_the_twin(residents, state):
    c = scene(residents, state).model.citizens
    ours, theirs = ((c.energy.copy(), c.competence.copy()) for _ in range(2))
    rest_and_forget(*ours, np.float32(0.15), np.float32(0.005))
    commitment.rest_and_forget(*theirs, np.float32(0.15), np.float32(0.005))
    assert_same_bits(ours, theirs)


@every_scene
@pytest.mark.parametrize("limits", [(5.9, 2.5, 0.15), (0.1, 1.3, 0.0)], ids=["usual", "hardly any time"])
def test_time_left_is_that_of_the_twin(residents, state, limits):
    here = scene(residents, state).model
    load, population = here.ego_networks().load, here.population
    sociable = (population.grown_up * np.minimum(population.sociability, 2)).astype(np.float32)
    arguments = (load, population.sociability, sociable, tuple(map(np.float32, limits)))
    ours = time_left(*arguments)
    assert_same_bits(ours, relational_time.time_left(*arguments))
    assert 0 <= ours[1].min() < ours[1].max() <= 2


@every_scene
@pytest.mark.parametrize("spread", [0.0, 0.15])
def test_what_meetings_wear_is_that_of_the_twin(residents, state, spread):
    here = scene(residents, state)
    municipality_of = here.model.population.neighbourhood_municipality
    homes = np.arange(90) * 7 % len(municipality_of)
    places = np.stack([homes, municipality_of[homes], np.arange(90) % 4], axis=1).astype(np.int64)
    meets = np.arange(90) % 5 > 0
    novelty, familiar = np.linspace(0.1, 1.0, 90), np.full((len(municipality_of), 4), 0.2)
    ours, theirs = (novelty.copy(), familiar.copy()), (novelty.copy(), familiar.copy())
    wear(*ours, places, meets, municipality_of, (0.06, spread))
    routine.wear(*theirs, places, meets, municipality_of, (0.06, spread))
    assert_same_bits(ours, theirs)
    assert (ours[0] < novelty).any()
    assert (ours[1] > familiar).any()
