"""One run looked at month by month: what the film, the neighbourhood and the stories are made of.

Nothing here acts on the model or draws chance; it only reads what stands at the end of a month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizens import Source
from simcomunita.months import month_name, parse_month

if TYPE_CHECKING:
    from simcomunita.model import CommunityModel
    from simcomunita.outcomes.lineage import Lineage
    from simcomunita.policy import Policy
    from simcomunita.scenario import Study

SIDES = ("municipality", "age", "origin", "vulnerable")
"""What residents are grouped by."""

AGES = (35, 65)
"""Ages at which the next group of ages begins."""

KINDS = ("ties", "activations")
"""What flows: ties that are made, and people who are brought to run things by another citizen."""


class Contact(NamedTuple):
    """A first contact with the project: when, whose, how (`Source`) and by whom (-1 unknown)."""

    month: int
    person: int
    how: int
    by: int


class Membership(NamedTuple):
    """That somebody belongs to a group (number in the lineage) from one month through another."""

    person: int
    initiative: int
    first: int
    last: int


class Focus(NamedTuple):
    """Where one can look: a facilitator's post (its number) or a place (its neighbourhood's), open in these months."""

    kind: str
    number: int
    municipality: int
    first: int
    last: int

    @property
    def key(self) -> str:
        """How a link names it, counted from 1 as readers see it."""
        return f"{self.kind}:{self.number + 1}"


@dataclass(frozen=True, eq=False)
class Watched:
    """What was seen of a run, over t months, n residents and c municipalities.

    Attributes
    ----------
    name, seed, scale
        Of the run.
    first, branch
        Number of the first month, and how many months are history.
    municipalities, positions
        Names; and where they lie, float (c, 2) in [0, 1], east and south.
    groups
        For each of `SIDES`, uint8 (n): which group everybody belongs to.
    flows
        For each of `SIDES` and `KINDS`, uint16 (t, k, k): in each month from which group to which; ties have no
        direction and stand once, from the lower group to the higher.
    stages
        uint8 (t, n): `Stage` at the end of each month.
    moved_in
        (month, person) of everybody who moved in, under the number of somebody who left.
    contacts, memberships
        First contacts, and who belonged to which group from when to when.
    age, neighbourhood, neighbourhood_municipality
        Of everybody (n), and where each neighbourhood lies.
    ties
        int32 (m, 4): the two, and the first and the last month in which a tie was there (positions; it may come again).
    known
        int32 (k, 4): post, person, first and last month in which the person was on the facilitator's map.
    foci
        Facilitators' posts and places, in the order in which they came.
    lineage
        What came from what.
    """

    name: str
    seed: int
    scale: float
    first: int
    branch: int
    municipalities: tuple[str, ...]
    positions: NDArray[np.float64]
    groups: Mapping[str, NDArray[np.uint8]]
    age: NDArray[np.uint8]
    neighbourhood: NDArray[np.int32]
    neighbourhood_municipality: NDArray[np.uint8]
    flows: Mapping[tuple[str, str], NDArray[np.uint16]]
    stages: NDArray[np.uint8]
    moved_in: tuple[tuple[int, int], ...]
    contacts: tuple[Contact, ...]
    memberships: tuple[Membership, ...]
    ties: NDArray[np.int32]
    known: NDArray[np.int32]
    foci: tuple[Focus, ...]
    lineage: Lineage

    @property
    def months(self) -> tuple[str, ...]:
        """All months, as YYYY-MM."""
        return tuple(month_name(self.first + t) for t in range(len(self.stages)))

    def nearest_month(self, name: str) -> int:
        """Position of a month (YYYY-MM), or of the nearest that the film has; of its last, if none is named."""
        last = len(self.stages) - 1
        return min(max(parse_month(name) - self.first, 0), last) if name else last

    @property
    def residents(self) -> int:
        """How many residents were simulated."""
        return len(self.age)


class _Spells:
    """From when to when something was there, for things that have a number and are there or not in each month."""

    def __init__(self) -> None:
        self._here: NDArray[np.int64] = np.empty(0, np.int64)
        self._since: NDArray[np.int64] = np.empty(0, np.int64)
        self._ended: list[NDArray[np.int64]] = []

    def look(self, here: NDArray[np.int64], month: int) -> None:
        """Note what is there in a month: numbers, ascending, none twice."""
        place = np.searchsorted(self._here, here)
        before = np.zeros(len(here), np.bool_)
        inside = place < len(self._here)
        before[inside] = self._here[place[inside]] == here[inside]
        began = np.full(len(here), month, np.int64)
        began[before] = self._since[place[before]]
        gone = np.ones(len(self._here), np.bool_)
        gone[place[before]] = False
        self._end(gone, month - 1)
        self._here, self._since = here.astype(np.int64), began

    def _end(self, which: NDArray[np.bool_], month: int) -> None:
        number = int(which.sum())
        if number:
            self._ended.append(np.stack([self._here[which], self._since[which], np.full(number, month)], axis=1))

    def all(self, month: int) -> NDArray[np.int64]:
        """Every spell, int64 (k, 3): number, first and last month; sorted."""
        alive = np.stack([self._here, self._since, np.full(len(self._here), month)], axis=1)
        spells = np.concatenate([*self._ended, alive])
        order: NDArray[np.intp] = np.lexsort((spells[:, 1], spells[:, 0]))
        return spells[order]


class Watch:
    """Looks at a model after each month that it has lived; begins with how it stands.

    Parameters
    ----------
    model
        The run. What happened before is known as far as the model itself remembers: first contacts and activations,
        and since when ties stand.
    """

    def __init__(self, model: CommunityModel) -> None:
        self.model = model
        self.first = model.month
        self._groups = grouped(model)
        self._flows: dict[tuple[str, str], list[NDArray[np.uint16]]] = {(s, k): [] for s in SIDES for k in KINDS}
        self._stages: list[NDArray[np.uint8]] = []
        self._moved: list[tuple[int, int]] = []
        self._contacts: list[Contact] = []
        self._ties, self._known, self._members, self._foci = _Spells(), _Spells(), _Spells(), _Spells()
        self._homes: dict[tuple[int, int], int] = {}
        self.look()

    def follow(self, model: CommunityModel) -> None:
        """Go on with a branch of the same past.

        Raises
        ------
        ValueError
            If it stands in another month, or has other residents.
        """
        if model.month != self.first + len(self._stages) - 1 or model.population is not self.model.population:
            raise ValueError("a watch can only follow a branch that begins where it stands")
        self.model = model

    def look(self) -> None:
        """Note how the month ended.

        Raises
        ------
        ValueError
            If months were left out since the last look.
        """
        model, month = self.model, self.model.month
        if month != self.first + len(self._stages):
            raise ValueError(f"the model stands in {model.date}; expected the month after the last one looked at")
        beginning = not self._stages
        c = model.citizens
        self._stages.append(c.stage.copy())
        seen = np.flatnonzero(c.reached_month >= 0 if beginning else c.reached_month == month)
        columns = (c.reached_month[seen], seen, c.reached_how[seen], c.reached_by[seen])
        self._contacts.extend(Contact(*row) for row in zip(*(one.tolist() for one in columns), strict=True))
        if not beginning:
            self._moved.extend((month, person) for person in np.flatnonzero(c.arrived == month).tolist())
        # A tie that dissolved and was made again within a month is taken as having stayed.
        self._ties.look(model.ties.first.astype(np.int64) << 24 | model.ties.second, month)
        self._look_at_staff()
        for side in SIDES:
            for kind, found in zip(KINDS, self._flow(side), strict=True):
                # Before the first month nothing was seen to happen.
                self._flows[side, kind].append(np.zeros_like(found) if beginning else found)

    def _look_at_staff(self) -> None:
        model, month = self.model, self.model.month
        initiatives = np.array([*(group.initiative for group in model.groups), -1], np.int64)[model.group_of]
        members = np.flatnonzero(initiatives >= 0)
        self._members.look(members.astype(np.int64) << 24 | initiatives[members], month)
        known, foci = [np.empty(0, np.int64)], []
        for one in model.facilitators:
            known.append(np.int64(one.post.ordinal) << 24 | one.acquaintances.astype(np.int64))
            foci.append(one.post.ordinal)
            self._homes[0, one.post.ordinal] = one.home
        for place, home in zip(model.places.neighbourhood.tolist(), model.places.municipality.tolist(), strict=True):
            foci.append(1 << 24 | place)
            self._homes[1, place] = home
        self._known.look(np.sort(np.concatenate(known)), month)
        self._foci.look(np.array(sorted(foci), np.int64), month)

    def _flow(self, side: str) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
        """What was made in this month, from group to group: ties, and people brought to run things."""
        model, month, group = self.model, self.model.month, self._groups[side]
        size = count_of(model, side)
        made = model.ties.since == month
        one, other = group[model.ties.first[made]], group[model.ties.second[made]]
        ties = _counted(np.minimum(one, other), np.maximum(one, other), size)
        by, person = np.array(list(_brought(model.lineage, month)), np.int64).reshape(-1, 2).T
        return ties, _counted(group[by], group[person], size)

    def watched(self) -> Watched:
        """Everything that was seen so far."""
        model, last = self.model, self.model.month
        p, first = model.population, self.first
        ties, known, foci = (spells.all(last) for spells in (self._ties, self._known, self._foci))
        members = [
            Membership(key >> 24, key & 0xFFFFFF, began, ended)
            for key, began, ended in self._members.all(last).tolist()
        ]
        return Watched(
            name=model.name,
            seed=model.seed,
            scale=p.scale,
            first=first,
            branch=len(self._stages),
            municipalities=p.municipalities,
            positions=_map(model),
            groups=self._groups,
            age=p.age,
            neighbourhood=p.neighbourhood,
            neighbourhood_municipality=p.neighbourhood_municipality,
            flows={key: np.stack(found) for key, found in self._flows.items()},
            stages=np.stack(self._stages),
            moved_in=tuple(self._moved),
            contacts=tuple(self._contacts),
            memberships=tuple(members),
            ties=_unpacked(ties, first),
            known=_unpacked(known, first),
            foci=tuple(
                sorted(
                    (self._focus(key, began - first, ended - first) for key, began, ended in foci.tolist()),
                    key=lambda one: (one.kind != "facilitator", one.first, one.number),
                )
            ),
            lineage=type(model.lineage).recall(model.lineage.remember()),
        )

    def _focus(self, key: int, began: int, ended: int) -> Focus:
        number = key & 0xFFFFFF
        return Focus("place" if key >> 24 else "facilitator", number, self._homes[key >> 24, number], began, ended)


def watch(study: Study, policies: tuple[Policy, ...], name: str, seed: int = 1, scale: float = 0.1) -> Watched:
    """Live a study's history and one future, and look at every month.

    Parameters
    ----------
    policies
        What is funded after the history.
    name
        What the run is called.
    """
    from dataclasses import replace

    from simcomunita.model import CommunityModel

    model = CommunityModel(study.history, seed, scale)
    seen = Watch(model)
    while model.month < study.branch_at - 1:
        model.step()
        seen.look()
    past = len(seen._stages)
    model = model.branch(policies, name)
    seen.follow(model)
    while model.month < study.until:
        model.step()
        seen.look()
    return replace(seen.watched(), branch=past)


def grouped(model: CommunityModel) -> dict[str, NDArray[np.uint8]]:
    """For each of `SIDES` the group that everybody belongs to, uint8 (n)."""
    p = model.population
    home = next((k for k, name in enumerate(model.setting.territory.origins) if name == "italy"), 0)
    return {
        "municipality": p.municipality.astype(np.uint8),
        "age": np.digitize(p.age, AGES).astype(np.uint8),
        "origin": (p.origin != home).astype(np.uint8),
        "vulnerable": p.vulnerable.astype(np.uint8),
    }


def count_of(model: CommunityModel, side: str) -> int:
    """How many groups there are on a side."""
    return {"municipality": len(model.population.municipalities), "age": len(AGES) + 1}.get(side, 2)


def _brought(lineage: Lineage, month: int) -> Iterator[tuple[int, int]]:
    """Who brought whom to run things in a month."""
    for when, person, how, by, _ in reversed(lineage.activations):
        if when != month:
            return
        if how == Source.CITIZEN and by >= 0:
            yield by, person


def _counted(one: NDArray[Any], other: NDArray[Any], size: int) -> NDArray[np.uint16]:
    pairs = one.astype(np.int64) * size + other
    return np.bincount(pairs, minlength=size * size).reshape(size, size).astype(np.uint16)


def _unpacked(spells: NDArray[np.int64], first: int) -> NDArray[np.int32]:
    """The two numbers of a key, and the first and last month as positions."""
    key, began, ended = spells.T
    return np.stack([key >> 24, key & 0xFFFFFF, began - first, ended - first], axis=1).astype(np.int32)


def _map(model: CommunityModel) -> NDArray[np.float64]:
    """Where municipalities lie, float (c, 2) in [0, 1]: east and south, with the same scale both ways."""
    there = model.setting.territory.municipalities
    north = np.array([one.latitude for one in there])
    east = np.array([one.longitude for one in there]) * np.cos(np.radians(north.mean()))
    spot = np.stack([east, -north], axis=1)
    spot -= (spot.max(axis=0) + spot.min(axis=0)) / 2
    return spot / max(float(np.ptp(spot, axis=0).max()), 1e-9) + 0.5
