"""Needs met, and by whom; who was pointed out, and who of the helped helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.outcomes.measures.definition import Measure, Row

if TYPE_CHECKING:
    from simcomunita.community import Community

MEASURES = (
    Measure("needs_met_formal", "needs", "needs met by services alone", "bisogni risolti dai soli servizi", "flow"),
    Measure("needs_met_informal", "needs", "needs met among citizens", "bisogni risolti tra cittadini", "flow"),
    Measure(
        "needs_met_mixed",
        "needs",
        "needs met by formal and informal help together",
        "bisogni risolti da aiuto formale e informale insieme",
        "flow",
    ),
    Measure("needs_met_in_groups", "needs", "needs met in groups", "bisogni risolti nei gruppi", "flow"),
    Measure("referrals", "people", "people pointed out by neighbours", "persone segnalate dai vicini", "flow"),
    Measure("helped_who_help", "people", "helped who help others", "persone aiutate che ne aiutano altre", "flow"),
    Measure("met_in_places", "meetings", "meetings in places", "incontri nei Punti di Comunità", "flow"),
    Measure(
        "linking_ties",
        "links",
        "links between people and organisations",
        "legami tra persone e organizzazioni",
        "stock",
    ),
)


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    return {"linking_ties": float(len(community.links))}
