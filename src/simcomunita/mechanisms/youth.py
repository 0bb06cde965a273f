"""Young people: a look into work, older with younger, spaces of their own.

Placements between school and work are there where somebody is ready to host: a few a year with each involved firm and
association and with public libraries and museums, the likelier the more open the host is. A placement leaves
competence, a link to the host and sometimes a tie with somebody there (Granovetter 1973, American Journal of
Sociology 78:1360-1380, on ties into work). Older young people who take part share what they know with younger ones
(DuBois et al. 2011, Psychological Science in the Public Interest 12:57-91: mentoring has small, wide effects). A
space draws young people near while it is new; later they come for friends whom they find there. Where it is left to
them, some take a hand: they get to know each other over it, and what they change makes it new again. Nobody comes
back only because they shaped it. Who looks in and is met by nobody has not been reached. A space that nobody comes
to ends.

Off: no placement, no mentor, no space.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import Source, Stage
from simcomunita.configuration import Parameters, quantity
from simcomunita.network import FormedBy, TieKind, propose
from simcomunita.network.kernels import one_neighbour
from simcomunita.outcomes.lineage import Initiative, Kind, Layer
from simcomunita.states import State
from simcomunita.territory.population import Area

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_HOST = "assumption; the published number of placements constrains it"
_MENTOR = "DuBois et al. (2011), Psychol. Sci. Public Interest 12:57, for small effects; size is an assumption"

PUBLIC_HOSTS = ("library", "museum")
"""Kinds of organisation that host without being involved."""


class YouthParameters(Parameters):
    """How hosts, mentors and spaces work."""

    on: bool = True
    """Whether anything is done with young people."""
    places_a_year: float = quantity(4.0, low=1, high=10, unit="a year", source=_HOST, least=0, most=12)
    """Places that a fully open involved host has in a year; in proportion to openness."""
    placement_teaches: float = quantity(0.1, low=0.03, high=0.2, unit="share", source=_HOST, least=0, most=1)
    """Share of what is missing to full competence that a placement gives."""
    placement_links: float = quantity(0.5, low=0.3, high=0.7, unit="strength", source=_HOST, least=0, most=1)
    """Strength of the link with the host that a placement makes."""
    mentors: float = quantity(0.25, low=0.1, high=0.5, unit="per month", source=_MENTOR, least=0, most=1)
    """Probability that somebody of 18 to 25 who takes part meets a younger one in a month, where they are asked to."""
    mentors_unasked: float = quantity(0.04, low=0.01, high=0.1, unit="per month", source=_MENTOR, least=0, most=1)
    """The same where nobody asks, but a group about young people's needs lives in the municipality."""
    mentor_teaches: float = quantity(0.02, low=0.005, high=0.05, unit="share", source=_MENTOR, least=0, most=1)
    """Share of what is missing to full competence that such a meeting gives the younger one."""
    curious: float = quantity(0.02, low=0.005, high=0.05, unit="per month", source="assumption", least=0, most=1)
    """Probability that a young person next door looks into a space that is new."""
    near: float = quantity(1.0, low=0.5, high=2, unit="km", source="assumption", least=0.05, most=50)
    """Distance at which half of that is left."""
    wears_off: float = quantity(6.0, low=3, high=12, unit="months", source="assumption", least=0.1, most=120)
    """Age at which half of a space's novelty is gone."""
    brings: float = quantity(0.1, low=0.03, high=0.3, unit="probability", source="assumption", least=0, most=1)
    """That a young person whom a visitor is tied to comes along, one asked a month."""
    returns: float = quantity(0.75, low=0.5, high=0.85, unit="probability", source="assumption", least=0, most=1)
    """That a visitor of last month comes again, were everything new or friends many."""
    friends: float = quantity(2.0, low=1, high=5, unit="people", source="assumption", least=0.1, most=50)
    """Tied visitors of last month in whose company half of what novelty did is made up for."""
    takes_a_hand: float = quantity(0.08, low=0.03, high=0.2, unit="per visit", source="assumption", least=0, most=1)
    """Probability that a visitor joins in rethinking a space that is left to young people."""
    made_new: float = quantity(0.5, low=0.1, high=1, unit="share", source="assumption", least=0, most=1)
    """Share of a space's age that is undone in a month in which all its visitors take a hand; in proportion to how many
    do."""
    shaping_teaches: float = quantity(0.03, low=0.01, high=0.06, unit="share", source="assumption", least=0, most=1)
    """Share of what is missing to full competence that taking a hand gives."""
    talking: float = quantity(0.5, low=0.2, high=0.8, unit="probability", source="assumption", least=0, most=1)
    """That two visitors get to know each other."""
    alive: float = quantity(6.0, low=3, high=12, unit="people a month", source="assumption", least=0, most=1000)
    """Visitors a month, averaged over half a year, for the whole territory's residents, below which a space ends."""
    grace: float = quantity(6.0, low=3, high=12, unit="months", source="assumption", least=0, most=120)
    """Months that every space is given."""


