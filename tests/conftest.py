from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from simcomunita import grow, load_scenario, load_study
from simcomunita.mechanisms import MONTH, ModelParameters
from simcomunita.model import CommunityModel
from simcomunita.scenario import Scenario, Study
from simcomunita.territory import Population

CONFIGS = Path(__file__).parents[1] / "configs"
SCALE = 0.05
"""About 3,300 residents: enough for every mechanism to do something."""


@pytest.fixture(scope="session")
def study() -> Study:
    return load_study(CONFIGS / "studies" / "facilitators_8_vs_0.yaml")


@pytest.fixture(scope="session")
def project() -> Scenario:
    return load_scenario(CONFIGS / "scenarios" / "project.yaml")


@pytest.fixture(scope="session")
def population(project: Scenario) -> Callable[..., Population]:
    @cache
    def grown(seed: int = 1, scale: float = SCALE) -> Population:
        return grow(project.territory, seed, scale)

    return grown


@pytest.fixture(scope="session")
def altered() -> Callable[..., Scenario]:
    """Change a scenario's policies, leave only some mechanisms on, or change parameters."""
    return _altered


@pytest.fixture
def make(project: Scenario, population: Callable[..., Population]) -> Callable[..., CommunityModel]:
    """Make a model of the project at a small scale, with some parameters or switches changed."""

    def made(
        seed: int = 1, scale: float = SCALE, policies: Any = None, only: Any = None, **changes: Any
    ) -> CommunityModel:
        return CommunityModel(_altered(project, policies, only, **changes), seed, scale, population(seed, scale))

    return made


def _altered(scenario: Scenario, policies: Any = None, only: Any = None, **changes: dict[str, Any]) -> Scenario:
    """A scenario with other policies, with only some mechanisms on, or with changed parameters."""
    values = scenario.parameters.model_dump()
    if only is not None:
        for name in MONTH:
            values[name]["on"] = name in only
    for name, change in changes.items():
        values[name] |= change
    parameters = ModelParameters.model_validate(values)
    kept = scenario.policies if policies is None else tuple(policies)
    return dataclasses.replace(scenario, parameters=parameters, policies=kept)
