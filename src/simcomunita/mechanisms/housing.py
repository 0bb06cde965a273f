"""Homes: mediation, a fund that backs tenants, people who take people in, and houses shared.

A landlord signs with whom he trusts, or with whom somebody he trusts vouches for; landlords tell each other how
agreements went (trust rests on ongoing relations: Granovetter 1985, American Journal of Sociology 91:481-510). Trust in
tenants in arrears and trust in mediators are kept by municipality; each rises with an agreement that held and falls
with one that failed. A case is put to its landlord once by the tenant, and once more when a mediator has time for it:
the fund pays the arrears and the eviction is frozen, or a new contract at a lower rent is signed, backed by a
guarantee. Otherwise active people who are tied to the family, or fellow members of its group, may take it in or vouch
for it, or a home in a social condominium is free. There neighbours get to know and look after each other.

Off: evictions take their course.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import NO_CRISIS, Source, Stage
from simcomunita.configuration import Parameters, quantity
from simcomunita.network import FormedBy, TieKind, propose
from simcomunita.outcomes.lineage import Initiative, Kind, Layer
from simcomunita.states import State
from simcomunita.territory.population import Area

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_TRUST = "Granovetter (1985), AJS 91:481, for the form; size is an assumption"
_ORDER = "assumption: some months of a rent of 350 to 500 euro"


class HousingParameters(Parameters):
    """Of housing."""

    on: bool = True
    """Whether anything happens in housing but shocks."""
    trust_in_tenants: float = quantity(0.06, low=0.02, high=0.15, unit="probability", source=_TRUST, least=0, most=1)
    """Landlords' trust at the start in a tenant in arrears whom nobody vouches for."""
    trust_in_mediators: float = quantity(0.25, low=0.1, high=0.5, unit="probability", source=_TRUST, least=0, most=1)
    """Landlords' trust at the start in a mediator whom they have not yet worked with."""
    told: float = quantity(0.03, low=0.01, high=0.08, unit="share", source=_TRUST, least=0, most=1)
    """Share of what is missing to full trust that an agreement which held gives the landlords of a municipality; the
    same share of trust is lost with each that failed, twice over."""
    hours_of_a_case: float = quantity(
        12.0, low=6, high=25, unit="hours", source="assumption: two visits each, and papers", least=0.5, most=500
    )
    """Hours that mediating one case takes."""
    arrears: float = quantity(2500.0, low=1000, high=5000, unit="euro", source=_ORDER, least=0, most=1e5)
    """What the fund pays for an eviction to be frozen."""
    guarantee: float = quantity(2000.0, low=1000, high=4000, unit="euro", source=_ORDER, least=0, most=1e5)
    """What is set aside for a contract, and paid when it fails."""
    unbacked: float = quantity(0.3, low=0.1, high=0.6, unit="factor", source=_TRUST, least=0, most=1)
    """On a landlord's willingness to sign anew where there is no guarantee."""
    failing: float = quantity(0.025, low=0.01, high=0.05, unit="per month", source="assumption", least=0, most=1)
    """Probability that an agreement fails."""
    accompanied: float = quantity(0.5, low=0.3, high=0.9, unit="factor", source="assumption", least=0, most=1)
    """On that probability, where a mediator made it and stays reachable."""
    lasting: float = quantity(12.0, low=6, high=24, unit="months", source="assumption", least=1, most=120)
    """After which an agreement has held."""
    taking_in: float = quantity(0.15, low=0.05, high=0.4, unit="probability", source="assumption", least=0, most=1)
    """That an active citizen with a full-strength tie takes somebody in or vouches for them."""
    fellow_members: float = quantity(0.02, low=0, high=0.08, unit="probability", source="assumption", least=0, most=1)
    """The same, for each fellow member of the person's group."""
    homes: float = quantity(6.0, low=3, high=12, unit="homes", source="assumption", least=1, most=100)
    """In one condominium."""
    moving_on: float = quantity(0.03, low=0.01, high=0.08, unit="per month", source="assumption", least=0, most=1)
    """Probability that somebody leaves a condominium for a home of their own."""
    neighbourly: float = quantity(0.3, low=0.1, high=0.6, unit="per month", source="assumption", least=0, most=1)
    """Probability that two residents of a condominium have something to do with each other, with a custodian there."""


class Way(IntEnum):
    """How an agreement was come by."""

    FREEZE = 0
    CONTRACT = 1
    UNBACKED = 2


@dataclass
class HousingState(State):
    """What is remembered of housing.

    Attributes
    ----------
    tenants, mediators
        float64 (municipalities): landlords' trust in tenants in arrears, and in mediators.
    purse
        Euro in the fund.
    alone, mediated
        int16 (n): the month in which the person's case was last put to a landlord without and with a mediator.
    agreements
        int64 (k, 5) under way: person, month, `Way`, whether mediated, number in the lineage.
    residents
        int64 (k, 3) in condominiums: person, condominium, month.
    begun
        The number in the lineage of each condominium lived in so far, by its own number as text.
    """

    tenants: NDArray[np.float64]
    mediators: NDArray[np.float64]
    alone: NDArray[np.int16]
    mediated: NDArray[np.int16]
    purse: float = 0.0
    agreements: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 5), np.int64))
    residents: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 3), np.int64))
    begun: dict[str, int] = field(default_factory=dict)

    @classmethod
    def at_the_start(cls, community: Community) -> HousingState:
        """Landlords as the parameters say; nothing agreed, nothing in the fund."""
        p = community.setting.parameters.housing
        towns, n = len(community.population.municipalities), len(community.population)
        return cls(
            np.full(towns, p.trust_in_tenants),
            np.full(towns, p.trust_in_mediators),
            np.full(n, -1, np.int16),
            np.full(n, -1, np.int16),
        )


