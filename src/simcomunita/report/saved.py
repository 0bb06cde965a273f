"""A comparison that was saved, with its provenance; and what to say of a folder that holds none."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simcomunita.experiment.comparison import Comparison
from simcomunita.experiment.frames import RUN_KEYS
from simcomunita.experiment.plan import ExperimentError

_EXPECTED = "expected a folder that `simcomunita compare STUDY --out DIR` wrote"


def read_saved(directory: str | os.PathLike[str]) -> Comparison:
    """Take up a comparison that was saved.

    Raises
    ------
    ExperimentError
        If the folder is not there, was left half-written, holds something else, or every run in it failed.
    """
    root = Path(directory)
    provenance = _provenance(root)
    if "about" not in provenance:
        failures = provenance.get("failures") or ()
        if provenance.get("pairs") == 0 and failures:
            raise ExperimentError(
                f"{root}: every run failed, so there is nothing to report (the first: {failures[0].get('error')}). "
                "What failed stands in its provenance.json."
            )
        raise ExperimentError(f"{root}: holds results, but of no comparison; {_EXPECTED}.")
    comparison = Comparison.read(root)
    _check(root, comparison)
    return comparison


def _provenance(root: Path) -> Mapping[str, Any]:
    file = root / "provenance.json"
    try:
        if not root.is_dir():
            what = "is a file" if root.exists() else "there is no such folder"
            raise ExperimentError(f"{root}: {what}; {_EXPECTED}.")
        if not file.exists():
            kept = len(list((root / "parts").glob("seed-*.parquet")))
            if kept:
                raise ExperimentError(
                    f"{root}: the comparison was not finished ({kept:,} finished seeds are kept). The same compare "
                    "command takes them up and finishes it."
                )
            raise ExperimentError(f"{root}: holds no comparison (no provenance.json); {_EXPECTED}.")
        content = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        if isinstance(error, ExperimentError):
            raise
        raise ExperimentError(f"{file}: cannot be read ({error}); {_EXPECTED}.") from error
    if not isinstance(content, dict):
        raise ExperimentError(f"{file}: holds no provenance; {_EXPECTED}.")
    return content


def _check(root: Path, comparison: Comparison) -> None:
    """Refuse tables that are not those that the provenance speaks of."""
    about, runs, series = comparison.about, comparison.runs, comparison.series
    for name, table, keys in (("runs", runs, RUN_KEYS), ("series", series, (*RUN_KEYS, "month"))):
        lacking = [key for key in keys if key not in table]
        if lacking:
            raise ExperimentError(f"{root / name}.parquet: has no column {', '.join(lacking)}; {_EXPECTED}.")
    counts = runs["scenario"].value_counts().to_dict()
    if set(counts) != set(about.scenarios) or len(set(counts.values())) != 1 or not about.policies:
        raise ExperimentError(
            f"{root / 'runs.parquet'}: does not hold as many runs of each of {', '.join(about.scenarios)}; "
            "the same compare command writes it again."
        )
    if not set(about.scenarios) <= set(series["scenario"]) or not comparison.measures:
        raise ExperimentError(
            f"{root / 'series.parquet'}: does not hold the months of each of {', '.join(about.scenarios)}; "
            "the same compare command writes it again."
        )
