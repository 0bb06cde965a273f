from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from simcomunita.cli import app
from simcomunita.commands.watching import Lines, duration
from simcomunita.experiment.keeping import WRITTEN
from simcomunita.outcomes import MEASURES

from .conftest import COMMAND, Answer, Ask

TABLES = ("runs.parquet", "series.parquet", "comparison.csv")
FILES = {*WRITTEN, "parts"} - {"regret.png", "spread.png", "value.png"}
"""There are two scenarios only, parameters as configured, and in so short a time nobody more becomes active."""
SMALL = ("--scale", "0.02")


@pytest.fixture(scope="module")
def done(ask: Ask, study: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Answer, Path]:
    out = tmp_path_factory.mktemp("compared") / "out"
    return ask("compare", study, *SMALL, "--workers", 2, "--out", out), out


def test_a_comparison_writes_tables_a_picture_and_where_they_come_from(done: tuple[Answer, Path]) -> None:
    answer, out = done
    assert answer.returncode == 0, answer.stderr
    assert {file.name for file in out.iterdir()} == FILES
    runs, series = (pq.read_table(out / name) for name in TABLES[:2])
    assert runs.column_names == ["scenario", "seed", "draw", *MEASURES]
    assert series.column_names == ["scenario", "seed", "draw", "month", *MEASURES]
    assert (runs.num_rows, series.num_rows) == (2 * 3, 2 * 3 * 9)
    provenance = json.loads((out / "provenance.json").read_text())
    assert provenance["seeds"] == [1, 2, 3]


def test_the_terminal_says_in_words_what_changes_and_what_it_costs(done: tuple[Answer, Path]) -> None:
    said = " ".join(done[0].stdout.split())
    assert said.startswith("What do helpers change? Eight helpers instead of nobody, from June 2016, in a model of 2 %")
    assert "at the end of October 2016" in said
    assert "3 pairs of simulated runs" in said
    assert "cost, euro" in said
    assert "of 3 seeds" in done[0].stderr
    assert "\x1b" not in done[0].stdout + done[0].stderr, "no colours where nobody watches"


def test_files_do_not_depend_on_the_number_of_workers(
    done: tuple[Answer, Path], ask: Ask, study: Path, tmp_path: Path
) -> None:
    ask("compare", study, *SMALL, "--workers", 1, "--out", tmp_path)
    for name in TABLES:
        assert (tmp_path / name).read_bytes() == (done[1] / name).read_bytes(), name


def test_the_same_command_again_runs_nothing_and_says_so(done: tuple[Answer, Path], ask: Ask, study: Path) -> None:
    before = {name: (done[1] / name).read_bytes() for name in TABLES}
    answer = ask("compare", study, *SMALL, "--out", done[1])
    assert answer.returncode == 0
    assert "all were run before and are taken up" in answer.stderr
    assert answer.stdout == done[0].stdout
    assert {name: (done[1] / name).read_bytes() for name in TABLES} == before


def test_a_changed_study_is_not_written_over_the_old_one(done: tuple[Answer, Path], ask: Ask, study: Path) -> None:
    changed = study.with_name("changed.yaml")
    changed.write_text(study.read_text().replace("number: 8", "number: 9"))
    before = {name: (done[1] / name).read_bytes() for name in TABLES}
    answer = ask("compare", changed, *SMALL, "--out", done[1])
    assert answer.returncode == 2
    assert "another configuration" in answer.stderr
    assert "name another folder with --out" in answer.stderr
    assert not answer.stdout
    assert {name: (done[1] / name).read_bytes() for name in TABLES} == before


