"""What the files of a territory say: rows as they stand in the tables, and the figures that growing needs.

Everything is frozen. Each row keeps its range and its source, so that an assumption can be told from a
published figure wherever it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
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
            raise ValueError(
                f"the value {self.value:g} lies outside its range {self.low:g} to {self.high:g}."
            )
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


@dataclass(frozen=True)
class OrganisationPlan:
    """One organisation that will be grown: fixed before any chance."""

    name: str
    row: OrganisationRow
    municipality: int


@dataclass(frozen=True, eq=False)
class Territory:
    """Everything that the files of a territory say.

    Attributes
    ----------
    name, label, region, reference_year, sources
        Heading; the year whose population is grown; sources by short name.
    assumptions, targets
        Figures with range and source.
    content_hash
        SHA-256 of all files, hexadecimal: two territories with the same hash grow the same people.
    organisation_ties
        Pairs of organisations' names that were seen to work together, or None: partnerships are then grown.

    The other attributes hold the rows of the tables, in the order of the files.
    """

    name: str
    label: Label
    region: str
    reference_year: int
    sources: dict[str, str]
    assumptions: Assumptions
    targets: Targets
    municipalities: tuple[Municipality, ...]
    distance_rows: tuple[Distance, ...]
    age_rows: tuple[AgeBand, ...]
    household_rows: tuple[HouseholdSize, ...]
    household_types: tuple[HouseholdType, ...]
    origin_rows: tuple[OriginGroup, ...]
    vulnerability_rows: tuple[MunicipalShare, ...]
    risk_rows: tuple[Risk, ...]
    need_rows: tuple[Need, ...]
    volunteer_rows: tuple[VolunteerShare, ...]
    job_rows: tuple[JobShare, ...]
    profile_rows: tuple[AgeProfile, ...]
    attitude_rows: tuple[Attitude, ...]
    firm_rows: tuple[FirmSize, ...]
    organisation_rows: tuple[OrganisationRow, ...]
    outcomes: tuple[PublishedOutcome, ...]
    detour: float
    content_hash: str
    organisation_ties: tuple[tuple[str, str], ...] | None = None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the municipalities, in the territory's order."""
        return tuple(m.municipality for m in self.municipalities)

    @cached_property
    def population(self) -> NDArray[np.int64]:
        """int64 (c): residents of each municipality in the reference year."""
        return np.array([m.population[self.reference_year] for m in self.municipalities], np.int64)

    @property
    def residents(self) -> int:
        """Residents of the whole territory in the reference year."""
        return int(self.population.sum())

    @cached_property
    def bands(self) -> tuple[tuple[str, int, int], ...]:
        """Age bands: name, first and last age."""
        seen = {r.age_band: (r.age_band, r.from_age, r.to_age) for r in self.age_rows}
        return tuple(sorted(seen.values(), key=lambda b: b[1]))

    @cached_property
    def age_shares(self) -> NDArray[np.float64]:
        """float64 (c, bands), rows sum to 1."""
        place = {b[0]: i for i, b in enumerate(self.bands)}
        return self._shares([(r.municipality, place[r.age_band], r.share) for r in self.age_rows], len(place))

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """Origin groups; the first is the main one, others are foreign."""
        return tuple(dict.fromkeys(r.origin for r in self.origin_rows))

    @cached_property
    def origin_shares(self) -> NDArray[np.float64]:
        """float64 (c, origins), rows sum to 1."""
        place = {o: i for i, o in enumerate(self.origins)}
        return self._shares(
            [(r.municipality, place[r.origin], r.share) for r in self.origin_rows], len(place)
        )

    @cached_property
    def household_shares(self) -> NDArray[np.float64]:
        """float64 (c, 6): share of households of one to six members, rows sum to 1."""
        rows = [(r.municipality, r.size - 1, r.share) for r in self.household_rows]
        return self._shares(rows, LARGEST_HOUSEHOLD)

    @cached_property
    def vulnerable_shares(self) -> NDArray[np.float64]:
        """float64 (c)."""
        return self._by_municipality({r.municipality: r.share for r in self.vulnerability_rows})

    @cached_property
    def volunteer_shares(self) -> NDArray[np.float64]:
        """float64 (c): of adults."""
        return self._by_municipality({r.municipality: r.share_of_adults for r in self.volunteer_rows})

    @cached_property
    def jobs(self) -> NDArray[np.float64]:
        """float64 (c): jobs in each municipality."""
        per_resident = self._by_municipality({r.municipality: r.jobs_per_resident for r in self.job_rows})
        return np.asarray(per_resident * self.population)

    def profile(self, characteristic: str) -> NDArray[np.float64]:
        """How something goes with age: float64 (bands)."""
        found = {r.age_band: r.value for r in self.profile_rows if r.characteristic == characteristic}
        return np.array([found[b[0]] for b in self.bands])

    def risk(self, characteristic: str, group: str) -> float:
        """Relative risk of vulnerability in a group."""
        return next(
            r.relative_risk for r in self.risk_rows if (r.characteristic, r.group) == (characteristic, group)
        )

    def attitude(self, characteristic: str) -> NDArray[np.float64]:
        """float64 (2, 2): by vulnerable, by foreign."""
        found = {
            (r.vulnerable, r.foreign): r.value
            for r in self.attitude_rows
            if r.characteristic == characteristic
        }
        return np.array([[found[v, f] for f in (False, True)] for v in (False, True)])

    @cached_property
    def distances(self) -> NDArray[np.float64]:
        """float64 (c, c): km by road; pairs that the table lacks are great circle times detour."""
        place = {n: i for i, n in enumerate(self.names)}
        km = great_circle(self.municipalities) * self.detour
        for row in self.distance_rows:
            i, j = place[row.start], place[row.end]
            km[i, j] = km[j, i] = row.km
        return km

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of organisation."""
        return tuple(dict.fromkeys(r.kind for r in self.organisation_rows))

    @cached_property
    def sectors(self) -> tuple[str, ...]:
        """Sectors of organisations."""
        return tuple(dict.fromkeys(r.sector for r in self.organisation_rows))

    @cached_property
    def organisation_plan(self) -> tuple[OrganisationPlan, ...]:
        """The organisations at scale 1, by name and municipality."""
        return self.plan_organisations(1.0)

    def plan_organisations(self, scale: float) -> tuple[OrganisationPlan, ...]:
        """The organisations at a scale up to 1: of each row at least one, names the same at every scale.

        Those spread over the territory go to municipalities by population (largest remainder).
        """
        from simcomunita.territory.growing.apportionment import apportioned

        place = {n: i for i, n in enumerate(self.names)}
        plans, used = [], {r.name for r in self.organisation_rows}
        for row in self.organisation_rows:
            if row.name:
                plans.append(OrganisationPlan(row.name, row, place[row.municipality]))
                continue
            number = row.number if scale >= 1 else min(row.number, max(1, round(row.number * scale)))
            if row.municipality == "*":
                counts = apportioned(self.population, number)
            else:
                counts = np.zeros(len(self.names), np.int64)
                counts[place[row.municipality]] = number
            kind = row.kind.replace("_", " ").capitalize() + (f", {row.sector}," if row.firm else "")
            for m, count in enumerate(counts):
                for i in range(int(count)):
                    name = f"{kind} {self.names[m]}" + (f" {i + 1}" if row.number > 1 else "")
                    while name in used:
                        name += "'"
                    used.add(name)
                    plans.append(OrganisationPlan(name, row, m))
        return tuple(plans)

    def _by_municipality(self, found: dict[str, float]) -> NDArray[np.float64]:
        return np.array([found[n] for n in self.names], np.float64)

    def _shares(self, rows: list[tuple[str, int, float]], columns: int) -> NDArray[np.float64]:
        place = {n: i for i, n in enumerate(self.names)}
        table = np.zeros((len(place), columns))
        for name, column, share in rows:
            table[place[name], column] += share
        return np.asarray(table / table.sum(1, keepdims=True))


def great_circle(municipalities: tuple[Municipality, ...]) -> NDArray[np.float64]:
    """Kilometres between town halls on a sphere of 6,371 km: float64 (c, c)."""
    phi = np.radians([m.latitude for m in municipalities])
    lam = np.radians([m.longitude for m in municipalities])
    h = (
        np.sin((phi[:, None] - phi) / 2) ** 2
        + np.cos(phi)[:, None] * np.cos(phi) * np.sin((lam[:, None] - lam) / 2) ** 2
    )
    return np.asarray(2 * 6371.0088 * np.arcsin(np.sqrt(np.clip(h, 0, 1))))
