"""Organisations plan and act together.

At the table, or between partners of old, organisations begin joint actions. Understanding each other takes time
where they are of different worlds: public and private, with statutes and without, for profit and not (transferring,
translating, transforming: Carlile 2004, Organization Science 15:555-568; cognitive distance: Nooteboom 2000, Journal
of Management and Governance 4:69-92). Pairs and sectors learn with practice. What goes well makes trust and what
goes wrong breaks it (Gulati 1995, Academy of Management Journal 38:85-112), so that collaboration and distrust both
feed on themselves. Calls for money are answered by each for itself, which wears down trust between competitors, or in
coalitions. Resources that lie idle with one are lent to partners in proportion to trust.

Off: nobody works together, bids or pools.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import NO_CRISIS, Source
from simcomunita.agents.organisation import OrganisationsState
from simcomunita.configuration import Parameters, quantity
from simcomunita.outcomes.lineage import Initiative, Kind, Layer
from simcomunita.territory.population import Area

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_WORDS = "Carlile (2004), Organization Science 15:555, for the form; size is an assumption"
_TRUST = "Gulati (1995), Acad. Manag. J. 38:85, for the form; size is an assumption"

AREA_OF = {"youth": Area.YOUTH, "education": Area.YOUTH, "labour": Area.WORK, "economy": Area.WORK}
"""What organisations of a sector are about; all others are about being near."""

PUBLIC = (
    "municipality",
    "ambito_office",
    "health_service",
    "library",
    "comprehensive_school",
    "upper_secondary_school",
)
"""Kinds of organisations that are public bodies."""


class CoProgrammingParameters(Parameters):
    """Of co-programming."""

    on: bool = True
    """Whether organisations work together at all."""
    coming: float = quantity(0.9, low=0.5, high=1, unit="probability", source="assumption", least=0, most=1)
    """That an open organisation with full trust in the table and the best memories comes to a meeting."""
    old_partners: float = quantity(6.0, low=2, high=12, unit="factor", source=_TRUST, least=0, most=100)
    """How much more full trust counts than luck where those at the table look for somebody to work with; being of
    another sector counts half as much as luck, of another kind a quarter."""
    spontaneous: float = quantity(0.1, low=0.02, high=0.3, unit="per month", source="assumption", least=0, most=1)
    """That two partners of full trust begin something without a table; in proportion to trust squared, for each of
    the two must want it."""
    action_hours: float = quantity(10.0, low=4, high=30, unit="hours", source="assumption", least=0.1, most=1000)
    """What a joint action takes of two who understand each other."""
    sector_hours: float = quantity(16.0, low=5, high=40, unit="hours", source=_WORDS, least=0, most=1000)
    """What translating between two sectors that know nothing of each other takes on top."""
    formal_hours: float = quantity(8.0, low=2, high=20, unit="hours", source=_WORDS, least=0, most=1000)
    """The same between those with statutes and those without."""
    profit_hours: float = quantity(12.0, low=3, high=30, unit="hours", source=_WORDS, least=0, most=1000)
    """The same between firms and others."""
    pair_learns: float = quantity(0.3, low=0.1, high=0.6, unit="per joint work", source=_WORDS, least=0, most=10)
    """How quickly a pair's translating gets shorter: after n times it takes 1 / (1 + n times this)."""
    sectors_learn: float = quantity(0.02, low=0.005, high=0.06, unit="share", source=_WORDS, least=0, most=1)
    """Share of what two sectors miss of each other's language that a joint action that goes well gives."""
    going_well: float = quantity(0.4, low=0.2, high=0.6, unit="probability", source=_TRUST, least=0, most=1)
    """That a joint action of strangers goes well who need no translating."""
    trust_helps: float = quantity(0.5, low=0.2, high=0.7, unit="probability", source=_TRUST, least=0, most=1)
    """What full trust adds to that."""
    words_hinder: float = quantity(0.15, low=0.05, high=0.4, unit="probability", source=_WORDS, least=0, most=1)
    """What twenty hours of translating take from that."""
    trust_gained: float = quantity(0.15, low=0.05, high=0.3, unit="share", source=_TRUST, least=0, most=1)
    """Share of what is missing to full trust, and to the best memory, that success gives."""
    trust_lost: float = quantity(0.2, low=0.1, high=0.4, unit="share", source=_TRUST, least=0, most=1)
    """Share of trust, and of good memories, that failure takes."""
    idle_hours: float = quantity(20.0, low=5, high=50, unit="hours a month", source="assumption", least=0, most=1e4)
    """What lies idle, of people and rooms, with an organisation of thirty members or staff; in proportion, to twice
    as much."""
    tenders: float = quantity(0.25, low=0.1, high=0.5, unit="per month", source="assumption", least=0, most=1)
    """Probability that a call for money from outside is open."""
    bidding: float = quantity(0.1, low=0.03, high=0.3, unit="probability", source="assumption", least=0, most=1)
    """That an involved organisation goes for a call."""
    trust_for_bid: float = quantity(0.55, low=0.4, high=0.8, unit="trust", source=_TRUST, least=0, most=1)
    """Trust from which half of partners would bid together; from two tenths below nobody, from above everybody."""
    help_to_bid: float = quantity(0.1, low=0, high=0.2, unit="trust", source="assumption", least=0, most=1)
    """By how much less trust is enough where a table helps to bid together."""
    winning: float = quantity(0.1, low=0.05, high=0.2, unit="probability", source="assumption", least=0, most=1)
    """That a bid of one organisation wins."""
    breadth: float = quantity(0.4, low=0.1, high=0.8, unit="share", source="assumption", least=0, most=5)
    """By how much each further partner, and each further sector, raises that, to five times at most."""
    award: float = quantity(
        8_000.0, low=3_000, high=25_000, unit="euro a partner", source="assumption", least=0, most=1e7
    )
    """Money that a bid which wins brings for each of those who made it."""
    euro_an_hour: float = quantity(25.0, low=18, high=32, unit="euro an hour", source="assumption", least=1, most=500)
    """What an hour of staff costs who is paid from it."""
    rivalry: float = quantity(0.1, low=0.02, high=0.3, unit="share", source=_TRUST, least=0, most=1)
    """Share of trust that two of a sector lose who bid against each other."""
    lending: float = quantity(0.3, low=0.1, high=0.6, unit="share", source="assumption", least=0, most=1)
    """Share of what is left idle that is lent among partners of full trust, where a table brings it together."""
    lending_alone: float = quantity(0.1, low=0, high=0.3, unit="share", source="assumption", least=0, most=1)
    """How much of that is lent without a table."""
    partners_enough: float = quantity(3.0, low=1, high=6, unit="partners", source="assumption", least=0.1, most=100)
    """Partners of full trust with whom all is lent that would be."""
    for_people: float = quantity(0.5, low=0.2, high=0.8, unit="share", source="assumption", least=0, most=1)
    """Share of the hours lent that goes to single people in a crisis; the others support groups."""
    hours_for_one: float = quantity(40.0, low=15, high=80, unit="hours", source="assumption", least=1, most=1000)
    """What bringing one person out of a crisis takes."""


