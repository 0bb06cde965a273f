from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcomunita.network import FormedBy, Memberships, TieKind, Ties, measures
from simcomunita.network.exchange import to_networkx


def tied(n: int, pairs: list[tuple[int, int]], strength: float = 0.5, kind: TieKind = TieKind.FRIEND) -> Ties:
    both = np.array(sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]}), np.int32).reshape(-1, 2)
    m = len(both)
    return Ties(
        n,
        both[:, 0].copy(),
        both[:, 1].copy(),
        np.full(m, strength, np.float32),
        np.full(m, strength, np.float32),
        np.full(m, int(kind), np.uint8),
        np.full(m, int(FormedBy.CLOSURE), np.uint8),
        np.full(m, 24193, np.int16),
    )


networks = st.integers(1, 30).flatmap(
    lambda n: st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=120).map(
        lambda pairs: tied(n, pairs)
    )
)


@given(networks)
@settings(max_examples=100, deadline=None)
def test_clustering_is_that_of_networkx(ties: Ties) -> None:
    graph = to_networkx(ties)
    assert measures.mean_clustering(ties) == pytest.approx(nx.average_clustering(graph))
    if any(d > 1 for _, d in graph.degree):
        assert measures.transitivity(ties) == pytest.approx(nx.transitivity(graph))


@given(networks, st.data())
@settings(max_examples=100, deadline=None)
def test_clustering_of_some_is_the_mean_of_theirs(ties: Ties, data: st.DataObject) -> None:
    people = np.array(sorted(data.draw(st.sets(st.integers(0, ties.n - 1), min_size=1))))
    expected = np.nan_to_num(measures.local_clustering(ties))[people].mean()
    assert measures.clustering_of(ties, people) == pytest.approx(expected)


@given(networks, st.data())
@settings(max_examples=60, deadline=None)
def test_ties_with_others_are_those_beyond_the_family(ties: Ties, data: st.DataObject) -> None:
    people = np.array(sorted(data.draw(st.sets(st.integers(0, ties.n - 1)))), np.intp)
    others = np.ones(ties.n, np.bool_)
    others[people] = False
    ties.kind[::3] = int(TieKind.KIN)
    ends = zip(ties.first.tolist(), ties.second.tolist(), ties.kind.tolist(), strict=True)
    expected = sum(bool(others[a] != others[b]) for a, b, kind in ends if kind != TieKind.KIN)
    assert measures.ties_with(ties, people, others) == expected


@given(networks, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 29)), max_size=60))
@settings(max_examples=60, deadline=None)
def test_wider_contacts_are_the_union_of_ties_and_small_foci(ties: Ties, members: list[tuple[int, int]]) -> None:
    members = [(f, p) for f, p in members if p < ties.n]
    focus = Memberships.of(6, ties.n, [f for f, _ in members], [p for _, p in members])
    expected = []
    for i in range(ties.n):
        met = set(ties.neighbours(i).tolist())
        for f in focus.foci(i):
            met |= set(focus.members(f).tolist())
        expected.append(len(met - {i}))
    assert measures.wider_contacts(ties, [focus]).tolist() == expected


def test_in_a_large_focus_forty_others_are_met() -> None:
    focus = Memberships.of(1, 200, np.zeros(200), np.arange(200))
    assert (measures.wider_contacts(Ties.none(200), [focus]) == 40).all()


def test_nobody_is_met_without_ties_and_foci() -> None:
    assert measures.wider_contacts(Ties.none(3), []).tolist() == [0, 0, 0]


def test_kin_do_not_end_isolation_but_a_friend_does() -> None:
    everybody = np.ones(3, np.bool_)
    assert measures.isolated_share(tied(3, [(0, 1)], 0.9, TieKind.KIN), everybody) == 1
    assert measures.isolated_share(tied(3, [(0, 1)], 0.9), everybody) == pytest.approx(1 / 3)
    assert measures.isolated_share(tied(3, [(0, 1)], 0.59), everybody) == 1
    assert measures.isolated_share(tied(3, [(0, 1)], 0.9), np.array([True, True, False])) == 0


def test_a_tie_of_just_six_tenths_is_support() -> None:
    assert measures.mean_support_ties(tied(2, [(0, 1)], 0.6)) == 1
    assert measures.mean_support_ties(tied(4, [(0, 1)], 0.6)) == 0.5
    assert measures.mean_sympathy_ties(tied(2, [(0, 1)], 0.25)) == 1
    assert np.isnan(measures.mean_support_ties(Ties.none(0)))


def test_homophily_by_chance_is_the_share_of_alike_pairs() -> None:
    assert measures.same_group_by_chance(np.array([0, 0, 1])) == pytest.approx(1 / 3)
    assert measures.same_group_share(tied(3, [(0, 1), (1, 2)]), np.array([0, 0, 1])) == 0.5
    assert np.isnan(measures.same_group_share(Ties.none(3), np.array([0, 0, 1])))


def test_mixing_is_symmetric_and_counts_inner_ties_once() -> None:
    table = measures.mixing(tied(4, [(0, 1), (1, 2), (2, 3), (0, 3)]), np.array([0, 0, 1, 1]), 2)
    assert table.tolist() == [[1, 2], [2, 1]]
