"""What a chart shows, as plain values: lines with bands, names and numbers as the reader's language writes them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from simcomunita.app.words import word
from simcomunita.experiment.figures import PAST_COLOUR, ink, limits
from simcomunita.experiment.wording import Language, amount, capital, is_counted, label, measure_of, month_text, number
from simcomunita.months import month_name


@dataclass(frozen=True)
class Line:
    """One line: its name, its colour, and a band of as many months as the chart has.

    `said` writes name and last value where it ends; `dashed` tells a baseline apart without colour.
    """

    name: str
    colour: str
    low: Sequence[float]
    middle: Sequence[float]
    high: Sequence[float]
    said: bool = True
    dashed: bool = False


@dataclass(frozen=True)
class Drawing:
    """What a chart shows: a measure over months, of which the first `branch` are past."""

    measure: str
    language: Language
    first: int
    branch: int
    lines: tuple[Line, ...]
    runs: int
    notes: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """Return what the widget draws: plain lists, texts and numbers."""
        lang = self.language
        share = measure_of(self.measure).kind == "share"
        factor, unit = self._unit()
        months = range(self.first, self.first + max((len(line.middle) for line in self.lines), default=0))
        lines = [self._line(line, factor, unit) for line in self.lines]
        known = [v for line in lines for end in ("low", "high") for v in line[end] if v is not None]
        axis = {}
        if known:
            least, most = limits(min(known), max(known), counted=is_counted(self.measure) and not unit)
            axis = {"least": _round_down(least, most), "most": _round_down(-most, -least) * -1}
        title = capital(label(self.measure, lang)) + (f", {unit}" if unit else "")
        return {
            "language": lang,
            "title": title,
            "file": self.measure,
            "months": [month_name(month) for month in months],
            "dates": [capital(month_text(month, lang)) for month in months],
            "branch": self.branch,
            "runs": self.runs,
            "past_label": word("past", lang),
            "past_short": word("past short", lang),
            "band_label": word("band", lang, runs=number(self.runs, 0, lang))
            if self.runs > 1
            else word("one run", lang),
            "lines": lines,
            "suffix": " %" if share else "",
            "decimals": 1 if share else 2 if unit else max(measure_of(self.measure).decimals, 0),
            "summary": "; ".join(f"{line['name']}: {line['end']}" for line in lines if line["label"]),
            "notes": list(self.notes),
            "words": {
                key: word(f"chart {key}", lang)
                for key in ("month", "low", "high", "table", "save_picture", "save_data")
            },
            **axis,
        }

    def _unit(self) -> tuple[float, str]:
        if measure_of(self.measure).kind == "share":
            return 100.0, ""
        if measure_of(self.measure).unit != "euro":
            return 1.0, ""
        most = max((v for line in self.lines for v in line.high if not math.isnan(v)), default=0.0)
        if most >= 1e6:
            return 1e-6, word("million euro", self.language)
        return (1e-3, word("thousand euro", self.language)) if most >= 1e4 else (1.0, "euro")

    def _line(self, line: Line, factor: float, unit: str) -> dict[str, Any]:
        def scaled(values: Sequence[float]) -> list[float | None]:
            return [None if math.isnan(value) else round(factor * float(value), 6) for value in values]

        last = line.middle[-1] if len(line.middle) else math.nan
        end = number(factor * last, 1, self.language) if unit else amount(self.measure, last, self.language)
        return {
            "name": line.name,
            "label": f"{line.name}\n{end}" if line.said else "",
            "end": f"{end} {unit}".strip(),
            "colour": line.colour,
            "ink": ink(line.colour),
            "dashed": line.dashed,
            "low": scaled(line.low),
            "middle": scaled(line.middle),
            "high": scaled(line.high),
        }


def _round_down(value: float, other: float) -> float:
    """Move an axis's end outwards to a number that is short to write."""
    step = 10.0 ** math.floor(math.log10(max(abs(value - other), 1e-9))) / 5
    return round(math.floor(value / step + 1e-9) * step, 9)


def past_apart(drawing: Drawing) -> Drawing:
    """Draw the months that all lines share once, in the colour of the past, and each line from its parting on."""
    branch = drawing.branch
    if branch <= 0 or not drawing.lines:
        return drawing
    first = drawing.lines[0]
    kept = [slice(0, branch), slice(branch - 1, None)]
    gap = [math.nan] * (branch - 1)

    def future(line: Line) -> Line:
        low, middle, high = (gap + list(values)[kept[1]] for values in (line.low, line.middle, line.high))
        return replace(line, low=low, middle=middle, high=high)

    rest = [math.nan] * (len(first.middle) - branch)
    low, middle, high = (list(values)[kept[0]] + rest for values in (first.low, first.middle, first.high))
    past = Line(word("past", drawing.language), PAST_COLOUR, low, middle, high, said=False)
    return replace(drawing, lines=(past, *map(future, drawing.lines)))