def co_programming(community: Community, parameters: ModelParameters) -> None:
    """Let organisations meet, work together, bid and pool."""
    p, month, lever = parameters.co_programming, community.month, community.levers.co_programming
    state = community.state(OrganisationsState)
    state.won_hours *= 1 - 1 / 12
    size = community.population.organisations.size
    state.idle = p.idle_hours * np.minimum(size / 30, 2.0)
    state.used[:] = 0
    state.pool[:] = 0
    state.hours[month % 12] = state.actions[month % 12] = 0
    meetings = _meetings(month, lever.meetings_a_year) if lever is not None else 0
    for _ in range(meetings):
        community.spend("table", community.prices.table_meeting.value * community.population.scale)
    involved = np.flatnonzero(community.involved_since >= 0)
    if len(involved) < 2:
        return
    for turn in range(meetings):
        _meet(community, p, involved, turn)
    _work_without_a_table(community, p)
    if community.chance.happens("co_programming.tender", month, p.tenders, 0):
        _bid(community, p, involved, lever is not None and lever.joint_bids)
    _pool(community, p, lever is not None and lever.pooling)


def translation(one: int, other: int, community: Community, p: CoProgrammingParameters) -> float:
    """Hours that two organisations need to understand each other."""
    table, state = community.population.organisations, community.state(OrganisationsState)
    a, b = table.sector[one], table.sector[other]
    hours = p.sector_hours * (1 - state.learnt[a, b]) if a != b else 0.0
    hours += p.formal_hours * (table.formal[one] != table.formal[other])
    hours += p.profit_hours * (table.firm[one] != table.firm[other])
    times = community.partnerships.joint_work.get((min(one, other), max(one, other)), 0)
    return float(hours / (1 + p.pair_learns * times))


