"""A territory: reading its files, growing its residents and their first ties, and showing what was grown."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simcomunita.territory.describing import Description as Description
    from simcomunita.territory.describing import describe_territory as describe_territory
    from simcomunita.territory.description import Territory as Territory
    from simcomunita.territory.growing import grow as grow
    from simcomunita.territory.keeping import grown as grown
    from simcomunita.territory.keeping import keep_population as keep_population
    from simcomunita.territory.keeping import read_kept_population as read_kept_population
    from simcomunita.territory.population import GROWN_UP as GROWN_UP
    from simcomunita.territory.population import Area as Area
    from simcomunita.territory.population import Organisations as Organisations
    from simcomunita.territory.population import Population as Population
    from simcomunita.territory.reading import read_territory as read_territory
    from simcomunita.territory.template import write_template as write_template

# Loaded on first use: reading needs no Numba, growing no Matplotlib.
_HOMES = {
    "Area": "population",
    "Description": "describing",
    "GROWN_UP": "population",
    "Organisations": "population",
    "Population": "population",
    "Territory": "description",
    "describe_territory": "describing",
    "grow": "growing",
    "grown": "keeping",
    "keep_population": "keeping",
    "read_kept_population": "keeping",
    "read_territory": "reading",
    "write_template": "template",
}

__all__ = [
    "GROWN_UP",
    "Area",
    "Description",
    "Organisations",
    "Population",
    "Territory",
    "describe_territory",
    "grow",
    "grown",
    "keep_population",
    "read_kept_population",
    "read_territory",
    "write_template",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(f"simcomunita.territory.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
