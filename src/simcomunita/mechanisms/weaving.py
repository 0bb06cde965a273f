"""What one occasion gives a tie: opening strength and trust, by what brought two people together.

Strength is in [0, 1]; a further occasion adds less. A casual friendship takes some 50 hours together, a friendship
90, a good one 200 (Hall 2019, J. Social and Personal Relationships 36:1278-1296), so that no single occasion opens
more than a weak tie. This is a rule that all mechanisms which propose ties share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.configuration import Parameters, quantity
from simcomunita.network import FormedBy

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


def _opening(default: float, low: float, high: float) -> float:
    value: float = quantity(
        default,
        low=low,
        high=high,
        unit="strength",
        source="Hall (2019), JSPR 36:1278, for the order; size is an assumption",
        least=0.01,
        most=1,
    )
    return value


class WeavingParameters(Parameters):
    """The strength with which ties open."""

    neighbourhood: float = _opening(0.12, 0.12, 0.3)
    """Neighbours who meet."""
    school: float = _opening(0.15, 0.15, 0.375)
    """Pupils or parents of a class."""
    work: float = _opening(0.15, 0.15, 0.375)
    """Colleagues."""
    association: float = _opening(0.15, 0.15, 0.375)
    """Members of an association."""
    closure: float = _opening(0.15, 0.15, 0.375)
    """Friends of friends."""
    group: float = _opening(0.3, 0.18, 0.45)
    """People who get talking at a lab."""
    citizen: float = _opening(0.25, 0.15, 0.375)
    """People whom an active citizen introduces."""
    facilitator: float = _opening(0.25, 0.15, 0.375)
    """People whom a facilitator introduces."""
    trust: float = quantity(0.3, low=0.1, high=0.5, unit="trust", source="assumption", least=0, most=1)
    """Trust with which any tie opens."""

    again: float = quantity(0.35, low=0.1, high=0.5, unit="share", source="assumption", least=0, most=1)
    """What a further occasion gives people who are tied already, against what opens a tie: this share of it, of
    what is missing."""

    def given(self) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Opening strength, opening trust and what each further occasion adds, by what formed a tie; kin open at
        full strength.
        """
        opening = np.array([getattr(self, former.name.lower(), 1.0) for former in FormedBy], np.float32)
        return opening, np.full_like(opening, self.trust), opening * np.float32(self.again)


def weave(community: Community, parameters: ModelParameters) -> None:
    """Drop what dissolved, weave in what was proposed."""
    community.ties.weave(community.proposals, parameters.weaving.given(), community.month)
    community.proposals = []
    community.links.weave(community.month)
    community.ties_changed()
