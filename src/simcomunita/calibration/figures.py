"""Pictures of a calibration: what is predicted beside what was published, what was learned of each parameter, which
cannot be told apart, and whether truths are found again.

Colours are those of Okabe & Ito (2008), told apart by colour-blind readers.
"""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from simcomunita.calibration.checks import band, contraction, correlations
from simcomunita.calibration.wording import figure_text, named, range_text, read, said
from simcomunita.experiment.figures import BASELINE_COLOUR, POLICY_COLOURS, QUIET
from simcomunita.experiment.wording import Language, capital, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simcomunita.calibration.predicting import Prediction
    from simcomunita.calibration.result import Result

PRIOR_COLOUR, POSTERIOR_COLOUR, PUBLISHED_COLOUR = "#BDBDBD", POLICY_COLOURS[0], BASELINE_COLOUR
WIDTH, DOTS = 12.8, 150
ROW = 0.55
"""Inches of a row."""
MOST = 8.0
"""How many times what was published is drawn at most, and at least its inverse."""
BINS = 12
COLUMNS = 4

SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 11.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "figure.facecolor": "white",
}


def titled(figure: Figure, title: str, note: str) -> None:
    """Write a title above a picture and a note below it."""
    width, height = figure.get_size_inches()
    lines = textwrap.fill(title, int(width * 7.0))
    figure.text(0.015, 1 - 0.18 / height, lines, fontsize=16, fontweight="bold", va="top", color="#111111")
    below = textwrap.fill(note, int(width * 12.2))
    figure.text(0.015, 0.12 / height, below, fontsize=10, va="bottom", color=QUIET)


# -- outcomes --


def outcomes_figure(result: Result, lang: Language = "en") -> Figure:
    """Draw what the prior and the posterior say of every published figure, as multiples of that figure."""
    fitted = [one for one in result.predictions if one.outcome.fitted]
    held = [one for one in result.predictions if not one.outcome.fitted]
    rows = len(fitted) + len(held) + (1 if fitted else 0) + (1 if held else 0)
    head, foot = 0.85, 1.2
    height = head + ROW * rows + foot
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH, height), dpi=DOTS)
        axes = figure.add_axes((0.29, foot / height, 0.37, 1 - (head + foot) / height))
        titled(figure, figure_text(result.predictions, lang), said("intervals", lang))
        y = 0
        for key, group in (("fitted", fitted), ("held out", held)):
            if not group:
                continue
            at = axes.get_yaxis_transform()
            axes.text(-0.76, y, capital(said(key, lang)), transform=at, fontweight="bold", va="center", fontsize=12)
            if y == 0:
                head_text = said("columns", lang)
                axes.text(1.04, y, head_text, transform=at, va="center", fontsize=10, color=QUIET)
            for one in group:
                y += 1
                _outcome_row(axes, y, one, lang)
            y += 1
        axes.set_xscale("log")
        axes.set_xlim(1 / MOST / 1.1, MOST * 1.1)
        axes.set_ylim(y - 0.4, -0.6)
        axes.axvline(1.0, color=PUBLISHED_COLOUR, linewidth=1.4, zorder=4)
        axes.xaxis.set_major_locator(FixedLocator([1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8]))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _times(x, lang)))
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x", color="#E5E5E5", linewidth=0.8)
        axes.set_axisbelow(True)
        axes.set_xlabel(said("times published", lang), fontsize=10.5)
    return figure


def _times(value: float, lang: Language) -> str:
    return number(value, 0 if value >= 1 else 3 if value < 0.2 else 2 if value < 0.4 else 1, lang)


def _outcome_row(axes: Axes, y: float, one: Prediction, lang: Language) -> None:
    published = max(one.outcome.published, 1e-12)
    at = axes.get_yaxis_transform()
    axes.text(-0.74, y, textwrap.fill(named(one.outcome, lang), 38), transform=at, va="center", fontsize=10.5)
    for (low, middle, high), colour, thick, above in (
        (one.prior, PRIOR_COLOUR, 9.0, 0.0),
        (one.posterior, POSTERIOR_COLOUR, 4.5, 0.0),
    ):
        ends = np.clip([low / published, high / published], 1 / MOST, MOST)
        axes.plot(ends, [y + above] * 2, color=colour, linewidth=thick, solid_capstyle="butt", zorder=2)
        if colour == POSTERIOR_COLOUR:
            axes.plot(
                [float(np.clip(middle / published, 1 / MOST, MOST))],
                [y],
                "o",
                color=colour,
                markersize=8,
                markeredgecolor="white",
                zorder=3,
            )
        for end, beyond, arrow in ((0, low / published < 1 / MOST, "<"), (1, high / published > MOST, ">")):
            if beyond:
                axes.plot([ends[end]], [y], arrow, color=colour, markersize=7, zorder=3, clip_on=False)
    mark = "" if one.held else "  ✗"
    line = f"{read(one.outcome, one.outcome.published, lang)}  |  {range_text(one, lang)}{mark}"
    axes.text(1.04, y, line, transform=at, va="center", fontsize=10.5, color="#222222" if one.held else "#9A3E00")


# -- parameters --


