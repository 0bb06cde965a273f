"""Twin of the kernel of `simcomunita.mechanisms.routine`."""

from __future__ import annotations


def wear(novelty, familiar, places, meets, municipality_of, shares):
    wearing, spread = shares
    homes, _, areas = places.T
    for home, municipality, area in places[meets]:
        near = (municipality_of == municipality) * spread
        near[home] = 1.0
        familiar[:, area] += wearing * near * (1 - familiar[:, area])
        alike = areas == area
        novelty[alike] *= 1 - wearing * near[homes[alike]]
