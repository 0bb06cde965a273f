"""What we do not know, in pictures: what is lost by each choice, and whether spread comes from parameters or chance.

What scenarios are worth has a picture of its own, in `value_figure.py`.
"""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

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
    write_words,
)
from simcomunita.experiment.value import UnansweredError
from simcomunita.experiment.wording import Language, capital, few_note, label, measure_of, number, scale_note

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simcomunita.experiment.about import About
    from simcomunita.experiment.comparison import Comparison

MOST_PANELS = 4


def regret_figure(comparison: Comparison, lang: Language = "en") -> Figure:
    """Draw what each scenario loses against the one that turned out best, a panel a measure: the first shown that are
    better one way, `MOST_PANELS` at most, the cost last.

    Raises
    ------
    UnansweredError
        If no measure that is shown is better one way, or there is one pair only.
    """
    about, drawn = comparison.about, comparison.over_draws
    names = [name for name in words.regretted(comparison) if name != comparison.cost]
    cost = [comparison.cost] if comparison.cost is not None and comparison.cost in comparison.measures else []
    names = [*names[: MOST_PANELS - len(cost)], *cost]
    if not names:
        raise UnansweredError("no outcome")
    if comparison.fewest_pairs < 2:
        raise UnansweredError("one unit")
    with mpl.rc_context(SETTINGS):
        figure = Picture(figsize=(WIDTH, HEIGHT), dpi=DOTS)
        marks = words.text("regret marks", lang, units=words.text("draws" if drawn else "pairs", lang))
        notes = [
            residents(about, lang),
            marks,
            scale_note(about.scale, lang),
            few_note(comparison.fewest_pairs, lang, draws=drawn),
        ]
        bottom = write_words(figure, words.regret_said(comparison, lang), notes)
        grid = figure.add_gridspec(1, len(names), left=0.17, right=0.975, top=0.74, bottom=bottom + 0.02, wspace=0.16)
        for place, name in enumerate(names):
            axes = figure.add_subplot(grid[0, place])
            _regret(axes, comparison, name, comparison.regret(name), lang)
            if place:
                axes.set_yticklabels([])
    return figure


def _regret(axes: Axes, comparison: Comparison, measure: str, table: pd.DataFrame, lang: Language) -> None:
    about, paint = comparison.about, colours(comparison.about)
    factor, unit = (100.0, "points") if measure_of(measure).kind == "share" else (1.0, "")
    if measure == comparison.cost:
        factor, unit = words.in_thousands(float(table["largest"].max()))
    units = comparison.difference(measure, about.policies[0]).pairs
    lost = table[["mean", "p90", "largest"]].to_numpy(np.float64) * factor
    scenarios = [str(name) for name in table["scenario"]]
    for row, (scenario, share) in enumerate(zip(scenarios, table["best"].to_numpy(np.float64), strict=True)):
        colour, (mean, often, most) = paint[scenario], lost[row].tolist()
        axes.plot([mean, most], [row, row], color=colour, linewidth=2.0, alpha=0.5, zorder=2)
        axes.plot([most, most], [row - 0.14, row + 0.14], color=colour, linewidth=2.5, zorder=3)
        axes.scatter(often, row, s=70, facecolor="white", edgecolor=colour, linewidth=2.0, zorder=4)
        axes.scatter(mean, row, s=120, color=colour, zorder=5)
        best = words.text("best in", lang, n=number(share * units, 0, lang), all=number(units, 0, lang))
        axes.annotate(
            f"({best})", (0.0, row - 0.3), xytext=(0, 0), textcoords="offset points", fontsize=10, color=QUIET
        )
    axes.set_ylim(len(table) - 0.5, -0.62)
    _names(axes, scenarios, about, paint, lang)
    widest = float(lost.max())
    axes.set_xlim(-0.05 * (widest or 1.0), 1.08 * (widest or 1.0))
    title = label(measure, lang)
    if unit:
        title = words.text(f"lost {unit}", lang, measure=title)
    axes.set_title(capital(textwrap.fill(title, 24)), loc="left", fontsize=12, color="#222222", pad=8)
    axes.xaxis.set_major_locator(MaxNLocator(3))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _plain(value, lang)))
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)


