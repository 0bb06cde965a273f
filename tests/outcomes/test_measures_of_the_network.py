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


def test_ties_that_stay_within_groups_make_them_modular(make):
    model = make()
    assert row(model)["modularity_of_groups"] == 0
    ties = model.ties
    apart = np.flatnonzero(np.abs(ties.first - ties.first[0]) > 50)[0]
    pairs = [(int(ties.first[e]), int(ties.second[e])) for e in (0, apart)]
    model.group_of[list(pairs[0])] = 0
    model.group_of[list(pairs[1])] = 1
    assert row(model)["modularity_of_groups"] == pytest.approx(0.5)
