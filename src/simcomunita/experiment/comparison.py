"""Comparing scenarios pair by pair, in tables, sentences and pictures."""

from __future__ import annotations

import html
import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simcomunita.experiment import sentences, tables
from simcomunita.experiment.about import About
from simcomunita.experiment.better import sign
from simcomunita.experiment.branching import Failure
from simcomunita.experiment.costing import cost_measure, yearly_costs
from simcomunita.experiment.frames import RUN_KEYS, run_table, series_table
from simcomunita.experiment.intervals import (
    Difference,
    Price,
    paired_difference,
    price,
)
from simcomunita.experiment.plan import ExperimentError, Plan
from simcomunita.experiment.running import Ensemble
from simcomunita.experiment.uncertainty import (
    FEWEST_DRAWS,
    Spread,
    acceptability,
    by_draw,
    pairs_saved,
    regret,
    spread,
)
from simcomunita.experiment.wording import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from simcomunita.app.widgets.chart import Chart

NO_APP = 'plot() needs the extra "app": pip install "simcomunita[app]". figure() and measure_figure() draw without it.'

USUAL_HEADLINE = ("active_now", "citizens_reached", "isolated_share", "cost_euro")


class RunsFailedError(RuntimeError):
    """No run finished, so there is nothing to compare."""

    def __init__(self, failures: Sequence[Failure]) -> None:
        self.failures = tuple(failures)
        super().__init__(f"every run failed; the first ({failures[0].task}) with {failures[0].error}")