def housing(community: Community, parameters: ModelParameters) -> None:
    """See how agreements went, then deal with cases: landlord, citizens, condominium."""
    p, state = parameters.housing, community.state(HousingState)
    state.purse += community.levers.housing.fund * community.population.scale / 12
    _look_back(community, p, state)
    _live_together(community, p, state)
    for person, mediated in _cases(community, p, state):
        if (
            _sign(community, p, state, person, mediated)
            or _taken_in(community, p, person, mediated)
            or _moves_in(community, p, state, person)
        ):
            community.end_crises(np.array([person]))


def _cases(community: Community, p: HousingParameters, state: HousingState) -> list[tuple[int, bool]]:
    """Whose case is dealt with this month, in order, and whether a mediator has time for it."""
    c, month, chance = community.citizens, community.month, community.chance
    waiting = np.flatnonzero(c.crisis == int(Area.HOUSING))
    new = state.alone[waiting] < c.crisis_since[waiting]
    unmediated = waiting[state.mediated[waiting] < c.crisis_since[waiting]]
    hours = community.levers.housing.mediation * community.levers.event.contact * community.population.scale
    number = chance.whole("housing.cases", month, hours / p.hours_of_a_case, 0)
    mediated = chance.exactly(number, "housing.case", month, unmediated)
    state.mediated[mediated] = month
    state.alone[waiting[new]] = month
    heard = np.union1d(waiting[new], mediated).astype(np.int64)
    turn = heard[np.argsort(chance.uniform("housing.turn", month, heard), kind="stable")]
    helped = set(mediated.tolist())
    return [(person, person in helped) for person in turn.tolist()]


def _sign(community: Community, p: HousingParameters, state: HousingState, person: int, mediated: bool) -> bool:
    """Whether the landlord signs: a freeze when the fund pays, or else a new contract."""
    month, chance = community.month, community.chance
    town = int(community.population.municipality[person])
    if not mediated and not community.population.asks_for_help[person]:
        return False
    willing = float(state.tenants[town])
    if mediated:
        willing = 1 - (1 - willing) * (1 - float(state.mediators[town]))
    free = state.purse - p.guarantee * np.count_nonzero(state.agreements[:, 2] == int(Way.CONTRACT))
    if free >= p.arrears and chance.happens("housing.freezes", month, willing, person):
        state.purse -= p.arrears
        community.spend("housing_fund", p.arrears)
        _agree(community, state, person, Way.FREEZE, mediated)
        return True
    backed = free >= p.guarantee
    if not backed and not mediated:
        return False
    if chance.happens("housing.signs", month, willing * (1.0 if backed else p.unbacked), person):
        _agree(community, state, person, Way.CONTRACT if backed else Way.UNBACKED, mediated)
        return True
    return False


def _agree(community: Community, state: HousingState, person: int, way: Way, mediated: bool) -> None:
    kind = Kind.FROZEN_EVICTION if way == Way.FREEZE else Kind.HOUSING_AGREEMENT
    number = _write_down(community, person, kind, Layer.FORMAL, -1)
    community.ledger.count("evictions_frozen" if way == Way.FREEZE else "rental_contracts", 1)
    community.count_needs_met(1, Layer.FORMAL)
    row = [person, community.month, int(way), int(mediated), number]
    state.agreements = np.vstack([state.agreements, np.array([row], np.int64)])
    if mediated:
        bodies = community.once("public bodies", lambda: _public_bodies(community))
        body = bodies[int(community.population.municipality[person])]
        if body >= 0:
            community.links.join([person], [body], 0.5)


def _public_bodies(community: Community) -> list[int]:
    """The first public body of each municipality, -1 where there is none."""
    table = community.population.organisations
    public = np.array([sector == "public" for sector in table.sectors])[table.sector]
    found = [
        np.flatnonzero(public & (table.municipality == m)) for m in range(len(community.population.municipalities))
    ]
    return [int(there[0]) if len(there) else -1 for there in found]


def _write_down(community: Community, person: int, kind: Kind, layer: Layer, by: int) -> int:
    population = community.population
    return community.lineage.found(
        Initiative(
            kind,
            Area.HOUSING,
            int(population.municipality[person]),
            community.month,
            Source.CITIZEN if layer == Layer.INFORMAL else Source.ORGANISATION,
            by,
            layer,
            neighbourhood=int(population.neighbourhood[person]),
        )
    )


