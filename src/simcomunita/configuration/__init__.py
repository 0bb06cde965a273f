"""Reading what users write: documents with line numbers, validation, and errors that help."""

from __future__ import annotations

from simcomunita.configuration.parameters import Many, Parameters, Quantity, quantities, quantity
from simcomunita.configuration.problems import (
    ConfigurationError,
    Problem,
    Problems,
    did_you_mean,
    nearest,
    shown,
)

__all__ = [
    "ConfigurationError",
    "Many",
    "Parameters",
    "Problem",
    "Problems",
    "Quantity",
    "did_you_mean",
    "nearest",
    "quantities",
    "quantity",
    "shown",
]
