"""A post keeps its number while it is funded, whoever else comes and goes."""

from __future__ import annotations

import pytest

from simcomunita.months import parse_month
from simcomunita.policy import Calendar, Policy
from simcomunita.policy.posts import scaled


def staff(name, start, until, number, **lever):
    return Policy.model_validate(
        {"name": name, "from": start, "until": until, "facilitators": {"number": number} | lever}
    )


def numbers(policies, month):
    return {(post.policy, post.ordinal) for post in Calendar(policies).in_force(parse_month(month)).posts}


def test_nobodys_number_changes_when_another_policy_ends():
    policies = [staff("a", "2020-01", "2020-12", 2), staff("b", "2020-01", "2021-12", 2)]
    assert numbers(policies, "2020-06") == {(0, 0), (0, 1), (1, 2), (1, 3)}
    assert numbers(policies, "2021-06") == {(1, 2), (1, 3)}


def test_policies_that_do_not_overlap_share_numbers():
    policies = [staff("project", "2016-02", "2019-09", 8), staff("eight", "2020-01", "2024-12", 8)]
    assert {ordinal for _, ordinal in numbers(policies, "2020-01")} == set(range(8))


@pytest.mark.parametrize("scale", [0.1, 0.25, 0.5, 2.0])
def test_at_any_scale_each_policy_has_its_share_of_hours(scale):
    policies = [
        staff("a", "2020-01", "2020-12", 4, where={"Montichiari": 3, "Visano": 1}),
        staff("b", "2020-01", "2020-12", 5, hours_a_month=100),
    ]
    posts = scaled(Calendar(policies).in_force(parse_month("2020-03")).posts, scale)
    hours = [sum(post.hours for post in posts if post.policy == policy) for policy in (0, 1)]
    assert hours == pytest.approx([4 * 130 * scale, 5 * 100 * scale])
    assert len({post.ordinal for post in posts}) == len(posts)
