"""The levers that a workshop moves: what each may be set to, and what it says of itself in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import yaml

from simcomunita.experiment.wording import Language, month_text, number
from simcomunita.months import month_name, parse_month

if TYPE_CHECKING:
    from simcomunita.policy import CostBook

Kind = Literal["number", "month", "choice"]
Value = int | str
"""A whole number; a month, written YYYY-MM; or the key of an option."""

Words = Mapping[str, str]
"""The same in each language, by its code."""


@dataclass(frozen=True)
class Lever:
    """Something that can be funded, with all the values it may have.

    Attributes
    ----------
    key
        As in links and files.
    values
        All that it may be set to, in order: whole numbers, months (YYYY-MM) or options.
    standard
        What is funded in fact, which a fresh page shows.
    step
        Between two values, in the unit or in months; 0 of options.
    options
        The words for each option; empty for numbers and months.
    unit, label, means, acts
        In each language: of what, its name, what it means, how it acts.
    costs
        In each language, with places for the cost book's figures; `cost_text` fills them.
    source
        In each language: where its figures are from.
    """

    key: str
    kind: Kind
    values: tuple[Value, ...]
    standard: Value
    step: int
    options: Mapping[str, Words]
    unit: Words
    label: Words
    means: Words
    acts: Words
    costs: Words
    source: Words

    @property
    def least(self) -> Value:
        """The lowest value, or the first option."""
        return self.values[0]

    @property
    def most(self) -> Value:
        """The highest value, or the last option."""
        return self.values[-1]

    @cached_property
    def _known(self) -> frozenset[Value]:
        return frozenset(self.values)

    def allows(self, value: object) -> bool:
        """Whether it may be set to a value; 1.0 and True are no whole numbers."""
        return type(value) in (int, str) and value in self._known

    def nearest(self, value: object) -> Value:
        """Return the allowed value that is nearest to anything at all: the standard one, if nothing is near."""
        if self.kind == "choice":
            return str(value) if str(value) in self.options else self.standard
        wanted = _position(value, self.kind)
        if wanted is None:
            return self.standard
        wanted = min(max(wanted, _place(self.least)), _place(self.most))
        # Of two that are equally near the lower one: less is promised.
        return min(self.values, key=lambda one: (abs(_place(one) - wanted), _place(one)))

    def value_text(self, value: Value, lang: Language) -> str:
        """Write a value as a reader says it: ``8 facilitators``, ``January 2020``, ``at the door``."""
        if self.kind == "month":
            return month_text(parse_month(str(value)), lang)
        if self.kind == "choice":
            return self.options[str(value)][lang]
        return f"{number(float(value), 0, lang)} {self.unit[lang]}".rstrip()

    def cost_text(self, lang: Language, book: CostBook | None = None) -> str:
        """Say what it costs, with the figures of a cost book (that of the standard study, if none is given)."""
        return self.costs[lang].format_map(_figures(standard_costs() if book is None else book, lang))


def _position(value: object, kind: Kind) -> float | None:
    """Return where something that somebody wrote would lie among numbers or months; ``None`` if nowhere."""
    if kind == "month":
        try:
            return float(parse_month(str(value)))
        except ValueError:
            return None
    return as_number(value)


def as_number(value: object) -> float | None:
    """Return the number that somebody wrote; ``None`` if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        wanted = float(value)
    except (ValueError, OverflowError):
        return None
    return None if wanted != wanted else wanted


def _place(value: Value) -> float:
    return float(parse_month(value)) if isinstance(value, str) else float(value)


def _figures(book: CostBook, lang: Language) -> dict[str, str]:
    """Return the amounts of a cost book, as a language writes numbers, by the names that texts call them by."""
    figures: dict[str, float] = {"facilitator_all": book.facilitator.value * (1.0 + book.coordination.value)}
    for name, item in book:
        if hasattr(item, "value"):
            figures |= {name: item.value, f"{name}_low": item.low, f"{name}_high": item.high}
    figures = {name: round(value, 6) for name, value in figures.items()}
    return {name: number(value, 0 if value == int(value) else 2, lang) for name, value in figures.items()}


@lru_cache(maxsize=1)
def standard_costs() -> CostBook:
    """Return the cost book that comes with the package."""
    from simcomunita.policy import read_cost_book
    from simcomunita.scenario.names import find

    return read_cost_book(find("lombardy", ("costs",)))


def _read(path: Path) -> Mapping[str, Lever]:
    written: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return MappingProxyType({key: _lever(key, one) for key, one in written.items()})


def _lever(key: str, written: dict[str, Any]) -> Lever:
    kind: Kind = written["kind"]
    options: dict[str, Words] = written.get("options", {})
    step = int(written.get("step", 0))
    values: tuple[Value, ...]
    if kind == "choice":
        values = tuple(options)
    elif kind == "month":
        first, last = parse_month(written["least"]), parse_month(written["most"])
        values = tuple(month_name(month) for month in range(first, last + 1, step))
    else:
        values = tuple(range(written["least"], written["most"] + 1, step))
    texts = {name: written[name] for name in ("unit", "label", "means", "acts", "costs", "source")}
    return Lever(key, kind, values, written["standard"], step, options, **texts)


LEVERS: Mapping[str, Lever] = _read(Path(__file__).with_name("levers.yaml"))
"""All levers by key, in the order in which a page shows them."""

HOURS = ("groups", "cases", "ties")
"""The levers that are weights: together they say how the facilitators' hours are split."""
