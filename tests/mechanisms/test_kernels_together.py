"""Whole months lived on the plain twins alone are those lived on the kernels, and no kernel lacks its twin."""

from __future__ import annotations

import ast
import importlib
from dataclasses import fields
from pathlib import Path

import pytest
from numba.core.dispatcher import Dispatcher

from simcomunita.compiled import SHARED
from tests.twins import HOME, ROOMS, assert_same_bits, kernels, modules, parameters, twin_of
from tests.twins.randomness import _draw, _draw_pairs
from tests.twins.scenes import EVERYBODY, FEW, LIVELY, begun

PRIVATE = {"_draw": _draw, "_draw_pairs": _draw_pairs}
# Called by other kernels only.
INNER = {
    "mixed",
    "uniform",
    "first_half",
    "first_halves",
    "second_half",
    "coarse_second_half",
    "uniform_pair",
    "below",
    "packed",
    "alike",
    "far_apart",
    "who_meets",
}


def on_twins(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Put twins in the place of kernels everywhere; the names of those that are called from then on."""
    called: set[str] = set()

    def noted(name, twin):
        def call(*arguments):
            called.add(name)
            return twin(*arguments)

        return call

    twins = {id(kernel): twin_of(kernel) for kernel in kernels().values()}
    for module in modules():
        for name, thing in list(vars(module).items()):
            twin = twins.get(id(thing)) or (PRIVATE.get(name) if isinstance(thing, Dispatcher) else None)
            if twin is not None:
                monkeypatch.setattr(module, name, noted(name, twin))
    return called


@pytest.mark.parametrize(
    ("residents", "months", "changes"),
    [(FEW, 44, {}), (FEW, 44, LIVELY), (EVERYBODY, 3, {})],
    ids=["few", "few and lively", "everybody"],
)
def test_months_lived_on_the_twins_are_those_lived_on_the_kernels(monkeypatch, residents, months, changes):
    """Moves, shocks, decay, facilitation, meetings, spreading, encounters, closure and weaving, one upon the other."""
    ours, twin = begun(residents, changes), begun(residents, changes)
    start = ours.month
    ours.advance_to(start + months)
    with monkeypatch.context() as patched:
        called = on_twins(patched)
        twin.advance_to(start + months)
    unused = {name.rpartition(".")[2] for name in kernels()} - INNER - called
    assert not unused or changes is not LIVELY
    assert_same_bits(ours.ties.columns, twin.ties.columns)
    for column in fields(ours.citizens):
        assert_same_bits(getattr(ours.citizens, column.name), getattr(twin.citizens, column.name))
    assert_same_bits(ours.group_of, twin.group_of)
    assert [f.acquaintances.tolist() for f in ours.facilitators] == [
        f.acquaintances.tolist() for f in twin.facilitators
    ]
    series, twins = ours.series(), twin.series()
    assert series.keys() == twins.keys()
    for name, values in series.items():
        assert values.tobytes() == twins[name].tobytes(), name
    assert series["citizens_reached"][-1] > 0
    assert not changes or series["active_participants"][-1] > residents / 10
    assert (ours.ties.since > start).sum() > residents / 10


def test_all_kernels_stand_in_rooms_that_are_searched_for_them():
    compiled = {path.relative_to(HOME) for path in HOME.rglob("*.py") if "\n@kernel" in path.read_text()}
    assert len(compiled) > 10
    assert {path.parts[0].removesuffix(".py") for path in compiled} <= set(ROOMS)


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


def home_of(source: str) -> str:
    """The module in which something is written, not the one by way of which it was imported (but for bare numbers)."""
    module, _, name = source.rpartition(".")
    return str(getattr(getattr(importlib.import_module(module), name), "__module__", module))


def used_across_files() -> dict[str, str]:
    """What kernels use of other files: the name and where it is used, and the full name of what it is."""
    return {
        f"{name} in {path.relative_to(HOME)}": source
        for path in sorted(HOME.rglob("*.py"))
        if "\n@kernel" in path.read_text()
        for name, source in imported_by_kernels(path).items()
    }


def test_every_kernel_used_from_another_file_stands_in_a_file_that_the_cache_watches():
    shared = {where: source for where, source in used_across_files().items() if source in kernels()}
    assert len(shared) > 10
    assert {where: source for where, source in shared.items() if home_of(source) not in watched()} == {}


def test_every_constant_that_a_kernel_takes_from_another_file_stands_in_a_file_that_the_cache_watches():
    """Numba freezes constants: a kernel that is kept between processes would go on with the old ones."""
    used = used_across_files()
    assert {where: source for where, source in used.items() if home_of(source) not in watched()} == {}
