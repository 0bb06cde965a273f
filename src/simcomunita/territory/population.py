"""Who lives in a territory, and what they share: fixed once grown, and the same for every scenario of a seed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simcomunita.network import Memberships, Ties

GROWN_UP = 14
"""Age in years from which a resident takes steps of their own; younger ones belong to households and schools."""


class Area(IntEnum):
    """The four areas in which people have needs; bit ``1 << area`` of a citizen's needs."""

    HOUSING = 0
    WORK = 1
    PROXIMITY = 2
    YOUTH = 3


@dataclass(frozen=True)
class Organisations:
    """Bodies that can take part: k organisations, non-profits, public bodies and firms of at least ten employees.

    Attributes
    ----------
    kind, sector
        uint8 (k): indices into `kinds` and `sectors` of the territory.
    municipality
        uint8 (k).
    formal
        bool (k): has statutes and staff.
    firm
        bool (k).
    openness
        float32 (k) in [0, 1]: how easy it is to work with (little paperwork, plain language).
    size
        int32 (k): members or employees.
    partnerships
        int32 (p, 2): pairs that worked together at the start, lower number first.
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    sectors: tuple[str, ...]
    kind: NDArray[np.uint8]
    sector: NDArray[np.uint8]
    municipality: NDArray[np.uint8]
    formal: NDArray[np.bool_]
    firm: NDArray[np.bool_]
    openness: NDArray[np.float32]
    size: NDArray[np.int32]
    partnerships: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.kind)


@dataclass(frozen=True)
class Population:
    """n residents, numbered by municipality, neighbourhood and household, so that neighbours are near in memory.

    Attributes
    ----------
    seed, scale
        What it was grown with.
    municipalities
        Names, in the territory's order.
    distances
        float32 (c, c), km by road between municipalities.
    municipality, band, origin
        uint8 (n): indices into `municipalities` and into the territory's age bands and origin groups (of
        municipalities, uint16 where there are more than 255).
    neighbourhood, household
        int32 (n), ascending.
    neighbourhood_start, household_start
        int32 (count + 1): residents of neighbourhood h are start[h] … start[h + 1] - 1.
    neighbourhood_municipality
        uint8 (neighbourhoods).
    neighbourhood_centre
        float32 (neighbourhoods, 2): km east and north of the municipality's centre.
    age
        uint8 (n), years.
    vulnerability
        float32 (n) in [0, 1]; 0.5 and more counts as vulnerable (at risk of poverty or exclusion).
    needs
        uint8 (n): bits of `Area`, at the start.
    sociability
        float32 (n), mean 1: how many ties a person keeps up, against the average.
    trust
        float32 (n) in [0, 1]: trust in institutions at the start.
    asks_for_help
        bool (n): False for those who never turn to a service by themselves.
    volunteer
        bool (n): belongs to the standing stock of volunteers.
    school, work, association
        Who shares a class (pupils and their parents), a work team, an association; the foci of `association` are
        the organisations, by number.
    organisations
        The bodies that can take part.
    ties
        The first ties.
    """

    seed: int
    scale: float
    municipalities: tuple[str, ...]
    distances: NDArray[np.float32]
    municipality: NDArray[np.uint8]
    band: NDArray[np.uint8]
    origin: NDArray[np.uint8]
    neighbourhood: NDArray[np.int32]
    household: NDArray[np.int32]
    neighbourhood_start: NDArray[np.int32]
    household_start: NDArray[np.int32]
    neighbourhood_municipality: NDArray[np.uint8]
    neighbourhood_centre: NDArray[np.float32]
    age: NDArray[np.uint8]
    vulnerability: NDArray[np.float32]
    needs: NDArray[np.uint8]
    sociability: NDArray[np.float32]
    trust: NDArray[np.float32]
    asks_for_help: NDArray[np.bool_]
    volunteer: NDArray[np.bool_]
    school: Memberships
    work: Memberships
    association: Memberships
    organisations: Organisations
    ties: Ties

    def __len__(self) -> int:
        return len(self.age)

    @cached_property
    def grown_up(self) -> NDArray[np.bool_]:
        """Bool (n): old enough to take steps of their own."""
        return self.age >= GROWN_UP

    @cached_property
    def vulnerable(self) -> NDArray[np.bool_]:
        """Bool (n): at risk of poverty or exclusion."""
        return self.vulnerability >= 0.5
