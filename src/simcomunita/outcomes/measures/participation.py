"""Who is reached, takes part, runs things, and meets in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.agents.citizens import Stage
from simcomunita.outcomes.measures.definition import Measure, Row, share

if TYPE_CHECKING:
    from simcomunita.community import Community

MEASURES = (
    Measure("citizens_reached", "people", "citizens reached", "cittadini raggiunti", "flow", inside=("contacts",)),
    Measure("contacts", "contacts", "contacts in all", "contatti in tutto", "flow"),
    Measure(
        "vulnerable_reached",
        "people",
        "vulnerable people reached",
        "persone vulnerabili raggiunte",
        "flow",
        inside=("citizens_reached",),
    ),
    Measure(
        "active_participants",
        "people",
        "people who ever became active",
        "persone diventate attive",
        "flow",
        inside=("citizens_reached",),
    ),
    Measure(
        "vulnerable_active",
        "people",
        "vulnerable people who ever became active",
        "persone vulnerabili diventate attive",
        "flow",
        inside=("active_participants", "vulnerable_reached"),
    ),
    Measure(
        "activated_by_citizens",
        "people",
        "people who became active through citizens",
        "persone attivate da altri cittadini",
        "flow",
        inside=("active_participants",),
    ),
    Measure(
        "active_after_taken_on",
        "people",
        "people who became active after being taken on",
        "persone diventate attive dopo la presa in carico",
        "flow",
        inside=("active_participants", "beneficiaries_taken_on"),
    ),
    Measure(
        "active_now",
        "people",
        "active citizens",
        "cittadini attivi",
        "stock",
        inside=("active_participants", "participants_now"),
    ),
    Measure(
        "participants_now",
        "people",
        "people who take part",
        "persone che partecipano",
        "stock",
        inside=("citizens_reached",),
    ),
    Measure("promoters_now", "people", "promoters", "promotori", "stock", inside=("active_now",)),
    Measure("proximity_labs", "labs", "proximity labs", "laboratori di prossimità", "flow"),
    Measure(
        "labs_supported",
        "labs",
        "labs with a facilitator",
        "laboratori seguiti da un facilitatore",
        "flow",
        inside=("proximity_labs",),
    ),
    Measure(
        "labs_co_led", "labs", "labs led with citizens", "laboratori con cittadini", "flow", inside=("proximity_labs",)
    ),
    Measure(
        "participations",
        "attendances",
        "attendances at labs",
        "presenze ai laboratori",
        "flow",
        inside=("contacts",),
    ),
    Measure(
        "vulnerable_participations",
        "attendances",
        "attendances at labs by vulnerable people",
        "presenze ai laboratori di persone vulnerabili",
        "flow",
        inside=("participations",),
    ),
    Measure(
        "labs_co_led_share", "share", "share of labs led with citizens", "quota di laboratori con cittadini", "share", 2
    ),
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
    Measure(
        "groups_alive", "groups", "groups that meet", "gruppi che si incontrano", "stock", inside=("groups_started",)
    ),
    Measure(
        "groups_on_their_own",
        "groups",
        "groups without staff hours",
        "gruppi senza ore di operatori",
        "stock",
        inside=("groups_alive",),
    ),
)


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    totals, citizens = community.ledger.totals, community.citizens
    return {
        "active_now": float(np.count_nonzero(citizens.at_least(Stage.ACTIVE))),
        "participants_now": float(np.count_nonzero(citizens.at_least(Stage.PARTICIPANT))),
        "promoters_now": float(np.count_nonzero(citizens.at_least(Stage.PROMOTER))),
        "labs_co_led_share": share(totals["labs_co_led"], totals["proximity_labs"]),
        "vulnerable_participation_share": share(totals["vulnerable_participations"], totals["participations"]),
        "activated_by_citizens_share": share(totals["activated_by_citizens"], totals["active_participants"]),
        "groups_alive": float(len(community.groups)),
        "groups_on_their_own": float(sum(group.hours == 0 for group in community.groups)),
    }
