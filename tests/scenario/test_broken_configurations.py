"""Every broken configuration gives one clear error, at its place."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import pytest

from simcomunita.configuration import ConfigurationError
from simcomunita.scenario import check_file

sys.path.insert(0, str(Path(__file__).parent))
CASES = importlib.import_module("broken").CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_configuration_gives_one_error_at_its_place(case, tmp_path):
    file = case.lay_out(tmp_path)
    with pytest.raises(ConfigurationError) as raised:
        check_file(file)
    (problem,) = raised.value.problems
    assert (problem.line, problem.key) == (case.line, case.key)
    assert case.says in problem.message
    assert Path(problem.file).is_relative_to(tmp_path)
    assert problem.file == str(tmp_path / "configs" / (case.at or case.file))
    assert str(raised.value).endswith("1 error; nothing was run.")


def test_no_case_has_the_name_of_another():
    assert len({case.name for case in CASES}) == len(CASES)


def test_the_unbroken_configurations_are_accepted(tmp_path):
    configs = CASES[0].lay_out(tmp_path).parents[1]
    assert check_file(configs / "studies/facilitators_8_vs_0.yaml") == "study"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("name: mine")
    file.chmod(0)
    with pytest.raises(ConfigurationError, match="Permission denied"):
        check_file(file)


def test_a_file_that_fails_to_open_is_named(tmp_path, monkeypatch):
    file = tmp_path / "mine.yaml"
    file.write_text("name: mine")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ConfigurationError, match="cannot be read: Permission denied"):
        check_file(file)
