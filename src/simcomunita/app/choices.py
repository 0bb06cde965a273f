"""What is funded: a value for every lever; and the choices that have a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from simcomunita.app.levers import HOURS, LEVERS, Value, Words


@dataclass(frozen=True)
class Choice:
    """A value for every lever. Equal values are equal choices; `Choice()` is what is funded in fact.

    Attributes
    ----------
    given
        (key, value) of every lever, in the order of `LEVERS`; levers that are left out have their standard value.

    Raises
    ------
    ValueError
        If there is no such lever, it does not allow the value, the facilitators end before they begin, or their
        hours go to nothing.
    """

    given: tuple[tuple[str, Value], ...] = ()

    def __post_init__(self) -> None:
        said = dict(self.given)
        for key, value in said.items():
            if key not in LEVERS:
                raise ValueError(f"{key!r} is no lever; expected one of {', '.join(LEVERS)}")
            if not LEVERS[key].allows(value):
                raise ValueError(f"{value!r} is no value of {key}; the nearest is {LEVERS[key].nearest(value)!r}")
        whole = tuple((key, said.get(key, lever.standard)) for key, lever in LEVERS.items())
        object.__setattr__(self, "given", whole)
        if ends_early(self.values):
            raise ValueError(f"the facilitators end ({self['until']}) before they begin ({self['from']})")
        if idle(self.values):
            raise ValueError("the facilitators' hours go to nothing; expected a weight above 0")

    @classmethod
    def of(cls, values: Mapping[str, Value] | None = None, **more: Value) -> Choice:
        """Make a choice of some levers' values; the others have their standard values."""
        return cls(tuple({**(values or {}), **more}.items()))

    @property
    def values(self) -> dict[str, Value]:
        """The value of every lever, by key."""
        return dict(self.given)

    def __getitem__(self, key: str) -> Value:
        return self.values[key]

    def __iter__(self) -> Iterator[tuple[str, Value]]:
        return iter(self.given)

    def set(self, key: str, value: Value) -> Choice:
        """Return the same with one lever moved. What contradicts it follows.

        The facilitators' last month is moved with their first, and the first with the last; the weight that was the
        last above 0 stays at its least.

        Raises
        ------
        ValueError
            If there is no such lever, or it does not allow the value.
        """
        values = self.values | {key: value}
        if ends_early(values):
            values["until" if key == "from" else "from"] = value
        if idle(values):
            values[key] = LEVERS[key].values[1]
        return Choice.of(values)

    @property
    def moved(self) -> dict[str, Value]:
        """The values that are not the standard ones, by key."""
        return {key: value for key, value in self.given if value != LEVERS[key].standard}

    @property
    def hours(self) -> dict[str, float]:
        """Share of the facilitators' hours that the three kinds of work have, adding up to 1, by lever."""
        values = self.values
        total = sum(int(values[key]) for key in HOURS)
        return {key: int(values[key]) / total for key in HOURS}


def ends_early(values: Mapping[str, Value]) -> bool:
    """Whether the facilitators end before they begin."""
    return str(values["until"]) < str(values["from"])


def idle(values: Mapping[str, Value]) -> bool:
    """Whether the facilitators' hours go to nothing."""
    return all(values[key] == 0 for key in HOURS)


@dataclass(frozen=True)
class Preset:
    """A choice that has a name."""

    key: str
    label: Words
    choice: Choice


def _presets(*presets: tuple[str, str, str, dict[str, Value]]) -> Mapping[str, Preset]:
    return MappingProxyType(
        {key: Preset(key, {"en": en, "it": it}, Choice.of(values)) for key, en, it, values in presets}
    )


PRESETS: Mapping[str, Preset] = _presets(
    ("none", "No facilitators", "Nessun facilitatore", {"facilitators": 0}),
    ("eight", "Eight facilitators from the start", "Otto facilitatori dall'inizio", {}),
    ("eight_later", "Eight facilitators two years later", "Otto facilitatori due anni dopo", {"from": "2022-01"}),
    ("places", "More places only", "Solo altri luoghi", {"facilitators": 0, "places": 60}),
    ("calls", "Calls for ideas only", "Solo bandi per idee", {"facilitators": 0, "calls": 100_000}),
    ("stop", "Stop after the project", "Fermarsi dopo il progetto", {"facilitators": 0, "kept": "closed"}),
)
"""Choices to begin with, by key: all as from the month in which the history ends."""
