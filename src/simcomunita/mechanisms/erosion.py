"""Ties that nobody renews weaken and dissolve.

Each month two tied people meet or they do not; the stronger the tie, the likelier. A meeting renews the tie, a month
without one wears it down. Weak and young ties go much faster than old ones and kin (Burt 2000, "Decay functions", Social
Networks 22:1-28; Roberts & Dunbar 2011, Evolution and Human Behavior 32:186-197: kin ties hardly decay, friendships do
within months). Who has more ties than time for them (`relational_time`) renews each of them less, so a new tie can push
out an old one. People who live together stay tied.

Off: ties stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity
from simcomunita.randomness import uniform_pair

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_BURT = "Burt (2000), Social Networks 22:1; Roberts & Dunbar (2011), Evol. Hum. Behav. 32:186; rate is an assumption"


class ErosionParameters(Parameters):
    """How fast ties wear down, and how often they are renewed."""

    on: bool = True
    """Whether ties erode at all."""
    wear_kin: float = quantity(0.015, low=0.005, high=0.03, unit="per month", source=_BURT, least=0, most=1)
    """Share of its strength that a kin tie between households loses in a month without a meeting."""
    wear_friend: float = quantity(0.09, low=0.05, high=0.15, unit="per month", source=_BURT, least=0, most=1)
    """The same for friends."""
    wear_neighbour: float = quantity(0.09, low=0.05, high=0.15, unit="per month", source=_BURT, least=0, most=1)
    """The same for neighbours."""
    wear_colleague: float = quantity(0.11, low=0.06, high=0.18, unit="per month", source=_BURT, least=0, most=1)
    """The same for colleagues."""
    wear_group: float = quantity(0.12, low=0.06, high=0.2, unit="per month", source=_BURT, least=0, most=1)
    """The same for people who know each other from a group."""
    young: float = quantity(12.0, low=6, high=24, unit="months", source=_BURT, least=0, most=600)
    """Age under which a tie counts as young."""
    young_wear: float = quantity(1.5, low=1, high=2.5, unit="factor", source=_BURT, least=0, most=10)
    """How much faster young ties wear."""
    meeting: float = quantity(0.9, low=0.7, high=1, unit="per month", source="assumption", least=0, most=1)
    """Probability that two people tied at full strength meet in a month; proportional to strength below."""
    renewal: float = quantity(0.055, low=0.03, high=0.09, unit="share", source="assumption", least=0, most=1)
    """Share of what is missing to full strength that a meeting gives back."""
    trust_renewal: float = quantity(0.01, low=0.0, high=0.03, unit="share", source="assumption", least=0, most=1)
    """Share of what is missing to full trust that a meeting gives."""
    forgotten: float = quantity(0.06, low=0.03, high=0.12, unit="strength", source="assumption", least=0, most=1)
    """Strength under which a tie dissolves."""


def erosion(community: Community, parameters: ModelParameters) -> None:
    """Wear down, renew and dissolve ties."""
    p = parameters.erosion
    population, ties = community.population, community.ties
    fade(
        ties.first,
        ties.second,
        ties.strength,
        ties.trust,
        ties.kind,
        ties.since,
        population.household,
        community.time_share,
        np.array([p.wear_kin, p.wear_friend, p.wear_neighbour, p.wear_colleague, p.wear_group]),
        (p.young, p.young_wear, p.meeting, p.renewal, p.trust_renewal, p.forgotten),
        community.month,
        community.chance.key("erosion.meeting", community.month),
    )


@kernel
def fade(first, second, strength, trust, kind, since, household, share, wear, rates, month, key):  # type: ignore[no-untyped-def]
    """One month of meetings and wear, in place; dissolved ties get strength 0."""
    young, young_wear, meeting, renewal, trust_renewal, forgotten = rates
    for e in range(len(first)):
        u, v = first[e], second[e]
        if household[u] == household[v]:
            continue
        s = np.float64(strength[e])
        time = min(share[u], share[v])
        if uniform_pair(key, u, v) < meeting * s * time:
            s += renewal * (1.0 - s)
            trust[e] = np.float32(trust[e] + trust_renewal * (1.0 - trust[e]))
        else:
            loss = wear[kind[e]] * (1.0 - s)
            if month - since[e] < young:
                loss *= young_wear
            s -= s * loss
        strength[e] = np.float32(s) if s >= forgotten else np.float32(0.0)
