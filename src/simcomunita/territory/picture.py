"""A picture of a grown territory: where ties go, how large personal networks are, margins, and one
neighbourhood.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.network import TieKind, measures
from simcomunita.territory.describing import asked_ages, asked_households, margins
from simcomunita.territory.description import Territory
from simcomunita.territory.growing.households import households_by_size
from simcomunita.territory.population import GROWN_UP, Population
from simcomunita.territory.rows import LARGEST_HOUSEHOLD
from simcomunita.territory.wording import Language, local
from simcomunita.writing import clear, folder, write_file

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

_WORDS: dict[str, dict[Language, str]] = {
    "title": {
        "en": "{name}: {n} residents, {m} ties (seed {seed})",
        "it": "{name}: {n} residenti, {m} legami (seme {seed})",
    },
    "map": {"en": "{x} of ties stay in their municipality", "it": "Legami che restano nel proprio comune: {x}"},
    "map_note": {
        "en": "circle: residents · line: ties between · %: ties within",
        "it": "cerchio: residenti · linea: legami tra comuni · %: legami interni",
    },
    "ego as asked": {
        "en": "Personal networks: means as asked for, people differ widely",
        "it": "Reti personali: medie come richiesto, persone assai diverse",
    },
    "ego outside": {
        "en": "Personal networks: {n} of 3 means outside the range asked for",
        "it": "Reti personali: {n} medie su 3 fuori dall'intervallo richiesto",
    },
    "ego_note": {
        "en": "share of residents by number of people · line: mean · grey: range asked for it",
        "it": "quota di residenti per numero di persone · linea: media · grigio: intervallo richiesto",
    },
    "support": {"en": "support ties, people", "it": "legami di sostegno,\npersone"},
    "sympathy": {"en": "sympathy ties, people", "it": "legami di simpatia,\npersone"},
    "wider": {"en": "wider circle, people", "it": "cerchia ampia,\npersone"},
    "spread": {
        "en": "mean {mean}\nmedian {median}, half of\nresidents {low} to {high}",
        "it": "media {mean}\nmediana {median}, metà dei\nresidenti tra {low} e {high}",
    },
    "ego_share": {"en": "share of residents", "it": "quota di residenti"},
    "margins as asked": {
        "en": "Residents and households are as asked for",
        "it": "Residenti e famiglie sono come richiesto",
    },
    "margins outside": {
        "en": "Residents and households: {n} of {ranged} not as asked for",
        "it": "Residenti e famiglie: {n} su {ranged} diversi dal richiesto",
    },
    "margins_note": {"en": "bars: grown · dots: asked for", "it": "barre: generati · punti: richiesti"},
    "age": {"en": "residents", "it": "residenti"},
    "age thousands": {"en": "thousand residents", "it": "migliaia di residenti"},
    "age of": {"en": "age, years", "it": "età, anni"},
    "households": {"en": "households", "it": "famiglie"},
    "households thousands": {"en": "thousand households", "it": "migliaia di famiglie"},
    "households of": {"en": "members", "it": "componenti"},
    "hood": {"en": "{n} residents of a neighbourhood in {place}", "it": "{n} residenti di un vicinato a {place}"},
    "hood_note": {
        "en": "a line is a tie, wider where stronger · small dots: under {age}",
        "it": "ogni linea è un legame, più larga se più forte · punti piccoli: sotto i {age} anni",
    },
    "KIN": {"en": "kin", "it": "parenti"},
    "FRIEND": {"en": "friends", "it": "amici"},
    "NEIGHBOUR": {"en": "neighbours", "it": "vicini"},
    "COLLEAGUE": {"en": "colleagues", "it": "colleghi"},
    "GROUP": {"en": "association", "it": "associazione"},
}


def _word(key: str, language: Language, **values: object) -> str:
    return _WORDS[key][language].format(**values)


def draw(
    territory: Territory, population: Population, path: Path | str | None = None, language: Language = "en"
) -> Figure:
    """Draw the four panels; written to `path` (PNG, SVG or PDF by its ending) if there is one.

    The headings say that something is as asked for only where it is.

    Raises
    ------
    ValueError
        If Matplotlib does not write files of that ending.
    UnwrittenError
        If the disk does not take the picture; nothing is left of it then.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

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
        people, count = (local(f"{len(x):,}", language) for x in (population, population.ties))
        heading = _word("title", language, name=label, n=people, m=count, seed=population.seed)
        figure.text(0.02, 0.955, heading, fontsize=22, color=INK)
        # Left, bottom, width and height of each panel, as shares of the figure.
        _map(figure.add_axes((0.02, 0.50, 0.42, 0.355)), territory, population, language)
        thirds = [figure.add_axes((0.53 + 0.162 * i, 0.565, 0.128, 0.235)) for i in range(3)]
        outside = _ego_networks(thirds, territory, population, language)
        halves = [figure.add_axes((0.08, 0.07, 0.19, 0.32)), figure.add_axes((0.325, 0.07, 0.115, 0.32))]
        _margins(halves, territory, population, language)
        _neighbourhood(figure.add_axes((0.485, 0.02, 0.50, 0.36)), population, language)
        low, high = _street(population)
        place = population.municipalities[int(population.municipality[low])]
        headings = {
            "map": _word("map", language, x=_percent(_inside(population))),
            "ego": _word("ego outside" if outside else "ego as asked", language, n=outside),
            "margins": _margins_heading(territory, population, language),
            "hood": _word("hood", language, n=high - low, place=place),
        }
        for x, y, panel in (
            (0.02, 0.905, "map"),
            (0.485, 0.905, "ego"),
            (0.02, 0.445, "margins"),
            (0.485, 0.445, "hood"),
        ):
            figure.text(x, y, headings[panel], fontsize=17, color=INK)
            figure.text(x, y - 0.024, _word(f"{panel}_note", language, age=GROWN_UP), fontsize=13, color=GREY)
        if path is not None:
            _keep(figure, Path(path))
    return figure


