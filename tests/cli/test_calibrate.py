from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simcomunita.cli import app

from .conftest import Ask

SMALL = """\
name: small
scenario: beginning
parameters:
  - {name: spreading.walking_in, prior: log_uniform}
  - {name: facilitation.contacts_an_hour, prior: log_uniform}
outcomes:
  - {outcome: citizens_reached, use: fit, error: 0.3, because: "a test"}
  - {outcome: active_participants, use: hold out, error: 0.3, because: "a test"}
bank: {points: 50, scale: 0.01}
fit: {method: linear, truths: 20, draws: 60}
variants:
  rougher: {error: {citizens_reached: 0.6}, because: "a test"}
without:
  points: 50
  scale: 0.01
  groups:
    closure: {switch_off: [closure, brokerage], because: "a test"}
"""
WRITTEN = {
    *("page.md", "outcomes.png", "parameters.png", "pairs.png", "ranks.png", "posterior.csv", "parameters.csv"),
    *("outcomes.csv", "ranks.csv", "methods.csv", "posterior.nc", "posterior.yaml", "provenance.json"),
    *("variants.csv", "mechanisms.csv", "mechanisms.png"),
}


@pytest.fixture(scope="module")
def calibration(study: Path) -> Path:
    folder = study.parents[1] / "calibrations"
    folder.mkdir(exist_ok=True)
    file = folder / "small.yaml"
    file.write_text(SMALL)
    return file


@pytest.fixture(scope="module")
def done(ask: Ask, calibration: Path, tmp_path_factory: pytest.TempPathFactory):
    out = tmp_path_factory.mktemp("calibrate") / "out"
    return ask("calibrate", calibration, "--workers", 1, "--out", out), out


def test_a_calibration_is_run_printed_and_kept(done):
    answer, out = done
    assert answer.returncode == 0, answer.stderr
    assert "citizens reached" in answer.stdout
    assert "held out" in answer.stdout
    assert {file.name for file in out.iterdir()} == WRITTEN | {"bank"}
    rows = list(csv.DictReader((out / "posterior.csv").read_text().splitlines()))
    assert set(rows[0]) == {"spreading.walking_in", "facilitation.contacts_an_hour", "weight"}
    assert {folder.name for folder in (out / "bank" / "without").iterdir()} == {"complete", "closure"}
    assert json.loads((out / "provenance.json").read_text())["bank"]["runs"] == 50


def test_the_bank_is_taken_up_and_the_result_is_the_same(ask: Ask, calibration: Path, done, tmp_path: Path):
    _, out = done
    again = ask(
        *("calibrate", calibration, "--bank", out / "bank", "--out", tmp_path / "again"),
        *("--language", "it", "--no-mechanisms"),
    )
    assert again.returncode == 0, again.stderr
    assert "cittadini" in again.stdout
    for name in ("posterior.csv", "ranks.csv", "outcomes.csv"):
        assert (tmp_path / "again" / name).read_bytes() == (out / name).read_bytes(), name
    assert not (tmp_path / "again" / "mechanisms.csv").exists()


def test_check_knows_a_calibration(ask: Ask, calibration: Path):
    assert "a calibration, nothing wrong" in ask("check", calibration).stdout


def test_results_of_something_else_are_not_overwritten(calibration: Path, tmp_path: Path):
    (tmp_path / "comparison.csv").write_text("years of work")
    answer = CliRunner().invoke(app, ["calibrate", str(calibration), "--out", str(tmp_path)])
    assert answer.exit_code == 2
    assert "Nothing was overwritten" in answer.stderr


def test_a_calibration_that_is_not_there_is_told(tmp_path: Path):
    answer = CliRunner().invoke(app, ["calibrate", "bassa_bresciana", "--out", str(tmp_path / "out")])
    assert answer.exit_code == 2
    assert 'Did you mean "bassa_bresciana_orientale"' in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "out").exists()
