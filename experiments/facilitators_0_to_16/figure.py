"""The curve from dose to effect: active citizens by the number of facilitators, and what each further one costs."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes

from experiments.findings import Findings
from simcomunita.experiment.figures import DOTS, POLICY_COLOURS, QUIET, Picture

SETTINGS: dict[Any, Any] = {
    "font.size": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def draw(findings: Findings, posts: dict[str, int], to: Path) -> None:
    """Draw the curve into a PNG file."""
    with mpl.rc_context(SETTINGS):
        figure = Picture(figsize=(12.8, 5.6), dpi=DOTS, layout="constrained")
        left, right = figure.subplots(1, 2)
        _effect(left, findings, posts)
        _price(right, findings, posts)
        figure.suptitle("Active citizens at the end of 2024, by the number of facilitators", x=0.01, ha="left", size=16)
        figure.savefig(to, format="png", metadata={"Software": None})


def _effect(axes: Axes, findings: Findings, posts: dict[str, int]) -> None:
    number = list(posts.values())
    runs = [findings.values("active_now", name) for name in posts]
    means = [values.mean() for values in runs]
    for x, values in zip(number, runs, strict=True):
        axes.plot([x] * len(values), values, "o", color=QUIET, alpha=0.25, markersize=4)
    axes.plot(number, means, "o-", color=POLICY_COLOURS[0], linewidth=2)
    for x, mean in zip(number, means, strict=True):
        axes.annotate(f"{mean:,.0f}", (x, mean), (10, -5), textcoords="offset points", color=POLICY_COLOURS[0])
    axes.set(xlabel="facilitators", xticks=number, ylim=(0, None), xlim=(-0.5, max(number) + 1.5))
    axes.set_title("Active citizens (mean; grey: single runs)", loc="left", size=12)


def _price(axes: Axes, findings: Findings, posts: dict[str, int]) -> None:
    steps = list(pairwise(posts))
    for place, (less, more) in enumerate(steps):
        found = findings.price("active_now", more, less)
        if not found.known:
            continue
        axes.plot([place, place], [found.low, found.high], color=POLICY_COLOURS[1], linewidth=2)
        axes.plot(place, found.each, "o", color=POLICY_COLOURS[1], markersize=8)
        axes.annotate(f"{found.each:,.0f}", (place, found.each), (9, -4), textcoords="offset points")
    axes.set_xticks(range(len(steps)), [f"from {posts[less]} to {posts[more]}" for less, more in steps])
    axes.set(ylim=(0, None), xlim=(-0.5, len(steps) - 0.2))
    axes.set_title("Euro over five years for each further active citizen (95 % interval)", loc="left", size=12)
