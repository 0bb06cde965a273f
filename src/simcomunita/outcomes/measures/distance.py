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
        "people who turn to services or are known to them, and wait",
        "persone che si rivolgono ai servizi o sono note, e attendono",
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
        "waiting_for_services": float(waiting_for_services(community).sum()),
    }


def waiting_for_services(community: Community) -> NDArray[np.bool_]:
    """Whom casework would take on, had it the hours: bool (n).

    People in a crisis who ask or are known to a facilitator, unless they were taken on within a year; and of those
    who are known, people with a need besides who never were. What young people need alone is no matter of casework.
    """
    c, population = community.citizens, community.population
    known = np.zeros(len(population), np.bool_)
    for facilitator in community.facilitators:
        known[facilitator.acquaintances] = True
    in_crisis = c.crisis != NO_CRISIS
    urgent = in_crisis & (c.last_case < community.month - 12) & (population.asks_for_help | known)
    standing = ~in_crisis & known & (c.last_case < 0) & (c.needs & np.uint8(0b0111) != 0)
    return np.asarray(population.grown_up & (urgent | standing))
