"""Growing a territory's residents, what they share, and their first ties."""

from __future__ import annotations

import numpy as np

from simcomunita.randomness import Chance
from simcomunita.territory.description import Territory
from simcomunita.territory.growing.first_ties import tied
from simcomunita.territory.growing.foci import gather
from simcomunita.territory.growing.ground import Ground
from simcomunita.territory.growing.households import Residents, settle
from simcomunita.territory.growing.organisations import found, sized
from simcomunita.territory.growing.places import centres, laid_down
from simcomunita.territory.growing.traits import endow
from simcomunita.territory.population import Population

FIRST_MONTH = 24193
"""2016-02, in which the project began."""


def grow(territory: Territory, seed: int, scale: float = 1.0, month: int = FIRST_MONTH) -> Population:
    """Grow a synthetic population: the same territory, seed, scale and month give the same people, bit for
    bit.

    Parameters
    ----------
    territory
        What was asked for.
    seed
        0 … 2**63 - 1.
    scale
        Share of the residents, above 0; a scale above 1 puts copies of the territory beside each other, with
        no ties or commuting between them.
    month
        The month in which the first ties stand (`since` lies before it).

    Raises
    ------
    ValueError
        If the scale is out of range, or a municipality cannot be filled.
    """
    chance = Chance(seed)
    places = laid_down(territory, scale)
    bounds = places.bounds
    parts = [
        settle(territory, int(origin), int(count), chance, int(bounds[m]))
        for m, (origin, count) in enumerate(zip(places.origin, places.residents, strict=True))
        if count > 0
    ]
    people = _together(parts)
    municipality = np.repeat(np.arange(len(places.names)), places.residents)
    ground = Ground(territory, places, people, municipality, chance)
    traits = endow(ground)
    organisations = found(territory, places, chance)
    foci = gather(ground, traits, organisations)
    ties = tied(ground, traits, foci, month)
    hoods = ground.neighbourhood_start
    hood_municipality = municipality[hoods[:-1]].astype(places.index_type)
    return Population(
        seed=seed,
        scale=scale,
        municipalities=places.names,
        distances=places.distances,
        municipality=municipality.astype(places.index_type),
        band=people.band,
        origin=people.origin,
        neighbourhood=people.neighbourhood,
        household=people.household,
        neighbourhood_start=hoods,
        household_start=ground.household_start,
        neighbourhood_municipality=hood_municipality,
        neighbourhood_centre=centres(hood_municipality, territory.assumptions.neighbourhood_spacing.value),
        age=people.age,
        vulnerability=traits.vulnerability,
        needs=traits.needs,
        sociability=traits.sociability,
        trust=traits.trust,
        asks_for_help=traits.asks_for_help,
        volunteer=traits.volunteer,
        school=foci.school,
        work=foci.work,
        association=foci.association,
        organisations=sized(organisations, foci.association),
        ties=ties,
    )


def _together(parts: list[Residents]) -> Residents:
    """The residents of all municipalities, households and neighbourhoods numbered throughout."""
    homes = np.cumsum([0, *(int(p.household[-1]) + 1 for p in parts)])
    hoods = np.cumsum([0, *(p.neighbourhoods for p in parts)])
    return Residents(
        np.concatenate([p.age for p in parts]),
        np.concatenate([p.band for p in parts]),
        np.concatenate([p.origin for p in parts]),
        np.concatenate([p.role for p in parts]),
        np.concatenate([p.household + h for p, h in zip(parts, homes, strict=False)]).astype(np.int32),
        np.concatenate([p.neighbourhood + h for p, h in zip(parts, hoods, strict=False)]).astype(np.int32),
    )


__all__ = ["FIRST_MONTH", "grow"]
