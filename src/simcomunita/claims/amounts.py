"""What is read off a series of months: a measure, or how much of one for each of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.months import month_name

Series = Mapping[str, NDArray[Any]]
"""``month`` (YYYY-MM) and a column a measure."""


@dataclass(frozen=True, slots=True)
class Window:
    """Some months, both ends included."""

    start: int
    until: int


@dataclass(frozen=True, slots=True)
class Amount:
    """A number read off a series.

    Attributes
    ----------
    measures
        Added up. A flow counts what happened in the window; anything else is its mean over the window's months.
    per
        What the sum is divided by, read in the same way; empty for nothing.
    """

    measures: tuple[str, ...]
    per: tuple[str, ...]

    def read(self, series: Series, window: Window) -> float:
        """Return the number; NaN where there is nothing to divide by."""
        amount = _sum(self.measures, series, window)
        if not self.per:
            return amount
        whole = _sum(self.per, series, window)
        return amount / whole if whole else float("nan")


def _sum(measures: tuple[str, ...], series: Series, window: Window) -> float:
    return sum(_one(name, series, window) for name in measures)


def _one(name: str, series: Series, window: Window) -> float:
    from simcomunita.outcomes import MEASURES

    months = series["month"]
    first = int(np.searchsorted(months, month_name(window.start)))
    last = int(np.searchsorted(months, month_name(window.until)))
    values = series[name]
    if MEASURES[name].kind == "flow":
        return float(values[last] - (values[first - 1] if first else 0.0))
    return float(np.mean(values[first : last + 1]))