def _meetings(month: int, a_year: int) -> int:
    """How many meetings fall into a month, spread evenly over the year."""
    place = month % 12
    return (place + 1) * a_year // 12 - place * a_year // 12


def _meet(community: Community, p: CoProgrammingParameters, involved: NDArray[np.intp], turn: int) -> None:
    """Hold a meeting of the table: those who come find a partner each, and begin something."""
    table, state, month, chance = (
        community.population.organisations,
        community.state(OrganisationsState),
        community.month,
        community.chance,
    )
    pairs, trust = community.partnerships.among(community.involved_since >= 0)
    around = np.zeros(len(table))
    np.maximum.at(around, pairs[:, 0], trust)
    np.maximum.at(around, pairs[:, 1], trust)
    hindrance = 1 - community.levers.paperwork * np.where(table.formal[involved], 0.3, 0.6)
    drawn = (state.openness[involved] + around[involved] + state.gain[involved]) / 3
    likely = p.coming * drawn * hindrance * community.levers.event.contact
    address = involved + turn * len(table)
    here = involved[chance.coin("co_programming.comes", month, likely, address)]
    if len(here) < 2:
        return
    a, b = np.triu_indices(len(here), 1)
    one, other = here[a], here[b]
    known = dict(zip(map(tuple, pairs.tolist()), trust.tolist(), strict=True))
    trusted = np.array([known.get(pair, 0.0) for pair in zip(one.tolist(), other.tolist(), strict=True)])
    unlike = (table.sector[one] != table.sector[other]) * 0.5 + (table.kind[one] != table.kind[other]) * 0.25
    luck = chance.uniform("co_programming.match", month, one + turn * len(table), other + turn * len(table))
    taken: set[int] = set()
    for k in np.argsort(-(p.old_partners * trusted + unlike + luck), kind="stable"):
        first, second = int(one[k]), int(other[k])
        if first not in taken and second not in taken:
            taken |= {first, second}
            _act(community, p, first, second, turn)


def _work_without_a_table(community: Community, p: CoProgrammingParameters) -> None:
    """Let some partners who trust each other begin something by themselves."""
    pairs, trust = community.partnerships.among(community.involved_since >= 0)
    likely = p.spontaneous * trust**2 * community.levers.event.contact
    begins = community.chance.coin("co_programming.by_themselves", community.month, likely, pairs[:, 0], pairs[:, 1])
    for one, other in pairs[begins].tolist():
        _act(community, p, one, other, turn=63)


def _act(community: Community, p: CoProgrammingParameters, one: int, other: int, turn: int) -> None:
    """Try a joint action, if both have the hours, and learn from how it goes."""
    state, table, month = community.state(OrganisationsState), community.population.organisations, community.month
    both = [one, other]
    words = translation(one, other, community, p)
    hours = p.action_hours + words
    there = state.idle[both] + state.won_hours[both] - state.used[both]
    if there.min() < hours / 2:
        return
    state.used[both] += hours / 2
    state.hours[month % 12] += hours
    community.ledger.count("hours_of_joint_actions", hours)
    state.actions[month % 12] += 1
    community.ledger.count("joint_actions", 1)
    likely = p.going_well + p.trust_helps * community.partnerships.between(one, other) - p.words_hinder * words / 20
    address = (turn * len(table) + one) * len(table) + other
    if not community.chance.happens("co_programming.goes_well", month, likely, address):
        community.partnerships.disappoint(one, other, p.trust_lost)
        state.gain[both] *= 1 - p.trust_lost
        return
    community.partnerships.work_together(one, other, p.trust_gained)
    state.gain[both] += p.trust_gained * (1 - state.gain[both])
    a, b = table.sector[both]
    state.learnt[a, b] += p.sectors_learn * (1 - state.learnt[a, b])
    state.learnt[b, a] = state.learnt[a, b]
    number = _write_down(community, Kind.JOINT_ACTION, both)
    community.lineage.end(number, month)


def _write_down(community: Community, kind: Kind, members: list[int]) -> int:
    """Write something that organisations did together to the lineage, under the first of them."""
    table, first = community.population.organisations, members[0]
    formal = int(table.formal[members].sum())
    layer = Layer.INFORMAL if formal == 0 else Layer.FORMAL if formal == len(members) else Layer.MIXED
    area = AREA_OF.get(table.sectors[table.sector[first]], Area.PROXIMITY)
    beginning = Initiative(
        kind, area, int(table.municipality[first]), community.month, Source.ORGANISATION, first, layer
    )
    return community.lineage.found(beginning)


