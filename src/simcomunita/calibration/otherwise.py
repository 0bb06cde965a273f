"""What a calibration tries besides: other readings of the figures, and the model without some of its mechanisms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simcomunita.calibration.outcomes import Outcome
from simcomunita.scenario.forms import Words


@dataclass(frozen=True)
class Variant:
    """Another reading of some figures.

    Attributes
    ----------
    label, because
        How it is called, and why the figures can be read so.
    outcomes
        All outcomes of the calibration, those read otherwise included, in the same order.
    """

    name: str
    label: Words
    because: Words
    outcomes: tuple[Outcome, ...]

    @property
    def fitted(self) -> tuple[Outcome, ...]:
        """Outcomes that parameters are fitted to."""
        return tuple(one for one in self.outcomes if one.fitted)


@dataclass(frozen=True)
class Group:
    """Mechanisms that are left out together.

    Attributes
    ----------
    label, because
        What is left out, and what leaving it out asks.
    values
        Parameters that leave it out, by their full names.
    """

    name: str
    label: Words
    because: Words
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Without:
    """Which mechanisms are left out in turn, how many runs each, and with which share of the residents."""

    points: int
    scale: float
    groups: tuple[Group, ...]
