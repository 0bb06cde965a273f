"""SALib, which is installed for those who ask for sensitivity only."""

from __future__ import annotations

import importlib
from typing import Any

from simcomunita.experiment.plan import ExperimentError


def library(module: str) -> Any:
    """Return a module of SALib, or of SciPy that comes with it.

    Raises
    ------
    ExperimentError
        If it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ExperimentError(
            f"sensitivity needs SALib, which is not installed ({error}); "
            'expected: pip install "simcomunita[sensitivity]"'
        ) from error
