"""Reading what users write: documents with line numbers, validation, and errors that help."""

from __future__ import annotations

from simcomunita.configuration.documents import (
    Document,
    KeyPath,
    Place,
    Source,
    parse_yaml,
    read_text,
    read_yaml,
)
from simcomunita.configuration.parameters import Many, Parameters, Quantity, quantities, quantity, with_values
from simcomunita.configuration.problems import (
    ConfigurationError,
    Problem,
    Problems,
    did_you_mean,
    nearest,
    shown,
)
from simcomunita.configuration.tables import Row, Table, read_table
from simcomunita.configuration.validation import Expected, expectation, read_as, validate, validate_rows

__all__ = [
    "ConfigurationError",
    "Document",
    "Expected",
    "KeyPath",
    "Many",
    "Parameters",
    "Place",
    "Problem",
    "Problems",
    "Quantity",
    "Row",
    "Source",
    "Table",
    "did_you_mean",
    "expectation",
    "nearest",
    "parse_yaml",
    "quantities",
    "quantity",
    "read_as",
    "read_table",
    "read_text",
    "read_yaml",
    "shown",
    "validate",
    "validate_rows",
    "with_values",
]
