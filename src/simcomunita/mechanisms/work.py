"""Work: firms take on whom somebody they trust answers for.

Mediators, and facilitators in a part of their casework, propose job seekers whom services or groups know to firms
that are involved; active citizens tell firms they know of acquaintances who look for work (weak ties: Granovetter
1973, American Journal of Sociology 78:1360-1380). Employers gain by hiring whom somebody refers (Fernandez, Castilla &
Moore 1998, *Social Capital at Work*, Stanford Graduate School of Business working paper 1528); that they go by how
earlier referrals went is an assumption. Each firm has a trust of its own, which a placement that goes well raises and a
bad one lowers: nobody sets the first to be the hardest.
Grants take a part of the firm's cost; training makes seekers readier.

Off: nobody is placed or hired.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import fsum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import NO_CRISIS, Source, Stage
from simcomunita.configuration import Parameters, quantity
from simcomunita.outcomes.lineage import Initiative, Kind, Layer
from simcomunita.states import State
from simcomunita.territory.population import Area

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_TRUST = "assumption; Fernandez, Castilla & Moore (1998), Stanford GSB working paper 1528, for the worth of referrals"
_TIES = "Granovetter (1973), AJS 78:1360, for the form; rate is an assumption"
WORK = np.uint8(1 << Area.WORK)


class WorkParameters(Parameters):
    """Of work."""

    on: bool = True
    """Whether anybody finds a placement or a job through the network."""
    trust_at_first: float = quantity(0.2, low=0.05, high=0.4, unit="probability", source=_TRUST, least=0, most=1)
    """A firm's trust at the start in whoever answers for people."""
    went_well: float = quantity(0.3, low=0.1, high=0.5, unit="share", source=_TRUST, least=0, most=1)
    """Share of what is missing to full trust that a placement which went well gives."""
    went_badly: float = quantity(0.4, low=0.2, high=0.7, unit="share", source=_TRUST, least=0, most=1)
    """Share of its trust that a firm loses with one that did not."""
    hours_of_a_proposal: float = quantity(
        10.0,
        low=5,
        high=25,
        unit="hours",
        source="assumption: interviews, a visit to the firm, papers",
        least=1,
        most=500,
    )
    """Hours that knowing a seeker and proposing them to a firm takes."""
    within_casework: float = quantity(
        0.1,
        low=0.02,
        high=0.25,
        unit="share",
        source="assumption; the published placements constrain it",
        least=0,
        most=1,
    )
    """Share of facilitators' casework in which they do the same."""
    referring: float = quantity(0.01, low=0.003, high=0.05, unit="per month", source=_TIES, least=0, most=1)
    """Probability that an active citizen tells a firm of an acquaintance who seeks work."""
    without_grant: float = quantity(0.5, low=0.2, high=0.8, unit="factor", source="assumption", least=0, most=1)
    """On a firm's willingness where it bears the whole cost of a placement."""
    direct: float = quantity(0.15, low=0.05, high=0.4, unit="probability", source="assumption", least=0, most=1)
    """That a firm of full trust which says yes hires a fully able seeker without a placement."""
    trained_adds: float = quantity(
        0.25, low=0.1, high=0.4, unit="share",
        source="assumption", least=0, most=1,
    )  # fmt: skip
    """Share of what is missing to full employability that training gives."""
    going_well: float = quantity(0.4, low=0.2, high=0.6, unit="probability", source="assumption", least=0, most=1)
    """That a placement goes well for somebody without any competence; certain at full employability."""
    hiring: float = quantity(
        0.4,
        low=0.2,
        high=0.6,
        unit="probability",
        source="assumption",
        least=0,
        most=1,
    )
    """That a firm hires after a placement that went well."""
    months: float = quantity(
        4.0,
        low=2,
        high=6,
        unit="months",
        source="assumption",
        least=1,
        most=24,
    )
    """How long a placement lasts."""


@dataclass
class WorkState(State):
    """What is remembered of work.

    Attributes
    ----------
    trust
        float64 (organisations): a firm's trust in whoever answers for people.
    good
        int16 (organisations): placements that went well.
    trained
        int16 (n): the month in which somebody was trained, -1 before.
    took
        bool (organisations): took somebody on before, whatever came of it.
    came_back
        bool (organisations): took somebody on again after a placement that went well.
    purse
        Euro for grants.
    placed
        int64 (k, 4) under way: person, firm, month, number in the lineage.
    ever
        int16 (n): the month in which somebody was last placed or hired, -1 before.
    """

    trust: NDArray[np.float64]
    good: NDArray[np.int16]
    trained: NDArray[np.int16]
    took: NDArray[np.bool_]
    came_back: NDArray[np.bool_]
    ever: NDArray[np.int16]
    purse: float = 0.0
    placed: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 4), np.int64))

    @classmethod
    def at_the_start(cls, community: Community) -> WorkState:
        """Firms that have not tried yet."""
        k, n = len(community.organisations), len(community.population)
        first = community.setting.parameters.work.trust_at_first
        nobody, none = np.full(n, -1, np.int16), np.zeros(k, np.bool_)
        return cls(np.full(k, first), np.zeros(k, np.int16), nobody, none, none.copy(), nobody.copy())


