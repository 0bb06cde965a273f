"""What an answer hangs on and nobody decides: a few parameters and prices that a visitor can see, and set otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from math import floor
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

from simcomunita.app.levers import Words, as_number
from simcomunita.app.words import word
from simcomunita.experiment.wording import Language, capital, number

if TYPE_CHECKING:
    from simcomunita.app.refusals import Refusals
    from simcomunita.policy import CostBook
    from simcomunita.scenario import Study

MOST_VALUES = 100
"""Values that one assumption may have."""

PRICES = "costs."
"""What the keys of prices begin with; the others are full names of parameters."""

_ENDS = (0.05, 0.5, 0.95)
"""Shares of the draws below which what is usual lies, from low to high."""


@dataclass(frozen=True)
class Assumption:
    """Something that the model or its prices take for granted, with all the values it may have.

    Attributes
    ----------
    key
        As in links and files: a parameter's full name, or ``costs.`` and an item of the cost book.
    values
        All that it may be set to, ascending, in the unit of the parameter or item: the range that its source gives.
    usual
        What holds where nobody sets it: of a price its value, three times; of a parameter that is drawn the values
        that a twentieth, a half and nineteen twentieths of the draws do not exceed.
    drawn
        Whether each pair of runs has a value of its own.
    times
        What a value is multiplied by to be read.
    unit, label, means, acts, source
        In each language: of what the value read is, its name, what it means, how it acts, who says so.
    assuming
        In each language, what follows "assuming that", with a place for the ``{value}``.
    """

    key: str
    values: tuple[float, ...]
    usual: tuple[float, float, float]
    drawn: bool
    times: float
    unit: Words
    label: Words
    means: Words
    acts: Words
    source: Words
    assuming: Words

    @property
    def is_price(self) -> bool:
        """Whether it is an item of the cost book, and no parameter."""
        return self.key.startswith(PRICES)

    @property
    def standard(self) -> float | None:
        """The value that is as good as none; ``None`` where there is none, since draws differ."""
        return None if self.drawn else self.usual[1]

    def allows(self, value: object) -> bool:
        """Whether it may be set to a value."""
        return isinstance(value, int | float) and not isinstance(value, bool) and value in self.values

    def nearest(self, value: object) -> float | None:
        """Return the allowed value that is nearest to anything at all; ``None``, which is as usual, if none is near."""
        wanted = as_number(value)
        if wanted is None:
            return None
        wanted = min(max(wanted, self.values[0]), self.values[-1])
        # Of two that are equally near the lower one, as of levers.
        return min(self.values, key=lambda one: (round(abs(one - wanted), 9), one))

    def figure(self, value: float, lang: Language) -> str:
        """Write a value's figure, without its unit."""
        read = round(self.times * value, 6)
        return number(read, 0 if read == int(read) else 1, lang)

    def value_text(self, value: float | None, lang: Language) -> str:
        """Write a value as a reader says it: ``37,000 euro a year``; without one, that it is as usual."""
        if value is None:
            return word(self._usually, lang)
        return f"{self.figure(value, lang)} {self.unit[lang]}"

    @property
    def _usually(self) -> str:
        return "as in cost book" if self.is_price else "as calibrated" if self.drawn else "as configured"

    def range_text(self, lang: Language) -> str:
        """Say the range that its source gives."""
        low, high = (self.figure(one, lang) for one in (self.values[0], self.values[-1]))
        return word("assumption range", lang, low=low, high=high, unit=self.unit[lang])

    def usual_text(self, lang: Language) -> str:
        """Say what holds where nobody sets it."""
        low, middle, high = (self.figure(self._shown(one), lang) for one in self.usual)
        values = {"low": low, "middle": middle, "high": high, "unit": self.unit[lang]}
        key = "usual drawn" if self.drawn else "usual price" if self.is_price else "usual configured"
        return word(key, lang, **values)

    def _shown(self, value: float) -> float:
        """Round a value to about a tenth of a step."""
        fine = self.times * (self.values[1] - self.values[0]) < 2.0
        return round(self.times * value, 1 if fine else 0) / self.times


def _values(low: float, high: float, step: float) -> tuple[float, ...]:
    """Return the values from low to high, both included; the last step may be shorter."""
    steps = floor((high - low) / step + 1e-9)
    if not 0 < steps < MOST_VALUES:
        raise ValueError(f"{steps} steps of {step:g} from {low:g} to {high:g}; expected 1 to {MOST_VALUES - 1}")
    inside = [round(low + step * at, 9) for at in range(steps + 1)]
    return tuple(dict.fromkeys((*inside, float(high))))


@lru_cache(maxsize=1)
def assumptions() -> Mapping[str, Assumption]:
    """Return all assumptions by key, in the order in which a page shows them; read when they are first needed.

    Raises
    ------
    KeyError
        If one is neither a parameter that has a range nor an item of the cost book.
    """
    from simcomunita.app.funding import standard_study

    study = standard_study()
    written = yaml.safe_load(Path(__file__).with_name("assumptions.yaml").read_text("utf-8"))
    return MappingProxyType({key: _assumption(key, one, study) for key, one in written.items()})


