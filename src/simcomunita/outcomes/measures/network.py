"""What the network is like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import Stage
from simcomunita.network.communities import strongest_modularity
from simcomunita.network.ego import bridges_of
from simcomunita.network.measures import clustering_of, mixing
from simcomunita.network.reaching import modularity, steps_to
from simcomunita.outcomes.measures.definition import Measure, Row, now_and_then, share
from simcomunita.territory.services import services

if TYPE_CHECKING:
    from simcomunita.community import Community

STEPS_AT_MOST = 10
"""What somebody counts who has no way to a service at all."""

PATHS = (
    Measure(
        "path_length_to_a_service",
        "steps",
        "steps to a service",
        "passaggi fino a un servizio",
        "mean",
        3,
    ),
    Measure(
        "path_length_to_a_service_of_the_vulnerable",
        "steps",
        "steps of the vulnerable to a service",
        "passaggi delle persone vulnerabili fino a un servizio",
        "mean",
        3,
    ),
    Measure(
        "services_known_share",
        "share",
        "know somebody who knows a service",
        "conoscono chi conosce un servizio",
        "share",
        4,
    ),
)
"""Worked out each January."""

DIVISION = (
    Measure(
        "modularity_of_neighbourhoods",
        "index",
        "modularity by neighbourhood",
        "modularità per vicinato",
        "mean",
        3,
    ),
    Measure(
        "modularity_of_communities",
        "index",
        "modularity by communities of neighbourhoods",
        "modularità per comunità di vicinati",
        "mean",
        3,
    ),
    Measure(
        "modularity_of_participants",
        "index",
        "modularity by communities of those who take part",
        "modularità per comunità di chi partecipa",
        "mean",
        3,
    ),
)
"""Worked out each December."""

SURROUNDINGS = (
    Measure(
        "isolated_share_of_the_vulnerable",
        "share",
        "vulnerable people with nobody to count on beyond the family",
        "persone vulnerabili senza nessuno su cui contare fuori dalla famiglia",
        "share",
        4,
    ),
    Measure(
        "clustering",
        "share",
        "of two whom somebody knows, how often they know each other",
        "quanto spesso due conoscenti di una persona si conoscono",
        "share",
        3,
    ),
)
"""Worked out each September."""

PARTICIPANTS = (
    Measure(
        "bridging_ties_of_participants",
        "ties a participant",
        "participants' ties across origin, town or generation",
        "legami di chi partecipa tra origini, paesi o generazioni",
        "mean",
        2,
    ),
    Measure(
        "modularity_of_groups",
        "index",
        "how far ties of groups' members stay within each group",
        "quanto i legami dei membri restano dentro ciascun gruppo",
        "mean",
        2,
    ),
    Measure(
        "modularity_of_groups_at_most",
        "index",
        "the same, were all of these ties within groups",
        "lo stesso, se tutti questi legami fossero dentro i gruppi",
        "mean",
        2,
    ),
)

DEAR = (*PARTICIPANTS, *PATHS, *DIVISION, *SURROUNDINGS)
"""Worked out once a year, in turn."""

SAMPLE = 500
"""Residents for whom clustering is worked out, always the same; it is exact for each of them."""

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
    Measure(
        "bonding_ties",
        "ties a resident",
        "ties within the family or among the alike",
        "legami in famiglia o tra simili",
        "mean",
        3,
    ),
    Measure(
        "linking_ties",
        "ties a resident",
        "ties with organisations",
        "legami con organizzazioni",
        "mean",
        4,
    ),
    *DEAR,
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
        "bonding_ties": 2 * (len(community.ties) - ego.bridging) / n,
        "linking_ties": (len(community.association.person) + len(community.links)) / n,
        **now_and_then(community, 3, PARTICIPANTS, lambda: _of_those_who_take_part(community)),
        **now_and_then(community, 12, PATHS, lambda: _paths(community)),
        **now_and_then(community, 12, DIVISION, lambda: _division(community), turn=11),
        **now_and_then(community, 12, SURROUNDINGS, lambda: _surroundings(community), turn=8),
    }


def _of_those_who_take_part(community: Community) -> Row:
    """Read from their rows alone, for they are few."""
    taking_part = np.flatnonzero(community.citizens.at_least(Stage.PARTICIPANT))
    bridges = int(bridges_of(taking_part, community.rows, community.ties.kind, community.traits))
    return {"bridging_ties_of_participants": share(bridges, len(taking_part)), **_of_members(community)}


def _of_members(community: Community) -> Row:
    members = np.flatnonzero(community.group_of >= 0)
    whose, _, other = community.ties.ends_of(members)
    here, there = community.group_of[members[whose]], community.group_of[other]
    inside = there >= 0
    here, there = here[inside], there[inside]
    # Each tie among members stands here from either end.
    by_chance = share(float((np.bincount(here).astype(np.float64) ** 2).sum()), len(here) ** 2)
    return {
        "modularity_of_groups": share(int((here == there).sum()), len(here)) - by_chance,
        "modularity_of_groups_at_most": share(len(here), len(here)) - by_chance,
    }


def _paths(community: Community) -> Row:
    population, ties = community.population, community.ties
    steps = steps_to(near_a_service(community), (ties.first, ties.second), STEPS_AT_MOST)
    grown_up, vulnerable = population.grown_up, population.grown_up & population.vulnerable
    return {
        "path_length_to_a_service": share(float(steps[grown_up].sum()), int(grown_up.sum())),
        "path_length_to_a_service_of_the_vulnerable": share(float(steps[vulnerable].sum()), int(vulnerable.sum())),
        "services_known_share": share(int((steps[grown_up] <= 1).sum()), int(grown_up.sum())),
    }


def _division(community: Community) -> Row:
    population = community.population
    between = mixing(community.ties, population.neighbourhood, len(population.neighbourhood_centre))
    one, other = np.nonzero(np.triu(between))
    weight = between[one, other]
    luck = int(community.chance.key("network.communities", community.month))
    return {
        "modularity_of_neighbourhoods": modularity(between),
        "modularity_of_communities": strongest_modularity(len(between), np.stack([one, other], 1), weight, luck),
        "modularity_of_participants": _of_participants(community, luck),
    }


def _of_participants(community: Community, luck: int) -> float:
    takes_part = community.citizens.at_least(Stage.PARTICIPANT)
    people = np.flatnonzero(takes_part)
    whose, edge, other = community.ties.ends_of(people)
    once = takes_part[other] & (people[whose] < other)
    order = np.argsort(edge[once])
    ends = np.stack([whose[once], np.searchsorted(people, other[once])], 1)[order]
    return strongest_modularity(len(people), ends, np.ones(len(ends), np.int64), luck)


def _surroundings(community: Community) -> Row:
    population = community.population
    among = population.grown_up & population.vulnerable
    alone = ~community.ego_networks().backed
    sample = community.once("sampled for clustering", lambda: _sampled(community))
    return {
        "isolated_share_of_the_vulnerable": share(float(alone[among].sum()), float(among.sum())),
        "clustering": clustering_of(community.ties, sample),
    }


def _sampled(community: Community) -> NDArray[np.intp]:
    return community.chance.exactly(SAMPLE, "network.sampled", 0, community.everyone)


def near_a_service(community: Community) -> NDArray[np.bool_]:
    """Who is linked to a service or belongs to one: bool (n). To be on somebody's map is not yet a way to a service."""
    is_service = community.once("services", lambda: services(community.population))
    near = np.zeros(len(community.population), np.bool_)
    links, members = community.links, community.association
    near[links.person[is_service[links.organisation]]] = True
    for number in np.flatnonzero(is_service).tolist():
        near[members.person[members.by_focus[number] : members.by_focus[number + 1]]] = True
    return near
