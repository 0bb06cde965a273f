"""Community places (Punti di Comunità): somewhere near to meet and be met."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simcomunita.randomness import Chance
from simcomunita.territory.population import Population


@dataclass
class Places:
    """The places that are open.

    Attributes
    ----------
    asked_for
        Number of places by municipality that `site` and `nearness` answer to.
    municipality, neighbourhood
        int (p): where they are.
    nearness
        float32 (n) in [0, 1]: 1 beside a place, 0.5 at `reach` km from the nearest, 0 with none open.
    liveliness
        float (p): attendances a month nearby, averaged over about half a year.
    """

    asked_for: dict[str, int] = field(default_factory=dict)
    municipality: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))
    neighbourhood: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))
    nearness: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    liveliness: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    @classmethod
    def none(cls, n: int) -> Places:
        """No place is open to n people."""
        return cls(nearness=np.zeros(n, np.float32))

    def open(self, asked_for: dict[str, int], population: Population, chance: Chance, reach: float) -> None:
        """Open, keep and close places so that there are as many as asked for.

        Every neighbourhood has its luck as a site, whatever is asked for, so that a further place moves none.
        """
        if asked_for == self.asked_for:
            return
        before = dict(zip(self.neighbourhood.tolist(), self.liveliness.tolist(), strict=True))
        sites: list[NDArray[np.intp]] = []
        for m, name in enumerate(population.municipalities):
            there = np.flatnonzero(population.neighbourhood_municipality == m)
            sites.append(chance.exactly(asked_for.get(name, 0), "places.site", 0, there))
        self.asked_for = dict(asked_for)
        self.neighbourhood = np.concatenate(sites).astype(np.intp)
        self.municipality = population.neighbourhood_municipality[self.neighbourhood].astype(np.intp)
        self.liveliness = np.array([before.get(int(h), 0.0) for h in self.neighbourhood])
        self.nearness = self._nearness(population, reach)

    def _nearness(self, population: Population, reach: float) -> NDArray[np.float32]:
        if not len(self.neighbourhood):
            return np.zeros(len(population), np.float32)
        centre, home = population.neighbourhood_centre, population.neighbourhood_municipality
        between = centre[:, None, :] - centre[None, self.neighbourhood, :]
        within = np.sqrt((between.astype(np.float64) ** 2).sum(axis=2))
        across = population.distances[home][:, self.municipality].astype(np.float64)
        km = np.where(home[:, None] == self.municipality[None, :], within, across).min(axis=1)
        by_neighbourhood: NDArray[np.float32] = (1 / (1 + km / reach)).astype(np.float32)
        return by_neighbourhood[population.neighbourhood]

    def nearest_in(self, municipality: int, otherwise: int, population: Population) -> int:
        """The neighbourhood of the place nearest to a neighbourhood of the municipality; itself where none is open."""
        there = self.neighbourhood[self.municipality == municipality]
        if not len(there):
            return otherwise
        gap = population.neighbourhood_centre[there] - population.neighbourhood_centre[otherwise]
        return int(there[np.argmin((gap.astype(np.float64) ** 2).sum(axis=1))])

    def copy(self) -> Places:
        """The same places, to be changed independently."""
        return Places(
            dict(self.asked_for),
            self.municipality.copy(),
            self.neighbourhood.copy(),
            self.nearness,
            self.liveliness.copy(),
        )
