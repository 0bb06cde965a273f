"""What the network is like: sizes of personal networks, isolation, clustering, homophily, mixing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simcomunita.compiled import kernel
from simcomunita.network.memberships import Memberships
from simcomunita.network.ties import TieKind, Ties

SUPPORT = 0.6
"""Strength from which somebody can be counted on."""
SYMPATHY = 0.25
"""Strength from which a tie belongs to the sympathy group."""
MET_AT_MOST = 40
"""How many fellow members of one focus a person knows at most (assumption)."""

_KIN = int(TieKind.KIN)


def ties_of(ties: Ties, least: float = 0.0) -> NDArray[np.int32]:
    """How many ties of at least a strength each person has: int32 (n)."""
    strong = ties.strength >= np.float32(least)
    count = np.bincount(ties.first[strong], minlength=ties.n) + np.bincount(ties.second[strong], minlength=ties.n)
    return count.astype(np.int32)


def mean_support_ties(ties: Ties, among: NDArray[np.bool_] | None = None) -> float:
    """Mean number of ties a resident can count on (strength at least 0.6); nan if there is nobody.

    Dimensionless; 4-5 in the literature (Hill & Dunbar 2003).
    """
    return _mean(ties_of(ties, SUPPORT), among)


def mean_sympathy_ties(ties: Ties, among: NDArray[np.bool_] | None = None) -> float:
    """Mean number of ties of a strength of at least 0.25.

    Dimensionless; 11-15 in the literature (Hill & Dunbar 2003; Zhou et al. 2005).
    """
    return _mean(ties_of(ties, SYMPATHY), among)


def _mean(values: NDArray[np.generic], among: NDArray[np.bool_] | None) -> float:
    chosen = values if among is None else values[among]
    return float(chosen.mean()) if len(chosen) else float("nan")


def without_support(ties: Ties) -> NDArray[np.bool_]:
    """Who has no support tie outside their household and kin: bool (n)."""
    helps = (ties.strength >= np.float32(SUPPORT)) & (ties.kind != TieKind.KIN)
    alone = np.ones(ties.n, np.bool_)
    alone[ties.first[helps]] = False
    alone[ties.second[helps]] = False
    return alone


def isolated_share(ties: Ties, among: NDArray[np.bool_]) -> float:
    """Share of those `among` (bool (n); the grown-ups) who have no support tie outside their household and
    kin.

    About 0.19 in Italy (ISTAT BES, people to rely on, from 14 years on).
    """
    return _mean(without_support(ties), among)


def local_clustering(ties: Ties, least: float = 0.0) -> NDArray[np.float64]:
    """Local clustering coefficients: float64 (n), nan for those with fewer than two ties.

    The share of pairs of a person's contacts who are tied to each other (Watts & Strogatz 1998).
    """
    strong = ties.strength >= np.float32(least)
    triangles, degree = _triangles(ties.n, ties.first[strong], ties.second[strong])
    possible = degree * (degree - 1) / 2
    return np.where(possible > 0, triangles / np.where(possible > 0, possible, 1), np.nan)


def mean_clustering(ties: Ties) -> float:
    """Mean local clustering coefficient; people with fewer than two ties count as 0, as in NetworkX."""
    return _mean(np.nan_to_num(local_clustering(ties)), None)


def clustering_of(ties: Ties, people: NDArray[np.intp]) -> float:
    """Mean local clustering coefficient of some people (by number); who has fewer than two ties counts as 0."""
    closed, degree = _closed(people, ties.first, ties.second, ties.up, ties.down, ties.down_edge)
    possible = degree * (degree - 1) / 2
    return float((closed / np.maximum(possible, 1)).mean()) if len(people) else 0.0


def ties_with(ties: Ties, people: NDArray[np.intp], others: NDArray[np.bool_]) -> int:
    """How many ties outside the family some people (by number) have with `others` (bool (n)), who are none of them."""
    return int(_ties_with(people, others, ties.first, ties.second, ties.up, ties.down, ties.down_edge, ties.kind))


@kernel
def _ties_with(people, others, first, second, up, down, down_edge, kind):  # type: ignore[no-untyped-def]
    count = 0
    for i in people:
        for e in range(up[i], up[i + 1]):
            count += others[second[e]] and kind[e] != _KIN
        for d in range(down[i], down[i + 1]):
            e = down_edge[d]
            count += others[first[e]] and kind[e] != _KIN
    return count


@kernel
def _closed(people, first, second, up, down, down_edge):  # type: ignore[no-untyped-def]
    """Pairs of each one's contacts that are tied to each other, and how many contacts: int64 (k) each."""
    closed = np.zeros(len(people), np.int64)
    degree = np.zeros(len(people), np.int64)
    for k in range(len(people)):
        i = people[k]
        lower, higher = down[i + 1] - down[i], up[i + 1] - up[i]
        contacts = np.empty(lower + higher, np.int32)
        for d in range(lower):
            contacts[d] = first[down_edge[down[i] + d]]
        contacts[lower:] = second[up[i] : up[i + 1]]
        degree[k] = len(contacts)
        # Contacts ascend, and so does each row: a later contact can only be among the higher ties of an earlier.
        for p in range(len(contacts)):
            row = second[up[contacts[p]] : up[contacts[p] + 1]]
            for q in range(p + 1, len(contacts)):
                place = np.searchsorted(row, contacts[q])
                closed[k] += place < len(row) and row[place] == contacts[q]
    return closed, degree


