"""Twins of the kernels of `simcomunita.network.kernels`."""

from __future__ import annotations

import numpy as np


def packed(a, b, formed_by, kind):
    low, high = np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64)
    return low << np.uint64(32) | high << np.uint64(8) | np.uint64(formed_by) << np.uint64(4) | np.uint64(kind)


def rows_of_first(n, first):
    return np.concatenate([[0], np.cumsum(np.bincount(first, minlength=n))]).astype(np.int32)


def rows_of_second(n, second):
    return rows_of_first(n, second), np.argsort(second, kind="stable").astype(np.int32)


def merged(columns, proposals, given, month):
    first, second, strength, trust, kind, formed_by, since = columns
    opening, opening_trust, again = given
    # An occasion counts once; occasions of one pair stand together.
    occasions = np.unique(proposals)
    formed = (occasions >> np.uint64(4) & np.uint64(15)).astype(np.intp)
    pairs, begin, count = np.unique(occasions >> np.uint64(8), return_index=True, return_counts=True)

    kept = strength > 0
    standing = first[kept].astype(np.uint64) << np.uint64(24) | second[kept].astype(np.uint64)
    together = np.union1d(standing, pairs)
    old, new = np.searchsorted(together, standing), np.searchsorted(together, pairs)

    def column(before, opens):
        out = np.zeros(len(together), before.dtype)
        out[new] = opens
        out[old] = before[kept]
        return out

    bonds = column(strength, 0)
    # One occasion after the other, over all pairs that had so many.
    for turn in range(count.max(initial=0)):
        more = count > turn
        how, s = formed[begin[more] + turn], bonds[new[more]]
        bonds[new[more]] = np.where(s == 0, opening[how], s + again[how] * (np.float32(1) - s))
    return (
        (together >> np.uint64(24)).astype(np.int32),
        (together & np.uint64(0xFFFFFF)).astype(np.int32),
        bonds,
        column(trust, opening_trust[formed[begin]]),
        column(kind, (occasions & np.uint64(15))[begin].astype(np.uint8)),
        column(formed_by, formed[begin].astype(np.uint8)),
        column(since, month),
    )


def degree(rows):
    return np.diff(rows[0]) + np.diff(rows[2])


def nth_tie(rows, person, turn):
    """The edge of each person's tie number `turn` in the order of neighbours, and who is at its other end."""
    up, second, down, down_edge, first, _ = rows
    lower = down[person + 1] - down[person]
    downwards = turn < lower
    edge = (up[person] + turn - lower).astype(np.int64)
    edge[downwards] = down_edge[(down[person] + turn)[downwards]]
    return edge, np.where(downwards, first[edge], second[edge])


def ties_of(rows, people):
    """All ties of each of `people`, in the order of neighbours: whose (position in `people`), edge, the other end."""
    many = degree(rows)[people]
    whose = np.repeat(np.arange(len(people)), many)
    turn = np.arange(len(whose)) - np.repeat(np.cumsum(many) - many, many)
    return whose, *nth_tie(rows, people[whose], turn)


def company(people, rows, stage, least):
    k = len(people)
    whose, edge, neighbour = ties_of(rows, people)
    bond = rows[5][edge]
    counts = (stage[neighbour] >= least) & (bond > 0)
    whose, neighbour, bond = whose[counts], neighbour[counts], bond[counts]
    closeness, closest = np.zeros(k), np.full(k, -1, np.int32)
    np.add.at(closeness, whose, bond)
    order = np.lexsort((neighbour, -bond, whose))
    accompanied, best = np.unique(whose[order], return_index=True)
    closest[accompanied] = neighbour[order][best]
    return np.bincount(whose, minlength=k).astype(np.int32), closeness, closest


def one_neighbour(people, luck, rows):
    many = degree(rows)[people]
    met = np.full(len(people), -1, np.int64)
    tied = many > 0
    edge, other = nth_tie(rows, people[tied], (luck[tied] * many[tied]).astype(np.int64))
    met[tied] = np.where(rows[5][edge] > 0, other, -1)
    return met
