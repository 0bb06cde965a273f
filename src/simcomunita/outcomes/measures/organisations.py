"""Organisations, firms and community places, and what organisations do together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.agents.organisation import OrganisationsState
from simcomunita.mechanisms.meetings import alive
from simcomunita.outcomes.measures.definition import Measure, Row, share

if TYPE_CHECKING:
    from simcomunita.community import Community

CLOSE = 0.5
"""Trust from which two organisations count as collaborating."""

MEASURES = (
    Measure("organisations_involved", "organisations", "organisations involved", "realtà coinvolte", "flow"),
    Measure("firms_involved", "firms", "firms involved", "aziende coinvolte", "flow"),
    Measure("community_places", "places", "community places ever alive", "luoghi di comunità (ri)attivati", "flow"),
    Measure(
        "places_alive",
        "places",
        "community places alive",
        "luoghi di comunità vivi",
        "stock",
        inside=("community_places",),
    ),
    Measure("joint_actions", "actions", "joint actions of organisations", "azioni congiunte tra realtà", "flow"),
    Measure("cost_per_joint_action", "hours", "hours per joint action", "ore per azione congiunta", "mean", 1),
    Measure("hours_of_joint_actions", "hours", "hours of joint actions", "ore per azioni congiunte", "flow"),
    Measure("joint_bids", "bids", "joint bids", "candidature congiunte a bandi", "flow"),
    Measure("bids_won", "bids", "bids won", "bandi vinti", "flow"),
    Measure("further_funding_euro", "euro", "further funding won", "ulteriori finanziamenti ottenuti", "flow"),
    Measure(
        "collaboration_density",
        "share",
        "pairs of involved organisations that trust each other",
        "coppie di realtà coinvolte che si fidano l'una dell'altra",
        "share",
        3,
    ),
    Measure(
        "organisations_collaborating_share",
        "share",
        "involved organisations with a partner they trust",
        "realtà coinvolte con un partner di cui si fidano",
        "share",
        3,
    ),
    Measure(
        "mixed_coalitions_share",
        "share",
        "joint bids across public, private and profit lines",
        "candidature congiunte miste (pubblico-privato o profit-non profit)",
        "share",
        2,
    ),
    Measure(
        "idle_resources_used_share", "share", "idle resources used", "risorse inutilizzate messe in uso", "share", 3
    ),
    Measure("mean_partner_trust", "0 to 1", "mean trust between partners", "fiducia media tra partner", "mean", 2),
    Measure(
        "helped_by_pooling",
        "people",
        "people helped with pooled resources",
        "persone aiutate con risorse messe in comune",
        "flow",
        inside=("needs_met",),
    ),
)


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    state, totals = community.state(OrganisationsState), community.ledger.totals
    involved = community.involved_since >= 0
    count = int(involved.sum())
    pairs, trust = community.partnerships.among(involved)
    there = state.idle + state.won_hours
    return {
        "places_alive": float(alive(community).sum()),
        "cost_per_joint_action": share(float(state.hours.sum()), float(state.actions.sum())),
        "collaboration_density": share(float((trust >= CLOSE).sum()), count * (count - 1) / 2),
        "organisations_collaborating_share": share(len(np.unique(pairs[trust >= CLOSE])), count),
        "mixed_coalitions_share": share(totals["mixed_bids"], totals["joint_bids"]),
        "idle_resources_used_share": share(float(state.used[involved].sum()), float(there[involved].sum())),
        "mean_partner_trust": share(float(trust.sum()), len(trust)),
    }