def parameters_figure(result: Result, lang: Language = "en") -> Figure:
    """Draw the posterior of every parameter over its prior, which is even."""
    priors, posterior = result.calibration.priors, result.posterior
    rows = math.ceil(len(priors) / COLUMNS)
    narrower = contraction(posterior)
    head, foot = 1.1, 0.75
    height = head + 2.05 * rows + foot
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH, height), dpi=DOTS)
        learned = int((narrower >= 0.25).sum())
        title = said("parameters title", lang, learned=learned, all=len(priors))
        titled(figure, title, said("parameters note", lang))
        grid = figure.add_gridspec(
            rows,
            COLUMNS,
            left=0.04,
            right=0.98,
            top=1 - head / height,
            bottom=(foot + 0.25) / height,
            hspace=0.75,
            wspace=0.18,
        )
        edges = np.linspace(0, 1, BINS + 1)
        for k, prior in enumerate(priors):
            axes = figure.add_subplot(grid[k // COLUMNS, k % COLUMNS])
            heights, _ = np.histogram(posterior.cube[:, k], edges, weights=posterior.weights, density=True)
            axes.fill_between([0, 1], [1, 1], color=PRIOR_COLOUR, alpha=0.6, linewidth=0)
            axes.stairs(heights, edges, color=POSTERIOR_COLOUR, linewidth=2.2)
            axes.set_ylim(0, max(3.0, float(heights.max()) * 1.05))
            axes.set_xlim(0, 1)
            axes.set_yticks([])
            axes.spines["left"].set_visible(False)
            marks = [0.0, 0.5, 1.0]
            axes.set_xticks(marks, [_short(float(prior.value(m)), lang) for m in marks])
            sides: tuple[Literal["left", "center", "right"], ...] = ("left", "center", "right")
            for label, side in zip(axes.get_xticklabels(), sides, strict=True):
                label.set_horizontalalignment(side)
            axes.tick_params(length=2, labelsize=9)
            axes.set_title(prior.key, loc="left", fontsize=10, fontweight="bold")
            share = number(100 * max(float(narrower[k]), 0.0), 0, lang)
            axes.text(
                0.98,
                0.96,
                said("narrower", lang, share=share),
                transform=axes.transAxes,
                ha="right",
                va="top",
                fontsize=9,
                color=QUIET,
            )
    return figure


def _short(value: float, lang: Language) -> str:
    digits = 0 if value == 0 else max(0, 1 - math.floor(math.log10(abs(value))))
    written = number(value, min(digits, 6), lang)
    mark = "." if lang == "en" else ","
    return written.rstrip("0").rstrip(mark) if mark in written and digits else written


# -- what cannot be told apart --


def pairs_figure(result: Result, lang: Language = "en") -> Figure:
    """Draw the correlations of the parameters in the posterior."""
    keys, together = result.calibration.priors.keys, correlations(result.posterior)
    size = len(keys)
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH, 2.6 + 0.42 * size), dpi=DOTS)
        _, height = figure.get_size_inches()
        pairs = result.pairs()
        key = "no pairs" if not pairs else "one pair" if len(pairs) == 1 else "pairs title"
        titled(figure, said(key, lang, pairs=len(pairs)), said("pairs note", lang))
        axes = figure.add_axes((0.27, 0.75 / height, 0.66, 1 - 1.55 / height))
        axes.set_xlim(-0.5, size - 0.5)
        axes.set_ylim(size - 0.5, -0.5)
        for i in range(size):
            for j in range(i):
                r = float(together[i, j])
                colour = POSTERIOR_COLOUR if r > 0 else BASELINE_COLOUR
                axes.add_patch(
                    mpl.patches.Rectangle(
                        (j - 0.48, i - 0.48), 0.96, 0.96, color=colour, alpha=abs(r) * 0.9, linewidth=0
                    )
                )
                if abs(r) >= 0.2:
                    ink = "white" if abs(r) > 0.6 else "#333333"
                    axes.text(j, i, number(r, 1, lang, sign=True), ha="center", va="center", fontsize=8.5, color=ink)
        axes.set_yticks(range(size), keys, fontsize=9.5)
        axes.set_xticks([])
        for j, name in enumerate(keys[:-1]):
            axes.text(j - 0.3, j - 0.15, name, fontsize=8.5, color=QUIET, va="center")
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0)
    return figure


# -- ranks --


def ranks_figure(result: Result, lang: Language = "en") -> Figure:
    """Draw how far the ranks of truths are from even ones, with the band that even ones stay in."""
    checks = result.checked
    grid, low, high = band(len(checks.ranks))
    outside = checks.outside()
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH * 0.75, 6.4), dpi=DOTS)
        _, height = figure.get_size_inches()
        left, all_of_them = int(outside.sum()), len(outside)
        title = said("ranks title", lang, inside=all_of_them - left, all=all_of_them)
        titled(figure, title, said("ranks note", lang, truths=number(len(checks.ranks), 0, lang)))
        axes = figure.add_axes((0.09, 1.65 / height, 0.62, 1 - 2.75 / height))
        axes.fill_between(grid, low - grid, high - grid, color=PRIOR_COLOUR, alpha=0.5, linewidth=0)
        axes.axhline(0, color=QUIET, linewidth=0.8)
        ends: list[str] = []
        for k, key in enumerate(result.calibration.priors.keys):
            below = (checks.ranks[:, k][None, :] <= grid[:, None]).mean(axis=1) - grid
            colour = PUBLISHED_COLOUR if outside[k] else POSTERIOR_COLOUR
            axes.plot(grid, below, color=colour, linewidth=1.8 if outside[k] else 0.9, alpha=1 if outside[k] else 0.6)
            if outside[k]:
                ends.append(key)
        for row, key in enumerate(ends):
            axes.text(1.03, 0.95 - 0.07 * row, key, transform=axes.transAxes, color=PUBLISHED_COLOUR, fontsize=10)
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x, 1, lang)))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x, 2, lang, sign=True)))
        axes.set_xlabel(said("rank axis", lang), fontsize=10.5)
        axes.set_ylabel(said("rank height", lang), fontsize=10.5)
    return figure
