"""Experiences generate experiences.

People who have learnt to run things gather others whom they are tied to, and begin something of their own (civic
entrepreneurs: Oliver, Marwell & Teixeira 1985, American Journal of Sociology 91:522-556, on the few who pay for the
start; Small 2009, *Unanticipated Gains*, on ties that meeting makes). Groups write proposals where somebody funds
ideas. And a practice travels along ties to where it was not yet, the whole of it only where it is written down
(Rogers 2003, *Diffusion of Innovations*, ch. 5; Szulanski 1996, Strategic Management Journal 17:27-43, on knowledge
that sticks to its place).

Off: no group forms by itself, proposes, or is copied.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import Source, Stage
from simcomunita.agents.group import Group
from simcomunita.configuration import Parameters, quantity
from simcomunita.mechanisms.facilitation.grouping import shared_need
from simcomunita.outcomes.lineage import Initiative, Kind, Layer, Relation
from simcomunita.states import State
from simcomunita.territory.population import GROWN_UP

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters
    from simcomunita.policy.levers import CallForIdeas

_FOUND = "Oliver, Marwell & Teixeira (1985), Am. J. Sociol. 91:522, for the form; size is an assumption"
_CALL = "assumption; the 22 projects that the project funded constrain it"
_COPY = "Szulanski (1996), Strategic Manag. J. 17:27, for the form; size is an assumption"

CITIZENS_GROUPS = 1 << 50
"""Numbers of groups that citizens found begin here: far above those that facilitators found."""


class GenerationParameters(Parameters):
    """How initiatives beget initiatives."""

    on: bool = True
    """Whether initiatives beget initiatives."""
    founding: float = quantity(0.012, low=0.004, high=0.04, unit="per month", source=_FOUND, least=0, most=1)
    """That a promoter of full competence and energy tries to begin a group; in proportion to both."""
    founding_of_the_active: float = quantity(
        0.0015, low=0.0005, high=0.01, unit="per month", source=_FOUND, least=0, most=1
    )
    """The same for somebody active who is skilled."""
    skilled: float = quantity(0.6, low=0.5, high=0.8, unit="competence", source=_FOUND, least=0, most=1)
    """Competence from which an active person may begin a group."""
    gathered: float = quantity(8.0, low=5, high=12, unit="people", source=_FOUND, least=2, most=100)
    """People whom a founder gathers at most, counting the founder."""
    agreed: float = quantity(0.5, low=0.2, high=0.8, unit="share", source=_FOUND, least=0, most=1)
    """Share of the shape which its founding members could carry that a group of citizens begins with: who founds by
    themselves has agreed how to go on."""

    proposing: float = quantity(4.0, low=1, high=6, unit="proposals", source=_CALL, least=0, most=50)
    """Proposals that a group writes to a call whose members are fully competent and which has taken shape; in
    proportion to competence, half of it without shape, fewer with paperwork. Nobody stands behind two."""
    merit_of_novelty: float = quantity(0.3, low=0, high=0.6, unit="share", source=_CALL, least=0, most=1)
    """Weight of novelty in what a proposal is judged by; what is left is shared by shape, competence and luck."""
    asked_for: float = quantity(0.6, low=0.3, high=0.9, unit="share", source=_CALL, least=0, most=1)
    """Share of the largest grant that the most modest proposal asks for."""
    duration: float = quantity(6.0, low=3, high=12, unit="months", source=_CALL, least=1, most=60)
    """How long a funded project lasts."""
    encouraged: float = quantity(0.2, low=0.05, high=0.4, unit="share", source=_CALL, least=0, most=1)
    """Share of what is missing to full shape, novelty and energy of members that being funded gives."""
    event_guests: float = quantity(2.0, low=1, high=10, unit="people a month", source=_CALL, least=0, most=1000)
    """People new to the group whom the events of a funded project draw, where what it does is new."""
    event_stays: float = quantity(0.1, low=0.02, high=0.3, unit="probability", source=_CALL, least=0, most=1)
    """That one of them stays."""

    copyable: float = quantity(0.5, low=0.3, high=0.8, unit="shape", source=_COPY, least=0, most=1)
    """Shape from which others find a group worth copying."""
    copying: float = quantity(0.008, low=0.002, high=0.03, unit="per month", source=_COPY, least=0, most=1)
    """That somebody elsewhere who knows of such a group tries to do the same, with everything written down."""
    undocumented: float = quantity(0.15, low=0, high=0.4, unit="share", source=_COPY, least=0, most=1)
    """How much of that is left where nothing is written down."""
    carried_over: float = quantity(0.6, low=0.3, high=0.9, unit="share", source=_COPY, least=0, most=1)
    """Share of a group's shape that its copy begins with where everything is written down; in proportion to what is."""
    exporting: float = quantity(0.02, low=0.005, high=0.06, unit="per month", source=_COPY, least=0, most=1)
    """That a practice which is written down and has met for two years is taken up in another territory."""


