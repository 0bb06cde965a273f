"""Compiled work on the sorted edge list. Each kernel has a plain NumPy twin in the tests, with the same bits."""

from __future__ import annotations

import numpy as np

from simcomunita.compiled import kernel

_24, _8, _4 = np.uint64(24), np.uint64(8), np.uint64(4)
_PERSON = np.uint64(0xFFFFFF)
_SMALL = np.uint64(0xF)
_NOBODY = np.uint64(0xFFFFFFFFFFFFFFFF)
# Unsigned positions spare Numba the question whether an index counts from the end.
_ONE, _NONE = np.uint64(1), np.uint64(0)


@kernel
def packed(a, b, formed_by, kind):  # type: ignore[no-untyped-def]
    """A proposed tie as one sortable number: lower person, higher person, what formed it, kind."""
    low, high = np.uint64(min(a, b)), np.uint64(max(a, b))
    return (((low << _24 | high) << _4 | np.uint64(formed_by)) << _4) | np.uint64(kind)


@kernel
def rows_of_first(n, first):  # type: ignore[no-untyped-def]
    """Where each person's ties to higher numbers start: int32 (n + 1)."""
    start = np.zeros(n + 1, np.int32)
    for e in range(len(first)):
        start[np.uint32(first[e]) + _ONE] += 1
    for i in range(n):
        start[i + 1] += start[i]
    return start


@kernel
def rows_of_second(n, second):  # type: ignore[no-untyped-def]
    """Where each person's ties to lower numbers start, int32 (n + 1), and which edges they are, int32 (m)."""
    start = np.zeros(n + 1, np.int32)
    for e in range(len(second)):
        start[np.uint32(second[e]) + _ONE] += 1
    for i in range(n):
        start[i + 1] += start[i]
    place = start[:-1].copy()
    edge = np.empty(len(second), np.int32)
    for e in range(len(second)):
        whose = np.uint32(second[e])
        edge[np.uint32(place[whose])] = e
        place[whose] += 1
    return start, edge


@kernel
def _strengthened(s, proposals, q, opening, again):  # type: ignore[no-untyped-def]
    """A strength after all occasions of one pair from q on; where the next pair starts, and which it is."""
    pair = proposals[q] >> _8
    last = np.uint64(0)
    while q < len(proposals) and proposals[q] >> _8 == pair:
        if proposals[q] != last:
            formed = (proposals[q] >> _4) & _SMALL
            s = opening[formed] if s == 0 else s + again[formed] * (np.float32(1.0) - s)
        last = proposals[q]
        q += 1
    return s, q, (proposals[q] >> _8 if q < len(proposals) else _NOBODY)


@kernel
def merged(columns, proposals, given, month):  # type: ignore[no-untyped-def]
    """The edge list without dissolved ties (strength 0) and with what was proposed.

    `proposals` are packed and sorted; identical ones count once. `given` is three float32 arrays by what formed a tie:
    the strength and the trust with which a tie opens, and the share of what is missing to full strength that each
    further occasion adds.
    """
    first, second, strength, trust, kind, formed_by, since = columns
    opening, opening_trust, again = given
    m, p = len(first), len(proposals)
    out_first = np.empty(m + p, np.int32)
    out_second = np.empty(m + p, np.int32)
    out_strength = np.empty(m + p, np.float32)
    out_trust = np.empty(m + p, np.float32)
    out_kind = np.empty(m + p, np.uint8)
    out_formed = np.empty(m + p, np.uint8)
    out_since = np.empty(m + p, np.int16)
    k = _NONE
    q = 0
    waiting = proposals[0] >> _8 if p else _NOBODY
    for e in range(m + 1):
        pair = _NOBODY
        if e < m:
            if strength[e] <= 0.0:
                continue
            pair = np.uint64(first[e]) << _24 | np.uint64(second[e])
        while waiting < pair:
            formed = (proposals[q] >> _4) & _SMALL
            out_first[k] = np.int32(waiting >> _24)
            out_second[k] = np.int32(waiting & _PERSON)
            out_trust[k] = opening_trust[formed]
            out_kind[k] = np.uint8(proposals[q] & _SMALL)
            out_formed[k] = np.uint8(formed)
            out_since[k] = month
            out_strength[k], q, waiting = _strengthened(np.float32(0.0), proposals, q, opening, again)
            k += _ONE
        if e < m:
            out_first[k] = first[e]
            out_second[k] = second[e]
            out_strength[k] = strength[e]
            out_trust[k] = trust[e]
            out_kind[k] = kind[e]
            out_formed[k] = formed_by[e]
            out_since[k] = since[e]
            if waiting == pair:
                out_strength[k], q, waiting = _strengthened(strength[e], proposals, q, opening, again)
            k += _ONE
    return (
        out_first[:k],
        out_second[:k],
        out_strength[:k],
        out_trust[:k],
        out_kind[:k],
        out_formed[:k],
        out_since[:k],
    )


@kernel
def company(people, rows, stage, least):  # type: ignore[no-untyped-def]
    """Tied people who stand at `least` or higher on the ladder.

    Parameters
    ----------
    people
        int32 (k).
    rows
        up, second, down, down_edge, first, strength of the ties.
    stage
        uint8 (n).
    least
        A plain int: Numba takes ten times as long to recognise an enumeration.

    Returns
    -------
    count, strength, closest
        int32 (k), float64 (k) and int32 (k): how many, the sum of their ties' strength, the one most strongly tied (the
        lowest number of equals; -1 if nobody).
    """
    up, second, down, down_edge, first, strength = rows
    count = np.zeros(len(people), np.int32)
    weight = np.zeros(len(people), np.float64)
    closest = np.full(len(people), -1, np.int32)
    for k in range(len(people)):
        i = people[k]
        best = np.float32(0.0)
        for d in range(down[i], down[i + 1]):
            e = down_edge[d]
            if stage[first[e]] >= least and strength[e] > 0:
                count[k] += 1
                weight[k] += strength[e]
                if strength[e] > best:
                    best = strength[e]
                    closest[k] = first[e]
        for e in range(up[i], up[i + 1]):
            if stage[second[e]] >= least and strength[e] > 0:
                count[k] += 1
                weight[k] += strength[e]
                if strength[e] > best:
                    best = strength[e]
                    closest[k] = second[e]
    return count, weight, closest


@kernel
def one_neighbour(people, luck, rows):  # type: ignore[no-untyped-def]
    """One tied person of each of `people`, picked by a number in [0, 1): int64 (k), -1 where there is none."""
    up, second, down, down_edge, first, strength = rows
    met = np.full(len(people), -1, np.int64)
    for k in range(len(people)):
        i = people[k]
        lower = down[i + 1] - down[i]
        degree = lower + up[i + 1] - up[i]
        turn = np.int64(luck[k] * degree)
        if degree == 0:
            continue
        edge = np.int64(down_edge[down[i] + turn]) if turn < lower else np.int64(up[i] + turn - lower)
        # A tie that was dissolved this month leads nowhere.
        if strength[edge] > 0.0:
            met[k] = first[edge] if turn < lower else second[edge]
    return met
