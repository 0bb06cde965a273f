"""Organisations plan and act together.

At the table, or between partners of old, organisations begin joint actions: with whom it went well, again (networks
formed by reinforcement: Skyrms & Pemantle 2000, PNAS 97:9340-9346), or with somebody new, of whom common partners tell
(Gulati & Gargiulo 1999, "Where do interorganizational networks come from?", American Journal of Sociology).
Understanding each other takes time where they are of different worlds: public and private, with statutes and without,
for profit and not (transferring, translating, transforming: Carlile 2004, Organization Science 15:555-568; cognitive
distance: Nooteboom 2000, Journal of Management and Governance 4:69-92). Pairs and sectors learn with practice. Nobody
gives in full unless they expect the other to (reputation, trust and reciprocity: Ostrom 1998, American Political
Science Review 92). What both carry mostly goes well and makes trust; who holds back from what then fails is trusted
less (Gulati 1995, Academy of Management Journal 38:85-112; trust built in a loop: Vangen & Huxham 2003, Journal of
Applied Behavioral Science 39:5-31). A table run by somebody neutral takes a part of the risk (Provan & Kenis 2008,
Journal of Public Administration Research and Theory 18:229-252). Calls for money are answered by each for itself, which
wears down trust between competitors, or in coalitions; what is won pays for further joint work. Resources that lie idle
with one are lent to partners in proportion to trust.

Off: nobody works together, bids or pools.
"""

from __future__ import annotations

from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simcomunita.agents.citizens import NO_CRISIS, Source
from simcomunita.agents.organisation import OrganisationsState
from simcomunita.configuration import Parameters, quantity
from simcomunita.outcomes.lineage import Initiative, Kind, Layer, Relation
from simcomunita.territory.population import Area

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_WORDS = "Carlile (2004), Organization Science 15:555, for the form; size is an assumption"
_TRUST = "Gulati (1995), Acad. Manag. J. 38:85, for the form; size is an assumption"
_GIVING = "Ostrom (1998), Am. Polit. Sci. Rev. 92, for the form; size is an assumption"
_TOLD = "Gulati & Gargiulo (1999), Am. J. Sociol., for the form; size is an assumption"
_TABLE = "Provan & Kenis (2008), J. Public Adm. Res. Theory 18:229, for the direction; size is an assumption"

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


_NO_TABLE = 63
"""Stands for the turn of what begins without a table: more than there are meetings in a month."""

_HESITATION = 0.25
"""How far around what is enough some give and others do not."""


