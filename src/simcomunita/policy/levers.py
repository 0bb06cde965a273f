"""What a planner can fund, lever by lever.

A policy is a name, two dates and some levers. Each lever's text says what it means, how it acts and what
it costs; pages, tables and error messages take it from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from simcomunita.configuration import Expected, Parameters, did_you_mean, quantity, shown
from simcomunita.months import month_name, parse_month

TASKS = ("casework", "map", "hook", "connect", "run_groups", "document", "evaluate")
"""What facilitators can spend hours on: casework, and the six tasks of community work."""

MOST_FACILITATORS = 500
"""The most posts that may be in force in one month."""

USUAL_OUTREACH: Outreach = "office"
"""Where people are met when no policy says otherwise: services wait for those who come."""

USUAL_PAPERWORK = 0.5
"""Burden of entering when no policy says otherwise; 0 none, 1 the heaviest. An assumption: the middle of
the scale."""

FIRST_MONTH, LAST_MONTH = parse_month("1900-01"), parse_month("2199-12")

Outreach = Literal["everyday", "office"]
Accompaniment = Literal["taper", "leave_early", "never_leave"]
Conduct = Literal["by_size", "circle", "assembly"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a policy must fit into, given to pydantic as validation context; ``None`` is not checked."""

    municipalities: tuple[str, ...] | None = None
    first: int | None = None
    """First month that the scenario covers."""
    last: int | None = None
    """Last month that the scenario covers."""


def _read_month(value: Any) -> int:
    if isinstance(value, str):
        try:
            value = parse_month(value)
        except ValueError as error:
            raise PydanticCustomError("month", "{text}.", {"text": str(error)}) from error
    if not isinstance(value, int) or isinstance(value, bool) or not FIRST_MONTH <= value <= LAST_MONTH:
        said = month_name(value) if isinstance(value, int) and value > LAST_MONTH else shown(value)
        raise PydanticCustomError(
            "month",
            "{said} is no month; expected YYYY-MM between {first} and {last}, for example 2020-01.",
            {"said": said, "first": month_name(FIRST_MONTH), "last": month_name(LAST_MONTH)},
        )
    return value


def _known_municipality(name: str, info: ValidationInfo) -> str:
    around = info.context
    if isinstance(around, Surroundings) and around.municipalities is not None:
        check_municipality(name, around.municipalities)
    return name


def check_municipality(name: str, known: Iterable[str]) -> None:
    """Refuse a municipality that the territory does not have.

    Raises
    ------
    PydanticCustomError
        Naming the nearest municipality.
    """
    known = tuple(known)
    if name not in known:
        raise PydanticCustomError(
            "municipality",
            "{name} is no municipality of this territory. {hint}",
            {"name": shown(name), "hint": did_you_mean(name, known)},
        )


_NAME = re.compile(r"\w[\w.\-]{0,59}")


