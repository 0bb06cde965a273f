"""A comparison as tables: differences, regret, acceptability and where spread comes from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simcomunita.experiment.better import better, sign
from simcomunita.experiment.intervals import bootstrap_interval, skewness
from simcomunita.experiment.uncertainty import share_interval
from simcomunita.experiment.value import UnansweredError, Value
from simcomunita.experiment.wording import measure_of

if TYPE_CHECKING:
    from simcomunita.experiment.comparison import Comparison

COLUMNS = (
    "measure",
    "unit",
    "baseline",
    "policy",
    "mean_baseline",
    "mean_policy",
    "difference",
    "ci_low",
    "ci_high",
    "pairs",
    "probability_higher",
    "skewness",
    "bootstrap_low",
    "bootstrap_high",
    "pairs_saved",
    "better",
    "probability_better",
    "p05",
    "p95",
)
"""Columns of the comparison table, and of ``comparison.csv``."""

REGRET = ("measure", "unit", "better", "scenario", "mean", "p90", "largest", "best", "units")
ACCEPTABILITY = (
    "measure",
    "ready_to_pay",
    "scenario",
    "worth",
    "probability_best",
    "chosen",
    "probability_worth_it",
    "units",
)
SPREAD = (
    "measure",
    "unit",
    "baseline",
    "policy",
    "standard_deviation",
    "variance_parameters",
    "variance_chance",
    "share_of_parameters",
    "share_low",
    "share_high",
    "draws",
    "pairs",
)


def comparison_table(comparison: Comparison) -> pd.DataFrame:
    """Every measure of every policy against the baseline; see `Comparison.table`."""
    rows = []
    for policy in comparison.about.policies:
        for name in comparison.measures:
            found = comparison.difference(name, policy)
            gains = comparison.gains(name, policy)
            rows.append(
                (
                    name,
                    measure_of(name).unit,
                    comparison.about.baseline,
                    policy,
                    found.mean_baseline,
                    found.mean_policy,
                    found.mean,
                    found.low,
                    found.high,
                    found.pairs,
                    found.higher,
                    skewness(gains),
                    *bootstrap_interval(gains),
                    comparison.pairs_saved(name, policy),
                    better(name),
                    comparison.probability_better(name, policy),
                    *(np.quantile(gains, (0.05, 0.95)) if len(gains) else (math.nan, math.nan)),
                )
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def regret_table(comparison: Comparison) -> pd.DataFrame:
    """What every scenario loses against the best of each unit, for every measure shown that is better one way.

    Columns: those of `REGRET`; see `uncertainty.regret`. ``units`` counts pairs or, where parameters are drawn, draws.
    """
    tables = []
    for name in comparison.shown:
        if not sign(name):
            continue
        table = comparison.regret(name)
        table.insert(0, "measure", name)
        table.insert(1, "unit", measure_of(name).unit)
        table.insert(2, "better", better(name))
        values = [comparison.units(name, scenario) for scenario in comparison.about.scenarios]
        table["units"] = int((~np.isnan(values).any(axis=0)).sum())
        tables.append(table)
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(REGRET))


def acceptability_table(comparison: Comparison) -> pd.DataFrame:
    """How probably each scenario is worth its money, by what one is ready to pay; no row where it cannot be said.

    Columns: those of `ACCEPTABILITY`; see `Value.curves`. ``ready_to_pay`` is for one more (or less, where that is
    better) of the measure; of shares, for a percentage point.
    """
    try:
        value = Value.of(comparison)
    except UnansweredError:
        return pd.DataFrame(columns=list(ACCEPTABILITY))
    table = value.curves()
    table.insert(0, "measure", value.measure)
    table["units"] = value.units
    return table


def spread_table(comparison: Comparison) -> pd.DataFrame:
    """Where the spread of every difference between single pairs comes from: parameters or chance.

    Columns: those of `SPREAD`. The shares are of the variance, with a 95 % interval; NaN with one draw, or one seed a
    draw, where it cannot be told.
    """
    rows = []
    for policy in comparison.about.policies:
        for name in comparison.shown:
            gains = comparison.final(name, policy) - comparison.final(name, comparison.about.baseline)
            known = gains[~np.isnan(gains)]
            found = comparison.spread(name, policy)
            rows.append(
                (
                    name,
                    measure_of(name).unit,
                    comparison.about.baseline,
                    policy,
                    float(known.std(ddof=1)) if len(known) > 1 else math.nan,
                    found.parameters,
                    found.chance,
                    found.share_of_parameters,
                    *share_interval(gains, comparison.draws),
                    comparison.drawn,
                    len(known),
                )
            )
    return pd.DataFrame(rows, columns=list(SPREAD))
