"""The search for communities finds those that there are, follows from its seed, and touches no other randomness."""

from __future__ import annotations

import random

import numpy as np
import pytest

from simcomunita.network.communities import strongest_modularity


def rings(number: int, size: int) -> np.ndarray:
    """Cliques that are joined to a ring by one tie each."""
    one, other = np.triu_indices(size, 1)
    cliques = np.concatenate([np.stack([one, other], 1) + k * size for k in range(number)])
    joins = np.array([[k * size, ((k + 1) % number) * size + 1] for k in range(number)])
    return np.concatenate([cliques, joins])


def test_cliques_in_a_ring_are_found():
    ends = rings(6, 5)
    # Each clique holds 10 of 66 ties, and 22 of 132 ends.
    expected = 60 / 66 - 6 * (22 / 132) ** 2
    assert strongest_modularity(30, ends, np.ones(len(ends), np.int64), 1) == pytest.approx(expected)


def test_weights_count_as_so_many_ties_also_within_a_node():
    merged = np.array([[0, 0], [1, 1], [0, 1]])
    assert strongest_modularity(2, merged, np.array([10, 10, 1]), 1) == pytest.approx(20 / 21 - 0.5)


def test_without_ties_there_is_no_modularity():
    assert strongest_modularity(3, np.empty((0, 2), np.int64), np.empty(0, np.int64), 1) == 0


def test_the_same_seed_gives_the_same_and_no_other_randomness_is_touched():
    ends = np.random.default_rng(1).integers(0, 300, (900, 2))
    weight = np.ones(900, np.int64)
    python, numpy = random.getstate(), np.random.get_state()[1].copy()  # noqa: NPY002 - to see that it stays
    first = strongest_modularity(300, ends, weight, 7)
    assert strongest_modularity(300, ends, weight, 7) == first
    assert random.getstate() == python
    assert (np.random.get_state()[1] == numpy).all()  # noqa: NPY002
