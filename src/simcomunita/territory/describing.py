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
from simcomunita.territory.wording import Language, local, origin_name, text

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
    language: Language = "en"

    @property
    def as_asked(self) -> bool:
        """Whether everything for which there is a range lies in it."""
        return all(row.within is not False for row in self.rows)

    def __str__(self) -> str:
        """A table in plain text, at most 100 characters wide for up to ten municipalities."""
        language = self.language
        asked, span, grown, gap = (text(word, language) for word in ("asked for", "range", "grown", "difference"))
        head = f"{asked:>11}{span:>19}{grown:>11}{gap:>12}"
        scale = local(f"{self.scale:g}", language)
        lines = [text("heading", language, name=self.territory, seed=self.seed, scale=scale)]
        part = ""
        for row in self.rows:
            if row.part != part:
                part = row.part
                lines += ["", f"{part:44}{head}" if row.asked is not None else part]
            lines.append(_line(row, language))
        lines += ["", *self._mixing_lines()]
        outside = [row.what for row in self.rows if row.within is False]
        ranged = sum(row.within is not None for row in self.rows)
        lines.append("")
        if outside:
            lines.append(text("some outside", language, n=len(outside), ranged=ranged, names=", ".join(outside)))
        else:
            lines.append(text("all within", language, ranged=ranged))
        if self.picture is not None:
            lines.append(text("picture", language, path=self.picture))
        return "\n".join(lines)

    def _mixing_lines(self) -> Iterator[str]:
        count = min(len(self.municipalities), 10)
        yield text("mixing", self.language)
        # Columns go by number: names would have to be cut.
        names = [f"{i + 1:2} {name}" for i, name in enumerate(self.municipalities[:count])]
        wide = max(map(len, names), default=0)
        yield f"  {'':{wide}}" + "".join(f"{i + 1:7}" for i in range(count))
        # A tie within a municipality belongs to two of its residents.
        ends = self.mixing + np.diag(np.diag(self.mixing))
        total = np.maximum(ends.sum(1), 1)
        for i in range(count):
            cells = "".join(local(f"{100 * ends[i, j] / total[i]:7.1f}", self.language) for j in range(count))
            yield f"  {names[i]:{wide}}{cells}"
        if count < len(self.municipalities):
            yield f"  {text('more', self.language, n=len(self.municipalities) - count)}"


def describe_territory(
    path: Path | str,
    seed: int = 1,
    scale: float = 1.0,
    picture: Path | None = None,
    language: Language = "en",
) -> Description:
    """Read and grow a territory, compare, and draw a picture if a path for one is given.

    The table and the picture are in the language.

    Raises
    ------
    ConfigurationError
        If the territory's files are wrong, or the picture's ending is none of `PICTURES`.
    ValueError
        If the scale is out of range.
    UnwrittenError
        If the disk does not take the picture.
    """
    if picture is not None and Path(picture).suffix.lower() not in PICTURES:
        message = f'a picture ends in {", ".join(PICTURES)}, not in "{Path(picture).suffix}".'
        raise ConfigurationError.of(picture, message)
    territory = read_territory(path)
    population = grow(territory, seed, scale)
    if picture is not None:
        from simcomunita.territory.picture import draw

        draw(territory, population, picture, language)
    return described(territory, population, picture, language)


