"""What the network is like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.outcomes.measures.definition import Measure, Row

if TYPE_CHECKING:
    from simcomunita.community import Community

MEASURES = (
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
)


def row(community: Community) -> Row:
    """Those of the month."""
    ego, n = community.ego_networks(), len(community.population)
    adults = community.once("adults", lambda: max(int(community.population.grown_up.sum()), 1))
    return {
        "ties": 2 * len(community.ties) / n,
        "support_ties": 2 * ego.support / n,
        "isolated_share": ego.alone / adults,
        "bridging_ties": 2 * ego.bridging / n,
    }
