"""Twins of the kernels of `simcomunita.mechanisms.encounters`."""

from __future__ import annotations

import numpy as np

from simcomunita.mechanisms.encounters import AT_ONCE, LARGE, STREET
from tests.twins.mechanisms.homophily import alike
from tests.twins.network.kernels import packed
from tests.twins.randomness import below, uniform


def in_the_neighbourhood(neighbourhood, start, traits, factors, openness, rates, what, keys):
    rate, in_the_street = rates
    who, whom, accept = keys
    luck = uniform(who, np.arange(len(openness)))
    i = np.flatnonzero((openness > 0) & (luck < rate * openness.astype(np.float64)))
    home = neighbourhood[i]
    low, high = start[home].astype(np.int64), start[home + 1].astype(np.int64)
    turn = uniform(whom, i)
    near = turn < in_the_street
    low, high = np.where(near, np.maximum(low, i - STREET), low), np.where(near, np.minimum(high, i + STREET + 1), high)
    rest = np.where(near, turn / in_the_street, (turn - in_the_street) / (1 - in_the_street))
    j = low + (rest * (high - low)).astype(np.int64)
    return _proposed(i, j, traits, factors, openness, what, accept)


def in_a_focus(rows, traits, factors, openness, rate, what, keys):
    by_person, focus_of, by_focus, member = rows
    who, whom, accept = keys
    luck, likely = uniform(who, np.arange(len(openness))), rate * openness.astype(np.float64)
    foci = np.diff(by_person).astype(np.int64)
    i = np.flatnonzero((foci > 0) & (openness > 0) & (luck < likely))
    turn = np.minimum((luck[i] / np.minimum(1.0, likely[i]) * foci[i]).astype(np.int64), foci[i] - 1)
    focus = focus_of[by_person[i] + turn]
    low, high = by_focus[focus].astype(np.int64), by_focus[focus + 1].astype(np.int64)
    place = np.array([a + np.searchsorted(member[a:b], one) for one, a, b in zip(i, low, high, strict=True)], np.int64)
    large = high - low > LARGE
    low, high = (
        np.where(large, np.maximum(low, place - AT_ONCE), low),
        np.where(large, np.minimum(high, place + AT_ONCE + 1), high),
    )
    j = member[low + below(whom, i, high - low)]
    return _proposed(i, j, traits, factors, openness, what, accept)


def _proposed(i, j, traits, factors, openness, what, accept):
    takes = (j != i) & (openness[j] > 0) & (uniform(accept, i) < alike(i, j, *traits, factors))
    return packed(i[takes], j[takes], *what)
