"""Shares of variance: how much of what a target varies by hangs on each parameter.

Two methods of SALib, each with a stated seed: Sobol' indices of first and total order from a crossed design, and
RBD-FAST, which takes any table of points and values. SALib's delta method is not used: it sets NumPy's global seed.

Whether indices can be trusted is told by a dummy that reaches nothing. With other seeds at every point, what chance
does looks like interplay of all parameters, and the total index of a dummy comes out as large as that of anything else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simcomunita.sensitivity.factors import DUMMY
from simcomunita.sensitivity.library import library
from simcomunita.sensitivity.points import problem

RESAMPLES, FEWER_RESAMPLES = 500, 100
"""Of the bootstrap: Sobol's indices, and RBD-FAST's, which take long."""
HARMONICS = 6
"""Waves that RBD-FAST looks for (Tarantola, Gatelli & Mara 2006, Reliab. Eng. Syst. Saf. 91:717-727)."""
FEWEST = 64
"""Points that RBD-FAST needs at least: with fewer, half of them are used up by the waves."""
NOTHING = 1e-9
"""Share of the largest value that is rounding and nothing else."""
ALMOST = 0.05
"""Index of a dummy that still counts as nothing."""
MUCH_CHANCE = 0.2
"""Share of the variance between points from which on luck must be told."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Indices:
    """Shares of a target's variance, (factors) each, with the half-widths of their 95 % intervals.

    Attributes
    ----------
    first, first_half
        What a factor does by itself.
    total, total_half
        What it does by itself and together with others; NaN where the method does not tell.
    points
        How many values they stand on.
    variance
        Of the target between points, in the square of its unit.
    chance
        Share of that variance which is luck that the seeds did not average out; NaN with one seed.
    """

    names: tuple[str, ...]
    first: Numbers
    first_half: Numbers
    total: Numbers
    total_half: Numbers
    points: int
    variance: float
    chance: float

    @property
    def order(self) -> list[int]:
        """Positions of the factors, the strongest first, the dummy last."""
        by = self.first if np.isnan(self.total).all() else self.total
        return sorted(
            range(len(self.names)), key=lambda k: (self.names[k] == DUMMY, -np.nan_to_num(by[k]), self.names[k])
        )

    @property
    def dummy_is_nothing(self) -> bool:
        """Whether the dummy's intervals reach down to about zero: if not, no index is to be trusted.

        A total index is a sum of squares, and so above zero wherever anything is left to chance.
        """
        k = self.names.index(DUMMY)
        told = ((self.first[k], self.first_half[k]), (self.total[k], self.total_half[k]))
        known = [(index, half) for index, half in told if not math.isnan(index)]
        return bool(known) and all(abs(index) - half <= ALMOST for index, half in known)


def left_to_chance(values: Numbers) -> float:
    """Share of the variance between points that is luck: (points, seeds), the same seeds at all points.

    What seeds do at all points alike cancels; what is left over after points and seeds in a two-way analysis of
    variance is how differently luck falls from point to point (Scheffé 1959, *The Analysis of Variance*, ch. 4).
    """
    points, seeds = values.shape
    if seeds < 2 or points < 2:
        return math.nan
    means = values.mean(axis=1)
    rest = values - means[:, None] - values.mean(axis=0) + values.mean()
    luck = float((rest**2).sum()) / ((points - 1) * (seeds - 1)) / seeds
    between = float(means.var(ddof=1))
    return min(luck / between, 1.0) if between > 0.0 else math.nan


def sobol(names: Sequence[str], values: Numbers, seed: int) -> Indices:
    """Sobol' indices of first and total order (Saltelli et al. 2010, Comput. Phys. Commun. 181:259-270).

    Parameters
    ----------
    names
        Of the factors.
    values
        (blocks x (factors + 2), seeds), at the points of `simcomunita.sensitivity.points.crossed`; a block in which
        a value is missing (NaN) is left out.
    seed
        Of the bootstrap that gives the intervals.
    """
    block = len(names) + 2
    blocks = values.reshape(-1, block, values.shape[1])
    whole = blocks[np.isfinite(blocks).all(axis=(1, 2))].reshape(-1, values.shape[1])
    means = whole.mean(axis=1)
    if len(whole) < 2 * block or _still(means):
        return _nothing(names, means)
    found = library("SALib.analyze.sobol").analyze(
        problem(tuple(names)), means, calc_second_order=False, num_resamples=RESAMPLES, seed=seed + 1
    )  # + 1: SALib takes 0 for no seed, and NumPy's global chance
    first, first_half, total, total_half = (
        np.asarray(found[key], np.float64) for key in ("S1", "S1_conf", "ST", "ST_conf")
    )
    return Indices(
        tuple(names), first, first_half, total, total_half, len(means), float(means.var()), left_to_chance(whole)
    )


def given_data(names: Sequence[str], points: Numbers, values: Numbers, seed: int = 1) -> Indices:
    """Indices of first order from any table of independent parameters and what came of them, by RBD-FAST.

    A dummy is put beside the parameters if there is none: the same points in another order.

    Parameters
    ----------
    names
        Of the parameters.
    points
        (rows, parameters); in any unit, since only their order counts. Rows should fill the space evenly.
    values
        (rows) or (rows, seeds) with the same seeds in all rows; rows in which a value is missing (NaN) are left out.
    seed
        Of the dummy, of the order of equal values, and of the bootstrap that gives the intervals.

    Raises
    ------
    ValueError
        With fewer than 64 rows, or as many names as there are no columns for.
    """
    told = np.asarray(values, np.float64).reshape(len(points), -1)
    known = np.isfinite(told).all(axis=1) & np.isfinite(points).all(axis=1)
    told, table = told[known], np.asarray(points, np.float64)[known]
    if table.shape[1] != len(names):
        raise ValueError(f"{len(names)} names of {table.shape[1]} columns")
    chance = np.random.default_rng(seed)
    if DUMMY not in names:
        names, table = (*names, DUMMY), np.column_stack([table, chance.permutation(len(table))])
    means = told.mean(axis=1)
    if len(means) < FEWEST:
        raise ValueError(f"{len(means)} rows whose values are known; expected at least {FEWEST}")
    if _still(means):
        return _nothing(names, means)
    ranks = np.column_stack([_ranks(column, chance) for column in table.T])
    found = library("SALib.analyze.rbd_fast").analyze(
        problem(tuple(names)), ranks, means, M=HARMONICS, num_resamples=FEWER_RESAMPLES, seed=seed
    )
    first, half = (np.asarray(found[key], np.float64) for key in ("S1", "S1_conf"))
    unknown = np.full(len(names), np.nan)
    return Indices(tuple(names), first, half, unknown, unknown, len(means), float(means.var()), left_to_chance(told))


def _ranks(column: Numbers, chance: np.random.Generator) -> Numbers:
    """Return the places of values in ascending order; equal ones (whole numbers are) in any."""
    ranks = np.empty(len(column))
    ranks[np.lexsort((chance.random(len(column)), column))] = np.arange(len(column))
    return ranks


def _still(means: Numbers) -> bool:
    """Whether nothing moves them."""
    return len(means) > 0 and bool(np.ptp(means) <= NOTHING * np.abs(means).max())


def _nothing(names: Sequence[str], means: Numbers) -> Indices:
    unknown = np.full(len(names), np.nan)
    variance = 0.0 if len(means) and _still(means) else math.nan
    return Indices(tuple(names), unknown, unknown, unknown, unknown, len(means), variance, math.nan)