class CoProgrammingParameters(Parameters):
    """Of co-programming."""

    on: bool = True
    """Whether organisations work together at all."""
    coming: float = quantity(0.9, low=0.5, high=1, unit="probability", source="assumption", least=0, most=1)
    """That an open organisation with full trust in the table and the best memories comes to a meeting."""
    old_partners: float = quantity(6.0, low=2, high=12, unit="factor", source=_TRUST, least=0, most=100)
    """How much more full trust counts than luck where those at the table look for somebody to work with; being of
    another sector counts half as much as luck, of another kind a quarter."""
    begun_at_once: int = Field(2, ge=1, le=10)
    """Joint actions that each of those who come to a meeting begins at most, each with somebody else."""
    spontaneous: float = quantity(0.5, low=0.2, high=0.9, unit="per month", source="assumption", least=0, most=1)
    """That an organisation and the partner it turns to begin something without a table, if each expects everything of
    the other; in proportion to what each expects, for both must want it. An organisation turns to one partner a month,
    in proportion to trust squared: to whom it went well with, again."""
    paid_for: float = quantity(0.3, low=0.1, high=0.6, unit="per month", source="assumption", least=0, most=1)
    """The same on top where won money pays for the hours of the one who turns to the other."""
    first_trust: float = quantity(0.2, low=0.1, high=0.35, unit="trust", source=_TOLD, least=0, most=1)
    """Trust in somebody nobody knows anything of."""
    told: float = quantity(0.5, low=0.2, high=0.8, unit="share", source=_TOLD, least=0, most=1)
    """How much of what is missing to full trust the good word of common partners gives, were it all trusted; a
    partner's word counts as trust in the partner times the partner's trust."""
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
    of_the_other: float = quantity(0.6, low=0.4, high=0.8, unit="share", source=_GIVING, least=0, most=1)
    """Weight of trust in the very partner in what is expected of joint work; the rest is how working with others has
    paid before."""
    gives_from: float = quantity(0.4, low=0.3, high=0.55, unit="expectation", source=_GIVING, least=0, most=1)
    """Expectation at which half give in full; a quarter below nobody does, a quarter above everybody."""
    neutral_ground: float = quantity(0.1, low=0.02, high=0.2, unit="expectation", source=_TABLE, least=0, most=1)
    """By how much less is enough at the table, where somebody neutral looks after what is agreed."""
    going_well: float = quantity(0.9, low=0.75, high=0.97, unit="probability", source=_TRUST, least=0, most=1)
    """That a joint action goes well to which both give in full, and which needs no translating."""
    half_hearted: float = quantity(0.35, low=0.2, high=0.5, unit="probability", source=_TRUST, least=0, most=1)
    """The same where one of them, or both, hold back."""
    needs_known: float = quantity(0.1, low=0.03, high=0.25, unit="probability", source="assumption", least=0, most=1)
    """What knowing the needs around adds to what both carry, and to the chance of a bid in the same share."""
    words_hinder: float = quantity(0.15, low=0.05, high=0.4, unit="probability", source=_WORDS, least=0, most=1)
    """What twenty hours of translating take from that."""
    trust_gained: float = quantity(0.2, low=0.1, high=0.35, unit="share", source=_TRUST, least=0, most=1)
    """Share of what is missing to full trust, and to the best memory, that success gives."""
    trust_lost: float = quantity(0.2, low=0.1, high=0.4, unit="share", source=_TRUST, least=0, most=1)
    """Share of trust, and of good memories, that failure takes; a bid that loses takes a quarter of it, for the
    funder's no is nobody's fault."""
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
    """Share of trust that two of a sector lose who are in different bids for one call."""
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
    # Nobody can look after more volunteers' hours than it has of its own.
    own = p.idle_hours * np.minimum(community.population.organisations.size / 30, 2.0)
    state.idle = own + np.minimum(state.volunteered, own)
    state.used[:] = 0
    state.pool[:] = 0
    state.hours[month % 12] = state.actions[month % 12] = 0
    meetings = _meetings(month, lever.meetings_a_year) if lever is not None else 0
    for _ in range(meetings):
        community.spend("table", community.prices.table_meeting.value * community.population.scale)
    if len(involved := np.flatnonzero(community.involved_since >= 0)) < 2:
        return
    for turn in range(meetings):
        _meet(community, p, involved, turn)
    _work_without_a_table(community, p)
    if community.chance.happens("co_programming.tender", month, p.tenders, 0):
        _bid(community, p, involved, lever is not None and lever.joint_bids)
    _pool(community, p, lever is not None and lever.pooling)


def translation(one: int, other: int, community: Community, p: CoProgrammingParameters) -> float:
    """Hours that two organisations need to understand each other."""
    a, b = community.organisations[one], community.organisations[other]
    learnt = float(community.state(OrganisationsState).learnt[a.sector_number, b.sector_number])
    hours = p.sector_hours * (1 - learnt) if a.sector_number != b.sector_number else 0.0
    hours += p.formal_hours * (a.formal != b.formal)
    hours += p.profit_hours * (a.firm != b.firm)
    return hours / (1 + p.pair_learns * community.partnerships.times(one, other))


def _meetings(month: int, a_year: int) -> int:
    """How many meetings fall into a month, spread evenly over the year."""
    place = month % 12
    return (place + 1) * a_year // 12 - place * a_year // 12


def _meet(community: Community, p: CoProgrammingParameters, involved: NDArray[np.intp], turn: int) -> None:
    """Hold a meeting of the table: those who come find a partner each, and begin something."""
    table, state = community.population.organisations, community.state(OrganisationsState)
    month, chance = community.month, community.chance
    trust, told = community.partnerships.matrix(community.involved_since >= 0)
    word = p.first_trust + (1 - p.first_trust) * p.told * np.minimum(told, 1.0)
    trusted = np.where(trust >= 0, trust, word)
    hindrance = 1 - community.levers.paperwork * np.where(table.formal[involved], 0.3, 0.6)
    drawn = (state.openness[involved] + trust.max(axis=1).clip(0) + state.gain[involved]) / 3
    likely = p.coming * drawn * hindrance * community.levers.event.contact
    address = involved + turn * len(table)
    comes = np.flatnonzero(chance.coin("co_programming.comes", month, likely, address))
    if len(comes) < 2:
        return
    a, b = np.triu_indices(len(comes), 1)
    a, b = comes[a], comes[b]
    one, other = involved[a], involved[b]
    unlike = (table.sector[one] != table.sector[other]) * 0.5 + (table.kind[one] != table.kind[other]) * 0.25
    luck = chance.uniform("co_programming.match", month, one + turn * len(table), other + turn * len(table))
    begun = dict.fromkeys(involved[comes].tolist(), 0)
    order = np.argsort(-(p.old_partners * trusted[a, b] + unlike + luck), kind="stable")
    columns = (column[order].tolist() for column in (one, other, trusted[a, b]))
    for first, second, trust_of_both in zip(*columns, strict=True):
        if max(begun[first], begun[second]) < p.begun_at_once:
            begun[first] += 1
            begun[second] += 1
            community.partnerships.introduce(first, second, trust_of_both)
            _act(community, p, first, second, turn)


