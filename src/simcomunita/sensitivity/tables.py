"""The findings as two tidy tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simcomunita.sensitivity.analysis import Findings

SCREENING = (
    "measure",
    "target",
    "parameter",
    "rank",
    "mu_star",
    "low",
    "high",
    "mu",
    "sigma",
    "chance",
    "trajectories",
    "kept",
)
"""Columns of ``screening.csv``; effects are in the measure's unit, for the whole plausible range."""

INDICES = (
    "measure",
    "target",
    "parameter",
    "first",
    "first_low",
    "first_high",
    "total",
    "total_low",
    "total_high",
    "variance",
    "chance_share",
    "points",
)
"""Columns of ``indices.csv``; shares of the variance, which itself is in the square of the measure's unit."""


def screening_table(findings: Findings) -> pd.DataFrame:
    """Return a row for every target and factor, the strongest first."""
    rows = []
    for target, found in findings.screening.items():
        for rank, k in enumerate(found.order, 1):
            name = found.names[k]
            told = [float(column[k]) for column in (found.mu_star, found.low, found.high, found.mu, found.sigma)]
            rest = [float(found.chance[k]), found.trajectories, int(name in findings.kept)]
            rows.append([target.measure, target.name, name, rank, *told, *rest])
    return pd.DataFrame(rows, columns=list(SCREENING))


def indices_table(findings: Findings) -> pd.DataFrame:
    """Return a row for every target and factor that was looked at more closely, the dummy last."""
    rows = []
    for target, found in findings.indices.items():
        for k in found.order:
            first, total = (
                [index[k], index[k] - half[k], index[k] + half[k]]
                for index, half in ((found.first, found.first_half), (found.total, found.total_half))
            )
            told = [float(value) for value in (*first, *total, found.variance, found.chance)]
            rows.append([target.measure, target.name, found.names[k], *told, found.points])
    table = pd.DataFrame(rows, columns=list(INDICES))
    return table.replace([np.inf, -np.inf], np.nan)