def _assumption(key: str, written: dict[str, Any], study: Study) -> Assumption:
    from simcomunita.configuration import quantities

    drawn = False
    if key.startswith(PRICES):
        item = getattr(study.history.costs, key.removeprefix(PRICES))
        low, high, source, usual = item.low, item.high, item.source, (item.value,) * 3
    else:
        found = next((one for one in quantities(study.history.parameters) if one.key == key), None)
        if found is None:
            raise KeyError(key)
        low, high, source = found.low, found.high, found.source
        posterior = study.drawn_from
        usual = (found.default,) * 3
        if posterior is not None and key in posterior.rows[0]:
            drawn, usual = True, _ends([row[key] for row in posterior.rows], posterior.weights)
    texts = {name: written[name] for name in ("unit", "label", "means", "acts", "assuming")}
    sources = {"en": capital(source).rstrip(".") + ".", "it": written["source"]["it"]}
    values = _values(low, high, written["step"])
    return Assumption(key, values, usual, drawn, written["times"], source=sources, **texts)


def _ends(values: list[float], weights: tuple[float, ...]) -> tuple[float, float, float]:
    """Return the values that shares of the weight do not exceed."""
    import numpy as np

    low, middle, high = np.quantile(values, _ENDS, weights=weights, method="inverted_cdf").tolist()
    return low, middle, high


@dataclass(frozen=True)
class Assumed:
    """What is assumed otherwise. Equal values are equal; `AS_USUAL` is as calibrated and as in the cost book.

    Attributes
    ----------
    given
        (key, value) of what is set, in the order of `assumptions`; a price that is the cost book's own is left out.

    Raises
    ------
    ValueError
        If there is no such assumption, or it does not allow the value.
    """

    given: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        if not self.given:
            return
        known, said = assumptions(), dict(self.given)
        for key, value in said.items():
            if key not in known:
                raise ValueError(f"{key!r} is no assumption; expected one of {', '.join(known)}")
            if not known[key].allows(value):
                raise ValueError(f"{value!r} is no value of {key}; the nearest is {known[key].nearest(value)!r}")
        kept = ((key, float(said[key])) for key, one in known.items() if key in said and said[key] != one.standard)
        object.__setattr__(self, "given", tuple(kept))

    def __bool__(self) -> bool:
        return bool(self.given)

    @classmethod
    def of(cls, values: Mapping[str, float]) -> Assumed:
        """Make it from values by key."""
        return cls(tuple(values.items()))

    @property
    def values(self) -> dict[str, float]:
        """What is set, by key."""
        return dict(self.given)

    @property
    def written(self) -> str:
        """What is set, as a link has it: ``name:value,name:value``."""
        return ",".join(f"{key}:{value:.9g}" for key, value in self.given)

    def set(self, key: str, value: float | None) -> Assumed:
        """Return the same with one value set; with ``None`` it is as usual again.

        Raises
        ------
        ValueError
            If there is no such assumption, or it does not allow the value.
        """
        kept = {other: one for other, one in self.given if other != key}
        return Assumed.of(kept if value is None else kept | {key: value})

    @cached_property
    def parameters(self) -> tuple[tuple[str, float], ...]:
        """(full name, value) of the parameters that are set: runs under others are other runs."""
        return tuple((key, value) for key, value in self.given if not key.startswith(PRICES))

    @cached_property
    def prices(self) -> tuple[tuple[str, float], ...]:
        """(item, value) of the prices that are set: they change no run, only what it costs."""
        return tuple((key.removeprefix(PRICES), value) for key, value in self.given if key.startswith(PRICES))

    def book(self, costs: CostBook) -> CostBook:
        """Return a cost book with the prices that are set."""
        from simcomunita.configuration import with_values

        return with_values(costs, {f"{item}.value": value for item, value in self.prices}) if self.prices else costs

    def clauses(self, lang: Language) -> Iterable[str]:
        """Say each value that is set, as it follows "assuming that"."""
        known = assumptions()
        for key, value in self.given:
            yield known[key].assuming[lang].format(value=known[key].figure(value, lang))

    def said(self, lang: Language) -> str:
        """Say in one sentence what is assumed otherwise; empty, if nothing is."""
        if not self.given:
            return ""
        return word("assuming", lang, clauses=word("assuming more", lang).join(self.clauses(lang)))


AS_USUAL = Assumed()
"""Nothing is assumed otherwise."""


def read_assumed(values: Any, refused: Refusals) -> Assumed:
    """Read what a link or file says of assumptions, anything at all; what is wrong is noted, and the nearest taken.

    Parameters
    ----------
    values
        A number, or text that is one, by key.
    """
    if not isinstance(values, Mapping):
        refused.add("no assumptions", value=values)
        return AS_USUAL
    known, read = assumptions(), {}
    for key, value in values.items():
        one = known.get(key) if isinstance(key, str) else None
        if one is None:
            refused.unknown("assumption", str(key), known)
            continue
        taken = one.nearest(value)
        if taken is None or as_number(value) != taken:
            refused.add("value", lever=one.label, value=value, taken=partial(one.value_text, taken))
        if taken is not None:
            read[key] = taken
    return Assumed.of(read)
