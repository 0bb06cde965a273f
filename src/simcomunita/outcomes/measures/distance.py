"""How far people are from services, from firms and from each other, and what bridges it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import NO_CRISIS
from simcomunita.outcomes.measures.definition import Measure, Row
from simcomunita.territory.services import services

if TYPE_CHECKING:
    from simcomunita.community import Community

MEASURES = (
    Measure(
        "links_with_services",
        "links",
        "links between people and services, beside belonging",
        "legami tra persone e servizi, oltre all'appartenenza",
        "stock",
    ),
    Measure(
        "links_with_firms",
        "links",
        "links between people and firms",
        "legami tra persone e aziende",
        "stock",
    ),
    Measure(
        "waiting_for_services",
        "people",
        "people in a crisis who ask or are known, and wait",
        "persone in crisi che chiedono o sono note, e attendono",
        "stock",
    ),
    Measure(
        "isolated_hooked",
        "people",
        "hooked who had nobody to count on beyond the family",
        "agganciati senza nessuno su cui contare fuori dalla famiglia",
        "flow",
    ),
)


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    is_service = community.once("services", lambda: services(community.population))
    at = community.links.organisation
    return {
        "links_with_services": float(is_service[at].sum()),
        "links_with_firms": float(community.population.organisations.firm[at].sum()),
        "waiting_for_services": float(np.count_nonzero(waiting_for_services(community))),
    }


def waiting_for_services(community: Community) -> NDArray[np.bool_]:
    """Who waits for help in a crisis: bool (n). Those who ask or are known to a facilitator, unless they were taken on
    within a year.
    """
    c, population = community.citizens, community.population
    known = np.zeros(len(population), np.bool_)
    for facilitator in community.facilitators:
        known[facilitator.acquaintances] = True
    waits = (c.crisis != NO_CRISIS) & (c.last_case < community.month - 12)
    return np.asarray(population.grown_up & waits & (population.asks_for_help | known))
