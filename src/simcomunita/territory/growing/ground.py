"""What every step of growing stands on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simcomunita.randomness import Chance
from simcomunita.territory.description import Territory
from simcomunita.territory.growing.households import Residents
from simcomunita.territory.growing.places import Places


@dataclass(frozen=True)
class Ground:
    """The territory's description, its places and its residents, with the chance to draw from.

    `municipality` is int64 (n), ascending: indices into `places`.
    """

    territory: Territory
    places: Places
    people: Residents
    municipality: NDArray[np.int64]
    chance: Chance

    def __len__(self) -> int:
        return len(self.people.age)

    @property
    def household_start(self) -> NDArray[np.int32]:
        """int32 (households + 1)."""
        return starts(self.people.household)

    @property
    def neighbourhood_start(self) -> NDArray[np.int32]:
        """int32 (neighbourhoods + 1)."""
        return starts(self.people.neighbourhood)


def starts(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """Where each of the ascending labels 0, 1, … starts, and the end: int32 (labels + 1)."""
    return np.append(np.flatnonzero(np.diff(labels, prepend=-1)), len(labels)).astype(np.int32)
