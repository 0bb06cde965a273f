"""What scenarios cost by year, and what one more of an outcome costs."""

from __future__ import annotations

import pandas as pd

from simcomunita.experiment.wording import measure_of


def cost_measure(measures: list[str]) -> str | None:
    """Return the column that holds the euro spent since the start, or ``None``.

    Of several flows in euro it is the one that is called ``cost_euro`` or ``cost``, else the first.
    """
    spent = [name for name in measures if measure_of(name).unit == "euro" and measure_of(name).kind == "flow"]
    return next((name for name in ("cost_euro", "cost") if name in spent), next(iter(spent), None))


def yearly_costs(series: pd.DataFrame, cost: str) -> pd.DataFrame:
    """Cost of every scenario by calendar year.

    Parameters
    ----------
    series
        A row a run and month.
    cost
        Column of the euro spent since the start.

    Returns
    -------
    DataFrame
        ``scenario``, ``year`` and ``euro``: the mean over runs, scenarios in the order in which they come. A
        year that is not run whole counts the months that were.
    """
    spent = series[["scenario", "seed", "draw", "month", cost]].copy()
    spent["year"] = spent["month"].str.slice(0, 4).astype("int64")
    so_far = spent.groupby(["scenario", "draw", "seed", "year"], sort=False)[cost].last()
    before = so_far.groupby(["scenario", "draw", "seed"], sort=False).shift(fill_value=0.0)
    by_year = (so_far - before).groupby(["scenario", "year"], sort=False).mean()
    return by_year.rename("euro").reset_index()
