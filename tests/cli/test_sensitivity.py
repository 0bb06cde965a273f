from __future__ import annotations

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

WRITTEN = {"page.md", "screening.png", "indices.png", "screening.csv", "indices.csv", "provenance.json"}
QUICK = (
    *("--parameters", "asking.tie", "--measure", "citizens_reached", "--trajectories", "2", "--points", "8"),
    *("--seeds", "1", "--scale", "0.02", "--workers", "1"),
)
"""So few points that nothing can be told; what is tried is that everything is run, kept and written."""


@pytest.fixture(scope="module")
def done(ask: Ask, study: Path, tmp_path_factory: pytest.TempPathFactory):
    out = tmp_path_factory.mktemp("sensitivity") / "out"
    return ask("sensitivity", study, *QUICK, "--out", out), out


def test_findings_are_printed_and_kept(done):
    answer, out = done
    assert answer.returncode == 0, answer.stderr
    assert "First look at 1 parameters and a dummy: 6 points with 1 seeds in 2 scenarios, 12 runs" in answer.stderr
    assert "asking.tie" in answer.stdout
    assert "dummy (reaches nothing)" in answer.stdout
    assert "run two or more" in answer.stdout
    assert {file.name for file in out.iterdir()} == WRITTEN | {"screening", "indices"}
    assert json.loads((out / "provenance.json").read_text())["kept"] == ["asking.tie"]


def test_what_was_run_is_taken_up_and_told_in_italian(ask: Ask, study: Path, done):
    _, out = done
    before = {name: (out / name).read_bytes() for name in ("screening.csv", "indices.csv")}
    again = ask("sensitivity", study, *QUICK, "--out", out, "--language", "it")
    assert again.returncode == 0, again.stderr
    assert "La differenza in «cittadini raggiunti» sembra dipendere soprattutto da asking.tie" in " ".join(
        again.stdout.split()
    )
    assert "# Da che cosa dipende il risultato" in (out / "page.md").read_text()
    assert {name: (out / name).read_bytes() for name in before} == before


def test_ctrl_c_ends_with_130_and_what_was_run_is_taken_up(ask: Ask, study: Path, tmp_path: Path, done):
    _, whole = done
    out = tmp_path / "out"
    command = [*COMMAND, "sensitivity", str(study), *QUICK, "--out", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ)
    end = time.monotonic() + 200
    while len(list(out.glob("indices/*/parts/seed-*.parquet"))) < 4:
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=100)
    assert process.returncode == 130
    assert f"kept in {out}" in said
    assert not (out / "page.md").exists()
    assert ask("sensitivity", study, *QUICK, "--out", out).returncode == 0
    for name in ("screening.csv", "indices.csv"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()


def test_a_folder_of_something_else_is_refused(study: Path, tmp_path: Path):
    (tmp_path / "comparison.csv").write_text("years of work")
    answer = CliRunner().invoke(app, ["sensitivity", str(study), *QUICK, "--out", str(tmp_path)])
    assert answer.exit_code == 2
    assert "Nothing was overwritten" in answer.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--parameters", "asking"], 'Did you mean "asking.*"'),
        (["--measure", "active_no"], 'Did you mean "active_now"'),
        (["--points", "48"], "Try 64"),
        (["--trajectories", "1"], "trajectories"),
        (["--method", "morris"], "rbd_fast"),
        (["--scale", "0.001"], "residents"),
        (["--trajectories", "100", "--seeds", "10"], "Ask for fewer"),
    ],
)
def test_what_is_asked_for_wrongly_is_told(words: list[str], said: str):
    answer = CliRunner().invoke(app, ["sensitivity", "facilitators_8_vs_0", *words])
    assert answer.exit_code == 2, answer.stderr
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_usual_numbers_are_allowed_for_all_parameters():
    from simcomunita import load_study
    from simcomunita.sensitivity.analysis import Analysis, Size

    analysis = Analysis.of(load_study("facilitators_8_vs_0"), Size())
    plan = analysis.screening_plan()
    assert len(plan.points) == Size().trajectories * (len(analysis.factors) + 1)
    assert analysis.measures == load_study("facilitators_8_vs_0").headline
