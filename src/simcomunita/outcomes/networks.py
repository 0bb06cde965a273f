"""The networks of a community as they stand: residents and their ties, organisations and what they did together,
municipalities and what flows between them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import NO_CRISIS, Source, Stage
from simcomunita.agents.organisation import OrganisationsState
from simcomunita.months import month_name
from simcomunita.network.exchange import graph_of
from simcomunita.network.graph import Columns, Graph
from simcomunita.network.measures import SUPPORT, ties_of, without_support

if TYPE_CHECKING:
    from simcomunita.model import CommunityModel


def residents(model: CommunityModel) -> Graph:
    """Every resident, called by number, and every tie.

    Nodes have municipality, neighbourhood, age_band, stage (on the ladder), takes_part, vulnerable, taken_on,
    in_crisis, isolated (nobody to count on beyond the family), ties, support_ties (strength at least 0.6) and group
    (number of the group, -1 for none); ties strength, trust, kind, formed_by and since.
    """
    return graph_of(model.ties, _of_residents(model))


def participants(model: CommunityModel) -> Graph:
    """Those who take part, called by their numbers among all residents, and the ties among them.

    Columns are those of `residents`; ``ties`` and ``support_ties`` count all that somebody has.
    """
    everyone = residents(model)
    chosen = model.citizens.at_least(Stage.PARTICIPANT)
    among = chosen[everyone.first] & chosen[everyone.second]
    place = np.cumsum(chosen) - 1
    numbers = np.flatnonzero(chosen)
    return Graph(
        len(numbers),
        {name: column[chosen] for name, column in everyone.nodes.items()},
        place[everyone.first[among]],
        place[everyone.second[among]],
        {name: column[among] for name, column in everyone.edges.items()},
        tuple(map(str, numbers.tolist())),
        everyone.weight,
        everyone.kinds,
    )


def organisations(model: CommunityModel) -> Graph:
    """Every organisation, by name, and every pair that worked together.

    Nodes have kind, sector, municipality, formal, firm, involved, involved_since (YYYY-MM, empty before), openness,
    members (who belong to it) and links (further residents' links with it); edges trust, joint_work (how often)
    and trusted (at least 0.5).
    """
    table, count = model.population.organisations, len(model.population.organisations)
    pairs, trust = model.partnerships.among(np.ones(count, np.bool_))
    since = [month_name(int(month)) if month >= 0 else "" for month in model.involved_since]
    nodes: Columns = {
        "kind": np.array(table.kinds)[table.kind],
        "sector": np.array(table.sectors)[table.sector],
        "municipality": np.array(model.population.municipalities)[table.municipality],
        "formal": table.formal,
        "firm": table.firm,
        "involved": model.involved_since >= 0,
        "involved_since": np.array(since, np.str_),
        "openness": model.state(OrganisationsState).openness,
        "members": np.bincount(model.association.focus, minlength=count),
        "links": np.bincount(model.links.organisation, minlength=count),
    }
    edges: Columns = {
        "trust": np.round(trust, 4),
        "joint_work": np.array(list(model.partnerships.joint_work.values()), np.int64),
        "trusted": trust >= TRUSTED,
    }
    return Graph(count, nodes, pairs[:, 0], pairs[:, 1], edges, table.names, "trust", ("kind", "partnership"))


TRUSTED = 0.5
"""Trust from which two organisations count as collaborating, as in the measures."""


def municipalities(model: CommunityModel) -> Graph:
    """Every municipality, and what flows between each two, from the one to the other.

    Nodes have residents, participants, active, ties_within and activated_within (people who became active through
    somebody of the same municipality); edges, where there is anything, ties (between the two: the same number in either
    direction), share_of_ties (of all ties that residents of the first have) and activated (people of the second who
    became active through somebody of the first, since the start).
    """
    p, count = model.population, len(model.population.municipalities)
    one, other = p.municipality[model.ties.first], p.municipality[model.ties.second]
    ties = _counted(one, other, count) + _counted(other, one, count)
    through = [(by, person) for _, person, how, by, _ in model.lineage.activations if how == Source.CITIZEN and by >= 0]
    by, person = np.array(through, np.int64).reshape(-1, 2).T
    activated = _counted(p.municipality[by], p.municipality[person], count)
    first, second = np.nonzero((ties + activated) * (1 - np.eye(count, dtype=np.int64)))

    def living(chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(p.municipality[chosen], minlength=count)

    nodes: Columns = {
        "residents": living(np.ones(len(p), np.bool_)),
        "participants": living(model.citizens.at_least(Stage.PARTICIPANT)),
        "active": living(model.citizens.at_least(Stage.ACTIVE)),
        "ties_within": np.diag(ties) // 2,
        "activated_within": np.diag(activated),
    }
    edges: Columns = {
        "ties": ties[first, second],
        "share_of_ties": ties[first, second] / np.maximum(ties.sum(axis=1), 1)[first],
        "activated": activated[first, second],
    }
    kinds = ("municipality", "flow")
    return Graph(count, nodes, first, second, edges, p.municipalities, "ties", kinds, directed=True)


NETWORKS: dict[str, Callable[[CommunityModel], Graph]] = {
    "residents": residents,
    "participants": participants,
    "organisations": organisations,
    "municipalities": municipalities,
}
"""What networks there are, by name."""


def _of_residents(model: CommunityModel) -> Columns:
    p, c = model.population, model.citizens
    bands = np.array([name for name, *_ in model.setting.territory.bands])
    stages = np.array([stage.name.lower() for stage in sorted(Stage)])
    return {
        "municipality": np.array(p.municipalities)[p.municipality],
        "neighbourhood": p.neighbourhood,
        "age_band": bands[p.band],
        "stage": stages[c.stage],
        "takes_part": c.at_least(Stage.PARTICIPANT),
        "vulnerable": p.vulnerable,
        "taken_on": c.taken_on >= 0,
        "in_crisis": c.crisis != NO_CRISIS,
        "isolated": p.grown_up & without_support(model.ties),
        "ties": ties_of(model.ties).astype(np.int64),
        "support_ties": ties_of(model.ties, SUPPORT).astype(np.int64),
        "group": model.group_of,
    }


def _counted(one: NDArray[np.integer], other: NDArray[np.integer], count: int) -> NDArray[np.int64]:
    """How many go from each to each: int64 (count, count)."""
    pairs = one.astype(np.int64) * count + other
    return np.bincount(pairs, minlength=count * count).reshape(count, count)
