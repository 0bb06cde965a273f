"""Compiled loops of growing: who is kin to whom, and whom people choose among those they share a focus with.

Proposals are packed as (lower person << 24 | higher person) << 8 | what formed it << 4 | relation.
"""

from __future__ import annotations

import numpy as np

from simcomunita.compiled import kernel
from simcomunita.randomness import uniform, uniform_pair

_24, _8, _4 = np.uint64(24), np.uint64(8), np.uint64(4)
_PERSON = np.uint64(0xFFFFFF)


@kernel
def paired(a, b, formed_by, relation):  # type: ignore[no-untyped-def]
    """Pack two people."""
    low, high = np.uint64(min(a, b)), np.uint64(max(a, b))
    return (low << _24 | high) << _8 | np.uint64(formed_by) << _4 | np.uint64(relation)


@kernel
def household_ties(start, role):  # type: ignore[no-untyped-def]
    """All pairs within households; relation 0 partners, 1 parent and child, 2 siblings, 5 others."""
    total = 0
    for h in range(len(start) - 1):
        size = start[h + 1] - start[h]
        total += size * (size - 1) // 2
    out = np.empty(total, np.uint64)
    k = 0
    for h in range(len(start) - 1):
        for a in range(start[h], start[h + 1]):
            for b in range(a + 1, start[h + 1]):
                low, high = role[a], role[b]
                relation = 5
                if low == 0 and high == 0:
                    relation = 0
                elif low == 0 and high == 1:
                    relation = 1
                elif low == 1 and high == 1:
                    relation = 2
                out[k] = paired(a, b, 0, relation)
                k += 1
    return out


@kernel
def homes_of_parents(age, role, household, cell, cell_start, homes, home_age, chance_of, key):  # type: ignore[no-untyped-def]
    """For each head of a household, the household in which their parents live, or -1: int32 (n).

    `cell` (n) says among which households to look; those of a cell are `homes[cell_start[c]:cell_start[c +
    1]]`, by the age of their eldest. Parents are 22 to 40 years older; chances to be alive fall from 1 at 65
    to 0 at 98.
    """
    n = len(age)
    found = np.full(n, -1, np.int32)
    for i in range(n):
        if role[i] != 0:
            continue
        alive = min(1.0, max(0.0, (98.0 - (age[i] + 31.0)) / 33.0))
        if uniform(key, 8 * i) >= chance_of[i] * alive:
            continue
        wanted = age[i] + 22.0 + 9.0 * (uniform(key, 8 * i + 1) + uniform(key, 8 * i + 2))
        low, high = cell_start[cell[i]], cell_start[cell[i] + 1]
        slack = 1.5
        a, b = 0, 0
        for _ in range(2):
            a = low + np.searchsorted(home_age[low:high], wanted - slack)
            b = low + np.searchsorted(home_age[low:high], wanted + slack)
            if b > a:
                break
            slack = 4.0
        if b <= a:
            continue
        home = homes[a + int(uniform(key, 8 * i + 3) * (b - a))]
        if home == household[i]:
            continue
        # Partners do not share their parents.
        if i > 0 and household[i - 1] == household[i] and found[i - 1] == home:
            continue
        found[i] = home
    return found


@kernel
def kin_ties(role, household, start, parents_home, by_home, key):  # type: ignore[no-untyped-def]
    """Ties to parents, parents-in-law, grandchildren and siblings in other households.

    `by_home` lists those whose parents live in the territory, sorted by their parents' household.
    Relations: 1 parent and child, 2 siblings, 3 grandparent and grandchild, 4 in-laws.
    """
    m = len(by_home)
    out = np.empty(40 * m + 1, np.uint64)
    k = 0
    for q in range(m):
        i = by_home[q]
        home = parents_home[i]
        for elder in range(start[home], start[home + 1]):
            if role[elder] == 1:  # a brother or sister who never left
                if uniform_pair(key, i, elder) < 0.95:
                    out[k] = paired(i, elder, 1, 2)
                    k += 1
                continue
            if role[elder] != 0:
                continue
            out[k] = paired(i, elder, 1, 1)
            k += 1
            for member in range(start[household[i]], start[household[i] + 1]):
                if member == i:
                    continue
                u = uniform_pair(key, member, elder)
                if role[member] == 0 and u < 0.5:
                    out[k] = paired(member, elder, 1, 4)
                    k += 1
                elif role[member] == 1 and u < 0.85:
                    out[k] = paired(member, elder, 1, 3)
                    k += 1
        other = q + 1
        while other < m and parents_home[by_home[other]] == home and other - q < 8:
            out[k] = paired(i, by_home[other], 1, 2)
            k += 1
            other += 1
    return out[:k]


