"""What was asked for beside what was grown."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simcomunita.configuration import ConfigurationError
from simcomunita.network import measures
from simcomunita.territory.description import Territory
from simcomunita.territory.growing import grow
from simcomunita.territory.growing.households import households_by_size
from simcomunita.territory.growing.places import laid_down
from simcomunita.territory.population import Population
from simcomunita.territory.reading import read_territory
from simcomunita.territory.rows import ADULT, LARGEST_HOUSEHOLD, Figure

MARGIN = 0.01
"""How far a margin may lie from what was asked for; and half a person a municipality, as people are whole."""
PICTURES = (".png", ".svg", ".pdf", ".jpg")
"""Endings of the pictures that are drawn."""


@dataclass(frozen=True)
class Comparison:
    """One thing that was grown, beside what was asked for.

    `asked`, `low` and `high` are None where nothing was asked for; `by_chance` is what ties at random would
    give.
    """

    part: str
    what: str
    grown: float
    unit: str = ""
    asked: float | None = None
    low: float | None = None
    high: float | None = None
    by_chance: float | None = None

    @property
    def difference(self) -> float | None:
        """Grown less asked for."""
        return None if self.asked is None else self.grown - self.asked

    @property
    def within(self) -> bool | None:
        """Whether what was grown lies in the range; None where there is none."""
        if self.low is None or self.high is None:
            return None
        return self.low <= self.grown <= self.high


@dataclass(frozen=True, eq=False)
class Description:
    """A grown territory beside its description; `str()` is a table to read.

    Attributes
    ----------
    rows
        Margins, sizes of personal networks, homophily, degrees.
    municipalities, mixing
        Names, and int64 (c, c) ties between municipalities (within one: on the diagonal).
    degrees
        int64: how many residents have 0, 1, 2, … ties.
    """

    territory: str
    seed: int
    scale: float
    rows: tuple[Comparison, ...]
    municipalities: tuple[str, ...]
    mixing: NDArray[np.int64]
    degrees: NDArray[np.int64]
    picture: Path | None = None

    @property
    def as_asked(self) -> bool:
        """Whether everything for which there is a range lies in it."""
        return all(row.within is not False for row in self.rows)

    def __str__(self) -> str:
        """A table in plain text, at most 100 characters wide for up to ten municipalities."""
        head = f"{'':44}{'asked for':>11}{'range':>19}{'grown':>11}{'difference':>12}"
        lines = [f"{self.territory}, seed {self.seed}, scale {self.scale:g}"]
        part = ""
        for row in self.rows:
            if row.part != part:
                part = row.part
                lines += ["", f"{part:44}{head[44:]}" if row.asked is not None else part]
            lines.append(_line(row))
        lines += ["", *self._mixing_lines()]
        outside = [row.what for row in self.rows if row.within is False]
        ranged = sum(row.within is not None for row in self.rows)
        lines.append("")
        if outside:
            lines.append(f"{len(outside)} of {ranged} outside their range: {', '.join(outside)}.")
        else:
            lines.append(f"All {ranged} within their range.")
        if self.picture is not None:
            lines.append(f"Picture: {self.picture}")
        return "\n".join(lines)

    def _mixing_lines(self) -> Iterator[str]:
        count = min(len(self.municipalities), 10)
        yield "Where the ties of each municipality go, %"
        yield " " * 22 + "".join(f"{name[:7]:>8}" for name in self.municipalities[:count])
        # A tie within a municipality belongs to two of its residents.
        ends = self.mixing + np.diag(np.diag(self.mixing))
        total = np.maximum(ends.sum(1), 1)
        for i in range(count):
            cells = "".join(f"{100 * ends[i, j] / total[i]:8.1f}" for j in range(count))
            yield f"  {self.municipalities[i][:20]:20}{cells}"
        if count < len(self.municipalities):
            yield f"  … and {len(self.municipalities) - count} more"


def describe_territory(path: Path | str, seed: int = 1, scale: float = 1.0, picture: Path | None = None) -> Description:
    """Read and grow a territory, compare, and draw a picture if a path for one is given.

    Raises
    ------
    ConfigurationError
        If the territory's files are wrong, or the picture's ending is none of `PICTURES`.
    ValueError
        If the scale is out of range.
    """
    if picture is not None and Path(picture).suffix.lower() not in PICTURES:
        message = f'a picture ends in {", ".join(PICTURES)}, not in "{Path(picture).suffix}".'
        raise ConfigurationError.of(picture, message)
    territory = read_territory(path)
    population = grow(territory, seed, scale)
    if picture is not None:
        from simcomunita.territory.picture import draw

        draw(territory, population, picture)
    return described(territory, population, picture)


def described(territory: Territory, population: Population, picture: Path | None = None) -> Description:
    """Compare a grown population with its territory's description."""
    rows = [*_margins(territory, population), *_network(territory, population), *_homophily(population)]
    degree = population.ties.degree()
    rows += [
        Comparison("Ties of a resident", name, float(value))
        for name, value in (
            ("mean", degree.mean()),
            ("median", np.median(degree)),
            ("95th percentile", np.percentile(degree, 95)),
            ("most", degree.max(initial=0)),
            ("share with none", (degree == 0).mean()),
        )
    ]
    count = len(population.municipalities)
    return Description(
        territory.label.en,
        population.seed,
        population.scale,
        tuple(rows),
        population.municipalities,
        measures.mixing(population.ties, population.municipality, count),
        np.bincount(degree),
        picture,
    )


