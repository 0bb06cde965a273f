"""A policy: levers between two dates."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from simcomunita.configuration import Many, Parameters
from simcomunita.months import month_name
from simcomunita.policy.levers.areas import MOST_A_YEAR, MOST_EURO_A_YEAR, HousingLever, WorkLever, YouthLever
from simcomunita.policy.levers.facilitators import FacilitatorLever
from simcomunita.policy.levers.names import FIRST_MONTH, LAST_MONTH, Month, Municipality, Name, Surroundings
from simcomunita.policy.levers.organisations import CallForIdeas, CoProgrammingLever
from simcomunita.policy.levers.outside import OutsideEvent

Outreach = Literal["everyday", "office"]

USUAL_OUTREACH: Outreach = "office"
"""Where people are met when no policy says otherwise: services wait for those who come."""

USUAL_PAPERWORK = 0.5
"""Burden of entering when no policy says otherwise; 0 none, 1 the heaviest. An assumption: the middle of
the scale."""


class Policy(Parameters):
    """Levers that are in force between two months, both included; what it says nothing of stays as it is."""

    model_config = ConfigDict(populate_by_name=True)

    name: Name
    """Short name; in tables and pictures. Changes nothing."""
    start: Month = Field(alias="from")
    """First month in force; the later, the less is paid and done."""
    until: Month
    """Last month in force; the later, the more is paid and done. Afterwards nothing is left of the policy but what it
    changed in the network."""
    facilitators: FacilitatorLever | None = None
    """Paid community facilitators. Those of several policies in force add up."""
    professionals: int | None = Field(None, ge=0, le=MOST_A_YEAR)
    """Places a year in training for community work, beside the facilitators who are hired. Organisations that are
    involved send somebody: more places are more professionals trained, and make the organisations that sent them more
    open. Each that is filled costs the cost book's ``professional``."""
    places: dict[Municipality, Annotated[int, Field(ge=0, le=1000)]] | None = None
    """Community places kept open, by municipality: somewhere near to meet and be met. With more of them more people
    meet. Each costs the cost book's ``place`` a year."""
    outreach: Outreach | None = None
    """``everyday``: people are met where they already are, at the market, the school gate, the bar; more of those who
    never ask get known, and it costs the cost book's ``outreach`` for travel and odd hours. ``office``: people come,
    by appointment."""
    paperwork: float | None = Field(None, ge=0, le=1)
    """Burden of entering an activity or a service, 0 none to 1 the heaviest: the heavier, the fewer say yes, the
    vulnerable first. Lifting it below the usual costs the cost book's ``paperwork``, for somebody must still account
    for the money."""
    labs_budget: float | None = Field(None, ge=0, le=MOST_EURO_A_YEAR)
    """Euro a year for materials, refreshments and experts at labs, the cost book's ``lab`` each. Labs beyond it are
    held all the same, without any of that, and draw fewer guests. Not said: as much as labs need."""
    calls: Many[CallForIdeas] = ()
    """Calls for ideas of citizens. The grants paid out are the cost, and the cost book's ``call`` for each call."""
    co_programming: CoProgrammingLever | None = None
    """A table at which public bodies and organisations plan together."""
    housing: HousingLever | None = None
    """Money, mediation and shared houses against the loss of homes."""
    work: WorkLever | None = None
    """Grants, mediation and training on the way into work."""
    youth: YouthLever | None = None
    """Placements, spaces and mentors for young people."""
    event: OutsideEvent | None = None
    """What happens from outside in these months."""

    @field_validator("calls")
    @classmethod
    def _calls_fall_into_the_policy(cls, calls: tuple[CallForIdeas, ...], info: ValidationInfo) -> object:
        start, until = info.data.get("start"), info.data.get("until")
        for call in calls:
            if start is not None and until is not None and not start <= call.month <= until:
                raise PydanticCustomError(
                    "outside",
                    "a call in {month} is outside the policy's dates; expected a month from {first} to {last}.",
                    {"month": month_name(call.month), "first": month_name(start), "last": month_name(until)},
                )
        return calls

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
