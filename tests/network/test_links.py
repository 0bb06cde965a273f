"""Links between citizens and organisations are sorted, come closer, fade, and go with who moves away."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcomunita.network import Links

pair = st.tuples(st.integers(0, 30), st.integers(0, 8))


@given(st.lists(st.lists(pair, max_size=20), max_size=6))
@settings(max_examples=100, deadline=None)
def test_links_stay_sorted_and_none_stands_twice(rounds):
    links, expected = Links.none(), {}
    for month, pairs in enumerate(rounds):
        links.join([p for p, _ in pairs], [o for _, o in pairs], 0.5)
        links.weave(month)
        for one in set(pairs):
            strength, since = expected.get(one, (0.0, month))
            expected[one] = (strength + 0.5 * (1 - strength), since)
    found = list(zip(links.person.tolist(), links.organisation.tolist(), strict=True))
    assert found == sorted(expected)
    assert links.strength.tolist() == pytest.approx([expected[one][0] for one in found])
    assert links.since.tolist() == [expected[one][1] for one in found]


def test_one_organisation_can_be_named_for_all():
    links = Links.none()
    links.join(np.array([5, 2]), 3, 0.4)
    links.weave(7)
    assert (links.person.tolist(), links.organisation.tolist()) == ([2, 5], [3, 3])


def test_weak_links_fade_away_and_strong_ones_stay():
    links = Links.none()
    links.join([1], [0], 0.9)
    links.join([2], [0], 0.11)
    links.weave(1)
    links.fade(0.1, 0.1)
    assert links.person.tolist() == [1]
    assert links.strength[0] == pytest.approx(0.81)


def test_who_moves_away_leaves_no_link_and_a_copy_is_its_own():
    links = Links.none()
    links.join([1, 1, 2], [0, 3, 3], 0.5)
    links.weave(1)
    other = links.copy()
    links.drop(np.array([1]))
    assert links.person.tolist() == [2]
    assert len(other) == 3


def test_links_do_not_depend_on_who_proposed_first():
    one, other = Links.none(), Links.none()
    for links, order in ((one, (0.3, 0.15, 0.7)), (other, (0.7, 0.3, 0.15))):
        links.join([3, 4], [1, 1], 0.2)
        links.weave(1)
        for strength in order:
            links.join([4, 2], [1, 1], strength)
        links.weave(2)
    assert one.strength.tobytes() == other.strength.tobytes()
    assert one.since.tolist() == other.since.tolist() == [2, 1, 1]