def work(community: Community, parameters: ModelParameters) -> None:
    """See how placements went, train, and propose seekers to firms."""
    p, state = parameters.work, community.state(WorkState)
    state.purse += community.levers.work.grants * community.population.scale / 12
    _end_placements(community, p, state)
    seekers = _seekers(community, state)
    _train(community, state, seekers)
    firms = community.once("firms", lambda: np.flatnonzero(community.population.organisations.firm))
    firms = firms[community.involved_since[firms] >= 0]
    if not len(firms) or not len(seekers):
        return
    _refer(community, p, state, seekers, firms)
    _answer_for(community, p, state, seekers, firms)


def employability(community: Community, p: WorkParameters, state: WorkState, person: int) -> float:
    """In [0, 1]: competence, and what training added."""
    able = float(community.citizens.competence[person])
    return able + p.trained_adds * (1 - able) if state.trained[person] > community.citizens.arrived[person] else able


def _seekers(community: Community, state: WorkState) -> NDArray[np.intp]:
    """Grown-ups without work who are not placed, ascending."""
    age = community.population.age
    of_age = community.once("of working age", lambda: (age >= 18) & (age < 65))
    seeking = ((community.citizens.needs & WORK) != 0) & of_age
    seeking[state.placed[:, 0]] = False
    return np.flatnonzero(seeking)


def _known(community: Community, state: WorkState, seekers: NDArray[np.intp]) -> NDArray[np.intp]:
    """Those of them whom a service, a group or a course knows."""
    c = community.citizens
    trained = state.trained[seekers] > c.arrived[seekers]
    return seekers[(c.taken_on[seekers] >= 0) | c.at_least(Stage.PARTICIPANT, seekers) | trained]


def _weight(community: Community, seekers: NDArray[np.intp]) -> NDArray[np.float64]:
    """Crises come first."""
    return np.where(community.citizens.crisis[seekers] == int(Area.WORK), 4.0, 1.0)


def _train(community: Community, state: WorkState, seekers: NDArray[np.intp]) -> None:
    """Give training places to seekers who are known or ask."""
    month, chance = community.month, community.chance
    places = chance.whole("work.places", month, community.levers.work.training * community.population.scale / 12, 0)
    if not places:
        return
    untrained = seekers[state.trained[seekers] <= community.citizens.arrived[seekers]]
    heard = (community.citizens.taken_on[untrained] >= 0) | community.population.asks_for_help[untrained]
    comes = untrained[heard]
    chosen = chance.exactly(places, "work.trains", month, comes, _weight(community, comes))
    state.trained[chosen] = month
    community.spend("training", len(chosen) * community.prices.training.value)
    community.ledger.count("trained", len(chosen))


def _answer_for(
    community: Community, p: WorkParameters, state: WorkState, seekers: NDArray[np.intp], firms: NDArray[np.intp]
) -> None:
    """Mediators and facilitators propose seekers whom they know, rather to firms that trust them."""
    month, chance = community.month, community.chance
    hours = community.levers.work.mediation * community.population.scale
    hours += fsum(post.hours * post.split.casework for post in community.posts()) * p.within_casework
    number = chance.whole("work.proposals", month, hours * community.levers.event.contact / p.hours_of_a_proposal, 0)
    known = _known(community, state, seekers)
    chosen = chance.exactly(number, "work.proposed", month, known, _weight(community, known))
    for person, luck in zip(chosen.tolist(), chance.uniform("work.firm", month, chosen).tolist(), strict=True):
        _propose(community, p, state, person, _near(community, state, person, firms, luck), Layer.FORMAL)


def _refer(
    community: Community, p: WorkParameters, state: WorkState, seekers: NDArray[np.intp], firms: NDArray[np.intp]
) -> None:
    """Active citizens tell a firm of an acquaintance who seeks work."""
    month, chance = community.month, community.chance
    active = np.flatnonzero(community.citizens.at_least(Stage.ACTIVE))
    tells = active[chance.coin("work.tells", month, p.referring, active)]
    whom, where = chance.uniform("work.of_whom", month, tells), chance.uniform("work.heard", month, tells)
    seeks = np.zeros(len(community.population), np.bool_)
    seeks[seekers] = True
    for citizen, one, luck in zip(tells.tolist(), whom.tolist(), where.tolist(), strict=True):
        friends = community.ties.neighbours(citizen)
        friends = friends[seeks[friends]]
        if len(friends):
            person = int(friends[int(one * len(friends))])
            firm = _near(community, state, citizen, firms, luck)
            _propose(community, p, state, person, firm, Layer.INFORMAL, citizen)
            seeks[state.placed[:, 0]] = False


