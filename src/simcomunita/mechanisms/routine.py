"""What is repeated gets easier, and usual.

Who does the same thing together again, trusting each other, needs less time for it (learning by doing: Arrow 1962,
Review of Economic Studies 29:155-173; routines: Nelson & Winter 1982, *An Evolutionary Theory of Economic Change*;
trust saves the cost of agreeing: Uzzi 1997, Administrative Science Quarterly 42:35-67). People who come and go, or do
not trust each other, break it. And what a neighbourhood has seen often is no news there any more (habituation to what
is repeated: Berlyne 1970, Perception & Psychophysics 8:279-286). Partners of another sector, members unlike each
other, new members and hours spent on it make a practice new again (Burt 2004, American Journal of Sociology
110:349-399, on good ideas coming from people who stand between groups).

Off: every meeting is as the first: nothing gets easier, and nothing usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity
from simcomunita.states import State
from simcomunita.territory.population import Area

if TYPE_CHECKING:
    from simcomunita.agents.group import Group
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_EASE = (
    "Arrow (1962), Rev. Econ. Stud. 29:155, and Uzzi (1997), Adm. Sci. Q. 42:35, for the form; size is an assumption"
)
_USUAL = "Berlyne (1970), Perception & Psychophysics 8:279, for the form; size is an assumption"
_NEW = "Burt (2004), Am. J. Sociol. 110:349, for the form; size is an assumption"

GENERATION = 25
"""Years between two people from which they are of different generations."""


class RoutineParameters(Parameters):
    """How fast things get easier and usual, and what that does."""

    on: bool = True
    """Whether repetition changes anything."""
    easing: float = quantity(0.08, low=0.03, high=0.2, unit="share a meeting", source=_EASE, least=0, most=1)
    """Share of what is missing to full ease that a meeting gives members who trust each other and are the same as
    before."""
    unsettling: float = quantity(0.5, low=0.2, high=1, unit="share", source=_EASE, least=0, most=1)
    """Share of its ease that a group loses when all its members are new; in proportion to how many are."""
    distrust: float = quantity(0.1, low=0.02, high=0.3, unit="share a meeting", source=_EASE, least=0, most=1)
    """Share of its ease that a group loses where nobody trusts anybody; in proportion to what is missing to full
    trust."""
    trusted_others: float = quantity(2.0, low=1, high=4, unit="people", source=_EASE, least=0.1, most=50)
    """Fully trusted others of the group that each member needs for full trust in it."""
    saving: float = quantity(0.3, low=0.1, high=0.5, unit="share", source=_EASE, least=0, most=0.95)
    """Share of the hours of a lab, and of a start by who accompanies such groups, that full ease saves."""
    resting: float = quantity(0.3, low=0, high=0.5, unit="share", source=_EASE, least=0, most=1)
    """Share of the effort of taking part that full ease takes away."""
    wearing: float = quantity(0.06, low=0.02, high=0.15, unit="share a meeting", source=_USUAL, least=0, most=1)
    """Share of its novelty that a practice loses with every meeting around the same need in its neighbourhood."""
    spread: float = quantity(0.15, low=0, high=0.5, unit="share", source=_USUAL, least=0, most=1)
    """How much a meeting elsewhere in the municipality wears, against one in the neighbourhood."""
    forgotten: float = quantity(0.03, low=0.01, high=0.1, unit="share a month", source=_USUAL, least=0, most=1)
    """Share of what a neighbourhood is used to that it forgets in a month."""
    usual: float = quantity(0.5, low=0.35, high=0.8, unit="novelty", source=_USUAL, least=0.05, most=1)
    """Novelty at which groups draw as the parameters of meetings say; they were fitted to practices of a usual mix of
    ages. What is newer draws more in proportion, what is less new, less."""
    keeping_apart: float = quantity(0.5, low=0.1, high=0.9, unit="probability", source=_USUAL, least=0, most=1)
    """Probability that two who come from different neighbourhoods, origins or generations do not get talking where
    nothing is new: everybody has a usual place."""
    alliance: float = quantity(0.02, low=0.005, high=0.06, unit="share a month", source=_NEW, least=0, most=1)
    """Share of what is missing to full novelty that a partner gives whose sector no other group around this need works
    with."""
    mixture: float = quantity(0.04, low=0.01, high=0.1, unit="share a month", source=_NEW, least=0, most=1)
    """The same where all members differ from each other in neighbourhood, origin and age; in proportion."""
    newcomers: float = quantity(0.15, low=0.05, high=0.4, unit="share a month", source=_NEW, least=0, most=1)
    """The same where all members are new; in proportion."""
    renewed_an_hour: float = quantity(0.03, low=0.01, high=0.08, unit="share an hour", source=_NEW, least=0, most=1)
    """The same for an hour that a facilitator spends on renewing."""


@dataclass
class RoutineState(State):
    """What neighbourhoods are used to, and who was in which group.

    Attributes
    ----------
    familiar
        float64 (neighbourhoods, areas) in [0, 1]: how used each is to practices around each need.
    was_in
        int64 (n): number of the group each was in at the end of last month, -1 for none.
    """

    familiar: NDArray[np.float64]
    was_in: NDArray[np.int64]

    @classmethod
    def at_the_start(cls, community: Community) -> Self:
        """Nobody is used to anything."""
        population = community.population
        return cls(
            np.zeros((len(population.neighbourhood_municipality), len(Area))),
            np.full(len(population), -1, np.int64),
        )


def routine(community: Community, parameters: ModelParameters) -> None:
    """Let what groups do get easier and usual, and be made new."""
    p, state, groups = parameters.routine, community.state(RoutineState), community.groups
    state.familiar *= 1 - p.forgotten
    members = np.flatnonzero(community.group_of >= 0)
    at = community.group_of[members]
    number = np.array([group.number for group in groups], np.int64)
    if groups:
        size = np.maximum(np.bincount(at, minlength=len(groups)), 1)
        fresh = np.bincount(at, state.was_in[members] != number[at], minlength=len(groups)) / size
        trust = np.minimum(1.0, _trust(community, members, len(groups)) / (size * p.trusted_others))
        mixed = _mixture(community, members, at, size)
        allied = _unlikely_alliances(community)
        used = state.familiar.copy()
        _wear(groups, state, community, p)
        for position, group in enumerate(groups):
            if group.met != community.month:
                continue
            # A beginning is no change of members; how new it is depends on what was seen here before.
            begins = group.meetings == 1
            new = 0.0 if begins else float(fresh[position])
            if begins:
                group.novelty *= 1 - float(used[group.neighbourhood, group.area])
            renewed = p.alliance * allied[position] + p.mixture * float(mixed[position]) + p.newcomers * new
            group.novelty += min(1.0, renewed) * (1 - group.novelty)
            group.ease += p.easing * float(trust[position]) * (1 - new) * (1 - group.ease)
            group.ease *= (1 - p.unsettling * new) * (1 - p.distrust * (1 - float(trust[position])))
    state.was_in[:] = -1
    state.was_in[members] = number[at]


def lab_hours(group: Group, parameters: ModelParameters) -> float:
    """Staff hours that a month's full support of a group takes."""
    return parameters.facilitation.hours_of_a_lab * (1 - parameters.routine.saving * group.ease)


