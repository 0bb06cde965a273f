"""Shocks, crises, and who is helped by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.agents.citizens import NO_CRISIS
from simcomunita.outcomes.measures.definition import Measure, Row

if TYPE_CHECKING:
    from simcomunita.community import Community

MEASURES = (
    Measure(
        "beneficiaries_taken_on",
        "people",
        "people taken on",
        "persone prese in carico",
        "flow",
        inside=("citizens_reached", "cases"),
    ),
    Measure(
        "households_taken_on",
        "households",
        "households of people taken on",
        "famiglie delle persone prese in carico",
        "flow",
        inside=("beneficiaries_taken_on",),
    ),
    Measure(
        "never_askers_taken_on",
        "people",
        "taken on who never ask",
        "prese in carico tra chi non chiede",
        "flow",
        inside=("beneficiaries_taken_on",),
    ),
    Measure("cases", "cases", "cases, first and further", "casi seguiti, primi e successivi", "flow"),
    Measure("shocks", "shocks", "shocks", "eventi critici", "flow"),
    Measure(
        "crises_averted",
        "shocks",
        "shocks absorbed by ties",
        "eventi assorbiti dai legami",
        "flow",
        inside=("shocks",),
    ),
    Measure("crises", "shocks", "shocks that became a crisis", "eventi diventati crisi", "flow", inside=("shocks",)),
    Measure("in_crisis_now", "people", "people in crisis", "persone in crisi", "stock"),
)


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    return {"in_crisis_now": float(np.count_nonzero(community.citizens.crisis != NO_CRISIS))}
