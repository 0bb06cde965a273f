"""Compiled kernels, kept between processes.

Numba's own cache watches only the file a kernel stands in. Kernels here call each other across files (every mechanism
draws from ``randomness``), so a change there would go unseen. The folder in which machine code is kept is therefore
named after what the shared files say: change one of them and everything is compiled anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

_SETTINGS: Any = numba.config
_HERE = Path(__file__).parent
# The files whose kernels, or constants, are used in the kernels of other files.
SHARED = (
    "compiled.py",
    "randomness.py",
    "network/kernels.py",
    "network/ties.py",
    "mechanisms/homophily.py",
    "mechanisms/relational_time.py",
    "territory/population.py",
    "agents/citizens.py",
)

F = TypeVar("F", bound=Callable[..., Any])


def _folder() -> str:
    fingerprint = hashlib.sha256()
    for name in SHARED:
        fingerprint.update((_HERE / name).read_bytes())
    return str(_HERE / "__pycache__" / f"kernels-{fingerprint.hexdigest()[:12]}")


# Where the installed package cannot be written to, Numba's own choice (a folder of the user) stands.
_FOLDER = _folder() if os.access(_HERE, os.W_OK) and not _SETTINGS.CACHE_DIR else ""


def to_be_compiled() -> bool:
    """Whether no machine code is kept yet, so that a first run takes about a minute longer."""
    return bool(_FOLDER) and not Path(_FOLDER).exists()


def kernel(function: F) -> F:
    """Compile a function of arrays and numbers, without the interpreter's lock and without threads of its own.

    Floating-point operations keep their written order (no fast-math), so that a plain NumPy twin gives the same bits.
    """
    before = _SETTINGS.CACHE_DIR
    try:
        _SETTINGS.CACHE_DIR = _FOLDER or before
        compiled = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    finally:
        _SETTINGS.CACHE_DIR = before
    return cast(F, compiled)
