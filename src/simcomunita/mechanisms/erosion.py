"""Ties that nobody renews weaken and dissolve.

Each month two tied people meet or they do not; the stronger the tie, the likelier. A meeting renews the tie, the
closer the less (Hall 2019, J. Social and Personal Relationships 36:1278-1296: each step of closeness takes more hours
than the one before), a month without one wears it down; over the years the two balance about at every strength, so
that an old tie neither grows nor fades by itself. Weak and young ties go much faster than old ones and kin (Burt
2000, "Decay functions", Social Networks 22:1-28; Roberts & Dunbar 2011, Evolution and Human Behavior 32:186-197: kin
ties hardly decay, friendships do within months). Who has more ties than time for them (`relational_time`) renews each
of them less, so a new tie can push out an old one. People who live together stay tied.

Off: ties stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity
from simcomunita.network import FormedBy, TieKind
from simcomunita.randomness import coarse_second_half, first_halves

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_HOUSEHOLD = int(FormedBy.HOUSEHOLD)
_NOTHING, _HALF, _WHOLE = np.float32(0), np.float32(0.5), np.float32(1)
_1, _2, _4 = np.uint64(1), np.uint64(2), np.uint64(4)
_BURT = "Burt (2000), Social Networks 22:1; Roberts & Dunbar (2011), Evol. Hum. Behav. 32:186; rate is an assumption"


class ErosionParameters(Parameters):
    """How fast ties wear down, and how often they are renewed."""

    on: bool = True
    """Whether ties erode at all."""
    wear_kin: float = quantity(0.05, low=0.01, high=0.05, unit="per month", source=_BURT, least=0, most=1)
    """Share of its strength that a very weak kin tie between households loses in a month without a meeting; a
    stronger one loses less, in proportion to what is missing to full strength."""
    wear_friend: float = quantity(0.05, low=0.05, high=0.12, unit="per month", source=_BURT, least=0, most=1)
    """The same for friends."""
    wear_neighbour: float = quantity(0.062, low=0.05, high=0.12, unit="per month", source=_BURT, least=0, most=1)
    """The same for neighbours."""
    wear_colleague: float = quantity(0.055, low=0.05, high=0.14, unit="per month", source=_BURT, least=0, most=1)
    """The same for colleagues."""
    wear_group: float = quantity(0.07, low=0.05, high=0.15, unit="per month", source=_BURT, least=0, most=1)
    """The same for people who know each other from a group."""
    young: float = quantity(12.0, low=6, high=24, unit="months", source=_BURT, least=0, most=600)
    """Age under which a tie counts as young."""
    young_wear: float = quantity(3.3, low=1.5, high=4, unit="factor", source=_BURT, least=0, most=10)
    """How much faster young ties wear."""
    meeting: float = quantity(0.8, low=0.6, high=1, unit="per month", source="assumption", least=0, most=1)
    """Probability that two people tied at full strength seek each other out in a month; in proportion to strength
    below."""
    running_into: float = quantity(0.07, low=0.03, high=0.2, unit="per month", source="assumption", least=0, most=1)
    """Probability that two tied people meet without seeking it, whatever their tie's strength."""
    renewal: float = quantity(0.053, low=0.025, high=0.06, unit="share", source="assumption", least=0, most=1)
    """Share of what is missing to full strength that a meeting gives back to a very weak tie; a stronger one gets back
    less, in proportion to what is missing."""
    trust_renewal: float = quantity(0.01, low=0.0, high=0.03, unit="share", source="assumption", least=0, most=1)
    """Share of what is missing to full trust that a meeting gives."""
    wear_link: float = quantity(0.05, low=0.02, high=0.1, unit="per month", source=_BURT, least=0, most=1)
    """Share of its strength that a link with an organisation loses in a month; what renews it is counted where it
    happens."""
    forgotten: float = quantity(0.08, low=0.05, high=0.15, unit="strength", source="assumption", least=0, most=1)
    """Strength under which a tie dissolves."""

    def changes(self) -> NDArray[np.float32]:
        """Gain, loss and gain of trust, float32 (21, 3): row 0 for people who live together, then by kind, young,
        met.
        """
        table = np.zeros((1 + 4 * len(TieKind), 3), np.float32)
        for kind in TieKind:
            wear = getattr(self, f"wear_{kind.name.lower()}")
            for young in (0, 1):
                row = 1 + 4 * kind + 2 * young
                table[row, 1] = wear * (self.young_wear if young else 1.0)
                table[row + 1] = self.renewal, 0.0, self.trust_renewal
        return table

    def limits(self, contact: float = 1.0) -> tuple[np.float32, np.float32, np.float32]:
        """Chance to run into each other (a share `contact` of it is left), chance to seek each other out, and strength
        under which a tie dissolves.
        """
        return np.float32(self.running_into * contact), np.float32(self.meeting), np.float32(self.forgotten)


def erosion(community: Community, parameters: ModelParameters) -> None:
    """Wear down, renew and dissolve ties, and let links with organisations fade."""
    p = parameters.erosion
    ties = community.ties
    fade(
        ties.columns,
        community.time_share,
        p.changes(),
        p.limits(community.levers.event.contact),
        np.int16(community.month - p.young),
        community.chance.key("erosion.meeting", community.month),
    )
    community.links.fade(p.wear_link, p.forgotten)


@kernel
def fade(columns, share, changes, limits, old, key):  # type: ignore[no-untyped-def]
    """One month of meetings and wear, in place; dissolved ties get strength 0. A tie since `old` or before is old.

    A tie of strength s becomes ``s + (1 - s) * (gain * (1 - s) - loss * s)``, with gain and loss read from a table by
    kind, youth and whether the two met: without a branch, which would be a guess for the processor at every tie. All
    of it is in single precision, which halves the time.
    """
    first, second, strength, trust, kind, formed_by, since = columns
    running_into, meeting, forgotten = limits
    halves = first_halves(key, len(share))
    for e in range(len(first)):
        u, v = np.uint32(first[e]), np.uint32(second[e])
        s = strength[e]
        draw = coarse_second_half(halves[u], v)
        met = np.uint64(draw < (running_into + meeting * s) * (_HALF * (share[u] + share[v])))
        young = np.uint64(since[e] > old)
        apart = np.uint64(formed_by[e] != _HOUSEHOLD)
        row = apart * (_1 + _4 * np.uint64(kind[e]) + _2 * young + met)
        faded = s + (_WHOLE - s) * (changes[row, 0] * (_WHOLE - s) - changes[row, 1] * s)
        # What another mechanism dissolved this month stays dissolved.
        strength[e] = faded if faded >= forgotten and s > _NOTHING else _NOTHING
        trust[e] += changes[row, 2] * (_WHOLE - trust[e])
