"""Participation spreads along ties.

Those who take part ask people they are tied to; who says yes comes, stays or not, and after a time may help to
design and run what is done. Being asked matters most, company reinforces (see `asking`). People with a need also
walk into a place nearby. The step from taking part to running things grows with competence, with company of people
who run things, and with the backing of a group that is accompanied (Musick & Wilson 2008, *Volunteers*, ch. 10 and
13; Christens & Speer 2011, American Journal of Community Psychology 47:253-263 on who comes back to organising).

Off: nobody asks along ties, nobody walks in, nobody climbs from participant to active or promoter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import Source, Stage
from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity
from simcomunita.mechanisms.asking import willingness
from simcomunita.mechanisms.routine import lab_hours
from simcomunita.network.kernels import company
from simcomunita.randomness import uniform

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_ASKS = "assumption; the published outcomes constrain it"


_PARTICIPANT = int(Stage.PARTICIPANT)


class SpreadingParameters(Parameters):
    """How many people are asked, and how easily people climb."""

    on: bool = True
    """Whether participation spreads by itself at all."""
    asks_of_participants: float = quantity(
        0.06, low=0.03, high=0.4, unit="asks a month", source=_ASKS, least=0, most=50
    )
    """Asks that somebody who takes part makes."""
    asks_of_the_active: float = quantity(0.25, low=0.2, high=1.5, unit="asks a month", source=_ASKS, least=0, most=50)
    """Asks that somebody who runs things makes."""
    asks_of_promoters: float = quantity(0.5, low=0.5, high=4, unit="asks a month", source=_ASKS, least=0, most=50)
    """Asks that a promoter makes."""
    staying: float = quantity(0.35, low=0.15, high=0.6, unit="probability", source=_ASKS, least=0, most=1)
    """That somebody who came takes part from then on."""
    walking_in: float = quantity(0.0006, low=0.0001, high=0.002, unit="per month", source=_ASKS, least=0, most=1)
    """That somebody with a need, next door to a place, walks in; falls with distance, paperwork and distrust."""
    activation: float = quantity(0.06, low=0.015, high=0.09, unit="per month", source=_ASKS, least=0, most=1)
    """That a participant of full competence and energy, without company, begins to run things."""
    promotion: float = quantity(0.01, low=0.002, high=0.03, unit="per month", source=_ASKS, least=0, most=1)
    """That an active citizen of full competence and energy becomes a promoter."""
    example: float = quantity(0.2, low=0.2, high=2, unit="factor - 1", source=_ASKS, least=0, most=100)
    """How much each tied person who runs things multiplies the chance to begin (up to five)."""
    backing: float = quantity(4.0, low=1, high=8, unit="factor - 1", source=_ASKS, least=0, most=100)
    """How much being in a group that a facilitator accompanies multiplies the chance to begin, at full skill."""


def spreading(community: Community, parameters: ModelParameters) -> None:
    """Ask along ties, let people walk in, let them climb."""
    _climb(community, parameters)
    _ask_along_ties(community, parameters)
    _walk_in(community, parameters)


def _ask_along_ties(community: Community, parameters: ModelParameters) -> None:
    p, c, month, chance = parameters.spreading, community.citizens, community.month, community.chance
    askers = np.flatnonzero(c.at_least(Stage.PARTICIPANT))
    mean_asks = np.array([0.0, 0.0, p.asks_of_participants, p.asks_of_the_active, p.asks_of_promoters])
    asked, asker, tie = asks(
        askers,
        community.rows,
        community.ties.trust,
        c.stage,
        community.population.grown_up,
        mean_asks,
        (
            chance.key("spreading.asks", month),
            chance.key("spreading.whom", month),
            chance.key("spreading.dares", month),
        ),
    )
    if not len(asked):
        return
    # Of several askers the one most strongly tied counts; the lowest number of equals.
    order = np.lexsort((asker, -tie, asked))
    people, firsts = np.unique(asked[order], return_index=True)
    who_asked, closeness = asker[order][firsts], tie[order][firsts]
    around, _, _ = company(people, community.rows, c.stage, int(Stage.PARTICIPANT))
    yes = chance.coin("spreading.yes", month, willingness(community, parameters, people, closeness, around), people)
    community.ledger.count("asks_by_citizens", len(asked))
    came, brought_by = people[yes], who_asked[yes]
    community.reach(came, Source.CITIZEN, brought_by)
    stays = chance.coin("spreading.stays", month, p.staying, came)
    c.stage[came[stays]] = Stage.PARTICIPANT
    community.join_groups(came[stays], community.group_of[brought_by[stays]])


def _walk_in(community: Community, parameters: ModelParameters) -> None:
    p, c, month = parameters.spreading, community.citizens, community.month
    if not len(community.places.neighbourhood):
        return
    population = community.population
    luck = community.chance.uniform("spreading.walks_in", month, community.everyone)
    # Nobody's chance exceeds the rate itself, so only the few below it need a closer look.
    people = np.flatnonzero(luck < p.walking_in)
    eligible = (c.needs[people] != 0) & ~c.at_least(Stage.PARTICIPANT, people)
    people = people[eligible & population.grown_up[people] & population.asks_for_help[people]]
    weight = parameters.asking.burden + parameters.asking.burden_of_the_vulnerable * population.vulnerability[people]
    ease = 1 - community.levers.paperwork * weight * (1 - c.competence[people])
    likely = p.walking_in * community.places.nearness[people] * c.trust[people] * ease
    likely *= community.levers.event.contact
    came = people[luck[people] < likely]
    community.reach(came, Source.PLACE, -1)
    stays = community.chance.coin("spreading.stays_at_place", month, p.staying, came)
    c.stage[came[stays]] = Stage.PARTICIPANT


def _climb(community: Community, parameters: ModelParameters) -> None:
    p, c, month, chance = parameters.spreading, community.citizens, community.month, community.chance
    taking_part = np.flatnonzero(c.at_least(Stage.PARTICIPANT) & ~c.at_least(Stage.ACTIVE))
    if len(taking_part):
        examples, closeness, closest = company(taking_part, community.rows, c.stage, int(Stage.ACTIVE))
        backed, backer = _backing(community, parameters, taking_part)
        likely = p.activation * c.competence[taking_part] * c.energy[taking_part]
        if parameters.asking.contagion != "simple":
            likely = likely * (1 + p.example * np.minimum(examples, 5))
        likely = likely * (1 + p.backing * backed)
        begins = chance.coin("spreading.begins", month, np.minimum(likely, 1.0), taking_part)
        # Whose example it was: a citizen's or the facilitator's, in proportion to how much each weighed.
        own = p.example * closeness[begins]
        backing = p.backing * backed[begins]
        by_citizen = chance.uniform("spreading.example", month, taking_part[begins]) * (own + backing) < own
        _activate(community, taking_part[begins], by_citizen, closest[begins], backer[begins])
    active = np.flatnonzero(c.at_least(Stage.ACTIVE) & ~c.at_least(Stage.PROMOTER))
    likely = p.promotion * c.competence[active] * c.energy[active]
    c.stage[active[chance.coin("spreading.promotes", month, likely, active)]] = Stage.PROMOTER


def _activate(
    community: Community,
    people: NDArray[np.intp],
    by_citizen: NDArray[np.bool_],
    closest: NDArray[np.int32],
    backer: NDArray[np.int32],
) -> None:
    """Let people begin to run things, and write down through whom."""
    c = community.citizens
    c.stage[people] = Stage.ACTIVE
    first = c.activated_month[people] < 0
    new, by_citizen, closest, backer = people[first], by_citizen[first], closest[first], backer[first]
    by_facilitator = ~by_citizen & (backer >= 0)
    c.activated_month[new] = community.month
    # Where neither weighed, what brought them in the first place counts.
    c.activated_how[new] = np.where(
        by_citizen, Source.CITIZEN, np.where(by_facilitator, Source.FACILITATOR, c.reached_how[new])
    )
    c.activated_by[new] = np.where(by_citizen, closest, np.where(by_facilitator, backer, c.reached_by[new]))
    groups = [group.initiative for group in community.groups]
    initiatives = np.array([*groups, -1], np.int32)[community.group_of[new]]
    community.lineage.activated(new, community.month, c.activated_how[new], c.activated_by[new], initiatives)
    community.ledger.count("active_participants", len(new))
    community.ledger.count("vulnerable_active", int(community.population.vulnerable[new].sum()))
    community.ledger.count("activated_by_citizens", int((c.activated_how[new] == Source.CITIZEN).sum()))
    community.ledger.count("active_after_taken_on", int((c.taken_on[new] >= 0).sum()))


def _backing(
    community: Community, parameters: ModelParameters, people: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """How far each person's group is accompanied (skill, times the share of a full lab's hours), and by which post
    (-1 if none).
    """
    skill = np.zeros(len(community.groups) + 1)
    post = np.full(len(community.groups) + 1, -1, np.int32)
    skill_of = {f.post.ordinal: f.post.skill for f in community.facilitators}
    for k, group in enumerate(community.groups):
        if group.hours > 0:
            skill[k] = skill_of.get(group.accompanied_by, 0.0) * min(1.0, group.hours / lab_hours(group, parameters))
            post[k] = group.accompanied_by
    position = community.group_of[people]
    return skill[position], post[position]


@kernel
def asks(askers, rows, trust, stage, grown_up, mean_asks, keys):  # type: ignore[no-untyped-def]
    """Who is asked by whom, and how much the tie counts: asked int64 (k), asker int64 (k), closeness float64 (k).

    Each asker makes its stage's mean number of asks (the fraction by chance), each to a tie drawn at random and dared
    with a probability equal to its strength; a trusted word counts for more. Only who does not take part yet is asked.
    """
    up, second, down, down_edge, first, strength = rows
    key_asks, key_whom, key_dares = keys
    most = 0
    for a in range(len(askers)):
        most += np.int64(mean_asks[stage[askers[a]]]) + 1
    asked = np.empty(most, np.int64)
    asker = np.empty(most, np.int64)
    tie = np.empty(most, np.float64)
    k = 0
    for a in range(len(askers)):
        i = askers[a]
        lower = down[i + 1] - down[i]
        degree = lower + up[i + 1] - up[i]
        if degree == 0:
            continue
        mean = mean_asks[stage[i]]
        times = np.int64(mean)
        if uniform(key_asks, i) < mean - times:
            times += 1
        for t in range(times):
            # 64 asks at most leave room for turns beside the person's number.
            address = i * 64 + t
            pick = np.int64(uniform(key_whom, address) * degree)
            if pick < lower:
                e = np.int64(down_edge[down[i] + pick])
                j = np.int64(first[e])
            else:
                e = np.int64(up[i] + pick - lower)
                j = np.int64(second[e])
            if stage[j] >= _PARTICIPANT or not grown_up[j]:
                continue
            if uniform(key_dares, address) < strength[e]:
                asked[k] = j
                asker[k] = i
                tie[k] = min(1.0, strength[e] * (0.5 + trust[e]))
                k += 1
    return asked[:k], asker[:k], tie[:k]
