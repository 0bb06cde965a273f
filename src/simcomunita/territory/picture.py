"""A picture of a grown territory: where ties go, how large personal networks are, margins, and one
neighbourhood.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.network import TieKind, measures
from simcomunita.territory.describing import asked_ages, asked_households
from simcomunita.territory.description import Territory
from simcomunita.territory.growing.households import households_by_size
from simcomunita.territory.population import GROWN_UP, Population

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe & Ito's colours, which people with any colour vision can tell apart.
BLUE, ORANGE, GREEN, VERMILION, PURPLE = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7"
INK, GREY, PALE = "#222222", "#8A8A8A", "#D9D9D9"
_KIND_COLOUR = {
    TieKind.KIN: BLUE,
    TieKind.FRIEND: VERMILION,
    TieKind.NEIGHBOUR: GREEN,
    TieKind.COLLEAGUE: PURPLE,
    TieKind.GROUP: ORANGE,
}
_SHOWN = 150
"""Residents of the neighbourhood that is drawn."""

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "{name}: {n} residents, {m} ties (seed {seed})",
        "map": "Most ties stay in the municipality",
        "map_note": "circle: residents · line: ties between · %: ties within",
        "ego": "Personal networks have the mean sizes asked for",
        "support": "support ties",
        "sympathy": "sympathy ties",
        "wider": "wider circle",
        "mean": "mean {x:.1f}",
        "ego_note": "people, and the share of residents who have so many · grey: range asked for the mean",
        "margins": "Residents and households are as asked for",
        "age": "residents by age, thousands",
        "households": "households by size, thousands",
        "margins_note": "bars: grown · dots: asked for",
        "hood": "{n} residents of a neighbourhood in {place}",
        "KIN": "kin",
        "FRIEND": "friend",
        "NEIGHBOUR": "neighbour",
        "COLLEAGUE": "colleague",
        "GROUP": "association",
        "hood_note": "small dots: under 14",
    },
    "it": {
        "title": "{name}: {n} residenti, {m} legami (seme {seed})",
        "map": "I legami restano per lo più nel comune",
        "map_note": "cerchio: residenti · linea: legami tra comuni · %: legami interni",
        "ego": "Le reti personali hanno le dimensioni medie richieste",
        "support": "legami di sostegno",
        "sympathy": "legami di simpatia",
        "wider": "cerchia ampia",
        "mean": "media {x:.1f}",
        "ego_note": "persone, e quota di residenti che ne ha tante · grigio: intervallo chiesto per la media",
        "margins": "Residenti e famiglie come richiesto",
        "age": "residenti per età, migliaia",
        "households": "famiglie per ampiezza, migliaia",
        "margins_note": "barre: generati · punti: richiesti",
        "hood": "{n} residenti di un vicinato a {place}",
        "KIN": "parenti",
        "FRIEND": "amici",
        "NEIGHBOUR": "vicini",
        "COLLEAGUE": "colleghi",
        "GROUP": "associazione",
        "hood_note": "punti piccoli: sotto i 14 anni",
    },
}


def draw(territory: Territory, population: Population, path: Path | str | None = None, language: str = "en") -> Figure:
    """Draw the four panels; written to `path` (PNG, SVG or PDF by its ending) if there is one.

    Raises
    ------
    ValueError
        If Matplotlib does not write files of that ending.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    words = _WORDS[language]
    style: Any = {
        "font.size": 13,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": GREY,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "svg.hashsalt": "simcomunita",
    }
    with rc_context(style):
        figure = Figure(figsize=(16, 11.5))
        FigureCanvasAgg(figure)
        label = territory.label.it if language == "it" else territory.label.en
        people, count = (_local(f"{len(x):,}", language) for x in (population, population.ties))
        heading = words["title"].format(name=label, n=people, m=count, seed=population.seed)
        figure.text(0.02, 0.955, heading, fontsize=22, color=INK)
        # Left, bottom, width and height of each panel, as shares of the figure.
        _map(figure.add_axes((0.02, 0.50, 0.42, 0.355)), territory, population, language)
        thirds = [figure.add_axes((0.515 + 0.165 * i, 0.555, 0.135, 0.30)) for i in range(3)]
        _ego_networks(thirds, territory, population, language)
        halves = [figure.add_axes((0.07, 0.07, 0.20, 0.32)), figure.add_axes((0.31, 0.07, 0.13, 0.32))]
        _margins(halves, territory, population, language)
        _neighbourhood(figure.add_axes((0.49, 0.02, 0.50, 0.39)), population, words)
        for x, y, panel in (
            (0.02, 0.905, "map"),
            (0.485, 0.905, "ego"),
            (0.02, 0.445, "margins"),
            (0.485, 0.445, "hood"),
        ):
            low, high = _street(population)
            place = population.municipalities[int(population.municipality[low])]
            figure.text(x, y, words[panel].format(n=high - low, place=place), fontsize=17, color=INK)
            figure.text(x, y - 0.024, words[f"{panel}_note"], fontsize=13, color=GREY)
        if path is not None:
            figure.savefig(path, dpi=120)
    return figure


