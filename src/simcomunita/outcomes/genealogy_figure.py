"""A picture of the genealogy: cascades of activations as lanes, along the months."""

from __future__ import annotations

import io
from typing import Literal

import numpy as np
from matplotlib.figure import Figure

from simcomunita.agents.citizens import Source
from simcomunita.months import month_name
from simcomunita.outcomes.generativity import cascades, parents
from simcomunita.outcomes.lineage import Lineage

MOST_LANES = 25
"""Cascades that are drawn: the largest."""
Language = Literal["en", "it"]
COLOURS = {
    Source.FACILITATOR: ("#0072B2", {"en": "facilitator", "it": "facilitatore"}),
    Source.CITIZEN: ("#D55E00", {"en": "citizen", "it": "cittadino"}),
    Source.PLACE: ("#009E73", {"en": "place", "it": "luogo"}),
    Source.ORGANISATION: ("#CC79A7", {"en": "organisation", "it": "organizzazione"}),
    Source.NOBODY: ("#7F7F7F", {"en": "unknown", "it": "non noto"}),
}
"""Okabe & Ito's colours, which the colour-blind can tell apart, and labels."""

_WORDS: dict[str, dict[Language, str]] = {
    "through": {"en": "activated through", "it": "attivazione tramite"},
    "points": {
        "en": "A point is somebody who began to run things. Drawn: the {n} largest cascades of two and more",
        "it": "Un punto è una persona che ha cominciato a organizzare iniziative. "
        "Disegnate: le {n} cascate più grandi, da due persone in su",
    },
    "points of one": {
        "en": "A point is somebody who began to run things. Drawn: the only cascade of two and more",
        "it": "Un punto è una persona che ha cominciato a organizzare iniziative. "
        "Disegnata: l'unica cascata da due persone in su",
    },
    "no points": {
        "en": "No cascade of two people and more",
        "it": "Nessuna cascata da due persone in su",
    },
}


def genealogy_figure(lineage: Lineage, title: str, language: Language = "en") -> Figure:
    """Draw the largest cascades, each in a lane of its own, the earliest at the top."""
    months = np.array([row[0] for row in lineage.activations], np.int64)
    parent, root = parents(lineage), cascades(lineage)
    roots, sizes = np.unique(root, return_counts=True)
    several = roots[sizes >= 2]
    largest = several[np.argsort(-sizes[sizes >= 2], kind="stable")[:MOST_LANES]]
    figure = Figure(figsize=(9, 6), layout="constrained")
    axes = figure.subplots()
    height = np.zeros(len(months))
    floor = 0.0
    for lane in np.sort(largest).tolist():
        inside = np.flatnonzero(root == lane)
        height[inside] = floor + np.arange(len(inside)) * 0.5
        floor += 0.5 * len(inside) + 0.7
    drawn = np.flatnonzero(np.isin(root, largest))
    for child in drawn[parent[drawn] >= 0].tolist():
        one = int(parent[child])
        axes.plot(
            [months[one], months[one], months[child]],
            [height[one], height[child], height[child]],
            color="#B0B0B0",
            linewidth=0.9,
            zorder=1,
        )
    how = np.array([row[2] for row in lineage.activations], np.int64)
    for source, (colour, labels) in COLOURS.items():
        own = drawn[how[drawn] == source]
        if len(own):
            axes.scatter(months[own], height[own], s=18, color=colour, label=labels[language], zorder=2)
    axes.invert_yaxis()
    axes.set_yticks([])
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    if len(drawn):
        first, last = int(months[drawn].min()), int(months[drawn].max())
        years = [month for month in range(first, last + 1) if month % 6 == 0] or [first]
        axes.set_xticks(years, [month_name(month) for month in years])
        axes.legend(title=_WORDS["through"][language], frameon=False, loc="lower left")
    axes.set_title(title, loc="left")
    key = "points" if len(largest) > 1 else "points of one" if len(largest) else "no points"
    axes.set_xlabel(_WORDS[key][language].format(n=len(largest)), fontsize=9)
    return figure


def as_png(figure: Figure) -> bytes:
    """The picture as a file holds it."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=150, metadata={"Software": None})
    return buffer.getvalue()
