"""Measure what giving out a task costs: two local processes, and two workers of a Dask scheduler on the loopback.

python -m experiments.cluster [turns]

A task sleeps for half a second, so that a busy machine disturbs little, but carries what a real one carries: the
whole configuration there, and the series of two scenarios back. What a task costs beyond its sleep is the slope of
time by the clock between few and many tasks, times two workers; starting up is not in it.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from experiments.cluster.sleeping import SLEEP, sleeper
from simcomunita import load_study
from simcomunita.experiment import Plan, run_plan
from simcomunita.experiment.branching import Work, work_on
from simcomunita.experiment.cluster import Cluster, connected

WORKERS, FEW, MANY = 2, 4, 24


def plan_of(tasks: int) -> Plan:
    return Plan.of(load_study("facilitators_8_vs_0"), tasks, 0.02, sleeper)


@contextmanager
def ring() -> Iterator[str]:
    """A scheduler and its workers, as processes of their own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "scheduler.json")
        common = ["--no-dashboard", "--scheduler-file", str(file)]
        workers = [["dask_worker", *common, "--no-nanny", "--nthreads", "1"]] * WORKERS
        started = [
            subprocess.Popen([sys.executable, "-m", f"distributed.cli.{command}", *words], stderr=subprocess.DEVNULL)
            for command, *words in (["dask_scheduler", *common, "--host", "127.0.0.1", "--port", "0"], *workers)
        ]
        try:
            while not file.exists() or not file.read_text():
                time.sleep(0.1)
            yield json.loads(file.read_text())["address"]
        finally:
            for process in started:
                process.kill()
                process.wait()


def cost(workers: int | Cluster) -> float:
    """Milliseconds a task beyond its sleep."""
    clock = []
    for tasks in (FEW, MANY):
        started = time.perf_counter()
        ensemble = run_plan(plan_of(tasks), workers)
        clock.append(time.perf_counter() - started)
        assert len(ensemble.parts) == tasks, ensemble.failures
    return 1e3 * ((clock[1] - clock[0]) / (MANY - FEW) * WORKERS - SLEEP)


def main(turns: int) -> None:
    plan = plan_of(2)
    there = Work.of(plan)
    back = work_on(there, plan.tasks[0])
    sent = sum(values.nbytes for run in back.runs.values() for values in run.series.values())
    print(f"{len(there.content) / 1e3:.0f} kB there, {sent / 1e3:.0f} kB back, tasks of {SLEEP} s")
    with ring() as address, connected(address) as cluster:
        while cluster.room() < WORKERS:
            time.sleep(0.2)
        run_plan(plan, cluster)
        costs = [(cost(WORKERS), cost(cluster)) for _ in range(turns)]
    for name, own in zip(("processes", "cluster"), zip(*costs, strict=True), strict=True):
        print(f"{name}: {statistics.median(own):.1f} ms a task ({min(own):.1f} to {max(own):.1f}, {turns} turns)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
