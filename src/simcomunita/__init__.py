"""How a community's network comes to generate participation by itself."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from simcomunita.experiment import compare as compare
    from simcomunita.model import CommunityModel as CommunityModel
    from simcomunita.scenario import load_scenario as load_scenario
    from simcomunita.scenario import load_study as load_study
    from simcomunita.territory import grow as grow
    from simcomunita.territory import read_territory as read_territory

# Loaded on first use: the command line must answer --help without importing Mesa or Numba.
_HOMES = {
    "CommunityModel": "simcomunita.model",
    "compare": "simcomunita.experiment",
    "grow": "simcomunita.territory",
    "load_scenario": "simcomunita.scenario",
    "load_study": "simcomunita.scenario",
    "read_territory": "simcomunita.territory",
}

__all__ = ["CommunityModel", "__version__", "compare", "grow", "load_scenario", "load_study", "read_territory"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
