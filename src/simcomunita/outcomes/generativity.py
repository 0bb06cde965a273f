"""Generativity: how many further activations each activation leads to, worked out from the lineage.

An activation of which a citizen was the cause is the child of that citizen's own latest activation before it; all
others are roots: they came from facilitators, places and organisations. Trees of children are cascades.

**Reproduction by cohort.** The cohort of a quarter is everybody activated in it. How many children a member has had
``d`` months after the own activation is only seen if that month has been lived, so late cohorts are cut off at the end.
As in a life table (Kaplan & Meier 1958, J. American Statistical Association 53:457-481; for mean numbers of recurrent
events Nelson 1988, J. Quality Technology 20:24-27), the children at each delay are divided by the members that are
still observed at that delay, and the quotients are added up::

    R(D) = sum over d = 0 … D of  children(d) / observed(d)

The sum stops at the last delay at which anybody of the cohort is observed; a cohort tells how far that was.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from simcomunita.outcomes.lineage import Lineage

HORIZON = 12
"""Months after an activation within which its children are counted."""


@dataclass(frozen=True)
class Cohort:
    """Who was activated in one quarter.

    Attributes
    ----------
    start
        First month of the quarter, as a number.
    size
        How many were activated.
    reproduction
        Children of each, on average, within `horizon`.
    observed
        Months after the activation through which somebody of the cohort is observed, `horizon` at most.
    """

    start: int
    size: int
    reproduction: float
    observed: int


def parents(lineage: Lineage) -> NDArray[np.intp]:
    """By activation: the position of the activation that led to it, -1 for a root."""
    return np.array(lineage.parents(), np.intp)


def cascades(lineage: Lineage) -> NDArray[np.intp]:
    """By activation: the position of the root of its cascade, its own for a root."""
    return np.array(lineage.roots(), np.intp)


def cascade_sizes(lineage: Lineage) -> NDArray[np.intp]:
    """The size of each cascade, in the order of their roots."""
    sizes = np.bincount(cascades(lineage))
    return sizes[sizes > 0]


def reproduction_of_window(lineage: Lineage, first: int, last: int, horizon: int = HORIZON) -> float:
    """Mean number of children that each activation of the months `first` to `last` has within the horizon;
    nothing is cut off if month `last + horizon` has been lived. 0 where nobody was activated.
    """
    lived, parent = lineage.activations, lineage.parents()
    begin, end = (bisect_left(lived, month, key=lambda row: row[0]) for month in (first, last + 1))
    if begin == end:
        return 0.0
    children = (position for position in range(begin, len(lived)) if begin <= parent[position] < end)
    return sum(lived[child][0] - lived[parent[child]][0] <= horizon for child in children) / (end - begin)


def reproduction_by_cohort(lineage: Lineage, until: int, horizon: int = HORIZON) -> list[Cohort]:
    """The reproduction number of every quarter in which somebody was activated, as observed through a month."""
    months = np.array([row[0] for row in lineage.activations], np.int64)
    parent = parents(lineage)
    children = np.flatnonzero(parent >= 0)
    delay = months[children] - months[parent[children]]
    found = []
    for quarter in np.unique(months // 3).tolist():
        own = months // 3 == quarter
        longest = min(horizon, until - int(months[own].min()))
        observed = [int((months[own] + d <= until).sum()) for d in range(longest + 1)]
        born = np.bincount(delay[own[parent[children]]], minlength=longest + 1)
        total = fsum(int(born[d]) / observed[d] for d in range(longest + 1))
        found.append(Cohort(quarter * 3, int(own.sum()), total, longest))
    return found
