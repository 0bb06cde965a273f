"""Organisations, firms and community places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.outcomes.measures.definition import Measure, Row

if TYPE_CHECKING:
    from simcomunita.community import Community

LIVELY = 5.0
"""Attendances a month, averaged over about half a year, from which a place counts as alive; an assumption."""

MEASURES = (
    Measure("organisations_involved", "organisations", "organisations involved", "realtà coinvolte", "flow"),
    Measure("firms_involved", "firms", "firms involved", "aziende coinvolte", "flow"),
    Measure("places_alive", "places", "community places alive", "luoghi di comunità vivi", "stock"),
)


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    lively = LIVELY * min(1.0, community.population.scale)
    return {"places_alive": float((community.places.liveliness >= lively).sum())}
