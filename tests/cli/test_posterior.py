"""``compare`` draws from the posterior of a study's territory, unless it is told not to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simcomunita.cli import app

ABOUT = """\
calibration: invented
version: 0.1.0
code: "0123456789abcdef"
configuration_hash: "0123"
runs: 60
scale: 0.1
date: 2026-01-31
method: linear
fitted: [citizens_reached]
"""


@pytest.fixture(scope="module")
def shipping(study: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The short study, with a territory that ships four rows."""
    configs = tmp_path_factory.mktemp("shipping") / "configs"
    shutil.copytree(study.parents[1], configs)
    here = configs / "territories" / "bassa_bresciana_orientale"
    (here / "posterior.csv").write_text("spreading.staying\n0.4\n0.5\n0.6\n0.7\n", "utf-8")
    (here / "posterior.yaml").write_text(ABOUT, "utf-8")
    file = configs / "studies" / "short.yaml"
    file.write_text(file.read_text("utf-8").replace("parameters: point\n", ""), "utf-8")
    return file


def asked(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_pairs_draw_from_the_posterior_and_the_terminal_says_so(shipping: Path, tmp_path: Path):
    out = tmp_path / "out"
    answer = asked("compare", shipping, "--scale", 0.01, "--workers", 1, "--out", out, "--language", "it")
    assert answer.exit_code == 0, answer.output
    assert "dalla distribuzione a posteriori «invented»" in answer.stdout
    provenance = json.loads((out / "provenance.json").read_text("utf-8"))
    assert provenance["parameters"]["about"]["date"] == "2026-01-31"
    assert provenance["pairs"] == 3
    other = asked("compare", shipping, "--scale", 0.01, "--workers", 1, "--out", out, "--parameters", "point")
    assert other.exit_code == 2
    assert json.loads((out / "provenance.json").read_text("utf-8")) == provenance


def test_point_values_and_single_pairs_can_be_asked_for(shipping: Path):
    point = asked("compare", shipping, "--scale", 0.01, "--workers", 1, "--seeds", 2, "--parameters", "point")
    assert "for the model as configured" in point.stdout
    one = asked("compare", shipping, "--scale", 0.01, "--only", "7:7")
    assert "seed 7, draw 7" in one.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--draws", 1], "--draws"),
        (["--draws", 3, "--parameters", "point"], "expected one of the two"),
        (["--parameters", "guess"], "posterior"),
        (["--only", "7:7", "--draws", 3], "--draws"),
    ],
)
def test_what_does_not_go_together_ends_with_status_two(shipping: Path, words: list[object], said: str):
    answer = asked("compare", shipping, "--scale", 0.01, *words)
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.output


def test_a_territory_that_ships_none_says_so_when_it_is_asked_for(study: Path, tmp_path: Path):
    configs = tmp_path / "configs"
    shutil.copytree(study.parents[1], configs)
    for file in (configs / "territories" / "bassa_bresciana_orientale").glob("posterior.*"):
        file.unlink()
    answer = asked("compare", configs / "studies" / "short.yaml", "--scale", 0.01, "--parameters", "posterior")
    assert answer.exit_code == 2
    assert "ships no posterior" in answer.stderr


def test_check_reads_the_posterior_of_a_territory(shipping: Path, tmp_path: Path):
    here = shipping.parents[1] / "territories" / "bassa_bresciana_orientale"
    assert asked("check", here).exit_code == 0
    broken = tmp_path / "broken"
    shutil.copytree(here, broken)
    (broken / "posterior.csv").write_text("spreading.staing\n0.4\n", "utf-8")
    answer = asked("check", broken)
    assert answer.exit_code == 2
    assert "posterior.csv:1: spreading.staing" in answer.stderr
    assert 'Did you mean "spreading.staying"' in answer.stderr
