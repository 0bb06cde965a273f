"""What is in force in a month follows from the dates and the order of the policies."""

from __future__ import annotations

import pickle

from simcomunita.months import parse_month
from simcomunita.policy import Calendar, Levers, Policy


def policy(name, first, last, **levers):
    return Policy.model_validate({"name": name, "from": first, "until": last} | levers)


def in_force(month, *policies):
    return Calendar(policies).in_force(parse_month(month))


EIGHT = policy("eight", "2020-01", "2024-12", facilitators={"number": 8})
NINE = policy("nine", "2020-01", "2024-12", facilitators={"number": 9})
MORE = policy(
    "more",
    "2022-01",
    "2022-12",
    facilitators={"number": 2, "where": {"Visano": 1, "Calvisano": 1}, "skill": 0.9},
)


def test_without_a_policy_nobody_is_employed_and_services_go_on_as_usual():
    assert in_force("2020-01") == Levers(posts=(), places={}, outreach="office", paperwork=0.5)


def test_a_policy_changes_nothing_before_it_starts_and_after_it_ends():
    usual = in_force("2019-12")
    assert in_force("2019-12", EIGHT) == usual
    assert in_force("2020-01", EIGHT) != usual
    assert in_force("2024-12", EIGHT) != usual
    assert in_force("2025-01", EIGHT) == usual


def test_nine_facilitators_begin_with_the_same_eight():
    assert in_force("2020-01", NINE).posts[:8] == in_force("2020-01", EIGHT).posts


def test_facilitators_of_several_policies_add_up_and_are_numbered_through():
    posts = in_force("2022-06", EIGHT, MORE).posts
    assert [post.ordinal for post in posts] == list(range(10))
    assert [post.where for post in posts] == [None] * 8 + ["Calvisano", "Visano"]
    assert [post.skill for post in posts[7:]] == [0.6, 0.9, 0.9]
    assert posts[:8] == in_force("2021-12", EIGHT, MORE).posts


def test_the_order_in_which_places_of_posts_are_written_changes_nothing():
    one = policy("a", "2020-01", "2020-12", facilitators={"number": 3, "where": {"Visano": 1, "Calvisano": 2}})
    other = policy("a", "2020-01", "2020-12", facilitators={"number": 3, "where": {"Calvisano": 2, "Visano": 1}})
    assert in_force("2020-05", one).posts == in_force("2020-05", other).posts


def test_of_other_levers_the_last_in_the_list_wins_whatever_the_dates():
    early = policy("a", "2020-01", "2020-12", outreach="everyday", paperwork=0.2, places={"Visano": 1})
    late = policy("b", "2020-06", "2020-08", outreach="office", paperwork=0.0, places={"Calvisano": 2})
    assert in_force("2020-05", early, late) == Levers((), {"Visano": 1}, "everyday", 0.2)
    assert in_force("2020-06", early, late) == Levers((), {"Calvisano": 2}, "office", 0.0)
    assert in_force("2020-06", late, early) == Levers((), {"Visano": 1}, "everyday", 0.2)


def test_a_policy_that_says_nothing_of_a_lever_leaves_it():
    first = policy("a", "2020-01", "2020-12", outreach="everyday", paperwork=0.2, places={"Visano": 1})
    second = policy("b", "2020-01", "2020-12", facilitators={"number": 1})
    assert in_force("2020-05", first, second).places == {"Visano": 1}
    assert in_force("2020-05", first, second).paperwork == 0.2


def test_what_is_handed_out_can_be_changed_without_changing_the_policy():
    one = policy("a", "2020-01", "2020-12", places={"Visano": 1})
    in_force("2020-05", one).places["Visano"] = 7
    assert in_force("2020-05", one).places == {"Visano": 1}


def test_the_months_of_change_are_those_after_which_levers_differ():
    calendar = Calendar([EIGHT, MORE])
    months = range(parse_month("2019-11"), parse_month("2025-03"))
    differ = [m for m in months if calendar.in_force(m) != calendar.in_force(m - 1)]
    assert list(calendar.changes()) == differ


def test_a_calendar_can_travel_between_processes():
    calendar = pickle.loads(pickle.dumps(Calendar([EIGHT, MORE])))
    assert calendar.in_force(parse_month("2022-06")) == in_force("2022-06", EIGHT, MORE)
