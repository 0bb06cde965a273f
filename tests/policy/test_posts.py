"""Posts go where the people are, and every municipality is looked after."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcomunita.policy import Policy, catchments, homes_of, place_posts
from simcomunita.policy.calendar import Calendar

NAMES = ("Acquafredda", "Calcinato", "Calvisano", "Carpenedolo", "Montichiari", "Remedello", "Visano")
PEOPLE = (1521, 12908, 8473, 12947, 25569, 3352, 1967)

populations = st.lists(st.integers(0, 60_000), min_size=1, max_size=12)


def highest_averages(number, people):
    """Sainte-Laguë at once: the `number` largest of all quotients, ties to the first municipality."""
    quotients = [(-p / (2 * s + 1), m) for m, p in enumerate(people) for s in range(number)]
    return Counter(m for _, m in sorted(quotients)[:number])


def test_eight_posts_in_the_seven_municipalities():
    assert Counter(NAMES[m] for m in place_posts(8, PEOPLE)) == {
        "Montichiari": 3,
        "Carpenedolo": 2,
        "Calcinato": 2,
        "Calvisano": 1,
    }


@given(st.integers(0, 30), st.lists(st.integers(1, 60_000), min_size=1, max_size=12, unique=True))
def test_posts_one_by_one_end_as_sainte_lague_has_it(number, people):
    assert Counter(place_posts(number, people)) == highest_averages(number, people)


@given(st.integers(0, 30), populations)
def test_a_further_post_leaves_the_others_where_they_are(number, people):
    assert place_posts(number + 1, people)[:number] == place_posts(number, people)


def test_ties_go_to_the_first_municipality():
    assert place_posts(4, [100, 100, 100]) == [0, 1, 2, 0]
    assert place_posts(2, [0, 0]) == [0, 0]


def test_whole_numbers_of_numpy_are_welcome():
    assert place_posts(8, np.array(PEOPLE, np.int32)) == place_posts(8, PEOPLE)


def test_posts_without_municipalities_are_refused():
    with pytest.raises(ValueError, match="at least one"):
        place_posts(1, [])


def test_bound_posts_stay_and_the_others_go_by_population():
    levers = [
        {"number": 2, "where": {"Visano": 1, "Remedello": 1}},
        {"number": 3},
    ]
    policies = [
        Policy.model_validate({"name": f"p{i}", "from": "2020-01", "until": "2020-12", "facilitators": lever})
        for i, lever in enumerate(levers)
    ]
    posts = Calendar(policies).in_force(policies[0].start).posts
    assert homes_of(posts, NAMES, PEOPLE) == [5, 6, *place_posts(5, PEOPLE)[2:]]
    with pytest.raises(ValueError, match="no municipality"):
        homes_of(posts, NAMES[:5], PEOPLE[:5])


LINE = [[abs(a - b) for b in range(5)] for a in range(5)]


def test_every_municipality_is_looked_after_from_the_nearest_post():
    assert catchments([1, 4], LINE) == [(0, 1, 2), (3, 4)]


def test_of_two_equally_near_the_first_is_taken():
    assert catchments([4, 2, 0], LINE) == [(3 + 1,), (2, 3), (0, 1)]


def test_posts_of_one_municipality_share_its_catchment():
    assert catchments([1, 1, 4], LINE) == [(0, 1, 2), (0, 1, 2), (3, 4)]


def test_a_municipality_with_a_post_is_its_own_even_if_another_is_no_farther():
    assert catchments([0, 1], [[0, 0], [0, 0]]) == [(0,), (1,)]


def test_without_posts_nothing_is_looked_after():
    assert catchments([], LINE) == []


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6))
def test_together_posts_look_after_everything(homes):
    looked_after = catchments(homes, LINE)
    assert set().union(*looked_after) == set(range(5))
    assert all(home in area for home, area in zip(homes, looked_after, strict=True))
