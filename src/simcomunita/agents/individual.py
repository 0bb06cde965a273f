"""What all agents that are individuals have in common."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import ClassVar
from weakref import WeakKeyDictionary

from simcomunita.framework import mesa


class _Numbers(WeakKeyDictionary[mesa.Model, Iterator[int]]):
    """The next agent's number in every model that is still in use: 1, 2, ..."""

    def __getitem__(self, model: mesa.Model) -> Iterator[int]:
        if model not in self:
            self[model] = itertools.count(1)
        return super().__getitem__(model)


class Individual(mesa.Agent):  # type: ignore[misc]
    """A Mesa agent that does not outlive its model.

    Mesa 3.3, the last for Python 3.11, counts agents in a dictionary that keeps every model for ever: a thousand runs
    in one process then need the memory of a thousand models. Later versions let the model count.
    """

    _ids: ClassVar[_Numbers] = _Numbers()
