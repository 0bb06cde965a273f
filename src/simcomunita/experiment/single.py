"""One run of one scenario, as a table and a few files."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

import simcomunita
from simcomunita.experiment.genealogies import genealogy_files
from simcomunita.experiment.keeping import as_csv, as_json, origin, tidy_table
from simcomunita.experiment.parts import as_parquet, claim, write_results
from simcomunita.experiment.plan import (
    Identity,
    checked_scale,
    checked_seed,
    code_fingerprint,
)
from simcomunita.experiment.wording import measure_of
from simcomunita.months import month_name

if TYPE_CHECKING:
    from simcomunita.scenario import Scenario


@dataclass(frozen=True, eq=False)
class SingleRun:
    """What came out of one run.

    Attributes
    ----------
    series
        A row a month: scenario, seed, draw, month (YYYY-MM), a column a measure.
    outcomes
        The last month's values: measure, unit, value.
    genealogy
        What came from what: files by name.
    """

    identity: Identity
    seed: int
    series: pd.DataFrame
    outcomes: pd.DataFrame
    genealogy: dict[str, bytes]
    seconds: float

    def save(self, directory: Path) -> None:
        """Write ``series.parquet``, ``outcomes.csv``, ``initiatives.parquet``, ``activations.parquet`` and
        ``provenance.json``: all or none.

        Raises
        ------
        ExperimentError
            If the directory cannot be written to, or holds results of something else.
        """
        provenance = {**origin(self.identity), "seeds": [self.seed], "seconds": self.seconds}
        files = {
            "series.parquet": as_parquet(tidy_table(self.series)),
            "outcomes.csv": as_csv(self.outcomes).encode(),
            **self.genealogy,
            "provenance.json": as_json(provenance).encode(),
        }
        claim(directory, self.identity)
        write_results(directory, files)


def identity_of_run(scenario: Scenario, seed: int, scale: float) -> Identity:
    """Return what a single run's results are results of."""
    return Identity(
        f"{scenario.name}, seed {checked_seed(seed)}",
        scenario.configuration_hash,
        checked_scale(scale, scenario.territory.residents),
        simcomunita.__version__,
        code_fingerprint(),
    )


def run_once(
    scenario: Scenario,
    seed: int = 1,
    scale: float = 1.0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> SingleRun:
    """Run a scenario from its start to its end.

    Parameters
    ----------
    scenario
        As `load_scenario` returns it.
    seed, scale
        Course of chance; share of the residents.
    progress
        Called with (months lived, months in all), after growing and after every month.

    Raises
    ------
    ExperimentError
        If seed or scale are out of range.
    """
    from simcomunita.model import CommunityModel

    identity = identity_of_run(scenario, seed, scale)
    started = time.perf_counter()
    model = CommunityModel(scenario, seed, scale)
    progress(0, scenario.end - scenario.start + 1)
    for month in range(scenario.start, scenario.end + 1):
        model.advance_to(month_name(month))
        progress(month - scenario.start + 1, scenario.end - scenario.start + 1)
    measured = pd.DataFrame(dict(model.series()))
    keys = pd.DataFrame({"scenario": scenario.name, "seed": seed, "draw": 0}, index=measured.index)
    final = [(name, measure_of(name).unit, float(value)) for name, value in model.outcomes().items()]
    return SingleRun(
        identity,
        seed,
        pd.concat([keys, measured], axis=1),
        pd.DataFrame(final, columns=["measure", "unit", "value"]),
        genealogy_files(model.lineage, model.population.municipalities),
        time.perf_counter() - started,
    )