def _local(number: str, language: str) -> str:
    """A number as the language writes it: 1,234.5 or 1.234,5."""
    return number.translate(str.maketrans(",.", ".,")) if language == "it" else number


def _map(axes: Axes, territory: Territory, population: Population, language: str) -> None:
    count = len(territory.names)
    first = population.municipality < count  # the first copy, if there are several
    east = np.array([m.longitude for m in territory.municipalities])
    north = np.array([m.latitude for m in territory.municipalities])
    x = (east - east.mean()) * 111.2 * np.cos(np.radians(north.mean()))
    y = (north - north.mean()) * 111.2
    mixing = measures.mixing(population.ties, population.municipality, len(population.municipalities))
    mixing = mixing[:count, :count]
    most = max(int(np.triu(mixing, 1).max(initial=0)), 1)
    for i in range(count):
        for j in range(i + 1, count):
            if mixing[i, j]:
                width = 16 * mixing[i, j] / most
                axes.plot(x[[i, j]], y[[i, j]], color=BLUE, alpha=0.45, lw=max(width, 0.3), zorder=1,
                          solid_capstyle="round")  # fmt: skip
    residents = np.bincount(population.municipality[first], minlength=count)
    axes.scatter(
        x,
        y,
        s=1800 * residents / residents.max() + 60,
        color=ORANGE,
        edgecolor="white",
        lw=1.5,
        zorder=2,
        clip_on=False,
    )
    ends = mixing + np.diag(np.diag(mixing))
    inside = np.diag(ends) / np.maximum(ends.sum(1), 1)
    radius = np.sqrt(1800 * residents / residents.max() + 60) / 2
    for i, name in enumerate(territory.names):
        right = x[i] >= x.mean()
        axes.annotate(
            f"{name}\n" + _local(f"{residents[i]:,} · {inside[i]:.0%}", language),
            (x[i], y[i]),
            xytext=((radius[i] + 6) * (1 if right else -1), 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            fontsize=13,
            color=INK,
            zorder=3,
        )
    axes.set_aspect("equal", adjustable="datalim")
    axes.margins(0.3, 0.12)
    axes.axis("off")
    axes.apply_aspect()
    axes.autoscale(False)
    right_end, low_end = axes.get_xlim()[1], axes.get_ylim()[0]
    bar = 5 if np.ptp(y) > 8 else 1
    axes.plot([right_end - bar, right_end], [low_end] * 2, color=INK, lw=2)
    high = low_end + 0.015 * np.ptp(axes.get_ylim())
    axes.text(right_end - bar / 2, high, f"{bar} km", ha="center", va="bottom", fontsize=12, color=INK)


def _ego_networks(panels: list[Axes], territory: Territory, population: Population, language: str) -> None:
    ties, targets, words = population.ties, territory.targets, _WORDS[language]
    foci = (population.school, population.work, population.association)
    sizes = (
        ("support", measures.ties_of(ties, measures.SUPPORT), targets.support, VERMILION),
        ("sympathy", measures.ties_of(ties, measures.SYMPATHY), targets.sympathy, GREEN),
        ("wider", measures.wider_contacts(ties, foci), targets.wider, PURPLE),
    )
    for axes, (name, values, target, colour) in zip(panels, sizes, strict=True):
        top = max(int(np.percentile(values, 98.5)), 4)
        width = max(1, top // 26)
        bins = np.arange(0, top + width + 1, width) - 0.5
        share = np.histogram(values, bins)[0] / max(len(values), 1)
        axes.axvspan(target.low, target.high, color=PALE, lw=0, zorder=0)
        axes.bar(bins[:-1] + width / 2, share, width=width * 0.9, color=colour, zorder=2)
        mean = float(values.mean()) if len(values) else 0.0
        axes.axvline(mean, color=INK, lw=2, zorder=3)
        axes.text(
            mean + top * 0.02,
            axes.get_ylim()[1],
            _local(words["mean"].format(x=mean), language),
            fontsize=13,
            va="top",
            color=INK,
            bbox={"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 1.5},
            zorder=4,
        )
        axes.set_xlabel(words[name])
        axes.set_xlim(-1, top + 1)
        axes.yaxis.set_major_formatter(lambda v, _: f"{v:.0%}")
        axes.locator_params(axis="y", nbins=4)
        axes.tick_params(length=0)


def _margins(panels: list[Axes], territory: Territory, population: Population, language: str) -> None:
    words = _WORDS[language]
    names = [b[0] for b in territory.bands]
    grown = np.bincount(population.band, minlength=len(names)) / 1000
    asked = asked_ages(territory, population).sum(0) / 1000
    _beside(panels[0], names, grown, asked, words["age"])
    sizes = [str(s) for s in range(1, 6)] + ["6+"]
    homes = households_by_size(population.household_start) / 1000
    _beside(panels[1], sizes, homes, asked_households(territory, population).sum(0) / 1000, words["households"])


def _beside(axes: Axes, names: list[str], grown: NDArray[np.float64], asked: NDArray[np.float64], label: str) -> None:
    at = np.arange(len(names))
    axes.barh(at, grown, color=BLUE, alpha=0.75, height=0.75)
    axes.scatter(asked, at, s=50, color=INK, zorder=3)
    axes.set_yticks(at, names)
    axes.invert_yaxis()
    axes.set_xlabel(label)
    axes.tick_params(length=0)


def _neighbourhood(axes: Axes, population: Population, words: dict[str, str]) -> None:
    """Households next door to each other, about 150 residents, and the ties among them."""
    import networkx as nx
    from matplotlib.collections import LineCollection

    low, high = _street(population)
    ties = population.ties
    inside = np.flatnonzero((ties.first >= low) & (ties.second < high))
    graph = nx.Graph()
    graph.add_nodes_from(range(low, high))
    graph.add_weighted_edges_from(
        zip(
            ties.first[inside].tolist(),
            ties.second[inside].tolist(),
            ties.strength[inside].tolist(),
            strict=True,
        )
    )
    # Next-door neighbours pull a little, so that nobody drifts off.
    graph.add_weighted_edges_from((i, i + 1, 0.05) for i in range(low, high - 1) if not graph.has_edge(i, i + 1))
    start = nx.circular_layout(graph)
    spot = nx.spring_layout(graph, pos=start, k=2.2 / np.sqrt(max(len(graph), 1)), iterations=250, seed=1)
    xy = np.array([spot[i] for i in range(low, high)]).reshape(-1, 2)
    present = []
    for kind in reversed(TieKind):  # kin on top
        chosen = inside[ties.kind[inside] == kind]
        if len(chosen) == 0:
            continue
        present.append(kind)
        lines = np.stack([xy[ties.first[chosen] - low], xy[ties.second[chosen] - low]], 1)
        widths = 0.6 + 3.2 * ties.strength[chosen].astype(np.float64) ** 2
        axes.add_collection(LineCollection(list(lines), colors=_KIND_COLOUR[kind], linewidths=list(widths), alpha=0.75))
    child = population.age[low:high] < GROWN_UP
    axes.scatter(xy[:, 0], xy[:, 1], s=np.where(child, 22, 62), color=INK, edgecolor="white", lw=0.8, zorder=5)
    axes.autoscale_view()
    axes.axis("off")
    for turn, kind in enumerate(reversed(present)):
        axes.text(
            0.0, 0.97 - 0.065 * turn, words[kind.name], transform=axes.transAxes, color=_KIND_COLOUR[kind],
            fontsize=14, fontweight="bold", va="top",
        )  # fmt: skip


def _street(population: Population) -> tuple[int, int]:
    """The first whole households, about 150 residents, of a neighbourhood in the largest municipality."""
    if len(population) == 0:
        return 0, 0
    largest = int(np.bincount(population.municipality).argmax())
    hoods = np.flatnonzero(population.neighbourhood_municipality == largest)
    low = int(population.neighbourhood_start[hoods[len(hoods) // 2]])
    end = int(population.neighbourhood_start[hoods[len(hoods) // 2] + 1])
    stops = population.household_start
    high = int(stops[np.searchsorted(stops, min(low + _SHOWN, end), side="right") - 1])
    return low, high
