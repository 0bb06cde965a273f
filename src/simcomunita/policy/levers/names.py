"""Months, names and municipalities as levers write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from simcomunita.configuration import Expected, did_you_mean, shown
from simcomunita.months import month_name, parse_month

MOST_FACILITATORS = 500
"""The most posts that may be in force in one month."""

FIRST_MONTH, LAST_MONTH = parse_month("1900-01"), parse_month("2199-12")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a policy must fit into, given to pydantic as validation context; ``None`` is not checked."""

    municipalities: tuple[str, ...] | None = None
    first: int | None = None
    """First month that the scenario covers."""
    last: int | None = None
    """Last month that the scenario covers."""


def _read_month(value: Any) -> int:
    if isinstance(value, str):
        try:
            value = parse_month(value)
        except ValueError as error:
            raise PydanticCustomError("month", "{text}.", {"text": str(error)}) from error
    if not isinstance(value, int) or isinstance(value, bool) or not FIRST_MONTH <= value <= LAST_MONTH:
        said = month_name(value) if isinstance(value, int) and value > LAST_MONTH else shown(value)
        raise PydanticCustomError(
            "month",
            "{said} is no month; expected YYYY-MM between {first} and {last}, for example 2020-01.",
            {"said": said, "first": month_name(FIRST_MONTH), "last": month_name(LAST_MONTH)},
        )
    return value


def _known_municipality(name: str, info: ValidationInfo) -> str:
    around = info.context
    if isinstance(around, Surroundings) and around.municipalities is not None:
        check_municipality(name, around.municipalities)
    return name


def check_municipality(name: str, known: Iterable[str]) -> None:
    """Refuse a municipality that the territory does not have.

    Raises
    ------
    PydanticCustomError
        Naming the nearest municipality.
    """
    known = tuple(known)
    if name not in known:
        raise PydanticCustomError(
            "municipality",
            "{name} is no municipality of this territory. {hint}",
            {"name": shown(name), "hint": did_you_mean(name, known)},
        )


_NAME = re.compile(r"\w[\w.\-]{0,59}")


def _read_name(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise PydanticCustomError(
            "name",
            "{name} cannot be a name; expected up to 60 letters, digits, _ . or -, without spaces.",
            {"name": shown(name)},
        )
    return name


Month = Annotated[int, BeforeValidator(_read_month), Expected("a month, YYYY-MM")]
"""A month number (year * 12 + month - 1), written in files as YYYY-MM."""

Name = Annotated[str, AfterValidator(_read_name)]
"""A short name that can stand in file names, table columns and links."""

Municipality = Annotated[str, AfterValidator(_known_municipality)]
Count = Annotated[int, Field(ge=0, le=MOST_FACILITATORS)]