def _keep(figure: Figure, path: Path) -> None:
    drawn = io.BytesIO()
    figure.savefig(drawn, format=path.suffix[1:].lower() or "png", dpi=120)
    with folder(path.parent):
        clear(path.parent, re.compile(re.escape(path.name)))
        write_file(path, drawn.getvalue())


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _inside(population: Population) -> float:
    """Share of ties that join residents of one municipality."""
    ties, home = population.ties, population.municipality
    return float((home[ties.first] == home[ties.second]).mean()) if len(ties) else 0.0


def _margins_heading(territory: Territory, population: Population, language: Language) -> str:
    compared = [row.within for row in margins(territory, population)]
    outside = compared.count(False)
    if not outside:
        return _word("margins as asked", language)
    return _word("margins outside", language, n=outside, ranged=len(compared))


def _map(axes: Axes, territory: Territory, population: Population, language: Language) -> None:
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
            f"{name}\n" + local(f"{residents[i]:,} · {_percent(inside[i])}", language),
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


def _ego_networks(panels: list[Axes], territory: Territory, population: Population, language: Language) -> int:
    """Draw how many people residents have around them; return how many of the three means lie outside their range.

    Schools, teams and associations have sizes of their own, which the wider circle shows as humps: a mean alone would
    hide how people differ, so the median and the middle half stand beside it.
    """
    ties, targets = population.ties, territory.targets
    foci = (population.school, population.work, population.association)
    sizes = (
        ("support", measures.ties_of(ties, measures.SUPPORT), targets.support, VERMILION),
        ("sympathy", measures.ties_of(ties, measures.SYMPATHY), targets.sympathy, GREEN),
        ("wider", measures.wider_contacts(ties, foci), targets.wider, PURPLE),
    )
    outside = 0
    for axes, (name, values, target, colour) in zip(panels, sizes, strict=True):
        top = max(int(np.percentile(values, 98.5)), 4)
        width = max(1, top // 26)
        bins = np.arange(0, top + width + 1, width) - 0.5
        share = np.histogram(values, bins)[0] / max(len(values), 1)
        axes.axvspan(target.low, target.high, color=PALE, lw=0, zorder=0)
        axes.bar(bins[:-1] + width / 2, share, width=width * 0.9, color=colour, zorder=2)
        mean = float(values.mean())
        outside += not target.low <= mean <= target.high
        axes.axvline(mean, color=INK, lw=2, zorder=3)
        low, median, high = (local(f"{x:g}", language) for x in np.percentile(values, (25, 50, 75)))
        said = _word("spread", language, mean=local(f"{mean:.1f}", language), median=median, low=low, high=high)
        axes.set_title(said, fontsize=12.5, loc="left", color=INK)
        axes.set_xlabel(_word(name, language))
        axes.set_xlim(-1, top + 1)
        axes.yaxis.set_major_formatter(lambda v, _: _percent(v))
        axes.locator_params(axis="y", nbins=4)
        axes.tick_params(length=0)
    panels[0].set_ylabel(_word("ego_share", language))
    return outside


def _margins(panels: list[Axes], territory: Territory, population: Population, language: Language) -> None:
    names = [b[0] for b in territory.bands]
    grown = np.bincount(population.band, minlength=len(names))
    _beside(panels[0], names, grown, asked_ages(territory, population).sum(0), "age", language)
    sizes = [str(s) for s in range(1, LARGEST_HOUSEHOLD)] + [f"{LARGEST_HOUSEHOLD}+"]
    homes = households_by_size(population.household_start)
    _beside(panels[1], sizes, homes, asked_households(territory, population).sum(0), "households", language)


def _beside(
    axes: Axes,
    names: list[str],
    grown: NDArray[np.int64],
    asked: NDArray[np.float64],
    key: str,
    language: Language,
) -> None:
    at = np.arange(len(names))
    unit = 1000 if max(grown.max(), asked.max()) >= 3000 else 1
    axes.barh(at, grown / unit, color=BLUE, alpha=0.75, height=0.75)
    axes.scatter(asked / unit, at, s=50, color=INK, zorder=3)
    axes.set_yticks(at, names)
    axes.invert_yaxis()
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda v, _: local(f"{v:,g}", language))
    axes.set_xlabel(_word(f"{key} thousands" if unit > 1 else key, language))
    axes.set_ylabel(_word(f"{key} of", language))
    axes.tick_params(length=0)


def _neighbourhood(axes: Axes, population: Population, language: Language) -> None:
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
            0.2 * turn, 1.06, _word(kind.name, language), transform=axes.transAxes, color=_KIND_COLOUR[kind],
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
