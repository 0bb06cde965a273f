"""What pages of findings share: figures of a finished comparison as Markdown, and the page they go into."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from simcomunita.experiment.comparison import Comparison
from simcomunita.experiment.intervals import Difference, Price, paired_difference, price
from simcomunita.experiment.uncertainty import FEWEST_DRAWS, by_draw
from simcomunita.months import month_name
from simcomunita.outcomes import MEASURES

FEWEST_PAIRS = 12
SUMMED = {"active_years": ("active_now", "years of active citizens since {since}")}
"""Measures that are summed over the months since the branch, in years: from which, and how they are called."""
SHOWN = (
    "active_now",
    "active_years",
    "participants_now",
    "citizens_reached",
    "beneficiaries_taken_on",
    "never_askers_taken_on",
    "proximity_labs",
    "needs_met",
    "organisations_involved",
    "bridging_ties",
    "support_ties",
    "isolated_share",
    "in_crisis_now",
    "cost_euro",
)
"""Measures of most tables."""


def written(value: float, decimals: int, sign: str = "") -> str:
    """A number as an English reader writes it; `sign` is "+" where a rise shows one."""
    return f"{round(value, decimals) + 0.0:{sign},.{decimals}f}"  # no minus zero


def spanned(found: Difference, decimals: int) -> str:
    """A difference with its interval."""
    mean, low, high = (written(value, decimals) for value in (found.mean, found.low, found.high))
    return f"{mean} ({low} to {high})"


def priced(found: Price) -> str:
    """Euro for each one more, with the interval; a dash where none can be named."""
    if not found.known:
        return "–"
    each, low, high = (written(round(value, -1), 0) for value in (found.each, found.low, found.high))
    return f"{each} ({low} to {high})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """A Markdown table; the first `left` columns are flush left."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * left + "---:|" * (len(head) - left)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