@dataclass
class GenerationState(State):
    """Funded projects that are going on, in the order of funding.

    Attributes
    ----------
    initiative, group, until
        Number in the lineage; number of the group; last month.
    """

    initiative: list[int] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    until: list[int] = field(default_factory=list)

    @classmethod
    def at_the_start(cls, community: Community) -> Self:
        """No project."""
        return cls()


def generation(community: Community, parameters: ModelParameters) -> None:
    """Let citizens begin groups, let calls fund ideas and projects draw people, and let practices be copied."""
    _found(community, parameters)
    for turn, call in enumerate(community.levers.calls):
        _decide(call, turn, community, parameters)
    _carry_on(community, parameters)
    _copy(community, parameters)


# -- groups that citizens begin --


def _found(community: Community, parameters: ModelParameters) -> None:
    """Let promoters, and now and then other skilled people, gather who is tied to them and begin a group."""
    p, c, month = parameters.generation, community.citizens, community.month
    able = np.flatnonzero(c.at_least(Stage.ACTIVE))
    promotes = c.at_least(Stage.PROMOTER, able)
    rate = np.where(promotes, p.founding, p.founding_of_the_active * (c.competence[able] >= p.skilled))
    rate = rate * c.competence[able] * c.energy[able] * community.levers.event.contact
    for founder in able[community.chance.coin("generation.founds", month, rate, able)].tolist():
        home = int(community.group_of[founder])
        # Nobody breaks up a group that could not go on without them.
        if home >= 0 and community.groups[home].size <= parameters.meetings.smallest:
            continue
        members = _gather(founder, community, parameters)
        if len(members) < parameters.meetings.smallest:
            continue
        parent = community.groups[home].initiative if home >= 0 else -1
        community.leave_groups(np.array([founder]))
        beginning = _beginning(founder, shared_need(members, community), community)
        beginning.parent, beginning.relation = parent, Relation.GREW_FROM if parent >= 0 else Relation.NONE
        shape = p.agreed * _could_carry(members, community, parameters)
        community.found_group(_group(founder, beginning, shape, community), members, beginning)


def _gather(founder: int, community: Community, parameters: ModelParameters) -> NDArray[np.intp]:
    """The founder and the closest of those tied who take part and are in no group, ascending."""
    ties = community.ties
    neighbours, strength = ties.neighbours(founder).astype(np.intp), ties.strength[ties.edges_of(founder)]
    free = community.citizens.at_least(Stage.PARTICIPANT, neighbours) & (community.group_of[neighbours] < 0)
    closest = neighbours[free][np.argsort(-strength[free], kind="stable")]
    return np.sort(np.append(closest[: int(parameters.generation.gathered) - 1], founder)).astype(np.intp)


def _beginning(founder: int, area: int, community: Community) -> Initiative:
    population = community.population
    return Initiative(
        Kind.GROUP,
        area,
        int(population.municipality[founder]),
        community.month,
        Source.CITIZEN,
        founder,
        Layer.INFORMAL,
        neighbourhood=int(population.neighbourhood[founder]),
    )


def _group(founder: int, beginning: Initiative, shape: float, community: Community) -> Group:
    return Group(
        number=CITIZENS_GROUPS + (founder << 16) + community.month,
        area=beginning.area,
        municipality=beginning.municipality,
        neighbourhood=beginning.neighbourhood,
        founded=community.month,
        post=-1,
        accompanied_by=-1,
        shape=shape,
    )


