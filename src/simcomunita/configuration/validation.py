"""From pydantic's errors to problems: file, line, key, what was expected, the nearest valid name."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import annotated_types
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from simcomunita.configuration.documents import Document, KeyPath
from simcomunita.configuration.problems import ConfigurationError, Problem, Problems, did_you_mean, shown
from simcomunita.configuration.tables import Table

M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], document: Document, at: KeyPath = (), *, context: object = None) -> M:
    """Read what stands at a key path of a document as a model.

    ``context`` is handed to the model's own checks.

    Raises
    ------
    ConfigurationError
        With everything that is wrong with it.
    """
    try:
        return model.model_validate(document.value(at), context=context)
    except ValidationError as error:
        raise ConfigurationError(problems_of(error, model, document, at)) from error


def read_as(
    model: type[M], document: Document, found: Problems, at: KeyPath = (), *, context: object = None
) -> M | None:
    """Do the same, but note what is wrong in ``found`` and return ``None``.

    Nothing more is said of values that were refused when the document was read.
    """
    try:
        return model.model_validate(document.value(at), context=context)
    except ValidationError as error:
        found.found.extend(problems_of(error, model, document, at))
        return None


def validate_rows(model: type[M], table: Table, *, context: object = None) -> list[M]:
    """Read every row of a table as a model; an empty cell counts as not given.

    Raises
    ------
    ConfigurationError
        With everything that is wrong in all rows, by line and column.
    """
    problems = Problems()
    rows = []
    for row in table.rows:
        cells = {column: cell for column, cell in row.cells.items() if cell}
        try:
            rows.append(model.model_validate(cells, strict=False, context=context))
        except ValidationError as error:
            for details in error.errors(include_url=False):
                column = str(details["loc"][0]) if details["loc"] else ""
                if details["type"] == "missing":
                    message = f"the cell is empty; expected {expectation(model, (column,))}."
                else:
                    message = _message(details, model, (column,))
                problems.found.append(table.problem(row.line, column, message))
    problems.settle()
    return rows


def problems_of(error: ValidationError, model: type[BaseModel], document: Document, at: KeyPath = ()) -> list[Problem]:
    """Say what pydantic found in a document's own words and places."""
    problems = []
    for details in error.errors(include_url=False):
        inside = _real_path(details, document.value(at))
        if any((*at, *inside)[:end] in document.refused for end in range(len(at) + len(inside) + 1)):
            continue
        problems.append(document.problem((*at, *inside), _message(details, model, inside)))
    return problems


def _real_path(details: ErrorDetails, value: Any) -> KeyPath:
    """Keep of pydantic's location what the user wrote: it also names union members and marks keys."""
    path: list[str | int] = []
    for step in details["loc"]:
        in_mapping = isinstance(value, dict) and step in value
        in_list = isinstance(value, list) and isinstance(step, int) and step < len(value)
        if in_mapping or in_list:
            value = value[step]
        elif not (details["type"] == "missing" and step == details["loc"][-1]):
            continue
        path.append(step)
    return tuple(path)


def _message(details: ErrorDetails, model: type[BaseModel], at: KeyPath) -> str:
    kind, value = details["type"], details["input"]
    if kind == "extra_forbidden":
        return f"unknown key. {did_you_mean(str(at[-1]) if at else '', _keys(model, at[:-1]))}"
    if kind == "missing":
        return f"this key is missing; expected {expectation(model, at)}."
    if kind not in _PYDANTICS:
        return details["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    expected = expectation(model, at)
    if kind == "too_long" or kind == "too_short":
        return f"there are {len(value)} of them; expected {expected}."
    hint = _hint(value, kind, expected)
    return f"{_said(value, kind)}; expected {expected}.{hint}"


_PYDANTICS = frozenset(get_args(ErrorType)) - {"value_error", "assertion_error"}
"""Kinds of error that pydantic words itself; all others are worded by the checks of the models."""


def _said(value: object, kind: str) -> str:
    if kind.startswith(("less_than", "greater_than")):
        return f"{shown(value)} is out of range"
    if isinstance(value, str):
        return f"{shown(value)} is text" if kind in _WANTS_NUMBER else f"{shown(value)} is not valid here"
    if value is None:
        return "there is no value"
    return f"{shown(value)} is not valid here" if not isinstance(value, dict | list) else f"this is {shown(value)}"


_WANTS_NUMBER = frozenset({"float_type", "int_type", "float_parsing", "int_parsing"})
_DECIMAL_COMMA = re.compile(r"[-+]?[0-9]{1,12},[0-9]{1,12}")
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,15})?")


def _hint(value: object, kind: str, expected: str) -> str:
    """Say how to mend what people usually get wrong."""
    if kind in _WANTS_NUMBER and isinstance(value, str):
        if _DECIMAL_COMMA.fullmatch(value):
            return f" Decimals are written with a point: {value.replace(',', '.')}."
        if _NUMBER.fullmatch(value):
            plain = value.lstrip("0") or "0"
            return f" Write {plain} without quotes or leading zeros."
    if kind == "bool_type" and isinstance(value, str) and value.casefold() in _SWITCH_WORDS:
        return f" Write {value.casefold()} without quotes."
    if isinstance(value, bool) and kind in ("string_type", "literal_error"):
        return ' YAML reads on, off, yes and no as switches; for the word put it in quotes: "no".'
    if isinstance(value, int | float) and kind == "string_type":
        return " Put it in quotes."
    if kind == "literal_error" and isinstance(value, str):
        choices = re.findall(r"[\w.\-]+", expected.removeprefix("one of"))
        hint = did_you_mean(value, choices)
        return f" {hint}" if hint.startswith("Did") else ""
    return ""


