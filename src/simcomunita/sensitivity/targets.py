"""What is looked at: a measure in a scenario, or the difference that a policy makes in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from simcomunita.scenario import Study


ROUNDING = 1e-12
"""Share of themselves by which two figures may differ by rounding alone."""


@dataclass(frozen=True, slots=True)
class Target:
    """A number that every run gives, at the end of the study.

    Attributes
    ----------
    less
        The scenario whose value is taken off, seed by seed; empty if none is.
    """

    measure: str
    scenario: str
    less: str = ""

    @property
    def name(self) -> str:
        """As tables call it."""
        return f"{self.scenario} - {self.less}" if self.less else self.scenario

    def values(self, outcomes: NDArray[np.float64], scenarios: Sequence[str]) -> NDArray[np.float64]:
        """Return its values, (points, seeds) of (points, seeds, scenarios)."""
        own: NDArray[np.float64] = outcomes[..., scenarios.index(self.scenario)]
        if not self.less:
            return own
        other = outcomes[..., scenarios.index(self.less)]
        alike = np.abs(own - other) <= ROUNDING * np.maximum(np.abs(own), np.abs(other))
        return np.where(alike, 0.0, own - other)


def targets(study: Study, measures: Sequence[str]) -> tuple[Target, ...]:
    """Return all targets: of every measure the differences from the baseline first, then each scenario by itself."""
    policies = [name for name in study.scenarios if name != study.baseline]
    return tuple(
        target
        for measure in measures
        for target in (
            *(Target(measure, policy, study.baseline) for policy in policies),
            *(Target(measure, scenario) for scenario in study.scenarios),
        )
    )


def differences(found: Mapping[Target, object]) -> list[Target]:
    """Return the targets that are differences."""
    return [target for target in found if target.less]
