"""Communities on which kernels and their twins are compared: two sizes, each in three states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from simcomunita import load_scenario
from simcomunita.mechanisms import ModelParameters
from simcomunita.model import CommunityModel
from simcomunita.scenario import Scenario

EVERYBODY = 66_737
FEW = 1_000
PROJECT = Path(__file__).parents[2] / "configs" / "scenarios" / "project.yaml"

# Much of everything, so that a thousand residents see all that the model can do.
LIVELY = {
    "asking": {"contagion": "threshold", "cold": 0.4},
    "brokerage": {"introducing": 0.8},
    "closure": {"rate": 0.5},
    "encounters": {"association": 1.0, "work": 1.0},
    "erosion": {"wear_kin": 0.1, "forgotten": 0.2, "young": 30},
    "mobility": {"moving": 0.02},
    "shocks": {"job_lost": 0.05, "bereaved": 0.03},
    "spreading": {"asks_of_participants": 3, "asks_of_the_active": 5, "activation": 0.4, "promotion": 0.2},
}


@dataclass(frozen=True)
class Scene:
    """A community in some state; never change it but through `own`."""

    name: str
    model: CommunityModel

    @property
    def parameters(self) -> ModelParameters:
        """What the mechanisms are set to."""
        return self.model.setting.parameters

    @property
    def traits(self) -> tuple[NDArray[Any], ...]:
        """Age, origin and vulnerability."""
        population = self.model.population
        return population.age, population.origin, population.vulnerability

    @property
    def stirred(self) -> bool:
        """Whether everything that can happen to people has happened to many."""
        return self.name.endswith("stirred")

    def keys(self, *purposes: str) -> tuple[np.uint64, ...]:
        """Keys of purposes in this month."""
        return tuple(self.model.chance.key(purpose, self.model.month) for purpose in purposes)

    def columns(self) -> tuple[NDArray[Any], ...]:
        """The ties' columns, copied."""
        return tuple(column.copy() for column in self.model.ties.columns)

    def rows(self, strength: NDArray[np.float32]) -> tuple[NDArray[Any], ...]:
        """The ties' rows with a strength of one's own."""
        return (*self.model.rows[:5], strength)


@cache
def project() -> Scenario:
    """The scenario that all scenes live in."""
    return load_scenario(PROJECT)


def begun(residents: int, changes: dict[str, dict[str, Any]] | None = None) -> CommunityModel:
    """A new run of so many residents, with other parameters if wanted."""
    values = project().parameters.model_dump()
    for name, change in (changes or {}).items():
        values[name] |= change
    scenario = replace(project(), parameters=ModelParameters.model_validate(values))
    return CommunityModel(scenario, seed=1, scale=residents / EVERYBODY)


@cache
def scene(residents: int, state: str) -> Scene:
    """A community as it is grown, after months of life, or after months of life and stirred up besides.

    Stirred, chance puts people at every stage and into crises, groups and needs, and ties to every kind, age and
    strength; some are dissolved and not woven out yet, as in the middle of a month.
    """
    if state == "grown":
        model = begun(residents)
    elif state == "lived":
        # A few residents take longer to come to anything.
        model = begun(residents).advance_to("2016-08" if residents == EVERYBODY else "2018-12")
    else:
        model = scene(residents, "lived").model.branch()
        _stir(model)
    return Scene(f"{residents}-{state}", model)


def _stir(model: CommunityModel) -> None:
    luck = np.random.default_rng(residents := len(model.population))
    c, ties = model.citizens, model.ties
    c.stage[:] = luck.choice(5, residents, p=[0.5, 0.1, 0.2, 0.15, 0.05])
    c.crisis[:] = np.where(luck.random(residents) < 0.2, luck.integers(0, 4, residents), 255)
    c.needs[:] = luck.integers(0, 16, residents) * (luck.random(residents) < 0.5)
    c.taken_on[:] = np.where(luck.random(residents) < 0.3, model.month - luck.integers(0, 30, residents), -1)
    for column in (c.trust, c.energy, c.competence):
        column[:] = luck.random(residents, np.float32)
    model.group_of[:] = np.where(luck.random(residents) < 0.2, 0, -1)
    model.openness = (model.openness * (luck.random(residents) < 0.8)).astype(np.float32)
    ties.strength[:] = np.where(luck.random(len(ties)) < 0.1, 0, 1 - luck.random(len(ties)))
    # Whole tenths: many ties are equally strong.
    tenths = luck.random(len(ties)) < 0.3
    ties.strength[tenths] = np.round(ties.strength[tenths], 1)
    ties.trust[:] = luck.random(len(ties))
    ties.kind[:] = luck.integers(0, 5, len(ties))
    ties.formed_by[:] = luck.integers(0, 10, len(ties))
    ties.since[:] = model.month - luck.integers(0, 40, len(ties))


every_scene = pytest.mark.parametrize(
    ("residents", "state"),
    [(residents, state) for residents in (FEW, EVERYBODY) for state in ("grown", "lived", "stirred")],
)
