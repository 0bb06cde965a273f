"""What the files of a territory say, and the arrays that growing needs of it.

Everything is frozen. Each row keeps its range and its source, so that an assumption can be told from a
published figure wherever it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simcomunita.territory.rows import (
    LARGEST_HOUSEHOLD,
    AgeBand,
    AgeProfile,
    Assumptions,
    Attitude,
    Distance,
    FirmSize,
    HouseholdSize,
    HouseholdType,
    JobShare,
    Label,
    Municipality,
    MunicipalShare,
    Need,
    OrganisationRow,
    OriginGroup,
    PublishedOutcome,
    Risk,
    Targets,
    VolunteerShare,
)


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
        return self._shares([(r.municipality, place[r.origin], r.share) for r in self.origin_rows], len(place))

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
        return next(r.relative_risk for r in self.risk_rows if (r.characteristic, r.group) == (characteristic, group))

    def attitude(self, characteristic: str) -> NDArray[np.float64]:
        """float64 (2, 2): by vulnerable, by foreign."""
        found = {(r.vulnerable, r.foreign): r.value for r in self.attitude_rows if r.characteristic == characteristic}
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
