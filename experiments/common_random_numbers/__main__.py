"""Run the futures that draw in other ways, hold them against those of two studies, and write the page.

python -m experiments.common_random_numbers out/facilitators_0_to_16 out/facilitators_8_vs_9 out/touched

A fourth folder (out/ways_of_drawing) also runs the futures of ways.yaml.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.common_random_numbers.figure import draw
from experiments.common_random_numbers.saving import IN_FULL, Saving, Values, saving, times, together
from experiments.common_random_numbers.worlds import make_world
from experiments.findings import filled, table, written
from simcomunita import load_study
from simcomunita.experiment.comparison import Comparison
from simcomunita.experiment.parts import PartStore
from simcomunita.experiment.plan import Plan
from simcomunita.experiment.running import run_plan
from simcomunita.outcomes import MEASURES

HERE = Path(__file__).parent
MEASURED = ("active_now", "citizens_reached", "support_ties", "isolated_share", "beneficiaries_taken_on", "cost_euro")
WANTED = {"eight": 3.0, "nine": 10.0}
"""How many times fewer pairs are asked for: of the flagship, and of a small change."""
DATES = ("2019-12", "2020-01", "2020-03", "2020-06", "2020-12", "2021-12", "2022-12", "2023-12", "2024-12")


class Worlds:
    """The series of all futures, by name, with the same seeds in each."""

    def __init__(self, *comparisons: Comparison) -> None:
        self.frames: dict[str, pd.DataFrame] = {}
        for comparison in comparisons:
            for name, frame in comparison.series.groupby("scenario"):
                self.frames.setdefault(str(name), frame)

    def seeds(self, *futures: str) -> list[int]:
        """The seeds that all of some futures have, ascending."""
        return sorted(set.intersection(*(set(self.frames[name]["seed"]) for name in futures)))

    @cached_property
    def months(self) -> list[str]:
        """All months, as YYYY-MM."""
        return sorted(set(next(iter(self.frames.values()))["month"]))

    def two(self, measure: str, one: str, other: str) -> tuple[Values, Values]:
        """A measure in two futures: float64 (seeds, months) each, of the seeds that both have."""
        seeds = self.seeds(one, other)
        wide = (self.frames[name].pivot(index="seed", columns="month", values=measure) for name in (one, other))
        first, second = (frame.loc[seeds].to_numpy(np.float64) for frame in wide)
        return first, second

    def saving(self, measure: str, one: str, other: str, month: str | None = None) -> Saving:
        """What is saved in a month, or at the end."""
        at = self.months.index(month) if month else -1
        first, second = self.two(measure, one, other)
        return saving(first[:, at], second[:, at])

    def over_months(self, measure: str, one: str, other: str) -> Values:
        """What is saved, month by month."""
        return times(*self.two(measure, one, other))


def told(value: float) -> str:
    """A saving as a reader writes it."""
    if np.isnan(value):
        return "–"
    return "all" if value >= IN_FULL else written(value, 1 if value < 20 else 0)


def spanned(found: Saving) -> str:
    """A saving with its interval."""
    return f"{told(found.times)} ({told(found.low)} to {told(found.high)})"


def headlines(worlds: Worlds, one: str, other: str) -> str:
    """What is saved at the end for each headline measure, and what bounds it: a Markdown table."""
    head = ["measure at the end", "times fewer pairs (95 %)", "wanted", "reached", "correlation", "most possible"]
    rows = []
    for measure in MEASURED:
        found, wanted = worlds.saving(measure, one, other), WANTED[one]
        reached = "yes" if found.times >= wanted else "no"
        figures = [told(wanted), reached, written(found.correlation, 2), told(found.most)]
        rows.append([MEASURES[measure].label_en, spanned(found), *figures])
    return table(head, rows)


def ways(worlds: Worlds, futures: Mapping[str, tuple[str, str]]) -> str:
    """What is saved at the end by the way in which chance is drawn: a Markdown table."""
    rows = [
        [MEASURES[measure].label_en, *(spanned(worlds.saving(measure, *two)) for two in futures.values())]
        for measure in MEASURED
    ]
    return table(["times fewer pairs at the end", *futures], rows)


def fading(measure: str, futures: Mapping[str, tuple[Worlds, str, str]]) -> str:
    """How the correlation of two futures over seeds decays, date by date: a Markdown table."""
    rows = []
    for name, (worlds, *two) in futures.items():
        first, second = worlds.two(measure, *two)
        at = (worlds.months.index(date) for date in DATES)
        rows.append([name, *(written(together(first[:, k], second[:, k]), 2) for k in at)])
    return table([MEASURES[measure].label_en, *DATES], rows)


def spreads(worlds: Worlds) -> str:
    """Mean and spread over seeds of each future: a Markdown table."""
    rows = []
    for measure in MEASURED:
        decimals = MEASURES[measure].decimals
        cells = []
        for future in ("none", "eight", "nine"):
            values = worlds.two(measure, future, future)[0][:, -1]
            cells.append(f"{written(values.mean(), decimals)} ± {written(values.std(ddof=1), decimals)}")
        rows.append([MEASURES[measure].label_en, *cells])
    return table(["mean ± standard deviation over seeds", "none", "eight", "nine"], rows)


KEYED, STREAM, PAST = "as shipped", "one stream after 2019", "shared past only"
FLAGSHIP = {KEYED: ("eight", "none"), STREAM: ("eight_stream", "none_stream"), PAST: ("eight", "none_fresh")}
SMALL = {KEYED: ("nine", "eight"), STREAM: ("nine_stream", "eight_stream"), PAST: ("nine", "eight_fresh")}
NOT_RUN = "*Not run yet: `ways.yaml` says with which futures; the command above with a fourth folder runs them.*"


SMALLER = 0.1
"""Share of the residents in the runs with a tired citizen."""


def run(study: str, directory: str, scale: float = 1.0) -> Comparison:
    """Run the futures of one of the studies beside this file, or take them up."""
    plan = Plan.of(load_study(HERE / study), scale=scale, make_model=make_world)
    comparison = Comparison.of(run_plan(plan, 2, PartStore.open(Path(directory), plan.identity)))
    comparison.save(directory)
    return comparison


def main(doses: str, ninth: str, touched: str, drawn: str = "") -> None:
    """Run, compare, and write the page and the figure beside this file; the ways of drawing where a folder is named."""
    dose = Comparison.read(doses)
    others = [run("ways.yaml", drawn)] if drawn else []
    worlds = Worlds(Comparison.read(ninth), dose, *others)
    tired = Worlds(run("touched.yaml", touched, SMALLER))
    parting = {
        "eight and nine": (worlds, "eight", "nine"),
        "eight and none": (worlds, "eight", "none"),
        "eight, one citizen tired": (tired, "eight", "eight_touched"),
    }
    if drawn:
        parting["eight, other luck from 2020 on"] = (worlds, "eight", "eight_fresh")
    page = filled(
        (HERE / "page.md").read_text("utf-8"),
        {
            "flagship": headlines(worlds, "eight", "none"),
            "small": headlines(worlds, "nine", "eight"),
            "touched": ways(tired, {"eight against eight with one tired citizen": ("eight_touched", "eight")}),
            "ways_flagship": ways(worlds, FLAGSHIP) if drawn else NOT_RUN,
            "ways_small": ways(worlds, SMALL) if drawn else NOT_RUN,
            "fading": fading("active_now", parting),
            "fading_isolated": fading("isolated_share", parting),
            "spreads": spreads(worlds),
            "pairs_flagship": str(len(worlds.seeds("eight", "none"))),
            "pairs_small": str(len(worlds.seeds("eight", "nine"))),
            "pairs_touched": str(len(tired.seeds("eight", "eight_touched"))),
            "version": dose.about.identity.version,
            "code": dose.about.identity.code,
        },
    )
    (HERE / "README.md").write_text(page, "utf-8")
    lines = {
        two: {name: worlds.over_months(name, *two) for name in MEASURED} for two in (FLAGSHIP[KEYED], SMALL[KEYED])
    }
    draw(worlds.months, lines, HERE / "fading.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
