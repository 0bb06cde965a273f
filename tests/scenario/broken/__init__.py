"""Configurations that are broken in one way each, and the one error that each must give.

Every case starts from a copy of the configurations that come with the package; its files are laid over it.
"""

from __future__ import annotations

from . import files, names, plain_data, tables, values
from .case import Broken

CASES: list[Broken] = [*files.CASES, *plain_data.CASES, *values.CASES, *names.CASES, *tables.CASES]