def _could_carry(members: NDArray[np.intp], community: Community, parameters: ModelParameters) -> float:
    """The shape that some people could carry, as in meetings."""
    p, c = parameters.meetings, community.citizens
    able = int((c.competence[members] >= p.able).sum())
    running = int(c.at_least(Stage.ACTIVE, members).sum())
    return min(1.0, (0.5 * able + 0.5 * running) / p.leaders_needed)


# -- calls for ideas --


def _decide(call: CallForIdeas, turn: int, community: Community, parameters: ModelParameters) -> None:
    """Let groups propose, and fund the best until the pot is empty."""
    p, scale = parameters.generation, community.population.scale
    community.spend("calls", community.prices.call.value * scale)
    left = call.pot * scale * community.levers.event.money
    proposals = []
    for position, group in enumerate(community.groups):
        if group.size < call.smallest_group:
            continue
        competence = float(community.citizens.competence[community.members(position)].mean())
        ready = (0.5 + 0.5 * group.shape) * competence
        expected = p.proposing * ready * (1 - community.levers.paperwork * parameters.asking.burden)
        address = group.number * 8 + turn % 8
        written = community.chance.whole("generation.proposes", community.month, expected, address)
        for idea in range(min(written, group.size // call.smallest_group)):
            luck = float(community.chance.uniform("generation.idea", community.month, address * 64 + idea % 64)[0])
            solid = (group.shape + competence + luck) / 3
            merit = p.merit_of_novelty * group.novelty + (1 - p.merit_of_novelty) * solid
            proposals.append((-merit, group.number, idea, position))
    community.ledger.count("citizen_projects_proposed", len(proposals))
    for _, number, idea, position in sorted(proposals):
        # What a proposal is worth is no matter of what it asks for.
        address = (number * 8 + turn % 8) * 64 + idea % 64
        size = community.chance.uniform("generation.size", community.month, address)
        euro = call.largest_grant * (p.asked_for + (1 - p.asked_for) * float(size[0]))
        # The last is funded whole or not at all, so that a pot of a small scale pays its share on average.
        if euro > left and not community.chance.happens("generation.last", community.month, left / euro, address):
            break
        community.spend("grants", euro)
        left -= euro
        _fund(position, community, parameters)
        if left <= 0:
            break


def _fund(position: int, community: Community, parameters: ModelParameters) -> None:
    """Let a project begin, and encourage those who proposed it."""
    p, c, group = parameters.generation, community.citizens, community.groups[position]
    state = community.state(GenerationState)
    members = community.members(position)
    first = int(members[np.argmax(c.competence[members])])
    project = Initiative(
        Kind.PROJECT,
        group.area,
        group.municipality,
        community.month,
        Source.CITIZEN,
        first,
        Layer.INFORMAL if group.partner < 0 and group.accompanied_by < 0 else Layer.MIXED,
        neighbourhood=group.neighbourhood,
        parent=group.initiative,
        relation=Relation.GREW_FROM,
    )
    state.initiative.append(community.lineage.found(project))
    state.group.append(group.number)
    state.until.append(community.month + int(p.duration))
    group.shape += p.encouraged * (1 - group.shape)
    group.novelty += p.encouraged * (1 - group.novelty)
    c.energy[members] += np.float32(p.encouraged) * (1 - c.energy[members])
    community.ledger.count("citizen_projects_funded", 1)


def _carry_on(community: Community, parameters: ModelParameters) -> None:
    """Let projects hold events, and end those that are over or whose group has ended."""
    state, month = community.state(GenerationState), community.month
    positions = {group.number: position for position, group in enumerate(community.groups)}
    going = []
    for turn, (initiative, number, until) in enumerate(zip(state.initiative, state.group, state.until, strict=True)):
        if month > until or number not in positions:
            community.lineage.end(initiative, month)
            continue
        going.append(turn)
        _hold_events(initiative, positions[number], community, parameters)
    state.initiative = [state.initiative[turn] for turn in going]
    state.group = [state.group[turn] for turn in going]
    state.until = [state.until[turn] for turn in going]


def _hold_events(initiative: int, position: int, community: Community, parameters: ModelParameters) -> None:
    """Draw people of the neighbourhood; some stay."""
    p, population, month = parameters.generation, community.population, community.month
    group = community.groups[position]
    address = group.number * 64 + initiative % 64
    expected = p.event_guests * group.novelty * community.levers.event.contact
    number = community.chance.whole("generation.draws", month, expected, address)
    start = population.neighbourhood_start
    there = np.arange(start[group.neighbourhood], start[group.neighbourhood + 1])
    there = there[(population.age[there] >= GROWN_UP) & (community.group_of[there] < 0)]
    guests = community.chance.exactly(number, "generation.guest", month, there, turn=initiative % 1024)
    community.reach(guests, Source.CITIZEN, community.lineage.initiatives[initiative].by)
    stays = guests[community.chance.coin("generation.stays", month, p.event_stays, guests)]
    community.citizens.rise(stays, Stage.PARTICIPANT)
    community.join_groups(stays, position)


# -- practices that travel --


def _copy(community: Community, parameters: ModelParameters) -> None:
    """Let people elsewhere who know of a group that has taken shape do the same, and other territories too."""
    p, month, chance, groups = parameters.generation, community.month, community.chance, list(community.groups)
    practice = {f.post.ordinal: f.practice for f in community.facilitators}
    written = [max(community.written_practice, practice.get(group.accompanied_by, 0.0)) for group in groups]
    likely = np.zeros(len(groups))
    for position, (group, known) in enumerate(zip(groups, written, strict=True)):
        visible = min(1.0, group.meetings / 24)
        exported = chance.whole("generation.exports", month, p.exporting * known * visible, group.number)
        community.ledger.count("exported_practices", exported)
        if group.shape >= p.copyable:
            likely[position] = p.copying * (p.undocumented + (1 - p.undocumented) * known)
    likely *= community.levers.event.contact
    at, people, through_citizens = _who_know(likely > 0.0, community)
    numbers = np.array([group.number % (1 << 31) for group in groups], np.int64)
    tries = np.flatnonzero(chance.coin("generation.copies", month, likely[at], people, numbers[at]))
    for k in tries.tolist():
        source = Source.CITIZEN if through_citizens[k] else Source.FACILITATOR
        carried = p.carried_over * written[at[k]]
        _begin_copy(int(people[k]), source, groups[at[k]], carried, community, parameters)


def _who_know(
    copied: NDArray[np.bool_], community: Community
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Who could copy some groups (bool, by position): participants of other neighbourhoods in no group.

    Returns
    -------
    at, people, through_citizens
        A group's position and a person who knows of it, in this order, none twice; and whether through a member they
        are tied to, or else through the facilitator who accompanies it. (k) each.
    """
    groups, population, n = community.groups, community.population, len(community.population)
    could = community.citizens.at_least(Stage.ACTIVE) & (community.group_of < 0)
    home = np.array([group.neighbourhood for group in groups], np.int64)
    able = np.flatnonzero(could)
    whose, _, tied = community.ties.ends_of(able)
    at = community.group_of[tied]
    kept = np.append(copied, np.False_)[at]
    at, people = at[kept].astype(np.int64), able[whose[kept]]
    through_citizens = np.unique((at * n + people)[population.neighbourhood[people] != home[at]])
    known = [through_citizens]
    for facilitator in community.facilitators:
        met = facilitator.acquaintances[could[facilitator.acquaintances]]
        lives, post = population.neighbourhood[met], facilitator.post.ordinal
        mine = [position for position in np.flatnonzero(copied).tolist() if groups[position].accompanied_by == post]
        known += [position * n + met[lives != home[position]] for position in mine]
    pairs = np.unique(np.concatenate(known))
    return pairs // n, pairs % n, np.isin(pairs, through_citizens, assume_unique=True)


def _begin_copy(
    person: int,
    source: Source,
    copied: Group,
    carried: float,
    community: Community,
    parameters: ModelParameters,
) -> None:
    """Let somebody gather people and begin a copy, if enough come."""
    if community.group_of[person] >= 0:
        return
    members = _gather(person, community, parameters)
    if len(members) < parameters.meetings.smallest:
        return
    beginning = _beginning(person, copied.area, community)
    # Copied through a facilitator or not, citizens begin it; through whom it came is told by the layer.
    beginning.layer = Layer.INFORMAL if source == Source.CITIZEN else Layer.MIXED
    beginning.parent, beginning.relation = copied.initiative, Relation.COPIED
    group = _group(person, beginning, carried * copied.shape, community)
    group.ease = carried * copied.ease
    community.found_group(group, members, beginning)
    community.ledger.count("practices_copied", 1)
