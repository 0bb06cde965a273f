"""Placements, older with younger, and spaces of young people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.mechanisms.youth import YouthState
from simcomunita.network.measures import ties_with
from simcomunita.outcomes.measures.definition import Measure, Row, now_and_then, share

if TYPE_CHECKING:
    from simcomunita.community import Community

DEAR = (
    Measure(
        "age_bridging_ties_of_the_young",
        "ties a person of 14 to 17",
        "ties of 14-17-year-olds with 18-25-year-olds outside the family",
        "legami dei 14-17enni con 18-25enni fuori dalla famiglia",
        "mean",
        2,
    ),
)
"""Worked out four times a year."""

MEASURES = (
    Measure(
        "youth_placements",
        "people",
        "young people placed",
        "giovani inseriti in esperienze di lavoro",
        "flow",
        inside=("citizens_reached",),
    ),
    Measure(
        "mentors",
        "people",
        "older young people who mentor",
        "giovani che affiancano i più piccoli",
        "flow",
        inside=("age_bridging_meetings", "citizens_reached"),
    ),
    Measure(
        "age_bridging_meetings",
        "meetings",
        "meetings of older with younger",
        "incontri tra giovani più grandi e più piccoli",
        "flow",
    ),
    *DEAR,
    Measure("spaces_alive", "spaces", "youth spaces alive", "spazi giovani vivi", "stock"),
    Measure(
        "visits_to_spaces",
        "visits",
        "visits to youth spaces",
        "visite agli spazi giovani",
        "flow",
        inside=("contacts",),
    ),
)


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    alive = sum(space["alive"] for space in community.state(YouthState).spaces)
    dear = now_and_then(community, 3, DEAR, lambda: {"age_bridging_ties_of_the_young": _bridging(community)})
    return {"spaces_alive": float(alive), **dear}


def _bridging(community: Community) -> float:
    age = community.population.age
    pupils = community.once("pupils", lambda: np.flatnonzero((age >= 14) & (age <= 17)))
    older = community.once("older young people", lambda: (age >= 18) & (age <= 25))
    return share(float(ties_with(community.ties, pupils, older)), float(len(pupils)))
