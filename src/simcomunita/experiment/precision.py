"""How many pairs are enough for a precision that was asked for.

Pairs are added in the order of their seeds until the half-width of the paired interval is as small as was asked for and
stays so for five more pairs (Hoad, Robinson & Davies 2010, "Automated selection of the number of replications for a
discrete-event simulation", Journal of the Operational Research Society 61:1632-1644), never before 30 pairs: whoever
looks again and again and stops at the first lucky moment has intervals that hold the truth too seldom.
`experiments/stopping_rule/` measures how often they do.

Where to stop is a function of the pairs in the order of their seeds, not of how many happen to be finished: so it
depends neither on workers nor on interruptions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simcomunita.experiment.intervals import LEVEL, t_quantile
from simcomunita.scenario.forms import FEWEST_PAIRS, LOOK_AHEAD

if TYPE_CHECKING:
    from simcomunita.experiment.branching import Part
    from simcomunita.scenario.scenario import Precision


def half_widths(differences: ArrayLike, precision: Precision) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Half-width of the 95 % interval after each pair, and the largest that was asked for, (pairs) each.

    Parameters
    ----------
    differences
        Policy minus baseline in the order of seeds, (pairs); NaN where a run failed or the measure is unknown.

    Returns
    -------
    half, wanted
        NaN before the second pair that is known.
    """
    values = np.asarray(differences, np.float64)
    known = np.isfinite(values)
    filled = np.where(known, values, 0.0)
    count = np.cumsum(known)
    mean = np.cumsum(filled) / np.maximum(count, 1)
    # Around the first value, so that a large mean with a small spread loses no digits.
    shift = filled[np.argmax(known)] if known.any() else 0.0
    moved = np.where(known, values - shift, 0.0)
    squares = np.cumsum(moved**2) - np.cumsum(moved) ** 2 / np.maximum(count, 1)
    spread = np.sqrt(np.maximum(squares, 0.0) / np.maximum(count - 1, 1) / np.maximum(count, 1))
    quantile = np.array([t_quantile((1.0 + LEVEL) / 2.0, int(n) - 1) if n > 1 else math.nan for n in count])
    wanted = precision.within * np.abs(mean) if precision.relative else np.full_like(mean, precision.within)
    return quantile * spread, wanted


@dataclass(frozen=True, slots=True)
class Stopping:
    """A precision for a study: when to stop running."""

    precision: Precision
    baseline: str
    policies: tuple[str, ...]

    def differences(self, parts: Sequence[Part | None]) -> list[NDArray[np.float64]]:
        """Policy minus baseline for every policy, (parts) each; NaN where a part failed."""
        name = self.precision.measure

        def final(scenario: str) -> NDArray[np.float64]:
            return np.array([part.runs[scenario].outcomes[name] if part else math.nan for part in parts], np.float64)

        return [final(policy) - final(self.baseline) for policy in self.policies]

    def wanted(self, parts: Sequence[Part | None]) -> int:
        """How many of the first tasks are wanted, when the first are done: no more than these are enough."""
        if not parts:
            return self.next_look(())
        differences = self.differences(parts)
        return self.enough(differences) or self.next_look(differences)

    def enough(self, differences: Sequence[ArrayLike]) -> int | None:
        """After how many pairs it is enough, for every policy's differences; ``None`` if more are needed."""
        holds = np.ones(len(np.asarray(differences[0])), np.bool_)
        for one in differences:
            half, wanted = half_widths(one, self.precision)
            holds &= half <= wanted
        holds[: FEWEST_PAIRS - 1] = False
        run = 0
        for pair, precise in enumerate(holds):
            run = run + 1 if precise else 0
            if run > LOOK_AHEAD:
                return pair + 1
        return None

    def next_look(self, differences: Sequence[ArrayLike]) -> int:
        """How many pairs to have before looking again, guessed from those that are there."""
        pairs = len(np.asarray(differences[0])) if differences else 0
        if pairs < FEWEST_PAIRS:
            return min(FEWEST_PAIRS + LOOK_AHEAD, self.precision.at_most)
        needed = float(pairs)
        for one in differences:
            half, wanted = half_widths(one, self.precision)
            if half[-1] > wanted[-1]:
                needed = max(needed, pairs * (half[-1] / wanted[-1]) ** 2 if wanted[-1] > 0.0 else math.inf)
        # Not all at once: the guess is better when more is known.
        guess = min(needed, 2.0 * pairs, float(self.precision.at_most))
        return min(max(math.ceil(guess), pairs) + LOOK_AHEAD, self.precision.at_most)
