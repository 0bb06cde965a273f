"""Errors say where, what, and what was probably meant."""

from __future__ import annotations

import pickle

import pytest

from simcomunita.configuration import ConfigurationError, Problem, Problems, did_you_mean, nearest, shown


def test_the_report_has_the_form_that_editors_can_jump_to():
    error = ConfigurationError(
        [
            Problem("mine.yaml", 17, "scenarios.eight.from", '"2020-13" is no month.'),
            Problem("mine.yaml", 4, "", "a tab stands here."),
            Problem("mine.yaml", None, "", "the file is odd."),
        ]
    )
    assert str(error) == (
        "mine.yaml\n    the file is odd.\n"
        "mine.yaml:4\n    a tab stands here.\n"
        'mine.yaml:17: scenarios.eight.from\n    "2020-13" is no month.\n'
        "3 errors; nothing was run."
    )


def test_the_same_problem_is_told_once():
    problem = Problem("a.yaml", 1, "b", "it is wrong.")
    assert ConfigurationError([problem, problem]).problems == (problem,)


def test_an_error_without_a_problem_cannot_be_made():
    with pytest.raises(ValueError, match="at least one"):
        ConfigurationError([])


def test_an_error_can_travel_between_processes():
    error = ConfigurationError.of("a.yaml", "it is wrong.", line=3, key="b")
    again = pickle.loads(pickle.dumps(error))
    assert again.problems == error.problems


def test_gathering_goes_on_after_a_configuration_error_and_after_no_other():
    problems = Problems()
    with problems.gathering():
        raise ConfigurationError.of("a.yaml", "it is wrong.")
    assert problems.any
    with pytest.raises(KeyError), problems.gathering():
        raise KeyError("b")
    with pytest.raises(ConfigurationError):
        problems.settle()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("facilitator", "facilitators"),
        ("Paperwork", "paperwork"),
        ("out-reach", "outreach"),
        ("xyz", None),
        ("", None),
        ("a" * 100_000, None),
    ],
)
def test_the_nearest_name_is_found(written, meant):
    assert nearest(written, ["facilitators", "paperwork", "outreach", "places"]) == meant


def test_where_nothing_is_near_the_known_names_are_listed():
    assert did_you_mean("xyz", ["one", "two"]) == "Known: one, two."
    assert did_you_mean("xyz", []) == "There is none to choose from."


@pytest.mark.parametrize("value", ["a\nb\x1b[31m", "x" * 500, 10**500, {"a": 1}, [1] * 1000, None, True])
def test_a_users_value_is_shown_short_and_harmless(value):
    text = shown(value)
    assert len(text) < 80
    assert text.isprintable()
