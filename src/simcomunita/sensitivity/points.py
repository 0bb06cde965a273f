"""Where the model is tried: points in the unit cube, drawn by SALib with a stated seed.

A design of more points begins with those of a smaller one, so that what was run for few serves for many.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.sensitivity.library import library

LEVELS = 4
"""Values that a factor takes in a trajectory: 0, 1/3, 2/3 and 1. A step goes over two thirds."""

Points = NDArray[np.float64]
"""(points, factors), shares from 0 to 1."""


def problem(names: tuple[str, ...]) -> dict[str, Any]:
    """Describe factors as SALib wants them described."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def trajectories(names: tuple[str, ...], number: int, seed: int) -> Points:
    """Walk through the cube, one factor at a time (Morris 1991, Technometrics 33:161-174).

    Returns
    -------
    float64 (number x (factors + 1), factors)
    """
    points: Points = library("SALib.sample.morris").sample(problem(names), number, LEVELS, seed=seed)
    return np.clip(points, 0.0, 1.0)


def crossed(names: tuple[str, ...], number: int, seed: int) -> Points:
    """Cross two Sobol' samples, factor by factor (Saltelli et al. 2010, Comput. Phys. Commun. 181:259-270).

    Returns
    -------
    float64 (number x (factors + 2), factors)
        ``number`` is a power of two.
    """
    sampler = library("SALib.sample.sobol")
    points: Points = sampler.sample(problem(names), number, calc_second_order=False, seed=seed)
    return points


def spread(names: tuple[str, ...], number: int, seed: int) -> Points:
    """Fill the cube evenly, with a scrambled Sobol' sequence (Owen 1998, ACM TOMACS 8:71-102).

    Returns
    -------
    float64 (number, factors)
        ``number`` is a power of two.
    """
    points: Points = library("scipy.stats.qmc").Sobol(len(names), rng=np.random.default_rng(seed)).random(number)
    return points


DESIGNS: dict[str, Callable[[tuple[str, ...], int, int], Points]] = {
    "morris": trajectories,
    "sobol": crossed,
    "rbd_fast": spread,
}
"""What points each method wants."""
