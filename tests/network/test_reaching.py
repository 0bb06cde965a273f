"""Steps to a service and modularity are those that NetworkX finds."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from simcomunita.network import FormedBy, TieKind, Ties, propose
from simcomunita.network.measures import mixing
from simcomunita.network.reaching import modularity, steps_to
from tests.twins import assert_same_bits
from tests.twins.network import reaching as twins
from tests.twins.scenes import every_scene, scene

GIVEN = tuple(np.full(len(FormedBy), value, np.float32) for value in (0.5, 0.3, 0.1))


def tied(n: int, pairs: list[tuple[int, int]]) -> Ties:
    ties = Ties.none(n)
    one, other = np.array(pairs, np.int64).reshape(-1, 2).T
    ties.weave([propose(one, other, FormedBy.WORK, TieKind.COLLEAGUE)], GIVEN, 1)
    return ties


@every_scene
@pytest.mark.parametrize("most", [1, 3, 10])
def test_steps_are_those_of_the_twin(residents, state, most):
    here = scene(residents, state).model
    near = np.random.default_rng(most).random(residents) < 0.01
    ours = steps_to(near, (here.ties.first, here.ties.second), most)
    assert_same_bits(ours, twins.steps_to(near, (here.ties.first, here.ties.second), most))
    assert ours.max() == most or (ours < most).all()


def test_steps_are_the_lengths_of_shortest_paths():
    graph = nx.gnm_random_graph(300, 420, seed=5)
    ties = tied(300, list(graph.edges))
    near = np.zeros(300, np.bool_)
    near[[3, 50, 51]] = True
    found = nx.multi_source_dijkstra_path_length(graph, {3, 50, 51})
    assert steps_to(near, (ties.first, ties.second), 10).tolist() == [min(found.get(i, 10), 10) for i in range(300)]


def test_without_anybody_near_everybody_counts_the_most_steps():
    ties = tied(3, [(0, 1)])
    assert steps_to(np.zeros(3, np.bool_), (ties.first, ties.second), 10).tolist() == [10, 10, 10]


def test_modularity_is_that_of_networkx():
    graph = nx.gnm_random_graph(120, 500, seed=6)
    group = np.random.default_rng(6).integers(0, 5, 120)
    communities = [set(np.flatnonzero(group == k).tolist()) for k in range(5)]
    expected = nx.community.modularity(graph, communities)
    assert modularity(mixing(tied(120, list(graph.edges)), group, 5)) == pytest.approx(expected, abs=1e-12)


def test_a_network_without_ties_has_no_modularity():
    assert modularity(mixing(Ties.none(4), np.zeros(4, np.int64), 1)) == 0
