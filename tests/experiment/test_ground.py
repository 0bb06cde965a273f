"""Residents are grown once a process, and no model changes those it lives on."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from simcomunita.experiment import ground
from simcomunita.experiment.ground import shared_ground
from simcomunita.experiment.plan import community_model
from simcomunita.model import CommunityModel
from simcomunita.scenario import load_study

STUDY = load_study("facilitators_8_vs_0")
LAND = STUDY.history.territory
SCALE = 0.02


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground, "_kept", type(ground._kept)())


def columns(of: Any) -> dict[str, bytes]:
    """Every array of a population, and of what it consists of."""
    found: dict[str, bytes] = {}
    for name, value in vars(of).items():
        if isinstance(value, np.ndarray):
            found[name] = value.tobytes()
        elif is_dataclass(value):
            found |= {f"{name}.{inner}": content for inner, content in columns(value).items()}
    return found


def test_a_run_with_all_that_is_funded_changes_no_column_of_its_population() -> None:
    population = shared_ground(LAND, 1, SCALE)
    before = columns(population)
    assert len(before) > len(fields(population))
    model = CommunityModel(STUDY.history, 1, SCALE, population).advance_to("2016-12")
    model.branch(STUDY.scenarios["eight"].policies).advance_to("2017-03")
    after = columns(population)
    assert {name: after[name] for name in before} == before


def test_a_second_model_stands_on_the_same_ground_and_lives_the_same() -> None:
    first, second = (community_model(STUDY.history, 1, SCALE) for _ in range(2))
    assert first.population is second.population  # type: ignore[attr-defined]
    fresh = CommunityModel(STUDY.history, 1, SCALE)
    assert fresh.population is not first.population  # type: ignore[attr-defined]
    for model in (first, second, fresh):
        model.advance_to("2016-06")
    assert first.outcomes() == second.outcomes() == fresh.outcomes()


def test_another_seed_scale_or_territory_is_other_ground() -> None:
    one = shared_ground(LAND, 1, SCALE)
    again = load_study("facilitators_8_vs_0").history.territory
    others = [shared_ground(LAND, 2, SCALE), shared_ground(LAND, 1, 0.021), shared_ground(again, 1, SCALE)]
    assert all(other is not one for other in others)
    assert shared_ground(LAND, 1, SCALE) is one


def test_as_few_are_kept_as_find_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simcomunita.territory.grow", lambda territory, seed, scale: range(int(1e6 * scale)))
    for seed in range(9):
        shared_ground(LAND, seed, 0.05)
    assert [seed for _, seed, _ in ground._kept] == [5, 6, 7, 8]
    shared_ground(LAND, 5, 0.05)
    shared_ground(LAND, 1, 0.2)
    assert [seed for _, seed, _ in ground._kept] == [8, 5, 1]
    shared_ground(LAND, 3, 2.0)
    assert [seed for _, seed, _ in ground._kept] == [3]
