"""The pictures of the page that compares, as plain values: all scenarios over time, and cost against effect."""

from __future__ import annotations

import math
from typing import Any

from simcomunita.app.comparing import Comparing, finite
from simcomunita.app.saying import assumed_otherwise
from simcomunita.app.widgets.drawing import Drawing, Line, past_apart
from simcomunita.app.words import word
from simcomunita.experiment.better import sign
from simcomunita.experiment.figures import BASELINE_COLOUR, ink
from simcomunita.experiment.sentences import in_euro
from simcomunita.experiment.wording import amount, capital, change, label, measure_of
from simcomunita.months import parse_month

SHORT = 17
"""Letters of a name that are written into a picture; the letter before it tells the rest."""

ROOM = 0.1
"""Share of an axis's span that is left free at both ends, so that no point lies on the edge."""

SYMBOLS = ("circle", "rect", "triangle", "diamond")


def shortened(letter: str, name: str) -> str:
    """Write a scenario's letter and as much of its name as there is room for."""
    return f"{letter} {name}" if len(name) <= SHORT else f"{letter} {name[: SHORT - 1].rstrip()}…"


def lines(comparing: Comparing) -> dict[str, Any] | None:
    """Return the chart of the measure that is looked at; `None` before there is any answer."""
    best, measure, lang = comparing.best, comparing.state.measure, comparing.language
    if best is None:
        return None
    band = best.by_measure[measure].baseline
    made = [Line(comparing.baseline, BASELINE_COLOUR, list(band.low), list(band.middle), list(band.high), dashed=True)]
    for column, answer in comparing.answered:
        own = answer.by_measure[measure].current
        name = shortened(column.letter, column.name)
        made.append(Line(name, column.colour, list(own.low), list(own.middle), list(own.high)))
    runs = min(answer.runs for _, answer in comparing.answered)
    notes = tuple(f"{row.name}: {cell.said}" for row in comparing.rows()[-1:] for cell in row.cells)
    notes += assumed_otherwise(comparing.state.assumed, lang)
    first = parse_month(best.months[0])
    return past_apart(Drawing(measure, lang, first, best.branch, tuple(made), runs, notes)).data()


def plane(comparing: Comparing) -> dict[str, Any]:
    """Return the plane: euro a year more against the difference in the measure that is looked at."""
    measure, lang = comparing.state.measure, comparing.language
    factor = 100.0 if measure_of(measure).kind == "share" else 1.0
    answered = comparing.answered
    most = max((abs(answer.cost.difference.mean) / answer.years for _, answer in answered), default=0.0)
    euro = 1e-3 if most >= 1e4 else 1.0
    points = [
        _point(0.0, 0.0, BASELINE_COLOUR)
        | {"name": comparing.baseline, "label": comparing.baseline, "letter": "", "symbol": "circle", "hollow": True}
        | {"said": [comparing.baseline, "0", "", amount(measure, 0.0, lang), ""]}
    ]
    for (column, answer), symbol in zip(answered, SYMBOLS, strict=False):
        gain, cost, years = answer.by_measure[measure].difference, answer.cost.difference, answer.years
        mean, between = _said(measure, gain.mean, gain.low, gain.high, comparing)
        extra = [in_euro(one / years, lang) for one in (cost.mean, cost.low, cost.high)]
        paid = word("between", lang, low=extra[1], high=extra[2]) if cost.low < cost.high else ""
        points.append(
            _point(euro * cost.mean / years, factor * gain.mean, column.colour)
            | {"x_low": finite(euro * cost.low / years), "x_high": finite(euro * cost.high / years)}
            | {"y_low": finite(factor * gain.low), "y_high": finite(factor * gain.high)}
            | {"name": column.name, "label": shortened(column.letter, column.name), "letter": column.letter}
            | {"symbol": symbol}
            | {"said": [f"{column.letter} {column.name}", extra[0], paid, mean, between]}
        )
    x_name = word("plane x thousand" if euro < 1 else "plane x", lang, baseline=comparing.baseline)
    x, y = _axis(points, "x"), _axis(points, "y")
    names = {key: word(f"chart {key}", lang) for key in ("table", "save_picture", "save_data")}
    effect = f"{label(measure, lang)}, {word('plane y', lang)}"
    note = word("plane note less" if sign(measure) < 0 else "plane note", lang)
    return {
        "language": lang,
        "title": word("plane title", lang, measure=effect),
        "band_label": note,
        "words": names,
        "file": f"{measure}_euro",
        "notes": list(assumed_otherwise(comparing.state.assumed, lang)),
        "head": [
            word("brief choice", lang),
            word("compare money more", lang),
            word("known", lang),
            capital(effect),
            word("known", lang),
        ],
        "x": {"name": x_name, **x},
        "y": {"name": "", "suffix": " %" if factor > 1 else "", **y},
        "mark": 0,
        "points": points,
    }


def _point(x: float, y: float, colour: str) -> dict[str, Any]:
    ends = dict.fromkeys(("x_low", "x_high", "y_low", "y_high"))
    return {"x": x, "y": y, **ends, "colour": colour, "ink": ink(colour)}


def _said(measure: str, mean: float, low: float, high: float, comparing: Comparing) -> tuple[str, str]:
    lang = comparing.language
    if math.isnan(low):
        return change(measure, mean, lang, sign=True), ""
    ends = (change(measure, end, lang, sign=True).split(" ")[0] for end in (low, high))
    return change(measure, mean, lang, sign=True), word(
        "between", lang, **dict(zip(("low", "high"), ends, strict=True))
    )


def _axis(points: list[dict[str, Any]], key: str) -> dict[str, float]:
    """Return an axis's ends, a little beyond all that is drawn."""
    known = [v for one in points for v in (one[key], one[f"{key}_low"], one[f"{key}_high"]) if v is not None]
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    return {"least": low - ROOM * span, "most": high + ROOM * span}
