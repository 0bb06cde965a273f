"""A run of all residents over the months of the project, beside a bare NumPy prototype of a part of it."""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import asdict, replace
from typing import Any

from experiments.speed import measuring
from experiments.speed.measuring import (
    ROOT,
    Effort,
    Task,
    Time,
    apart,
    in_turns,
    ratios,
    seconds,
    spread,
    timed,
)
from experiments.speed.tables import table, verdict

SCENARIO = ROOT / "configs" / "scenarios" / "project.yaml"
WHOLE, FIRST_GROUPS = (1.5, 0.8), (1.0, 0.5)
"""Limit and aim of a run with everything on, and with ties, spreading and facilitators alone: CPU seconds on a machine
whose bare NumPy prototype takes `PROTOTYPE`, so that limits can be told as ratios on any machine.
"""
PROTOTYPE = 1.1
MEGABYTES, GROWING = 500, 3.0
LATER = ("co_programming", "reciprocity", "housing", "work", "proximity", "youth", "generation", "routine")
"""Mechanisms that are off where ties, spreading and facilitators are timed alone."""
SEED = 1
FEW = 0.02
"""Scale at which every kernel is used, and little else happens."""


def first_use(effort: Effort) -> dict[str, float]:
    """Everything once with few residents, in this fresh process: nearly all of it is imports and machine code."""
    times: list[Time] = []
    with timed(times):
        from simcomunita import CommunityModel, load_scenario

        CommunityModel(load_scenario(SCENARIO), SEED, FEW).run()
    return asdict(times[0])


def find(effort: Effort) -> dict[str, Any]:
    """Start-up, memory after one run, then the run and the prototype in turns, all in this fresh process."""
    start_up: dict[str, list[Time]] = {name: [] for name in ("imports", "reading", "growing", "first run")}
    with timed(start_up["imports"]):
        from simcomunita import CommunityModel, grow, load_scenario
    with timed(start_up["reading"]):
        scenario = load_scenario(SCENARIO)
    with timed(start_up["growing"]):
        population = grow(scenario.territory, SEED, effort.run_scale)
    with timed(start_up["first run"]):
        model = CommunityModel(scenario, SEED, effort.run_scale, population).run()
    # Before anything else is done that a run does not need.
    peak = measuring.peak_megabytes()
    ties_at_the_end = len(model.ties)
    del model

    from experiments.speed.arrays import ArrayCommunity
    from experiments.speed.phases import phases
    from experiments.speed.workload import Rules, Start

    splits: list[dict[str, float]] = []

    def live(_: object) -> None:
        with phases() as spent:
            CommunityModel(scenario, SEED, effort.run_scale, population).run()
        splits.append(spent)

    parameters = scenario.parameters
    off = {name: getattr(parameters, name).model_copy(update={"on": False}) for name in LATER}
    fewer = replace(scenario, parameters=parameters.model_copy(update=off))

    def live_in_arrays(prototype: ArrayCommunity) -> None:
        for _ in range(scenario.months):
            prototype.step()

    start = Start.of(population)
    times = in_turns(
        {
            "run": Task(lambda: None, live),
            "first groups": Task(
                lambda: None, lambda _: CommunityModel(fewer, SEED, effort.run_scale, population).run()
            ),
            "prototype": Task(lambda: ArrayCommunity(start, Rules(), SEED), live_in_arrays),
            "growing": Task(lambda: None, lambda _: grow(scenario.territory, SEED, effort.run_scale)),
        },
        effort.run_turns,
    )
    return {
        "residents": len(population),
        "months": scenario.months,
        "ties": [len(population.ties), ties_at_the_end],
        "start_up": {name: asdict(time[0]) for name, time in start_up.items()},
        "peak_megabytes": peak,
        "times": {name: [asdict(time) for time in these] for name, these in times.items()},
        "splits": splits,
    }


def report(effort: Effort) -> str:
    """Measure in processes of their own, and tell."""
    # The first process compiles what is not yet kept, so that the next ones find all of it.
    apart("whole_run.first_use", effort)
    found = apart("whole_run.find", effort)
    times = {name: [Time(**time) for time in these] for name, these in found["times"].items()}
    parts = [_run(found, times), _start_up(found, times, effort), _month(found, times)]
    return "\n\n".join([*parts, measuring.noise(times[measuring.NOISE])])