def _read_name(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise PydanticCustomError(
            "name",
            "{name} cannot be a name; expected up to 60 letters, digits, _ . or -, without spaces.",
            {"name": shown(name)},
        )
    return name


Month = Annotated[int, BeforeValidator(_read_month), Expected("a month, YYYY-MM")]
"""A month number (year * 12 + month - 1), written in files as YYYY-MM."""

Name = Annotated[str, AfterValidator(_read_name)]
"""A short name that can stand in file names, table columns and links."""

Municipality = Annotated[str, AfterValidator(_known_municipality)]
Count = Annotated[int, Field(ge=0, le=MOST_FACILITATORS)]


class TaskShares(Parameters):
    """How a facilitator's hours are split: shares from 0 to 1 that add up to 1; a task left out gets none."""

    casework: float = Field(0.0, ge=0, le=1)
    """Hours with single people and families: taking on, accompanying them to services. Fast relief;
    leaves little behind when it stops."""
    map: float = Field(0.0, ge=0, le=1)
    """Getting to know who is there, who knows whom and what each has to give. What is mapped limits whom a
    facilitator can ask and introduce."""
    hook: float = Field(0.0, ge=0, le=1)
    """Asking people to take part, and helping the willing to begin."""
    connect: float = Field(0.0, ge=0, le=1)
    """Introducing people, groups and organisations that are far apart to each other."""
    run_groups: float = Field(0.0, ge=0, le=1)
    """Running labs and groups, each in the way that fits its size."""
    document: float = Field(0.0, ge=0, le=1)
    """Writing down what is done, so that practices can be copied and knowledge survives when a person
    leaves."""
    evaluate: float = Field(0.0, ge=0, le=1)
    """Looking back at what the hours yielded, so that next months' hours go to what works."""

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        total = sum(self.shares())
        if abs(total - 1) > 1e-6:
            raise PydanticCustomError(
                "shares",
                "the shares add up to {total}; expected 1 ({gap} {side}).",
                {
                    "total": f"{total:.6g}",
                    "gap": f"{abs(1 - total):.6g}",
                    "side": "missing" if total < 1 else "too much",
                },
            )
        return self

    def shares(self) -> tuple[float, ...]:
        """Return the shares in the order of :data:`TASKS`."""
        return (
            self.casework,
            self.map,
            self.hook,
            self.connect,
            self.run_groups,
            self.document,
            self.evaluate,
        )


COMMUNITY_SPLIT = TaskShares(
    casework=0.25, map=0.10, hook=0.20, connect=0.15, run_groups=0.20, document=0.05, evaluate=0.05
)
"""The split of a facilitator of whom nothing else is said: a quarter casework, the rest over the six tasks.

An assumption: the project published no time sheets."""


def _kind_of_where(value: Any) -> str:
    return "posts" if isinstance(value, dict) else "rule"


class FacilitatorLever(Parameters):
    """Paid community facilitators: how many, with how many hours, where, and what they do with their time.

    Each costs the cost book's ``facilitator`` for every full-time year, plus ``coordination``.
    """

    number: int = Field(ge=0, le=MOST_FACILITATORS)
    """Posts that are filled. Each is one individual with their own map, caseload and groups; a post more
    costs a facilitator's year more."""
    hours_a_month: float = quantity(
        130.0,
        low=60,
        high=140,
        unit="hours a month and post",
        source="full time is 38 hours a week in the collective contract of social co-operatives (CCNL); less "
        "holidays, illness and training about 1,550 hours a year are worked, 130 a month (our estimate)",
        least=1,
        most=200,
    )
    """Hours worked a month by each post, holidays and illness already taken off. Hours spent on one task
    are not there for another; cost grows in proportion."""
    skill: float = quantity(
        0.6,
        low=0.4,
        high=0.8,
        unit="0 untrained to 1 master",
        source="assumption: trained workers, most with a few years of practice",
        least=0,
        most=1,
    )
    """How well the work is done: moves the chance that an ask or an introduction succeeds. Costs nothing
    by itself."""
    where: Annotated[
        Annotated[Literal["by_population"], Tag("rule")] | Annotated[dict[Municipality, Count], Tag("posts")],
        Discriminator(_kind_of_where),
    ] = "by_population"
    """``by_population``: posts go to municipalities one after another by the Sainte-Laguë rule, and look
    after all of them. Or a number of posts for each municipality by name, adding up to ``number``, which
    look after that one only."""
    hours: TaskShares = COMMUNITY_SPLIT
    """How the hours are split between casework and the six tasks of community work; shares that add up to
    1."""
    accompaniment: Accompaniment = "taper"
    """``taper``: support a group until it takes shape, then less and less, staying on call.
    ``leave_early``: stop after the start. ``never_leave``: full support for ever, which leaves no hours
    for new groups."""
    conduct: Conduct = "by_size"
    """How groups are run: ``by_size`` small ones as a circle and large ones as an assembly; or every
    group in one way."""

    @field_validator("where")
    @classmethod
    def _every_post_has_a_home(cls, where: str | dict[str, int], info: ValidationInfo) -> str | dict[str, int]:
        number = info.data.get("number")
        if isinstance(where, dict) and number is not None and sum(where.values()) != number:
            raise PydanticCustomError(
                "posts",
                "{total} posts are given a municipality, but number is {number}; expected the same.",
                {"total": sum(where.values()), "number": number},
            )
        return where


class Policy(Parameters):
    """Levers that are in force between two months, both included; what it says nothing of stays as it is."""

    model_config = ConfigDict(populate_by_name=True)

    name: Name
    """Short name; in tables and pictures."""
    start: Month = Field(alias="from")
    """First month in force."""
    until: Month
    """Last month in force. Afterwards nothing is left of the policy but what it changed in the network."""
    facilitators: FacilitatorLever | None = None
    """Paid community facilitators. Those of several policies in force add up."""
    places: dict[Municipality, Annotated[int, Field(ge=0, le=1000)]] | None = None
    """Community places kept open, by municipality: somewhere near to meet and be met. Each costs the cost
    book's ``place`` a year."""
    outreach: Outreach | None = None
    """``everyday``: people are met where they already are, at the market, the school gate, the bar;
    reaches those who never ask, and costs the cost book's ``outreach`` for travel and odd hours.
    ``office``: people come, by appointment."""
    paperwork: float | None = Field(None, ge=0, le=1)
    """Burden of entering an activity or a service, 0 none to 1 the heaviest; hinders the vulnerable
    first. Lifting it below the usual costs the cost book's ``paperwork``, for somebody must still account
    for the money."""

    @field_validator("start", "until")
    @classmethod
    def _inside_the_scenario(cls, month: int, info: ValidationInfo) -> int:
        around = info.context
        if not isinstance(around, Surroundings):
            return month
        first = FIRST_MONTH if around.first is None else around.first
        last = LAST_MONTH if around.last is None else around.last
        if not first <= month <= last:
            raise PydanticCustomError(
                "outside",
                "{month} is outside the scenario's dates; expected a month from {first} to {last}.",
                {"month": month_name(month), "first": month_name(first), "last": month_name(last)},
            )
        return month

    @field_validator("until")
    @classmethod
    def _ends_after_it_starts(cls, until: int, info: ValidationInfo) -> int:
        start = info.data.get("start")
        if start is not None and until < start:
            raise PydanticCustomError(
                "order",
                '"until" is {until}, before "from" ({start}); expected {start} or later.',
                {"until": month_name(until), "start": month_name(start)},
            )
        return until

    def in_force(self, month: int) -> bool:
        """Whether the policy holds in that month."""
        return self.start <= month <= self.until
