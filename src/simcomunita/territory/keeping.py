"""Keeping a grown population in a file, and taking it up again."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.network import Memberships, Ties
from simcomunita.territory.description import Territory
from simcomunita.territory.growing import FIRST_MONTH, grow
from simcomunita.territory.population import Organisations, Population

FORM = 1
"""Version of the file's layout: raised when it changes, so that old files are refused."""
_MEMBERSHIPS = ("school", "work", "association")


def keep_population(population: Population, path: Path | str, territory: Territory, month: int = FIRST_MONTH) -> Path:
    """Write a population to an .npz file; returns the path.

    The file bears the version of its form, of the package and of the rules of growing, the territory's hash,
    seed, scale and month. It appears under its name only when complete.
    """
    columns: dict[str, NDArray[Any]] = {}
    for field in fields(population):
        value = getattr(population, field.name)
        if isinstance(value, np.ndarray):
            columns[field.name] = value
    for name in _MEMBERSHIPS:
        focus: Memberships = getattr(population, name)
        columns[f"{name}.focus"], columns[f"{name}.person"] = focus.focus, focus.person
    for field in fields(Organisations):
        value = getattr(population.organisations, field.name)
        if isinstance(value, np.ndarray):
            columns[f"organisations.{field.name}"] = value
    for name in Ties.COLUMNS:
        columns[f"ties.{name}"] = getattr(population.ties, name)
    about = {
        **_heading(territory, population.seed, population.scale, month),
        "municipalities": population.municipalities,
        "foci": {name: getattr(population, name).n_foci for name in _MEMBERSHIPS},
        "organisations": {k: getattr(population.organisations, k) for k in ("names", "kinds", "sectors")},
    }
    columns["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Several workers may keep the same population: each writes its own file, the last one stands.
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as out:
            np.savez(out, **columns)  # type: ignore[arg-type]
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def read_kept_population(
    path: Path | str, territory: Territory, seed: int, scale: float = 1.0, month: int = FIRST_MONTH
) -> Population:
    """Read a population that `keep_population` wrote.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is no such file, is damaged, or was grown by another version or from another territory, seed,
        scale or month.
    """
    path = Path(path)
    try:
        with path.open("rb") as stream:  # opened here, as NumPy leaves a broken archive open
            file = np.load(stream, allow_pickle=False)
            if not isinstance(file, np.lib.npyio.NpzFile):
                raise ValueError("it is a single array")
            columns = {name: file[name] for name in file.files}
        about = json.loads(columns["about"].tobytes())
        if not isinstance(about, dict):
            raise ValueError("its heading is no mapping")
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} is no kept population, or damaged: {error}") from error
    for name, expected in _heading(territory, seed, scale, month).items():
        if about.get(name) != expected:
            raise ValueError(f"{path} was kept with {name} {about.get(name)}; expected {expected}")
    try:
        return _population(columns, about)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path} is damaged: {error}") from error


def grown(
    territory: Territory,
    seed: int,
    scale: float = 1.0,
    keep_in: Path | None = None,
    month: int = FIRST_MONTH,
) -> Population:
    """Grow a population, or take up the one kept in a folder under the same territory, seed, scale and
    month.
    """
    if keep_in is None:
        return grow(territory, seed, scale, month)
    path = keep_in / f"{territory.name}-{territory.content_hash[:12]}-{seed}-{scale:g}-{month}.npz"
    try:
        return read_kept_population(path, territory, seed, scale, month)
    except (FileNotFoundError, ValueError):  # nothing kept, or by an earlier version: grow anew
        population = grow(territory, seed, scale, month)
        keep_population(population, path, territory, month)
        return population


@cache
def _rules() -> str:
    """A fingerprint of the code that grows: a population that other rules grew is not taken up."""
    import simcomunita.randomness
    import simcomunita.territory.growing

    files = sorted(Path(simcomunita.territory.growing.__file__).parent.glob("*.py"))
    digest = hashlib.sha256()
    for file in [Path(simcomunita.randomness.__file__), *files]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _heading(territory: Territory, seed: int, scale: float, month: int) -> dict[str, Any]:
    from simcomunita import __version__

    return {
        "form": FORM,
        "rules": _rules(),
        "version": __version__,
        "territory": territory.content_hash,
        "seed": int(seed),
        "scale": float(scale),
        "month": int(month),
    }


def _population(columns: dict[str, NDArray[Any]], about: dict[str, Any]) -> Population:
    people = len(columns["age"])
    memberships: dict[str, Any] = {
        name: Memberships(int(about["foci"][name]), people, columns[f"{name}.focus"], columns[f"{name}.person"])
        for name in _MEMBERSHIPS
    }
    bodies: dict[str, Any] = {f.name: columns.get(f"organisations.{f.name}") for f in fields(Organisations)}
    bodies |= {k: tuple(about["organisations"][k]) for k in ("names", "kinds", "sectors")}
    if any(value is None for value in bodies.values()):
        raise KeyError("organisations")
    organisations = Organisations(**bodies)
    plain: dict[str, Any] = {f.name: columns[f.name] for f in fields(Population) if f.name in columns}
    ties = Ties(people, *(columns[f"ties.{name}"] for name in Ties.COLUMNS))
    ties.check()
    return Population(
        seed=int(about["seed"]),
        scale=float(about["scale"]),
        municipalities=tuple(about["municipalities"]),
        organisations=organisations,
        ties=ties,
        **plain,
        **memberships,
    )