def _run(found: dict[str, Any], times: measuring.Times) -> str:
    run, first, prototype = (seconds(times[name]) for name in ("run", "first groups", "prototype"))
    peak = found["peak_megabytes"]
    title = (
        f"A run of {found['residents']:,} residents over {found['months']} months "
        f"({found['ties'][0]:,} ties at first, {found['ties'][1]:,} at the end); {len(run)} turns"
    )
    rows = [
        _against("a run, everything on, CPU s beyond start-up", run, *WHOLE),
        _against("a run, ties, spreading and facilitators alone, CPU s", first, *FIRST_GROUPS),
        ["a run, everything on, wall-clock s", spread([t.wall for t in times["run"]]), "", ""],
        ["bare NumPy prototype of decay, contagion, closure, CPU s", spread(prototype), "", ""],
        _against("everything on / prototype, turn by turn", ratios(run, prototype), WHOLE[0] / PROTOTYPE),
        _against("those alone / prototype, turn by turn", ratios(first, prototype), FIRST_GROUPS[0] / PROTOTYPE),
        [
            "peak memory of a process that grows and runs once, MB",
            f"{peak:.0f}",
            str(MEGABYTES),
            verdict(peak, MEGABYTES),
        ],
    ]
    return f"{title}\n\n" + table(["", "median (least–most)", "limit", ""], rows)


def _against(what: str, values: list[float], limit: float, aim: float | None = None) -> list[str]:
    """A row of values beside their limit."""
    said = f"{limit:.2f}" if aim is None else f"{limit} (aim {aim})"
    return [what, spread(values), said, verdict(statistics.median(values), limit)]


def _start_up(found: dict[str, Any], times: measuring.Times, effort: Effort) -> str:
    once = {name: Time(**time) for name, time in found["start_up"].items()}
    growing = statistics.median(seconds(times["growing"]))
    loading = once["first run"].cpu - statistics.median(seconds(times["run"]))
    grown_at_first = once["growing"]
    rows = [
        ["imports", f"{once['imports'].cpu:.2f}", "", ""],
        ["reading the scenario and its territory", f"{once['reading'].cpu:.2f}", "", ""],
        ["growing all residents, again", spread(seconds(times["growing"])), str(GROWING), verdict(growing, GROWING)],
        [
            "growing, first time in the process (with machine code from the cache)",
            f"{grown_at_first.cpu:.2f}",
            str(GROWING),
            verdict(grown_at_first.cpu, GROWING),
        ],
        ["first run beyond the later ones (machine code from the cache)", f"{max(loading, 0.0):.2f}", "", ""],
    ]
    if effort.thorough:
        with tempfile.TemporaryDirectory() as empty:
            anew = apart("whole_run.first_use", effort, NUMBA_CACHE_DIR=empty)
        kept = apart("whole_run.first_use", effort)
        compiling = f"{anew['cpu'] - kept['cpu']:.1f}"
        rows.append(["compiling everything from nothing, once an installation", compiling, "", ""])
    return "Start-up, not counted above, CPU s\n\n" + table(["", "median (least–most)", "limit", ""], rows)


def _month(found: dict[str, Any], times: measuring.Times) -> str:
    run, splits, months = seconds(times["run"]), found["splits"], found["months"]
    by_phase = {phase: [split[phase] for split in splits] for phase in splits[0]}
    by_phase["money, opening and the rest"] = [
        whole - sum(split.values()) for whole, split in zip(run, splits, strict=True)
    ]
    rows = [
        [
            phase,
            spread([1000 * t / months for t in these]),
            f"{100 * statistics.median(ratios(these, run)):.1f}",
        ]
        for phase, these in by_phase.items()
    ]
    rows.append(["the month", spread([1000 * t / months for t in run]), "100.0"])
    return "Where a month's CPU time goes\n\n" + table(["phase", "ms a month, median (least–most)", "%"], rows)
