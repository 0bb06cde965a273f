"""Who is employed and what is in force in a month."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from simcomunita.policy.levers import (
    USUAL_OUTREACH,
    USUAL_PAPERWORK,
    Accompaniment,
    CallForIdeas,
    Conduct,
    CoProgrammingLever,
    Exchange,
    FacilitatorLever,
    HousingLever,
    Outreach,
    OutsideEvent,
    Policy,
    TaskShares,
    WorkLever,
    YouthLever,
)

LAST_WINS = (
    "professionals",
    "places",
    "outreach",
    "paperwork",
    "labs_budget",
    "co_programming",
    "housing",
    "work",
    "youth",
)
"""The levers of which the last in the list of policies wins."""


@dataclass(frozen=True, slots=True)
class Post:
    """One facilitator's post in one month."""

    ordinal: int
    """Its number: eight and nine facilitators share the first eight, and nobody's number changes while funded."""
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
    policy: int = 0
    """Position in the list of the policy that pays for it."""
    trying: bool = True
    exchange: Exchange = "by_tie"
    renewal: float = 0.0
    """Share of the hours for groups that makes practices new again."""


@dataclass(frozen=True, slots=True)
class Levers:
    """What is in force in one month; without any policy nobody is employed and services go on as usual."""

    posts: tuple[Post, ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    """Places kept open, by municipality."""
    outreach: Outreach = USUAL_OUTREACH
    paperwork: float = USUAL_PAPERWORK
    """0 none to 1 the heaviest."""
    labs_budget: float | None = None
    """Euro a year; ``None`` for as much as labs need."""
    professionals: int = 0
    """Places a year in training for community work."""
    calls: tuple[CallForIdeas, ...] = ()
    """Those that are decided on this month."""
    co_programming: CoProgrammingLever | None = None
    housing: HousingLever = field(default_factory=HousingLever)
    work: WorkLever = field(default_factory=WorkLever)
    youth: YouthLever = field(default_factory=YouthLever)
    event: OutsideEvent = field(default_factory=OutsideEvent)
    """All that is in force from outside, multiplied."""


class Calendar:
    """The policies of a run, month by month.

    Facilitators of policies that overlap add up, and so do calls; events multiply. Of every other lever given by
    several, the last in the list wins.
    """

    def __init__(self, policies: Iterable[Policy]) -> None:
        self.policies = tuple(policies)
        self._first_posts = _first_posts(self.policies)

    def in_force(self, month: int) -> Levers:
        """Return what holds in a month (a month number; see :mod:`simcomunita.months`)."""
        posts: list[Post] = []
        last: dict[str, Any] = {}
        calls: list[CallForIdeas] = []
        events: list[OutsideEvent] = []
        for position, policy in enumerate(self.policies):
            if not policy.in_force(month):
                continue
            if policy.facilitators is not None:
                posts.extend(_posts(policy.facilitators, self._first_posts[position], position))
            calls.extend(call for call in policy.calls if call.month == month)
            if policy.event is not None:
                events.append(policy.event)
            last |= {name: copy(said) for name in LAST_WINS if (said := getattr(policy, name)) is not None}
        posts.sort(key=lambda post: post.ordinal)
        return Levers(tuple(posts), calls=tuple(calls), event=_together(events), **last)

    def changes(self) -> tuple[int, ...]:
        """Return the months in which something may begin or has just ended, in order."""
        return tuple(sorted({p.start for p in self.policies} | {p.until + 1 for p in self.policies}))


def _together(events: list[OutsideEvent]) -> OutsideEvent:
    return OutsideEvent(
        **{name: math.prod(getattr(event, name) for event in events) for name in OutsideEvent.model_fields}
    )


def _first_posts(policies: tuple[Policy, ...]) -> list[int]:
    """Return the number of each policy's first post: the lowest that keeps clear of earlier policies in the list which
    overlap with it, so that nobody's number changes when another policy begins or ends.
    """
    firsts: list[int] = []
    for position, policy in enumerate(policies):
        taken = sorted(
            (first, first + (earlier.facilitators.number if earlier.facilitators else 0))
            for first, earlier in zip(firsts, policies[:position], strict=True)
            if earlier.start <= policy.until and policy.start <= earlier.until
        )
        number = policy.facilitators.number if policy.facilitators else 0
        first = 0
        for begins, ends in taken:
            if first + number <= begins:
                break
            first = max(first, ends)
        firsts.append(first)
    return firsts


def _posts(lever: FacilitatorLever, first: int, policy: int) -> Iterator[Post]:
    homes: list[str | None]
    if isinstance(lever.where, dict):
        # By name, so that the order in which they are written changes nothing.
        homes = [name for name, number in sorted(lever.where.items()) for _ in range(number)]
    else:
        homes = [None] * lever.number
    for ordinal, home in enumerate(homes, first):
        yield Post(
            ordinal,
            lever.hours_a_month,
            lever.skill,
            lever.hours,
            lever.accompaniment,
            lever.conduct,
            home,
            policy,
            lever.trying,
            lever.exchange,
            lever.renewal,
        )
