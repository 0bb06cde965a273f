"""What scenarios are worth, in a picture: the cost-effectiveness plane, and beside it the best choice by what one is
ready to pay for one more.

The plane: Black (1990), Medical Decision Making 10:212-214. The curves and the frontier: `uncertainty.best_choice`.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simcomunita.experiment import uncertainty_sentences as words
from simcomunita.experiment.figures import (
    DOTS,
    HEIGHT,
    QUIET,
    SETTINGS,
    WIDTH,
    Picture,
    colours,
    residents,
    spread,
    write_words,
)
from simcomunita.experiment.value import Value
from simcomunita.experiment.wording import Language, capital, few_note, month_text, number, scale_note

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simcomunita.experiment.comparison import Comparison

FINE = 401
"""Prices at which curves are drawn."""

_BESIDE = 0.07
"""What a plane shows at least of the other side of zero, as a share of its span."""
_NAMED = 0.3
"""What it shows of a side that has points, so that the name of its corner finds room."""


def value_figure(comparison: Comparison, lang: Language = "en", measure: str | None = None) -> Figure:
    """Draw extra cost against extra outcome, and how probably each scenario is the best choice.

    Parameters
    ----------
    measure
        The outcome; if none is named, as `Value.of` chooses.

    Raises
    ------
    UnansweredError
        If it cannot be said.
    """
    value = Value.of(comparison, measure)
    about = comparison.about
    with mpl.rc_context(SETTINGS):
        figure = Picture(figsize=(WIDTH, HEIGHT), dpi=DOTS)
        drawn = comparison.over_draws
        units = "value draws" if drawn else "value pairs" if comparison.drawn == 1 else "value own"
        notes = [
            residents(about, lang),
            words.text("over", lang, end=month_text(about.until, lang), start=month_text(about.branch_at, lang)),
            words.text(units, lang, seeds=words.seeds_a_draw(comparison, lang)),
            scale_note(about.scale, lang),
            few_note(value.units, lang, draws=drawn),
        ]
        message = textwrap.shorten(capital(words.choice(comparison, value, lang)), 400)
        bottom = write_words(figure, message.removesuffix("."), notes)
        grid = figure.add_gridspec(1, 2, left=0.075, right=0.865, top=0.77, bottom=bottom + 0.055, wspace=0.62)
        _plane(figure.add_subplot(grid[0, 0]), comparison, value, lang)
        _curves(figure.add_subplot(grid[0, 1]), comparison, value, lang)
    return figure


def _plane(axes: Axes, comparison: Comparison, value: Value, lang: Language) -> None:
    about, paint = comparison.about, colours(comparison.about)
    factor, unit = words.in_thousands(max(float(np.abs(value.extra(p)[0]).max()) for p in value.scenarios[1:]))
    xs, ys = [np.zeros(1)], [np.zeros(1)]
    ends = [(0.0, textwrap.fill(about.label(value.baseline, lang), 15), paint[value.baseline])]
    axes.axhline(0.0, color="#999999", linewidth=1.0, zorder=1)
    axes.axvline(0.0, color="#999999", linewidth=1.0, zorder=1)
    for policy in value.scenarios[1:]:
        cost, gain = value.extra(policy)
        cost = cost * factor
        axes.scatter(gain, cost, s=26, color=paint[policy], alpha=0.45, linewidth=0, zorder=3)
        mean = (float(gain.mean()), float(cost.mean()))
        axes.scatter(*mean, s=150, color=paint[policy], edgecolor="white", linewidth=1.6, zorder=5)
        ends.append((mean[1], textwrap.fill(about.label(policy, lang), 15), paint[policy]))
        xs.append(gain)
        ys.append(cost)
    axes.scatter(0.0, 0.0, s=150, color=paint[value.baseline], edgecolor="white", linewidth=1.6, zorder=5)
    x, y = np.concatenate(xs), np.concatenate(ys)
    axes.set_xlim(*_sides(x))
    axes.set_ylim(*_sides(y))
    _corners(axes, x, y, lang)
    _beside(axes, ends)
    axes.set_xlabel(textwrap.fill(words.how_much(value.measure, lang), 44), labelpad=6)
    axes.set_title(words.text(unit, lang), loc="left", fontsize=13, color="#222222", pad=10)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(_written(lang))
    axes.yaxis.set_major_formatter(_written(lang))
    axes.tick_params(length=0)


def _curves(axes: Axes, comparison: Comparison, value: Value, lang: Language) -> None:
    about, paint = comparison.about, colours(comparison.about)
    table = value.curves(FINE)
    ready = table["ready_to_pay"].unique()
    ends = []
    for name in value.scenarios:
        own = table[table["scenario"] == name]
        share, chosen = own["probability_best"].to_numpy(), own["chosen"].to_numpy(bool)
        drawn: dict[str, Any] = {"color": paint[name], "drawstyle": "steps-post", "solid_joinstyle": "miter"}
        axes.plot(ready, share, linewidth=1.6, zorder=3, **drawn)
        axes.plot(ready, np.where(chosen, share, math.nan), linewidth=5.0, zorder=4, **drawn)
        ends.append((float(share[-1]), textwrap.fill(about.label(name, lang), 15), paint[name]))
    for turn in value.turns[1:]:
        if turn.price <= value.highest_price:
            axes.axvline(turn.price, color=QUIET, linewidth=1.0, linestyle=(0, (4, 3)), zorder=1)
            axes.annotate(
                words.euro(turn.price, lang),
                (turn.price, 1.0),
                xycoords=axes.get_xaxis_transform(),
                xytext=(0, 3),
                textcoords="offset points",
                ha="center",
                fontsize=10.5,
                color=QUIET,
            )
    axes.set_xlim(0.0, value.highest_price)
    axes.set_ylim(-0.02, 1.02)
    _beside(axes, ends)
    axes.set_title(words.text("best choice", lang), loc="left", fontsize=13, color="#222222", pad=22)
    paid_for = words.text("ready", lang, one=words.one(value.measure, lang))
    axes.set_xlabel(textwrap.fill(paid_for, 44), labelpad=6)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(_written(lang))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{number(100 * share, 0, lang)} %"))
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)


def _sides(values: Sequence[float] | np.ndarray[Any, Any]) -> tuple[float, float]:
    """Ends of an axis with room beside what is drawn, and for names on either side of zero that has points."""
    low, high = float(np.min(values)), float(np.max(values))
    span = (high - low) or 1.0
    low, high = low - 0.1 * span, high + 0.1 * span
    span = high - low
    if low < -0.1 * span * 1.01:
        low = min(low, -_NAMED / (1 - _NAMED) * high)
    if high > 0.1 * span * 1.01:
        high = max(high, -_NAMED / (1 - _NAMED) * low)
    return min(low, -_BESIDE * span), max(high, _BESIDE * span)


def _corners(axes: Axes, x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], lang: Language) -> None:
    """Name the corners that have points in them."""
    for right, above in ((True, True), (True, False), (False, True), (False, False)):
        there = ((x > 0) if right else (x < 0)) & ((y > 0) if above else (y < 0))
        if there.any():
            key = f"{'better' if right else 'worse'}, {'dearer' if above else 'cheaper'}"
            axes.text(
                0.985 if right else 0.015,
                0.985 if above else 0.015,
                words.text(key, lang),
                transform=axes.transAxes,
                ha="right" if right else "left",
                va="top" if above else "bottom",
                fontsize=10.5,
                style="italic",
                color=QUIET,
                zorder=2,
            )


def _beside(axes: Axes, ends: Sequence[tuple[float, str, str]]) -> None:
    """Write names to the right of a panel at their heights, moved apart where they would overlap."""
    bottom, top = axes.get_ylim()
    known = sorted((end for end in ends if not math.isnan(end[0])), key=lambda end: end[0])
    lines = max(name.count("\n") + 1 for _, name, _ in known)
    gap = (top - bottom) * (0.052 * lines + 0.018)
    heights = spread([height for height, *_ in known], gap)
    least = bottom + gap / 2
    for k, height in enumerate(heights):
        heights[k] = least = max(height, least)
        least += gap
    for height, (_, name, colour) in zip(heights, known, strict=True):
        axes.annotate(
            name,
            (1.0, height),
            xycoords=axes.get_yaxis_transform(),
            xytext=(7, 0),
            textcoords="offset points",
            color=colour,
            fontsize=11.5,
            fontweight="bold",
            va="center",
            annotation_clip=False,
            linespacing=1.05,
        )


def _written(lang: Language) -> FuncFormatter:
    def written(value: float, _: Any) -> str:
        digits = next((d for d in range(5) if math.isclose(value, round(value, d), abs_tol=1e-9)), 4)
        return number(value, digits, lang)

    return FuncFormatter(written)
