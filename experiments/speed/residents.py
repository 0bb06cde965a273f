"""Time against the number of residents, with everything on."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.speed import measuring
from experiments.speed.measuring import Effort, Task, Time, apart, in_turns, seconds, spread
from experiments.speed.phases import phases
from experiments.speed.tables import table, verdict
from experiments.speed.whole_run import SCENARIO, SEED

if TYPE_CHECKING:
    from simcomunita.model import CommunityModel

EXPONENT = 1.15
"""At most."""


def find(effort: Effort) -> dict[str, Any]:
    """All sizes in turns, in this fresh process; every turn lives the same months."""
    from simcomunita import CommunityModel, grow, load_scenario

    scenario = load_scenario(SCENARIO)
    populations = {f"{scale:g}": grow(scenario.territory, SEED, scale) for scale in effort.scales}
    splits: dict[str, list[dict[str, float]]] = {name: [] for name in populations}

    def task(name: str) -> Task:
        population = populations[name]

        def ready() -> CommunityModel:
            model = CommunityModel(scenario, SEED, population.scale, population)
            return model.advance_to(model.month + effort.warm_up_months)

        def live(model: CommunityModel) -> None:
            with phases() as spent:
                model.advance_to(model.month + effort.months)
            splits[name].append(spent)

        return Task(ready, live)

    # A first round, that no turn finds machine code missing.
    smallest = task(next(iter(populations)))
    smallest.work(smallest.prepare())
    for split in splits.values():
        split.clear()
    times = in_turns({name: task(name) for name in populations}, effort.repetitions)
    return {
        "residents": {name: len(population) for name, population in populations.items()},
        "ties": {name: len(population.ties) for name, population in populations.items()},
        "times": {name: [asdict(time) for time in these] for name, these in times.items()},
        "splits": splits,
        "peak_megabytes": measuring.peak_megabytes(),
    }


def exponent(residents: Sequence[float], time: Sequence[float]) -> float:
    """The slope of the straight line through the logarithms, by least squares."""
    return float(np.polyfit(np.log(residents), np.log(time), 1)[0])


def report(effort: Effort) -> str:
    """Measure in a process of its own, and tell."""
    found = apart("residents.find", effort)
    times = {name: [Time(**time) for time in these] for name, these in found["times"].items()}
    sizes: dict[str, int] = found["residents"]
    by_size = {name: seconds(times[name]) for name in sizes}
    title = (
        f"Time against residents: everything on, {effort.months} months after {effort.warm_up_months}; "
        f"{effort.repetitions} turns; peak memory of all sizes together {found['peak_megabytes']:,.0f} MB"
    )
    rows, before = [], ""
    for name, size in sizes.items():
        a_month = [t / effort.months for t in by_size[name]]
        local = ""
        if before:
            steps = [math.log(b / a) for a, b in zip(by_size[before], by_size[name], strict=True)]
            local = f"{statistics.median(steps) / math.log(size / sizes[before]):.2f}"
        ties = f"{found['ties'][name]:,}"
        whole, each = spread([1000 * t for t in a_month], 1), spread([1e6 * t / size for t in a_month])
        rows.append([f"{size:,}", ties, whole, each, local])
        before = name
    head = ["residents", "first ties", "ms a month (median, least–most)", "µs a resident", "exponent from above"]
    slopes = [exponent(list(sizes.values()), turn) for turn in zip(*by_size.values(), strict=True)]
    middle = statistics.median(slopes)
    line = f"Exponent of all sizes: {spread(slopes)}; limit {EXPONENT}: {verdict(middle, EXPONENT)}."
    noise = measuring.noise(times[measuring.NOISE])
    return "\n\n".join([title, table(head, rows), line, _phases(found, effort), noise])


def _phases(found: dict[str, Any], effort: Effort) -> str:
    """What each phase takes a resident, and its own exponent."""
    sizes, splits = found["residents"], found["splits"]
    rows = []
    for phase in next(iter(splits.values()))[0]:
        middles = [statistics.median(split[phase] for split in splits[name]) / effort.months for name in sizes]
        each = [f"{1e9 * t / size:.1f}" for t, size in zip(middles, sizes.values(), strict=True)]
        slope = f"{exponent(list(sizes.values()), middles):.2f}" if min(middles) > 0 else ""
        rows.append([phase, *each, slope])
    head = ["phase", *(f"{size:,}" for size in sizes.values()), "exponent"]
    return "Nanoseconds of a month a resident, by phase\n\n" + table(head, rows)
