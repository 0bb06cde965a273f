"""Hooking: listening to people, and asking them to take part.

A facilitator asks first those on the map who seem likeliest to say yes, people in difficulty before others, judging
with as much insight as skill gives; who has nobody left on the map asks strangers. Somebody who was listened to has
been reached, whatever the answer. Who says yes is given something to try at once, which takes time and teaches, or
(`trying` off) is only won over, and waits to be called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import Source, Stage
from simcomunita.compiled import kernel
from simcomunita.mechanisms.asking import willingness
from simcomunita.mechanisms.facilitation.grouping import welcome
from simcomunita.mechanisms.facilitation.mapping import where_outreach_happens
from simcomunita.network.ego import alone
from simcomunita.network.kernels import company
from simcomunita.territory.population import GROWN_UP

if TYPE_CHECKING:
    from simcomunita.agents.facilitator import Facilitator
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


def hook(facilitator: Facilitator, hours: float, community: Community, parameters: ModelParameters) -> None:
    """Ask, and let those who say yes begin."""
    p, c, month, chance = parameters.facilitation, community.citizens, community.month, community.chance
    contact = community.levers.event.contact
    asks = chance.whole("facilitation.asks", month, contact * hours / p.hours_of_an_ask, facilitator.number)
    named = _likeliest(facilitator, asks, community, parameters)
    strangers = _strangers(facilitator, asks - len(named), community, parameters)
    asked = np.concatenate([named, strangers])
    if not len(asked):
        facilitator.note("hook", hours, 0)
        return
    voice = np.where(np.arange(len(asked)) < len(named), p.voice * facilitator.post.skill, 0.0)
    around, _, _ = company(asked, community.rows, c.stage, int(Stage.PARTICIPANT))
    yes = chance.coin("facilitation.yes", month, willingness(community, parameters, asked, voice, around), asked)
    if facilitator.post.trying:
        # Trying takes time with each yes, which is not there for asking others.
        turn = np.argsort(chance.uniform("facilitation.turn", month, asked), kind="stable")
        spent = np.cumsum(p.hours_of_an_ask + p.hours_of_trying * yes[turn])
        asked_after_all = np.sort(turn[spent - p.hours_of_trying * yes[turn] <= len(asked) * p.hours_of_an_ask])
        asked, yes = asked[asked_after_all], yes[asked_after_all]
    begins = asked[yes]
    if facilitator.post.trying:
        c.competence[begins] += np.float32(p.trying_learns) * (1 - c.competence[begins])
    community.reach(asked, Source.FACILITATOR, facilitator.post.ordinal)
    c.last_asked[asked] = month
    facilitator.meet(asked)
    c.rise(begins, Stage.PARTICIPANT)
    welcome(facilitator, begins, community, parameters)
    facilitator.note("hook", hours, len(begins))
    community.ledger.count("asks_by_facilitators", len(asked))
    community.ledger.count("asks_accepted_by_facilitators", len(begins))
    community.ledger.count("isolated_hooked", int(alone(community.ties, begins).sum()))


def _may_be_asked(people: NDArray[np.intp], community: Community, parameters: ModelParameters) -> NDArray[np.intp]:
    c = community.citizens
    again = int(community.month - parameters.facilitation.ask_again_after)
    return np.asarray(askable(people, c.last_asked, c.stage, community.population.age, again))


_PARTICIPANT = int(Stage.PARTICIPANT)


@kernel
def askable(people, last_asked, stage, age, again):  # type: ignore[no-untyped-def]
    """Those of `people` who are grown up, take no part yet, and were not asked after the month `again`: int64 (k)."""
    found = np.empty(len(people), np.int64)
    k = 0
    for i in people:
        if stage[i] < _PARTICIPANT and age[i] >= GROWN_UP and (last_asked[i] < 0 or last_asked[i] <= again):
            found[k] = i
            k += 1
    return found[:k].copy()


def _likeliest(
    facilitator: Facilitator, number: int, community: Community, parameters: ModelParameters
) -> NDArray[np.intp]:
    people = _may_be_asked(facilitator.acquaintances, community, parameters)
    if len(people) <= number:
        return people
    skill = facilitator.post.skill
    judged = skill * willingness(community, parameters, people, 0.0, 1) + (1 - skill) * 0.3 * (
        community.chance.uniform("facilitation.judged", community.month, people)
    )
    in_need = community.citizens.needs[people] != 0
    judged *= 1 + parameters.facilitation.mission * (in_need | community.population.vulnerable[people])
    if number <= 0:
        return people[:0]
    # All above the last place, and of those on it the lowest numbers: how equals are sorted must not count.
    last = np.partition(judged, len(judged) - number)[len(judged) - number]
    above = judged > last
    equal = np.flatnonzero(judged == last)[: number - np.count_nonzero(above)]
    above[equal] = True
    return np.asarray(people[above])


def _strangers(
    facilitator: Facilitator, number: int, community: Community, parameters: ModelParameters
) -> NDArray[np.intp]:
    if number <= 0:
        return np.empty(0, np.intp)
    address = facilitator.addresses(number)
    met = np.unique(where_outreach_happens(facilitator, community, address, "facilitation.stranger"))
    met = met[~facilitator.known[met]]
    return _may_be_asked(met, community, parameters)
