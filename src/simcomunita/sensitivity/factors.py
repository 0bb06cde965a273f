"""What is varied: parameters over their plausible ranges, and always a dummy that reaches nothing."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from simcomunita.configuration import Quantity, did_you_mean, quantities, shown, with_values
from simcomunita.experiment.draws import value_at
from simcomunita.experiment.plan import ExperimentError

if TYPE_CHECKING:
    from simcomunita.mechanisms import ModelParameters

DUMMY = "dummy"
"""Name of the factor that reaches nothing: what comes out for it is error."""


@dataclass(frozen=True)
class Factors:
    """The parameters that are varied, and the dummy after them.

    A point gives each a share from 0 to 1 of its plausible range, as :func:`simcomunita.experiment.draws.value_at`
    reads it: 0.5 is the value as configured.
    """

    quantities: tuple[Quantity, ...]

    @classmethod
    def of(cls, configured: ModelParameters, patterns: Sequence[str] = ()) -> Self:
        """Take all parameters with a range, or those whose names fit a pattern (``facilitation.*``).

        Raises
        ------
        ExperimentError
            If no parameter fits a pattern.
        """
        ranged = [one for one in quantities(configured) if one.low < one.high]
        names = [one.key for one in ranged]
        for pattern in patterns:
            if not fnmatch.filter(names, pattern):
                whole = dict.fromkeys(f"{name.rsplit('.', 1)[0]}.*" for name in names)
                near = did_you_mean(pattern, [*whole, *names])
                raise ExperimentError(f"--parameters {shown(pattern)}: fits no parameter that has a range. {near}")
        return cls(
            tuple(
                one
                for one in ranged
                if not patterns or any(fnmatch.fnmatchcase(one.key, pattern) for pattern in patterns)
            )
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Full names in the order of a point's shares, the dummy last."""
        return (*(one.key for one in self.quantities), DUMMY)

    def __len__(self) -> int:
        return len(self.quantities) + 1

    def only(self, names: Sequence[str]) -> Factors:
        """Return those of some names, in this order, and the dummy."""
        return Factors(tuple(one for one in self.quantities if one.key in names))

    def parameters(self, configured: ModelParameters, point: NDArray[np.float64]) -> ModelParameters:
        """Return the parameters at a point, (factors) shares; what is not varied stays as configured."""
        shares = point[:-1].tolist()  # the dummy's share reaches nothing
        values = {one.key: value_at(one, share) for one, share in zip(self.quantities, shares, strict=True)}
        return with_values(configured, values)

    def as_list(self) -> list[list[Any]]:
        """Return what decides a point's values, for a fingerprint."""
        return [[one.key, one.low, one.high, one.default] for one in self.quantities]
