"""A community facilitator: an individual who knows some people, accompanies some groups, and decides where hours go."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.individual import Individual
from simcomunita.compiled import kernel
from simcomunita.policy.calendar import Post
from simcomunita.policy.levers import TASKS

if TYPE_CHECKING:
    from simcomunita.community import Community


@kernel
def with_new(acquaintances, people, known):  # type: ignore[no-untyped-def]
    """Acquaintances and those of `people` who are not known yet, ascending: int64 (k); marks them as known."""
    new = np.empty(len(people), np.int64)
    n = 0
    for i in people:
        new[n] = i
        n += not known[i]
        known[i] = True
    new = np.sort(new[:n])
    together = np.empty(len(acquaintances) + n, np.int64)
    a, b = 0, 0
    for k in range(len(together)):
        if b == n or (a < len(acquaintances) and acquaintances[a] < new[b]):
            together[k] = acquaintances[a]
            a += 1
        else:
            together[k] = new[b]
            b += 1
    return together


DEEDS = 1 << 20
"""More than anybody does of one kind in a month; keeps the addresses of two facilitators apart."""


class Facilitator(Individual):
    """The person who fills a post.

    Attributes
    ----------
    post
        The post as it is funded this month: hours, skill, split of hours, style.
    number
        The person's address for chance: post and month of hiring, so that a further post changes nobody's luck.
    home, catchment
        Index of the municipality the post sits in; those it looks after.
    hired
        Month.
    known, acquaintances
        bool (n), and their numbers, ascending: whom this person knows; nobody else can be asked by name or introduced.
    documented
        bool (n): the part of the map that is written down, and stays when the person leaves.
    practice
        In [0, 1]: how far ways of working are written down; makes starting again cheaper.
    lean
        For each task, how far evaluation has moved hours towards it (1: as planned).
    spent, gained
        Hours and results by task, over the months since the last evaluation.
    """

    def __init__(self, model: Community, post: Post, home: int, catchment: tuple[int, ...]) -> None:
        super().__init__(model)
        n = len(model.population)
        self.post = post
        self.home = home
        self.catchment = catchment
        self.hired = model.month
        self.number = post.ordinal * 100_000 + model.month
        self.known: NDArray[np.bool_] = np.zeros(n, np.bool_)
        self.documented: NDArray[np.bool_] = np.zeros(n, np.bool_)
        self.acquaintances: NDArray[np.intp] = np.empty(0, np.intp)
        self.practice = 0.0
        self.lean: dict[str, float] = dict.fromkeys(TASKS, 1.0)
        self.spent: dict[str, float] = dict.fromkeys(TASKS, 0.0)
        self.gained: dict[str, float] = dict.fromkeys(TASKS, 0.0)

    def addresses(self, number: int) -> NDArray[np.int64]:
        """Addresses for chance of so many things done in a month: int64 (number)."""
        return self.number * DEEDS + np.arange(number)

    def plan_hours(self) -> dict[str, float]:
        """Split this month's hours over the tasks: as funded, leaning to what evaluation found to work.

        Casework is what the funder asked for, so evaluation moves hours only among the tasks of community work.
        """
        hours = self.post.hours
        shares = dict(zip(TASKS, self.post.split.shares(), strict=True))
        community_work = [task for task in TASKS if task != "casework"]
        # fsum, because sum() of floats rounds in another way from Python 3.12 on.
        planned = math.fsum(shares[task] for task in community_work)
        leaning = math.fsum(shares[task] * self.lean[task] for task in community_work)
        plan = {"casework": shares["casework"] * hours}
        for task in community_work:
            plan[task] = hours * planned * shares[task] * self.lean[task] / leaning if leaning > 0 else 0.0
        return plan

    def note(self, task: str, hours: float, result: float) -> None:
        """Remember what hours were spent on a task and what they yielded."""
        self.spent[task] += hours
        self.gained[task] += result
        self.model.ledger.count(f"hours_{task}", hours)

    def meet(self, people: NDArray[Any]) -> int:
        """Put people on the map; how many were not on it yet."""
        before = len(self.acquaintances)
        self.acquaintances = with_new(self.acquaintances, people.astype(np.int64, copy=False), self.known)
        return len(self.acquaintances) - before

    def lose(self, people: NDArray[Any]) -> None:
        """Take people off the map: they moved away."""
        self.known[people] = False
        self.documented[people] = False
        self.acquaintances = self.acquaintances[self.known[self.acquaintances]]

    def read(self, people: NDArray[Any], practice: float) -> None:
        """Take over what somebody wrote down: people, and how things are done."""
        self.meet(people)
        self.documented[people] = True
        self.practice = practice

    def remember(self) -> dict[str, Any]:
        """Everything about this person that changes, as plain values and arrays."""
        return {
            "ordinal": self.post.ordinal,
            "home": self.home,
            "hired": self.hired,
            "number": self.number,
            "known": self.acquaintances.astype(np.int32),
            "documented": np.flatnonzero(self.documented).astype(np.int32),
            "practice": self.practice,
            "lean": dict(self.lean),
            "spent": dict(self.spent),
            "gained": dict(self.gained),
        }

    def recall(self, memory: dict[str, Any]) -> None:
        """Become who was remembered."""
        self.hired, self.number = memory["hired"], memory["number"]
        self.meet(memory["known"])
        self.documented[memory["documented"]] = True
        self.practice = memory["practice"]
        self.lean, self.spent, self.gained = (dict(memory[key]) for key in ("lean", "spent", "gained"))
