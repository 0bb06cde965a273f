"""Communities that draw in other ways after they branch."""

import numpy as np
import pytest

from experiments.common_random_numbers.worlds import FreshChance, StreamChance, World, make_world
from simcomunita import load_scenario
from simcomunita.agents.citizens import Stage
from simcomunita.randomness import Chance

MONTH = 24_240


@pytest.fixture(scope="module")
def past() -> World:
    return make_world(load_scenario("project"), 1, 0.01).advance_to("2016-04")


def test_fresh_chance_is_other_luck_but_leaves_people_who_they_are() -> None:
    old, who = Chance(3), np.arange(50)
    new = FreshChance(old)
    assert not np.array_equal(new.uniform("a", MONTH, who), old.uniform("a", MONTH, who))
    assert np.array_equal(new.uniform("a", 0, who), old.uniform("a", 0, who))


def test_two_streams_stay_in_step_while_they_draw_alike() -> None:
    one, other = StreamChance(Chance(3)), StreamChance(Chance(3))
    for many in (5, 1, 9):
        assert np.array_equal(one.uniform("a", MONTH, np.arange(many)), other.uniform("a", MONTH, np.arange(many)))


def test_one_number_more_puts_a_stream_out_of_step_for_good() -> None:
    one, other = StreamChance(Chance(3)), StreamChance(Chance(3))
    one.uniform("a", MONTH, np.arange(5))
    other.uniform("a", MONTH, np.arange(6))
    assert not np.array_equal(one.uniform("b", MONTH, np.arange(5)), other.uniform("b", MONTH, np.arange(5)))


def test_a_branch_without_an_ending_lives_as_the_shipped_model_does(past: World) -> None:
    one, other = past.branch((), "none").advance_to("2016-06"), past.branch((), "again").advance_to("2016-06")
    assert one.outcomes() == other.outcomes()
    assert type(one.chance) is Chance


def test_fresh_luck_gives_another_future_of_the_same_past(past: World) -> None:
    one, other = past.branch((), "none"), past.branch((), "none_fresh")
    assert np.array_equal(one.ties.first, other.ties.first)
    assert one.advance_to("2016-08").outcomes() != other.advance_to("2016-08").outcomes()


def test_touching_tires_one_citizen_and_nobody_else(past: World) -> None:
    mine = past.branch((), "mine")
    mine.citizens.stage[3:6] = Stage.ACTIVE
    one, other = mine.branch((), "eight"), mine.branch((), "eight_touched")
    assert np.count_nonzero(one.citizens.energy != other.citizens.energy) == 1
