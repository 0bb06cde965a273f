"""Paid community facilitators: how many, where, and what they do with their hours."""

from __future__ import annotations

from math import fsum
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from simcomunita.configuration import Parameters, quantity
from simcomunita.policy.levers.names import MOST_FACILITATORS, Count, Municipality

TASKS = ("casework", "map", "hook", "connect", "run_groups", "document", "evaluate")
"""What facilitators can spend hours on: casework, and the six tasks of community work."""

Accompaniment = Literal["taper", "leave_early", "never_leave"]
Conduct = Literal["by_size", "circle", "assembly"]
Exchange = Literal["by_tie", "uniform"]


class TaskShares(Parameters):
    """How a facilitator's hours are split: shares from 0 to 1 that add up to 1; a task left out gets none."""

    casework: float = Field(0.0, ge=0, le=1)
    """Hours with single people and families: taking on, accompanying them to services. More people are taken on at
    once; little is left behind when it stops."""
    map: float = Field(0.0, ge=0, le=1)
    """Getting to know who is there, who knows whom and what each has to give. More hours put more people on the map,
    which limits whom a facilitator can ask and introduce."""
    hook: float = Field(0.0, ge=0, le=1)
    """Asking people to take part, and helping the willing to begin. More hours are more asks, and more people who take
    part."""
    connect: float = Field(0.0, ge=0, le=1)
    """Introducing people, groups and organisations that are far apart to each other. More hours are more introductions,
    and bring more organisations in."""
    run_groups: float = Field(0.0, ge=0, le=1)
    """Running labs and groups, each in the way that fits its size. More hours start and keep up more groups, and hold
    more labs."""
    document: float = Field(0.0, ge=0, le=1)
    """Writing down what is done: more hours leave more written down, so that practices can be copied and knowledge
    survives when a person leaves."""
    evaluate: float = Field(0.0, ge=0, le=1)
    """Looking back at what the hours yielded: up to some hours a month, the more of it the further next months' hours
    move from the plan to what works."""

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        total = fsum(self.shares())
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
    """Posts that are filled. Each is one individual with their own map, caseload and groups: more posts meet, ask and
    take on more people. A post more costs a facilitator's year more."""
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
    """Hours worked a month by each post, holidays and illness already taken off. Longer hours ask and take on more
    people; hours spent on one task are not there for another. Cost grows in proportion."""
    skill: float = quantity(
        0.6,
        low=0.4,
        high=0.8,
        unit="0 untrained to 1 master",
        source="assumption: trained workers, most with a few years of practice",
        least=0,
        most=1,
    )
    """How well the work is done: raises the chance that casework solves a crisis, that an ask or an introduction
    succeeds, and that an organisation comes in. Costs nothing by itself."""
    where: Annotated[
        Annotated[Literal["by_population"], Tag("rule")] | Annotated[dict[Municipality, Count], Tag("posts")],
        Discriminator(_kind_of_where),
    ] = "by_population"
    """``by_population``: posts go to municipalities one after another by the Sainte-Laguë rule, and look
    after all of them. Or a number of posts for each municipality by name, adding up to ``number``, which
    look after that one only and know more of its people. Costs nothing by itself."""
    hours: TaskShares = COMMUNITY_SPLIT
    """How the hours are split between casework and the six tasks of community work; shares that add up to
    1."""
    accompaniment: Accompaniment = "taper"
    """``taper``: support a group until it takes shape, then less and less, staying on call.
    ``leave_early``: stop after the start, which leaves hours to start more groups, and groups on their own.
    ``never_leave``: full support for ever, which leaves fewer hours for new groups. Costs nothing by itself."""
    conduct: Conduct = "by_size"
    """How groups are run: ``by_size`` small ones as a circle and large ones as an assembly; or every group in one way,
    so that fewer come to those that it does not fit: to small groups run as an ``assembly``, and to groups of more
    than about a dozen run as a ``circle``. Costs nothing by itself."""
    trying: bool = True
    """Whether somebody who says yes is given something to try at once and brought into a group (True), or is only won
    over and waits to be called (False). Trying takes time of its own, so fewer are asked, but more come to groups.
    Costs nothing by itself."""
    exchange: Exchange = "by_tie"
    """What is asked of people: ``by_tie`` friends, neighbours, members and those who were helped each in the way that
    fits their tie; ``uniform`` the same of everybody, so that those without close ties in a group come less and leave
    it more. Costs nothing by itself."""
    renewal: float = Field(0.0, ge=0, le=1)
    """Share of the hours for groups that goes into making practices new again instead of repeating them: other
    partners, other people, other ways. Groups keep more of their novelty; less is left for running and starting
    them. Costs nothing by itself."""

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