def drawing(community: Community, parameters: ModelParameters) -> NDArray[np.float64]:
    """By group: factor on whom it draws and keeps."""
    p = parameters.routine
    if not p.on:
        return np.ones(len(community.groups))
    return np.array([group.novelty for group in community.groups]) / p.usual


def strangers_talk(
    community: Community,
    parameters: ModelParameters,
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
    at: NDArray[np.int32],
    address: NDArray[np.intp],
) -> NDArray[np.bool_]:
    """Who of those who would get talking do: bool (k). Where little is new, the unlike keep to their places."""
    p, population, (one, other) = parameters.routine, community.population, pairs
    unlike = (
        (population.neighbourhood[one] != population.neighbourhood[other])
        | (population.origin[one] != population.origin[other])
        | (np.abs(population.age[one].astype(np.int64) - population.age[other]) >= GENERATION)
    )
    novelty = np.array([group.novelty for group in community.groups])[at]
    apart = p.keeping_apart * p.on * unlike * (1 - novelty)
    return ~community.chance.coin("routine.apart", community.month, apart, address)


def _wear(groups: list[Group], state: RoutineState, community: Community, p: RoutineParameters) -> None:
    """Let meetings be seen: a group's neighbourhood, and less so its municipality, get used to it, and so do all groups
    there around the same need.
    """
    novelty = np.array([group.novelty for group in groups])
    places = np.array([(group.neighbourhood, group.municipality, group.area) for group in groups], np.int64)
    meets = np.array([group.met == community.month for group in groups])
    wear(novelty, state.familiar, places, meets, community.population.neighbourhood_municipality, (p.wearing, p.spread))
    for group, left in zip(groups, novelty.tolist(), strict=True):
        group.novelty = left


