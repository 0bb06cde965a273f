from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import fake_community as fake
import numpy as np
import pytest

from simcomunita.configuration import ConfigurationError
from simcomunita.experiment import Comparison, PartStore, Plan, Progress, run_plan
from simcomunita.experiment.plan import ExperimentError, Task, Trunk

TABLES = ("runs.parquet", "series.parquet", "comparison.csv")


def plan_of(seeds: int, make_model: object = fake.fake_model) -> Plan:
    return Plan.of(fake.FakeStudy(), seeds, make_model=make_model)  # type: ignore[arg-type]


def saved(plan: Plan, workers: object, where: Path) -> dict[str, bytes]:
    Comparison.of(run_plan(plan, workers)).save(where)  # type: ignore[arg-type]
    return {name: (where / name).read_bytes() for name in TABLES}


def test_files_do_not_depend_on_the_number_of_workers_or_the_executor(tmp_path: Path) -> None:
    plan = plan_of(7)
    one = saved(plan, 1, tmp_path / "one")
    assert saved(plan, 2, tmp_path / "two") == one
    assert saved(plan, 4, tmp_path / "four") == one
    with ThreadPoolExecutor(3) as threads:
        assert saved(plan, threads, tmp_path / "threads") == one
    assert not list(tmp_path.glob("*/.*")), "nothing is left beside the files"


def test_an_executor_that_was_given_is_not_shut_down() -> None:
    with ThreadPoolExecutor(2) as threads:
        run_plan(plan_of(3), threads)
        assert threads.submit(int, "1").result() == 1


def test_the_past_is_lived_once_and_is_the_same_in_every_scenario() -> None:
    made: list[int] = []

    def counting(past: fake.Past, seed: int, scale: float) -> fake.FakeModel:
        made.append(seed)
        return fake.FakeModel(past, seed, scale)

    series = Comparison.of(run_plan(plan_of(3, counting))).series
    assert made == [1, 2, 3]
    past = series[series["month"] < "2020-01"]
    helped, none = (past[past["scenario"] == name].drop(columns="scenario").to_numpy() for name in ("helped", "none"))
    assert (helped == none).all()
    assert set(past["month"]) == {f"{2018 + m // 12}-{m % 12 + 1:02d}" for m in range(2, 24)}


def test_scenarios_that_are_equal_differ_by_exactly_nothing_in_every_measure_and_month() -> None:
    comparison = Comparison.of(run_plan(Plan.of(fake.EQUAL, 5, make_model=fake.fake_model)))
    assert (comparison.table[["difference", "ci_low", "ci_high", "probability_higher"]] == 0.0).all(axis=None)
    series = comparison.series
    same, none = (series[series["scenario"] == name].select_dtypes("number").to_numpy() for name in ("same", "none"))
    assert (same == none).all()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failing_run_is_recorded_and_ends_no_other(workers: int) -> None:
    ensemble = run_plan(plan_of(5, fake.fragile_model), workers)
    assert [part.task.seed for part in ensemble.parts] == [1, 2, 4, 5]
    (failure,) = ensemble.failures
    assert (failure.task.seed, failure.where) == (3, "helped")
    assert failure.error == "ZeroDivisionError: no helper left"
    assert "Traceback" in failure.traceback
    assert "fake_community.py" in failure.traceback
    assert Comparison.of(ensemble).pairs == 4


def test_a_process_that_dies_costs_its_own_seed_only() -> None:
    ensemble = run_plan(plan_of(5, fake.dying_model), 2)
    assert [part.task.seed for part in ensemble.parts] == [1, 3, 4, 5]
    (failure,) = ensemble.failures
    assert failure.task.seed == 2
    assert "ended abruptly" in failure.error


def test_a_process_that_is_killed_once_costs_nothing(tmp_path: Path) -> None:
    undisturbed = saved(plan_of(4), 1, tmp_path / "undisturbed")
    plan = plan_of(4, fake.DyingOnce(tmp_path / "killed"))
    assert saved(plan, 2, tmp_path / "out") == undisturbed
    assert (tmp_path / "killed").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks and kills as POSIX systems do")