def test_results_of_something_else_are_renamed_where_that_is_asked_for(
    done: tuple[Answer, Path], ask: Ask, study: Path, tmp_path: Path
) -> None:
    mine, changed = tmp_path / "mine", study.with_name("renamed.yaml")
    shutil.copytree(done[1], mine)
    changed.write_text(study.read_text().replace("number: 8", "number: 9"))
    same = ask("compare", study, *SMALL, "--aside", "--out", mine)
    assert "all were run before and are taken up" in same.stderr
    answer = ask("compare", changed, *SMALL, "--aside", "--out", mine)
    assert answer.returncode == 0
    (aside,) = tmp_path.glob("mine-until-*")
    assert aside.name in " ".join(answer.stderr.split())
    assert {name: (aside / name).read_bytes() for name in TABLES} == {n: (done[1] / n).read_bytes() for n in TABLES}
    assert (mine / "comparison.csv").read_bytes() != (aside / "comparison.csv").read_bytes()


def test_the_comparison_speaks_italian(done: tuple[Answer, Path], ask: Ask, study: Path, tmp_path: Path) -> None:
    words = ("compare", study, *SMALL, "--seeds", 2, "--workers", 1, "--language", "it", "--out", tmp_path)
    answer = ask(*words)
    assert "Otto aiutanti invece di nessuno, da giugno 2016" in " ".join(answer.stdout.split())
    for said in (
        "short: 2 ripetizioni, ciascuna in 2 scenari; 1 processo.",
        "ripetizioni: 2 su 2",
        "Eseguito in",
        "Scritto: ",
    ):
        assert said in answer.stderr
    assert not {"seeds", "left", "Run", "Written", "processes"} & set(answer.stderr.replace(":", " ").split())
    assert "short: 2 ripetizioni, ciascuna in 2 scenari; tutte già eseguite e riprese da" in ask(*words).stderr


