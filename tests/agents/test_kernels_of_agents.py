"""The kernels that put people on maps, count first contacts and choose give the very bits of their plain twins."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.agents.citizens import Source
from simcomunita.agents.facilitator import with_new
from simcomunita.community import first_contacts
from simcomunita.randomness import lowest_ranks
from tests.twins import assert_same_bits
from tests.twins import community as contacts_twin
from tests.twins import randomness as chance_twin
from tests.twins.agents import facilitator as map_twin
from tests.twins.scenes import every_scene, scene


@every_scene
@pytest.mark.parametrize("many", [0, 1, 40, 900])
def test_a_map_with_new_people_is_that_of_the_twin(residents, state, many):
    luck = np.random.default_rng(many)
    known = luck.random(residents) < 0.1
    acquaintances = np.flatnonzero(known)
    people = luck.integers(0, residents, many)
    ours, theirs = known.copy(), known.copy()
    joined = with_new(acquaintances, people, ours)
    assert_same_bits(joined, map_twin.with_new(acquaintances, people, theirs))
    assert_same_bits(ours, theirs)
    assert joined.tolist() == np.flatnonzero(ours).tolist()


@every_scene
def test_first_contacts_are_those_of_the_twin(residents, state):
    here = scene(residents, state).model
    c = here.citizens
    people = np.random.default_rng(8).integers(0, residents, residents // 2)
    by = people[::-1].astype(np.int32)
    ours, theirs = (
        tuple(column.copy() for column in (c.stage, c.reached_how, c.reached_by, c.reached_month)) for _ in range(2)
    )
    what = np.uint8(Source.CITIZEN), np.int16(here.month)
    vulnerable = here.population.vulnerable
    found = first_contacts(people, by, ours, what, vulnerable)
    assert found == contacts_twin.first_contacts(people, by, theirs, what, vulnerable)
    assert_same_bits(ours, theirs)
    assert 0 < found[1] < found[0]


@every_scene
@pytest.mark.parametrize("n", [0, 1, 30, 10_000_000])
@pytest.mark.parametrize("weights", ["even", "some nothing", "nothing"])
def test_the_lowest_ranks_are_those_of_the_twin(residents, state, n, weights):
    here = scene(residents, state).model
    key = here.chance.key("test.ranks", here.month)
    people = here.everyone[::3]
    weight = {
        "even": np.ones(len(people)),
        "some nothing": np.maximum(here.population.sociability[::3].astype(np.float64) - 0.5, 0),
        "nothing": np.zeros(len(people)),
    }[weights]
    ours = lowest_ranks(key, people, 5 << 40, weight, n)
    assert_same_bits(ours, chance_twin.lowest_ranks(key, people, 5 << 40, weight, n))
    assert len(ours) == min(n, np.count_nonzero(weight))
