"""``simcomunita check`` says what is wrong and ends with 2; no traceback, and nothing is written."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simcomunita.cli import app
from simcomunita.commands.remarking import remarks
from simcomunita.scenario import load_study, shipped_root

sys.path.insert(0, str(Path(__file__).parents[1] / "scenario"))
CASES = importlib.import_module("broken").CASES


def files_below(folder):
    return {path: path.lstat().st_mtime_ns for path in folder.rglob("*")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_configuration_ends_with_2_and_says_why(case, tmp_path):
    file = case.lay_out(tmp_path)
    before = files_below(tmp_path)
    result = CliRunner().invoke(app, ["check", str(file)])
    assert result.exit_code == 2
    assert result.stdout == ""
    where = str(tmp_path / "configs" / (case.at or case.file)) + (f":{case.line}" if case.line else "")
    head, message, tail = result.stderr.rstrip().split("\n")
    assert head == (f"{where}: {case.key}" if case.key else where)
    assert case.says in message
    assert tail == "1 error; nothing was run."
    assert files_below(tmp_path) == before


@pytest.mark.parametrize("command", ["run", "compare"])
@pytest.mark.parametrize("name", ["unknown_key", "runs_code", "missing_file", "path_escape", "binary_rubbish"])
def test_other_commands_refuse_it_alike_and_write_nothing(command, name, tmp_path):
    (case,) = (case for case in CASES if case.name == name)
    file = case.lay_out(tmp_path)
    before = files_below(tmp_path)
    result = CliRunner().invoke(app, [command, str(file), "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert result.stderr.rstrip().endswith("nothing was run.")
    assert files_below(tmp_path) == before


def test_a_sound_configuration_ends_with_0_and_says_what_it_is():
    result = CliRunner().invoke(app, ["check", str(shipped_root() / "studies/facilitators_8_vs_0.yaml")])
    assert result.exit_code == 0
    assert "study" in result.stdout
    assert result.stderr == ""


CUT = """\
name: cut
question: What changes?
history: project
branch_at: 2018-01
until: 2018-06
baseline: none
scenarios:
  some: {policies: [{name: four, from: 2018-01, until: 2018-06, facilitators: {number: 4}}]}
  none: {policies: []}
"""


def test_a_policy_that_outlasts_the_history_is_remarked_and_no_error(tmp_path):
    (tmp_path / "cut.yaml").write_text(CUT)
    result = CliRunner().invoke(app, ["check", str(tmp_path / "cut.yaml")])
    assert result.exit_code == 0
    assert '"project", a policy of the history, is funded through September 2019' in result.stderr
    assert "goes on in every one of them" in result.stderr


def test_a_remark_is_made_in_italian_too(tmp_path):
    (tmp_path / "cut.yaml").write_text(CUT)
    (remark,) = remarks(load_study(tmp_path / "cut.yaml"), "it")
    assert "«project», una politica del passato comune, è finanziata fino a tutto settembre 2019" in remark


def test_a_shipped_configuration_is_checked_by_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["check", "facilitators_8_vs_0"]).exit_code == 0
    result = CliRunner().invoke(app, ["check", "facilitators_8vs0"])
    assert result.exit_code == 2
    assert 'Did you mean "facilitators_8_vs_0"?' in result.stderr
