from __future__ import annotations

import math

import pytest
from fake_community import FakeStudy, fake_model

from simcomunita.experiment.branching import Work
from simcomunita.experiment.plan import ExperimentError, Plan, Task, checked_scale, checked_seed


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


@pytest.mark.parametrize("scale", [0.0, -1.0, math.nan, math.inf, 1700.0, 0.08, 1e-300])
def test_a_scale_that_leaves_nobody_or_too_many_is_refused(scale: float) -> None:
    with pytest.raises(ExperimentError, match="scale is"):
        Plan.of(FakeStudy(), 2, scale)


@pytest.mark.parametrize("residents", [100, 101, 999, 1234, 4200, 66_737, 2_000_000])
def test_the_smallest_scale_that_is_said_is_accepted_and_a_smaller_one_is_not(residents: int) -> None:
    with pytest.raises(ExperimentError, match="expected at least 100") as refused:
        checked_scale(0.98 * 100 / residents, residents)
    said = float(str(refused.value).split("a scale of ")[1].split()[0])
    assert checked_scale(said, residents) == said
    assert said * residents < 102


def test_a_territory_of_few_residents_is_taken_as_it_is() -> None:
    assert checked_scale(1.0, 40) == 1.0
    with pytest.raises(ExperimentError, match="expected at least 40"):
        checked_scale(0.5, 40)


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
