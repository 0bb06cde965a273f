"""Two pictures of a difference: how far each parameter moves it, and which share of its variance hangs on each.

Colours are those of Okabe & Ito (2008), told apart by colour-blind readers; ways and kinds differ in their marks too.
"""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simcomunita.experiment.wording import Language, label, measure_of, number, scale_note, text, unit
from simcomunita.sensitivity.analysis import Findings
from simcomunita.sensitivity.factors import DUMMY
from simcomunita.sensitivity.page import heading, share
from simcomunita.sensitivity.phrases import phrase
from simcomunita.sensitivity.targets import Target

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN = 18
"""Parameters that the first picture shows."""

LOOKS: dict[int, tuple[str, str]] = {1: ("#0072B2", "^"), -1: ("#D55E00", "v"), 0: ("#767676", "o")}
"""Colour and mark of what raises, what lowers and what does now this, now that."""
KINDS = {"first": ("#0072B2", "o", -0.19), "total": ("#E69F00", "D", 0.19)}

QUIET = "#666666"
WIDTH, DOTS = 12.8, 150
ROW, PAIR, HEAD, FOOT = 0.34, 0.62, 1.1, 1.3
"""Inches; a row of one mark, and of two."""
LEFT, RIGHT = 0.34, 0.84

_SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": QUIET,
    "xtick.color": QUIET,
    "figure.facecolor": "white",
}


def screening_picture(findings: Findings, target: Target, lang: Language) -> Figure:
    """Draw the strongest parameters and the dummy: size, interval and way, beside what luck alone looks like."""
    found, measure = findings.screening[target], label(target.measure, lang)
    strong = [k for k in found.order if found.mu_star[k] > 0.0 and found.names[k] != DUMMY][:SHOWN]
    rows = [*strong, found.names.index(DUMMY)]
    key = "message still" if not strong else "message screened" if found.clear[rows[0]] else "message unsure"
    message = phrase(key, lang, measure=measure, name=found.names[rows[0]])
    counts = {"count": len(found.names) - 1, "shown": len(strong), "trajectories": found.trajectories}
    note = phrase(
        "note screened", lang, which=heading(findings, target, lang), seeds=findings.analysis.size.seeds, **counts
    )
    with mpl.rc_context(_SETTINGS):
        figure, axes = _frame(message, note, findings, [_named(found.names[k], lang) for k in rows], lang)
        factor = 100.0 if measure_of(target.measure).kind == "share" else 1.0
        most = 0.0
        for row, k in enumerate(rows):
            way = 0 if found.names[k] == DUMMY else found.direction(k)
            colour, mark = LOOKS[way]
            size = factor * found.mu_star[k]
            ends = [factor * found.low[k], factor * found.high[k]] if found.trajectories > 1 else [size, size]
            axes.plot(np.maximum(ends, 0.0), [row, row], color=colour, linewidth=2.4, solid_capstyle="butt", zorder=2)
            axes.plot([size], [row], mark, color=colour, markersize=9, markeredgecolor="white", zorder=3)
            told = phrase("nothing" if found.mu_star[k] == 0.0 else f"way {way}", lang)
            axes.text(1.02, row, told, transform=axes.get_yaxis_transform(), va="center", color=colour, fontsize=11)
            most = max(most, *ends)
        axes.set_xlim(-0.015 * (most or 1.0), 1.03 * (most or 1.0))
        if not math.isnan(found.level):
            _line(axes, factor * found.level, phrase("luck", lang))
        points = text("points", lang) if factor == 100.0 else unit(target.measure, lang)
        axes.set_xlabel(phrase("axis screened", lang, unit=points), color=QUIET)
        axes.xaxis.set_major_locator(MaxNLocator(7))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x, _digits(x), lang)))
    return figure


def indices_picture(findings: Findings, target: Target, lang: Language) -> Figure:
    """Draw the shares of variance with their intervals, the dummy last."""
    found, measure = findings.indices[target], label(target.measure, lang)
    best = int(np.nanargmax(found.first)) if found.variance > 0.0 else 0
    message = phrase("message still", lang, measure=measure)
    if found.variance > 0.0:
        told = {"name": found.names[best], "share": share(found.first[best], lang)}
        sure = found.dummy_is_nothing and found.first[best] > found.first_half[best]
        message = phrase("message closer" if sure else "message wide", lang, measure=measure, **told)
    note = phrase(
        "note closer",
        lang,
        which=heading(findings, target, lang),
        points=number(found.points, 0, lang),
        seeds=findings.analysis.size.seeds,
    )
    rows = found.order
    with mpl.rc_context(_SETTINGS):
        figure, axes = _frame(message, note, findings, [_named(found.names[k], lang) for k in rows], lang, PAIR)
        for kind, (colour, mark, aside) in KINDS.items():
            index, half = (found.first, found.first_half) if kind == "first" else (found.total, found.total_half)
            if np.isnan(index).all():
                continue
            for row, k in enumerate(rows):
                ends = [index[k] - half[k], index[k] + half[k]]
                axes.plot(ends, [row + aside] * 2, color=colour, linewidth=2.4, solid_capstyle="butt", zorder=2)
                axes.plot(
                    [index[k]], [row + aside], mark, color=colour, markersize=9, markeredgecolor="white", zorder=3
                )
            at = index[rows[0]] + half[rows[0]]
            axes.annotate(
                phrase(kind, lang), (at, aside), xytext=(8, 0), textcoords="offset points", color=colour,
                va="center", fontsize=11.5, annotation_clip=False,
            )  # fmt: skip
        _line(axes, 0.0, phrase("nothing", lang))
        axes.set_xlabel(phrase("axis closer", lang), color=QUIET)
        axes.xaxis.set_major_locator(MaxNLocator(7))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: share(x, lang)))
    return figure


def _frame(
    message: str, note: str, findings: Findings, names: list[str], lang: Language, row: float = ROW
) -> tuple[Figure, Axes]:
    """Lay out title, rows and note."""
    height = HEAD + row * len(names) + FOOT
    figure = Figure(figsize=(WIDTH, height), dpi=DOTS)
    axes = figure.add_axes((LEFT, FOOT / height, RIGHT - LEFT, 1.0 - (HEAD + FOOT) / height))
    title = textwrap.fill(message, 92)
    figure.text(0.015, 1.0 - 0.2 / height, title, fontsize=16, weight="bold", va="top", color="#111111")
    scaled = scale_note(findings.analysis.size.scale, lang)
    below = textwrap.fill(f"{note} {scaled}".strip(), 150)
    figure.text(0.015, 0.12 / height, below, fontsize=10.5, va="bottom", color=QUIET)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(length=0)
    axes.grid(axis="x", color="#E4E4E4", linewidth=0.8)
    axes.set_axisbelow(True)
    return figure, axes


def _named(name: str, lang: Language) -> str:
    return phrase("dummy", lang) if name == DUMMY else name


def _line(axes: Axes, at: float, said: str) -> None:
    axes.axvline(at, color="#333333", linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
    axes.annotate(
        said, (at, 1.0), xycoords=axes.get_xaxis_transform(), xytext=(0, 5), textcoords="offset points", ha="center",
        fontsize=11, color="#333333",
    )  # fmt: skip


def _digits(value: float) -> int:
    return next((digits for digits in range(4) if abs(value - round(value, digits)) < 1e-9 * max(abs(value), 1.0)), 4)
