"""Reading a territory: one YAML file and the tables beside it, with all problems of all files at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field

from simcomunita.configuration import Parameters, did_you_mean
from simcomunita.configuration.documents import Document, Source, read_yaml
from simcomunita.configuration.tables import Table, read_table
from simcomunita.configuration.validation import validate, validate_rows
from simcomunita.territory import rows as d
from simcomunita.territory.checking import RESIDENTS_AT_MOST, Tables
from simcomunita.territory.description import Territory

R = TypeVar("R", bound=BaseModel)

FILE = "territory.yaml"


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


def read_territory(path: Path | str) -> Territory:
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
    reading = _Reading(folder=folder, document=document)
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
    territory = Territory(
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
class _Reading(Tables):
    """A territory while it is read."""

    folder: Path = field(kw_only=True)
    document: Document = field(kw_only=True)
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
                if not (column.startswith("population_") and year.isascii() and year.isdigit() and len(year) == 4):
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
                        message = f'"{cell[:40]}" is not valid here; expected a whole number from 1 to 2,000,000.'
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
            self.check_municipalities(table, found, heading.reference_year if heading else 0)
        return found

    def content_hash(self) -> str:
        """SHA-256 over the files' names and bytes, in the order of the keys."""
        digest = hashlib.sha256((self.folder / FILE).read_bytes() if (self.folder / FILE).exists() else b"")
        for path in self.read:
            content = path.read_bytes()
            digest.update(f"{path.name}:{len(content)}:".encode() + content)
        return digest.hexdigest()

    def with_organisation_ties(self, territory: Territory, heading: Heading) -> Territory:
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


class _PlainMunicipality(Parameters):
    municipality: str = d.Name
    istat_code: str = d.Name
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    source: str = Field(min_length=1)
