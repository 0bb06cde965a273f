from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simcomunita.cli import app

from .conftest import COMMAND, Ask

WRITTEN = {"page.md", "claims.png", "claims.csv", "effects.csv", "tried.csv", "provenance.json"}
QUICK = ("--draws", "2", "--seeds", "2", "--scale", "0.02", "--workers", "1")
"""So few draws that nothing can be told; what is tried is that everything is run, kept and written."""


@pytest.fixture(scope="module")
def done(ask: Ask, tmp_path_factory: pytest.TempPathFactory):
    out = tmp_path_factory.mktemp("claims") / "out"
    return ask("claims", "--only", "map", "--only", "openness", *QUICK, "--out", out), out


def test_claims_are_tried_printed_and_kept(done):
    answer, out = done
    assert answer.returncode == 0, answer.stderr
    assert "Mapping" in answer.stdout
    assert "2 cannot tell" in answer.stdout
    assert "screened out" in answer.stderr
    assert WRITTEN | {"map", "openness", "draws"} == {file.name for file in out.iterdir()}
    rows = list(csv.DictReader((out / "claims.csv").read_text().splitlines()))
    assert [row["claim"] for row in rows] == ["map", "openness", "openness"]


def test_provenance_says_which_draws_were_kept_and_how_many_were_not(done):
    _, out = done
    found = json.loads((out / "provenance.json").read_text())
    draws = list(csv.DictReader((out / "tried.csv").read_text().splitlines()))
    assert found["draws"] == [int(row["draw"]) for row in draws if row["kept"] == "1"]
    assert len(found["draws"]) == 2
    assert found["screened_out"] == len(draws) - 2
    assert found["claims"] == {"map": "cannot tell", "openness": "cannot tell"}


def test_what_was_run_is_taken_up_and_written_alike(ask: Ask, done):
    _, out = done
    before = {name: (out / name).read_bytes() for name in WRITTEN - {"provenance.json"}}
    again = ask("claims", "--only", "map", "--only", "openness", *QUICK, "--out", out)
    assert again.returncode == 0
    assert {name: (out / name).read_bytes() for name in before} == before


def test_a_trial_that_was_killed_is_taken_up(ask: Ask, done, tmp_path: Path):
    _, whole = done
    out = tmp_path / "out"
    command = [*COMMAND, "claims", "--only", "map", "--only", "openness", *QUICK, "--out", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 120
        while len(list(out.glob("map/parts/seed-*.parquet"))) < 2:
            assert time.monotonic() < end, "waited in vain"
            time.sleep(0.02)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not (out / "page.md").exists()
    assert ask("claims", "--only", "map", "--only", "openness", *QUICK, "--out", out).returncode == 0
    for name in ("claims.csv", "effects.csv", "tried.csv"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()


def test_ctrl_c_ends_with_130_and_says_where_it_is_kept(tmp_path: Path):
    out = tmp_path / "out"
    command = [*COMMAND, "claims", "--only", "map", *QUICK, "--out", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ)
    end = time.monotonic() + 120
    while not list(out.glob("draws/parts/seed-*.parquet")):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert f"kept in {out}" in said


def test_a_folder_of_something_else_is_refused(tmp_path: Path):
    (tmp_path / "comparison.csv").write_text("years of work")
    answer = CliRunner().invoke(app, ["claims", "--only", "map", *QUICK, "--out", str(tmp_path)])
    assert answer.exit_code == 2
    assert "Nothing was overwritten" in answer.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--only", "mapp"], 'Did you mean "map"'),
        (["--only", "map", "--scale", "0"], "above 0"),
        (["--only", "map", "--scale", "0.001"], "residents"),
        (["--draws", "1"], "draws"),
    ],
)
def test_what_is_asked_for_wrongly_is_told(words: list[str], said: str):
    answer = CliRunner().invoke(app, ["claims", *words])
    assert answer.exit_code == 2, answer.stderr
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr
