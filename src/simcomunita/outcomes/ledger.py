"""What is counted, month by month."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.months import month_name


class Ledger:
    """Running totals since the start, and one closed row a month.

    A mechanism counts what happened (`count`); at the end of the month the row of measures is closed and never changes
    afterwards.
    """

    def __init__(self) -> None:
        self.totals: dict[str, float] = defaultdict(float)
        self.months: list[int] = []
        self.rows: list[dict[str, float]] = []

    def count(self, what: str, amount: float) -> None:
        """Add to a running total."""
        self.totals[what] += amount

    def close(self, month: int, row: dict[str, float]) -> None:
        """Close a month."""
        self.months.append(month)
        self.rows.append(dict(row))

    def series(self) -> dict[str, NDArray[Any]]:
        """A column a measure, an entry a month: ``month`` as YYYY-MM, the others float64."""
        columns: dict[str, NDArray[Any]] = {"month": np.array([month_name(m) for m in self.months])}
        for name in self.rows[0] if self.rows else ():
            columns[name] = np.array([row[name] for row in self.rows], np.float64)
        return columns

    def copy(self) -> Ledger:
        """The same account, to be continued independently."""
        other = Ledger()
        other.totals.update(self.totals)
        other.months = list(self.months)
        other.rows = list(self.rows)
        return other