_SWITCH_WORDS = frozenset({"on", "off", "yes", "no", "true", "false"})


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place for a value in a model: its type, and its limits."""

    annotation: Any
    metadata: tuple[Any, ...] = ()
    unit: str = ""


def expectation(model: type[BaseModel], at: KeyPath) -> str:
    """Say what a model expects at a key path: ``a whole number from 0 to 500``."""
    slots = list(_slots(model, at))
    said = list(dict.fromkeys(_expected(slot) for slot in slots))
    return " or ".join(said) if said else "something else"


def _keys(model: type[BaseModel], at: KeyPath) -> list[str]:
    """Return the keys that may stand in the mapping at a key path."""
    return [
        info.alias or name
        for slot in _slots(model, at)
        if _is_model(slot.annotation)
        for name, info in slot.annotation.model_fields.items()
    ]


def _slots(model: type[BaseModel], at: KeyPath) -> Iterator[_Slot]:
    """Follow a key path through a model's types, into every member of a union."""
    slots = list(_members(_Slot(model)))
    for step in at:
        slots = [inner for slot in slots for found in _inside(slot, step) for inner in _members(found)]
    yield from slots


def _inside(slot: _Slot, step: str | int) -> Iterator[_Slot]:
    kind, origin, args = slot.annotation, get_origin(slot.annotation), get_args(slot.annotation)
    if _is_model(kind):
        for name, info in kind.model_fields.items():
            if step in (name, info.alias):
                yield _of_field(info)
    elif origin is dict:
        yield _Slot(args[1])
    elif origin in (list, tuple) and args:
        yield _Slot(args[0])


def _of_field(info: FieldInfo) -> _Slot:
    extra = info.json_schema_extra
    unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
    return _Slot(info.annotation, tuple(info.metadata), unit)


def _members(slot: _Slot) -> Iterator[_Slot]:
    """Take a type out of its wrappings; a union gives each of its members but None."""
    origin, args = get_origin(slot.annotation), get_args(slot.annotation)
    if origin is Annotated:
        limits = [
            limit for extra in args[1:] for limit in (extra.metadata if isinstance(extra, FieldInfo) else [extra])
        ]
        yield from _members(_Slot(args[0], (*slot.metadata, *limits), slot.unit))
    elif origin in (Union, types.UnionType):
        for arg in args:
            if arg is not types.NoneType:
                yield from _members(_Slot(arg, slot.metadata, slot.unit))
    else:
        yield slot


def _expected(slot: _Slot) -> str:
    kind, origin = slot.annotation, get_origin(slot.annotation)
    named = next((m for m in slot.metadata if isinstance(m, Expected)), None)
    if named is not None:
        return named.text
    if origin is Literal:
        choices = [str(choice) for choice in get_args(kind)]
        return choices[0] if len(choices) == 1 else f"one of {', '.join(choices)}"
    if _is_model(kind) or origin is dict:
        return "a mapping (key: value)"
    if origin in (list, tuple):
        return f"a list{_size(slot.metadata)}"
    if kind is bool:
        return "on or off"
    if kind in (int, float):
        noun = "a whole number" if kind is int else "a number"
        unit = f" ({slot.unit})" if slot.unit else ""
        return f"{noun}{_range(slot.metadata)}{unit}"
    return "text" if kind is str else "something else"


@dataclass(frozen=True, slots=True)
class Expected:
    """Put into a field's ``Annotated``: how error messages name what belongs there."""

    text: str


def _range(metadata: tuple[Any, ...]) -> str:
    least = next((m.ge for m in metadata if isinstance(m, annotated_types.Ge)), None)
    most = next((m.le for m in metadata if isinstance(m, annotated_types.Le)), None)
    over = next((m.gt for m in metadata if isinstance(m, annotated_types.Gt)), None)
    under = next((m.lt for m in metadata if isinstance(m, annotated_types.Lt)), None)
    if least is not None and most is not None:
        return f" from {least:,} to {most:,}"
    words = [(" of at least", least), (" above", over), (" of at most", most), (" below", under)]
    return " and".join(f"{word} {limit:,}" for word, limit in words if limit is not None)


def _size(metadata: tuple[Any, ...]) -> str:
    least = next((m.min_length for m in metadata if isinstance(m, annotated_types.MinLen)), None)
    most = next((m.max_length for m in metadata if isinstance(m, annotated_types.MaxLen)), None)
    words = [("at least", least), ("at most", most)]
    said = " and ".join(f"{word} {number}" for word, number in words if number is not None)
    return f" of {said}" if said else ""


def _is_model(kind: Any) -> typing.TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
