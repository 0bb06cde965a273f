"""A run that failed is repeated by the very command that its record names."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simcomunita.cli import app
from simcomunita.experiment import Plan, Task, follow
from simcomunita.experiment.branching import Part
from simcomunita.experiment.comparing import compare
from simcomunita.experiment.repeating import call, command
from simcomunita.experiment.wording import amount
from simcomunita.model import CommunityModel
from simcomunita.scenario import load_study

SMALL = ("--scale", "0.02")


@pytest.fixture(scope="module")
def awkward(study: Path) -> Path:
    """The study under a name that a shell would take apart."""
    file = study.with_name("the mayor's $study.yaml")
    file.write_text(study.read_text())
    return file


@pytest.fixture
def ailing(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Seed 2 breaks down once the scenarios have parted."""
    healthy = CommunityModel.step

    def step(model: CommunityModel) -> None:
        if model.seed == 2 and model.month > 24198:
            raise ZeroDivisionError("no hours left")
        healthy(model)

    monkeypatch.setattr(CommunityModel, "step", step)
    return monkeypatch


def files(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def test_the_recorded_command_repeats_the_failure_in_full_and_writes_nothing(
    awkward: Path, tmp_path: Path, ailing: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    answer = CliRunner().invoke(app, ["compare", str(awkward), *SMALL, "--workers", "1", "--out", str(out)])
    assert answer.exit_code == 3
    (failure,) = json.loads((out / "provenance.json").read_text())["failures"]
    assert f"To repeat it: {failure['repeat']}" in answer.stderr
    name, *words = shlex.split(failure["repeat"])
    assert (name, words[0], words[1]) == ("simcomunita", "compare", str(awkward))

    ailing.chdir(tmp_path)
    before = files(tmp_path)
    again = CliRunner().invoke(app, words)
    assert again.exit_code == 3
    assert "Traceback" in again.stderr
    assert "Seed 2 failed (eight): ZeroDivisionError: no hours left" in again.stderr
    assert failure["traceback"].splitlines()[-1] in again.stderr
    assert not again.stdout

    ailing.undo()  # mended
    ailing.chdir(tmp_path)
    mended = CliRunner().invoke(app, words)
    assert mended.exit_code == 0
    plan = Plan.of(load_study(awkward), 3, 0.02)
    part = follow(plan, Task(0, 2))
    assert isinstance(part, Part)
    shown = set(mended.stdout.split())
    for run in part.runs.values():
        assert {amount(name, run.outcomes[name], "en").split()[0] for name in load_study(awkward).headline} <= shown
    assert files(tmp_path) == before


def test_when_every_run_fails_each_is_recorded_with_its_command(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("no hours left")

    monkeypatch.setattr(CommunityModel, "step", broken)
    CliRunner().invoke(app, ["compare", str(study), *SMALL, "--workers", "1", "--out", str(tmp_path)])
    failures = json.loads((tmp_path / "provenance.json").read_text())["failures"]
    assert [shlex.split(one["repeat"])[-2:] for one in failures] == [["--only", str(seed)] for seed in (1, 2, 3)]
    answer = CliRunner().invoke(app, [*shlex.split(failures[0]["repeat"])[1:], "--language", "it"])
    assert answer.exit_code == 3
    assert "Seme 1: simulazione non riuscita (passato comune): ZeroDivisionError" in answer.stderr


def test_a_failure_in_python_says_what_repeats_it(study: Path, ailing: pytest.MonkeyPatch) -> None:
    (failure,) = compare(study, 3, scale=0.02).failures
    assert failure.repeat == command(study, 0.02, Task(0, 2), "point")
    import simcomunita

    loaded = load_study(study)
    (failure,) = compare(loaded, 3, scale=0.02).failures
    repeated = eval(failure.repeat, {"simcomunita": simcomunita, "study": loaded})
    assert repeated.task == Task(0, 2)
    assert repeated.error == failure.error
    assert failure.repeat == call(Plan.of(loaded, 3, 0.02), Task(0, 2))


def test_a_command_names_the_draw_where_there_is_one() -> None:
    assert command("mine.yaml", 1.0, Task(12, 7)) == "simcomunita compare mine.yaml --scale 1.0 --only 7:12"


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ("seven", "expected a seed, or a seed and a draw, as in 7 or 7:12"),
        ("1:", "expected a seed"),
        ("-1", "expected a seed"),
        ("9999999999999999999", "expected a whole number from 0"),
        ("1:3", "no draw 3; expected no draw"),
    ],
)
def test_a_seed_that_is_none_is_told_in_a_line(study: Path, only: str, said: str) -> None:
    answer = CliRunner().invoke(app, ["compare", str(study), *SMALL, f"--only={only}"])
    assert answer.exit_code == 2
    assert said in answer.stderr.splitlines()[-1]
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("other", [("--out", "out"), ("--seeds", "3"), ("--aside",)])
def test_what_writes_or_runs_more_does_not_go_with_one_seed(
    study: Path, other: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = CliRunner().invoke(app, ["compare", str(study), *SMALL, "--only", "1", *other])
    assert answer.exit_code == 2
    assert "leave out --out, --aside, --seeds and --draws" in " ".join(answer.stderr.replace("│", " ").split())
    assert not list(tmp_path.iterdir())
