"""Parameters that carry their unit, their plausible range and their source.

A mechanism declares its parameters as a class; each number is a :func:`quantity`, so that documentation
tables, checks and prior distributions are generated from the one place where the number stands::

    class ErosionParameters(Parameters):
        on: bool = True
        '''Whether ties erode at all.'''
        half_life: float = quantity(9.0, low=4, high=24, unit="months", source="Burt (2000)", least=0.1)
        '''Time in which an unrenewed friendship loses half its strength.'''

The text under a field is its description.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")

Many = Annotated[tuple[T, ...], Field(strict=False)]
"""A tuple field that may be written as a list (everything else in :class:`Parameters` is read strictly)."""


class Parameters(BaseModel):
    """Frozen and strict: unknown keys, text in place of a number, NaN and infinities are refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        validate_default=True,
        use_attribute_docstrings=True,
    )


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of the model as documentation and calibration see it."""

    key: str
    """Dotted path, as ``erosion.half_life``."""
    default: float
    low: float
    """Lower end of the plausible range."""
    high: float
    """Upper end of the plausible range."""
    unit: str
    source: str
    description: str


def quantity(
    default: float,
    *,
    low: float,
    high: float,
    unit: str,
    source: str,
    least: float | None = None,
    most: float | None = None,
) -> Any:
    """Declare a number with its unit, plausible range and source.

    Parameters
    ----------
    default
        The value used where a configuration gives none; in ``unit``.
    low, high
        The plausible range (the prior's support), in ``unit``.
    unit
        As a reader says it: ``"months"``, ``"per month"``, ``"share"``, ``"euro a year"``.
    source
        A citation, or ``"assumption"`` with its reason.
    least, most
        Hard limits: a value outside is an error. Without them any finite number is accepted.

    Raises
    ------
    ValueError
        If the numbers contradict each other: ``least <= low <= default <= high <= most`` must hold.
    """
    ladder = [x for x in (least, low, default, high, most) if x is not None]
    if any(not math.isfinite(x) for x in ladder) or ladder != sorted(ladder):
        raise ValueError(f"least <= low <= default <= high <= most must hold, got {ladder}")
    if not unit or not source:
        raise ValueError("a quantity needs a unit and a source")
    extra: dict[str, Any] = {"low": low, "high": high, "unit": unit, "source": source}
    return Field(default, ge=least, le=most, json_schema_extra=extra)


def quantities(parameters: type[Parameters] | Parameters, prefix: str = "") -> Iterator[Quantity]:
    """List every quantity of a parameter class and of those nested in it, in the order of declaration.

    Given an instance instead of a class, ``default`` is the instance's own value.
    """
    kind = parameters if isinstance(parameters, type) else type(parameters)
    for name, info in kind.model_fields.items():
        key = f"{prefix}{name}"
        of_class = isinstance(parameters, type)
        value = info.get_default(call_default_factory=True) if of_class else getattr(parameters, name)
        extra = info.json_schema_extra
        if isinstance(extra, dict) and "unit" in extra:
            about: dict[str, Any] = dict(extra)
            yield Quantity(
                key,
                value,
                about["low"],
                about["high"],
                about["unit"],
                about["source"],
                info.description or "",
            )
        elif isinstance(value, Parameters):
            yield from quantities(value, f"{key}.")
        elif isinstance(info.annotation, type) and issubclass(info.annotation, Parameters):
            yield from quantities(info.annotation, f"{key}.")


P = TypeVar("P", bound="Parameters")


def with_values(parameters: P, values: Mapping[str, Any]) -> P:
    """The same parameters with some values put in, by their full names: {"erosion.wear_friend": 0.08}.

    Raises
    ------
    pydantic.ValidationError
        If a value is not valid.
    KeyError
        If there is no such name.
    """
    together: dict[str, Any] = parameters.model_dump()
    for key, value in values.items():
        *folders, last = key.split(".")
        folder = together
        for name in folders:
            folder = folder[name]
        if last not in folder:
            raise KeyError(key)
        folder[last] = value
    return type(parameters).model_validate(together)
