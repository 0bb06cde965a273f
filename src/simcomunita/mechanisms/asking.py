"""Who says yes when asked.

Being asked is what most often makes people take part, above all by somebody they know (Verba, Schlozman & Brady
1995, *Voice and Equality*, ch. 5; Musick & Wilson 2008, *Volunteers*, ch. 13): cold asks are accepted 5-20 % of the
time, asks along a tie 20-50 %. Several independent people who take part already reinforce each other (Centola &
Macy 2007, AJS 113:702-734); whether there is a threshold and how noisy it is, is disputed (Eckles, Mossel, Rahimian
& Sen 2024, Nature Human Behaviour 8:1057-1064), so it can be chosen. A need of one's own and a place nearby help;
paperwork and technicality hinder, and hinder the vulnerable first (Herd & Moynihan 2018, *Administrative Burden*,
ch. 1-2).

This is a rule that spreading and facilitation share. Chances are worked out as odds, multiplied by one factor a
reason, with no transcendental function, so that they are the same on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity
from simcomunita.randomness import uniform

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_ASK = "Verba, Schlozman & Brady (1995), ch. 5; Musick & Wilson (2008), ch. 13; size is an assumption"
_BURDEN = "Herd & Moynihan (2018), Administrative Burden, for the form; size is an assumption"


class AskingParameters(Parameters):
    """What makes a yes likely."""

    cold: float = quantity(
        0.1,
        low=0.05,
        high=0.2,
        unit="probability",
        source="cold asks are accepted 5-20 % of the time (Musick & Wilson 2008, ch. 13)",
        least=0.0001,
        most=0.99,
    )
    """Chance of a yes to a stranger's ask, from somebody of middling trust, without need, place or paperwork."""
    tie: float = quantity(4.0, low=2, high=8, unit="factor - 1", source=_ASK, least=0, most=100)
    """How much a full-strength tie to the asker multiplies the odds."""
    company: float = quantity(
        0.6,
        low=0.2,
        high=1.2,
        unit="factor - 1",
        source="Centola & Macy (2007), AJS 113:702; size is an assumption",
        least=0,
        most=100,
    )
    """How much each further tied person who takes part already multiplies the odds (up to five)."""
    contagion: Literal["reinforcing", "threshold", "simple"] = "reinforcing"
    """How company counts: `reinforcing` each adds; `threshold` nothing happens, but for noise, until one's own
    number of them is there; `simple` company does not matter, each ask stands alone."""
    noise: float = quantity(
        0.15,
        low=0.02,
        high=0.4,
        unit="share",
        source="Eckles, Mossel, Rahimian & Sen (2024), Nat. Hum. Behav. 8:1057; size is an assumption",
        least=0,
        most=1,
    )
    """With `threshold`: share of the chance that remains below one's threshold."""
    need: float = quantity(0.6, low=0.1, high=1.5, unit="factor - 1", source="assumption", least=0, most=100)
    """How much a need of one's own multiplies the odds."""
    place: float = quantity(0.5, low=0.1, high=1.2, unit="factor - 1", source="assumption", least=0, most=100)
    """How much a place next door multiplies the odds; falls with distance."""
    place_reach: float = quantity(
        1.0, low=0.5, high=3, unit="km", source="assumption: a quarter of an hour on foot", least=0.01, most=100
    )
    """Distance at which a place is worth half."""
    volunteer: float = quantity(
        1.5,
        low=0.5,
        high=3,
        unit="factor - 1",
        source="Musick & Wilson (2008), ch. 11; assumed size",
        least=0,
        most=100,
    )
    """How much belonging to the standing stock of volunteers multiplies the odds."""
    burden: float = quantity(0.4, low=0.1, high=0.7, unit="share", source=_BURDEN, least=0, most=1)
    """Share of the odds that the heaviest paperwork takes from somebody who is not vulnerable and has no
    competence."""
    burden_of_the_vulnerable: float = quantity(0.4, low=0.1, high=0.6, unit="share", source=_BURDEN, least=0, most=1)
    """What it takes besides from the most vulnerable."""


def willingness(
    community: Community,
    parameters: ModelParameters,
    people: NDArray[np.intp],
    closeness: NDArray[np.float64] | float,
    company: NDArray[np.int32] | int,
) -> NDArray[np.float64]:
    """The chance that each of `people` says yes.

    Parameters
    ----------
    people
        Citizens' numbers (k).
    closeness
        Strength of the tie to whoever asks, in [0, 1]; (k) or one for all.
    company
        How many tied people take part already; (k) or one for all.
    """
    p = parameters.asking
    c, population = community.citizens, community.population
    k = len(people)
    return np.asarray(
        odds_of_yes(
            people,
            np.full(k, closeness) if isinstance(closeness, float) else closeness,
            np.full(k, company, np.int32) if isinstance(company, int) else company,
            (c.needs, community.places.nearness, population.volunteer, c.trust, c.energy, c.competence),
            population.vulnerability,
            (p.cold / (1 - p.cold), p.tie, 0.0 if p.contagion == "simple" else p.company, p.need, p.place, p.volunteer),
            (community.levers.paperwork, p.burden, p.burden_of_the_vulnerable),
            p.noise if p.contagion == "threshold" else 1.0,
            community.chance.key("asking.threshold"),
        )
    )


@kernel
def odds_of_yes(people, closeness, company, traits, vulnerability, factors, hindrance, noise, key):  # type: ignore[no-untyped-def]
    """The chance of a yes, float64 (k): odds, one factor a reason, brought back to a probability."""
    needs, nearness, volunteer, trust, energy, competence = traits
    cold, tie, further_company, need, place, standing = factors
    paperwork, burden, burden_of_the_vulnerable = hindrance
    chance = np.empty(len(people), np.float64)
    for k in range(len(people)):
        i = people[k]
        odds = cold
        odds *= 1.0 + tie * closeness[k]
        odds *= 1.0 + further_company * min(max(company[k] - 1, 0), 5)
        odds *= 1.0 + need * (needs[i] != 0)
        odds *= 1.0 + place * nearness[i]
        odds *= 1.0 + standing * volunteer[i]
        odds *= 0.5 + trust[i]
        odds *= energy[i]
        weight = burden + burden_of_the_vulnerable * vulnerability[i]
        odds *= max(1.0 - paperwork * weight * (1.0 - competence[i]), 0.0)
        chance[k] = odds / (1.0 + odds)
        # Own threshold: one, two or three people in company, a third of people each.
        if noise < 1.0 and company[k] < 1 + np.int64(3.0 * uniform(key, i)):
            chance[k] *= noise
    return chance