def spread_figure(comparison: Comparison, lang: Language = "en") -> Figure:
    """Draw, for every measure shown and every policy, how much of the variance of single pairs' differences comes from
    parameters and how much from chance.

    Raises
    ------
    UnansweredError
        If it cannot be told: one draw of the parameters, or one seed a draw.
    """
    about, paint, table = comparison.about, colours(comparison.about), comparison.spread_table
    if table["share_of_parameters"].isna().all():
        raise UnansweredError("one draw")
    names = [
        name for name in comparison.shown if table.loc[table["measure"] == name, "share_of_parameters"].notna().any()
    ]
    with mpl.rc_context(SETTINGS):
        figure = Picture(figsize=(WIDTH, HEIGHT), dpi=DOTS)
        notes = words.text(
            "spread notes",
            lang,
            draws=number(comparison.drawn, 0, lang),
            seeds=words.seeds_a_draw(comparison, lang),
        )
        few = few_note(comparison.drawn, lang, draws=True)
        bottom = write_words(
            figure,
            words.text("spread title", lang),
            [residents(about, lang), notes, scale_note(about.scale, lang), few],
        )
        grid = figure.add_gridspec(len(names), 1, left=0.21, right=0.83, top=0.82, bottom=bottom + 0.02, hspace=0.55)
        for place, name in enumerate(names):
            own = table[table["measure"] == name].set_index("policy").loc[list(about.policies)]
            _shares(figure.add_subplot(grid[place, 0]), about, name, own, paint, lang, last=place == len(names) - 1)
    return figure


def _shares(
    axes: Axes, about: About, measure: str, table: pd.DataFrame, paint: dict[str, str], lang: Language, *, last: bool
) -> None:
    policies = [str(policy) for policy in table.index]
    numbers = table[["share_of_parameters", "share_low", "share_high"]].to_numpy(np.float64).tolist()
    for row, (policy, (share, low, high)) in enumerate(zip(policies, numbers, strict=True)):
        if math.isnan(share):
            said = words.text("varies not", lang)
        else:
            axes.barh(row, share, color=paint[policy], height=0.72)
            axes.barh(row, 1.0 - share, left=share, color=paint[policy], alpha=0.25, height=0.72)
            said = f"{number(100 * share, 0, lang)} %{words.shares_within((low, high), lang)}"
        axes.annotate(
            said,
            (1.0, row),
            xycoords=axes.get_yaxis_transform(),
            xytext=(6, 0),
            textcoords="offset points",
            fontsize=10.5,
            color=paint[policy],
            fontweight="bold",
            va="center",
            annotation_clip=False,
        )
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(len(table) - 0.5, -0.5)
    _names(axes, policies, about, paint, lang, 30)
    axes.set_title(capital(label(measure, lang)), loc="left", fontsize=12, color="#222222", pad=4)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{number(100 * value, 0, lang)} %"))
    axes.tick_params(length=0, labelbottom=last)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _names(
    axes: Axes, scenarios: list[str], about: About, paint: dict[str, str], lang: Language, width: int = 16
) -> None:
    """Write scenarios' names beside their rows, each in its colour."""
    axes.set_yticks(range(len(scenarios)), [textwrap.fill(about.label(name, lang), width) for name in scenarios])
    for tick, name in zip(axes.get_yticklabels(), scenarios, strict=True):
        tick.set_color(paint[name])
        tick.set_fontweight("bold")


def _plain(value: float, lang: Language) -> str:
    digits = next((d for d in range(5) if abs(value - round(value, d)) < 1e-9), 4)
    return number(value, digits, lang)