@dataclass(frozen=True, eq=False)
class Comparison:
    """What was run, and what the policies change against the baseline.

    Attributes
    ----------
    about
        The facts of the study.
    runs
        A row a run: scenario, seed, draw, final outcomes.
    series
        A row a run and month: scenario, seed, draw, month (YYYY-MM), a column a measure. Scenarios share the
        rows before the branch.
    failures
        Seeds that did not finish; all their scenarios are left out.
    made
        How it was made (workers, seconds, ...), for the provenance.
    saved
        The provenance that was saved with it, if it was taken up from a folder.
    """

    about: About
    runs: pd.DataFrame
    series: pd.DataFrame
    failures: tuple[Failure, ...] = ()
    made: dict[str, Any] = field(default_factory=dict)
    saved: dict[str, Any] | None = None

    @classmethod
    def of(cls, ensemble: Ensemble[Plan]) -> Self:
        """Compare what came out of a plan.

        Raises
        ------
        RunsFailedError
            If no task finished.
        """
        if not ensemble.parts:
            raise RunsFailedError(ensemble.failures)
        about = About.of(ensemble.plan)
        return cls(
            about,
            run_table(about.scenarios, ensemble.parts),
            series_table(about.scenarios, ensemble.parts),
            ensemble.failures,
            {
                "seconds": ensemble.seconds,
                "processor_seconds": math.fsum(part.seconds for part in ensemble.parts),
                "taken_up": ensemble.taken_up,
            },
        )

    @classmethod
    def read(cls, directory: str | os.PathLike[str]) -> Self:
        """Take up a comparison that was saved.

        Raises
        ------
        ExperimentError
            If the directory holds none.
        """
        root = Path(directory)
        try:
            provenance = json.loads((root / "provenance.json").read_text("utf-8"))
            about = About.from_dict(provenance["about"])
            runs, series = pd.read_parquet(root / "runs.parquet"), pd.read_parquet(root / "series.parquet")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ExperimentError(f"{root}: holds no comparison that was saved ({error}).") from error
        return cls(about, runs, series, (), provenance.get("made", {}), provenance)

    @property
    def measures(self) -> list[str]:
        """Names of all measures that runs end with."""
        return [name for name in self.runs.columns if name not in RUN_KEYS]

    @property
    def pairs(self) -> int:
        """Number of pairs: seeds (times draws) that finished."""
        return len(self.runs) // len(self.about.scenarios)

    @property
    def shown(self) -> list[str]:
        """Measures that come first: the study's headline, or the usual ones, as far as there are any."""
        wanted = self.about.headline or USUAL_HEADLINE
        return [name for name in wanted if name in self.measures] or self.measures[:1]

    @cached_property
    def cost(self) -> str | None:
        """Name of the measure that counts the euro spent, or ``None``."""
        return cost_measure([name for name in self.measures if name in self.series])

    @cached_property
    def draws(self) -> NDArray[np.int64]:
        """The draw of every pair, (pairs)."""
        mine = self.runs.loc[self.runs["scenario"] == self.about.baseline, "draw"]
        return mine.to_numpy(dtype=np.int64)

    @property
    def drawn(self) -> int:
        """Number of draws of parameters; 1 where they are as configured."""
        return len(set(self.draws.tolist()))

    @property
    def over_draws(self) -> bool:
        """Whether a unit is a draw, the mean of its seeds; else it is a pair, of one draw or of its own."""
        return 1 < self.drawn < self.pairs

    def units(self, measure: str, scenario: str) -> NDArray[np.float64]:
        """Return what intervals stand on: the mean of every draw over its seeds or, where no draw has several, every
        pair.

        Pairs of one draw have more in common than those of different draws, so they do not count one by one.
        """
        values = self.final(measure, scenario)
        return by_draw(values, self.draws) if self.over_draws else values

    def final(self, measure: str, scenario: str) -> NDArray[np.float64]:
        """Return a measure at the end of every run of a scenario, shape (pairs,), by draw and seed."""
        values = self.runs.loc[self.runs["scenario"] == scenario, measure]
        return values.to_numpy(dtype=np.float64)

    def difference(self, measure: str, policy: str | None = None) -> Difference:
        """Compare one policy (the first, if none is named) with the baseline in one measure.

        Raises
        ------
        KeyError
            If there is no such measure or policy.
        """
        policy = self._policy(policy)
        return paired_difference(self.units(measure, self.about.baseline), self.units(measure, policy))

    def spread(self, measure: str, policy: str | None = None) -> Spread:
        """How much of a difference's spread comes from parameters, and how much from chance."""
        gains = self.final(measure, self._policy(policy)) - self.final(measure, self.about.baseline)
        return spread(gains, self.draws)

    def between_draws(self, measure: str, policy: str | None = None) -> tuple[float, float] | None:
        """Between which values a difference lies in nine of ten draws of the parameters, the middle ones.

        The interval of the mean difference narrows with every further draw; this does not: it says how far the effect
        may lie from the mean if one of the draws is the truth. Where a draw has one pair, it holds that pair's chance
        as well. ``None`` with fewer than ten draws.
        """
        gains = self.gains(measure, self._policy(policy))
        if self.drawn < FEWEST_DRAWS or len(gains) < FEWEST_DRAWS:
            return None
        low, high = np.quantile(gains, (0.05, 0.95))
        return float(low), float(high)

    def probability_better(self, measure: str, policy: str | None = None) -> float:
        """In which share of the pairs (draws) a policy is better than the baseline; NaN where neither way is better."""
        gains = sign(measure) * self.gains(measure, self._policy(policy))
        return float((gains > 0.0).mean()) if sign(measure) and len(gains) else math.nan

    def pairs_saved(self, measure: str, policy: str | None = None) -> float:
        """How many times fewer pairs are needed because runs of a seed share their chance (and their draw)."""
        return pairs_saved(self.final(measure, self.about.baseline), self.final(measure, self._policy(policy)))

    def regret(self, measure: str, *, more_is_better: bool | None = None) -> pd.DataFrame:
        """What each scenario loses against the one that turns out best; see `uncertainty.regret`.

        Which way the measure is better is known (`better.better`), unless it is said; more, where neither is.
        """
        if more_is_better is None:
            more_is_better = sign(measure) >= 0.0
        values = {scenario: self.units(measure, scenario) for scenario in self.about.scenarios}
        return regret(values, more_is_better=more_is_better)

    def acceptability(
        self, measure: str, ready_to_pay: Sequence[float], policy: str | None = None
    ) -> NDArray[np.float64]:
        """The probability that a policy is worth its money, by euro for one more; see `uncertainty.acceptability`.

        Raises
        ------
        ExperimentError
            If no measure counts the euro spent.
        """
        if self.cost is None:
            raise ExperimentError("no measure counts the euro spent, so nothing can be said of what is worth it.")
        policy, baseline = self._policy(policy), self.about.baseline
        cost, gain = (self.units(name, policy) - self.units(name, baseline) for name in (self.cost, measure))
        return acceptability(cost, gain, ready_to_pay)

    def price(self, measure: str, policy: str | None = None) -> Price:
        """Euro for one more of a measure at the end, from the branch on; unknown where it cannot be said."""
        if self.cost is None:
            return price([], [])
        policy, baseline = self._policy(policy), self.about.baseline
        cost, gain = (self.units(name, policy) - self.units(name, baseline) for name in (self.cost, measure))
        return price(cost, gain)

    def _policy(self, policy: str | None) -> str:
        if policy is None:
            return self.about.policies[0]
        if policy not in self.about.policies:
            raise KeyError(f"{policy!r} is none of {', '.join(self.about.policies)}")
        return policy

    @cached_property
    def table(self) -> pd.DataFrame:
        """Every measure of every policy against the baseline: paired differences with 95 % intervals.

        The columns are those of `tables.COLUMNS`. ``probability_higher`` is the share of pairs in which the
        policy's value is strictly higher, ``probability_better`` in which it is better, as ``better`` says; intervals
        are empty where there is one pair only. ``bootstrap_low`` and ``bootstrap_high`` are the interval for
        differences that are skewed (``skewness``); ``pairs_saved`` says how many times as many pairs would be needed
        if runs of a seed did not share their chance.
        """
        return tables.comparison_table(self)

    @cached_property
    def regret_table(self) -> pd.DataFrame:
        """What every scenario loses against the best of each unit; see `tables.regret_table`."""
        return tables.regret_table(self)

    @cached_property
    def acceptability_table(self) -> pd.DataFrame:
        """How probably each scenario is worth its money, by price; see `tables.acceptability_table`."""
        return tables.acceptability_table(self)

    @cached_property
    def spread_table(self) -> pd.DataFrame:
        """How much of each difference's spread comes from parameters, how much from chance; see
        `tables.spread_table`.
        """
        return tables.spread_table(self)

    @cached_property
    def costs(self) -> pd.DataFrame:
        """Mean cost by scenario and calendar year (``scenario``, ``year``, ``euro``), history included."""
        if self.cost is None:
            return pd.DataFrame({"scenario": [], "year": [], "euro": []})
        return yearly_costs(self.series, self.cost)

    @property
    def years(self) -> float:
        """Years from the branch to the end."""
        return (self.about.until - self.about.branch_at + 1) / 12

    def headline(self, lang: Language = "en") -> str:
        """Say in plain words what every policy changes, at what price, and what that stands on."""
        return sentences.headline(self, lang)

    @property
    def fewest_pairs(self) -> int:
        """Pairs behind the interval of the first measure, of the policy that has fewest."""
        return min(self.difference(self.shown[0], policy).pairs for policy in self.about.policies)

    def change(self, measure: str, policy: str, lang: Language = "en") -> str:
        """Say what a policy changes in one measure, with the interval."""
        return sentences.change(self, measure, policy, lang)

    def gains(self, measure: str, policy: str) -> NDArray[np.float64]:
        """What a policy changes, by unit, of those that are known."""
        gains = self.units(measure, policy) - self.units(measure, self.about.baseline)
        return gains[~np.isnan(gains)]

    def figure(self, lang: Language = "en") -> Figure:
        """Draw the comparison: the first measure large, the next three beside it."""
        from simcomunita.experiment.figures import comparison_figure

        return comparison_figure(self, lang)

    def plot(self, measure: str | None = None, lang: Language = "en") -> Chart:
        """Show one measure (the first of the headline, if none is named) over time as a moving chart, for notebooks.

        Raises
        ------
        KeyError
            If there is no such measure.
        ImportError
            If the extra ``app`` is not installed.
        """
        try:
            from simcomunita.app.widgets.chart import chart  # a room above: only who asks for a chart goes there
            from simcomunita.app.widgets.library import NoLibraryError
        except ModuleNotFoundError as error:
            if (error.name or "").split(".")[0] not in ("anywidget", "traitlets"):
                raise
            raise ImportError(NO_APP) from error
        try:
            return chart(self, measure, lang)
        except NoLibraryError as error:
            raise ImportError(NO_APP) from error

    def measure_figure(self, measure: str | None = None, lang: Language = "en") -> Figure:
        """Draw one measure (the first of the headline, if none is named) over time.

        Raises
        ------
        KeyError
            If there is no such measure.
        """
        from simcomunita.experiment.figures import measure_figure

        return measure_figure(self, measure or self.shown[0], lang)

    def value_figure(self, lang: Language = "en", measure: str | None = None) -> Figure:
        """Draw what scenarios are worth: extra cost against extra outcome, and the best choice by what one pays for one
        more.

        Raises
        ------
        UnansweredError
            If it cannot be said, for its ``reason``.
        """
        from simcomunita.experiment.value_figure import value_figure

        return value_figure(self, lang, measure)

    def regret_figure(self, lang: Language = "en") -> Figure:
        """Draw what each scenario loses against the one that turned out best."""
        from simcomunita.experiment.uncertainty_figures import regret_figure

        return regret_figure(self, lang)

    def spread_figure(self, lang: Language = "en") -> Figure:
        """Draw how much of the spread comes from parameters and how much from chance.

        Raises
        ------
        UnansweredError
            If it cannot be told: one draw, or one seed a draw.
        """
        from simcomunita.experiment.uncertainty_figures import spread_figure

        return spread_figure(self, lang)

    def save(self, directory: str | os.PathLike[str], lang: Language = "en") -> None:
        """Write the tables, the pictures and the provenance.

        Raises
        ------
        ExperimentError
            If the directory cannot be written to, or holds results of something else; nothing is overwritten
            then.
        """
        from simcomunita.experiment.keeping import save_comparison

        save_comparison(self, Path(directory), lang)

    def report(self, directory: str | os.PathLike[str], lang: Language = "en") -> tuple[Path, ...]:
        """Write a planner's report into its own folder: a page (HTML, PDF), a workbook and tables; say which files.

        Raises
        ------
        ExperimentError
            If the folder cannot be written to, or holds something else; nothing is overwritten then.
        """
        from simcomunita.experiment.keeping import provenance_of
        from simcomunita.report import write_report  # a room above: only who asks for a report goes there

        return write_report(self, self.saved or provenance_of(self), Path(directory), lang)

    def __str__(self) -> str:
        return self.headline()

    def _repr_html_(self) -> str:
        """Show a notebook the headline and the table."""
        said = "".join(f"<p>{html.escape(line)}</p>" for line in self.headline().splitlines())
        return said + self.table.to_html(index=False)