@kernel
def likeness(i, j, age, origin, vulnerable, half_age, across_origin, across_vulnerable):  # type: ignore[no-untyped-def]
    """How likely a tie is against one between two people who are alike, in (0, 1]."""
    gap = (np.float64(age[i]) - np.float64(age[j])) / half_age
    like = 1.0 / (1.0 + gap * gap)
    if origin[i] != origin[j]:
        like *= across_origin
    if vulnerable[i] != vulnerable[j]:
        like *= across_vulnerable
    return like


@kernel
def neighbour_ties(start, neighbourhood, alike, quota, sociability, traits, halves, key):  # type: ignore[no-untyped-def]
    """Choose neighbours: of six people met in the street or the neighbourhood, one by likeness and
    sociability.

    `quota` float64 (n): expected number of choices; `traits` is (age, origin, vulnerable), `halves` float64.
    `alike` is (where the residents of each municipality and origin start, their numbers, each one's cell and
    place in it): some of those met are residents of one's own origin from elsewhere in the municipality.
    """
    n = len(neighbourhood)
    age, origin, vulnerable = traits
    cell_start, cell_people, cell, place = alike
    out = np.empty(int(quota.sum() * 1.2) + 1000, np.uint64)
    k = 0
    for i in range(n):
        picks = int(quota[i] + uniform(key, i << 8))
        low, high = start[neighbourhood[i]], start[neighbourhood[i] + 1]
        for p in range(min(picks, 12)):
            best, total = -1, 0.0
            for t in range(6):
                at = (i << 8) + 16 * p + 2 * t + 16
                u = uniform(key, at)
                if u < 0.6:  # in the street: within 40 residents either way
                    j = i - 40 + int(u / 0.6 * 81)
                    if j < low or j >= high:
                        continue
                elif u < 0.75:
                    j = low + int((u - 0.6) / 0.15 * (high - low))
                else:  # of one's own origin, within 60 of them either way
                    a = max(cell_start[cell[i]], place[i] - 60)
                    b = min(cell_start[cell[i] + 1], place[i] + 61)
                    j = cell_people[a + int((u - 0.75) / 0.25 * (b - a))]
                if j == i or age[j] < 14:
                    continue
                weight = sociability[j] * likeness(i, j, age, origin, vulnerable, halves[0], halves[1], halves[2])
                total += weight
                if uniform(key, at + 1) * total < weight:
                    best = j
            if best >= 0 and k < len(out):
                out[k] = paired(i, best, 2, 0)
                k += 1
    return out[:k]


@kernel
def focus_ties(by_focus, person, quota, formed_by, window, split_age, sociability, traits, halves, key):  # type: ignore[no-untyped-def]
    """Choose fellow members of a focus, nearby ones in a large focus; pupils choose pupils and parents
    parents.

    `quota` float64 (memberships): expected number of choices of a member in a focus; `window` is how many
    members either way somebody meets; with `split_age` > 0 only people on the same side of that age choose
    each other.
    """
    age, origin, vulnerable = traits
    out = np.empty(int(quota.sum() * 1.2) + 1000, np.uint64)
    k = 0
    for f in range(len(by_focus) - 1):
        low, high = by_focus[f], by_focus[f + 1]
        if high - low < 2:
            continue
        for q in range(low, high):
            i = person[q]
            picks = int(quota[q] + uniform(key, q << 8))
            a, b = max(low, q - window), min(high, q + window + 1)
            for p in range(min(picks, 12)):
                best, total = -1, 0.0
                for t in range(6):
                    at = (np.int64(q) << 8) + 16 * p + 2 * t + 16
                    j = person[a + int(uniform(key, at) * (b - a))]
                    if j == i or (split_age > 0 and (age[i] <= split_age) != (age[j] <= split_age)):
                        continue
                    weight = sociability[j] * likeness(i, j, age, origin, vulnerable, halves[0], halves[1], halves[2])
                    total += weight
                    if uniform(key, at + 1) * total < weight:
                        best = j
                if best >= 0 and k < len(out):
                    out[k] = paired(i, best, formed_by, 0)
                    k += 1
    return out[:k]


