"""Finished tasks, kept at once, so that what was computed is never computed twice.

A part file holds all runs of one task. A part is either whole or not there, whenever the disk is full or the power
goes; its seal, a hash of the whole file, tells whether a byte of it changed since. Two processes that keep the same
part write the same runs, each aside first, so that whoever comes last changes nothing: no lock is needed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simcomunita.experiment.branching import Part, Run
from simcomunita.experiment.plan import ExperimentError, Identity, Task
from simcomunita.writing import UnwrittenError, clear, folder, write_file, write_together

IDENTITY = "identity.json"
RESULTS = (
    "runs.parquet",
    "series.parquet",
    "comparison.csv",
    "comparison.png",
    "regret.csv",
    "regret.png",
    "acceptability.csv",
    "value.png",
    "spread.csv",
    "spread.png",
    "outcomes.csv",
    "initiatives.parquet",
    "activations.parquet",
    "page.md",
    "claims.csv",
    "claims.png",
    "screening.csv",
    "screening.png",
    "indices.csv",
    "indices.png",
    "provenance.json",
)
"""Files that results are written to beside the folder of parts."""

_NETWORK = r"[a-z]+-\d{4}-\d{2}(\.graphml|\.gexf|-(elements|connections|nodes|edges)\.csv)"
_OWN = re.compile("|".join((*map(re.escape, RESULTS), r"probe", r"genealogy\.(graphml|png)", _NETWORK)))
_PARTS = re.compile(rf"{re.escape(IDENTITY)}|seed-\d+-draw-\d+\.parquet")
"""What is written into a folder of results and into its folder of parts."""

PROBE = 4096
"""Bytes that must find room in a folder before anything is computed for it."""

_ABOUT = b"simcomunita"
_SEAL = re.compile(rb'"seal": "([0-9a-f]{64})"')
_UNSEALED = "0" * 64
"""What stands in the place of the seal while a file is hashed."""


def as_parquet(table: pa.Table) -> bytes:
    """Return a table as a Parquet file; equal tables give equal bytes."""
    written = pa.BufferOutputStream()
    pq.write_table(table, written, compression="zstd")
    return bytes(written.getvalue())


def write_results(directory: Path, files: Mapping[str, bytes]) -> None:
    """Write files that belong together; the last one says that all are there.

    Raises
    ------
    ExperimentError
        If the disk does not take them. What was there before is there still, finished seeds too.
    """
    try:
        write_together(directory, files)
    except UnwrittenError as error:
        raise ExperimentError(f"{error}{_kept(directory / 'parts')}") from error


def _kept(parts: Path) -> str:
    try:
        count = sum(1 for _ in parts.glob("seed-*.parquet"))
    except OSError:  # a folder that cannot be read or has an impossible name
        return ""
    if not count:
        return ""
    seeds, them = ("1 finished seed is", "it") if count == 1 else (f"{count:,} finished seeds are", "them")
    return f" {seeds} kept in {parts}; the same call takes {them} up."


@dataclass(frozen=True)
class PartStore:
    """The parts of one experiment, in ``directory/parts``.

    Use `PartStore.open`, which refuses a directory that belongs to another experiment.
    """

    directory: Path
    identity: Identity

    @classmethod
    def open(cls, directory: str | os.PathLike[str], identity: Identity) -> PartStore:
        """Make the directory ready, or find it as an earlier call left it.

        Raises
        ------
        ExperimentError
            If it cannot be written to, or holds results of something else; nothing is changed then.
        """
        root = Path(directory)
        parts = root / "parts"
        try:
            with folder(root):
                claim(root, identity)
                with folder(parts):
                    write_file(parts / IDENTITY, (json.dumps(identity.as_dict(), indent=2) + "\n").encode())
        except UnwrittenError as error:
            raise ExperimentError(f"{error}{_kept(parts)}") from error
        return cls(root, identity)

    def path(self, task: Task) -> Path:
        """Where the part of a task is kept."""
        return part_path(self.directory, task)

    def keep(self, part: Part) -> None:
        """Keep a finished part.

        Raises
        ------
        ExperimentError
            If the disk does not take it. Those that were kept before stay.
        """
        tables = [_table(name, run) for name, run in part.runs.items()]
        about = {
            "seal": _UNSEALED,
            "identity": self.identity.as_dict(),
            "seed": part.task.seed,
            "draw": part.task.draw,
            "seconds": part.seconds,
            "outcomes": {name: run.outcomes for name, run in part.runs.items()},
        }
        table = pa.concat_tables(tables).replace_schema_metadata({_ABOUT: json.dumps(about).encode()})
        try:
            write_file(self.path(part.task), _sealed(as_parquet(table)))
        except UnwrittenError as error:
            raise ExperimentError(f"{error}{_kept(self.directory / 'parts')}") from error

    def kept(self) -> str:
        """Return a sentence that says how many parts are kept and how they are taken up; nothing if none is."""
        return _kept(self.directory / "parts")

    def taken_up(self, tasks: Iterable[Task]) -> dict[Task, Part]:
        """Return the parts that the same code kept for the same experiment; others are as if not there."""
        found = {task: self._read(task) for task in tasks if self.path(task).is_file()}
        return {task: part for task, part in found.items() if part is not None}

    def outdated(self, tasks: Iterable[Task], taken_up: int) -> int:
        """Return how many parts are there that cannot be taken up: of other code, or spoilt."""
        return sum(self.path(task).is_file() for task in tasks) - taken_up

    def _read(self, task: Task) -> Part | None:
        found = _unsealed(self.path(task))
        if found is None:
            return None  # not one of ours, or spoilt: it is run again
        table, about = found
        same = about["identity"] == self.identity.as_dict()
        if not same or (about["seed"], about["draw"]) != (task.seed, task.draw):
            return None
        return Part(task, _runs(table, about["outcomes"]), about["seconds"])


def part_path(directory: Path, task: Task) -> Path:
    """Where the part of a task is kept in a folder of results."""
    return directory / "parts" / f"seed-{task.seed:06d}-draw-{task.draw:06d}.parquet"


def _sealed(content: bytes) -> bytes:
    """Put the hash of a file into its place in it."""
    found = _SEAL.search(content)
    assert found is not None
    return content[: found.start(1)] + hashlib.sha256(content).hexdigest().encode() + content[found.end(1) :]


def _unsealed(path: Path) -> tuple[pa.Table, dict[str, Any]] | None:
    """Read a part file, if every byte of it is as it was written."""
    try:
        content = path.read_bytes()
        found = _SEAL.search(content)
        if found is None:
            return None
        blank = content[: found.start(1)] + _UNSEALED.encode() + content[found.end(1) :]
        if hashlib.sha256(blank).hexdigest().encode() != found[1]:
            return None
        table = pq.read_table(pa.BufferReader(content))
        about: dict[str, Any] = json.loads(table.schema.metadata[_ABOUT])
    except (OSError, pa.ArrowException, KeyError, ValueError, TypeError):
        return None
    return table, about


def claim(directory: Path, identity: Identity) -> None:
    """Make a directory for results, unless it holds somebody else's.

    Raises
    ------
    ExperimentError
        If it cannot be made or written to, or holds results of something else.
    """
    other = _occupant(directory)
    if other is not None and not other.same_question(identity):
        raise ExperimentError(
            f"{directory}: holds results of {_described(other, identity)}. Nothing was overwritten: "
            "name another folder with --out, or remove this one first."
        )
    try:
        with folder(directory):
            clear(directory, _OWN)
            clear(directory / "parts", _PARTS)
            probe = directory / f".probe.{os.getpid()}.tmp"
            try:
                probe.write_bytes(bytes(PROBE))  # a full disk is better told before the work than after it
            finally:
                probe.unlink(missing_ok=True)
    except OSError as error:
        reason = f"cannot be written to ({error.strerror or error})."
        raise ExperimentError(f"{directory}: {reason}{_kept(directory / 'parts')}") from error


def set_aside(directory: Path, identity: Identity) -> Path | None:
    """Rename a directory that holds results of something else; its new name, or ``None`` if there was no need.

    Raises
    ------
    ExperimentError
        If it cannot be renamed.
    """
    try:
        other = _occupant(directory)
    except ExperimentError:
        pass  # of what, nothing tells
    else:
        if other is None or other.same_question(identity):
            return None
    aside = directory.with_name(f"{directory.name}-until-{datetime.now():%Y-%m-%d-%H%M%S}")
    try:
        directory.rename(aside)
    except OSError as error:
        raise ExperimentError(f"{directory}: cannot be set aside ({error.strerror or error}).") from error
    return aside


def _occupant(directory: Path) -> Identity | None:
    for file, key in ((directory / "parts" / IDENTITY, None), (directory / "provenance.json", "identity")):
        try:
            if file.is_file():
                content = json.loads(file.read_text("utf-8"))
                return Identity(**(content if key is None else content[key]))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # something stands there that cannot be told: others may tell
    strangers = [name for name in RESULTS if os.path.exists(directory / name)]  # noqa: PTH110 - Path's raises
    if strangers:
        raise ExperimentError(
            f"{directory}: already holds {', '.join(strangers)}, and nothing tells what they are of. "
            "Nothing was overwritten: name another folder with --out, or remove them first."
        )
    with suppress(OSError):
        for part in sorted((directory / "parts").glob("seed-*.parquet")):
            if (found := _unsealed(part)) is not None:
                return Identity(**found[1]["identity"])  # each part says what it is of
    return None


def _described(other: Identity, wanted: Identity) -> str:
    if other.study != wanted.study:
        return f'"{other.study}", not of "{wanted.study}"'
    if other.configuration_hash != wanted.configuration_hash:
        return f'another configuration of "{other.study}" (its files or the figures of the model were changed since)'
    return f'"{other.study}" at scale {other.scale:g}, not {wanted.scale:g}'


def _table(scenario: str, run: Run) -> pa.Table:
    columns = {"scenario": pa.array([scenario] * len(run.series["month"]), pa.string())}
    for name, values in run.series.items():
        columns[name] = pa.array(values.tolist(), pa.string()) if name == "month" else pa.array(values)
    return pa.table(columns)


def _runs(table: pa.Table, outcomes: dict[str, dict[str, float]]) -> dict[str, Run]:
    scenario = np.asarray(table.column("scenario").to_pylist())
    columns = {
        name: np.asarray(table.column(name).to_pylist(), dtype=np.str_)
        if name == "month"
        else table.column(name).to_numpy()
        for name in table.column_names
        if name != "scenario"
    }
    runs = {}
    for name, final in outcomes.items():
        own = scenario == name
        runs[name] = Run({key: values[own] for key, values in columns.items()}, dict(final))
    return runs