@dataclass(frozen=True)
class Findings:
    """A finished comparison that findings are told from."""

    directory: Path
    comparison: Comparison

    @classmethod
    def read(cls, directory: str, fewest: int = FEWEST_PAIRS) -> Self:
        """Take up what `simcomunita compare` left in a directory; end where it stands on too little."""
        comparison = Comparison.read(directory)
        if comparison.pairs < fewest or comparison.about.scale != 1:
            sys.exit(
                f"Findings stand on at least {fewest} pairs of all residents, not {comparison.pairs} at this scale."
            )
        return cls(Path(directory), comparison)

    @cached_property
    def months_since(self) -> list[str]:
        """The months from the branch on, as YYYY-MM."""
        about = self.comparison.about
        return [month_name(month) for month in range(about.branch_at, about.until + 1)]

    def label(self, scenario: str) -> str:
        """How a scenario is called, its first letter small."""
        name = self.comparison.about.label(scenario, "en")
        return name[:1].lower() + name[1:]

    def name(self, measure: str) -> str:
        """How a measure is called."""
        if measure in SUMMED:
            return SUMMED[measure][1].format(since=self.months_since[0][:4])
        return MEASURES[measure].label_en

    def decimals(self, measure: str) -> int:
        """With how many decimals a measure is written."""
        return 0 if measure in SUMMED else MEASURES[measure].decimals

    def values(self, measure: str, scenario: str) -> NDArray[np.float64]:
        """A measure at the end of every run, or summed over the years since the branch; float64 (pairs)."""
        if measure not in SUMMED:
            return self.comparison.final(measure, scenario)
        months = self.monthly(SUMMED[measure][0], scenario)
        summed: NDArray[np.float64] = months.sum(axis=1) / 12
        return summed

    def units(self, measure: str, scenario: str) -> NDArray[np.float64]:
        """What intervals stand on: a value a pair or, where draws of the parameters have several pairs, a draw."""
        values, comparison = self.values(measure, scenario), self.comparison
        return by_draw(values, comparison.draws) if comparison.over_draws else values

    def monthly(self, measure: str, scenario: str) -> NDArray[np.float64]:
        """A measure in every month since the branch; float64 (pairs, months), pairs by seed."""
        series = self.comparison.series
        since = series[(series["scenario"] == scenario) & (series["month"] >= self.months_since[0])]
        wide = since.pivot(index="seed", columns="month", values=measure)
        return wide.to_numpy(np.float64)

    def difference(self, measure: str, one: str, other: str) -> Difference:
        """How much more one scenario has than another."""
        return paired_difference(self.units(measure, other), self.units(measure, one))

    def price(self, measure: str, one: str, other: str) -> Price:
        """What each one more costs in one scenario than in another, in euro."""
        cost, gain = (self.units(name, one) - self.units(name, other) for name in ("cost_euro", measure))
        return price(cost, gain)

    def against_baseline(self, measures: Sequence[str] = SHOWN) -> str:
        """Every scenario's difference to the baseline: a Markdown table."""
        about = self.comparison.about
        head = ["measure", self.label(about.baseline), *(f"{self.label(policy)}: more" for policy in about.policies)]
        rows = []
        for name in measures:
            before = written(float(self.values(name, about.baseline).mean()), self.decimals(name))
            found = (self.difference(name, policy, about.baseline) for policy in about.policies)
            rows.append([self.name(name), before, *(spanned(each, self.decimals(name)) for each in found)])
        return table(head, rows)

    def two(self, measures: Sequence[str] = SHOWN, names: tuple[str, str] | None = None) -> str:
        """The first policy beside the baseline: a Markdown table."""
        about = self.comparison.about
        policy, baseline = about.policies[0], about.baseline
        head = ["measure", *(names or (baseline, policy)), "difference (95 %)"]
        drawn = self.comparison.drawn >= FEWEST_DRAWS
        rows = [[*head, *(["nine draws in ten"] if drawn else []), "higher in"]]
        for name in measures:
            found, decimals = self.difference(name, policy, baseline), self.decimals(name)
            means = [written(value, decimals) for value in (found.mean_baseline, found.mean_policy)]
            gains = self.units(name, policy) - self.units(name, baseline)
            ends = (written(float(end), decimals) for end in np.nanquantile(gains, (0.05, 0.95)))
            rows.append([self.name(name), *means, spanned(found, decimals)])
            rows[-1] += [*([" to ".join(ends)] if drawn else []), f"{found.higher:.0%}"]
        return table(rows[0], rows[1:])

    def contrasts(self, pairs: Sequence[tuple[str, str]], measures: Sequence[str] = SHOWN) -> str:
        """Some scenarios against some others: a Markdown table."""
        head = ["measure", *(f"{self.label(one)} minus {self.label(other)}" for one, other in pairs)]
        rows = []
        for name in measures:
            found = (self.difference(name, one, other) for one, other in pairs)
            rows.append([self.name(name), *(spanned(each, self.decimals(name)) for each in found)])
        return table(head, rows)

    def course(self, measure: str) -> str:
        """A measure at the end of every year, mean of the runs: a Markdown table."""
        ends = [position for position, month in enumerate(self.months_since) if month.endswith("-12")]
        rows = []
        for scenario in self.comparison.about.scenarios:
            mean = self.monthly(measure, scenario).mean(axis=0)
            rows.append([self.label(scenario), *(written(mean[end], self.decimals(measure)) for end in ends)])
        return table([self.name(measure), *(f"end of {self.months_since[end][:4]}" for end in ends)], rows)

    def prices(self, measures: Sequence[str]) -> str:
        """Extra euro for each one more against the baseline: a Markdown table."""
        about = self.comparison.about
        head = ["euro for each one more", *(self.label(policy) for policy in about.policies)]
        rows = [
            [self.name(name), *(priced(self.price(name, policy, about.baseline)) for policy in about.policies)]
            for name in measures
        ]
        return table(head, rows)

    def write(self, home: Path, marks: Mapping[str, str]) -> None:
        """Fill a page's template (`page.md`) and write it beside it; every mark must be known."""
        identity = self.comparison.about.identity
        known = {
            "headline": self.comparison.headline(),
            "italian": self.comparison.headline("it"),
            "pairs": str(self.comparison.pairs),
            "version": identity.version,
            "hash": identity.configuration_hash,
            **marks,
        }
        page = filled((home / "page.md").read_text("utf-8"), known)
        (home / "README.md").write_text(page, "utf-8")

    def copy(self, names: Sequence[str], to: Path) -> None:
        """Keep some of the comparison's files."""
        for name in names:
            shutil.copyfile(self.directory / name, to / name)


def filled(page: str, marks: Mapping[str, str]) -> str:
    """Put figures in the place of their marks.

    Raises
    ------
    KeyError
        If the page has a mark that is not known.
    """
    return re.sub(r"\{(\w+)\}", lambda mark: marks[mark[1]], page)


def publish(home: Path, directory: str, marks: Mapping[str, str], findings: Findings | None = None) -> None:
    """Write a study's page and keep its table and picture beside it."""
    found = findings or Findings.read(directory)
    found.write(home, marks)
    found.copy(("comparison.csv", "comparison.png"), home)
