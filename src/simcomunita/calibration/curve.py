"""How large a bank has to be: how well truths are found again with only its first runs.

Truths are runs of the second half of the bank, the same for every size, and never among the runs that they are inferred
from: the sizes are the powers of two up to half the bank, and the whole less the truths.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from simcomunita.calibration.checks import LEVELS, PRIOR_SD, Checks, check_at
from simcomunita.calibration.inference import Inference, methods
from simcomunita.calibration.outcomes import summaries
from simcomunita.calibration.result import Result
from simcomunita.calibration.weighing import NAME as EXACT
from simcomunita.calibration.weighing import Weighed

SMALLEST = 64
TRUTHS = 100
"""Truths that every size is checked with at most."""
RESAMPLED = 400
HARDLY = 0.02
"""A change of the error that is smaller is hardly one."""


@dataclass(frozen=True)
class Size:
    """How well truths are found again by one method with so many runs.

    Attributes
    ----------
    error, low, high
        Root mean squared error of the posterior mean as a share of the prior's, and its 90 % interval over truths.
    score
        Mean ranked score as a share of the prior's.
    coverage
        Share of truths and parameters inside the 90 % interval.
    """

    method: str
    runs: int
    truths: int
    error: float
    low: float
    high: float
    score: float
    coverage: float


def sizes(runs: int) -> list[int]:
    """Return the sizes that are tried of a bank: powers of two up to its half."""
    return [2**k for k in range(3, 31) if SMALLEST <= 2**k <= runs // 2]


def still_learning(result: Result) -> bool:
    """Whether the last doubling of the bank made the chosen method's estimates clearly better; not, if never tried."""
    own = [one.error for one in result.curve if one.method == result.method]
    return len(own) > 1 and own[-2] - own[-1] > HARDLY


def with_curve(result: Result, tell: Callable[[int, int], None] = lambda *_: None) -> Result:
    """Return the same result with the error of every method against the size of the bank, if it can be divided."""
    calibration, bank = result.calibration, result.bank
    fitted = calibration.fitted
    counted = bank.counted(fitted)
    told = summaries(fitted, counted, bank.scale, calibration.fit_seed)
    runs = len(bank)
    number = min(TRUTHS, calibration.truths, runs - runs // 2)
    rows = np.unique(np.linspace(runs // 2, runs - 1, number).astype(int))
    parts = [np.arange(size) for size in sizes(runs)]
    if not parts:
        return result
    parts.append(np.setdiff1d(np.arange(runs), rows))
    found: list[Size] = []
    names = list(result.checks)
    tell(0, len(names) * len(parts))
    for name in names:
        for part in parts:
            known = Weighed(fitted, counted[part], bank.scale)
            method: Inference = known if name == EXACT else methods()[name]()
            fit = method.fit(bank.cube[part], told[part], calibration.fit_seed)
            found.append(_size(name, len(part), check_at(fit, bank.cube[rows], told[rows], [None] * len(rows))))
            tell(len(found), len(names) * len(parts))
    return replace(result, curve=tuple(found))


def _size(name: str, size: int, checks: Checks) -> Size:
    squared = (np.square(checks.means - checks.truths) / PRIOR_SD**2).mean(axis=1)
    drawn = np.random.default_rng(size).integers(len(squared), size=(RESAMPLED, len(squared)))
    low, high = np.sqrt(np.quantile(squared[drawn].mean(axis=1), [0.05, 0.95]))
    error = float(np.sqrt(squared.mean()))
    coverage = float(checks.coverage(LEVELS[-1]).mean())
    return Size(name, size, len(squared), error, float(low), float(high), checks.score(), coverage)


def curve_table(result: Result) -> pd.DataFrame:
    """A row a method and size."""
    return pd.DataFrame(
        {
            "method": [one.method for one in result.curve],
            "runs": [one.runs for one in result.curve],
            "truths": [one.truths for one in result.curve],
            "error": [one.error for one in result.curve],
            "error_low": [one.low for one in result.curve],
            "error_high": [one.high for one in result.curve],
            "score": [one.score for one in result.curve],
            "coverage_90": [one.coverage for one in result.curve],
        }
    )
