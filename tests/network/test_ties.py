"""Whatever is proposed, in whatever order, ties stay one sorted list in which nobody is tied to themselves or twice."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcomunita.network import FormedBy, TieKind, Ties, kernels, propose
from simcomunita.network.ties import PEOPLE_AT_MOST

few = settings(max_examples=50, deadline=None)

Proposal = tuple[int, int, int, int]
"""Two people, what brought them together, and what they are to each other."""

PEOPLE = 9
OPENING = np.linspace(0.1, 1.0, len(FormedBy), dtype=np.float32)
GIVEN = (OPENING, np.linspace(0.3, 0.9, len(FormedBy), dtype=np.float32), OPENING * np.float32(0.25))

person = st.integers(0, PEOPLE - 1)
proposal = st.tuples(person, person, st.sampled_from([int(f) for f in FormedBy]), st.sampled_from([0, 1, 2, 3, 4]))
proposals = st.lists(proposal, max_size=40)
months = st.lists(proposals, min_size=1, max_size=5)


def proposed(wanted: Iterable[Proposal]) -> np.ndarray:
    a, b, formed_by, kind = np.array(list(wanted), np.int64).reshape(-1, 4).T
    return propose(a, b, formed_by, kind)


def woven(*lived: Iterable[Proposal], n: int = PEOPLE) -> Ties:
    """Ties after a month of each of these proposals."""
    ties = Ties.none(n)
    for month, wanted in enumerate(lived):
        ties.weave([proposed(wanted)], GIVEN, month)
    return ties


def same(one: Ties, other: Ties) -> bool:
    rows = ("up", "down", "down_edge")
    return one.n == other.n and all(
        np.array_equal(getattr(one, name), getattr(other, name))
        and getattr(one, name).dtype == getattr(other, name).dtype
        for name in (*Ties.COLUMNS, *rows)
    )


class Dictionary:
    """What weaving means, with a dictionary and a loop: the strength, trust, kind, former and month of each pair."""

    def __init__(self) -> None:
        self.ties: dict[tuple[int, int], list[float]] = {}

    def weave(self, wanted: Iterable[Proposal], month: int) -> None:
        opening, trust, again = GIVEN
        for low, high, formed_by, kind in sorted({(min(a, b), max(a, b), f, k) for a, b, f, k in wanted if a != b}):
            tie = self.ties.get((low, high))
            if tie is None:
                self.ties[low, high] = [opening[formed_by], trust[formed_by], kind, formed_by, month]
            else:
                tie[0] += again[formed_by] * (np.float32(1) - tie[0])

    def dissolve(self, pairs: Iterable[tuple[int, int]]) -> None:
        for pair in pairs:
            self.ties.pop(pair, None)

    def agrees(self, ties: Ties) -> bool:
        listed = [((int(a), int(b)), list(rest)) for a, b, *rest in zip(*ties.columns, strict=True)]
        return listed == sorted(self.ties.items())


@given(months, st.data())
@few
def test_weaving_does_what_a_dictionary_of_pairs_would_do(lived, data):
    ties, dictionary = Ties.none(PEOPLE), Dictionary()
    for month, wanted in enumerate(lived):
        ties.weave([proposed(wanted)], GIVEN, month)
        dictionary.weave(wanted, month)
        assert dictionary.agrees(ties)
        gone = data.draw(st.sets(st.integers(0, len(ties) - 1))) if len(ties) else set()
        ties.strength[sorted(gone)] = 0
        dictionary.dissolve((int(ties.first[e]), int(ties.second[e])) for e in gone)


@given(months)
@few
def test_ties_are_sorted_point_upwards_and_none_stands_twice(lived):
    ties = woven(*lived)
    ties.check()
    pairs = list(zip(ties.first.tolist(), ties.second.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert all(0 <= low < high < PEOPLE for low, high in pairs)
    assert ((ties.strength > 0) & (ties.strength <= 1)).all()
    assert ((ties.trust >= 0) & (ties.trust <= 1)).all()
    types = (np.int32, np.int32, np.float32, np.float32, np.uint8, np.uint8, np.int16)
    assert tuple(column.dtype for column in ties.columns) == types


@given(st.lists(st.floats(2.0**-20, 1, width=32), min_size=1, max_size=300), st.floats(2.0**-20, 1, width=32))
@few
def test_no_number_of_occasions_makes_a_tie_stronger_than_one(shares, opening):
    ties = Ties.none(2)
    strengths = [0.0]
    for month, share in enumerate(shares):
        given_ = tuple(np.full(len(FormedBy), value, np.float32) for value in (opening, 0.5, share))
        ties.weave([proposed([(0, 1, 0, 0)])], given_, month)
        strengths.append(float(ties.strength[0]))
    assert strengths == sorted(strengths)
    assert strengths[-1] <= 1


@given(proposals, proposals, st.data())
@few
def test_ties_do_not_depend_on_the_order_or_the_grouping_of_proposals(before, wanted, data):
    together, apart = woven(before), woven(before)
    together.weave([proposed(wanted)], GIVEN, 5)
    shuffled = data.draw(st.permutations(wanted))
    turned = [(b, a, f, k) if data.draw(st.booleans()) else (a, b, f, k) for a, b, f, k in shuffled]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(turned)), max_size=4)))
    groups = [turned[a:b] for a, b in zip([0, *cuts], [*cuts, len(turned)], strict=True)]
    apart.weave([proposed(group) for group in groups], GIVEN, 5)
    assert same(together, apart)


@given(proposals)
@few
def test_the_same_occasion_counts_once_in_a_month(wanted):
    assert same(woven(wanted), woven(wanted + wanted[::-1]))


@given(months)
@few
def test_weaving_nothing_changes_nothing(lived):
    ties = woven(*lived)
    before = ties.copy()
    ties.weave([], GIVEN, 99)
    assert same(ties, before)
    ties.weave([np.empty(0, np.uint64), np.empty(0, np.uint64)], GIVEN, 99)
    assert same(ties, before)


@given(proposals, st.data())
@few
def test_dissolved_ties_are_gone_after_weaving_and_the_others_are_as_they_were(wanted, data):
    ties = woven(wanted)
    before = ties.copy()
    gone = np.array([data.draw(st.booleans()) for _ in range(len(ties))], np.bool_)
    ties.strength[gone] = 0
    ties.weave([], GIVEN, 99)
    assert all(np.array_equal(now, then[~gone]) for now, then in zip(ties.columns, before.columns, strict=True))


@given(proposals.filter(lambda wanted: any(a != b for a, b, *_ in wanted)))
@few
def test_a_tie_dissolved_and_proposed_in_one_month_is_a_new_tie(wanted):
    ties = woven(wanted)
    ties.strength[:] = 0
    ties.weave([proposed(wanted)], GIVEN, 99)
    fresh = Ties.none(PEOPLE)
    fresh.weave([proposed(wanted)], GIVEN, 99)
    assert same(ties, fresh)
    assert (ties.since == 99).all()


@given(proposals, proposals)
@few
def test_who_is_tied_already_keeps_trust_kind_former_and_month(wanted, more):
    ties = woven(wanted)
    before = ties.copy()
    ties.weave([proposed(more)], GIVEN, 99)
    standing = ties.since == 0
    kept = ("first", "second", "trust", "kind", "formed_by")
    assert all(np.array_equal(getattr(ties, name)[standing], getattr(before, name)) for name in kept)
    assert (ties.strength[standing] >= before.strength).all()


@given(months)
@few
def test_rows_name_the_ties_that_the_list_names(lived):
    ties = woven(*lived)
    pairs = list(zip(ties.first.tolist(), ties.second.tolist(), strict=True))
    for who in range(PEOPLE):
        edges = [e for e, pair in enumerate(pairs) if who in pair]
        others = [sum(pairs[e]) - who for e in edges]
        assert ties.neighbours(who).tolist() == sorted(others)
        assert ties.edges_of(who).tolist() == [edges[others.index(other)] for other in sorted(others)]
        assert ties.degree()[who] == len(edges)
        assert ties.up[who + 1] - ties.up[who] == sum(pairs[e][0] == who for e in edges)
    assert ties.degree().sum() == 2 * len(ties)
    assert (ties.up.dtype, ties.down.dtype, ties.down_edge.dtype) == (np.int32, np.int32, np.int32)


@given(months)
@few
def test_who_is_my_neighbour_has_me_for_a_neighbour(lived):
    ties = woven(*lived)
    for who in range(PEOPLE):
        for other, edge in zip(ties.neighbours(who), ties.edges_of(who), strict=True):
            assert who in ties.neighbours(int(other))
            assert edge in ties.edges_of(int(other))
            assert other != who


@given(proposals, proposals)
@few
def test_a_copy_goes_its_own_way(wanted, more):
    ties = woven(wanted)
    twin, before = ties.copy(), woven(wanted)
    assert same(ties, twin)
    for column in twin.columns:
        column[:] = 0
    assert same(ties, before)
    other = ties.copy()
    other.weave([proposed(more)], GIVEN, 99)
    assert same(ties, before)


@given(proposals)
@few
def test_proposals_sort_by_pair_and_drop_whoever_is_tied_to_themselves(wanted):
    packed = np.sort(proposed(wanted))
    read = [(int(p) >> 32, int(p) >> 8 & 0xFFFFFF, int(p) >> 4 & 15, int(p) & 15) for p in packed]
    assert read == sorted((min(a, b), max(a, b), f, k) for a, b, f, k in wanted if a != b)


def test_proposals_hold_the_highest_numbers_that_there_can_be():
    top = PEOPLE_AT_MOST - 1
    packed = np.sort(propose([top, 0, top], [top - 1, top, top], FormedBy.FACILITATOR, TieKind.GROUP))
    first, second, *_, kind, formed_by, _ = kernels.merged(Ties.none(0).columns, packed, GIVEN, np.int16(1))
    assert (first.tolist(), second.tolist()) == ([0, top - 1], [top, top])
    assert (set(kind), set(formed_by)) == ({TieKind.GROUP}, {FormedBy.FACILITATOR})


@pytest.mark.parametrize("n", [-1, PEOPLE_AT_MOST + 1])
def test_ties_refuse_a_number_of_people_that_cannot_be_packed(n):
    with pytest.raises(ValueError, match="at most"):
        Ties.none(n)


def test_ties_among_nobody_can_be_woven():
    ties = Ties.none(0)
    ties.weave([], GIVEN, 1)
    ties.check()
    assert (len(ties), ties.degree().tolist()) == (0, [])


def turned_around(ties: Ties) -> None:
    ties.first, ties.second = ties.second, ties.first


def tied_to_oneself(ties: Ties) -> None:
    ties.second[1] = ties.first[1]


def out_of_order(ties: Ties) -> None:
    ties.first[[0, 3]], ties.second[[0, 3]] = ties.first[[3, 0]], ties.second[[3, 0]]


def twice(ties: Ties) -> None:
    ties.first[1], ties.second[1] = ties.first[0], ties.second[0]


def tied_to_nobody(ties: Ties) -> None:
    ties.second[-1] = PEOPLE


def tied_to_less_than_nobody(ties: Ties) -> None:
    ties.first[0] = -1


def too_strong(ties: Ties) -> None:
    ties.strength[2] = np.nextafter(np.float32(1), np.float32(2))


def less_than_no_strength(ties: Ties) -> None:
    ties.strength[2] = -1e-6


def no_number_for_a_strength(ties: Ties) -> None:
    ties.strength[2] = np.nan


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (turned_around, "lower to a higher"),
        (tied_to_oneself, "lower to a higher"),
        (out_of_order, "sorted"),
        (twice, "twice"),
        (tied_to_nobody, "who does not exist"),
        (tied_to_less_than_nobody, "who does not exist"),
        (too_strong, "between 0 and 1"),
        (less_than_no_strength, "between 0 and 1"),
        (no_number_for_a_strength, "between 0 and 1"),
    ],
)
def test_checking_catches_damage(damage, says):
    ties = woven([(0, 1, 1, 1), (0, 5, 2, 2), (3, 4, 6, 1), (6, 8, 7, 4)])
    ties.check()
    damage(ties)
    with pytest.raises(ValueError, match=says):
        ties.check()
