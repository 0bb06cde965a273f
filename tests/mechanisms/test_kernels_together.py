"""Whole months lived on the plain twins alone are those lived on the kernels, and no kernel lacks its twin."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from numba.core.dispatcher import Dispatcher

import simcomunita
from simcomunita.compiled import SHARED
from tests.twins import assert_same_bits, kernels, modules, parameters, twin_of
from tests.twins.randomness import _draws, _pair_draws
from tests.twins.scenes import EVERYBODY, FEW, begun

HOME = Path(simcomunita.__file__).parent
PRIVATE = {"_draws": _draws, "_pair_draws": _pair_draws}


def on_twins(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Put twins in the place of kernels everywhere; the names of those replaced."""
    replaced = set()
    twins = {id(kernel): twin_of(kernel) for kernel in kernels().values()}
    for module in modules():
        for name, thing in list(vars(module).items()):
            twin = twins.get(id(thing)) or (PRIVATE.get(name) if isinstance(thing, Dispatcher) else None)
            if twin is not None:
                monkeypatch.setattr(module, name, twin)
                replaced.add(name)
    return replaced


@pytest.mark.parametrize(("residents", "months"), [(FEW, 44), (EVERYBODY, 3)])
def test_months_lived_on_the_twins_are_those_lived_on_the_kernels(monkeypatch, residents, months):
    """Moves, shocks, decay, facilitation, meetings, spreading, encounters, closure and weaving, one upon the other."""
    ours, twin = begun(residents), begun(residents)
    start = ours.month
    ours.advance_to(start + months)
    with monkeypatch.context() as patched:
        assert on_twins(patched) >= {"fade", "merged", "company", "friends_of_friends", "in_a_focus", "_draws"}
        twin.advance_to(start + months)
    assert_same_bits(ours.ties.columns, twin.ties.columns)
    for column in fields(ours.citizens):
        assert_same_bits(getattr(ours.citizens, column.name), getattr(twin.citizens, column.name))
    assert_same_bits(ours.group_of, twin.group_of)
    assert [f.acquaintances.tolist() for f in ours.facilitators] == [f.acquaintances.tolist() for f in twin.facilitators]
    series, twins = ours.series(), twin.series()
    assert series.keys() == twins.keys()
    for name, values in series.items():
        assert values.tolist() == twins[name].tolist(), name
    assert series["citizens_reached"][-1] > 0
    assert (ours.ties.since > start).sum() > residents / 10


@pytest.mark.parametrize("name", sorted(kernels()))
def test_a_kernel_has_a_plain_twin_that_takes_the_same(name):
    kernel = kernels()[name]
    twin = twin_of(kernel)
    assert not isinstance(twin, Dispatcher)
    assert parameters(twin) == parameters(kernel.py_func)


def imported_by_kernels(path: Path) -> dict[str, str]:
    """What a file's kernels use of other files of the package: name, and the module it comes from."""
    tree = ast.parse(path.read_text())
    sources = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("simcomunita")
        for alias in node.names
    }
    derived = {
        target.id: sources[used.id]
        for node in tree.body
        if isinstance(node, ast.Assign)
        for used in ast.walk(node.value)
        if isinstance(used, ast.Name) and used.id in sources
        for place in node.targets
        for target in ast.walk(place)
        if isinstance(target, ast.Name)
    }
    compiled = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(d, ast.Name) and d.id == "kernel" for d in node.decorator_list)
    ]
    used = {n.id for node in compiled for part in node.body for n in ast.walk(part) if isinstance(n, ast.Name)}
    return {name: source for name, source in (sources | derived).items() if name in used}


def watched() -> set[str]:
    return {"simcomunita." + name.removesuffix(".py").replace("/", ".") for name in SHARED}


def test_every_kernel_used_from_another_file_stands_in_a_file_that_the_cache_watches():
    shared = {
        f"{path.relative_to(HOME)}: {name}": source.rpartition(".")[0]
        for path in HOME.rglob("*.py")
        for name, source in imported_by_kernels(path).items()
        if source in kernels()
    }
    assert len(shared) > 10
    unseen = {where: home for where, home in shared.items() if home not in watched()}
    assert not unseen
