"""Plain NumPy twins of the compiled kernels: a module for each source file, a function for each kernel.

A twin says what its kernel does in as few words as NumPy allows, takes the same arguments and gives the same bits.
Where a kernel adds up single-precision numbers, its twin does so in the same order (`np.add.at` keeps it). Numba widens
a single-precision number that meets a Python float, NumPy narrows the float: so twins widen by hand.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numba.core.dispatcher import Dispatcher

import simcomunita

HOME = Path(simcomunita.__file__).parent
# What a model lives on; what stands above these rooms may need libraries that are not always there.
ROOMS = ("randomness", "network", "agents", "territory", "policy", "mechanisms", "outcomes", "community", "model")
# Growing happens once, before any run, and is held by its margins; measures are held by NetworkX.
WITHOUT_TWINS = ("simcomunita.territory.growing.", "simcomunita.network.measures")


def modules() -> Iterator[ModuleType]:
    """All modules of these rooms."""
    for path in sorted(HOME.rglob("*.py")):
        inside = path.relative_to(HOME).with_suffix("")
        if inside.parts[0] in ROOMS:
            name = ".".join(("simcomunita", *inside.parts))
            yield importlib.import_module(name.removesuffix(".__init__"))


def kernels() -> dict[str, Dispatcher]:
    """The kernels that have a twin, by full name; private ones are held through those that call them."""
    return {
        f"{module.__name__}.{name}": thing
        for module in modules()
        if not module.__name__.startswith(WITHOUT_TWINS)
        for name, thing in vars(module).items()
        if isinstance(thing, Dispatcher) and thing.__module__ == module.__name__ and not name.startswith("_")
    }


def twin_of(kernel: Dispatcher) -> Callable[..., Any]:
    """The plain function that a kernel must agree with."""
    home = importlib.import_module(kernel.__module__.replace("simcomunita", __name__, 1))
    twin: Callable[..., Any] = getattr(home, kernel.__name__)
    return twin


def parameters(function: Callable[..., Any]) -> list[str]:
    """The names of what a function takes."""
    return list(inspect.signature(function).parameters)


def assert_same_bits(one: Any, other: Any) -> None:
    """Compare numbers, arrays, and tuples of them, to the last bit and with their types."""
    if isinstance(one, tuple):
        assert len(one) == len(other), f"{len(one)} columns are not {len(other)}"
        for mine, theirs in zip(one, other, strict=True):
            assert_same_bits(mine, theirs)
    elif isinstance(one, np.ndarray):
        mine, theirs = (one.dtype, one.shape), (other.dtype, other.shape)
        assert mine == theirs, f"{mine} is not {theirs}"
        differs = np.flatnonzero(one.view(f"u{one.itemsize}") != other.view(f"u{other.itemsize}"))
        where = differs[:1]
        assert not len(differs), (
            f"{len(differs)} of {len(one)} differ, first {where}: {one[where]} is not {other[where]}"
        )
    else:
        assert one == other, f"{one!r} is not {other!r}"
