"""What facilitators do with their hours, and what everything costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    Measure("professionals_trained", "people", "professionals trained", "figure professionali formate", "flow"),
    Measure(
        "facilitators_hired",
        "people",
        "facilitators hired",
        "facilitatori assunti",
        "flow",
        inside=("professionals_trained",),
    ),
    Measure("newly_mapped", "people", "people mapped", "persone mappate", "flow"),
    Measure(
        "asks_by_facilitators", "asks", "asks by facilitators", "inviti dei facilitatori", "flow", inside=("contacts",)
    ),
    Measure(
        "asks_accepted_by_facilitators",
        "asks",
        "of these accepted",
        "di cui accettati",
        "flow",
        inside=("asks_by_facilitators",),
    ),
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
    """Nothing but flows that are counted as they happen."""
    return {}
