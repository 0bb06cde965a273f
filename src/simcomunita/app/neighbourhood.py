"""A few hundred people around a facilitator, a place or in a town: where each is drawn, and what each is in a month."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import Source, Stage
from simcomunita.app.watching import Focus
from simcomunita.territory.population import GROWN_UP

if TYPE_CHECKING:
    from simcomunita.app.watching import Watched

SIZE = 400
"""People who are shown."""

FINE = 65_535
"""Steps of a position, from one edge to the other."""

_PULL = 0.04
"""How much everybody is drawn to the middle, against a tie that stood all the time."""

_TURNS = 300

_layout = threading.Lock()


class Look(IntEnum):
    """What somebody is in a month, as it is drawn."""

    NOT_REACHED = 0
    REACHED = 1
    PARTICIPANT = 2
    ACTIVE = 3
    PROMOTER = 4
    STOPPED = 5
    """Took part before, and no more."""


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """k people over t months.

    Attributes
    ----------
    focus
        What they are around; a town if its kind is ``town``.
    people
        int32 (k): their numbers, ascending.
    spots
        uint16 (k + 1, 2): where each is drawn, and at the end the focus.
    looks
        uint8 (t, k), `Look`.
    ties
        int32 (m, 4): the two, as positions among `people`, and the first and the last month in which the tie was there.
    known
        int32 (j, 3): whom the facilitator knew (position), from when to when.
    """

    focus: Focus
    people: NDArray[np.int32]
    spots: NDArray[np.uint16]
    looks: NDArray[np.uint8]
    ties: NDArray[np.int32]
    known: NDArray[np.int32]

    def packed(self) -> dict[str, bytes]:
        """The arrays as bytes, as a page takes them: whole numbers of two bytes, looks of one."""
        return {
            "spots": self.spots.astype("<u2").tobytes(),
            "looks": self.looks.tobytes(),
            "ties": self.ties.astype("<u2").tobytes(),
            "known": self.known.astype("<u2").tobytes(),
        }


def town(watched: Watched, municipality: int) -> Focus:
    """A municipality as something to look at."""
    return Focus("town", municipality, municipality, 0, len(watched.stages) - 1)


def foci(watched: Watched) -> dict[str, Focus]:
    """Everything that one can look at from near, by its key: towns, then facilitators' posts and places.

    Each is there once, with the first and the last month in which it was open.
    """
    found = {one.key: one for one in (town(watched, k) for k in range(len(watched.municipalities)))}
    for one in watched.foci:
        before = found.get(one.key, one)
        found[one.key] = one._replace(first=min(one.first, before.first), last=max(one.last, before.last))
    return found


def usual_focus(watched: Watched) -> Focus:
    """What one looks at who has not chosen: the facilitator who was there longest, or else what came first."""
    staff = [one for one in watched.foci if one.kind == "facilitator"]
    longest = max(staff, key=lambda one: one.last - one.first) if staff else next(iter(watched.foci), None)
    return town(watched, 0) if longest is None else foci(watched)[longest.key]


def nearest_focus(watched: Watched, key: str) -> Focus:
    """Return what a key names; the nearest of its kind, if the film has no such; the usual, if it has none at all."""
    known = foci(watched)
    if key in known:
        return known[key]
    kind, _, number = key.partition(":")
    alike = [one for one in known.values() if one.kind == kind]
    return min(alike, key=lambda one: abs(one.number + 1 - int(number))) if alike else usual_focus(watched)


def neighbourhood(watched: Watched, focus: Focus, size: int = SIZE) -> Neighbourhood:
    """Choose the people around a focus, and lay them out.

    First come those of the surroundings who ever took part, then those of the surroundings most tied to them, then
    others most tied to them. Children are left out.

    Raises
    ------
    ValueError
        If there is nobody.
    """
    people = chosen(watched, focus, size)
    if not len(people):
        raise ValueError(f"nobody lives around {focus.kind} {focus.number}")
    inside = np.full(watched.residents, -1, np.int32)
    inside[people] = np.arange(len(people))
    ties = watched.ties[(inside[watched.ties[:, :2]] >= 0).all(axis=1)].copy()
    ties[:, :2] = inside[ties[:, :2]]
    known = np.empty((0, 3), np.int32)
    if focus.kind == "facilitator":
        mine = (watched.known[:, 0] == focus.number) & (inside[watched.known[:, 1]] >= 0)
        known = watched.known[mine][:, 1:].copy()
        known[:, 0] = inside[known[:, 0]]
    return Neighbourhood(focus, people, _spots(watched, people, ties), looks(watched, people), ties, known)


def surroundings(watched: Watched, focus: Focus) -> NDArray[np.bool_]:
    """Who belongs to the surroundings of a focus: bool (n)."""
    here = np.zeros(watched.residents, np.bool_)
    if focus.kind == "town":
        return np.asarray(watched.groups["municipality"] == focus.number, np.bool_)
    if focus.kind == "facilitator":
        here[watched.known[watched.known[:, 0] == focus.number, 1]] = True
        here[[c.person for c in watched.contacts if c.how == Source.FACILITATOR and c.by == focus.number]] = True
        return here
    here[watched.neighbourhood == focus.number] = True
    groups = {number for number, one in enumerate(watched.lineage.initiatives) if one.neighbourhood == focus.number}
    here[[one.person for one in watched.memberships if one.initiative in groups]] = True
    return here


def chosen(watched: Watched, focus: Focus, size: int) -> NDArray[np.int32]:
    """The numbers of the people who are shown, ascending: int32 (k)."""
    here = surroundings(watched, focus)
    highest = watched.stages.max(axis=0)
    takes_part = here & (highest >= int(Stage.PARTICIPANT))
    months = (watched.ties[:, 3] - watched.ties[:, 2] + 1).astype(np.float64)
    drawn = takes_part if takes_part.any() else here
    tied = np.zeros(watched.residents)
    for one, other in ((0, 1), (1, 0)):
        mine = drawn[watched.ties[:, other]]
        tied += np.bincount(watched.ties[mine, one], months[mine], watched.residents)
    order = np.lexsort((-tied, np.where(takes_part, -highest.astype(np.int64), 0), ~takes_part, ~here))
    wanted = (here | (tied > 0)) & (watched.age >= GROWN_UP)
    return np.sort(order[wanted[order]][:size]).astype(np.int32)


def looks(watched: Watched, people: NDArray[np.int32]) -> NDArray[np.uint8]:
    """What some people are in each month: uint8 (t, k)."""
    stages = watched.stages[:, people]
    found = stages.copy()
    position = {person: k for k, person in enumerate(people.tolist())}
    moved: dict[int, list[int]] = {}
    for month, person in watched.moved_in:
        if person in position:
            moved.setdefault(month - watched.first, []).append(position[person])
    took_part = np.zeros(len(people), np.bool_)
    for t, row in enumerate(stages):
        took_part[moved.get(t, [])] = False
        took_part |= row >= int(Stage.PARTICIPANT)
        found[t, took_part & (row < int(Stage.PARTICIPANT))] = Look.STOPPED
    return found


def _spots(watched: Watched, people: NDArray[np.int32], ties: NDArray[np.int32]) -> NDArray[np.uint16]:
    """Lay people out by their ties of all months (Fruchterman & Reingold 1991, Software: Practice and Experience
    21:1129), so that nobody moves from month to month.
    """
    import igraph

    k, t = len(people), len(watched.stages)
    pair, inverse = np.unique(ties[:, 0].astype(np.int64) * k + ties[:, 1], return_inverse=True)
    stood = np.bincount(inverse, ties[:, 3] - ties[:, 2] + 1, len(pair)) / t
    middle = np.stack([np.arange(k), np.full(k, k)], axis=1)
    edges = np.concatenate([np.stack([pair // k, pair % k], axis=1), middle])
    weight = np.concatenate([stood, np.full(k, _PULL)])
    turn = np.arange(k) * np.pi * (3 - 5**0.5)  # as seeds lie in a sunflower: nobody begins where another does
    begin = np.concatenate([np.sqrt(np.arange(k) + 0.5)[:, None] * np.stack([np.cos(turn), np.sin(turn)], 1), [[0, 0]]])
    graph = igraph.Graph(n=k + 1, edges=edges)
    with _layout:
        igraph.set_random_number_generator(random.Random(watched.seed))
        try:
            laid = graph.layout_fruchterman_reingold(weights=weight.tolist(), niter=_TURNS, seed=begin.tolist())
        finally:
            igraph.set_random_number_generator(random)
    spot = np.array(laid.coords) - np.array(laid.coords)[:k].mean(axis=0)
    far = np.hypot(*spot.T)
    # Those far out are drawn nearer, in the same order.
    reach = max(float(np.quantile(far[:k], 0.8)), 1e-9)
    spot *= (np.tanh(far / reach / 1.4) / np.maximum(far, 1e-9))[:, None]
    spot[k] = 0
    spot /= max(float(np.hypot(*spot.T).max()), 1e-9)
    return np.asarray(np.round((spot + 1) / 2 * FINE), np.uint16)
