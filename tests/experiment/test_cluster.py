"""Tasks on a Dask cluster: a real scheduler and its workers, on the loopback interface."""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dask
import fake_community as fake
import pytest

from simcomunita.configuration import ConfigurationError
from simcomunita.experiment import Ensemble, PartStore, Plan, cluster, run_plan
from simcomunita.experiment.branching import Work, work_on
from simcomunita.experiment.cluster import connected
from simcomunita.experiment.plan import ExperimentError, LostError
from simcomunita.experiment.running import Progress
from tests.loopback import Loopback, loopback, wait_until


def plan_of(seeds: int, make_model: object = fake.fake_model) -> Plan:
    return Plan.of(fake.FakeStudy(), seeds, make_model=make_model)  # type: ignore[arg-type]


def bits(run: Ensemble[Plan]) -> list[object]:
    """All that came out, to the last bit."""
    return [
        (part.task, name, one.outcomes, {column: values.tobytes() for column, values in one.series.items()})
        for part in run.parts
        for name, one in part.runs.items()
    ]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler on a busy computer may take its time."""
    monkeypatch.setattr(cluster, "CONNECT", 60.0)


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loopback]:
    """Two workers, one of which has two threads."""
    with loopback(tmp_path_factory.mktemp("ring"), 1) as started:
        started.worker("--nthreads", "2")
        started.wait_for(2)
        yield started


@pytest.fixture
def frail(tmp_path: Path) -> Iterator[Loopback]:
    """Two workers whose scheduler gives a task up when it has taken two of them with it."""
    folder = tmp_path / "ring"
    folder.mkdir()
    with loopback(folder, 2, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1") as started:
        yield started


def test_results_are_those_of_a_run_without_a_cluster(ring: Loopback) -> None:
    with connected(ring.address) as workers:
        assert bits(run_plan(plan_of(8), workers)) == bits(run_plan(plan_of(8), 1))


def test_a_worker_does_one_task_at_a_time_however_many_threads_it_has(ring: Loopback) -> None:
    told: list[tuple[str, dict[str, object]]] = []
    with connected(ring.address, lambda key, **values: told.append((key, values))) as workers:
        assert workers.room() == 2
        alone = [future.result() for future in [workers.submit(fake.lonely) for _ in range(12)]]
    assert alone == [True] * 12
    assert [(key, values["threads"]) for key, values in told] == [("threads", 2)]


def test_a_task_that_fails_there_is_told_as_if_it_had_failed_here(ring: Loopback) -> None:
    with connected(ring.address) as workers:
        there, here = (run_plan(plan_of(5, fake.fragile_model), where) for where in (workers, 1))
        with pytest.raises(ConfigurationError, match="a share is missing"):
            run_plan(plan_of(3, fake.misconfigured_model), workers)
    assert [(f.task, f.where, f.error) for f in there.failures] == [(f.task, f.where, f.error) for f in here.failures]
    assert [part.task for part in there.parts] == [part.task for part in here.parts]


def test_a_worker_that_would_run_another_configuration_is_named(ring: Loopback) -> None:
    plan = plan_of(2)
    work = Work.of(plan)
    told_else = replace(work, identity=replace(work.identity, configuration_hash="0" * 64))
    with connected(ring.address) as workers, pytest.raises(LostError) as refused:
        workers.submit(work_on, told_else, plan.tasks[0]).result()
    assert f"configuration_hash {'f' * 64}, not {'0' * 64}" in str(refused.value)
    assert socket.gethostname() in str(refused.value)


def test_an_interruption_takes_back_what_was_given_out(ring: Loopback, tmp_path: Path) -> None:
    def press(progress: Progress) -> None:
        if progress.done:
            raise KeyboardInterrupt

    plan = plan_of(30, fake.slow_model)
    store = PartStore.open(tmp_path, plan.identity)
    with connected(ring.address) as workers:
        with pytest.raises(KeyboardInterrupt):
            run_plan(plan, workers, store, press)
        wait_until(lambda: not any(workers._client.processing().values()))
    assert 1 <= len(store.taken_up(plan.tasks)) < 30


# -- refused before anything is given out -------------------------------------------------------

OLDER = "import simcomunita\nsimcomunita.__version__ = '0.0.9'\n"
OTHER_NUMBA = (
    "from distributed import versions\n"
    "versions._version_cached = lambda name, true=versions._version_cached: '0.1' if name == 'numba' else true(name)\n"
)
WITHOUT = "import sys\nsys.modules['simcomunita'] = None\n"


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (OLDER, r"has simcomunita 0\.0\.9, here it is \d"),
        (OTHER_NUMBA, r"has numba 0\.1, here it is \d"),
        (WITHOUT, r"cannot say which simcomunita it has .*here it is \d"),
    ],
)
def test_a_worker_that_is_unlike_this_process_is_refused_by_name(
    ring: Loopback, tmp_path: Path, script: str, why: str
) -> None:
    file = tmp_path / "unlike.py"
    file.write_text(script)
    process = ring.worker("--nthreads", "1", "--preload", str(file))
    ring.wait_for(3)
    try:
        with pytest.raises(ExperimentError) as refused, connected(ring.address):
            pass
    finally:
        process.kill()
        ring.wait_for(2)
    assert re.search(rf"the worker tcp://127\.0\.0\.1:\d+ {why}", str(refused.value))


@pytest.mark.parametrize("address", ["", "here", "tcp://here", "http://here:8786", "tcp://:8786", "tcp://a b:8786"])
def test_what_is_no_address_is_said_to_be_none(address: str) -> None:
    with (
        pytest.raises(ExperimentError, match=r"no address of a scheduler; expected one such as tcp://"),
        connected(address),
    ):
        pass


def test_a_port_where_nothing_listens_and_one_where_something_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ExperimentError, match=r"no Dask scheduler answered .*something else"), connected(address):
            pass
    with pytest.raises(ExperimentError, match=r"no Dask scheduler answered .*dask scheduler"), connected(address):
        pass


def test_certificates_that_dask_does_not_know_of_are_asked_for() -> None:
    with pytest.raises(ExperimentError, match=r"cannot be connected to .*TLS"), connected("tls://127.0.0.1:1"):
        pass


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExperimentError, match=r'pip install "simcomunita\[cluster\]"'), connected("tcp://here:8786"):
        pass


# -- lost on the way ----------------------------------------------------------------------------


def test_a_worker_that_is_killed_on_the_way_changes_nothing(frail: Loopback) -> None:
    def kill(progress: Progress) -> None:
        if progress.done == 3:
            frail.processes[1].send_signal(signal.SIGKILL)

    plan = plan_of(12, fake.slow_model)
    with connected(frail.address) as workers:
        run = run_plan(plan, workers, None, kill)
    assert frail.processes[1].wait() == -signal.SIGKILL
    assert bits(run) == bits(run_plan(plan_of(12), 1))


def test_a_task_that_takes_its_workers_with_it_fails_and_the_others_go_on(frail: Loopback) -> None:
    frail.worker()
    frail.wait_for(3)
    with connected(frail.address) as workers:
        run = run_plan(plan_of(6, fake.dying_model), workers)
    assert [part.task.seed for part in run.parts] == [1, 3, 4, 5, 6]
    (failure,) = run.failures
    assert (failure.task.seed, failure.where) == (2, "its process")
    assert "2 workers ended abruptly" in failure.error


@pytest.mark.parametrize(
    ("who", "why"), [("scheduler", "scheduler (has gone|was lost|.*answer)"), ("workers", "no worker is left")]
)
def test_when_all_are_lost_it_says_so_and_the_rest_can_be_done_elsewhere(
    frail: Loopback, tmp_path: Path, who: str, why: str
) -> None:
    def kill(progress: Progress) -> None:
        if progress.done == 3:
            for process in frail.processes[:1] if who == "scheduler" else frail.processes[1:]:
                process.kill()

    plan = plan_of(12, fake.slow_model)
    store = PartStore.open(tmp_path / "out", plan.identity)
    told: list[str] = []
    with (
        dask.config.set({cluster.WAIT_SETTING: "300ms"}),
        connected(frail.address, lambda key, **_: told.append(key)) as workers,
        pytest.raises(LostError, match=rf"{why}.* finished seeds are kept in"),
    ):
        run_plan(plan, workers, store, kill)
    kept = len(store.taken_up(plan.tasks))
    assert 3 <= kept < 12
    assert told == ([] if who == "scheduler" else ["no worker left"])
    again = run_plan(plan_of(12), 1, store)
    assert again.taken_up == kept
    assert bits(again) == bits(run_plan(plan_of(12), 1))


def test_a_worker_is_waited_for_as_long_as_was_said_and_no_longer(tmp_path: Path) -> None:
    with loopback(tmp_path) as empty:
        told: list[str] = []
        with (
            dask.config.set({cluster.WAIT_SETTING: "300ms"}),
            pytest.raises(ExperimentError, match=r"has no worker, and none has come.*dask worker tcp://"),
            connected(empty.address, lambda key, **_: told.append(key)),
        ):
            pass
        assert told == ["waiting"]
        start = threading.Timer(0.5, empty.worker)
        start.start()
        with connected(empty.address) as workers:
            assert workers.submit(os.getpid).result() != os.getpid()
        start.join()


def test_a_wait_that_is_no_time_is_refused() -> None:
    with (
        dask.config.set({cluster.WAIT_SETTING: "a while"}),
        pytest.raises(ExperimentError, match=r'"a while"; expected a time such as 40s'),
        connected("tcp://here:8786"),
    ):
        pass