@pytest.mark.parametrize("what", ["killed", "together"])
def test_killed_at_any_step_of_writing_or_done_by_two_at_once_it_comes_to_the_same_bytes(
    what: str, tmp_path: Path
) -> None:
    script = Path(fake.__file__).with_name("moments.py")
    done = subprocess.run([sys.executable, script, what, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    if what == "killed":
        assert int(done.stdout) > 30, "steps at which it was killed"


def test_draws_of_a_seed_are_run_one_after_the_other_and_told_in_the_plans_order() -> None:
    run: list[int] = []

    class Drawn(Plan):
        def trunks(self, draw: int) -> tuple[Trunk, ...]:
            return super().trunks(0)

    def noting(past: fake.Past, seed: int, scale: float) -> fake.FakeModel:
        run.append(seed)
        return fake.FakeModel(past, seed, scale)

    tasks = tuple(Task(draw, seed) for draw in (1, 2, 3) for seed in (1, 2))
    ensemble = run_plan(Drawn(fake.FakeStudy(), tasks, make_model=noting))  # type: ignore[arg-type]
    assert run == [1, 1, 1, 2, 2, 2]
    assert tuple(part.task for part in ensemble.parts) == tasks


def test_a_script_without_its_guard_is_told_what_it_lacks(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from fake_community import FakeStudy, fake_model\n"
        "from simcomunita.experiment import Plan, run_plan\n"
        "run_plan(Plan.of(FakeStudy(), 20, make_model=fake_model), 2)\n"
    )
    folder = str(Path(fake.__file__).parent)
    environment = {**os.environ, "PYTHONPATH": folder}
    done = subprocess.run(
        [sys.executable, script], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 1
    assert "ExperimentError: every process ended before it had done anything" in done.stderr
    assert '__name__ == "__main__"' in done.stderr


def test_an_executor_that_breaks_down_is_reported() -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool, pytest.raises(ExperimentError, match="broke down"):
        run_plan(plan_of(3, fake.dying_model), pool)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_configuration_that_turns_out_wrong_is_the_users_to_mend(workers: int) -> None:
    with pytest.raises(ConfigurationError, match=r"fake.yaml:7: shares"):
        run_plan(plan_of(4, fake.misconfigured_model), workers)


@pytest.mark.parametrize("workers", [0, -2])
def test_no_workers_are_refused(workers: int) -> None:
    with pytest.raises(ExperimentError, match="at least 1"):
        run_plan(plan_of(2), workers)


def test_progress_begins_with_what_was_taken_up_and_ends_with_everything(tmp_path: Path) -> None:
    few, many = plan_of(2), plan_of(5)
    store = PartStore.open(tmp_path, many.identity)
    run_plan(few, 1, store)
    told: list[Progress] = []
    run_plan(many, 1, store, told.append)
    assert [(p.done, p.taken_up, p.total) for p in told] == [(2, 2, 5), (3, 2, 5), (4, 2, 5), (5, 2, 5)]


def test_an_interruption_keeps_what_is_finished(tmp_path: Path) -> None:
    plan = plan_of(6, fake.interrupted_model)
    store = PartStore.open(tmp_path, plan.identity)
    with pytest.raises(KeyboardInterrupt):
        run_plan(plan, 1, store)
    assert sorted(task.seed for task in store.taken_up(plan.tasks)) == [1, 2, 3]
    again = run_plan(plan_of(6), 1, store)
    assert again.taken_up == 3
    assert len(again.parts) == 6


# -- killed without warning --------------------------------------------------


def alive(process: int) -> bool:
    """Whether a process still runs (one that nobody has buried yet does not)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(condition: object, seconds: float) -> None:
    """Wait for something."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def long_run(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path, Path]]:
    """Ten slow seeds in a process of their own, its folder, and the folder in which its workers sign."""
    out, roll = tmp_path / "killed", tmp_path / "roll"
    roll.mkdir()
    process = start(out, roll)
    yield process, out, roll
    if process.poll() is None:
        process.kill()
    process.wait()


def start(out: Path, roll: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, fake.__file__, str(out)]
    return subprocess.Popen(command, env={**os.environ, "FAKE_ROLL": str(roll)}, stderr=subprocess.DEVNULL)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
def test_a_run_that_was_killed_is_taken_up_to_the_same_bytes_and_leaves_no_process(
    long_run: tuple[subprocess.Popen[bytes], Path, Path], tmp_path: Path
) -> None:
    process, out, roll = long_run
    until(lambda: len(list(out.glob("parts/seed-*.parquet"))) >= 3, 60)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = len(list(out.glob("parts/seed-*.parquet")))
    assert 3 <= kept < 10
    assert not (out / "comparison.csv").exists()
    workers = [int(file.name) for file in roll.iterdir()]
    assert workers
    until(lambda: not any(map(alive, workers)), 10)

    assert start(out, roll).wait(timeout=60) == 0
    quick = Plan.of(fake.FakeStudy(), 10, make_model=fake.fake_model)
    assert {name: (out / name).read_bytes() for name in TABLES} == saved(quick, 1, tmp_path / "undisturbed")


def test_shared_chance_makes_the_difference_steadier_than_its_terms() -> None:
    comparison = Comparison.of(run_plan(plan_of(30)))
    helped, none = (comparison.final("active_now", name) for name in ("helped", "none"))
    assert np.var(helped - none) < np.var(helped)