@dataclass
class YouthState(State):
    """Who was placed, who mentors, and the spaces.

    placed, mentored: bool (n). visited: int32 (n), number of the space visited last month, -1 for none. spaces: a dict
    each, in the order of opening.
    """

    placed: NDArray[np.bool_]
    mentored: NDArray[np.bool_]
    visited: NDArray[np.int32]
    spaces: list[dict[str, Any]]

    @classmethod
    def at_the_start(cls, community: Community) -> Self:
        """Nobody, and no space."""
        n = len(community.population)
        return cls(np.zeros(n, np.bool_), np.zeros(n, np.bool_), np.full(n, -1, np.int32), [])


def youth(community: Community, parameters: ModelParameters) -> None:
    """Place young people, let older meet younger ones, and let spaces live or end."""
    state = community.state(YouthState)
    moved = np.flatnonzero(community.citizens.arrived == community.month)
    state.placed[moved] = state.mentored[moved] = False
    state.visited[moved] = -1
    _place(community, parameters, state)
    _mentor(community, parameters, state)
    _open_and_close(community, parameters, state)
    _visit(community, parameters, state)


def young(community: Community, municipality: int, youngest: int, oldest: int) -> NDArray[np.intp]:
    """The residents of a municipality between two ages, ascending."""

    def found() -> NDArray[np.intp]:
        here = community.residents(municipality)
        age = community.population.age[here]
        return np.asarray(here.start + np.flatnonzero((age >= youngest) & (age <= oldest)))

    return community.once(f"young {municipality} {youngest} {oldest}", found)


def _place(community: Community, parameters: ModelParameters, state: YouthState) -> None:
    """Fill what is both asked for and offered, each with somebody of 16 to 19 of the host's municipality."""
    p, month, chance = parameters.youth, community.month, community.chance
    table, scale = community.population.organisations, community.population.scale
    asked = chance.whole("youth.asked", month, community.levers.youth.placements / 12 * scale, 0)
    if not asked:
        return
    hosts = np.flatnonzero(_ready_to_host(community))
    places = p.places_a_year / 12 * table.openness[hosts] * community.levers.event.contact
    offering = hosts[chance.coin("youth.offers", month, places, hosts)]
    for host in chance.exactly(asked, "youth.host", month, offering).tolist():
        home = int(table.municipality[host])
        pupils = young(community, home, 16, 19)
        pupils = pupils[~state.placed[pupils]]
        _work_for_a_while(community, p, chance.exactly(1, "youth.pupil", month, pupils, turn=host), host)


def _ready_to_host(community: Community) -> NDArray[np.bool_]:
    """Involved organisations, and libraries and museums, which are public: bool (organisations)."""
    table = community.population.organisations
    public = np.array([kind in PUBLIC_HOSTS for kind in table.kinds], np.bool_)
    return np.asarray((community.involved_since >= 0) | public[table.kind])