def _margin(part: str, what: str, asked: float, grown: float, whole: tuple[str, int]) -> Comparison:
    """A margin of whole residents or households (the unit) in so many municipalities."""
    unit, places = whole
    slack = max(1.0, 0.5 * places, MARGIN * asked)
    return Comparison(part, what, float(grown), unit, float(asked), asked - slack, asked + slack)


def asked_ages(territory: Territory, population: Population) -> NDArray[np.float64]:
    """Residents asked for by municipality and age band, at the population's scale: float64 (c, bands)."""
    places = laid_down(territory, population.scale)
    return np.asarray(territory.age_shares[places.origin] * places.residents[:, None])


def asked_households(territory: Territory, population: Population) -> NDArray[np.float64]:
    """Households asked for by municipality and size, at the population's scale: float64 (c, 6)."""
    places = laid_down(territory, population.scale)
    shares = territory.household_shares[places.origin]
    households = places.residents / (shares @ np.arange(1, LARGEST_HOUSEHOLD + 1))
    return np.asarray(shares * households[:, None])


def _margins(territory: Territory, population: Population) -> Iterator[Comparison]:
    places = laid_down(territory, population.scale)
    part = "Residents"
    grown = np.bincount(population.municipality, minlength=len(places.names))
    people = ("residents", len(places.names))
    yield _margin(part, "all", territory.residents * population.scale, len(population), ("residents", 1))
    several = len(places.copy_scales) > 1
    for i, name in enumerate(territory.names):
        of = places.origin == i
        asked = float(territory.population[i] * population.scale)
        yield _margin(
            part,
            f"{name} (all copies)" if several else name,
            asked,
            float(grown[of].sum()),
            ("residents", len(places.copy_scales)),
        )

    part = "Age"
    ages = asked_ages(territory, population)
    bands = len(territory.bands)
    cell = population.municipality.astype(np.int64) * bands + population.band
    by_band = np.bincount(cell, minlength=ages.size).reshape(ages.shape)
    for b, (name, _, _) in enumerate(territory.bands):
        yield _margin(part, name, float(ages[:, b].sum()), float(by_band[:, b].sum()), people)

    part = "Origin"
    origins = territory.origin_shares[places.origin] * places.residents[:, None]
    for o, name in enumerate(territory.origins):
        yield _margin(part, name, float(origins[:, o].sum()), float((population.origin == o).sum()), people)

    part = "Households"
    asked_sizes = asked_households(territory, population).sum(0)
    homes = ("households", 2 * len(places.names))  # their number is rounded too
    grown_sizes = households_by_size(population.household_start)
    for s in range(LARGEST_HOUSEHOLD):
        what = f"of {s + 1}" + (" and more" if s + 1 == LARGEST_HOUSEHOLD else "")
        yield _margin(part, what, float(asked_sizes[s]), float(grown_sizes[s]), homes)

    part = "Vulnerability and volunteers"
    asked = float((territory.vulnerable_shares[places.origin] * places.residents).sum())
    yield _margin(part, "at risk of poverty or exclusion", asked, float(population.vulnerable.sum()), people)
    adults = np.bincount(population.municipality[population.age >= ADULT], minlength=len(places.names))
    asked = float((territory.volunteer_shares[places.origin] * adults).sum())
    yield _margin(part, "standing volunteers", asked, float(population.volunteer.sum()), people)


def _aimed(what: str, grown: float, target: Figure) -> Comparison:
    return Comparison("Personal networks", what, grown, target.unit, target.value, target.low, target.high)


def _network(territory: Territory, population: Population) -> Iterator[Comparison]:
    ties, targets = population.ties, territory.targets
    yield _aimed("support ties (strength 0.6), mean", measures.mean_support_ties(ties), targets.support)
    yield _aimed("sympathy ties (strength 0.25), mean", measures.mean_sympathy_ties(ties), targets.sympathy)
    foci = (population.school, population.work, population.association)
    wider = float(measures.wider_contacts(ties, foci).mean())
    yield _aimed("wider: ties and shared foci, mean", wider, targets.wider)
    isolated = measures.isolated_share(ties, population.grown_up)
    yield _aimed("isolated: no support beside family", isolated, targets.isolated)
    yield _aimed("clustering, mean local", measures.mean_clustering(ties), targets.clustering)


def _homophily(population: Population) -> Iterator[Comparison]:
    ties = population.ties
    part = "Homophily: share of ties that join alike"
    for what, group in (
        ("same origin group", population.origin),
        ("both vulnerable or neither", population.vulnerable.astype(np.uint8)),
        ("same age band", population.band),
        ("same municipality", population.municipality),
        ("same neighbourhood", population.neighbourhood),
    ):
        share = measures.same_group_share(ties, group)
        yield Comparison(part, what, share, "share", by_chance=measures.same_group_by_chance(group))


def _number(value: float) -> str:
    if not math.isfinite(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def _line(row: Comparison) -> str:
    if row.asked is None:
        chance = "" if row.by_chance is None else f"   at random {_number(row.by_chance)}"
        return f"  {row.what:42}{'':30}{_number(row.grown):>11}{chance}"
    asked, low, high = row.asked, row.low or 0.0, row.high or 0.0
    whole = row.unit in ("residents", "households")

    def number(x: float) -> str:
        return f"{x:,.0f}" if whole else _number(x)

    span = f"{number(low)} – {number(high)}"
    gap = row.grown - asked
    difference = (f"{gap:+,.0f}" if whole else f"{gap:+.3f}").replace("-0.000", "+0.000")
    difference = "+0" if difference == "-0" else difference
    mark = "" if row.within else "  outside"
    return f"  {row.what:42}{number(asked):>11}{span:>19}{number(row.grown):>11}{difference:>12}{mark}"
