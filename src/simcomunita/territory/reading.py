"""Reading a territory: one YAML file and the tables beside it, with all problems of all files at once."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel, Field

from simcomunita.configuration import Parameters, Problems, did_you_mean
from simcomunita.configuration.documents import Document, Source, read_yaml
from simcomunita.configuration.tables import Table, read_table
from simcomunita.configuration.validation import validate, validate_rows
from simcomunita.territory import description as d

R = TypeVar("R", bound=BaseModel)

FILE = "territory.yaml"
RESIDENTS_AT_MOST = 2_000_000
MUNICIPALITIES_AT_MOST = 250
_SLACK = 0.0051
"""Shares that are rounded to three decimals need not add up to exactly 1."""


class Files(Parameters):
    """The tables of a territory."""

    municipalities: str = "municipalities.csv"
    distances: str = "distances.csv"
    age_bands: str = "age_bands.csv"
    households: str = "households.csv"
    household_types: str = "household_types.csv"
    origin_groups: str = "origin_groups.csv"
    vulnerability: str = "vulnerability.csv"
    vulnerability_risks: str = "vulnerability_risks.csv"
    needs: str = "needs.csv"
    volunteers: str = "volunteers.csv"
    jobs: str = "jobs.csv"
    age_profiles: str = "age_profiles.csv"
    attitudes: str = "attitudes.csv"
    firms: str = "firms.csv"
    organisations: str = "organisations.csv"
    outcomes: str = "outcomes.csv"


class Heading(Parameters):
    """What `territory.yaml` holds."""

    name: str = Field(pattern=r"^[A-Za-z0-9_\-]{1,60}$")
    label: d.Label
    region: str = d.Name
    reference_year: int = Field(ge=1861, le=2200)
    sources: dict[str, str] = Field(default_factory=dict)
    detour: d.PositiveFigure
    assumptions: d.Assumptions
    targets: d.Targets
    organisation_ties: str | None = None
    files: Files = Files()


_MODELS: dict[str, type[BaseModel]] = {
    "distances": d.Distance,
    "age_bands": d.AgeBand,
    "households": d.HouseholdSize,
    "household_types": d.HouseholdType,
    "origin_groups": d.OriginGroup,
    "vulnerability": d.MunicipalShare,
    "vulnerability_risks": d.Risk,
    "needs": d.Need,
    "volunteers": d.VolunteerShare,
    "jobs": d.JobShare,
    "age_profiles": d.AgeProfile,
    "attitudes": d.Attitude,
    "firms": d.FirmSize,
    "organisations": d.OrganisationRow,
    "outcomes": d.PublishedOutcome,
}


def read_territory(path: Path | str) -> d.Territory:
    """Read a territory from its folder (or from its `territory.yaml`).

    Raises
    ------
    ConfigurationError
        With all problems of all files.
    """
    folder = Path(path)
    top = Source(str(folder / FILE), folder / FILE)
    if folder.suffix in (".yaml", ".yml"):
        top, folder = Source(str(folder), folder), folder.parent
    document = read_yaml(top)
    reading = _Reading(folder, document)
    heading: Heading | None = None
    with reading.problems.gathering():
        heading = validate(Heading, document)
    files = heading.files if heading else Files()
    municipalities = reading.municipalities(files.municipalities, heading)
    for key, model in _MODELS.items():
        reading.table(key, getattr(files, key), model)
    reading.check(municipalities)
    reading.problems.settle()
    assert heading is not None  # without one there was a problem
    rows = reading.rows
    territory = d.Territory(
        name=heading.name,
        label=heading.label,
        region=heading.region,
        reference_year=heading.reference_year,
        sources=dict(heading.sources),
        assumptions=heading.assumptions,
        targets=heading.targets,
        municipalities=tuple(municipalities),
        distance_rows=rows["distances"],
        age_rows=rows["age_bands"],
        household_rows=rows["households"],
        household_types=rows["household_types"],
        origin_rows=rows["origin_groups"],
        vulnerability_rows=rows["vulnerability"],
        risk_rows=rows["vulnerability_risks"],
        need_rows=rows["needs"],
        volunteer_rows=rows["volunteers"],
        job_rows=rows["jobs"],
        profile_rows=rows["age_profiles"],
        attitude_rows=rows["attitudes"],
        firm_rows=rows["firms"],
        organisation_rows=rows["organisations"],
        outcomes=rows["outcomes"],
        detour=heading.detour.value,
        content_hash=reading.content_hash(),
    )
    return reading.with_organisation_ties(territory, heading)


@dataclass
class _Reading:
    """A territory while it is read: rows by table, their lines, and the problems so far."""

    folder: Path
    document: Document
    problems: Problems = field(default_factory=Problems)
    tables: dict[str, Table] = field(default_factory=dict)
    rows: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    read: list[Path] = field(default_factory=list)

    def source(self, key: str, name: str) -> Source | None:
        """Find a file beside `territory.yaml`; one that leads out of the folder is a problem."""
        path = self.folder / name
        at = (key,) if key == "organisation_ties" else ("files", key)
        if "\0" in name or not path.resolve().is_relative_to(self.folder.resolve()):
            message = "this file lies outside the territory's folder; expected one inside it."
            self.problems.found.append(self.document.problem(at, message))
            return None
        self.read.append(path)
        return Source(str(path), path)

    def table(self, key: str, name: str, model: type[BaseModel]) -> None:
        """Read a table whose columns are a model's fields."""
        source = self.source(key, name)
        if source is None:
            return
        required = [f.alias or n for n, f in model.model_fields.items() if f.is_required()]
        optional = [f.alias or n for n, f in model.model_fields.items() if not f.is_required()]
        with self.problems.gathering():
            table = read_table(source, required, optional)
            self.rows[key] = tuple(validate_rows(model, table))
            self.tables[key] = table

    def municipalities(self, name: str, heading: Heading | None) -> list[d.Municipality]:
        """Read the municipalities, whose population stands in a column a year."""
        source = self.source("municipalities", name)
        if source is None:
            return []
        found: list[d.Municipality] = []
        with self.problems.gathering():
            plain = ["municipality", "istat_code", "latitude", "longitude", "source"]
            table = read_table(source, plain, optional=None)
            years = {c: c.removeprefix("population_") for c in table.columns if c not in plain}
            for column, year in years.items():
                if not (
                    column.startswith("population_") and year.isascii() and year.isdigit() and len(year) == 4
                ):
                    message = f"unknown column; expected population_<year> or one of {', '.join(plain)}."
                    self._add(table, None, column, message)
            if heading is not None and f"population_{heading.reference_year}" not in years:
                message = f"this column is missing; {heading.reference_year} is the reference year."
                self._add(table, None, f"population_{heading.reference_year}", message)
            if self.problems.any and any(p.file == source.shown for p in self.problems.found):
                return []
            for row in table.rows:
                for column in years:
                    cell = row.cells[column]
                    if not (cell.isascii() and cell.isdigit() and 1 <= int(cell[:12]) <= RESIDENTS_AT_MOST):
                        message = (
                            f'"{cell[:40]}" is not valid here; expected a whole number from 1 to 2,000,000.'
                        )
                        self._add(table, row.line, column, message)
            plain_table = Table(
                source,
                table.columns,
                tuple(type(r)(r.line, {c: r.cells[c] for c in plain}) for r in table.rows),
            )
            known = validate_rows(_PlainMunicipality, plain_table)
            if any(p.file == source.shown for p in self.problems.found):
                return []
            for row, about in zip(table.rows, known, strict=True):
                by_year = {int(year): int(row.cells[column]) for column, year in years.items()}
                found.append(d.Municipality(**about.model_dump(), population=by_year))
            self.tables["municipalities"] = table
            self._check_municipalities(table, found, heading)
        return found

    def _check_municipalities(
        self, table: Table, found: list[d.Municipality], heading: Heading | None
    ) -> None:
        if not found:
            self._add(table, None, "", "there is no municipality; expected at least one row.")
        if len(found) > MUNICIPALITIES_AT_MOST:
            self._add(
                table, None, "", f"{len(found)} municipalities; expected at most {MUNICIPALITIES_AT_MOST}."
            )
        self._twice("municipalities", table, [(m.municipality,) for m in found], "municipality")
        year = heading.reference_year if heading else 0
        total = sum(m.population.get(year, 0) for m in found)
        if total > RESIDENTS_AT_MOST:
            self._add(table, None, f"population_{year}", f"{total:,} residents; expected at most 2,000,000.")

    def check(self, municipalities: list[d.Municipality]) -> None:
        """Find what is wrong between rows and between tables."""
        names = [m.municipality for m in municipalities]
        if names:
            for key in ("age_bands", "households", "origin_groups", "vulnerability", "volunteers", "jobs"):
                self._known_names(key, names, lambda r: [("municipality", r.municipality)])
            self._known_names("distances", names, lambda r: [("from", r.start), ("to", r.end)])
            self._known_names("organisations", [*names, "*"], lambda r: [("municipality", r.municipality)])
            for key, per in (
                ("age_bands", "age_band"),
                ("households", "size"),
                ("origin_groups", "origin"),
                ("vulnerability", ""),
                ("volunteers", ""),
                ("jobs", ""),
            ):
                self._complete(key, names, per)
        self._sums("age_bands", lambda r: r.municipality)
        self._sums("households", lambda r: r.municipality)
        self._sums("origin_groups", lambda r: r.municipality)
        self._sums("household_types", lambda r: f"size {r.size}")
        self._bands()
        self._combinations()
        self._ranges("needs", "from_age", "to_age")
        self._ranges("firms", "from_employees", "to_employees")
        if names and not self.problems.any:
            self._room_for_children(municipalities)

    def _known_names(
        self, key: str, names: Sequence[str], cells: Callable[[Any], list[tuple[str, str]]]
    ) -> None:
        for line, row in self._lines(key):
            for column, name in cells(row):
                if name not in names:
                    message = f'there is no municipality "{name[:60]}". {did_you_mean(name, names)}'
                    self._add(self.tables[key], line, column, message)

    def _complete(self, key: str, names: Sequence[str], per: str) -> None:
        """Each municipality stands in a table once (for each value of a column)."""
        if key not in self.rows:
            return
        rows = self.rows[key]
        self._twice(
            key, self.tables[key], [(r.municipality, *([getattr(r, per)] if per else [])) for r in rows], per
        )
        values = list(dict.fromkeys(getattr(r, per) for r in rows)) if per else [None]
        have = {(r.municipality, getattr(r, per) if per else None) for r in rows}
        for name in names:
            for value in values:
                if (name, value) not in have:
                    what = f" with {per} {value}" if per else ""
                    message = f"a row for {name}{what} is missing; expected one for every municipality."
                    self._add(self.tables[key], None, "municipality", message)

    def _twice(self, key: str, table: Table, keys: Iterable[tuple[Any, ...]], column: str) -> None:
        first: dict[tuple[Any, ...], int] = {}
        for row, this in zip(table.rows, keys, strict=True):
            if this in first:
                what = ", ".join(map(str, this))
                self._add(
                    table, row.line, column, f"{what} is given twice (first on line {first[this]}); keep one."
                )
            first.setdefault(this, row.line)

    def _sums(self, key: str, group: Callable[[Any], str]) -> None:
        sums: dict[str, float] = defaultdict(float)
        last: dict[str, int] = {}
        for line, row in self._lines(key):
            sums[group(row)] += row.share
            last[group(row)] = line
        for name, total in sums.items():
            if abs(total - 1) > _SLACK:
                message = f"the shares of {name[:60]} add up to {total:.4g}; expected 1."
                self._add(self.tables[key], last[name], "share", message)

    def _bands(self) -> None:
        """Age bands are the same everywhere, follow each other without gaps, and the profiles have them
        all.
        """
        spans: dict[str, tuple[int, int]] = {}
        for line, row in self._lines("age_bands"):
            table = self.tables["age_bands"]
            if row.from_age > row.to_age:
                self._add(table, line, "to_age", f"{row.to_age} lies before from_age, {row.from_age}.")
            known = spans.setdefault(row.age_band, (row.from_age, row.to_age))
            if known != (row.from_age, row.to_age):
                message = (
                    f"{row.age_band} goes from {known[0]} to {known[1]} elsewhere; expected the same here."
                )
                self._add(table, line, "from_age", message)
        ordered = sorted(spans.items(), key=lambda s: s[1])
        for (one, a), (two, b) in pairwise(ordered):
            if b[0] != a[1] + 1:
                message = f"{two} starts at {b[0]}; expected {a[1] + 1}, after {one}."
                self._add(self.tables["age_bands"], None, "from_age", message)
        if ordered and ordered[0][1][0] != 0:
            self._add(self.tables["age_bands"], None, "from_age", "the first age band must start at 0.")
        if len(ordered) > 60:
            self._add(
                self.tables["age_bands"], None, "age_band", f"{len(ordered)} bands; expected at most 60."
            )
        if "age_profiles" in self.rows and spans:
            for line, row in self._lines("age_profiles"):
                if row.age_band not in spans:
                    message = (
                        f'there is no age band "{row.age_band[:40]}". {did_you_mean(row.age_band, spans)}'
                    )
                    self._add(self.tables["age_profiles"], line, "age_band", message)
            keys = [(r.characteristic, r.age_band) for r in self.rows["age_profiles"]]
            self._all_of("age_profiles", keys, [(p, b) for p in d.PROFILES for b in spans])

    def _combinations(self) -> None:
        both = (False, True)
        if "attitudes" in self.rows:
            keys = [(r.characteristic, r.vulnerable, r.foreign) for r in self.rows["attitudes"]]
            needed = [(c, v, f) for c in ("asks_for_help", "trust") for v in both for f in both]
            self._all_of("attitudes", keys, needed)
        if "vulnerability_risks" in self.rows:
            groups = {
                "household": ("alone", "single_parent", "large", "other"),
                "origin": ("foreign", "native"),
                "age": ("under_35", "35_to_64", "65_and_over"),
            }
            have = [(r.characteristic, r.group) for r in self.rows["vulnerability_risks"]]
            self._all_of("vulnerability_risks", have, [(c, g) for c, gs in groups.items() for g in gs])
        if "household_types" in self.rows:
            sizes = {r.size for r in self.rows["household_types"]}
            used = {r.size for r in self.rows.get("households", ())}
            self._all_of("household_types", sorted(sizes), sorted(used))
        if "distances" in self.rows:
            pairs: list[tuple[str, ...]] = [tuple(sorted((r.start, r.end))) for r in self.rows["distances"]]
            self._twice("distances", self.tables["distances"], pairs, "to")
        if "organisations" in self.rows:
            table = self.tables["organisations"]
            first: dict[str, int] = {}
            for line, row in self._lines("organisations"):
                if row.name and row.name in first:
                    message = f"{row.name} is given twice (first on line {first[row.name]}); keep one."
                    self._add(table, line, "name", message)
                first.setdefault(row.name, line)
            total = sum(r.number for r in self.rows["organisations"])
            if total > 60_000:
                self._add(table, None, "number", f"{total:,} organisations; expected at most 60,000.")

    def _all_of(self, key: str, have: Sequence[Any], needed: Sequence[Any]) -> None:
        for missing in dict.fromkeys(needed):
            if missing not in have:
                parts = missing if isinstance(missing, tuple) else (missing,)
                words = ", ".join({True: "yes", False: "no"}.get(p, str(p)) if isinstance(p, bool) else str(p)
                                  for p in parts)  # fmt: skip
                self._add(self.tables[key], None, "", f"a row for {words} is missing.")

    def _ranges(self, key: str, start: str, end: str) -> None:
        for line, row in self._lines(key):
            if getattr(row, start) > getattr(row, end):
                message = f"{getattr(row, end)} lies before {start}, {getattr(row, start)}."
                self._add(self.tables[key], line, end, message)

    def _room_for_children(self, municipalities: list[d.Municipality]) -> None:
        """Every household needs an adult: a place cannot have more households than adults."""
        for place in municipalities:
            name = place.municipality
            size = sum(r.size * r.share for r in self.rows["households"] if r.municipality == name)
            adult = sum(
                r.share
                * np.clip((r.to_age + 1 - max(r.from_age, d.ADULT)) / (r.to_age + 1 - r.from_age), 0, 1)
                for r in self.rows["age_bands"]
                if r.municipality == name
            )
            if adult < 1 / size:
                message = (
                    f"{name} has {adult:.0%} adults but {1 / size:.0%} as many households as residents; "
                    "every household needs an adult (make households larger or residents older)."
                )
                self._add(self.tables["households"], None, "share", message)

    def content_hash(self) -> str:
        """SHA-256 over the files' names and bytes, in the order of the keys."""
        digest = hashlib.sha256((self.folder / FILE).read_bytes() if (self.folder / FILE).exists() else b"")
        for path in self.read:
            content = path.read_bytes()
            digest.update(f"{path.name}:{len(content)}:".encode() + content)
        return digest.hexdigest()

    def with_organisation_ties(self, territory: d.Territory, heading: Heading) -> d.Territory:
        """Add the observed network between organisations, if there is one."""
        if heading.organisation_ties is None:
            return territory
        from dataclasses import replace

        from simcomunita.network.exchange import read_named_ties

        source = self.source("organisation_ties", heading.organisation_ties)
        self.problems.settle()
        assert source is not None  # otherwise there was a problem
        known = [plan.name for plan in territory.organisation_plan]
        known_set = set(known)
        pairs = []
        for line, one, other in read_named_ties(source):
            unknown = [name for name in (one, other) if name not in known_set]
            for name in unknown:
                message = f'there is no organisation "{name[:80]}". {did_you_mean(name, known)}'
                self.problems.add(source.shown, line, "", message)
            if not unknown and one != other:
                pairs.append((one, other))
        self.problems.settle()
        return replace(territory, organisation_ties=tuple(pairs), content_hash=self.content_hash())

    def _lines(self, key: str) -> Iterable[tuple[int, Any]]:
        if key not in self.rows:
            return ()
        return zip((r.line for r in self.tables[key].rows), self.rows[key], strict=True)

    def _add(self, table: Table, line: int | None, column: str, message: str) -> None:
        self.problems.found.append(table.problem(line, column, message))


class _PlainMunicipality(Parameters):
    municipality: str = d.Name
    istat_code: str = d.Name
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    source: str = Field(min_length=1)
