"""The draws of parameters that a study asks for: a design, a list, or a sample."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from simcomunita.configuration import ConfigurationError, Document, KeyPath, did_you_mean, quantities, read_table, shown
from simcomunita.randomness import Chance
from simcomunita.scenario.composing import Library
from simcomunita.scenario.forms import MOST_RUNS, DrawsForm
from simcomunita.scenario.names import exists
from simcomunita.scenario.parts import model_parameters, read_parameters
from simcomunita.scenario.scenario import Draws

if TYPE_CHECKING:
    from simcomunita.configuration import Source, Table

WEIGHT = "weight"
"""The column of a sample that says how much each row counts."""

_AT: KeyPath = ("draws",)


def read_draws(form: DrawsForm, document: Document, library: Library) -> Draws | None:
    """Read what the form asks for; ``None``, with the problems noted, if anything is wrong with it."""
    if form.design is not None:
        return Draws(form.number or 0, design=form.design)
    if form.sample is not None:
        source = library.locate(document, (*_AT, "sample"), ("parameters",))
        if source is None:
            return None
        if not exists(source.path):
            library.tell(document, (*_AT, "sample"), f"there is no file {shown(source.shown)}.")
            return None
        try:
            return _drawn(source, form.number)
        except ConfigurationError as error:
            library.found.found.extend(error.problems)
            return None
    listed = [(*_AT, "values", i) for i in range(len(form.values))]
    sound = [read_parameters([(document, at)], library) is not None for at in listed]
    return Draws(len(listed), values=tuple(_flat(document.value(at)) for at in listed)) if all(sound) else None


def _flat(values: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Write nested values by their full names: {"erosion.wear_friend": 0.08}."""
    flat: dict[str, Any] = {}
    for name, value in values.items():
        flat |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return flat


def _drawn(source: Source, number: int | None) -> Draws:
    """Read a sample; with a number, draw so many of its rows, by weight.

    Rows are drawn systematically (Kitagawa 1996, Journal of Computational and Graphical Statistics 5:1-25): each comes
    as often as its weight says, up to one.
    """
    table = read_table(source, (), None)
    rows, weights = checked_rows(table)
    if number is None:
        if WEIGHT in table.columns:
            raise ConfigurationError.of(source.shown, 'rows have weights; expected "number", how many to draw by them.')
        return Draws(len(rows), values=tuple(rows))
    start = float(Chance(0).uniform("drawing.sample", 0, number)[0])
    marks = (np.arange(number) + start) / number
    chosen = np.searchsorted(np.cumsum(weights) / np.sum(weights), marks, side="right")
    return Draws(number, values=tuple(rows[k] for k in np.minimum(chosen, len(rows) - 1).tolist()))


def checked_rows(table: Table) -> tuple[list[dict[str, float]], np.ndarray[Any, np.dtype[np.float64]]]:
    """Values and weights of every row.

    Raises
    ------
    ConfigurationError
        With all that is wrong in the table.
    """
    model = model_parameters()
    known = {one.key: one for one in quantities(model)}
    names = [name for name in table.columns if name != WEIGHT]
    problems = [
        table.problem(1, name, f"{shown(name)} is no parameter. {did_you_mean(name, list(known))}")
        for name in names
        if name not in known
    ]
    rows: list[dict[str, float]] = []
    weights: list[float] = []
    for row in table.rows if not problems else ():
        values: dict[str, float] = {}
        for name, cell in row.cells.items():
            value = _number(cell)
            if value is None or (name == WEIGHT and value < 0.0):
                problems.append(table.problem(row.line, name, f"{shown(cell)} is no number that fits here."))
            elif name == WEIGHT:
                weights.append(value)
            else:
                values[name] = round(value) if isinstance(known[name].default, int) else value
        rows.append(values)
    if not problems and not rows:
        problems.append(table.problem(None, "", "there is no row; expected one for each draw."))
    if not problems and weights and sum(weights) <= 0.0:
        problems.append(table.problem(None, WEIGHT, "all weights are 0; expected some above it."))
    if not problems and len(rows) > MOST_RUNS:
        problems.append(table.problem(None, "", f"{len(rows):,} rows; expected at most {MOST_RUNS:,}."))
    for line, values in zip((row.line for row in table.rows), rows if not problems else (), strict=False):
        problems += [table.problem(line, *wrong) for wrong in _refused(values)]
    if problems:
        raise ConfigurationError(problems)
    return rows, np.array(weights or [1.0] * len(rows))


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def _refused(values: Mapping[str, float]) -> list[tuple[str, str]]:
    """Which values the model's parameters do not take, and why."""
    from pydantic import ValidationError

    from simcomunita.configuration import with_values

    try:
        with_values(model_parameters()(), values)
    except ValidationError as error:
        return [
            (".".join(map(str, one["loc"])), f"{one['input']} is not valid here: {one['msg']}.")
            for one in error.errors()
        ]
    return []


def start_of_posterior() -> float:
    """Return where along its rows a posterior's draws begin: one number in [0, 1), the same for all."""
    return float(Chance(0).uniform("drawing.posterior", 0, 0)[0])


def turns_of_posterior(rows: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Toss, for each row of a posterior, which half comes first at a fork of its tree: (rows)."""
    turned: np.ndarray[Any, np.dtype[np.bool_]] = Chance(0).uniform("drawing.posterior.turns", 0, np.arange(rows)) < 0.5
    return turned