@kernel
def rows_both_ways(n, pairs):  # type: ignore[no-untyped-def]
    """Compressed rows of sorted packed pairs: where each person's neighbours start, int64 (n + 1), and who
    they are.
    """
    start = np.zeros(n + 1, np.int64)
    for e in range(len(pairs)):
        start[np.int64(pairs[e] >> np.uint64(32)) + 1] += 1
        start[np.int64(pairs[e] >> _8 & _PERSON) + 1] += 1
    for i in range(n):
        start[i + 1] += start[i]
    place = start[:-1].copy()
    neighbour = np.empty(2 * len(pairs), np.int32)
    for e in range(len(pairs)):
        a, b = np.int64(pairs[e] >> np.uint64(32)), np.int64(pairs[e] >> _8 & _PERSON)
        neighbour[place[a]] = b
        place[a] += 1
        neighbour[place[b]] = a
        place[b] += 1
    return start, neighbour


@kernel
def closure_ties(start, neighbour, quota, sociability, traits, halves, key):  # type: ignore[no-untyped-def]
    """Choose friends of friends: of four met through somebody one knows, one by likeness and sociability."""
    n = len(start) - 1
    age, origin, vulnerable = traits
    out = np.empty(int(quota.sum() * 1.2) + 1000, np.uint64)
    k = 0
    for i in range(n):
        own = start[i + 1] - start[i]
        picks = int(quota[i] + uniform(key, i << 8))
        if own == 0 or age[i] < 14:
            continue
        for p in range(min(picks, 14)):
            best, total = -1, 0.0
            for t in range(5):
                at = (i << 8) + 16 * p + 3 * t + 16
                through = neighbour[start[i] + int(uniform(key, at) * own)]
                theirs = start[through + 1] - start[through]
                j = neighbour[start[through] + int(uniform(key, at + 1) * theirs)]
                if j == i or age[j] < 14:
                    continue
                known = False
                for e in range(start[i], start[i + 1]):
                    if neighbour[e] == j:
                        known = True
                        break
                if known:
                    continue
                weight = sociability[j] * likeness(i, j, age, origin, vulnerable, halves[0], halves[1], halves[2])
                total += weight
                if uniform(key, at + 2) * total < weight:
                    best = j
            if best >= 0 and k < len(out):
                out[k] = paired(i, best, 6, 0)
                k += 1
    return out[:k]


@kernel
def pair_draws(pairs, key):  # type: ignore[no-untyped-def]
    """A number in [0, 1) for each packed pair: float64 (m)."""
    out = np.empty(len(pairs))
    for e in range(len(pairs)):
        a, b = np.int64(pairs[e] >> np.uint64(32)), np.int64(pairs[e] >> _8 & _PERSON)
        out[e] = uniform_pair(key, a, b)
    return out


@kernel
def closest(n, first, second, eligible, closeness):  # type: ignore[no-untyped-def]
    """For each person the eligible tie that is closest, or -1: int64 (n)."""
    best = np.full(n, -1, np.int64)
    for e in range(len(first)):
        if not eligible[e]:
            continue
        a, b = first[e], second[e]
        if best[a] < 0 or closeness[e] > closeness[best[a]]:
            best[a] = e
        if best[b] < 0 or closeness[e] > closeness[best[b]]:
            best[b] = e
    return best
