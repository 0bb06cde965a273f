"""What levers and events cost in euro: the cost book.

A cost book is a file that a planner can edit: for each item an amount, its unit, a plausible range and a
source. It prices what is in force in a month and what was held in it; nothing else costs anything.
"""

from __future__ import annotations

from math import fsum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from simcomunita.configuration import Document, Parameters, Source, read_yaml, validate
from simcomunita.policy.calendar import Levers
from simcomunita.policy.levers import USUAL_PAPERWORK, Name

STANDING = (
    "facilitators",
    "coordination",
    "outreach",
    "places",
    "labs",
    "paperwork",
    "mediation",
    "condominiums",
    "spaces",
    "mentoring",
)
"""The items that what is in force costs every month, in the order of tables."""

PAID_OUT = (
    "professionals",
    "housing_fund",
    "work_grants",
    "training",
    "youth_placements",
    "table",
    "calls",
    "grants",
)
"""The items that are paid when something happens, in the order of tables."""

ITEMS = (*STANDING, *PAID_OUT)
"""All items of a month's bill, in the order of tables."""

MOST_EURO = 1e9


class Cost(Parameters):
    """An amount with its range and source."""

    value: float = Field(ge=0, le=MOST_EURO)
    """The amount used, in ``unit``."""
    unit: str
    """What the value is of; each item has its own, so that a yearly price is not taken for a monthly one."""
    low: float = Field(ge=0, le=MOST_EURO)
    """Lower end of the plausible range."""
    high: float = Field(ge=0, le=MOST_EURO)
    """Upper end of the plausible range."""
    source: str = Field(min_length=1)
    """Who says so, or ``assumption`` and why."""

    @model_validator(mode="after")
    def _value_is_in_range(self) -> Self:
        if not self.low <= self.value <= self.high:
            raise PydanticCustomError(
                "range",
                "the value {value} is not in its range; expected low ({low}) <= value <= high ({high}).",
                {"value": f"{self.value:g}", "low": f"{self.low:g}", "high": f"{self.high:g}"},
            )
        return self


def _in(unit: str) -> AfterValidator:
    """Make the check that a cost is counted in the one unit that its item has."""

    def check(cost: Cost, info: ValidationInfo) -> Cost:
        if cost.unit != unit:
            raise PydanticCustomError(
                "unit",
                '{field} is in "{said}"; expected "{unit}".',
                {"field": info.field_name or "this", "said": cost.unit[:60], "unit": unit},
            )
        return cost

    return AfterValidator(check)


class CostBook(Parameters):
    """Prices of everything that a policy can make happen."""

    name: Name
    currency: Literal["euro"] = "euro"
    prices_of: int = Field(ge=1990, le=2100)
    """The year whose prices these are; amounts are not inflated."""
    full_time_hours: Annotated[Cost, _in("hours a month")]
    """Hours that a full-time worker really works in a month: a post with as many hours is one full-time
    post."""
    facilitator: Annotated[Cost, _in("euro a full-time year")]
    """All that one full-time facilitator costs the employer in a year."""
    coordination: Annotated[Cost, _in("share of the facilitators' cost")]
    """Supervision, training and administration of the facilitators, on top of their cost."""
    professional: Annotated[Cost, _in("euro a person")]
    """Training one professional of an organisation for community work."""
    outreach: Annotated[Cost, _in("euro a full-time year in everyday settings")]
    """What meeting people where they already are costs more than an office: travel, evenings, telephones."""
    place: Annotated[Cost, _in("euro a place and year")]
    """Keeping a community place open: bills, cleaning, insurance, small repairs."""
    lab: Annotated[Cost, _in("euro a lab")]
    """Materials and refreshments of one proximity lab."""
    paperwork: Annotated[Cost, _in("euro a year from the heaviest burden to none")]
    """Clerks who do the forms instead of those who enter; in proportion to how far the burden is below
    usual."""
    mediation: Annotated[Cost, _in("euro an hour")]
    """An hour of somebody who mediates between landlords and tenants, or firms and job seekers."""
    condominium: Annotated[Cost, _in("euro a condominium and year")]
    """A social condominium: its custodian, and what its shared rooms cost."""
    space: Annotated[Cost, _in("euro a space and year")]
    """Keeping a space for young people open, with an educator some afternoons."""
    mentoring: Annotated[Cost, _in("euro a year")]
    """Bringing older and younger young people together, for the whole territory."""
    work_grant: Annotated[Cost, _in("euro a placement")]
    """What a work grant pays for one placement of some months."""
    training: Annotated[Cost, _in("euro a place")]
    """One place in training or start-up support."""
    youth_placement: Annotated[Cost, _in("euro a placement")]
    """Organising one placement between school and work."""
    table_meeting: Annotated[Cost, _in("euro a meeting")]
    """One meeting of the co-programming table: preparing, moderating, writing it up."""
    call: Annotated[Cost, _in("euro a call")]
    """Publishing and judging a call for ideas; the grants come on top."""

    def monthly(self, levers: Levers, labs_held: int, scale: float = 1.0) -> dict[str, float]:
        """Return what is in force costs in one month, in euro by item (:data:`STANDING`).

        What is paid out when something happens (:data:`PAID_OUT`) is counted where it happens.

        Parameters
        ----------
        levers
            What was in force, as for the whole territory.
        labs_held
            Proximity labs of the month that the budget pays for, as simulated.
        scale
            The share of the residents that is simulated. What is in force costs that share, as it acts on
            that share, so that cost per resident and per outcome do not depend on the scale.
        """
        staff_months = fsum(post.hours for post in levers.posts) / self.full_time_hours.value
        facilitators = scale * staff_months * self.facilitator.value / 12
        everyday = scale * staff_months * self.outreach.value / 12 if levers.outreach == "everyday" else 0.0
        lifted = max(USUAL_PAPERWORK - levers.paperwork, 0.0)
        return {
            "facilitators": facilitators,
            "coordination": facilitators * self.coordination.value,
            "outreach": everyday,
            "places": scale * sum(levers.places.values()) * self.place.value / 12,
            "labs": labs_held * self.lab.value,
            "paperwork": scale * lifted * self.paperwork.value / 12,
            "mediation": scale * (levers.housing.mediation + levers.work.mediation) * self.mediation.value,
            "condominiums": scale * levers.housing.condominiums * self.condominium.value / 12,
            "spaces": scale * sum(levers.youth.spaces.values()) * self.space.value / 12,
            "mentoring": scale * levers.youth.mentoring * self.mentoring.value / 12,
        }


def cost_book(document: Document) -> CostBook:
    """Take a cost book from a document.

    Raises
    ------
    ConfigurationError
        With everything that is wrong with it.
    """
    return validate(CostBook, document)


def read_cost_book(source: Source | Path | str) -> CostBook:
    """Read a cost book from its file.

    Raises
    ------
    ConfigurationError
        With everything that is wrong with it.
    """
    return cost_book(read_yaml(source))