def _work_for_a_while(community: Community, p: YouthParameters, pupil: NDArray[np.intp], host: int) -> None:
    """Let a pupil (one or none) learn, get to know the host and somebody there."""
    if not len(pupil):
        return
    month, chance, table = community.month, community.chance, community.population.organisations
    community.state(YouthState).placed[pupil] = True
    competence = community.citizens.competence
    competence[pupil] += np.float32(p.placement_teaches) * (1 - competence[pupil])
    community.reach(pupil, Source.ORGANISATION, host)
    community.links.join(pupil, host, p.placement_links)
    there = community.association.members(host)
    there = there[community.population.grown_up[there]]
    if len(there):
        colleague = there[(chance.uniform("youth.colleague", month, pupil) * len(there)).astype(np.intp)]
        community.proposals.append(propose(pupil, colleague, FormedBy.WORK, TieKind.COLLEAGUE))
    community.lineage.found(
        Initiative(
            Kind.YOUTH_PLACEMENT,
            Area.YOUTH,
            int(table.municipality[host]),
            month,
            Source.ORGANISATION,
            host,
            Layer.FORMAL if table.formal[host] else Layer.MIXED,
            ended=month,
        )
    )
    community.spend("youth_placements", community.prices.youth_placement.value)
    community.ledger.count("youth_placements", 1)


def _mentor(community: Community, parameters: ModelParameters, state: YouthState) -> None:
    """Let those of 18 to 25 who take part meet those of 14 to 17 of their municipality."""
    p, month, chance = parameters.youth, community.month, community.chance
    groups = {group.municipality for group in community.groups if group.area == Area.YOUTH}
    asked, contact = community.levers.youth.mentoring, community.levers.event.contact
    for municipality in range(len(community.population.municipalities)):
        likely = p.mentors if asked else p.mentors_unasked * (municipality in groups)
        younger = young(community, municipality, 14, 17)
        if likely == 0 or not len(younger):
            continue
        older = young(community, municipality, 18, 25)
        older = older[community.citizens.at_least(Stage.PARTICIPANT, older)]
        older = older[chance.coin("youth.mentors", month, likely * contact, older)]
        met = younger[(chance.uniform("youth.mentored", month, older) * len(younger)).astype(np.intp)]
        community.proposals.append(propose(older, met, FormedBy.GROUP, TieKind.GROUP))
        community.reach(met, Source.CITIZEN, older)
        competence = community.citizens.competence
        competence[met] += np.float32(p.mentor_teaches) * (1 - competence[met])
        community.ledger.count("age_bridging_meetings", len(older))
        community.ledger.count("mentors", int((~state.mentored[older]).sum()))
        state.mentored[older] = True


def _open_and_close(community: Community, parameters: ModelParameters, state: YouthState) -> None:
    """Open the spaces that are funded and not there yet, close those no longer funded, and end those nobody comes to.

    Where a space has ended its money goes on for what is left of the funding, but nobody comes.
    """
    population, month, p = community.population, community.month, parameters.youth
    lever = community.levers.youth
    for m, name in enumerate(population.municipalities):
        here = [space for space in state.spaces if space["municipality"] == m and space["funded"]]
        wanted = lever.spaces.get(name, 0)
        for space in here[wanted:]:
            space["funded"] = False
            _end(community, space)
        if wanted > len(here):
            streets = np.flatnonzero(population.neighbourhood_municipality == m)
            taken = {space["neighbourhood"] for space in here}
            sites = community.chance.exactly(wanted, "youth.site", 0, streets).tolist()
            free = [site for site in sites if site not in taken]
            for site in free[: wanted - len(here)]:
                state.spaces.append(_space(community, len(state.spaces), m, site))
    for space in state.spaces:
        old = month - space["opened"] >= p.grace
        if space["alive"] and old and space["liveliness"] < p.alive * population.scale:
            _end(community, space)


def _space(community: Community, number: int, municipality: int, site: int) -> dict[str, Any]:
    """A space that opens: left to young people, or ready made."""
    own, month = community.levers.youth.own_spaces, community.month
    initiative = community.lineage.found(
        Initiative(
            Kind.SPACE,
            Area.YOUTH,
            municipality,
            month,
            Source.PLACE,
            site,
            Layer.MIXED if own else Layer.FORMAL,
            site,
        )
    )
    return {
        "number": number,
        "municipality": municipality,
        "neighbourhood": site,
        "opened": month,
        "age": 0.0,
        "own": own,
        "funded": True,
        "alive": True,
        "liveliness": 0.0,
        "initiative": initiative,
    }


