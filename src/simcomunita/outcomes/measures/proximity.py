"""Needs met, and by whom; who was pointed out, and who of the helped helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.outcomes.measures.definition import Measure, Row, share

if TYPE_CHECKING:
    from simcomunita.community import Community

MEASURES = (
    Measure("needs_met", "needs", "needs met", "bisogni risolti", "flow"),
    Measure(
        "needs_met_formal",
        "needs",
        "needs met by services and organisations alone",
        "bisogni risolti da soli servizi e organizzazioni",
        "flow",
        inside=("needs_met",),
    ),
    Measure(
        "needs_met_informal",
        "needs",
        "needs met among citizens",
        "bisogni risolti tra cittadini",
        "flow",
        inside=("needs_met",),
    ),
    Measure(
        "needs_met_mixed",
        "needs",
        "needs met by formal and informal help together",
        "bisogni risolti da aiuto formale e informale insieme",
        "flow",
        inside=("needs_met",),
    ),
    Measure(
        "mixed_help_share",
        "share",
        "share of needs met by formal and informal help together",
        "quota di bisogni risolti da aiuto formale e informale insieme",
        "share",
        3,
    ),
    Measure(
        "needs_met_in_groups",
        "needs",
        "needs met in groups",
        "bisogni risolti nei gruppi",
        "flow",
        inside=("needs_met",),
    ),
    Measure("referrals", "people", "people pointed out by neighbours", "persone segnalate dai vicini", "flow"),
    Measure("helped_who_help", "people", "helped who help others", "persone aiutate che ne aiutano altre", "flow"),
    Measure("met_in_places", "meetings", "meetings in places", "incontri nei Punti di Comunità", "flow"),
)


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    totals = community.ledger.totals
    return {"mixed_help_share": share(totals["needs_met_mixed"], totals["needs_met"])}
