"""What facilitators do with their hours, and what everything costs."""

from __future__ import annotations

import math
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

_BOUGHT = {
    "cost_per_newly_active": ("active_participants", "newly active person", "nuova persona attiva"),
    "cost_per_taken_on": ("beneficiaries_taken_on", "person taken on", "persona presa in carico"),
    "cost_per_need_met": ("needs_met", "need met", "bisogno risolto"),
}
"""All that was spent in the last twelve months, over how many of one thing there were: what each cost if all the money
had been for it alone. What a policy's further euro buys is told by comparing scenarios.
"""

COSTS = tuple(_BOUGHT)
"""The measures of euro for each outcome."""

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
    Measure("residents_known", "people", "residents known to staff", "residenti noti agli operatori", "stock"),
    Measure("introductions_by_facilitators", "introductions", "introductions", "presentazioni", "flow"),
    *(
        Measure(f"hours_{task}", "hours", f"hours of {english}", f"ore di {italian}", "flow")
        for task, (english, italian) in _TASK_NAMES.items()
    ),
    Measure("cost_euro", "euro", "cost", "costo", "flow"),
    *(
        Measure(name, "euro", f"euro for each {english}, last year", f"euro per ogni {italian}, ultimo anno", "mean")
        for name, (_, english, italian) in _BOUGHT.items()
    ),
)

HOURS = tuple(f"hours_{task}" for task in TASKS)
"""The measures of staff hours, in the order of the tasks."""


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    rows, totals = community.ledger.rows, community.ledger.totals
    before = rows[-12] if len(rows) >= 12 else dict.fromkeys(totals, 0.0)

    def of_the_year(flow: str) -> float:
        return totals[flow] - before.get(flow, 0.0)

    known = np.zeros(len(community.population), np.bool_)
    for facilitator in community.facilitators:
        known[facilitator.acquaintances] = True
    cost = of_the_year("cost_euro")
    return {
        # Where there was none of something, it has no price.
        **{name: cost / of_the_year(flow) if of_the_year(flow) else math.nan for name, (flow, _, _) in _BOUGHT.items()},
        "residents_known": float(np.count_nonzero(known)),
    }