def _end(community: Community, space: dict[str, Any]) -> None:
    if space["alive"]:
        space["alive"] = False
        community.lineage.end(space["initiative"], community.month)


def _visit(community: Community, parameters: ModelParameters, state: YouthState) -> None:
    """Let young people come to the spaces that live; nobody to two in a month."""
    if not state.spaces:
        return
    before, state.visited = state.visited, np.full_like(state.visited, -1)
    for space in state.spaces:
        if space["alive"]:
            here = _who_comes(community, parameters, state, space, before)
            state.visited[here] = space["number"]
            _be_there(community, parameters, state, space, here)


def _who_comes(
    community: Community,
    parameters: ModelParameters,
    state: YouthState,
    space: dict[str, Any],
    before: NDArray[np.int32],
) -> NDArray[np.intp]:
    """Visitors of last month who come again, those whom they bring, and the curious: ascending."""
    p, month, chance, population = parameters.youth, community.month, community.chance, community.population
    number, municipality, site = space["number"], space["municipality"], space["neighbourhood"]
    novelty = 1 / (1 + space["age"] / p.wears_off)
    people = young(community, municipality, 14, 25)
    people = people[state.visited[people] < 0]
    gap = population.neighbourhood_centre[population.neighbourhood[people]] - population.neighbourhood_centre[site]
    near = 1 / (1 + np.sqrt((gap.astype(np.float64) ** 2).sum(axis=1)) / p.near)
    likely = p.curious * novelty * near
    was_here = before[people] == number
    regulars = people[was_here]
    whose, _, other = community.ties.ends_of(regulars)
    company = np.bincount(whose[before[other] == number], minlength=len(regulars))
    draw = novelty + (1 - novelty) * company / (company + p.friends)
    likely[was_here] = p.returns * draw
    luck = chance.uniform("youth.friend", month, regulars)
    brought = one_neighbour(regulars, luck, community.rows)
    brought = brought[chance.coin("youth.brings", month, p.brings, regulars)]
    likely[np.isin(people, brought)] = 1.0
    return people[chance.coin("youth.comes", month, likely * community.levers.event.contact, people)]


def _be_there(
    community: Community,
    parameters: ModelParameters,
    state: YouthState,
    space: dict[str, Any],
    here: NDArray[np.intp],
) -> None:
    """Let visitors meet, and, where the space is left to them, shape it. Reached is who takes a hand, or talks with
    somebody who takes part; who only looks in is not.
    """
    p, c, month, chance = parameters.youth, community.citizens, community.month, community.chance
    talk = chance.coin("youth.talks", month, p.talking, here)
    other = here[(chance.uniform("youth.talks_with", month, here) * len(here)).astype(np.intp)]
    community.proposals.append(propose(here[talk], other[talk], FormedBy.GROUP, TieKind.GROUP))
    met = here[talk & (other != here) & c.at_least(Stage.PARTICIPANT, other)]
    space["age"] += 1
    if space["own"]:
        joins = here[chance.coin("youth.takes_a_hand", month, p.takes_a_hand, here)]
        community.reach(joins, Source.PLACE, space["neighbourhood"])
        c.rise(joins, Stage.PARTICIPANT)
        c.competence[joins] += np.float32(p.shaping_teaches) * (1 - c.competence[joins])
        community.proposals.append(propose(joins[:-1], joins[1:], FormedBy.GROUP, TieKind.GROUP))
        space["age"] *= 1 - p.made_new * len(joins) / max(len(here), 1)
    community.reach(met, Source.PLACE, space["neighbourhood"])
    # In the first months the average is over those that there were.
    months = min(6, month - space["opened"] + 1)
    space["liveliness"] += (len(here) - space["liveliness"]) / months
    community.ledger.count("visits_to_spaces", len(here))
