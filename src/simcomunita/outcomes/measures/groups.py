"""Groups, large and small: who belongs to them and leaves, what they take of staff, and which live a year.

Whether a group lived a year is asked of those that began a year ago or earlier, so that all of it has been lived.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.outcomes.lineage import Initiative, Relation
from simcomunita.outcomes.measures.definition import Measure, Row

if TYPE_CHECKING:
    from simcomunita.community import Community

YEAR = 12

MEASURES = (
    Measure("members_of_large_groups", "people", "members of large groups", "membri di gruppi grandi", "stock"),
    Measure("members_of_small_groups", "people", "members of small groups", "membri di gruppi piccoli", "stock"),
    Measure("left_large_groups", "people", "left large groups", "usciti da gruppi grandi", "flow"),
    Measure("left_small_groups", "people", "left small groups", "usciti da gruppi piccoli", "flow"),
    Measure(
        "groups_a_year_old", "groups", "groups begun a year ago or earlier", "gruppi nati da almeno un anno", "stock"
    ),
    Measure("groups_that_lived_a_year", "groups", "of these lived a year", "di cui vissuti un anno", "stock"),
    Measure(
        "copies_a_year_old",
        "groups",
        "copies begun a year ago or earlier",
        "pratiche riprese da almeno un anno",
        "stock",
    ),
    Measure("copies_that_lived_a_year", "groups", "of these lived a year", "di cui vissute un anno", "stock"),
    Measure("hours_of_labs", "hours", "hours of supporting labs", "ore per seguire i laboratori", "flow"),
    Measure("groups_started_by_staff", "groups", "groups started by staff", "gruppi avviati da operatori", "flow"),
    Measure("hours_of_starting_groups", "hours", "hours of starting groups", "ore per avviare gruppi", "flow"),
)


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    begun = [one for one in community.lineage.groups if one.founded <= community.month - YEAR]
    copied = [one for one in begun if one.relation == Relation.COPIED]
    return {
        "members_of_large_groups": float(sum(group.size for group in community.groups if group.large)),
        "members_of_small_groups": float(sum(group.size for group in community.groups if not group.large)),
        "groups_a_year_old": float(len(begun)),
        "groups_that_lived_a_year": float(sum(map(_lived, begun))),
        "copies_a_year_old": float(len(copied)),
        "copies_that_lived_a_year": float(sum(map(_lived, copied))),
    }


def _lived(one: Initiative) -> bool:
    """Whether an initiative that began a year ago or earlier lived that long."""
    return one.ended < 0 or one.ended - one.founded >= YEAR
