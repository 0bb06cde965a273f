"""What can be wrong between the rows of a territory's tables, and between tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from simcomunita.configuration import Problems, did_you_mean
from simcomunita.configuration.tables import Table
from simcomunita.territory import rows as d

RESIDENTS_AT_MOST = 2_000_000
MUNICIPALITIES_AT_MOST = 250
_SLACK = 0.0051
"""Shares that are rounded to three decimals need not add up to exactly 1."""


@dataclass
class Tables:
    """The tables of a territory while it is read: rows, their lines, and the problems so far."""

    problems: Problems = field(default_factory=Problems)
    tables: dict[str, Table] = field(default_factory=dict)
    rows: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def check_municipalities(self, table: Table, found: list[d.Municipality], year: int) -> None:
        """Find what is wrong with the municipalities together."""
        if not found:
            self._add(table, None, "", "there is no municipality; expected at least one row.")
        if len(found) > MUNICIPALITIES_AT_MOST:
            self._add(table, None, "", f"{len(found)} municipalities; expected at most {MUNICIPALITIES_AT_MOST}.")
        self._twice("municipalities", table, [(m.municipality,) for m in found], "municipality")
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

    def _known_names(self, key: str, names: Sequence[str], cells: Callable[[Any], list[tuple[str, str]]]) -> None:
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
        self._twice(key, self.tables[key], [(r.municipality, *([getattr(r, per)] if per else [])) for r in rows], per)
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
                self._add(table, row.line, column, f"{what} is given twice (first on line {first[this]}); keep one.")
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
                message = f"{row.age_band} goes from {known[0]} to {known[1]} elsewhere; expected the same here."
                self._add(table, line, "from_age", message)
        ordered = sorted(spans.items(), key=lambda s: s[1])
        for (one, a), (two, b) in pairwise(ordered):
            if b[0] != a[1] + 1:
                message = f"{two} starts at {b[0]}; expected {a[1] + 1}, after {one}."
                self._add(self.tables["age_bands"], None, "from_age", message)
        if ordered and ordered[0][1][0] != 0:
            self._add(self.tables["age_bands"], None, "from_age", "the first age band must start at 0.")
        if len(ordered) > 60:
            self._add(self.tables["age_bands"], None, "age_band", f"{len(ordered)} bands; expected at most 60.")
        if "age_profiles" in self.rows and spans:
            for line, row in self._lines("age_profiles"):
                if row.age_band not in spans:
                    message = f'there is no age band "{row.age_band[:40]}". {did_you_mean(row.age_band, spans)}'
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
                r.share * np.clip((r.to_age + 1 - max(r.from_age, d.ADULT)) / (r.to_age + 1 - r.from_age), 0, 1)
                for r in self.rows["age_bands"]
                if r.municipality == name
            )
            if adult < 1 / size:
                message = (
                    f"{name} has {adult:.0%} adults but {1 / size:.0%} as many households as residents; "
                    "every household needs an adult (make households larger or residents older)."
                )
                self._add(self.tables["households"], None, "share", message)

    def _lines(self, key: str) -> Iterable[tuple[int, Any]]:
        if key not in self.rows:
            return ()
        return zip((r.line for r in self.tables[key].rows), self.rows[key], strict=True)

    def _add(self, table: Table, line: int | None, column: str, message: str) -> None:
        self.problems.found.append(table.problem(line, column, message))
