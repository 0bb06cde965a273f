"""People who share a focus meet: the neighbourhood, a class, a work team, an association.

Activities bring people together repeatedly and thereby make ties (Feld 1981, "The focused organization of social
ties", AJS 86:1015-1035); who is alike stays in touch more easily. A tie takes 40-60 hours to become casual and
80-100 to become a friendship (Hall 2019, J. Social and Personal Relationships 36:1278-1296), which is why one
encounter gives little and repeated ones add up, and why people whose time is taken meet few.

Off: shared foci make and renew no ties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity
from simcomunita.mechanisms.homophily import alike
from simcomunita.mechanisms.relational_time import who_meets
from simcomunita.network import FormedBy, TieKind
from simcomunita.network.kernels import packed
from simcomunita.randomness import below, uniform

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

STREET = 40
"""Residents either way, in the order of addresses, who live in one's street; as when the first ties are grown."""
LARGE, AT_ONCE = 60, 15
"""In a focus of more than so many, people meet so many members either way, in the order of addresses: an assumption."""

_FELD = "Feld (1981), AJS 86:1015, for the foci; rate set so that ego networks stay near the territory's, an assumption"


def _rate(default: float, low: float, high: float) -> float:
    value: float = quantity(default, low=low, high=high, unit="per month", source=_FELD, least=0, most=1)
    return value


class EncountersParameters(Parameters):
    """How often a person whose relational time is all free meets somebody new or known, by focus."""

    on: bool = True
    """Whether shared foci bring people together at all."""
    neighbourhood: float = _rate(0.5, 0.25, 0.8)
    """In the neighbourhood."""
    in_the_street: float = quantity(
        0.8,
        low=0.4,
        high=0.8,
        unit="share",
        source="Festinger, Schachter & Back (1950), Social Pressures in Informal Groups, for the form; size is an "
        "assumption",
        least=0,
        most=1,
    )
    """Share of encounters in the neighbourhood that are with people of one's own street."""
    school: float = _rate(0.9, 0.35, 0.9)
    """At school: pupils with pupils, parents with parents."""
    work: float = _rate(0.75, 0.45, 1.0)
    """In the work team."""
    association: float = _rate(0.55, 0.35, 0.9)
    """In an association."""


def encounters(community: Community, parameters: ModelParameters) -> None:
    """Propose ties between people who share a focus."""
    population, p, month = community.population, parameters.encounters, community.month
    traits = (population.age, population.origin, population.vulnerability)
    factors, openness = parameters.homophily.factors(), community.openness
    contact = community.levers.event.contact

    def keys(focus: str) -> tuple[np.uint64, ...]:
        return tuple(community.chance.key(f"encounters.{focus}.{step}", month) for step in ("who", "whom", "accept"))

    community.proposals.append(
        in_the_neighbourhood(
            population.neighbourhood,
            population.neighbourhood_start,
            traits,
            factors,
            openness,
            (p.neighbourhood * contact, p.in_the_street),
            (np.uint64(FormedBy.NEIGHBOURHOOD), np.uint64(TieKind.NEIGHBOUR)),
            keys("neighbourhood"),
        )
    )
    for focus, rate, formed_by, kind in (
        ("school", p.school, FormedBy.SCHOOL, TieKind.FRIEND),
        ("work", p.work, FormedBy.WORK, TieKind.COLLEAGUE),
        ("association", p.association, FormedBy.ASSOCIATION, TieKind.FRIEND),
    ):
        memberships = community.association if focus == "association" else getattr(population, focus)
        community.proposals.append(
            in_a_focus(
                (memberships.by_person, memberships.focus_of, memberships.by_focus, memberships.person),
                traits,
                factors,
                openness,
                rate * contact,
                (np.uint64(formed_by), np.uint64(kind)),
                keys(focus),
            )
        )


@kernel
def in_the_neighbourhood(neighbourhood, start, traits, factors, openness, rates, what, keys):  # type: ignore[no-untyped-def]
    """Packed proposals between people of one street or neighbourhood; one at most a person."""
    rate, in_the_street = rates
    age, origin, vulnerability = traits
    formed_by, kind = what
    who, whom, accept = keys
    people = who_meets(who, rate, openness)
    proposals = np.empty(len(people), np.uint64)
    k = 0
    for i in people:
        home = neighbourhood[i]
        low, high = start[home], start[home + 1]
        luck = uniform(whom, i)
        # What is left of the draw is itself uniform: it says whom.
        if luck < in_the_street:
            low, high = max(low, i - STREET), min(high, i + STREET + 1)
            j = low + np.int64(luck / in_the_street * (high - low))
        else:
            j = low + np.int64((luck - in_the_street) / (1.0 - in_the_street) * (high - low))
        if j == i or openness[j] <= 0.0:
            continue
        if uniform(accept, i) < alike(i, j, age, origin, vulnerability, factors):
            proposals[k] = packed(i, j, formed_by, kind)
            k += 1
    return proposals[:k]


@kernel
def in_a_focus(rows, traits, factors, openness, rate, what, keys):  # type: ignore[no-untyped-def]
    """Packed proposals between people who share a focus; one at most a person."""
    by_person, focus_of, by_focus, member = rows
    age, origin, vulnerability = traits
    formed_by, kind = what
    who, whom, accept = keys
    people = who_meets(who, rate, openness)
    proposals = np.empty(len(people), np.uint64)
    k = 0
    for i in people:
        foci = by_person[i + 1] - by_person[i]
        if foci == 0:
            continue
        # What is left of the draw is itself uniform: it says in which of several foci.
        left = uniform(who, i) / min(1.0, rate * openness[i])
        focus = focus_of[by_person[i] + min(np.int64(left * foci), foci - 1)]
        low, high = np.int64(by_focus[focus]), np.int64(by_focus[focus + 1])
        if high - low > LARGE:
            place = low + np.searchsorted(member[low:high], i)
            low, high = max(low, place - AT_ONCE), min(high, place + AT_ONCE + 1)
        j = member[low + below(whom, i, high - low)]
        if j == i or openness[j] <= 0.0:
            continue
        if uniform(accept, i) < alike(i, j, age, origin, vulnerability, factors):
            proposals[k] = packed(i, j, formed_by, kind)
            k += 1
    return proposals[:k]
