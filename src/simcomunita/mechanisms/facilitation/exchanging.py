"""What is asked of people in groups, and how well it fits the ties they have there.

A friend will do much, a neighbour something, somebody who was helped likes to give back; asking the same of everybody
asks too much of those who are tied to nobody there, and they wear out first. That what may be asked differs by the kind
of tie is the idea of relational models (Fiske 1992, Psychological Review 99:689-723).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.network import TieKind

if TYPE_CHECKING:
    from simcomunita.community import Community

CLOSE = 0.4
"""Strength from which a friend or relative may be asked much; an assumption."""


def asked_too_much(community: Community, people: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Of some members of groups, whose facilitator asks the same of everybody while they have no close tie there: bool
    (k).
    """
    same = {f.post.ordinal for f in community.facilitators if f.post.exchange == "uniform"}
    if not same:
        return np.zeros(len(people), np.bool_)
    uniform = np.array([*(g.hours > 0 and g.accompanied_by in same for g in community.groups), False])
    ties, group_of = community.ties, community.group_of
    kinds = (ties.kind == TieKind.KIN) | (ties.kind == TieKind.FRIEND)
    close = np.flatnonzero(kinds & (ties.strength >= np.float32(CLOSE)))
    one, other = ties.first[close], ties.second[close]
    within = (group_of[one] >= 0) & (group_of[one] == group_of[other])
    at_home = np.zeros(len(group_of), np.bool_)
    at_home[one[within]] = True
    at_home[other[within]] = True
    return np.asarray(uniform[group_of[people]] & ~at_home[people])
