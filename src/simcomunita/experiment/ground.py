"""Models of one seed on one population: what parameters do not grow is not grown again for every draw of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simcomunita.experiment.plan import Model
    from simcomunita.scenario import Scenario
    from simcomunita.territory import Population, Territory


@lru_cache(maxsize=4)
def _grown(territory: Territory, seed: int, scale: float) -> Population:
    from simcomunita.territory import grow

    return grow(territory, seed, scale)


def on_shared_ground(scenario: Scenario, seed: int, scale: float) -> Model:
    """Make a model on a population that is grown once for all draws of a seed."""
    from simcomunita.model import CommunityModel

    model: Model = CommunityModel(scenario, seed, scale, _grown(scenario.territory, seed, scale))
    return model
