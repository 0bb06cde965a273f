"""A calibration that was read: what is run, which parameters are open, what they are fitted to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from simcomunita.calibration.otherwise import Variant, Without
from simcomunita.calibration.outcomes import Outcome
from simcomunita.calibration.priors import Priors
from simcomunita.scenario.scenario import fingerprint

if TYPE_CHECKING:
    from simcomunita.scenario import Scenario


@dataclass(frozen=True)
class Calibration:
    """What is asked for.

    Attributes
    ----------
    scenario
        What is run; parameters that are not calibrated stay as it has them.
    priors
        Of the parameters that are calibrated.
    outcomes
        What was published, fitted or held out.
    points, scale, seed
        Size of the bank; share of the residents; which scrambling of the Sobol points.
    method, draws, fit_seed
        How it is inferred, how many draws the posterior is told by, and the seed of what is random in that.
    truths
        Runs of the bank that are taken for the truth, to see whether it is found again.
    variants
        Other readings of the figures.
    without
        Which mechanisms are left out in turn, if any.
    """

    name: str
    scenario: Scenario
    priors: Priors
    outcomes: tuple[Outcome, ...]
    points: int
    scale: float
    seed: int
    method: str
    draws: int
    fit_seed: int
    truths: int
    reruns: int = 0
    because: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    without: Without | None = None

    @property
    def fitted(self) -> tuple[Outcome, ...]:
        """Outcomes that parameters are fitted to."""
        return tuple(one for one in self.outcomes if one.fitted)

    @property
    def held_out(self) -> tuple[Outcome, ...]:
        """Outcomes that are only predicted."""
        return tuple(one for one in self.outcomes if not one.fitted)

    def sized(self, points: int | None, scale: float | None) -> Self:
        """Return the same with another size of the bank, where one is given; no bank without a mechanism is larger."""
        points = self.points if points is None else points
        without = self.without
        if without is not None:
            smaller = without.scale if scale is None else min(scale, without.scale)
            without = replace(without, points=min(points, without.points), scale=smaller)
        return replace(self, points=points, scale=self.scale if scale is None else scale, without=without)

    def bank_hash(self) -> str:
        """SHA-256 of all that decides what the bank holds at a scale: not its size, nor what is done with it."""
        return fingerprint(
            {
                "scenario": self.scenario.configuration_hash,
                "priors": [prior.as_dict() for prior in self.priors],
                "seed": self.seed,
            }
        )
