"""Results in files: two tidy tables, the comparison, the pictures, and where it all comes from."""

from __future__ import annotations

import csv
import io
import json
import math
import platform
from contextlib import suppress
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from simcomunita.experiment.better import sign
from simcomunita.experiment.branching import Failure
from simcomunita.experiment.parts import as_parquet, claim, write_results
from simcomunita.experiment.plan import Identity
from simcomunita.experiment.value import Reason, UnansweredError, Value
from simcomunita.experiment.wording import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from simcomunita.experiment.comparison import Comparison

PACKAGES = (
    "igraph",
    "llvmlite",
    "matplotlib",
    "mesa",
    "networkx",
    "numba",
    "numpy",
    "pandas",
    "pyarrow",
    "pydantic",
    "pyyaml",
)
"""Packages whose versions are noted."""

PICTURES = ("value.png", "regret.png", "spread.png")
"""Pictures that are drawn only where there is something to show."""
WRITTEN = (
    "comparison.png",
    *PICTURES,
    "comparison.csv",
    "regret.csv",
    "acceptability.csv",
    "spread.csv",
    "runs.parquet",
    "series.parquet",
    "provenance.json",
)
"""Files that a comparison is saved in."""

_TEXTS = ("scenario", "month")
_WHOLE = ("seed", "draw")


def save_comparison(comparison: Comparison, directory: Path, lang: Language = "en") -> None:
    """Write ``runs.parquet``, ``series.parquet``, the tables and pictures, and ``provenance.json``: all of `WRITTEN`,
    but for pictures that there is no reason to draw (`not_drawn`).

    The tables hold nothing of when or how they were made: equal results are equal bytes. All are written before any
    gets its name, ``provenance.json`` last: where it stands, the others are whole.

    Raises
    ------
    ExperimentError
        If the directory cannot be written to, or holds results of something else; nothing is overwritten
        then.
    """
    lacking = not_drawn(comparison)
    draw = {
        "value.png": comparison.value_figure,
        "regret.png": comparison.regret_figure,
        "spread.png": comparison.spread_figure,
    }
    files = {
        "runs.parquet": as_parquet(tidy_table(comparison.runs)),
        "series.parquet": as_parquet(tidy_table(comparison.series)),
        "comparison.csv": as_csv(comparison.table).encode(),
        "comparison.png": _as_png(comparison.figure(lang)),
        "regret.csv": as_csv(comparison.regret_table).encode(),
        "acceptability.csv": as_csv(comparison.acceptability_table).encode(),
        "spread.csv": as_csv(comparison.spread_table).encode(),
        **{name: _as_png(draw[name](lang)) for name in PICTURES if name not in lacking},
        "provenance.json": as_json(provenance_of(comparison)).encode(),
    }
    claim(directory, comparison.about.identity)
    write_results(directory, files)
    for name in lacking:  # of fewer runs than before, there may be no reason to draw what was drawn
        with suppress(OSError):
            (directory / name).unlink(missing_ok=True)


def not_drawn(comparison: Comparison) -> dict[str, Reason]:
    """Which of `PICTURES` there is no reason to draw, and why."""
    lacking: dict[str, Reason] = {}
    try:
        Value.of(comparison)
    except UnansweredError as error:
        lacking["value.png"] = error.reason
    if len(comparison.about.scenarios) < 3:
        lacking["regret.png"] = "two scenarios"
    elif not any(map(sign, comparison.shown)):
        lacking["regret.png"] = "no outcome"
    elif comparison.fewest_pairs < 2:
        lacking["regret.png"] = "one unit"
    if comparison.spread_table["share_of_parameters"].isna().all():
        lacking["spread.png"] = "one draw"
    return lacking


def _as_png(figure: Figure) -> bytes:
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def save_failures(identity: Identity, failures: tuple[Failure, ...], directory: Path) -> None:
    """Write a provenance that says that every run failed, and how."""
    record = {**origin(identity), "pairs": 0, "failures": failures_as_dicts(failures)}
    write_results(directory, {"provenance.json": as_json(record).encode()})


def tidy_table(frame: pd.DataFrame) -> pa.Table:
    """Return a data frame as an Arrow table: texts, whole numbers for seed and draw, else float64."""
    schema = pa.schema(
        [
            (name, pa.string() if name in _TEXTS else pa.int64() if name in _WHOLE else pa.float64())
            for name in frame.columns
        ]
    )
    table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
    return table.replace_schema_metadata(None)


def as_csv(frame: pd.DataFrame) -> str:
    """Write a table as CSV: the shortest digits that give a number back, nothing for NaN."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(frame.columns)
    for row in frame.itertuples(index=False):
        writer.writerow("" if isinstance(cell, float) and math.isnan(cell) else cell for cell in row)
    return written.getvalue()


def as_json(content: dict[str, Any]) -> str:
    """Write a mapping as JSON for people and programs."""
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def origin(identity: Identity, also: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what every provenance says: of what, by which versions (of further packages too), when."""
    return {
        "version": identity.version,
        "configuration_hash": identity.configuration_hash,
        "scale": identity.scale,
        "identity": identity.as_dict(),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": {name: _version(name) for name in (*PACKAGES, *also)},
    }


def failures_as_dicts(failures: tuple[Failure, ...]) -> list[dict[str, Any]]:
    """Return the record of failed tasks."""
    return [
        {
            "seed": f.task.seed,
            "draw": f.task.draw,
            "where": f.where,
            "error": f.error,
            "traceback": f.traceback,
            **({"repeat": f.repeat} if f.repeat else {}),
        }
        for f in failures
    ]


def provenance_of(comparison: Comparison) -> dict[str, Any]:
    """Return where a comparison comes from, dated now."""
    runs = comparison.runs
    return {
        **origin(comparison.about.identity),
        "seeds": sorted(set(runs["seed"].tolist())),
        "pairs": comparison.pairs,
        "parameters": dict(comparison.about.parameters),
        "seconds": comparison.made.get("seconds"),
        "made": comparison.made,
        "failures": failures_as_dicts(comparison.failures),
        "about": comparison.about.as_dict(),
    }


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
