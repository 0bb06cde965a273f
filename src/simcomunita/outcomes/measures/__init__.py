"""The measures of a month: what each is called, its unit, and how it is worked out; a file for each subject.

A file has `MEASURES`, and `row`, which works out those that are no flows: flows are counted as they happen, under the
measure's name, in the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.outcomes.measures import (
    areas,
    distance,
    generation,
    groups,
    needs,
    network,
    organisations,
    participation,
    proximity,
    work_of_staff,
    young_people,
)
from simcomunita.outcomes.measures.definition import Measure, now_and_then, share
from simcomunita.outcomes.measures.work_of_staff import HOURS

if TYPE_CHECKING:
    from simcomunita.community import Community

SUBJECTS = (
    participation,
    groups,
    needs,
    areas,
    proximity,
    young_people,
    organisations,
    network,
    distance,
    generation,
    work_of_staff,
)

MEASURES: dict[str, Measure] = {measure.name: measure for subject in SUBJECTS for measure in subject.MEASURES}
"""Every measure of the monthly series, by name, in the order of the columns."""


def measure(community: Community) -> dict[str, float]:
    """The row of the month that is ending, in the order of `MEASURES`."""
    totals = community.ledger.totals
    row = {name: totals[name] for name, one in MEASURES.items() if one.kind == "flow"}
    for subject in SUBJECTS:
        row |= subject.row(community)
    return {name: float(row[name]) for name in MEASURES}


__all__ = ["HOURS", "MEASURES", "SUBJECTS", "Measure", "measure", "now_and_then", "share"]