def _bid(community: Community, p: CoProgrammingParameters, involved: NDArray[np.intp], helped: bool) -> None:
    """Answer a call for money from outside, each for itself or in coalitions."""
    table, month, chance = community.population.organisations, community.month, community.chance
    goes = involved[chance.coin("co_programming.bids", month, p.bidding, involved)]
    inside = set(involved.tolist())
    taken: set[int] = set()
    enough = p.trust_for_bid - p.help_to_bid * helped
    alone: list[int] = []
    for one in goes.tolist():
        if one in taken:
            continue
        partners = {k: trust for k, trust in community.partnerships.of_one(one).items() if k in inside - taken}
        others = np.array(sorted(partners), np.int64)
        trust = np.array([partners[k] for k in others.tolist()])
        noise = 0.4 * chance.uniform("co_programming.coalition", month, np.full(len(others), one), others) - 0.2
        members = [one, *others[trust + noise >= enough].tolist()]
        taken |= set(members)
        _decide(community, p, members)
        if len(members) == 1:
            alone.append(one)
    for position, one in enumerate(alone):
        for other in alone[position + 1 :]:
            if table.sector[one] == table.sector[other]:
                community.partnerships.disappoint(one, other, p.rivalry)


def _decide(community: Community, p: CoProgrammingParameters, members: list[int]) -> None:
    """Let the funder decide on one bid."""
    table, state, ledger = community.population.organisations, community.state(OrganisationsState), community.ledger
    together = len(members) > 1
    number = _write_down(community, Kind.BID, members)
    if together:
        public = np.isin([table.kinds[kind] for kind in table.kind[members]], PUBLIC)
        firm = table.firm[members]
        ledger.count("joint_bids", 1)
        ledger.count("mixed_bids", float(0 < public.sum() < len(members) or 0 < firm.sum() < len(members)))
    further = len(members) + len(np.unique(table.sector[members])) - 2
    likely = p.winning * min(5.0, 1 + p.breadth * further)
    if community.chance.happens("co_programming.wins", community.month, likely, members[0]):
        euro = p.award * len(members) * community.levers.event.money
        ledger.count("bids_won", 1)
        ledger.count("further_funding_euro", euro)
        state.won_hours[members] += euro / len(members) / p.euro_an_hour / 12
        state.gain[members] += p.trust_gained * (1 - state.gain[members])
        for other in members[1:]:
            community.partnerships.work_together(members[0], other, p.trust_gained)
    elif together:
        state.gain[members] *= 1 - p.trust_lost / 2
    community.lineage.end(number, community.month)


def _pool(community: Community, p: CoProgrammingParameters, pooling: bool) -> None:
    """Lend what is left idle to partners in proportion to trust, to be used where they are."""
    state, table = community.state(OrganisationsState), community.population.organisations
    pairs, trust = community.partnerships.among(community.involved_since >= 0)
    if not len(pairs):
        return
    giver, taker = np.concatenate([pairs, pairs[:, ::-1]]).T
    weight = np.concatenate([trust, trust])
    trusted = np.bincount(giver, weight, len(table))
    left = np.maximum(state.idle + state.won_hours - state.used, 0)
    share = p.lending * (1.0 if pooling else p.lending_alone)
    lent = share * left * np.minimum(trusted / p.partners_enough, 1.0)
    state.used += lent
    given = lent[giver] * weight / np.maximum(trusted[giver], 1e-12)
    state.pool += np.bincount(table.municipality[taker], given, len(state.pool))
    _help(community, p, state.pool * p.for_people)
    state.pool *= 1 - p.for_people


def _help(community: Community, p: CoProgrammingParameters, hours: NDArray[np.float64]) -> None:
    """Bring some people out of their crises with the hours lent in their municipality."""
    c, chance, month = community.citizens, community.chance, community.month
    for m in np.flatnonzero(hours).tolist():
        here = community.residents(m)
        waiting = here.start + np.flatnonzero(c.crisis[here] != NO_CRISIS)
        number = chance.whole("co_programming.can_help", month, float(hours[m]) / p.hours_for_one, m)
        helped = chance.exactly(number, "co_programming.helps", month, waiting, turn=m)
        community.end_crises(helped)
        community.ledger.count("helped_by_pooling", len(helped))