def _near(community: Community, state: WorkState, person: int, firms: NDArray[np.intp], luck: float) -> int:
    """A firm, likelier one that is near to the person's home and that trusts."""
    population = community.population
    km = population.distances[population.municipality[person]][population.organisations.municipality[firms]]
    weight = np.cumsum((0.1 + state.trust[firms]) / (1 + km.astype(np.float64) / 5))
    return int(firms[np.searchsorted(weight, luck * weight[-1], side="right")])


def _propose(
    community: Community, p: WorkParameters, state: WorkState, person: int, firm: int, layer: Layer, by: int = -1
) -> None:
    """Let a firm answer; by its trust, by what the seeker can, and by what it costs."""
    c, month, chance = community.citizens, community.month, community.chance
    if person in state.placed[:, 0] or not c.needs[person] & WORK:
        return
    able = employability(community, p, state, person)
    grant = community.prices.work_grant.value
    paid = state.purse >= grant
    likely = float(state.trust[firm]) * (0.5 + 0.5 * able) * community.levers.event.hiring
    before = "firms_that_took_somebody" if state.took[firm] else "new_firms"
    community.ledger.count(f"proposals_to_{before}", 1)
    if not chance.happens("work.takes", month, likely * (1.0 if paid else p.without_grant), person):
        return
    community.ledger.count(f"accepted_by_{before}", 1)
    state.took[firm] = True
    if state.good[firm] > 0 and not state.came_back[firm]:
        state.came_back[firm] = True
        community.ledger.count("firms_that_came_back", 1)
    community.links.join([person], [firm], 0.4)
    community.ledger.count("placements_or_hires", 1)
    community.ledger.count("people_placed_or_hired", float(state.ever[person] <= c.arrived[person]))
    state.ever[person] = month
    if chance.happens("work.directly", month, p.direct * float(state.trust[firm]) * able, person):
        _hire(community, person, firm, -1)
    else:
        if paid:
            state.purse -= grant
            community.spend("work_grants", grant)
        number = _write_down(community, person, firm, Kind.PLACEMENT, layer, by)
        state.placed = np.vstack([state.placed, np.array([[person, firm, month, number]], np.int64)])
        community.ledger.count("placements", 1)
    # A firm takes part in every one; with a citizen who told it, both together.
    community.count_needs_met(1, Layer.MIXED if layer == Layer.INFORMAL else Layer.FORMAL)
    _has_work(community, person)


def _has_work(community: Community, person: int) -> None:
    c = community.citizens
    if c.crisis[person] == int(Area.WORK):
        community.end_crises(np.array([person]))
    c.needs[person] &= ~WORK


def _hire(community: Community, person: int, firm: int, parent: int) -> None:
    _write_down(community, person, firm, Kind.HIRE, Layer.FORMAL, firm, parent)
    community.ledger.count("hires", 1)


def _write_down(
    community: Community, person: int, firm: int, kind: Kind, layer: Layer, by: int, parent: int = -1
) -> int:
    town = int(community.population.organisations.municipality[firm])
    how = {Kind.HIRE: Source.ORGANISATION}.get(kind, Source.CITIZEN if layer == Layer.INFORMAL else Source.FACILITATOR)
    return community.lineage.found(
        Initiative(kind, Area.WORK, town, community.month, how, by, layer, parent=parent, relation=int(parent >= 0))
    )


def _end_placements(community: Community, p: WorkParameters, state: WorkState) -> None:
    """Let placements end, well or badly, with a job or without; who is left without seeks again."""
    c, month, chance, now = community.citizens, community.month, community.chance, state.placed
    over = (month - now[:, 2] >= p.months) | (c.arrived[now[:, 0]] > now[:, 2])
    state.placed = now[~over]
    for person, firm, since, number in now[over].tolist():
        community.lineage.end(number, month)
        if c.arrived[person] > since:
            continue
        able = employability(community, p, state, person)
        well = chance.happens("work.goes_well", month, p.going_well + (1 - p.going_well) * able, person)
        if well:
            state.trust[firm] += p.went_well * (1 - state.trust[firm])
            state.good[firm] += 1
        else:
            state.trust[firm] *= 1 - p.went_badly
        if well and chance.happens("work.hired", month, p.hiring * community.levers.event.hiring, person):
            _hire(community, person, firm, number)
        elif c.crisis[person] == NO_CRISIS:
            c.needs[person] |= WORK
