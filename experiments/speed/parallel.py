"""What a second process gains: the flagship study with one and with two, in turns, and where the rest of it goes."""

from __future__ import annotations

import statistics
import time
from typing import Any

from experiments.speed import measuring
from experiments.speed.measuring import ROOT, Effort, Time, apart, fixed_work, spread, timed
from experiments.speed.tables import table

STUDY = ROOT / "configs" / "studies" / "facilitators_8_vs_0.yaml"
EFFICIENCY = 0.9
"""At least: the time of one process over that of two, halved."""
SEEDS, FEW_SEEDS = 8, 2


def one(effort: Effort) -> dict[str, Any]:
    """The study in this fresh process alone."""
    return _run(effort, 1)


def two(effort: Effort) -> dict[str, Any]:
    """The study over two processes that this fresh one starts."""
    return _run(effort, 2)


def _run(effort: Effort, workers: int) -> dict[str, Any]:
    begin = time.perf_counter()
    from simcomunita.experiment import Plan, Progress, run_plan
    from simcomunita.scenario import load_study

    plan = Plan.of(load_study(STUDY), SEEDS if effort.thorough else FEW_SEEDS, effort.run_scale)
    told: list[float] = []

    def tell(_: Progress) -> None:
        told.append(time.perf_counter() - begin)

    ensemble = run_plan(plan, workers, progress=tell)
    wall = time.perf_counter() - begin
    # Between the last two ends one of two processes has nothing to do.
    tail = told[-1] - told[-2] if workers > 1 else 0.0
    return {"wall": wall, "tasks": [part.seconds for part in ensemble.parts], "ready": told[0], "tail": tail}


def report(effort: Effort) -> str:
    """Run it with one and with two in turns, and tell."""
    apart("whole_run.first_use", effort)  # compiles what is not yet kept
    found: dict[str, list[dict[str, Any]]] = {"one": [], "two": []}
    noise: list[Time] = []
    for turn in range(effort.repetitions):
        for name in ("one", "two")[:: 1 - 2 * (turn % 2)]:
            with timed(noise):
                fixed_work()
            found[name].append(apart(f"parallel.{name}", effort))
    with timed(noise):
        fixed_work()
    seeds = len(found["one"][0]["tasks"])
    title = f"The flagship study, {seeds} pairs, scale {effort.run_scale:g}; {effort.repetitions} turns"
    return f"{title}\n\n{_rows(found)}\n\n{measuring.noise(noise)}"


def _rows(found: dict[str, list[dict[str, Any]]]) -> str:
    pairs = list(zip(found["one"], found["two"], strict=True))
    efficiency = [a["wall"] / (2.0 * b["wall"]) for a, b in pairs]
    middle = statistics.median(efficiency)
    rows = [
        ["one process, wall-clock s, imports included", spread([a["wall"] for a, _ in pairs], 1), "", ""],
        ["two processes, wall-clock s", spread([b["wall"] for _, b in pairs], 1), "", ""],
        [
            "efficiency: one / (2 x two)",
            spread(efficiency),
            f"at least {EFFICIENCY}",
            "holds" if middle >= EFFICIENCY else "MISSED",
        ],
        [
            "CPU s of all tasks, two / one (shared caches and memory, machine code loaded twice)",
            spread([sum(b["tasks"]) / sum(a["tasks"]) for a, b in pairs]),
            "",
            "",
        ],
        ["share of two cores' time that tasks have", spread([_busy(b) for _, b in pairs]), "", ""],
        ["until the study is read and planned, s", spread([b["ready"] for _, b in pairs]), "", ""],
        ["at the end, while the last task runs alone, s", spread([b["tail"] for _, b in pairs]), "", ""],
    ]
    return table(["", "median (least–most)", "limit", ""], rows)


def _busy(run: dict[str, Any]) -> float:
    return float(sum(run["tasks"]) / (2.0 * run["wall"]))