def _look_back(community: Community, p: HousingParameters, state: HousingState) -> None:
    """Let agreements fail or hold; landlords hear of both."""
    month, now = community.month, state.agreements
    if not len(now):
        return
    person, since, way, mediated, number = now.T
    gone = community.citizens.arrived[person] > since
    likely = p.failing * np.where(mediated == 1, p.accompanied, 1.0)
    fails = community.chance.coin("housing.fails", month, likely, person) & ~gone
    held = (month - since >= p.lasting) & ~fails & ~gone
    # Of fewer simulated landlords each agreement is known to a larger share.
    told = min(p.told / community.population.scale, 0.5)
    for k in np.flatnonzero(fails | held):
        town = int(community.population.municipality[person[k]])
        for trust in (state.tenants, state.mediators) if mediated[k] else (state.tenants,):
            trust[town] += told * (1 - trust[town]) if held[k] else -min(2 * told, 1.0) * trust[town]
        if fails[k] and way[k] == Way.CONTRACT:
            paid = min(p.guarantee, state.purse)
            state.purse -= paid
            community.spend("housing_fund", paid)
    over = fails | held | gone
    for one in number[over].tolist():
        community.lineage.end(one, month)
    _lose_home(community, person[fails])
    state.agreements = now[~over]


def _lose_home(community: Community, people: NDArray[np.int64]) -> None:
    """Let the crisis return to those who have no other."""
    c = community.citizens
    free = people[c.crisis[people] == NO_CRISIS]
    c.crisis[free] = int(Area.HOUSING)
    c.crisis_since[free] = community.month
    c.needs[free] |= np.uint8(1 << Area.HOUSING)


def _taken_in(community: Community, p: HousingParameters, person: int, again: bool) -> bool:
    """Whether an active acquaintance or a fellow member takes the person in or vouches for them."""
    if again:
        return False
    ties, c, month, chance = community.ties, community.citizens, community.month, community.chance
    others, group = ties.neighbours(person), int(community.group_of[person])
    able = c.at_least(Stage.ACTIVE, others) & (c.crisis[others] == NO_CRISIS)
    if group < 0 and not able.any():
        return False
    edges = ties.edges_of(person)[able]
    helper, likely = others[able].astype(np.int64), p.taking_in * ties.strength[edges].astype(np.float64)
    if group >= 0:
        fellows = np.setdiff1d(community.members(group), np.append(helper, person))
        helper = np.concatenate([helper, fellows])
        likely = np.concatenate([likely, np.full(len(fellows), p.fellow_members)])
    helps = helper[chance.coin("housing.helps", month, likely, helper, np.full(len(helper), person))]
    if not len(helps):
        return False
    _write_down(community, person, Kind.HOUSING_AGREEMENT, Layer.INFORMAL, int(helps[0]))
    community.proposals.append(propose([person], helps[:1], FormedBy.CITIZEN, TieKind.FRIEND))
    community.ledger.count("helped_with_housing_by_citizens", 1)
    community.count_needs_met(1, Layer.INFORMAL)
    return True


def _condominiums(community: Community) -> int:
    """How many condominiums are kept going for the people who are simulated."""
    wanted = community.levers.housing.condominiums * community.population.scale
    return community.chance.whole("housing.condominiums", 0, wanted, 0)


def _moves_in(community: Community, p: HousingParameters, state: HousingState, person: int) -> bool:
    """Whether a home in a condominium is free for the person; the fullest with room is taken first."""
    number = _condominiums(community)
    if not number:
        return False
    lived_in = np.bincount(state.residents[:, 1], minlength=number)[:number]
    room = np.flatnonzero(lived_in < int(p.homes))
    if not len(room):
        return False
    # An empty house begins before those that are lived in fill up: each has its custodian from the start.
    house = int(room[np.argmin(lived_in[room])])
    if str(house) not in state.begun:
        state.begun[str(house)] = _write_down(community, person, Kind.CONDOMINIUM, Layer.MIXED, -1)
        community.ledger.count("social_condominiums", 1)
    state.residents = np.vstack([state.residents, np.array([[person, house, community.month]], np.int64)])
    community.count_needs_met(1, Layer.MIXED)
    return True


def _live_together(community: Community, p: HousingParameters, state: HousingState) -> None:
    """Let residents of condominiums move on, and those who stay have to do with each other."""
    if not len(state.residents):
        return
    number, month, chance = _condominiums(community), community.month, community.chance
    for house in [house for house in state.begun if int(house) >= number]:
        community.lineage.end(state.begun.pop(house), month)
    person, house, since = state.residents.T
    leaves = chance.coin("housing.moves_on", month, p.moving_on, person) | (house >= number)
    state.residents = state.residents[~leaves & (community.citizens.arrived[person] <= since)]
    for at in range(number):
        here = state.residents[state.residents[:, 1] == at, 0]
        one, other = (here[index] for index in np.triu_indices(len(here), 1))
        meets = chance.coin("housing.neighbours", month, p.neighbourly * community.levers.event.contact, one, other)
        community.proposals.append(propose(one[meets], other[meets], FormedBy.GROUP, TieKind.NEIGHBOUR))
