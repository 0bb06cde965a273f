"""Elementary effects: what a step of one parameter does, from many places (Morris 1991, Technometrics 33:161-174).

The figures are those of ``SALib.analyze.morris`` (a test holds them together). The effects themselves are needed for
what it does not give: intervals by Student's t, which hold with the few trajectories that many parameters leave one
(its bootstrap is too narrow then), and how large effects would look if chance alone made them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simcomunita.experiment.intervals import t_quantile

LEVEL = 0.95
MOSTLY = 0.7
"""A parameter has a direction if its effects, added up with their signs, keep this share of their size."""

ROUNDING = 1e-11
"""Share of the largest value below which a step is rounding and no effect."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Effects:
    """What each factor does to a target, in the target's unit for a walk over the whole plausible range.

    Attributes
    ----------
    names
        Of the factors; the arrays are (factors).
    mu
        Mean effect, with its sign.
    mu_star, low, high
        Mean size of the effect, whatever its sign, and its 95 % interval (Campolongo, Cariboni & Saltelli 2007,
        Environmental Modelling & Software 22:1509-1518).
    sigma
        Standard deviation of the effect from place to place: large where a parameter works through others.
    chance
        Mean size that luck alone would give the effects of such a factor; NaN with one seed.
    trajectories
        How many are known.
    """

    names: tuple[str, ...]
    mu: Numbers
    mu_star: Numbers
    low: Numbers
    high: Numbers
    sigma: Numbers
    chance: Numbers
    trajectories: int

    @property
    def order(self) -> list[int]:
        """Positions of the factors, the strongest first."""
        return sorted(range(len(self.names)), key=lambda k: (-self.mu_star[k], self.names[k]))

    @property
    def level(self) -> float:
        """Size below which an effect may well be luck: the middle one of the factors that do anything at all."""
        moving = self.chance[self.mu_star > 0.0]
        return math.nan if np.isnan(moving).any() or not len(moving) else float(np.median(moving))

    @property
    def clear(self) -> NDArray[np.bool_]:
        """Which factors certainly do more than luck would; none, where nobody knows what luck does."""
        level = math.inf if math.isnan(self.level) else self.level
        return np.asarray((self.low > level) & (self.mu_star > 0.0), np.bool_)

    def direction(self, k: int) -> int:
        """Return 1 if more of a factor raises the target, -1 if it lowers it, 0 if that depends."""
        if abs(self.mu[k]) < MOSTLY * self.mu_star[k]:
            return 0
        return int(np.sign(self.mu[k]))


def steps(points: Numbers, values: Numbers) -> Numbers:
    """Return the effect of every step of a set of trajectories.

    Parameters
    ----------
    points
        (trajectories x (factors + 1), factors), as `simcomunita.sensitivity.points.trajectories` draws them.
    values
        (trajectories x (factors + 1), ...).

    Returns
    -------
    float64 (trajectories, factors, ...)
    """
    factors = points.shape[1]
    walks = points.reshape(-1, factors + 1, factors)
    told = values.reshape(len(walks), factors + 1, *values.shape[1:])
    moved = np.diff(walks, axis=1)
    which = np.abs(moved).argmax(axis=2)  # of every step, the one factor that moves
    size = np.take_along_axis(moved, which[..., None], axis=2)[..., 0]
    rises = np.diff(told, axis=1) / size.reshape(*size.shape, *([1] * (values.ndim - 1)))
    found = np.empty_like(rises)
    np.put_along_axis(found, which.reshape(*which.shape, *([1] * (values.ndim - 1))), rises, axis=1)
    return found


def effects(names: Sequence[str], points: Numbers, values: Numbers) -> Effects:
    """Sum up what every factor does.

    Parameters
    ----------
    values
        (points, seeds); a trajectory in which a value is missing (NaN) is left out.
    """
    by_seed = steps(points, values)
    known = np.abs(values[np.isfinite(values)])
    by_seed[np.abs(by_seed) <= ROUNDING * known.max(initial=0.0)] = 0.0
    by_seed = by_seed[np.isfinite(by_seed).all(axis=(1, 2))]
    number, seeds = len(by_seed), values.shape[1]
    nothing = np.full(len(names), np.nan)
    if number == 0:
        return Effects(tuple(names), nothing, nothing, nothing, nothing, nothing, nothing, 0)
    each = by_seed.mean(axis=2)
    sizes = np.abs(each)
    mu_star = sizes.mean(axis=0)
    sigma, half, chance = nothing, nothing, nothing
    if number > 1:
        sigma = each.std(axis=0, ddof=1)
        half = t_quantile((1.0 + LEVEL) / 2.0, number - 1) * sizes.std(axis=0, ddof=1) / math.sqrt(number)
    if seeds > 1:
        luck = by_seed.var(axis=2, ddof=1).mean(axis=0) / seeds
        chance = np.sqrt(2.0 / math.pi * luck)  # mean size of a normal number around zero
    return Effects(tuple(names), each.mean(axis=0), mu_star, mu_star - half, mu_star + half, sigma, chance, number)


def strongest(found: Mapping[str, Effects] | Sequence[Effects], keep: int, dummy: str) -> tuple[str, ...]:
    """Return the names of the factors to look at more closely, the strongest first.

    Each target's effects are taken as shares of their sum, and a factor counts by its largest share over the targets:
    so a target that everything moves a little, as chance does, names nobody before one that few factors move.
    """
    all_found = list(found.values()) if isinstance(found, Mapping) else list(found)
    weights: dict[str, float] = {}
    for one in all_found:
        total = float(one.mu_star.sum())
        if not total > 0.0:
            continue  # nothing moves it, or nothing is known
        for name, size in zip(one.names, (one.mu_star / total).tolist(), strict=True):
            weights[name] = max(weights.get(name, 0.0), size)
    weights.pop(dummy, None)
    moving = [name for name, weight in weights.items() if weight > 0.0]
    return tuple(sorted(moving, key=lambda name: (-weights[name], name))[:keep])
