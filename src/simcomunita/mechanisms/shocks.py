"""Shocks become crises where no tie can help.

Jobs are lost, rents cannot be paid, somebody dies or leaves, a pupil drops out. Each of the ties a person can count
on may help, by itself; only where none does, the shock becomes a crisis. That social support stands between a
stressful event and its consequences is the buffering hypothesis (Cohen & Wills 1985, Psychological Bulletin
98:310-357). Helping is part of being tied: it renews the tie.  A crisis wears down energy and passes with time or
with help.

Off: nobody is hit, and crises do not pass by themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import NO_CRISIS
from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity
from simcomunita.randomness import uniform, uniform_pair
from simcomunita.territory.population import GROWN_UP, Area

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters
    from simcomunita.policy.levers import OutsideEvent

_BUFFER = "Cohen & Wills (1985), Psychol. Bull. 98:310, for the form; size is an assumption"


YEARS_BEFORE = 2
"""Years of shocks that are lived through before the start; crises last about one."""


class ShocksParameters(Parameters):
    """How often people are hit, and how far ties absorb it."""

    on: bool = True
    """Whether shocks happen at all."""
    job_lost: float = quantity(
        0.004,
        low=0.002,
        high=0.007,
        unit="per month",
        source="ISTAT, Rilevazione sulle forze di lavoro 2016-2019: about 4-6 % a year move from work to unemployment",
        least=0,
        most=1,
    )
    """For those of 18 to 64 years."""
    rent_unpaid: float = quantity(
        0.0005,
        low=0.0002,
        high=0.001,
        unit="per month",
        source="Ministry of the Interior, eviction statistics 2016-2019, province of Brescia: order of 1 request in "
        "200 households a year; the share that threatens to is an assumption",
        least=0,
        most=1,
    )
    """For those of 26 years and more."""
    bereaved: float = quantity(
        0.0025,
        low=0.0015,
        high=0.004,
        unit="per month",
        source="assumption from about 10 deaths and 2 separations a year in 1,000 residents (ISTAT 2019), each felt "
        "by some",
        least=0,
        most=1,
    )
    """Bereavement, separation or illness, from 14 years on; doubled from 65 years."""
    dropped_out: float = quantity(
        0.004,
        low=0.002,
        high=0.007,
        unit="per month",
        source="MIUR, La dispersione scolastica 2017/18: 3.8 % a year in upper secondary school; that as many of all "
        "from 14 to 25 leave training or a course is an assumption",
        least=0,
        most=1,
    )
    """Leaving school or training, for those of 14 to 25 years."""
    vulnerable: float = quantity(2.0, low=1.3, high=3, unit="factor", source="assumption", least=0, most=20)
    """How much likelier vulnerable people are hit."""
    help_of_a_tie: float = quantity(0.3, low=0.15, high=0.5, unit="probability", source=_BUFFER, least=0, most=1)
    """That one full-strength tie absorbs one shock; in proportion to strength."""
    countable: float = quantity(
        0.6, low=0.5, high=0.7, unit="strength", source="the support threshold of the ego networks", least=0, most=1
    )
    """Strength from which a tie can be counted on."""
    renewed_by_help: float = quantity(0.1, low=0, high=0.3, unit="share", source="assumption", least=0, most=1)
    """Share of what is missing to full strength that having helped gives."""
    passing: float = quantity(
        0.08, low=0.04, high=0.15, unit="per month", source="assumption: a year on average", least=0, most=1
    )
    """Probability that a crisis passes by itself in a month."""
    energy_lost: float = quantity(0.3, low=0.1, high=0.6, unit="share", source="assumption", least=0, most=1)
    """Share of energy and trust in institutions lost when a crisis begins."""


def shocks(community: Community, parameters: ModelParameters) -> None:
    """Let crises pass, hit people, let ties absorb what they can."""
    p, month, chance = parameters.shocks, community.month, community.chance
    population, citizens, ties = community.population, community.citizens, community.ties

    in_crisis = np.flatnonzero(citizens.crisis != NO_CRISIS)
    over = in_crisis[chance.coin("shocks.passing", month, p.passing, in_crisis)]
    community.end_crises(over)

    hit, area = _hit(community, p)
    free = citizens.crisis[hit] == NO_CRISIS
    hit, area = hit[free], area[free]
    helper = absorbing_tie(
        hit,
        (ties.up, ties.second, ties.down, ties.down_edge, ties.first, ties.strength),
        population.age,
        citizens.crisis,
        (p.countable, p.help_of_a_tie),
        chance.key("shocks.help", month),
    )
    helped = helper >= 0
    edges = helper[helped]
    ties.strength[edges] += np.float32(p.renewed_by_help) * (1 - ties.strength[edges])
    alone, where = hit[~helped], area[~helped]
    citizens.crisis[alone] = where
    citizens.crisis_since[alone] = month
    citizens.needs[alone] |= np.left_shift(1, where).astype(np.uint8)
    citizens.energy[alone] *= np.float32(1 - p.energy_lost)
    citizens.trust[alone] *= np.float32(1 - p.energy_lost)
    community.ledger.count("shocks", len(hit))
    community.ledger.count("crises_averted", int(helped.sum()))
    community.ledger.count("crises", len(alone))


def carry_over(community: Community, parameters: ModelParameters) -> None:
    """Live through the shocks of the two years before the start, so that the first month finds crises under way."""
    start = community.month
    for month in range(start - YEARS_BEFORE * 12 + 1, start + 1):
        community.month = month
        shocks(community, parameters)
    community.month = start
    community.citizens.energy[:] = 1.0
    community.ledger.totals.clear()


def _hit(community: Community, p: ShocksParameters) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
    """Who is hit this month, and in which area; one shock at most a person."""
    population = community.population
    event = community.levers.event
    rates = community.once(
        f"shocks.rates {event.jobs_lost} {event.rents_unpaid}",
        lambda: _rates(population.age, population.vulnerable, p, event),
    )
    hit, area = struck(rates, community.chance.key("shocks.hit", community.month))
    return hit, area


def _rates(
    age: NDArray[np.uint8], vulnerable: NDArray[np.bool_], p: ShocksParameters, event: OutsideEvent
) -> NDArray[np.float64]:
    """Added-up monthly rates in the order of `Area`: float64 (n, 4)."""
    rates = np.zeros((len(age), len(Area)))
    rates[:, Area.HOUSING] = p.rent_unpaid * event.rents_unpaid * (age >= 26)
    rates[:, Area.WORK] = p.job_lost * event.jobs_lost * ((age >= 18) & (age < 65))
    rates[:, Area.PROXIMITY] = p.bereaved * np.where(age >= 65, 2.0, 1.0) * (age >= 14)
    rates[:, Area.YOUTH] = p.dropped_out * ((age >= 14) & (age < 26))
    rates *= np.where(vulnerable, p.vulnerable, 1.0)[:, None]
    return np.cumsum(rates, axis=1)


@kernel
def struck(rates, key):  # type: ignore[no-untyped-def]
    """Who is hit, int64 (k), and in which area, uint8 (k), from added-up rates (n, areas)."""
    people = np.empty(len(rates), np.int64)
    area = np.empty(len(rates), np.uint8)
    k = 0
    for i in range(len(rates)):
        draw = uniform(key, i)
        if draw < rates[i, -1]:
            people[k] = i
            # The draw also says which shock it was: its place among the added rates.
            where = 0
            while draw >= rates[i, where]:
                where += 1
            area[k] = where
            k += 1
    return people[:k].copy(), area[:k].copy()


@kernel
def absorbing_tie(hit, rows, age, crisis, rates, key):  # type: ignore[no-untyped-def]
    """The first tie, in the order of neighbours, that absorbs each shock: int64 (k), -1 where none does."""
    up, second, down, down_edge, first, strength = rows
    countable, help_of_a_tie = rates
    helper = np.full(len(hit), -1, np.int64)
    for k in range(len(hit)):
        i = hit[k]
        lower = down[i + 1] - down[i]
        for t in range(lower + up[i + 1] - up[i]):
            if t < lower:
                e = np.int64(down_edge[down[i] + t])
                j = first[e]
            else:
                e = np.int64(up[i] + t - lower)
                j = second[e]
            if strength[e] < countable or age[j] < GROWN_UP or crisis[j] != NO_CRISIS:
                continue
            if uniform_pair(key, i, j) < help_of_a_tie * strength[e]:
                helper[k] = e
                break
    return helper
