"""Every purpose of chance belongs to one place in the source, so that no two rules share their luck by accident."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

import simcomunita
from simcomunita import randomness
from simcomunita.mechanisms import ModelParameters
from simcomunita.randomness import Chance
from tests.twins.scenes import FEW, LIVELY, begun

HOME = Path(simcomunita.__file__).parent
# Which argument of each verb is the purpose.
VERBS = {"key": 0, "uniform": 0, "coin": 0, "happens": 0, "exactly": 1, "whole": 0}


def fixed_part(node: ast.expr) -> str | None:
    """A string literal, or what stands before the first gap of an f-string and a star; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        start = node.values[0]
        return f"{start.value}*" if isinstance(start, ast.Constant) else "*"
    return None


def asked_for(tree: ast.AST) -> list[ast.expr]:
    """The purposes handed to chance: what stands at a purpose's place in a call of one of its verbs."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            verb = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            named = [word.value for word in node.keywords if word.arg == "purpose"]
            if verb in VERBS and (named or len(node.args) > VERBS[verb]):
                found.append(named[0] if named else node.args[VERBS[verb]])
    return found


def dotted(tree: ast.AST, roots: set[str]) -> list[str]:
    """All literals that look like purposes, wherever they stand: some are passed on before they are used."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    return [
        text
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in inside
        for text in [fixed_part(node)]
        if text and text.split(".")[0] in roots and "." in text and " " not in text
    ]


@pytest.fixture(scope="module")
def sources() -> dict[Path, ast.Module]:
    files = sorted(HOME.rglob("*.py"))
    return {path.relative_to(HOME): ast.parse(path.read_text()) for path in files if path.name != "randomness.py"}


@pytest.fixture(scope="module")
def purposes(sources) -> dict[str, list[Path]]:
    """Every purpose, and the file of each place where it is written."""
    roots = {
        text.split(".")[0]
        for tree in sources.values()
        for node in asked_for(tree)
        if (text := fixed_part(node)) and "." in text
    }
    found = defaultdict(list)
    for path, tree in sources.items():
        for text in dotted(tree, roots):
            found[text].append(path)
    return dict(found)


def test_the_search_finds_purposes_in_every_form(purposes):
    written = {
        "erosion.meeting": "mechanisms/erosion.py",  # a key
        "shocks.hit": "mechanisms/shocks.py",  # a draw
        "spreading.yes": "mechanisms/spreading.py",  # a coin
        "facilitation.case": "mechanisms/facilitation/casework.py",  # a choice
        "facilitation.asks": "mechanisms/facilitation/hooking.py",  # a rounded number
        "facilitation.stranger": "mechanisms/facilitation/hooking.py",  # passed on
        "encounters.*": "mechanisms/encounters.py",  # put together
    }
    for purpose, path in written.items():
        assert Path(path) in purposes[purpose]
    assert len(purposes) > 60


def test_a_purpose_is_written_in_one_place_only(purposes):
    assert {purpose: places for purpose, places in purposes.items() if len(places) > 1} == {}


def test_a_purpose_that_is_put_together_begins_like_none_of_another_file(purposes):
    put_together = [purpose for purpose in purposes if purpose.endswith("*")]
    assert put_together
    for open_ended in put_together:
        alike = {path for other, paths in purposes.items() if other.startswith(open_ended[:-1]) for path in paths}
        assert alike == set(purposes[open_ended])
        assert open_ended.index(".") < len(open_ended)


@pytest.fixture(scope="module")
def asked_in_a_run() -> dict[str, set[tuple[str, int]]]:
    """Every purpose that growing and a lively year ask for, and the lines that ask."""
    asked = defaultdict(set)
    key_of = Chance.key

    def key(self: Chance, purpose: str, month: int = 0) -> np.uint64:
        frame = sys._getframe(1)
        while frame.f_code.co_filename == randomness.__file__:
            frame = frame.f_back
        asked[purpose].add((frame.f_code.co_filename, frame.f_lineno))
        return key_of(self, purpose, month)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Chance, "key", key)
        begun(FEW, LIVELY).advance_to("2017-01")
    return dict(asked)


def test_a_run_asks_for_each_purpose_from_one_line_only(asked_in_a_run):
    assert len(asked_in_a_run) > 80
    assert {purpose: lines for purpose, lines in asked_in_a_run.items() if len(lines) > 1} == {}


def test_the_search_of_the_source_misses_no_purpose_that_a_run_asks_for(asked_in_a_run, purposes):
    starts = tuple(purpose[:-1] for purpose in purposes if purpose.endswith("*"))
    assert {
        purpose for purpose in asked_in_a_run if purpose not in purposes and not purpose.startswith(starts)
    } == set()


def test_a_purpose_bears_the_name_of_the_mechanism_or_the_room_that_asks(purposes):
    strays = {
        purpose: str(path)
        for purpose, paths in purposes.items()
        for path in paths
        if purpose.split(".")[0] not in (*path.parts[:-1], path.stem)
    }
    assert strays == {}


def test_a_mechanism_asks_under_its_own_name(sources):
    mechanisms = set(ModelParameters.model_fields)
    for path, tree in sources.items():
        if path.parts[0] != "mechanisms":
            continue
        own = path.parts[1].removesuffix(".py")
        for node in asked_for(tree):
            text = fixed_part(node)
            if text and "." in text:
                assert text.split(".")[0] == own, path
                assert own in mechanisms


def test_purposes_of_one_letter_s_difference_have_nothing_in_common():
    chance, who = Chance(1), np.arange(50_000)
    names = ["spreading.asks", "spreading.ask", "spreading.asky", "spreadinh.asks", "spreading_asks"]
    drawn = [chance.uniform(name, 24193, who) for name in names]
    assert len(np.unique(np.concatenate(drawn))) == len(names) * len(who)
    between = np.corrcoef(drawn)[np.triu_indices(len(names), 1)]
    assert np.abs(between).max() < 4.5 / np.sqrt(len(who))
