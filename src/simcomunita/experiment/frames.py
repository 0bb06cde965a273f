"""From finished parts to tidy tables: scenarios in the study's order, then draws, seeds and months ascending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simcomunita.experiment.branching import Part

RUN_KEYS = ("scenario", "seed", "draw")
"""Columns of the run table that are no outcomes."""


def run_table(scenarios: Sequence[str], parts: Sequence[Part]) -> pd.DataFrame:
    """Return a row a run: scenario, seed, draw, final outcomes."""
    rows = [
        {"scenario": name, "seed": part.task.seed, "draw": part.task.draw, **part.runs[name].outcomes}
        for name in scenarios
        for part in parts
    ]
    return pd.DataFrame(rows)


def series_table(scenarios: Sequence[str], parts: Sequence[Part]) -> pd.DataFrame:
    """Return a row a run and month: scenario, seed, draw, month (YYYY-MM), a column a measure."""
    columns: dict[str, list[NDArray[Any]]] = {}
    for name in scenarios:
        for part in parts:
            series = part.runs[name].series
            length = len(series["month"])
            keys = {
                "scenario": np.full(length, name, dtype=object),
                "seed": np.full(length, part.task.seed, dtype=np.int64),
                "draw": np.full(length, part.task.draw, dtype=np.int64),
                "month": series["month"].astype(object),
            }
            for key, values in {**keys, **{k: v for k, v in series.items() if k != "month"}}.items():
                columns.setdefault(key, []).append(values)
    return pd.DataFrame({key: np.concatenate(values) for key, values in columns.items()})
