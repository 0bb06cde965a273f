"""The figures of a report, in the style of the comparison's own: one message each, labelled directly, in the colours of
its scenarios.

`FIGURES` is the list of what is drawn, in order; each maker takes a comparison and a language, and returns `None` where
it has nothing to show.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure as Drawing
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simcomunita.experiment import wording
from simcomunita.experiment.figures import (
    BASELINE_COLOUR,
    NOTE_SIZE,
    PAST_COLOUR,
    QUIET,
    SETTINGS,
    colours,
    ink,
    measure_figure,
    spread,
)
from simcomunita.experiment.value import UnansweredError, Value
from simcomunita.experiment.value_figure import value_figure as worth
from simcomunita.experiment.wording import Language, amount, label, month_text, number
from simcomunita.report.page import Figure
from simcomunita.report.tables import months_of, with_interval
from simcomunita.report.texts import text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simcomunita.experiment.comparison import Comparison

WIDTH = 9.6
"""Inches; letters of 12 points are then read from the back of a room."""

MOST_ROWS = 5
"""Measures that the figure of differences shows."""

DARK = "#222222"


@dataclass(frozen=True)
class Drawn:
    """A figure before it is written: its title, what it shows in words, and the drawing."""

    title: str
    alt: str
    drawing: Drawing


Maker = Callable[["Comparison", Language], Drawn | None]


def figures(comparison: Comparison, lang: Language) -> tuple[Figure, ...]:
    """Draw all figures that there is something to show in."""
    drawn = (maker(comparison, lang) for maker in FIGURES)
    return tuple(Figure(one.title, one.alt, as_svg(one.drawing)) for one in drawn if one is not None)


def as_svg(drawing: Drawing) -> bytes:
    """Write a drawing as SVG that holds its own letters; equal drawings give equal bytes."""
    written = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "simcomunita", "svg.fonttype": "path"}):
        drawing.savefig(written, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return written.getvalue()


def course_figure(comparison: Comparison, lang: Language) -> Drawn:
    """Draw the first measure over time, with its past and its branch."""
    about, measure = comparison.about, comparison.shown[0]
    ends = []
    for scenario in about.scenarios:
        value = amount(measure, float(np.nanmean(comparison.final(measure, scenario))), lang)
        ends.append(f"{about.label(scenario, lang)} {value}")
    alt = text(
        "course alt",
        lang,
        first=month_text(about.start, lang),
        end=month_text(about.until, lang),
        start=month_text(about.branch_at - 1, lang),
        measure=label(measure, lang),
        ends="; ".join(ends),
    )
    return Drawn(text("course", lang, measure=label(measure, lang)), alt, measure_figure(comparison, measure, lang))


def differences_figure(comparison: Comparison, lang: Language) -> Drawn | None:
    """Draw the differences of the headline measures as dots with their intervals, each measure on its own axis."""
    about, paint = comparison.about, colours(comparison.about)
    names = [name for name in comparison.shown if name != comparison.cost][:MOST_ROWS]
    if not names:
        return None
    policies = about.policies
    row = 0.34 * len(policies) + 0.78
    height = 1.35 + row * len(names) + 0.65
    said = []
    with mpl.rc_context(SETTINGS):
        drawing = Drawing(figsize=(WIDTH, height))
        _title(drawing, text("differences", lang), height)
        against = text(
            "differences against",
            lang,
            baseline=about.label(about.baseline, lang),
            end=month_text(about.until, lang),
        )
        drawing.text(0.02, 1 - 0.62 / height, against, fontsize=12.5, color=QUIET, va="top")
        for place, name in enumerate(names):
            top = height - 1.35 - place * row
            axes = drawing.add_axes((0.25, (top - row + 0.62) / height, 0.38, (row - 0.62) / height))
            drawing.text(
                0.02, (top + 0.05) / height, wording.capital(label(name, lang)), fontsize=13, color=DARK, va="bottom"
            )
            _dots(axes, comparison, name, paint, lang)
            for policy in policies:
                found = with_interval(name, comparison.difference(name, policy), lang)
                said.append(f"{wording.capital(label(name, lang))}, {about.label(policy, lang)}: {found}")
        units = "units draws" if comparison.over_draws else "units pairs"
        count = comparison.drawn if comparison.over_draws else comparison.pairs
        _note(
            drawing, text("differences note", lang, units=text(units, lang, n=number(count, 0, lang))), comparison, lang
        )
    return Drawn(text("differences", lang), text("differences alt", lang, said="; ".join(said)), drawing)


def _dots(axes: Axes, comparison: Comparison, measure: str, paint: dict[str, str], lang: Language) -> None:
    """Draw one measure's differences: a line of text, an interval and a dot for every policy, and zero."""
    policies = comparison.about.policies
    axes.axvline(0.0, color=BASELINE_COLOUR, linewidth=1.4, zorder=1)
    ends = [0.0]
    for place, policy in enumerate(policies):
        found = comparison.difference(measure, policy)
        if found.pairs >= 2:
            axes.plot([found.low, found.high], [place, place], color=paint[policy], linewidth=3, zorder=2)
        axes.plot([found.mean], [place], "o", color=paint[policy], markersize=10, zorder=3)
        ends += [end for end in (found.low, found.mean, found.high) if not np.isnan(end)]
        axes.annotate(
            _short(measure, with_interval(measure, found, lang), lang),
            (1.0, place),
            xycoords=("axes fraction", "data"),
            xytext=(10, 0),
            textcoords="offset points",
            va="center",
            color=ink(paint[policy]),
            fontweight="bold",
            fontsize=11.5,
            annotation_clip=False,
        )
    low, high = min(ends), max(ends)
    room = 0.06 * (high - low) or 1.0
    axes.set_xlim(low - room, high + room)
    axes.set_ylim(len(policies) - 0.5, -0.5)
    axes.set_yticks(range(len(policies)), [textwrap.shorten(comparison.about.label(p, lang), 24) for p in policies])
    for tick, policy in zip(axes.get_yticklabels(), policies, strict=True):
        tick.set_color(ink(paint[policy]))
        tick.set_fontsize(11.5)
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(FuncFormatter(_written(measure, lang)))
    axes.tick_params(length=0)
    axes.tick_params(axis="x", labelsize=10.5)
    axes.grid(axis="x", color="#E3E3E3", linewidth=0.8)
    axes.set_axisbelow(True)


