"""Where a month's time goes."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

BESIDE = {"take_stock": "relational time", "weave": "weaving", "measure": "measures"}
"""What the month does beside its mechanisms: the function's name in `simcomunita.model`, and the phase's."""


@contextmanager
def phases() -> Iterator[dict[str, float]]:
    """CPU seconds by phase, added up over the months that any model lives within."""
    model: Any = importlib.import_module("simcomunita.model")
    spent = dict.fromkeys([BESIDE["take_stock"], *model.MONTH, BESIDE["weave"], BESIDE["measure"]], 0.0)

    def watched(phase: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def watch(*what: Any) -> Any:
            begin = time.process_time()
            try:
                return work(*what)
            finally:
                spent[phase] += time.process_time() - begin

        return watch

    month = {name: watched(name, mechanism) for name, mechanism in model.MONTH.items()}
    beside: dict[str, Any] = {name: watched(phase, getattr(model, name)) for name, phase in BESIDE.items()}
    replaced = patch.multiple(model, **beside)
    with patch.dict(model.MONTH, month), replaced:
        yield spent
