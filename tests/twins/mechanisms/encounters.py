"""Twins of the kernels of `simcomunita.mechanisms.encounters`."""

from __future__ import annotations

import numpy as np

from tests.twins.mechanisms.homophily import alike
from tests.twins.network.kernels import packed
from tests.twins.randomness import below, uniform


def in_the_neighbourhood(neighbourhood, start, traits, factors, openness, rate, what, keys):
    who, whom, accept = keys
    luck = uniform(who, np.arange(len(openness)))
    i = np.flatnonzero((openness > 0) & (luck < rate * openness.astype(np.float64)))
    home = neighbourhood[i]
    j = start[home] + below(whom, i, start[home + 1] - start[home])
    return _proposed(i, j, traits, factors, openness, what, accept)


def in_a_focus(rows, traits, factors, openness, rate, what, keys):
    by_person, focus_of, by_focus, member = rows
    who, whom, accept = keys
    luck, likely = uniform(who, np.arange(len(openness))), rate * openness.astype(np.float64)
    foci = np.diff(by_person).astype(np.int64)
    i = np.flatnonzero((foci > 0) & (openness > 0) & (luck < likely))
    turn = np.minimum((luck[i] / np.minimum(1.0, likely[i]) * foci[i]).astype(np.int64), foci[i] - 1)
    focus = focus_of[by_person[i] + turn]
    j = member[by_focus[focus] + below(whom, i, by_focus[focus + 1] - by_focus[focus])]
    return _proposed(i, j, traits, factors, openness, what, accept)


def _proposed(i, j, traits, factors, openness, what, accept):
    takes = (j != i) & (openness[j] > 0) & (uniform(accept, i) < alike(i, j, *traits, factors))
    return packed(i[takes], j[takes], *what)
