"""Homes and work: what was agreed, placed and hired, and how far landlords and firms trust."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.mechanisms.housing import HousingState
from simcomunita.mechanisms.work import WorkState
from simcomunita.outcomes.measures.definition import Measure, Row, share

if TYPE_CHECKING:
    from simcomunita.community import Community

MEASURES = (
    Measure("evictions_frozen", "evictions", "evictions frozen", "sfratti congelati", "flow"),
    Measure("rental_contracts", "contracts", "new rental contracts", "nuovi contratti d'affitto", "flow"),
    Measure(
        "helped_with_housing_by_citizens",
        "people",
        "helped with housing by citizens",
        "persone aiutate per la casa da cittadini",
        "flow",
    ),
    Measure("social_condominiums", "houses", "social condominiums started", "condomini solidali avviati", "flow"),
    Measure(
        "landlord_trust", "0 to 1", "landlords' trust in mediators", "fiducia dei proprietari nei mediatori", "mean", 2
    ),
    Measure(
        "placements",
        "placements",
        "work placements",
        "tirocini e borse lavoro",
        "flow",
        inside=("placements_or_hires",),
    ),
    Measure(
        "hires",
        "hires",
        "hires, at once or after a placement",
        "assunzioni, dirette o dopo un tirocinio",
        "flow",
        inside=("placements_or_hires",),
    ),
    Measure("placements_or_hires", "events", "placements and direct hires", "tirocini e assunzioni dirette", "flow"),
    Measure(
        "people_placed_or_hired",
        "people",
        "people placed or hired",
        "persone inserite o assunte",
        "flow",
        inside=("placements_or_hires",),
    ),
    Measure(
        "firms_that_came_back",
        "firms",
        "firms that came back",
        "aziende che sono tornate",
        "flow",
        inside=("firms_involved",),
    ),
    Measure(
        "taken_by_firms_again",
        "people",
        "taken on by firms that took somebody on before",
        "persone prese da aziende che ne avevano già presa una",
        "stock",
    ),
    Measure(
        "taken_as_if_for_the_first_time",
        "people",
        "the same, had these firms accepted as many of the proposals as new ones do",
        "lo stesso, se queste aziende accogliessero le proposte come quelle nuove",
        "stock",
        1,
    ),
    Measure("trained", "people", "people trained", "persone formate", "flow"),
    Measure("firm_trust", "0 to 1", "firms' trust", "fiducia delle aziende", "mean", 2),
)


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    firms = community.population.organisations.firm & (community.involved_since >= 0)
    trust, totals = community.state(WorkState).trust[firms], community.ledger.totals
    return {
        "landlord_trust": float(np.mean(community.state(HousingState).mediators)),
        "firm_trust": float(np.mean(trust)) if len(trust) else 0.0,
        "taken_by_firms_again": totals["accepted_by_firms_that_took_somebody"],
        "taken_as_if_for_the_first_time": totals["proposals_to_firms_that_took_somebody"]
        * share(totals["accepted_by_new_firms"], totals["proposals_to_new_firms"]),
    }
