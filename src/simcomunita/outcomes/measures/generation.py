"""What initiatives and activations lead to, and what repetition does.

``activation_reproduction`` looks at those who were activated 12 to 24 months ago, and counts the further activations
through them within twelve months of their own: all of that has been lived, so nothing is cut off. It stands for what
began one to two years ago, and answers late; `outcomes.generativity` works the number out by cohort.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from simcomunita.agents.citizens import Source
from simcomunita.outcomes.generativity import HORIZON, cascade_sizes, reproduction_of_window
from simcomunita.outcomes.lineage import Kind, Relation
from simcomunita.outcomes.measures.definition import Measure, Row, share

if TYPE_CHECKING:
    from simcomunita.community import Community

_CASCADES = (
    Measure(
        "activation_reproduction",
        "people",
        "further activations within a year by each of 12 to 23 months ago",
        "ulteriori attivazioni entro un anno per ciascuna di 12-23 mesi fa",
        "mean",
        2,
    ),
    Measure(
        "largest_cascade", "people", "largest cascade of activations", "cascata di attivazioni più grande", "stock"
    ),
    Measure("mean_cascade", "people", "mean cascade of activations", "cascata media di attivazioni", "mean", 2),
)

MEASURES = (
    Measure("citizen_projects_proposed", "projects", "projects proposed", "progetti proposti da cittadini", "flow"),
    Measure(
        "citizen_projects_funded",
        "projects",
        "citizens' projects funded",
        "progetti di cittadini finanziati",
        "flow",
        inside=("citizen_projects_proposed",),
    ),
    Measure(
        "practices_copied",
        "practices",
        "practices copied elsewhere",
        "pratiche riprese altrove",
        "flow",
        inside=("groups_started",),
    ),
    Measure(
        "copies_alive",
        "groups",
        "copies that meet",
        "gruppi nati da pratiche riprese",
        "stock",
        inside=("practices_copied", "groups_alive"),
    ),
    Measure(
        "exported_practices",
        "practices",
        "practices copied in other territories",
        "pratiche riprese in altri territori",
        "flow",
    ),
    Measure(
        "self_started_share",
        "share",
        "groups and projects begun by citizens, last year",
        "gruppi e progetti avviati da cittadini, ultimo anno",
        "share",
        2,
    ),
    Measure(
        "self_started_last_year",
        "groups and projects",
        "groups and projects begun by citizens, last year: how many",
        "gruppi e progetti avviati da cittadini, ultimo anno: quanti",
        "stock",
    ),
    *_CASCADES,
    Measure("lab_hours", "hours", "staff hours a supported lab", "ore di operatori per laboratorio seguito", "mean", 1),
    Measure("mean_novelty", "0 to 1", "novelty of groups", "novità dei gruppi", "mean", 2),
    Measure("mean_ease", "0 to 1", "ease of running groups", "facilità nel condurre i gruppi", "mean", 2),
)


BEGUN_BY_PEOPLE = (Kind.GROUP, Kind.PROJECT)
"""What staff and citizens alike begin."""


def row(community: Community) -> Row:
    """Those of the month, but for flows that are counted as they happen."""
    groups, lineage, month = community.groups, community.lineage, community.month
    hours = [group.hours for group in groups if group.hours > 0]
    recent = [one for one in lineage.begun_since(month - 11) if one.kind in BEGUN_BY_PEOPLE]
    copies = [g for g in groups if g.initiative >= 0 and lineage.initiatives[g.initiative].relation == Relation.COPIED]
    own = sum(one.how == Source.CITIZEN for one in recent)
    return {
        "copies_alive": float(len(copies)),
        "self_started_share": share(own, len(recent)),
        "self_started_last_year": float(own),
        "lab_hours": share(fsum(hours), len(hours)),
        "mean_novelty": share(fsum(group.novelty for group in groups), len(groups)),
        "mean_ease": share(fsum(group.ease for group in groups), len(groups)),
    } | _of_cascades(community)


def _of_cascades(community: Community) -> Row:
    sizes = cascade_sizes(community.lineage)
    last = community.month - HORIZON
    return {
        "activation_reproduction": reproduction_of_window(community.lineage, last - 11, last),
        "largest_cascade": float(sizes.max(initial=0)),
        "mean_cascade": share(float(sizes.sum()), len(sizes)),
    }
