from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

import simcomunita
from simcomunita.cli import app

from .conftest import CONFIGS

HEAVY = (
    "numpy",
    "numba",
    "mesa",
    "pandas",
    "pyarrow",
    "matplotlib",
    "networkx",
    "pydantic",
    "scipy",
    "rich",
    "jinja2",
    "typst",
    "xlsxwriter",
)


def test_help_answers_in_half_a_second() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def seconds() -> float:
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "simcomunita", "--help"], env=environment, check=True, capture_output=True
        )
        return time.perf_counter() - started

    assert min(seconds() for _ in range(5)) < 0.5


def test_nothing_heavy_is_imported_before_a_command_runs() -> None:
    code = f"import sys, simcomunita.cli; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["run"],
        ["compare"],
        ["report"],
        ["claims"],
        ["sensitivity"],
        ["network"],
        ["check"],
        ["territory"],
        ["territory", "describe"],
        ["territory", "new"],
    ],
)
def test_every_command_explains_itself(words: list[str]) -> None:
    answer = CliRunner().invoke(app, [*words, "--help"])
    assert answer.exit_code == 0
    assert "Usage:" in answer.output
    assert "..." not in answer.output.split("Commands:")[-1], "no explanation is cut off"


def test_the_version_is_the_packages() -> None:
    answer = CliRunner().invoke(app, ["--version"])
    assert (answer.exit_code, answer.output) == (0, f"simcomunita {simcomunita.__version__}\n")


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["run"],
        ["run", "project", "--sed", "3"],
        ["run", "project", "--seed", "many"],
        ["run", "project", "--seed", "-1"],
        ["compare"],
        ["compare", "facilitators_8_vs_0", "--seeds", "1"],
        ["compare", "facilitators_8_vs_0", "--workers", "0"],
        ["compare", "facilitators_8_vs_0", "--language", "fr"],
        ["compare", "facilitators_8_vs_0", "--scale", "0"],
        ["compare", "facilitators_8_vs_0", "--scale", "nan"],
        ["compare", "facilitators_8_vs_0", "--seeds", "20000"],
        ["compare", "facilitators_8_vs_0", "--scale", "1000"],
        ["compare", "facilitators_8_vs_0", "--scale", "0.001"],
        ["run", "project", "--scale", "0.001"],
        ["territory", "describe", "bassa_bresciana_orientale", "--scale", "0.001"],
        ["compare", "facilitators_8_vs_1"],
        ["run", "facilitators_8_vs_0"],
        ["territory", "describe", "nowhere"],
        ["territory", "describe"],
        ["report"],
        ["report", "nowhere"],
        ["report", "nowhere", "--lang", "fr"],
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_ends_with_two_and_no_traceback(words: list[str], tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 2, answer.output
    assert answer.stderr.strip()
    assert "Traceback" not in answer.output
    assert not answer.stdout.strip()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["compare", "project"], 'a scenario that comes with the package ("simcomunita run" takes it)'),
        (["run", "facilitators_8_vs_0"], 'a study that comes with the package ("simcomunita compare" takes it)'),
        (["territory", "describe", "project"], '("simcomunita run" takes it); expected a territory'),
        (["run", "bassa_bresciana_orientale"], '("simcomunita territory describe" takes it); expected a scenario'),
        (
            ["run", str(CONFIGS / "territories" / "bassa_bresciana_orientale")],
            '("simcomunita territory describe" takes',
        ),
        (["run", "lombardy"], 'a cost book that comes with the package (scenarios and studies name it; "simcomunita c'),
        (["territory", "describe", str(CONFIGS / "scenarios" / "project.yaml")], '("simcomunita run" takes it)'),
        (["territory", "describe", str(CONFIGS / "territories/bassa_bresciana_orientale/jobs.csv")], "this is a file"),
    ],
)
def test_what_another_command_takes_is_told_with_that_command(words: list[str], said: str) -> None:
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert answer.stderr.endswith("1 error; nothing was run.\n")


@pytest.mark.parametrize("command", [["run"], ["compare"], ["territory", "describe"]])
def test_help_says_how_small_a_scale_may_be(command: list[str]) -> None:
    said = " ".join(CliRunner().invoke(app, [*command, "--help"]).output.split())
    assert "At least 100 residents must remain" in said
