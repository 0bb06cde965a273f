"""docs/adding_a_mechanism.md, done step by step to copies of the files that it names."""

from __future__ import annotations

import dataclasses
import re
import sys
import textwrap
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

import simcomunita.model
from simcomunita.model import CommunityModel
from simcomunita.outcomes import MEASURES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "simcomunita"


def after(text: str, line: str, added: str) -> str:
    """The text with something added under a line that it must have once, indented likewise."""
    found = re.findall(rf"^([ ]*){re.escape(line)}.*$", text, re.MULTILINE)
    assert len(found) == 1, line
    return re.sub(
        rf"^[ ]*{re.escape(line)}.*$",
        lambda match: f"{match[0]}\n{textwrap.indent(added.strip(), found[0])}",
        text,
        flags=re.MULTILINE,
    )


@pytest.fixture
def steps():
    page = (ROOT / "docs" / "adding_a_mechanism.md").read_text(encoding="utf-8")
    assert re.findall(r"^(\d+)\. ", page, re.MULTILINE) == [str(k) for k in range(1, 11)]
    blocks = re.findall(r"^(\d+)\. [^\n]*\n\n   ```python\n(.*?)^   ```", page, re.MULTILINE | re.DOTALL)
    return {int(number): textwrap.dedent(code) for number, code in blocks}


@pytest.fixture
def added(steps, monkeypatch):
    """What the page adds, as modules in place of those that are there."""

    def module(name: str, text: str) -> ModuleType:
        made = ModuleType(name)
        monkeypatch.setitem(sys.modules, name, made)
        exec(compile(text, name, "exec"), vars(made))
        return made

    rule = module("simcomunita.mechanisms.festivals", steps[2])
    text = (PACKAGE / "mechanisms" / "__init__.py").read_text(encoding="utf-8")
    text = after(text, "from simcomunita.mechanisms.facilitation import", steps[3])
    text = after(text, "brokerage: BrokerageParameters", steps[4])
    text = after(text, '"brokerage": brokerage,', steps[5])
    mechanisms = module("mechanisms_with_festivals", text)
    text = (PACKAGE / "outcomes" / "measures" / "participation.py").read_text(encoding="utf-8")
    measures = module("participation_with_festivals", after(text, 'Measure("citizens_reached"', f"{steps[7].strip()},"))
    monkeypatch.setattr(simcomunita.model, "MONTH", mechanisms.MONTH)
    (measure,) = (one for one in measures.MEASURES if one.name == "festivals")
    monkeypatch.setitem(MEASURES, "festivals", measure)
    return SimpleNamespace(rule=rule, mechanisms=mechanisms)


@pytest.fixture
def live(added, project, population):
    """The project with the example mechanism, for half a year."""

    def lived(on: bool) -> CommunityModel:
        parameters = added.mechanisms.ModelParameters(festivals={"on": on})
        setting = dataclasses.replace(project, parameters=parameters)
        return CommunityModel(setting, 1, 0.02, population(1, 0.02)).advance_to("2016-07")

    return lived


def test_its_measure_counts_what_its_state_remembers(live, added):
    model = live(True)
    held = model.state(added.rule.FestivalsState).held
    assert model.outcomes()["festivals"] == held.sum() > 0


def test_its_switch_turns_it_off(live):
    model = live(False)
    assert model.outcomes()["festivals"] == 0
    assert model.states.keys().isdisjoint({"FestivalsState"})


def test_a_run_that_was_kept_goes_on_as_if_it_had_not_been(live, added, tmp_path):
    model = live(True)
    model.keep(tmp_path / "kept.npz")
    resumed = CommunityModel.resume(tmp_path / "kept.npz", model.setting)
    for one in (model, resumed):
        one.advance_to("2016-10")
    held = [one.state(added.rule.FestivalsState).held for one in (model, resumed)]
    np.testing.assert_array_equal(*held)
    assert model.outcomes() == resumed.outcomes()


def test_its_line_in_the_docstring_has_the_turn_that_it_has_in_the_month(steps, added):
    found = re.fullmatch(r"(\d+)\. ``(\w+)`` +\S.*\n", steps[6])
    assert found
    assert list(added.mechanisms.MONTH).index(found[2]) + 1 == int(found[1])


def test_what_its_switch_changes_is_said_as_the_other_switches_say_it(steps):
    must, may = eval("{" + steps[8] + "}")["festivals"]
    assert must
    assert must.isdisjoint(may)
