"""A model's state as plain values: to branch in memory, and to keep in a file.

A file holds arrays and JSON only, so that reading one runs no code. It names the version and the configuration that
wrote it, and is refused by any other, because a state means something only together with them.
"""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import simcomunita
from simcomunita.agents.citizens import Citizens
from simcomunita.agents.facilitator import Facilitator
from simcomunita.agents.group import Group
from simcomunita.agents.places import Places
from simcomunita.network import Links, Memberships, Partnerships, Ties
from simcomunita.outcomes import Ledger, Lineage
from simcomunita.policy import Calendar, Policy

if TYPE_CHECKING:
    from simcomunita.model import CommunityModel
    from simcomunita.scenario import Scenario

FORMAT = 4


def remember(model: CommunityModel) -> dict[str, Any]:
    """Everything that changes during a run, as nested dicts and lists of arrays, numbers and strings, all copied."""
    ties, citizens = model.ties, model.citizens.copy()
    places, links = model.places.copy(), model.links.copy()
    return {
        "month": model.month,
        "citizens": {column.name: getattr(citizens, column.name) for column in fields(Citizens)},
        "ties": {name: getattr(ties, name).copy() for name in Ties.COLUMNS},
        "association": {"focus": model.association.focus, "person": model.association.person},
        "groups": [
            {column.name: getattr(group.copy(), column.name) for column in fields(Group)} for group in model.groups
        ],
        "group_of": model.group_of.copy(),
        "written": model.written.copy(),
        "written_practice": model.written_practice,
        "visits": model.visits.copy(),
        "involved_since": model.involved_since.copy(),
        "places": {column.name: getattr(places, column.name) for column in fields(Places)},
        "facilitators": [f.remember() for f in model.facilitators],
        "partnerships": model.partnerships.remember(),
        "links": {name: getattr(links, name) for name in Links.COLUMNS},
        "lineage": model.lineage.remember(),
        "states": model.remembered_states | {name: state.remember() for name, state in model.states.items()},
        "ledger": {
            "totals": dict(model.ledger.totals),
            "months": list(model.ledger.months),
            "rows": [dict(row) for row in model.ledger.rows],
        },
    }


def restore(model: CommunityModel, state: dict[str, Any]) -> None:
    """Put a freshly made model of the same scenario, seed and scale into a state that was remembered."""
    n = len(model.population)
    model.month = state["month"]
    model.levers = model.calendar.in_force(model.month)
    model.citizens = Citizens(**state["citizens"])
    model.ties = Ties(n, **state["ties"])
    model.association = Memberships(
        model.association.n_foci, n, state["association"]["focus"], state["association"]["person"]
    )
    model.groups = [Group(**group) for group in state["groups"]]
    model.group_of = state["group_of"]
    model.written, model.written_practice = state["written"], state["written_practice"]
    model.visits, model.involved_since = state["visits"], state["involved_since"]
    model.places = Places(**state["places"])
    model.partnerships = Partnerships.recall(state["partnerships"])
    model.links = Links(**state["links"])
    model.lineage = Lineage.recall(state["lineage"])
    model.states, model.remembered_states = {}, dict(state["states"])
    model.ledger = Ledger()
    model.ledger.totals.update(state["ledger"]["totals"])
    model.ledger.months = list(state["ledger"]["months"])
    model.ledger.rows = [dict(row) for row in state["ledger"]["rows"]]
    _recall_staff(model, state["facilitators"])


def _recall_staff(model: CommunityModel, memories: list[dict[str, Any]]) -> None:
    posts = {post.ordinal: post for post in model.posts()}
    of_post = dict(zip(posts, model.placements(model.posts()), strict=True))
    for memory in memories:
        home, catchment = of_post[memory["ordinal"]]
        facilitator = Facilitator(model, posts[memory["ordinal"]], home, catchment)
        facilitator.recall(memory)
        model.facilitators.append(facilitator)


def keep(model: CommunityModel, path: Path) -> None:
    """Write a model's state to a file: aside first, then renamed, so that no half file ever stands there."""
    arrays: dict[str, np.ndarray] = {}
    header = {
        "format": FORMAT,
        "version": simcomunita.__version__,
        "configuration": model.setting.configuration_hash,
        "seed": model.seed,
        "scale": model.population.scale,
        "name": model.name,
        "policies": [policy.model_dump(mode="json", by_alias=True) for policy in model.policies],
        "state": _without_arrays(remember(model), arrays),
    }
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("wb") as file:
            np.savez_compressed(file, header=np.array(json.dumps(header)), **arrays)  # type: ignore[arg-type]
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def take_up(path: Path, scenario: Scenario) -> CommunityModel:
    """Read a file that `keep` wrote.

    Raises
    ------
    ValueError
        If the file is damaged, or another version or configuration wrote it.
    FileNotFoundError
        If there is none.
    """
    from simcomunita.model import CommunityModel

    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            header = json.loads(str(file["header"]))
            arrays = {name: file[name] for name in file.files if name != "header"}
        state = _with_arrays(header["state"], arrays)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is no kept model, or is damaged ({error})") from error
    if (header["format"], header["version"]) != (FORMAT, simcomunita.__version__):
        raise ValueError(f"{path} was kept by version {header['version']}; this is {simcomunita.__version__}")
    if header["configuration"] != scenario.configuration_hash:
        raise ValueError(f"{path} was kept for another configuration than {scenario.name}")
    model = CommunityModel(scenario, header["seed"], header["scale"], restored=True)
    model.name = header["name"]
    model.policies = tuple(Policy.model_validate(policy) for policy in header["policies"])
    model.calendar = Calendar(model.policies)
    restore(model, state)
    return model


def _without_arrays(value: Any, arrays: dict[str, np.ndarray]) -> Any:
    """The same with every array replaced by its name, and put into `arrays`."""
    if isinstance(value, np.ndarray):
        name = f"a{len(arrays)}"
        arrays[name] = value
        return {"array": name}
    if isinstance(value, dict):
        return {key: _without_arrays(item, arrays) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_arrays(item, arrays) for item in value]
    return value.item() if isinstance(value, np.generic) else value


def _with_arrays(value: Any, arrays: dict[str, np.ndarray]) -> Any:
    if isinstance(value, dict):
        if set(value) == {"array"}:
            return arrays[value["array"]]
        return {key: _with_arrays(item, arrays) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_arrays(item, arrays) for item in value]
    return value
