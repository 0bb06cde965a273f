"""The rows of a territory's tables and the figures of its YAML file, each with its range and its source."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from simcomunita.configuration import Parameters

Share = Field(ge=0, le=1)
Name = Field(min_length=1, max_length=80)

LARGEST_HOUSEHOLD = 6
"""Households of six stand for six people and more, as in the census tables."""
ADULT = 18
"""Age in years from which a resident can head a household."""


class Figure(Parameters):
    """A number with its range, unit and source."""

    value: float
    low: float
    high: float
    unit: str = Field(min_length=1)
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Figure:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"the value {self.value:g} lies outside its range {self.low:g} to {self.high:g}.")
        return self


class ShareFigure(Figure):
    """A figure from 0 to 1."""

    value: float = Share
    low: float = Share
    high: float = Share


class PositiveFigure(Figure):
    """A figure above 0."""

    value: float = Field(gt=0, le=1e6)
    low: float = Field(ge=0, le=1e6)
    high: float = Field(gt=0, le=1e6)


class Label(Parameters):
    """A name in the two languages of every page."""

    en: str = Name
    it: str = Name


class Assumptions(Parameters):
    """How people come to share foci and find each other: what no census says."""

    neighbourhood_size: PositiveFigure
    """Residents of a neighbourhood."""
    neighbourhood_spacing: PositiveFigure
    """Distance between the centres of neighbouring neighbourhoods."""
    segregation: ShareFigure
    """How much residents of foreign origin live nearer to the centre of their municipality; 0 for not at
    all.
    """
    mixed_couples: ShareFigure
    """Share of residents of foreign origin whose partner is of the main origin group."""
    kin_in_territory: ShareFigure
    """Share of adults of the main origin group whose parents, if alive, live in the territory."""
    kin_in_territory_foreign: ShareFigure
    """The same of residents of foreign origin."""
    kin_distance: PositiveFigure
    """Distance over which the chance that kin live there falls to a half."""
    class_size: PositiveFigure
    """Pupils of a school class."""
    study_outside: ShareFigure
    """Share of pupils aged 14 to 18 who go to school outside the territory."""
    work_outside: ShareFigure
    """Share of the employed who work outside the territory."""
    commuting_distance: PositiveFigure
    """Distance over which the attraction of jobs falls to a half."""
    team_at_most: PositiveFigure
    """Members of a work team, at most."""
    second_membership: ShareFigure
    """Share of association members who belong to a second one."""
    association_distance: PositiveFigure
    """Distance over which the attraction of an association falls to a half."""
    partnerships: PositiveFigure
    """Organisations that an organisation already works with at the start, mean."""
    homophily_age: PositiveFigure
    """Difference of age at which a tie is half as likely."""
    homophily_origin: ShareFigure
    """Chance of a tie across origin groups against one within, where both could be had."""
    homophily_vulnerability: ShareFigure
    """Chance of a tie across vulnerability against one within, where both could be had."""
    ties_to_neighbours: PositiveFigure
    """Ties to neighbours of a resident aged 14 and over, mean."""
    ties_in_class: PositiveFigure
    """Ties within the class of a pupil or of a pupil's parent, mean."""
    ties_in_team: PositiveFigure
    """Ties to colleagues of a member of a work team, mean."""
    ties_in_association: PositiveFigure
    """Ties to fellow members of a member of associations, mean."""


class Targets(Parameters):
    """The sizes that the grown network is to have."""

    support: PositiveFigure
    """Ties of a resident with a strength of at least 0.6, mean."""
    sympathy: PositiveFigure
    """Ties of a resident with a strength of at least 0.25, mean."""
    wider: PositiveFigure
    """Ties and people met in small shared foci, mean of a resident."""
    isolated: ShareFigure
    """Share of those aged 14 and over without a support tie outside their own household and kin."""
    clustering: ShareFigure
    """Mean local clustering coefficient."""


class Row(Parameters):
    """A row of a table: a figure with its range and its source."""

    FIGURE: ClassVar[str] = "share"
    low: float
    high: float
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Row:
        value = getattr(self, self.FIGURE)
        if not self.low <= value <= self.high:
            raise ValueError(f"{self.FIGURE} {value:g} lies outside its range {self.low:g} to {self.high:g}.")
        return self


class Municipality(Parameters):
    """A municipality: where its town hall stands, and how many residents it had."""

    municipality: str = Name
    istat_code: str = Name
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    population: dict[int, int]
    """Residents by year."""
    source: str = Field(min_length=1)


class Distance(Row):
    """Kilometres by road between two municipalities."""

    FIGURE = "km"
    start: str = Field(alias="from")
    end: str = Field(alias="to")
    km: float = Field(ge=0, le=2000)


class AgeBand(Row):
    """Share of a municipality's residents in an age band (both ages included)."""

    municipality: str
    age_band: str = Name
    from_age: int = Field(ge=0, le=120)
    to_age: int = Field(ge=0, le=120)
    share: float = Share


