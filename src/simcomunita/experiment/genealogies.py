"""What came from what in a run, in two tables beside its other results."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from simcomunita.agents.citizens import Source
from simcomunita.experiment.parts import as_parquet
from simcomunita.experiment.plan import ExperimentError, Identity
from simcomunita.months import month_name, parse_month
from simcomunita.outcomes.lineage import Initiative, Kind, Layer, Lineage, Relation
from simcomunita.territory.population import Area

INITIATIVES, ACTIVATIONS = "initiatives.parquet", "activations.parquet"
"""Files of a run's folder; rows in the order in which things happened, so that a row's place is its number."""

_ALIVE = ""
_WORDS: dict[str, type[IntEnum]] = {"kind": Kind, "area": Area, "how": Source, "layer": Layer, "relation": Relation}
_MONTHS = ("founded", "ended", "month")
_INITIATIVE = tuple(Initiative.__dataclass_fields__)
_ACTIVATION = ("month", "person", "how", "by", "initiative")


@dataclass(frozen=True)
class KeptGenealogy:
    """A genealogy that was kept: of what run, with which seed, through which month (as a number)."""

    identity: Identity
    seed: int
    until: int
    lineage: Lineage
    municipalities: tuple[str, ...]


def genealogy_files(lineage: Lineage, municipalities: Sequence[str]) -> dict[str, bytes]:
    """The two tables as files; codes are written out, -1 stands for none."""
    initiatives = [tuple(vars(one).values()) for one in lineage.initiatives]
    return {
        INITIATIVES: as_parquet(_table(_INITIATIVE, initiatives, municipalities)),
        ACTIVATIONS: as_parquet(_table(_ACTIVATION, lineage.activations, municipalities)),
    }


def read_genealogy(directory: Path) -> KeptGenealogy:
    """Read what a run kept.

    Raises
    ------
    ExperimentError
        If the folder holds no genealogy, or one that is damaged.
    """
    try:
        provenance = json.loads((directory / "provenance.json").read_text("utf-8"))
        if "about" in provenance:
            raise ExperimentError(f"{directory}: holds a comparison of many runs; expected what one run kept.")
        identity, (seed,) = Identity(**provenance["identity"]), provenance["seeds"]
        until = parse_month(pq.read_table(directory / "series.parquet", columns=["month"]).column(0)[-1].as_py())
        initiatives = _rows(directory / INITIATIVES, _INITIATIVE)
        municipalities = tuple(sorted({row["municipality"] for row in initiatives}))
        read = [Initiative(**_codes(row, municipalities)) for row in initiatives]
        activations = [_codes(row, municipalities) for row in _rows(directory / ACTIVATIONS, _ACTIVATION)]
        rows = [(a["month"], a["person"], a["how"], a["by"], a["initiative"]) for a in activations]
        _check(read, rows)
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError, IndexError) as error:
        raise ExperimentError(
            f"{directory}: holds no run whose genealogy was kept ({error}). "
            "Run the scenario again: simcomunita run SCENARIO --out DIR."
        ) from error
    return KeptGenealogy(identity, seed, until, Lineage(read, rows), municipalities)


def _rows(file: Path, names: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of a table that has the columns and kinds of value of one that was written here."""
    table = pq.read_table(file)
    if not table.schema.equals(_table(names, [], ()).schema) or any(column.null_count for column in table.columns):
        raise ValueError(f"{file.name} is not as it was written")
    return list(table.to_pylist())


def _table(names: Sequence[str], rows: Sequence[tuple[int, ...]], municipalities: Sequence[str]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    written = {}
    for name, values in zip(names, columns, strict=True):
        if name in _WORDS:
            written[name] = pa.array([_WORDS[name](value).name.lower() for value in values], pa.string())
        elif name in _MONTHS:
            written[name] = pa.array([month_name(value) if value >= 0 else _ALIVE for value in values], pa.string())
        elif name == "municipality":
            written[name] = pa.array([municipalities[value] for value in values], pa.string())
        else:
            written[name] = pa.array(values, pa.int64())
    return pa.table(written)


def _codes(row: Mapping[str, Any], municipalities: Sequence[str]) -> dict[str, int]:
    read = {}
    for name, value in row.items():
        if name in _WORDS:
            read[name] = int(_WORDS[name][value.upper()])
        elif name in _MONTHS:
            read[name] = parse_month(value) if value != _ALIVE else -1
        elif name == "municipality":
            read[name] = municipalities.index(value)
        else:
            read[name] = int(value)
    return read


def _check(initiatives: Sequence[Initiative], activations: Sequence[tuple[int, ...]]) -> None:
    """Refuse what grew from something later, or from nothing that there is."""
    if not all(-1 <= one.parent < number for number, one in enumerate(initiatives)):
        raise ValueError("an initiative grew from none that was there before")
    if not all(-1 <= row[-1] < len(initiatives) for row in activations):
        raise ValueError("somebody was activated in an initiative that there is not")
