from __future__ import annotations

import math

import pytest
from fake_community import FakeStudy, fake_model

from simcomunita.experiment.branching import Work
from simcomunita.experiment.plan import ExperimentError, Plan, Task, checked_seed


def test_a_number_of_seeds_means_the_first_seeds() -> None:
    assert Plan.of(FakeStudy(), 3).seeds == (1, 2, 3)


def test_without_a_number_a_study_runs_as_many_seeds_as_it_says() -> None:
    assert len(Plan.of(FakeStudy(seeds=7)).tasks) == 7


def test_seeds_can_be_named_in_any_order() -> None:
    assert Plan.of(FakeStudy(), [9, 4]).tasks == (Task(0, 4), Task(0, 9))


@pytest.mark.parametrize(
    ("seeds", "said"),
    [
        (1, "at least 2"),
        (0, "at least 2"),
        (-5, "at least 2"),
        ([3, 3], "twice"),
        ([-1, 2], "seed is -1"),
        ([1, 2**63], "expected a whole number"),
        (10_001, "20,002 runs"),
        (10**12, "at most 20,000"),
    ],
)
def test_seeds_that_make_no_comparison_are_refused(seeds: int | list[int], said: str) -> None:
    with pytest.raises(ExperimentError, match=said):
        Plan.of(FakeStudy(), seeds)


@pytest.mark.parametrize("scale", [0.0, -1.0, math.nan, math.inf, 1700.0])
def test_a_scale_that_leaves_nobody_or_too_many_is_refused(scale: float) -> None:
    with pytest.raises(ExperimentError, match="scale is"):
        Plan.of(FakeStudy(), 2, scale)


def test_the_largest_seed_is_accepted() -> None:
    assert checked_seed(2**63 - 1) == 2**63 - 1


def test_the_same_experiment_with_more_seeds_has_the_same_identity() -> None:
    few, many = Plan.of(FakeStudy(), 2), Plan.of(FakeStudy(), 20)
    assert few.identity == many.identity
    assert Plan.of(FakeStudy(), 2, 0.5).identity != few.identity
    assert Plan.of(FakeStudy(configuration_hash="0" * 64), 2).identity != few.identity


def test_a_plan_that_cannot_travel_says_so() -> None:
    with pytest.raises(ExperimentError, match="workers=1"):
        Work.of(Plan.of(FakeStudy(), 2, make_model=lambda *_: fake_model(*_)))