def test_seeds_that_fail_are_told_and_end_with_three(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simcomunita.model import CommunityModel

    healthy = CommunityModel.step

    def ailing(model: CommunityModel) -> None:
        if model.seed == 2 and model.month > 24198:
            raise ZeroDivisionError("no hours left")
        healthy(model)

    monkeypatch.setattr(CommunityModel, "step", ailing)
    words = ["compare", str(study), *SMALL, "--workers", "1", "--out", str(tmp_path)]
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 3
    assert "Seed 2 failed (eight): ZeroDivisionError: no hours left" in answer.stderr
    assert "1 of 3 seeds failed" in answer.stderr
    assert "2 pairs" in answer.stdout
    (failure,) = json.loads((tmp_path / "provenance.json").read_text())["failures"]
    assert (failure["seed"], failure["where"]) == (2, "eight")
    assert "Traceback" in failure["traceback"]

    monkeypatch.undo()  # mended: the same command runs what is missing
    assert CliRunner().invoke(app, words).exit_code == 0
    assert pq.read_table(tmp_path / "runs.parquet").num_rows == 6


def test_when_every_seed_fails_there_is_no_comparison_but_a_record(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("no hours left")

    monkeypatch.setattr("simcomunita.model.CommunityModel.step", broken)
    answer = CliRunner().invoke(app, ["compare", str(study), *SMALL, "--workers", "1", "--out", str(tmp_path)])
    assert answer.exit_code == 3
    assert not answer.stdout
    assert len(json.loads((tmp_path / "provenance.json").read_text())["failures"]) == 3
    assert not (tmp_path / "comparison.csv").exists()


@pytest.mark.skipif(os.name != "posix", reason="sends a signal as a terminal does")
def test_ctrl_c_keeps_what_is_finished_and_ends_with_130(study: Path, tmp_path: Path) -> None:
    words = [*COMMAND, "compare", study, *SMALL, "--seeds", "300", "--workers", "2", "--out", tmp_path]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    end = time.monotonic() + 120
    while len(list(tmp_path.glob("parts/seed-*.parquet"))) < 3 and time.monotonic() < end:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # a terminal tells every process
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert not stdout
    assert "Stopped." in stderr
    assert "the same command takes it up" in stderr
    assert "Traceback" not in stderr
    assert len(list(tmp_path.glob("parts/seed-*.parquet"))) >= 3
    assert not list(tmp_path.rglob("*.tmp"))


@pytest.mark.skipif(os.name != "posix", reason="sends a signal as a terminal does")
@pytest.mark.parametrize("later", [0.0, 0.3, 0.8])
def test_ctrl_c_while_processes_start_ends_without_a_traceback(later: float, study: Path, tmp_path: Path) -> None:
    words = [*COMMAND, "compare", study, *SMALL, "--seeds", "300", "--workers", "2", "--out", tmp_path]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stderr is not None
    assert "2 processes" in process.stderr.readline()
    time.sleep(later)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    # Python ends by the signal itself if it came while it compiled a class: shells say 130 of both.
    assert process.returncode in (130, -signal.SIGINT)
    assert "Stopped." in stderr
    assert "Traceback" not in stderr


def test_two_comparisons_in_one_folder_leave_one_whole_result(study: Path, tmp_path: Path) -> None:
    words = [*COMMAND, "compare", study, *SMALL, "--workers", "1", "--out", tmp_path, "--seeds"]
    both = [subprocess.Popen([*words, n], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for n in "23"]
    for process in both:
        assert process.communicate(timeout=120)[1].count("Written") == 1
    assert {file.name for file in tmp_path.iterdir()} == FILES
    provenance = json.loads((tmp_path / "provenance.json").read_text())
    runs, series = (pq.read_table(tmp_path / name) for name in TABLES[:2])
    assert (runs.num_rows, series.num_rows) == (2 * provenance["pairs"], 2 * 9 * provenance["pairs"])


@pytest.mark.parametrize("out", ["{file}", "{file}/out", "{loop}", "{folder}/" + "x" * 300])
@pytest.mark.parametrize("command", ["compare", "run", "territory"])
def test_a_folder_that_cannot_be_made_is_told_in_a_line(
    command: str, out: str, study: Path, scenario: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    where = out.format(file=tmp_path / "file", loop=tmp_path / "loop", folder=tmp_path)
    words = {
        "compare": ["compare", str(study), *SMALL, "--out", where],
        "run": ["run", str(scenario), *SMALL, "--out", where],
        "territory": ["territory", "new", "valley", "--in", where],
    }[command]
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 2, answer.output
    assert "cannot be written" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert {file.name for file in tmp_path.iterdir()} == {"file", "loop"}


@pytest.mark.parametrize("empty", ["", " "])
@pytest.mark.parametrize(
    "words",
    [
        ["compare", "facilitators_8_vs_0", "--out"],
        ["run", "project", "--out"],
        ["lineage", "project", "--out"],
        ["territory", "describe", "bassa_bresciana_orientale", "--picture"],
        ["territory", "new", "valley", "--in"],
    ],
    ids=" ".join,
)
def test_an_empty_path_is_no_path(
    words: list[str], empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = CliRunner().invoke(app, [*words, empty])
    assert answer.exit_code == 2
    assert "the path is empty" in answer.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [["run", "project"], ["territory", "describe", "bassa_bresciana_orientale"]])
def test_a_seed_too_large_is_told_before_anything_is_grown(words: list[str]) -> None:
    answer = CliRunner().invoke(app, [*words, *SMALL, "--seed", str(2**63)])
    assert answer.exit_code == 2
    assert answer.stderr.startswith("seed is 9223372036854775808; expected")


def test_plain_lines_say_every_tenth_part_and_the_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("simcomunita.commands.watching.time.monotonic", lambda: now[0])
    lines = Lines("seeds")
    for done in range(20, 101):
        lines(done, 100)
        now[0] += 2.0
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 8
    assert said[0] == "30 of 100 seeds, about 2 min left"
    assert said[-2:] == ["90 of 100 seeds, about 20 s left", "100 of 100 seeds"]


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (99, "99 s"), (100, "2 min"), (5940, "99 min"), (7800, "2 h 10 min")]
)
def test_times_are_said_as_one_says_them(seconds: float, said: str) -> None:
    assert duration(seconds) == said
