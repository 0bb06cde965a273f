"""Pictures of what a calibration tries besides: how many runs are enough, and which mechanisms the figures need."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from simcomunita.calibration.curve import still_learning
from simcomunita.calibration.figures import (
    DOTS,
    POSTERIOR_COLOUR,
    PRIOR_COLOUR,
    PUBLISHED_COLOUR,
    SETTINGS,
    WIDTH,
    titled,
)
from simcomunita.calibration.wording import MOST_TIMES, factor, mechanisms_text, said
from simcomunita.experiment.figures import POLICY_COLOURS, QUIET
from simcomunita.experiment.wording import Language, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simcomunita.calibration.curve import Size
    from simcomunita.calibration.mechanisms import LeftOut
    from simcomunita.calibration.result import Result

APART = 0.055
"""Share of a panel's height that two names at the ends of lines are apart at least."""
ROW = 0.62
NICE = (1, 3, 10, 30, 100, 300, 1000)


# -- how many runs --


def learning_figure(result: Result, lang: Language = "en") -> Figure:
    """Draw the error of every method, and how often its intervals hold, against the number of runs."""
    own = [one for one in result.curve if one.method == result.method]
    colours = dict(zip(_methods(result), POLICY_COLOURS, strict=False))
    head, foot, height = 1.0, 1.45, 5.9
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH, height), dpi=DOTS)
        title = said(
            "learning title more" if still_learning(result) else "learning title enough",
            lang,
            runs=number(len(result.bank), 0, lang),
        )
        titled(figure, title, said("learning note", lang, truths=number(own[-1].truths, 0, lang)))
        for left, key, pick in (
            (0.07, "error axis", lambda one: 100 * one.error),
            (0.57, "coverage axis", lambda one: 100 * one.coverage),
        ):
            axes = figure.add_axes((left, foot / height, 0.32, 1 - (head + foot) / height))
            ends = []
            for name, colour in colours.items():
                line = [one for one in result.curve if one.method == name]
                mine = name == result.method
                runs, values = [one.runs for one in line], [pick(one) for one in line]
                axes.plot(runs, values, "-o", color=colour, linewidth=2.8 if mine else 1.2, markersize=6 if mine else 3)
                ends.append((values[-1], name, colour))
            if key == "error axis":
                axes.vlines(
                    [one.runs for one in own],
                    [100 * one.low for one in own],
                    [100 * one.high for one in own],
                    color=colours[result.method],
                    linewidth=1.2,
                )
            else:
                axes.axhline(90, color=QUIET, linewidth=0.9)
            _scale(axes, own, lang)
            axes.set_ylabel(said(key, lang), fontsize=10.5)
            axes.yaxis.set_major_locator(MaxNLocator(7, integer=True))
            axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number(y, 0, lang)))
            _name_ends(axes, ends, result.method)
    return figure


def _methods(result: Result) -> list[str]:
    return list(dict.fromkeys(one.method for one in result.curve))


def _scale(axes: Axes, own: list[Size], lang: Language) -> None:
    axes.set_xscale("log", base=2)
    runs = [one.runs for one in own]
    close = len(runs) > 1 and runs[-1] < 1.5 * runs[-2]  # their names would touch
    axes.xaxis.set_major_locator(FixedLocator([*runs[: -2 if close else -1], runs[-1]]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x, 0, lang)))
    axes.set_xlabel(said("runs axis", lang), fontsize=10.5)
    axes.grid(axis="y", color="#E5E5E5", linewidth=0.8)
    axes.set_axisbelow(True)


def _name_ends(axes: Axes, ends: list[tuple[float, str, str]], chosen: str) -> None:
    """Write every line's name at its end, pushed apart where they would touch."""
    low, high = axes.get_ylim()
    at = -math.inf
    for value, name, colour in sorted(ends):
        at = max((value - low) / (high - low), at + APART)
        weight = "bold" if name == chosen else "normal"
        axes.text(1.03, at, name, transform=axes.transAxes, color=colour, fontsize=11, va="center", fontweight=weight)


# -- mechanisms --


def mechanisms_figure(result: Result, lang: Language = "en") -> Figure:
    """Draw how many times less or more likely the figures are without each group of mechanisms."""
    found = result.mechanisms
    assert found is not None, "no mechanism was left out"
    order = sorted(
        found.each, key=lambda one: (one.verdict == "cannot tell", one.ratio if np.isfinite(one.ratio) else -99)
    )
    most = math.log(MOST_TIMES)
    head, foot = 1.25, 1.75
    height = head + ROW * len(order) + foot
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(WIDTH, height), dpi=DOTS)
        note = said("mechanisms note", lang, runs=number(found.runs, 0, lang), most=number(MOST_TIMES, 0, lang))
        titled(figure, mechanisms_text(found, lang), note)
        axes = figure.add_axes((0.3, foot / height, 0.46, 1 - (head + foot) / height))
        for y, one in enumerate(order):
            _mechanism(axes, y, one, most, lang)
        axes.axvline(0.0, color=QUIET, linewidth=1.2)
        axes.set_xlim(-most * 1.06, most * 1.06)
        axes.set_ylim(len(order) - 0.4, -0.6)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        marks = [math.log(one) for one in NICE]
        axes.xaxis.set_major_locator(FixedLocator([*(-mark for mark in marks[:0:-1]), *marks]))
        axes.xaxis.set_major_formatter(
            FuncFormatter(lambda x, _: said("as likely", lang) if abs(x) < 1e-9 else number(math.exp(abs(x)), 0, lang))
        )
        axes.tick_params(axis="x", labelsize=9)
        axes.grid(axis="x", color="#E5E5E5", linewidth=0.8)
        axes.set_axisbelow(True)
        axes.set_xlabel(said("mechanisms axis", lang), fontsize=10.5)
    return figure


def _mechanism(axes: Axes, y: float, one: LeftOut, most: float, lang: Language) -> None:
    at = axes.get_yaxis_transform()
    unclear = one.verdict == "cannot tell"
    colour = {"needed": PUBLISHED_COLOUR, "cannot tell": PRIOR_COLOUR}.get(one.verdict, POSTERIOR_COLOUR)
    label = textwrap.fill(getattr(one.group.label, lang), 40)
    ink = QUIET if unclear else "#222222"
    axes.text(-0.62, y, label, transform=at, va="center", fontsize=10.5, color=ink)
    axes.text(1.04, y, factor(one.ratio, lang), transform=at, va="center", fontsize=10.5, color=ink)
    if np.isnan(one.ratio):
        return
    low, high, middle = (float(np.clip(value, -most, most)) for value in (one.low, one.high, one.ratio))
    axes.plot([low, high], [y, y], color=colour, linewidth=4.5, solid_capstyle="butt", zorder=2)
    beyond = abs(one.ratio) > most
    mark = ("<" if one.ratio < 0 else ">") if beyond else "o"
    axes.plot([middle], [y], mark, color=colour, markersize=8, markeredgecolor="white", zorder=3, clip_on=False)
