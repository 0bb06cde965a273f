from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from simcomunita.cli import app
from simcomunita.outcomes import MEASURES

from .conftest import Ask


def test_a_run_writes_its_months_its_outcomes_and_where_they_come_from(
    ask: Ask, scenario: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    answer = ask("run", scenario, "--scale", 0.02, "--seed", 5, "--out", out)
    assert answer.returncode == 0, answer.stderr
    tables = {"series.parquet", "outcomes.csv", "initiatives.parquet", "activations.parquet"}
    assert {file.name for file in out.iterdir()} == {*tables, "provenance.json"}

    series = pq.read_table(out / "series.parquet")
    assert series.column_names == ["scenario", "seed", "draw", "month", *MEASURES]
    assert series.column("month").to_pylist() == ["2016-02", "2016-03", "2016-04", "2016-05"]
    assert set(series.column("seed").to_pylist()) == {5}

    with (out / "outcomes.csv").open(newline="") as file:
        outcomes = {row["measure"]: float(row["value"] or "nan") for row in csv.DictReader(file)}
    last = [series.column(name).to_numpy()[-1] for name in MEASURES]
    assert list(outcomes) == list(MEASURES)
    assert np.array_equal(list(outcomes.values()), last, equal_nan=True)

    provenance = json.loads((out / "provenance.json").read_text())
    assert (provenance["seeds"], provenance["scale"]) == ([5], 0.02)
    assert len(provenance["configuration_hash"]) == 64


def test_results_go_to_the_output_and_progress_beside_it(ask: Ask, scenario: Path) -> None:
    answer = ask("run", scenario, "--scale", 0.02)
    assert "beginning, seed 1, 2016-02 – 2016-05" in answer.stdout
    assert "active citizens" in answer.stdout
    assert "Only 2 % of the residents" in answer.stdout
    assert "of 4 months" in answer.stderr
    assert "of 4 months" not in answer.stdout
    assert "\x1b" not in answer.stdout + answer.stderr, "no colours where nobody watches"


def test_the_same_seed_gives_the_same_bytes(ask: Ask, scenario: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        ask("run", scenario, "--scale", 0.02, "--out", tmp_path / name)
    for name in ("series.parquet", "outcomes.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_another_run_is_not_written_over_this_one(ask: Ask, scenario: Path, tmp_path: Path) -> None:
    ask("run", scenario, "--scale", 0.02, "--out", tmp_path)
    before = (tmp_path / "outcomes.csv").read_bytes()
    answer = ask("run", scenario, "--scale", 0.02, "--seed", 2, "--out", tmp_path)
    assert answer.returncode == 2
    assert 'holds results of "beginning, seed 1", not of "beginning, seed 2"' in answer.stderr
    assert (tmp_path / "outcomes.csv").read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told_before_the_run(scenario: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    answer = CliRunner().invoke(app, ["run", str(scenario), "--out", str(tmp_path / "file" / "out")])
    assert answer.exit_code == 2
    assert "cannot be written" in answer.stderr
    assert "months" not in answer.stderr


def test_a_run_that_fails_ends_with_three_and_its_traceback(scenario: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("no hours left")

    monkeypatch.setattr("simcomunita.model.CommunityModel.step", broken)
    answer = CliRunner().invoke(app, ["run", str(scenario), "--scale", "0.02"])
    assert answer.exit_code == 3
    assert "ZeroDivisionError: no hours left" in answer.stderr
    assert "The run of beginning, seed 1 failed." in answer.stderr
    assert not answer.stdout
