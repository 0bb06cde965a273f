"""Who is reached, takes part, runs things, and meets in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.agents.citizens import Stage
from simcomunita.outcomes.measures.definition import Measure, Row, share

if TYPE_CHECKING:
    from simcomunita.community import Community

MEASURES = (
    Measure("citizens_reached", "people", "citizens reached", "cittadini raggiunti", "flow"),
    Measure("contacts", "contacts", "contacts in all", "contatti in tutto", "flow"),
    Measure("active_participants", "people", "people who ever became active", "persone diventate attive", "flow"),
    Measure(
        "activated_by_citizens",
        "people",
        "people who became active through citizens",
        "persone attivate da altri cittadini",
        "flow",
    ),
    Measure(
        "active_after_taken_on",
        "people",
        "people who became active after being taken on",
        "persone diventate attive dopo la presa in carico",
        "flow",
    ),
    Measure("active_now", "people", "active citizens", "cittadini attivi", "stock"),
    Measure("participants_now", "people", "people who take part", "persone che partecipano", "stock"),
    Measure("promoters_now", "people", "promoters", "promotori", "stock"),
    Measure("proximity_labs", "labs", "proximity labs", "laboratori di prossimità", "flow"),
    Measure("labs_co_led_share", "share", "labs led with citizens", "laboratori con cittadini", "share", 2),
    Measure(
        "vulnerable_participation_share",
        "share",
        "participation by vulnerable people",
        "partecipazione di persone vulnerabili",
        "share",
        2,
    ),
    Measure(
        "activated_by_citizens_share",
        "share",
        "activations through citizens",
        "attivazioni tramite cittadini",
        "share",
        2,
    ),
    Measure("asks_by_citizens", "asks", "asks by citizens", "inviti dei cittadini", "flow"),
    Measure("groups_started", "groups", "groups started", "gruppi avviati", "flow"),
    Measure("groups_alive", "groups", "groups that meet", "gruppi che si incontrano", "stock"),
    Measure("groups_on_their_own", "groups", "groups without staff hours", "gruppi senza ore di operatori", "stock"),
)


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    totals = community.ledger.totals
    stages = np.bincount(community.citizens.stage, minlength=len(Stage))
    return {
        "active_now": float(stages[Stage.ACTIVE :].sum()),
        "participants_now": float(stages[Stage.PARTICIPANT :].sum()),
        "promoters_now": float(stages[Stage.PROMOTER]),
        "labs_co_led_share": share(totals["labs_co_led"], totals["proximity_labs"]),
        "vulnerable_participation_share": share(totals["vulnerable_participations"], totals["participations"]),
        "activated_by_citizens_share": share(totals["activated_by_citizens"], totals["active_participants"]),
        "groups_alive": float(len(community.groups)),
        "groups_on_their_own": float(sum(group.hours == 0 for group in community.groups)),
    }
