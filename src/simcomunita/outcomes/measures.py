"""The measures of a month: what each is called, its unit, and how it is worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from simcomunita.agents.citizens import NO_CRISIS, Stage
from simcomunita.policy.levers import TASKS

if TYPE_CHECKING:
    from simcomunita.community import Community

LIVELY = 5.0
"""Attendances a month, averaged over about half a year, from which a place counts as alive; an assumption."""


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes
    ----------
    name
        Column in tables.
    unit
        In English.
    label_en, label_it
        As readers see it.
    kind
        ``stock`` (at the end of the month), ``flow`` (added up since the start), ``share`` or ``mean``.
    decimals
        How many to show.
    """

    name: str
    unit: str
    label_en: str
    label_it: str
    kind: Literal["stock", "flow", "share", "mean"]
    decimals: int = 0


_TASK_NAMES = {
    "casework": ("casework", "presa in carico"),
    "map": ("mapping", "mappatura"),
    "hook": ("hooking", "aggancio"),
    "connect": ("connecting", "connessione"),
    "run_groups": ("running groups", "conduzione di gruppi"),
    "document": ("documenting", "documentazione"),
    "evaluate": ("evaluating", "valutazione"),
}

_ALL = (
    Measure("citizens_reached", "people", "citizens reached", "cittadini raggiunti", "flow"),
    Measure("contacts", "contacts", "contacts in all", "contatti in tutto", "flow"),
    Measure("active_participants", "people", "people who ever became active", "persone diventate attive", "flow"),
    Measure("active_now", "people", "active citizens", "cittadini attivi", "stock"),
    Measure("participants_now", "people", "people who take part", "persone che partecipano", "stock"),
    Measure("promoters_now", "people", "promoters", "promotori", "stock"),
    Measure("beneficiaries_taken_on", "people", "people taken on", "persone prese in carico", "flow"),
    Measure(
        "never_askers_taken_on",
        "people",
        "taken on who never ask",
        "prese in carico tra chi non chiede",
        "flow",
    ),
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
    Measure("newly_mapped", "people", "people mapped", "persone mappate", "flow"),
    Measure("asks_by_facilitators", "asks", "asks by facilitators", "inviti dei facilitatori", "flow"),
    Measure("asks_accepted_by_facilitators", "asks", "of these accepted", "di cui accettati", "flow"),
    Measure("asks_by_citizens", "asks", "asks by citizens", "inviti dei cittadini", "flow"),
    Measure("introductions_by_facilitators", "introductions", "introductions", "presentazioni", "flow"),
    Measure("groups_started", "groups", "groups started", "gruppi avviati", "flow"),
    Measure("groups_alive", "groups", "groups that meet", "gruppi che si incontrano", "stock"),
    Measure("groups_on_their_own", "groups", "groups without staff hours", "gruppi senza ore di operatori", "stock"),
    Measure("organisations_involved", "organisations", "organisations involved", "realtà coinvolte", "flow"),
    Measure("firms_involved", "firms", "firms involved", "aziende coinvolte", "flow"),
    Measure("places_alive", "places", "community places alive", "luoghi di comunità vivi", "stock"),
    Measure("ties", "ties a resident", "ties kept up", "legami mantenuti", "mean", 2),
    Measure("support_ties", "ties a resident", "people to count on", "persone su cui contare", "mean", 3),
    Measure(
        "isolated_share",
        "share",
        "nobody to count on beyond the family",
        "nessuno su cui contare fuori dalla famiglia",
        "share",
        4,
    ),
    Measure(
        "bridging_ties",
        "ties a resident",
        "ties across origin, town or generation",
        "legami tra origini, paesi o generazioni",
        "mean",
        3,
    ),
    Measure("shocks", "shocks", "shocks", "eventi critici", "flow"),
    Measure("crises_averted", "shocks", "shocks absorbed by ties", "eventi assorbiti dai legami", "flow"),
    Measure("in_crisis_now", "people", "people in crisis", "persone in crisi", "stock"),
    *(
        Measure(f"hours_{task}", "hours", f"hours of {english}", f"ore di {italian}", "flow")
        for task, (english, italian) in _TASK_NAMES.items()
    ),
    Measure("cost_euro", "euro", "cost", "costo", "flow"),
)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in _ALL}
"""Every measure of the monthly series, by name, in the order of the columns."""


def measure(community: Community) -> dict[str, float]:
    """The row of the month that is ending, in the order of `MEASURES`."""
    totals, c, population = community.ledger.totals, community.citizens, community.population
    adults = community.once("adults", lambda: max(int(population.grown_up.sum()), 1))
    ego = community.ego_networks()
    stages = np.bincount(c.stage, minlength=len(Stage))
    row = {name: totals[name] for name, one in MEASURES.items() if one.kind == "flow"}
    row |= {
        "active_now": float(stages[Stage.ACTIVE :].sum()),
        "participants_now": float(stages[Stage.PARTICIPANT :].sum()),
        "promoters_now": float(stages[Stage.PROMOTER]),
        "labs_co_led_share": _share(totals["labs_co_led"], totals["proximity_labs"]),
        "vulnerable_participation_share": _share(totals["vulnerable_participations"], totals["participations"]),
        "activated_by_citizens_share": _share(totals["activated_by_citizens"], totals["active_participants"]),
        "groups_alive": float(len(community.groups)),
        "groups_on_their_own": float(sum(group.hours == 0 for group in community.groups)),
        "places_alive": float((community.places.liveliness >= LIVELY * min(1.0, population.scale)).sum()),
        "ties": 2 * len(community.ties) / len(population),
        "support_ties": 2 * ego.support / len(population),
        "isolated_share": ego.alone / adults,
        "bridging_ties": 2 * ego.bridging / len(population),
        "in_crisis_now": float((c.crisis != NO_CRISIS).sum()),
    }
    return {name: float(row[name]) for name in MEASURES}


def _share(part: float, whole: float) -> float:
    """A share, 0 where there is nothing yet to share."""
    return part / whole if whole else 0.0


HOURS = tuple(f"hours_{task}" for task in TASKS)
"""The measures of staff hours, in the order of the tasks."""