def transitivity(ties: Ties) -> float:
    """Share of paths of length two that are closed (Newman 2001); nan if there are none."""
    triangles, degree = _triangles(ties.n, ties.first, ties.second)
    paths = float((degree * (degree - 1) / 2).sum())
    return float(triangles.sum()) / paths if paths else float("nan")


@kernel
def _triangles(n, first, second):  # type: ignore[no-untyped-def]
    """Triangles through each person and their degree: int64 (n) each. Ties are sorted by (first, second)."""
    up = np.zeros(n + 1, np.int64)
    degree = np.zeros(n, np.int64)
    for e in range(len(first)):
        up[first[e] + 1] += 1
        degree[first[e]] += 1
        degree[second[e]] += 1
    for i in range(n):
        up[i + 1] += up[i]
    triangles = np.zeros(n, np.int64)
    for e in range(len(first)):
        a, b = first[e], second[e]
        # Common higher neighbours of a and b: both rows ascend.
        p, q = e + 1, up[b]
        while p < up[a + 1] and q < up[b + 1]:
            if second[p] < second[q]:
                p += 1
            elif second[p] > second[q]:
                q += 1
            else:
                triangles[a] += 1
                triangles[b] += 1
                triangles[second[p]] += 1
                p += 1
                q += 1
    return triangles, degree


def wider_contacts(ties: Ties, foci: Sequence[Memberships]) -> NDArray[np.int32]:
    """How many people each knows through ties or meets in a shared focus: int32 (n).

    In a focus of more than 41 members somebody meets the 40 who are nearest by number, who live nearest.
    30-50 in the literature (Zhou et al. 2005, Proceedings of the Royal Society B 272:439).
    """
    starts = [f.by_focus for f in foci]
    offset = np.cumsum([0, *(len(f) for f in foci)])
    by_focus = np.concatenate([np.zeros(1, np.int64), *(s[1:] + o for s, o in zip(starts, offset, strict=False))])
    persons = np.concatenate([np.empty(0, np.int32), *(f.person for f in foci)])
    turned = np.argsort(persons, kind="stable")
    rows = np.concatenate([[0], np.cumsum(np.bincount(persons, minlength=ties.n))])
    return np.asarray(
        _wider(
            ties.n,
            ties.first,
            ties.second,
            ties.up,
            ties.down,
            ties.down_edge,
            by_focus,
            persons,
            turned,
            rows,
            MET_AT_MOST // 2,
        )
    )


@kernel
def _wider(n, first, second, up, down, down_edge, by_focus, persons, turned, rows, reach):  # type: ignore[no-untyped-def]
    """Distinct contacts of each person: int32 (n)."""
    out = np.zeros(n, np.int32)
    seen = np.full(n, -1, np.int32)
    for i in range(n):
        seen[i] = i
        count = 0
        for e in range(up[i], up[i + 1]):
            if seen[second[e]] != i:
                seen[second[e]] = i
                count += 1
        for d in range(down[i], down[i + 1]):
            j = first[down_edge[d]]
            if seen[j] != i:
                seen[j] = i
                count += 1
        for r in range(rows[i], rows[i + 1]):
            at = turned[r]
            focus = np.searchsorted(by_focus, at, side="right") - 1
            low, high = by_focus[focus], by_focus[focus + 1]
            # A window of 2 * reach others around one's own place, moved inwards at the ends.
            a = max(low, min(at - reach, high - 2 * reach - 1))
            b = min(high, max(at + reach + 1, low + 2 * reach + 1))
            for q in range(a, b):
                if seen[persons[q]] != i:
                    seen[persons[q]] = i
                    count += 1
        out[i] = count
    return out


def same_group_share(ties: Ties, group: NDArray[np.generic], least: float = 0.0) -> float:
    """Share of ties (of at least a strength) that join two people of one group; nan without ties."""
    strong = ties.strength >= np.float32(least)
    return _mean(group[ties.first[strong]] == group[ties.second[strong]], None)


def same_group_by_chance(group: NDArray[np.integer]) -> float:
    """Share of all pairs of people who are of one group: what ties at random would give."""
    count = np.bincount(group.astype(np.int64)).astype(np.float64)
    n = count.sum()
    return float((count * (count - 1)).sum() / (n * (n - 1))) if n > 1 else float("nan")


def mixing(ties: Ties, group: NDArray[np.integer], groups: int) -> NDArray[np.int64]:
    """Ties between groups: int64 (groups, groups), symmetric; a tie within a group counts once, on the
    diagonal.
    """
    table = _between(ties.first, ties.second, group.astype(np.int32), groups)
    return np.asarray(table + table.T - np.diag(np.diag(table)), np.int64)


@kernel
def _between(first, second, group, groups):  # type: ignore[no-untyped-def]
    """Ties from the group of the lower number to that of the higher: int64 (groups, groups)."""
    table = np.zeros((groups, groups), np.int64)
    for e in range(len(first)):
        table[group[first[e]], group[second[e]]] += 1
    return table
