"""Pairs are added until a difference is known as precisely as was asked for, and no longer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fake_community as fake
import numpy as np
import pytest

from simcomunita.experiment import Comparison, PartStore, Plan, Progress, run_plan
from simcomunita.experiment.intervals import paired_difference
from simcomunita.experiment.precision import Stopping, half_widths
from simcomunita.scenario.forms import FEWEST_PAIRS, LOOK_AHEAD
from simcomunita.scenario.scenario import Precision

RNG = np.random.default_rng(8)


def stopping(within: float, *, relative: bool = False, at_most: int = 200) -> Stopping:
    return Stopping(Precision("active_now", within, relative, at_most), "none", ("helped",))


def plan_of(within: float, *, at_most: int = 120) -> Plan:
    study = fake.FakeStudy(precision=Precision("active_now", within, True, at_most))
    return Plan.of(study, make_model=fake.fake_model)  # type: ignore[arg-type]


def test_half_widths_are_those_of_the_paired_interval() -> None:
    values = 1e6 + RNG.normal(size=60)
    values[[3, 40]] = np.nan
    half, wanted = half_widths(values, Precision("active_now", 0.02))
    for pairs in (2, 5, 30, 60):
        found = paired_difference(np.zeros(pairs), values[:pairs])
        assert half[pairs - 1] == pytest.approx((found.high - found.low) / 2, rel=1e-6)
        assert wanted[pairs - 1] == pytest.approx(0.02 * found.mean)


def test_it_is_never_enough_before_the_fewest_pairs_and_the_look_ahead() -> None:
    assert stopping(1e9).enough([np.ones(FEWEST_PAIRS + LOOK_AHEAD - 1)]) is None
    assert stopping(1e9).enough([np.ones(100)]) == FEWEST_PAIRS + LOOK_AHEAD


def test_a_precision_that_is_lost_again_within_the_look_ahead_does_not_count() -> None:
    calm = RNG.normal(size=80)
    wild = calm.copy()
    wild[FEWEST_PAIRS + 2] = 1000.0
    within = 0.5
    assert stopping(within).enough([calm]) == FEWEST_PAIRS + LOOK_AHEAD
    assert stopping(within).enough([wild]) is None


def test_every_policy_must_be_known_precisely() -> None:
    sharp, dull = np.full(60, 3.0), 3.0 + 50 * RNG.normal(size=60)
    assert stopping(0.05, relative=True).enough([sharp]) == FEWEST_PAIRS + LOOK_AHEAD
    assert stopping(0.05, relative=True).enough([sharp, dull]) is None


def test_where_to_stop_does_not_depend_on_how_many_more_are_there() -> None:
    values = 5 + RNG.normal(size=400)
    rule = stopping(0.05, relative=True, at_most=1000)
    enough = rule.enough([values])
    assert enough is not None
    assert rule.enough([values[:enough]]) == enough
    assert rule.enough([values[: enough - 1]]) is None


def test_the_next_look_goes_on_and_never_beyond_the_limit() -> None:
    rule = stopping(0.01, relative=True, at_most=100)
    assert rule.next_look(()) == FEWEST_PAIRS + LOOK_AHEAD
    pairs, looks = FEWEST_PAIRS + LOOK_AHEAD, []
    while pairs < 100:
        pairs = rule.next_look([1 + RNG.normal(size=pairs)])
        looks.append(pairs)
    assert looks == sorted(set(looks))
    assert looks[-1] == 100


@pytest.mark.parametrize("workers", [1, 3])
def test_a_study_runs_as_many_pairs_as_its_precision_needs(workers: int) -> None:
    with ThreadPoolExecutor(workers) as threads:
        ensemble = run_plan(plan := plan_of(0.02), threads, stopping=plan.stopping)
    comparison = Comparison.of(ensemble)
    found = comparison.difference("active_now")
    assert FEWEST_PAIRS + LOOK_AHEAD < comparison.pairs < 120
    assert (found.high - found.low) / 2 <= 0.02 * found.mean
    before = Comparison.of(run_plan(Plan.of(plan.study, comparison.pairs - 1 - LOOK_AHEAD, make_model=fake.fake_model)))
    earlier = before.difference("active_now")
    assert (earlier.high - earlier.low) / 2 > 0.02 * earlier.mean


def test_the_limit_ends_it_and_both_ends_are_told_in_both_languages() -> None:
    cut = Comparison.of(run_plan(plan := plan_of(0.001, at_most=40), stopping=plan.stopping))
    assert cut.pairs == 40
    assert "after 40 pairs, the most that were allowed" in cut.headline("en")
    assert "dopo 40 coppie" in cut.headline("it")
    whole = Comparison.of(run_plan(plan := plan_of(0.5), stopping=plan.stopping))
    assert whole.pairs == FEWEST_PAIRS + LOOK_AHEAD
    assert "35 were enough" in whole.headline("en")
    assert "ne sono bastate 35" in whole.headline("it")


def test_results_are_the_same_bytes_whatever_the_workers_and_what_was_kept(tmp_path: Path) -> None:
    plan = plan_of(0.03)

    def saved(where: Path, workers: object, store: PartStore | None = None) -> dict[str, bytes]:
        Comparison.of(run_plan(plan, workers, store, stopping=plan.stopping)).save(where)  # type: ignore[arg-type]
        return {name: (where / name).read_bytes() for name in ("runs.parquet", "series.parquet", "comparison.csv")}

    once = saved(tmp_path / "one", 1)
    assert saved(tmp_path / "two", 2) == once
    with ThreadPoolExecutor(5) as threads:
        assert saved(tmp_path / "threads", threads) == once
    store = PartStore.open(tmp_path / "kept", plan.identity)
    run_plan(Plan.of(plan.study, 90, make_model=fake.fake_model), 1, store)  # more than are enough
    again = run_plan(plan, 1, store, stopping=plan.stopping)
    assert again.taken_up == len(again.parts)
    assert saved(tmp_path / "kept", 1, store) == once


def test_progress_grows_with_what_is_wanted_and_ends_whole() -> None:
    told: list[Progress] = []
    plan = plan_of(0.03)
    ensemble = run_plan(plan, 1, None, told.append, plan.stopping)
    assert told[0].total == FEWEST_PAIRS + LOOK_AHEAD
    assert told[-1].done == told[-1].total == len(ensemble.parts)
    assert [p.total for p in told[:-1]] == sorted(p.total for p in told[:-1])


def test_runs_that_fail_are_left_out_and_more_are_run_instead() -> None:
    study = fake.FakeStudy(precision=Precision("active_now", 0.5))
    plan = Plan.of(study, make_model=fake.fragile_model)  # type: ignore[arg-type]
    ensemble = run_plan(plan, stopping=plan.stopping)
    assert [failure.task.seed for failure in ensemble.failures] == [3]
    assert len(ensemble.parts) == FEWEST_PAIRS + LOOK_AHEAD - 1


def test_a_number_of_seeds_that_is_named_goes_before_the_precision() -> None:
    study = fake.FakeStudy(precision=Precision("active_now", 0.5))
    plan = Plan.of(study, 4, make_model=fake.fake_model)  # type: ignore[arg-type]
    assert plan.stopping is None
    assert len(plan.tasks) == 4
