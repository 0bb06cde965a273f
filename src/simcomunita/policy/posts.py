"""Where facilitators' posts are, and which municipalities each looks after.

Posts that go by population are placed one after another by the method of highest averages of Sainte-Laguë
(1910), also called Webster's: the next post goes where there are most residents for each 2s + 1, s being
the posts already there. Of the divisor methods it is the one without bias towards large or small places
(Balinski & Young 1982, *Fair Representation*), and a further post never moves an earlier one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from simcomunita.policy.calendar import Post


def place_posts(number: int, populations: Sequence[int]) -> list[int]:
    """Return the municipality (its index) of each of ``number`` posts, in the order in which they are placed.

    Ties go to the municipality that comes first. ``place_posts(9, p)[:8] == place_posts(8, p)``.

    Raises
    ------
    ValueError
        If there are posts but no municipality.
    """
    people = [int(p) for p in populations]
    if number and not people:
        raise ValueError("posts need at least one municipality")
    seats = [0] * len(people)
    homes = []
    for _ in range(number):
        home = 0
        for m in range(1, len(people)):
            # people[m] / (2 seats[m] + 1) > people[home] / (2 seats[home] + 1), in whole numbers
            if people[m] * (2 * seats[home] + 1) > people[home] * (2 * seats[m] + 1):
                home = m
        seats[home] += 1
        homes.append(home)
    return homes


def homes_of(posts: Sequence[Post], municipalities: Sequence[str], populations: Sequence[int]) -> list[int]:
    """Return the municipality (its index) of each post: its own where it is bound to one, else by population.

    Raises
    ------
    ValueError
        If a post is bound to a municipality that is not in the list.
    """
    index = {name: m for m, name in enumerate(municipalities)}
    # A post's number says its turn, so that it stays where it is whoever comes and goes.
    turns = place_posts(max((post.ordinal + 1 for post in posts if post.where is None), default=0), populations)
    homes = []
    for post in posts:
        if post.where is not None and post.where not in index:
            raise ValueError(f"{post.where!r} is no municipality of this territory")
        homes.append(turns[post.ordinal] if post.where is None else index[post.where])
    return homes


def catchments(homes: Sequence[int], distances: Sequence[Sequence[float]]) -> list[tuple[int, ...]]:
    """Return the municipalities that each post looks after, in order.

    A municipality with posts is looked after by them all; one without by all the posts of the nearest
    municipality that has one. Of two equally near the one that comes first is taken.

    Parameters
    ----------
    homes
        Municipality index of each post.
    distances
        ``distances[a][b]`` from municipality a to b, in any one unit; a square matrix.
    """
    seats = sorted(set(homes))
    if not seats:
        return []
    looked_after_from = [
        m if m in seats else min(seats, key=lambda seat: float(distances[m][seat])) for m in range(len(distances))
    ]
    return [tuple(m for m, seat in enumerate(looked_after_from) if seat == home) for home in homes]


def placements(
    posts: Sequence[Post],
    municipalities: Sequence[str],
    populations: Sequence[int],
    distances: Sequence[Sequence[float]],
) -> list[tuple[int, tuple[int, ...]]]:
    """Return the home of each post and the municipalities it looks after (indices).

    A post that is bound to a municipality looks after that one only; those that go by population look after all.

    Raises
    ------
    ValueError
        If a post is bound to a municipality that is not in the list.
    """
    homes = homes_of(posts, municipalities, populations)
    free = [home for post, home in zip(posts, homes, strict=True) if post.where is None]
    wide = iter(catchments(free, distances))
    return [(home, next(wide) if post.where is None else (home,)) for post, home in zip(posts, homes, strict=True)]


def scaled(posts: Sequence[Post], scale: float) -> list[Post]:
    """Return the posts for a territory simulated at a scale, with the same hours for each resident.

    A tenth of the people are looked after by a tenth of the posts, not by as many facilitators with a tenth of the
    time each, who could keep no group going. Of the posts that one policy pays for, by population or in one
    municipality, as many are filled as the hours make up; they share them equally.
    """
    if scale == 1:
        return list(posts)
    kinds: dict[tuple[int, str | None], list[Post]] = {}
    for post in posts:
        kinds.setdefault((post.policy, post.where), []).append(post)
    beyond = max((post.ordinal + 1 for post in posts), default=0)
    filled = []
    for alike in kinds.values():
        number = math.ceil(len(alike) * scale - 1e-9)
        for k in range(number):
            post = alike[k % len(alike)]
            ordinal = post.ordinal + beyond * (k // len(alike))
            filled.append(replace(post, ordinal=ordinal, hours=post.hours * len(alike) * scale / number))
    return sorted(filled, key=lambda post: post.ordinal)