class HouseholdSize(Row):
    """Share of a municipality's households that have so many members."""

    municipality: str
    size: int = Field(ge=1, le=LARGEST_HOUSEHOLD)
    share: float = Share


class HouseholdType(Row):
    """Share of the households of a size that have so many parents (or people at their head), children and
    others.
    """

    size: int = Field(ge=1, le=LARGEST_HOUSEHOLD)
    parents: int = Field(ge=1, le=2)
    children: int = Field(ge=0, le=LARGEST_HOUSEHOLD)
    others: int = Field(ge=0, le=LARGEST_HOUSEHOLD)
    share: float = Share

    @model_validator(mode="after")
    def _adds_up(self) -> HouseholdType:
        if self.parents + self.children + self.others != self.size:
            raise ValueError(f"parents, children and others must add up to the size, {self.size}.")
        return self


class OriginGroup(Row):
    """Share of a municipality's residents in an origin group."""

    municipality: str
    origin: str = Name
    share: float = Share


class MunicipalShare(Row):
    """A share of a municipality's residents."""

    municipality: str
    share: float = Share


class VolunteerShare(Row):
    """Share of a municipality's adults in the standing stock of volunteers."""

    FIGURE = "share_of_adults"
    municipality: str
    share_of_adults: float = Share


class JobShare(Row):
    """Jobs in a municipality against its residents."""

    FIGURE = "jobs_per_resident"
    municipality: str
    jobs_per_resident: float = Field(ge=0, le=10)


class Risk(Row):
    """How much likelier vulnerability is in a group than in the reference group."""

    FIGURE = "relative_risk"
    characteristic: Literal["household", "origin", "age"]
    group: Literal[
        "alone",
        "single_parent",
        "large",
        "other",
        "foreign",
        "native",
        "under_35",
        "35_to_64",
        "65_and_over",
    ]
    relative_risk: float = Field(gt=0, le=20)


class Need(Row):
    """Share of those of an age, vulnerable or not, who have a need."""

    area: Literal["housing", "work", "proximity", "youth"]
    from_age: int = Field(ge=0, le=120)
    to_age: int = Field(ge=0, le=120)
    vulnerable: bool
    share: float = Share


PROFILES = (
    "lives_with_parents",
    "lives_alone",
    "employed",
    "association_member",
    "volunteering",
    "sociability",
)


class AgeProfile(Row):
    """How something goes with age."""

    FIGURE = "value"
    characteristic: Literal[
        "lives_with_parents", "lives_alone", "employed", "association_member", "volunteering", "sociability"
    ]
    age_band: str
    value: float = Field(ge=0, le=10)
    unit: str = Name

    @model_validator(mode="after")
    def _possible(self) -> AgeProfile:
        if self.unit == "share" and self.value > 1:
            raise ValueError(f"a share of {self.value:g} is above 1.")
        if self.characteristic == "sociability" and self.value == 0:
            raise ValueError("sociability must be above 0, as ties are shared out by it.")
        return self


class Attitude(Row):
    """How something goes with vulnerability and origin."""

    FIGURE = "value"
    characteristic: Literal["asks_for_help", "trust"]
    vulnerable: bool
    foreign: bool
    value: float = Share
    unit: str = Name


class FirmSize(Row):
    """Firms by how many people work in them."""

    FIGURE = "number"
    from_employees: int = Field(ge=1, le=100_000)
    to_employees: int = Field(ge=1, le=100_000)
    number: int = Field(ge=0, le=1_000_000)


class OrganisationRow(Row):
    """Organisations of a kind and sector: one by name, or so many in a municipality (`*`: over the whole
    territory).
    """

    FIGURE = "number"
    name: str = Field("", max_length=120)
    kind: str = Name
    sector: str = Name
    municipality: str = Name
    number: int = Field(ge=0, le=20_000)
    formal_share: float = Share
    openness: float = Share
    openness_spread: float = Share
    median_size: float = Field(ge=1, le=100_000)
    members: bool
    firm: bool

    @model_validator(mode="after")
    def _one_by_name(self) -> OrganisationRow:
        if self.name and self.number != 1:
            raise ValueError("an organisation that has a name is one; number must be 1.")
        if self.name and self.municipality == "*":
            raise ValueError("an organisation that has a name stands in one municipality, not in *.")
        return self


class PublishedOutcome(Parameters):
    """What was published of the project, and how it is counted here."""

    outcome: str = Name
    published: float = Field(ge=0)
    unit: str = Name
    kind: Literal["flow", "stock", "ratio"]
    count_as: str
    suggested_role: str
    note: str = ""
    source: str = Field(min_length=1)
    date: str = Field("", pattern=r"^\d{4}-(0[1-9]|1[0-2])$|^$")
    """At the end of which month (YYYY-MM); of the project, if empty."""
    bound: Literal["", "at least", "at most"] = ""
    """If the figure is only a bound."""
