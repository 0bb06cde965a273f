"""Services: the organisations that are there to help, public bodies and social co-operatives."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simcomunita.territory.population import Population

SERVICES = ("municipality", "ambito_office", "health_service", "social_cooperative")
"""Kinds of organisation that are a service, in the order in which casework turns to them."""


def services(population: Population) -> NDArray[np.bool_]:
    """Which organisations are a service: bool (organisations)."""
    table = population.organisations
    return np.isin(np.array(table.kinds)[table.kind], SERVICES)


def service_by_municipality(population: Population) -> NDArray[np.int64]:
    """The organisation that casework links people of each municipality to: int64 (municipalities), -1 for none.

    The first of the kinds of service that the municipality has; of several, the lowest number.
    """
    table = population.organisations
    kinds = np.array(table.kinds)[table.kind]
    found = np.full(len(population.municipalities), -1, np.int64)
    for kind in SERVICES:
        for number in np.flatnonzero(kinds == kind).tolist():
            home = int(table.municipality[number])
            if found[home] < 0:
                found[home] = number
    return found
