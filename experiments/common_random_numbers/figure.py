"""How what shared chance saves fades after the futures part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from simcomunita.experiment.figures import BASELINE_COLOUR, DOTS, POLICY_COLOURS, QUIET, Picture
from simcomunita.outcomes import MEASURES

BRANCH = "2020-01"
SMOOTH = 3
"""Months over which a line is averaged (of logarithms), since single months are few seeds' chance."""
HIGHEST = 2000.0
SETTINGS: dict[Any, Any] = {
    "font.size": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
TITLES = ("Eight facilitators against none", "Nine facilitators against eight")
ASKED = (3, 10)
GAP = 0.13
"""Least distance of two names, as a share of a power of ten."""

Savings = Mapping[tuple[str, str], Mapping[str, NDArray[np.float64]]]


def draw(months: Sequence[str], savings: Savings, to: Path) -> None:
    """Draw a panel a comparison, a line a measure, into a PNG file."""
    since = [k for k, month in enumerate(months) if month >= BRANCH]
    years = np.array([2020 + (k - since[0] + 1) / 12 for k in since])
    with mpl.rc_context(SETTINGS):
        figure = Picture(figsize=(14, 6.4), dpi=DOTS, layout="constrained")
        for axes, title, asked, lines in zip(figure.subplots(1, 2), TITLES, ASKED, savings.values(), strict=True):
            _panel(axes, years, {name: smoothed(line[since]) for name, line in lines.items()}, asked)
            axes.set_title(f"{title} (dashed: the {asked} times asked for)", loc="left", size=12.5)
        figure.suptitle("Shared chance saves less as the worlds drift apart", x=0.01, ha="left", size=17)
        figure.savefig(to, format="png", metadata={"Software": None})


def smoothed(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Geometric mean over neighbouring months; what varies in no seed is left out."""
    logs = np.log(np.clip(line, 0.1, HIGHEST))
    padded = np.pad(logs, SMOOTH // 2, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, SMOOTH)
    return np.asarray(np.exp(windows.mean(axis=1)))


def _panel(axes: Axes, years: NDArray[np.float64], lines: Mapping[str, NDArray[np.float64]], asked: int) -> None:
    colours = (BASELINE_COLOUR, *POLICY_COLOURS)
    ends = {name: line[-1] for name, line in lines.items()}
    height = places(ends)
    for colour, (name, line) in zip(colours, lines.items(), strict=True):
        axes.plot(years, line, color=colour, linewidth=1.8)
        axes.text(years[-1] + 0.08, height[name], MEASURES[name].label_en, color=colour, va="center", size=10.5)
    ends_at = [years[0] - 1 / 12, years[-1]]
    axes.plot(ends_at, [1, 1], color=QUIET, linewidth=0.8)
    axes.text(2020.05, 1.04, "nothing saved", color=QUIET, size=10, va="bottom")
    axes.plot(ends_at, [asked, asked], color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.set(yscale="log", xlim=(2020, 2029.6), ylim=(0.5, HIGHEST * 1.3), ylabel="times fewer pairs")
    axes.set_xticks(range(2020, 2026))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}")


def places(ends: Mapping[str, float]) -> dict[str, float]:
    """Heights for the names of lines, near their ends and apart from each other."""
    found: dict[str, float] = {}
    last = -np.inf
    for name, value in sorted(ends.items(), key=lambda item: item[1]):
        last = max(np.log10(value), last + GAP)
        found[name] = float(10**last)
    return found