def _short(measure: str, said: str, lang: Language) -> str:
    """Say percentage points as ``pp``, which finds room beside the dots."""
    points = wording.text("points", lang)
    return (
        said.replace(points, "pp" if lang == "en" else "p.p.") if wording.measure_of(measure).kind == "share" else said
    )


def _written(measure: str, lang: Language) -> Callable[[float, Any], str]:
    factor = 100.0 if wording.measure_of(measure).kind == "share" else 1.0

    def written(value: float, _: Any) -> str:
        value *= factor
        digits = next((d for d in range(5) if abs(value - round(value, d)) < 1e-9 * max(abs(value), 1.0)), 4)
        return number(value, digits, lang, sign=True)

    return written


def money_figure(comparison: Comparison, lang: Language) -> Drawn | None:
    """Draw what is spent in every year that was run whole, by scenario."""
    if comparison.cost is None:
        return None
    about, paint = comparison.about, colours(comparison.about)
    table = comparison.costs
    years = [year for year in sorted(set(table["year"].tolist())) if months_of(comparison, year) == 12]
    if len(years) < 2:
        return None
    most = float(table["euro"].max())
    factor, key = (1e-6, "million euro") if most >= 2e6 else (1e-3, "thousand euro")
    branch = about.branch_at / 12
    scenarios = (about.baseline, *about.policies)
    height = 5.6
    ends, said = [], []
    with mpl.rc_context(SETTINGS):
        drawing = Drawing(figsize=(WIDTH, height))
        _title(drawing, text("money", lang), height)
        axes = drawing.add_axes((0.085, 0.17, 0.66, 0.62))
        euro = {(s, int(y)): float(e) for s, y, e in table.itertuples(index=False)}
        past = [year for year in years if year + 1 <= branch]
        for scenario in scenarios:
            future = [year for year in years if year + 1 > branch]
            own = [*past[-1:], *future]
            axes.plot(own, [euro[scenario, y] * factor for y in own], "-o", color=paint[scenario], linewidth=2.6)
            last = euro[scenario, years[-1]] * factor
            written = number(last, 2 if key == "million euro" else 0, lang)
            ends.append((last, f"{textwrap.fill(about.label(scenario, lang), 20)}: {written}", paint[scenario]))
            said.append(f"{about.label(scenario, lang)} {number(euro[scenario, years[-1]], 0, lang)}")
        if past:
            axes.plot(past, [euro[about.baseline, y] * factor for y in past], "-o", color=PAST_COLOUR, linewidth=2.6)
            axes.axvspan(years[0] - 0.5, branch - 0.5, color="#F2F2F2", linewidth=0, zorder=0)
        axes.axvline(branch - 0.5, color=QUIET, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
        axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
        axes.set_ylim(0.0, max(most * factor * 1.08, 1e-9))
        axes.set_xticks(years, [str(year) for year in years])
        _plain(axes, lang)
        axes.set_title(text(key, lang), loc="left", fontsize=12.5, color=DARK, pad=8)
        _labels(axes, ends, years[-1] + 0.5)
        _note(drawing, text("money note", lang), comparison, lang)
    alt = text("money alt", lang, year=years[-1], ends="; ".join(said))
    return Drawn(text("money", lang), alt, drawing)


def _labels(axes: Axes, ends: Sequence[tuple[float, str, str]], x: float) -> None:
    """Write each line's label where it ends, moved apart where they would overlap."""
    bottom, top = axes.get_ylim()
    known = sorted(ends)
    heights = spread([y for y, *_ in known], 0.13 * (top - bottom))
    for height, (_, said, colour) in zip(heights, known, strict=True):
        axes.annotate(
            said,
            (x, height),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=ink(colour),
            fontsize=11.5,
            fontweight="bold",
            annotation_clip=False,
            linespacing=1.1,
        )


def value_figure(comparison: Comparison, lang: Language) -> Drawn | None:
    """Draw what the scenarios are worth: the extra cost against what is gained, and the best choice by the price that
    one is ready to pay.
    """
    try:
        value = Value.of(comparison)
    except UnansweredError:
        return None
    about, said = comparison.about, []
    for policy in about.policies:
        gain, cost = (comparison.difference(name, policy).mean for name in (value.measure, comparison.cost or ""))
        said.append(
            text(
                "value of",
                lang,
                policy=about.label(policy, lang),
                gain=wording.change(value.measure, gain, lang, sign=True),
                cost=number(cost / 1e3, 0, lang, sign=True),
            )
        )
    alt = text("value alt", lang, measure=label(value.measure, lang), said="; ".join(said))
    return Drawn(text("value", lang), alt, worth(comparison, lang))


def _title(drawing: Drawing, said: str, height: float) -> None:
    drawing.text(
        0.02, 1 - 0.18 / height, said, fontsize=17, fontweight="bold", va="top", color="#111111", linespacing=1.15
    )


def _note(drawing: Drawing, said: str, comparison: Comparison, lang: Language) -> None:
    """Write what stands below a figure: how it is read, the scale, and whether pairs are few."""
    more = wording.scale_note(comparison.about.scale, lang)
    few = wording.few_note(comparison.fewest_pairs, lang, draws=comparison.over_draws)
    below = textwrap.fill(" ".join(part for part in (said, more, few) if part), int(WIDTH * 11.5))
    drawing.text(0.02, 0.018, below, fontsize=NOTE_SIZE, va="bottom", color=QUIET)


def _plain(axes: Axes, lang: Language) -> None:
    def written(value: float, _: Any) -> str:
        digits = next((d for d in range(4) if abs(value - round(value, d)) < 1e-9 * max(abs(value), 1.0)), 3)
        return number(value, digits, lang)

    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(FuncFormatter(written))
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=11.5)


FIGURES: tuple[Maker, ...] = (course_figure, differences_figure, money_figure, value_figure)
"""What a report draws, in order; a maker can be replaced by any other."""
