from __future__ import annotations

import numpy as np
import pytest

from simcomunita.configuration import Parameters, Quantity, quantities, quantity
from simcomunita.experiment.draws import Design, value_at
from simcomunita.mechanisms import ModelParameters

DRAWS = range(1, 60)


class Inner(Parameters):
    on: bool = True
    share: float = quantity(0.2, low=0.1, high=0.9, unit="share", source="test", least=0, most=1)
    people: int = quantity(4, low=2, high=9, unit="people", source="test", least=1)


class Whole(Parameters):
    first: Inner = Inner()
    second: Inner = Inner()


def share(name: str, draw: int, seed: int = 1) -> float:
    return getattr(Design(seed).parameters(Whole(), draw), name).share  # type: ignore[no-any-return]


def test_draw_0_are_the_values_as_configured():
    assert Design(1).parameters(ModelParameters(), 0) == ModelParameters()


def test_every_parameter_of_every_draw_lies_within_its_plausible_range():
    ranges = {one.key: one for one in quantities(ModelParameters)}
    for draw in range(1, 12):
        for one in quantities(Design(5).parameters(ModelParameters(), draw)):
            assert ranges[one.key].low <= one.default <= ranges[one.key].high, one.key


def test_all_parameters_that_can_differ_from_the_configured_do():
    drawn = [{q.key: q.default for q in quantities(Design(1).parameters(ModelParameters(), d))} for d in DRAWS]
    for one in quantities(ModelParameters):
        assert len({values[one.key] for values in drawn}) > 5, one.key


def test_half_of_the_draws_lie_below_the_configured_value():
    values = np.array([share("first", draw) for draw in range(1, 400)])
    assert 0.42 < (values < 0.2).mean() < 0.58
    assert values.min() < 0.11
    assert values.max() > 0.85


def test_switches_stay_and_whole_numbers_stay_whole():
    for draw in DRAWS:
        drawn = Design(1).parameters(Whole(first=Inner(on=False)), draw)
        assert not drawn.first.on
        assert drawn.second.on
        assert isinstance(drawn.first.people, int)
        assert 2 <= drawn.first.people <= 9


def test_two_parameters_of_the_same_name_are_drawn_apart():
    pairs = np.array([(share("first", d), share("second", d)) for d in range(1, 200)])
    assert abs(np.corrcoef(pairs.T)[0, 1]) < 0.25


def test_another_seed_is_another_design():
    assert [share("first", d) for d in DRAWS] != [share("first", d, seed=2) for d in DRAWS]


def test_a_draw_does_not_depend_on_what_else_is_drawn():
    class Alone(Parameters):
        first: Inner = Inner()

    alone = [Design(1).parameters(Alone(), d).first for d in DRAWS]
    assert alone == [Design(1).parameters(Whole(), d).first for d in DRAWS]


@pytest.mark.parametrize(("at", "expected"), [(0.0, 0.1), (0.25, 0.15), (0.5, 0.2), (0.75, 0.55), (1.0, 0.9)])
def test_the_configured_value_is_the_median(at: float, expected: float):
    one = Quantity("x", 0.2, 0.1, 0.9, "share", "test", "")
    assert value_at(one, at) == pytest.approx(expected)


def test_a_configured_value_outside_its_plausible_range_is_drawn_from_the_nearest_end():
    one = Quantity("x", 2.0, 0.1, 0.9, "share", "test", "")
    assert value_at(one, 0.5) == 0.9