def _work_without_a_table(community: Community, p: CoProgrammingParameters) -> None:
    """Let each turn to a partner of old, and begin something if both want to."""
    state, month, chance = community.state(OrganisationsState), community.month, community.chance
    pairs, trust = community.partnerships.among(community.involved_since >= 0)
    one, other = np.concatenate([pairs, pairs[:, ::-1]]).T
    trust = np.concatenate([trust, trust])
    luck = chance.uniform("co_programming.turns_to", month, one * len(community.organisations) + other)
    order = np.lexsort((luck / np.maximum(trust**2, 1e-12), one))
    chosen = order[np.flatnonzero(np.diff(one[order], prepend=-1))]
    one, other, trust = one[chosen], other[chosen], trust[chosen]
    wants = p.of_the_other * trust + (1 - p.of_the_other) * state.gain[[one, other]]
    paid = np.minimum(state.won_hours[one] / p.action_hours, 1.0)
    likely = np.minimum(p.spontaneous + p.paid_for * paid, 1.0) * wants.prod(axis=0)
    begins = chance.coin("co_programming.by_themselves", month, likely * community.levers.event.contact, one)
    for first, second in zip(one[begins].tolist(), other[begins].tolist(), strict=True):
        _act(community, p, first, second, turn=_NO_TABLE)


def _act(community: Community, p: CoProgrammingParameters, one: int, other: int, turn: int) -> None:
    """Try a joint action, if the two have the hours, each giving as it has, and learn from how it goes."""
    state, size, month = community.state(OrganisationsState), len(community.organisations), community.month
    both = [one, other]
    words = translation(one, other, community, p)
    hours = p.action_hours + words
    # Plain numbers: NumPy takes ten times as long over two.
    idle, gain = state.idle, state.gain
    there = [float(idle[k] + state.won_hours[k] - state.used[k]) for k in both]
    if min(there) <= 0 or fsum(there) < hours:
        return
    for k, has in zip(both, there, strict=True):
        state.used[k] += hours * has / fsum(there)
    state.hours[month % 12] += hours
    community.ledger.count("hours_of_joint_actions", hours)
    state.actions[month % 12] += 1
    community.ledger.count("joint_actions", 1)
    address = (turn * size + one) * size + other
    gave, likely = _both_give(community, p, both, turn), p.half_hearted
    if gave:
        likely = (
            p.going_well
            - p.words_hinder * words / 20
            + p.needs_known * float(state.heard[one] + state.heard[other]) / 2
        )
    if not community.chance.happens("co_programming.goes_well", month, likely, address):
        for k in both:
            gain[k] *= 1 - p.trust_lost
        if not gave:
            community.partnerships.disappoint(one, other, p.trust_lost)
        return
    for k in both:
        gain[k] += p.trust_gained * (1 - gain[k])
    a, b = (community.organisations[k].sector_number for k in both)
    state.learnt[a, b] = state.learnt[b, a] = state.learnt[a, b] + p.sectors_learn * (1 - state.learnt[a, b])
    number = _write_down(community, Kind.JOINT_ACTION, both)
    community.partnerships.work_together(one, other, p.trust_gained if gave else 0.0, number)


def _both_give(community: Community, p: CoProgrammingParameters, both: list[int], turn: int) -> bool:
    """Whether each of two gives in full: the likelier, the more it expects."""
    trust, gain = community.partnerships.between(*both), community.state(OrganisationsState).gain
    enough = p.gives_from - (p.neutral_ground if turn != _NO_TABLE else 0.0)
    size = len(community.organisations)

    def gives(me: int, you: int, memory: float) -> bool:
        expects = p.of_the_other * trust + (1 - p.of_the_other) * memory
        likely = (expects - enough + _HESITATION) / (2 * _HESITATION)
        return community.chance.happens(
            "co_programming.gives", community.month, likely, (turn * size + me) * size + you
        )

    return gives(both[0], both[1], float(gain[both[0]])) and gives(both[1], both[0], float(gain[both[1]]))


