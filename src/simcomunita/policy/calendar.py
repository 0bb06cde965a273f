"""Who is employed and what is in force in a month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from simcomunita.policy.levers import (
    USUAL_OUTREACH,
    USUAL_PAPERWORK,
    Accompaniment,
    Conduct,
    FacilitatorLever,
    Outreach,
    Policy,
    TaskShares,
)


@dataclass(frozen=True, slots=True)
class Post:
    """One facilitator's post in one month."""

    ordinal: int
    """Counted from 0 over everything in force, in list order: eight and nine facilitators share the first
    eight."""
    hours: float
    """Hours a month."""
    skill: float
    """0 to 1."""
    split: TaskShares
    accompaniment: Accompaniment
    conduct: Conduct
    where: str | None
    """The municipality it is bound to; ``None`` where posts go by population
    (:mod:`simcomunita.policy.posts`)."""


@dataclass(frozen=True, slots=True)
class Levers:
    """What is in force in one month; without any policy nobody is employed and services go on as usual."""

    posts: tuple[Post, ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    """Places kept open, by municipality."""
    outreach: Outreach = USUAL_OUTREACH
    paperwork: float = USUAL_PAPERWORK
    """0 none to 1 the heaviest."""


class Calendar:
    """The policies of a run, month by month.

    Facilitators of policies that overlap add up. Of places, outreach and paperwork given by several, the
    last in the list wins.
    """

    def __init__(self, policies: Iterable[Policy]) -> None:
        self.policies = tuple(policies)

    def in_force(self, month: int) -> Levers:
        """Return what holds in a month (a month number; see :mod:`simcomunita.months`)."""
        now = [p for p in self.policies if p.in_force(month)]
        posts: list[Post] = []
        for policy in now:
            if policy.facilitators is not None:
                posts.extend(_posts(policy.facilitators, first=len(posts)))
        places: dict[str, int] = {}
        outreach: Outreach = USUAL_OUTREACH
        paperwork = USUAL_PAPERWORK
        for policy in now:
            places = places if policy.places is None else policy.places
            outreach = policy.outreach or outreach
            paperwork = paperwork if policy.paperwork is None else policy.paperwork
        return Levers(tuple(posts), dict(places), outreach, paperwork)

    def changes(self) -> tuple[int, ...]:
        """Return the months in which something may begin or has just ended, in order."""
        return tuple(sorted({p.start for p in self.policies} | {p.until + 1 for p in self.policies}))


def _posts(lever: FacilitatorLever, first: int) -> Iterator[Post]:
    homes: list[str | None]
    if isinstance(lever.where, dict):
        homes = [name for name, number in lever.where.items() for _ in range(number)]
    else:
        homes = [None] * lever.number
    for ordinal, home in enumerate(homes, first):
        yield Post(ordinal, lever.hours_a_month, lever.skill, lever.hours, lever.accompaniment, lever.conduct, home)
