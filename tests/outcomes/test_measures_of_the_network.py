"""What those who take part and members of groups are tied to."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.agents.citizens import Stage
from simcomunita.outcomes.measures.network import row


def tied_outside_the_family(model):
    """Somebody, and how many ties across origin, town or generation they have outside the family, counted by hand."""
    p, ties = model.population, model.ties
    for person in range(len(p)):
        number = 0
        for edge, other in zip(ties.edges_of(person).tolist(), ties.neighbours(person).tolist(), strict=True):
            apart = p.municipality[person] != p.municipality[other] or p.origin[person] != p.origin[other]
            apart = apart or abs(int(p.age[person]) - int(p.age[other])) >= 25
            number += bool(apart) and ties.kind[edge] != 0
        if number and p.age[person] >= 18:
            return person, number
    raise AssertionError("nobody has a bridge")


def test_bridges_are_counted_of_those_who_take_part_alone(make):
    model = make()
    assert row(model)["bridging_ties_of_participants"] == 0
    person, number = tied_outside_the_family(model)
    model.citizens.stage[person] = Stage.PARTICIPANT
    assert row(model)["bridging_ties_of_participants"] == number


def test_ties_within_groups_make_them_modular_and_ties_between_them_do_not(make):
    model = make()
    assert row(model)["modularity_of_groups"] == row(model)["modularity_of_groups_at_most"] == 0
    ties = model.ties
    apart = np.flatnonzero(np.abs(ties.first - ties.first[0]) > 50)[0]
    (one, other), (third, fourth) = ((int(ties.first[e]), int(ties.second[e])) for e in (0, apart))
    for groups, modularity in (((0, 0, 1, 1), 0.5), ((0, 1, 0, 1), -0.5)):
        model.group_of[[one, other, third, fourth]] = groups
        assert row(model)["modularity_of_groups"] == pytest.approx(modularity)
        assert row(model)["modularity_of_groups_at_most"] == pytest.approx(0.5)