def _write_down(community: Community, kind: Kind, members: list[int]) -> int:
    """Write something that organisations did together this month to the lineage, under the first of them; it grew from
    what the first two last did together.
    """
    first, month = community.organisations[members[0]], community.month
    formal = sum(community.organisations[k].formal for k in members)
    parent = community.partnerships.last_done(*members[:2]) if len(members) > 1 else -1
    beginning = Initiative(
        kind,
        AREA_OF.get(first.sector, Area.PROXIMITY),
        first.municipality,
        month,
        Source.ORGANISATION,
        first.number,
        Layer.INFORMAL if formal == 0 else Layer.FORMAL if formal == len(members) else Layer.MIXED,
        parent=parent,
        relation=Relation.GREW_FROM if parent >= 0 else Relation.NONE,
        ended=month,
    )
    return community.lineage.found(beginning)


def _bid(community: Community, p: CoProgrammingParameters, involved: NDArray[np.intp], helped: bool) -> None:
    """Answer a call for money from outside, each for itself or in coalitions."""
    organisations, month, chance = community.organisations, community.month, community.chance
    goes = involved[chance.coin("co_programming.bids", month, p.bidding, involved)]
    free = set(involved.tolist())
    enough = p.trust_for_bid - p.help_to_bid * helped
    bids: list[list[int]] = []
    for one in goes.tolist():
        if one not in free:
            continue
        partners = {k: trust for k, trust in community.partnerships.of_one(one).items() if k in free}
        others = np.array(sorted(partners), np.int64)
        trust = np.array([partners[k] for k in others.tolist()])
        noise = 0.4 * chance.uniform("co_programming.coalition", month, np.full(len(others), one), others) - 0.2
        members = [one, *others[trust + noise >= enough].tolist()]
        free -= set(members)
        bids.append(members)
    for members in bids:
        _decide(community, p, members)
    for position, members in enumerate(bids):
        for rival in (one for against in bids[position + 1 :] for one in against):
            for one in members:
                if organisations[one].sector == organisations[rival].sector:
                    community.partnerships.disappoint(one, rival, p.rivalry)


def _decide(community: Community, p: CoProgrammingParameters, members: list[int]) -> None:
    """Let the funder decide on one bid."""
    state, ledger, bidders = community.state(OrganisationsState), community.ledger, len(members)
    together = bidders > 1
    number = _write_down(community, Kind.BID, members)
    organisations = [community.organisations[k] for k in members]
    if together:
        public = sum(one.kind in PUBLIC for one in organisations)
        firms = sum(one.firm for one in organisations)
        ledger.count("joint_bids", 1)
        ledger.count("mixed_bids", float(0 < public < bidders or 0 < firms < bidders))
    further = bidders + len({one.sector for one in organisations}) - 2
    likely = p.winning * min(5.0, 1 + p.breadth * further) * (1 + p.needs_known * float(state.heard[members].mean()))
    if community.chance.happens("co_programming.wins", community.month, likely, members[0]):
        euro = p.award * bidders * community.levers.event.money
        ledger.count("bids_won", 1)
        ledger.count("further_funding_euro", euro)
        state.won_hours[members] += euro / bidders / p.euro_an_hour / 12
        state.gain[members] += p.trust_gained * (1 - state.gain[members])
        for one, other in combinations(members, 2):
            community.partnerships.work_together(one, other, p.trust_gained, number)
    elif together:
        state.gain[members] *= 1 - p.trust_lost / 4
        for one, other in combinations(members, 2):
            community.partnerships.disappoint(one, other, p.trust_lost / 4)


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
    where, count = table.municipality[taker], len(state.pool)
    hours = np.bincount(where, given, count)
    _help(community, p, hours, np.bincount(where, given * table.formal[giver], count))
    state.pool += (1 - p.for_people) * hours


def _help(community: Community, p: CoProgrammingParameters, hours: NDArray[Any], formal: NDArray[Any]) -> None:
    """Bring some people out of their crises with a part of the hours lent in their municipality; the needs are met by
    those who lent them.
    """
    c, chance, month = community.citizens, community.chance, community.month
    for m in np.flatnonzero(hours).tolist():
        here = community.residents(m)
        waiting = here.start + np.flatnonzero(c.crisis[here] != NO_CRISIS)
        number = chance.whole("co_programming.can_help", month, p.for_people * float(hours[m]) / p.hours_for_one, m)
        helped = chance.exactly(number, "co_programming.helps", month, waiting, turn=m)
        community.end_crises(helped)
        community.ledger.count("helped_by_pooling", len(helped))
        layer = Layer.INFORMAL if formal[m] <= 0 else Layer.MIXED if formal[m] < hours[m] * (1 - 1e-9) else Layer.FORMAL
        community.count_needs_met(len(helped), layer)