def described(
    territory: Territory, population: Population, picture: Path | None = None, language: Language = "en"
) -> Description:
    """Compare a grown population with its territory's description, in a language."""
    rows = [
        *margins(territory, population, language),
        *_network(territory, population, language),
        *_homophily(population, language),
    ]
    degree = population.ties.degree()
    rows += [
        Comparison(text("ties", language), text(name, language), float(value))
        for name, value in (
            ("mean", degree.mean()),
            ("median", np.median(degree)),
            ("95th percentile", np.percentile(degree, 95)),
            ("most", degree.max(initial=0)),
            ("with none", (degree == 0).mean()),
        )
    ]
    count = len(population.municipalities)
    return Description(
        territory.label.it if language == "it" else territory.label.en,
        population.seed,
        population.scale,
        tuple(rows),
        population.municipalities,
        measures.mixing(population.ties, population.municipality, count),
        np.bincount(degree),
        picture,
        language,
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


def margins(territory: Territory, population: Population, language: Language = "en") -> Iterator[Comparison]:
    """Compare residents and households, by municipality, age, origin and size, with those asked for."""
    places = laid_down(territory, population.scale)
    part = text("residents", language)
    grown = np.bincount(population.municipality, minlength=len(places.names))
    people = ("residents", len(places.names))
    yield _margin(
        part, text("all", language), territory.residents * population.scale, len(population), ("residents", 1)
    )
    several = len(places.copy_scales) > 1
    for i, name in enumerate(territory.names):
        of = places.origin == i
        asked = float(territory.population[i] * population.scale)
        yield _margin(
            part,
            text("all copies", language, name=name) if several else name,
            asked,
            float(grown[of].sum()),
            ("residents", len(places.copy_scales)),
        )

    part = text("age", language)
    ages = asked_ages(territory, population)
    bands = len(territory.bands)
    cell = population.municipality.astype(np.int64) * bands + population.band
    by_band = np.bincount(cell, minlength=ages.size).reshape(ages.shape)
    for b, (name, _, _) in enumerate(territory.bands):
        yield _margin(part, name, float(ages[:, b].sum()), float(by_band[:, b].sum()), people)

    part = text("origin", language)
    origins = territory.origin_shares[places.origin] * places.residents[:, None]
    for o, name in enumerate(territory.origins):
        yield _margin(
            part, origin_name(name, language), float(origins[:, o].sum()), float((population.origin == o).sum()), people
        )

    part = text("households", language)
    asked_sizes = asked_households(territory, population).sum(0)
    homes = ("households", 2 * len(places.names))  # their number is rounded too
    grown_sizes = households_by_size(population.household_start)
    for s in range(LARGEST_HOUSEHOLD):
        what = text("of and more" if s + 1 == LARGEST_HOUSEHOLD else "of", language, n=s + 1)
        yield _margin(part, what, float(asked_sizes[s]), float(grown_sizes[s]), homes)

    part = text("people", language)
    asked = float((territory.vulnerable_shares[places.origin] * places.residents).sum())
    yield _margin(part, text("vulnerable", language), asked, float(population.vulnerable.sum()), people)
    adults = np.bincount(population.municipality[population.age >= ADULT], minlength=len(places.names))
    asked = float((territory.volunteer_shares[places.origin] * adults).sum())
    yield _margin(part, text("volunteers", language), asked, float(population.volunteer.sum()), people)


def _network(territory: Territory, population: Population, language: Language) -> Iterator[Comparison]:
    def aimed(key: str, found: float, target: Figure) -> Comparison:
        part, what = text("networks", language), text(key, language)
        return Comparison(part, what, found, target.unit, target.value, target.low, target.high)

    ties, targets = population.ties, territory.targets
    yield aimed("support", measures.mean_support_ties(ties), targets.support)
    yield aimed("sympathy", measures.mean_sympathy_ties(ties), targets.sympathy)
    foci = (population.school, population.work, population.association)
    wider = float(measures.wider_contacts(ties, foci).mean())
    yield aimed("wider", wider, targets.wider)
    isolated = measures.isolated_share(ties, population.grown_up)
    yield aimed("isolated", isolated, targets.isolated)
    yield aimed("clustering", measures.mean_clustering(ties), targets.clustering)


def _homophily(population: Population, language: Language) -> Iterator[Comparison]:
    ties = population.ties
    for key, group in (
        ("same origin", population.origin),
        ("same vulnerability", population.vulnerable.astype(np.uint8)),
        ("same age", population.band),
        ("same municipality", population.municipality),
        ("same neighbourhood", population.neighbourhood),
    ):
        share = measures.same_group_share(ties, group)
        chance = measures.same_group_by_chance(group)
        yield Comparison(text("homophily", language), text(key, language), share, "share", by_chance=chance)


def _number(value: float, language: Language) -> str:
    if not math.isfinite(value):
        return "–"
    plain = f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
    return local(plain, language)


def _line(row: Comparison, language: Language) -> str:
    if row.asked is None:
        chance = ""
        if row.by_chance is not None:
            chance = f"   {text('at random', language)} {_number(row.by_chance, language)}"
        return f"  {row.what:42}{'':30}{_number(row.grown, language):>11}{chance}"
    asked, low, high = row.asked, row.low or 0.0, row.high or 0.0
    whole = row.unit in ("residents", "households")

    def number(x: float) -> str:
        return local(f"{x:,.0f}", language) if whole else _number(x, language)

    span = f"{number(low)} – {number(high)}"
    gap = row.grown - asked
    difference = (f"{gap:+,.0f}" if whole else f"{gap:+.3f}").replace("-0.000", "+0.000")
    difference = "+0" if difference == "-0" else local(difference, language)
    mark = "" if row.within else f"  {text('outside', language)}"
    return f"  {row.what:42}{number(asked):>11}{span:>19}{number(row.grown):>11}{difference:>12}{mark}"