@kernel
def wear(novelty, familiar, places, meets, municipality_of, shares):  # type: ignore[no-untyped-def]
    """Let the meetings of groups be seen, one after the other, in place: what each wears off the novelty of groups,
    float64 (k), and adds to what neighbourhoods are used to, float64 (neighbourhoods, areas). Groups come with
    neighbourhood, municipality and area, int64 (k, 3).
    """
    wearing, spread = shares
    near = np.empty(len(municipality_of), np.float64)
    for k in range(len(places)):
        if not meets[k]:
            continue
        home, municipality, area = places[k]
        for h in range(len(near)):
            near[h] = spread if municipality_of[h] == municipality else 0.0
        near[home] = 1.0
        for h in range(len(near)):
            familiar[h, area] += wearing * near[h] * (1.0 - familiar[h, area])
        for other in range(len(places)):
            if places[other, 2] == area:
                novelty[other] *= 1.0 - wearing * near[places[other, 0]]


def _trust(community: Community, members: NDArray[np.intp], number: int) -> NDArray[np.float64]:
    """By group: trust of the ties among its members, each counted from both ends."""
    ties, group_of = community.ties, community.group_of
    first = ties.up[members].astype(np.int64)
    count = ties.up[members + 1].astype(np.int64) - first
    edges = np.repeat(first - np.cumsum(count) + count, count) + np.arange(int(count.sum()))
    here = np.repeat(group_of[members], count)
    inside = group_of[ties.second[edges]] == here
    return np.asarray(2.0 * np.bincount(here[inside], ties.trust[edges[inside]], minlength=number), np.float64)


def _mixture(
    community: Community, members: NDArray[np.intp], at: NDArray[np.int32], size: NDArray[np.intp]
) -> NDArray[np.float64]:
    """By group: the chance that two members drawn at random differ, averaged over neighbourhood, origin and age."""
    p = community.population
    total = np.zeros(len(size))
    for trait in (p.neighbourhood, p.origin, p.age // GENERATION):
        kinds = trait[members].astype(np.int64)
        width = int(kinds.max(initial=0)) + 1
        counts = np.bincount(at * width + kinds, minlength=len(size) * width).reshape(len(size), width)
        total += 1 - ((counts / size[:, None]) ** 2).sum(axis=1)
    return total / 3


def _unlikely_alliances(community: Community) -> list[bool]:
    """By group: whether its partner is of a sector that no other group around the same need works with."""
    sectors = [
        (group.area, community.organisations[group.partner].sector) if group.partner >= 0 else None
        for group in community.groups
    ]
    return [sector is not None and sectors.count(sector) == 1 for sector in sectors]
