"""Where things lie: municipalities of every copy of the territory, their distances, and their neighbourhoods'
centres.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.territory.description import Territory
from simcomunita.territory.growing.apportionment import apportioned

SCALE_AT_MOST = 240.0


@dataclass(frozen=True)
class Places:
    """The municipalities that are grown: c in each copy of the territory.

    Attributes
    ----------
    copy_scales
        Scale of each copy: 1 for whole copies; the only or last one may be smaller.
    names
        The first copy's names stand as they are, later ones bear the copy's number.
    origin
        int64 (m): which of the territory's municipalities each is.
    residents
        int64 (m): how many live there.
    distances
        float32 (m, m): km by road; infinite between copies.
    index_type
        uint8, or uint16 where there are more than 255 municipalities.
    """

    copy_scales: tuple[float, ...]
    names: tuple[str, ...]
    origin: NDArray[np.int64]
    residents: NDArray[np.int64]
    distances: NDArray[np.float32]
    index_type: type[Any]

    @property
    def bounds(self) -> NDArray[np.int64]:
        """int64 (m + 1): residents of municipality i are bounds[i] … bounds[i + 1] - 1."""
        return np.concatenate([[0], np.cumsum(self.residents)])

    def attraction(self, weight: NDArray[np.float64], half: float, own: float = 0.5) -> NDArray[np.float64]:
        """A gravity rule: cumulative chances (m, m) of a destination, by its weight and the distance.

        Attraction falls as 1 / (1 + d / half)², with `own` km counted within a municipality; nothing goes
        between copies (Zipf 1946; Wilson 1971).
        """
        km = self.distances.astype(np.float64) + np.eye(len(self.names)) * own
        pull = weight[None, :] / (1 + km / half) ** 2
        total = pull.sum(1, keepdims=True)
        pull = np.where(total > 0, pull, np.eye(len(self.names)))
        cumulative = np.cumsum(pull, 1)
        return np.asarray(cumulative / cumulative[:, -1:])


def laid_down(territory: Territory, scale: float) -> Places:
    """Say how many residents each municipality of each copy gets.

    Raises
    ------
    ValueError
        If the scale is not above 0, too large, or leaves nobody.
    """
    if not 0 < scale <= SCALE_AT_MOST:
        raise ValueError(f"a scale is a number above 0 and at most {SCALE_AT_MOST:g}, not {scale:g}")
    whole = int(scale + 1e-9)
    rest = scale - whole
    scales = [1.0] * whole + ([rest] if rest > 1e-6 else [])
    names: list[str] = []
    residents: list[NDArray[np.int64]] = []
    for copy, one in enumerate(scales):
        names += [n if copy == 0 else f"{n} ({copy + 1})" for n in territory.names]
        total = max(1, round(territory.residents * one))
        residents.append(territory.population if one == 1.0 else apportioned(territory.population, total))
    count, c = len(scales), len(territory.names)
    distances = np.full((count * c, count * c), np.inf, np.float32)
    for copy in range(count):
        distances[copy * c : (copy + 1) * c, copy * c : (copy + 1) * c] = territory.distances
    return Places(
        tuple(scales),
        tuple(names),
        np.tile(np.arange(c), count),
        np.concatenate(residents),
        distances,
        np.uint8 if count * c <= 255 else np.uint16,
    )


def centres(municipality: NDArray[Any], spacing: float) -> NDArray[np.float32]:
    """Centres of neighbourhoods, float32 (k, 2) km east and north of the municipality's centre.

    A sunflower of even density (Vogel 1979), from the centre outwards in the order of the neighbourhoods.
    """
    first = np.searchsorted(municipality, municipality, side="left")
    turn = np.arange(len(municipality)) - first
    angle = turn * np.pi * (3 - np.sqrt(5.0))
    radius = spacing / np.sqrt(np.pi) * np.sqrt(turn)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).astype(np.float32)
