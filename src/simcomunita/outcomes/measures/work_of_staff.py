"""What facilitators do with their hours, and what everything costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.outcomes.measures.definition import Measure, Row
from simcomunita.policy.levers import TASKS

if TYPE_CHECKING:
    from simcomunita.community import Community

_TASK_NAMES = {
    "casework": ("casework", "presa in carico"),
    "map": ("mapping", "mappatura"),
    "hook": ("hooking", "aggancio"),
    "connect": ("connecting", "connessione"),
    "run_groups": ("running groups", "conduzione di gruppi"),
    "document": ("documenting", "documentazione"),
    "evaluate": ("evaluating", "valutazione"),
}

MEASURES = (
    Measure("newly_mapped", "people", "people mapped", "persone mappate", "flow"),
    Measure("residents_known", "people", "residents known to staff", "residenti noti agli operatori", "stock"),
    Measure("asks_by_facilitators", "asks", "asks by facilitators", "inviti dei facilitatori", "flow"),
    Measure("asks_accepted_by_facilitators", "asks", "of these accepted", "di cui accettati", "flow"),
    Measure("introductions_by_facilitators", "introductions", "introductions", "presentazioni", "flow"),
    *(
        Measure(f"hours_{task}", "hours", f"hours of {english}", f"ore di {italian}", "flow")
        for task, (english, italian) in _TASK_NAMES.items()
    ),
    Measure("cost_euro", "euro", "cost", "costo", "flow"),
)

HOURS = tuple(f"hours_{task}" for task in TASKS)
"""The measures of staff hours, in the order of the tasks."""


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    known = np.zeros(len(community.population), np.bool_)
    for facilitator in community.facilitators:
        known[facilitator.acquaintances] = True
    return {"residents_known": float(known.sum())}
