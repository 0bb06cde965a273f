"""Pictures of a comparison: one message, the shared past drawn as the past, every line labelled where it
ends.

Colours are those of Okabe & Ito (2008), told apart by colour-blind readers; a scenario has the same colour
in every picture.
"""

from __future__ import annotations

import io
import math
import textwrap
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from simcomunita.experiment.about import About
from simcomunita.experiment.wording import (
    Language,
    amount,
    few_note,
    is_counted,
    label,
    measure_of,
    month_text,
    number,
    scale_named,
    scale_note,
)
from simcomunita.months import parse_month

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simcomunita.experiment.comparison import Comparison

BASELINE_COLOUR = "#D55E00"  # vermilion
POLICY_COLOURS = ("#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
PAST_COLOUR = "#4D4D4D"
QUIET = "#666666"
BAND = (5.0, 95.0)
"""Percentiles of the runs between which a band lies."""

LEAST_SPAN = 0.3
"""Height of an axis at least, as a share of the level that is drawn: less would make noise look like an effect."""
LEAST_COUNT = 4.0
"""Height of an axis of counts at least."""
FROM_ZERO = 0.35
"""An axis starts at zero if the lowest value is below this share of the highest."""

TITLE_SIZES = (19, 17, 15, 14)
"""Sizes of the title's letters, the first in which it takes two lines."""

NOTE_SIZE = 11

WIDTH, HEIGHT, DOTS = 12.8, 7.2, 150

SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 12.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "figure.facecolor": "white",
}

_TEXTS = {
    "shared past": {"en": "shared past", "it": "passato comune"},
    "branch": {"en": "{month}: the scenarios part", "it": "{month}: gli scenari si separano"},
    "lines": {
        "en": "Lines: mean of {runs} runs with the same seeds in every scenario. Bands: 9 in 10 runs. "
        "In brackets: 95 % interval of the mean paired difference.",
        "it": "Linee: media di {runs} simulazioni con gli stessi eventi casuali in ogni scenario. Fasce: 9 su 10. "
        "Tra parentesi: intervallo al 95 % della differenza media delle coppie.",
    },
    "residents": {"en": "{name}, {count} residents", "it": "{name}, {count} residenti"},
    "funded": {"en": "funded: {name}", "it": "finanziato: «{name}»"},
    "million": {"en": "{measure} so far, million euro", "it": "{measure} fino a quel mese, milioni di euro"},
    "thousand": {
        "en": "{measure} so far, thousand euro",
        "it": "{measure} fino a quel mese, migliaia di euro",
    },
}


def _text(key: str, lang: Language, **values: object) -> str:
    return _TEXTS[key][lang].format(**values)


def colours(about: About) -> dict[str, str]:
    """Return the colour of every scenario: the baseline's own, the others' in the study's order."""
    chosen = {name: POLICY_COLOURS[i % len(POLICY_COLOURS)] for i, name in enumerate(about.policies)}
    return {about.baseline: BASELINE_COLOUR, **chosen}


def ink(colour: str) -> str:
    """Return a colour for letters: the same hue, as dark as letters on white have to be (WCAG 2.2: 4.5 to 1)."""
    red, green, blue = mpl.colors.to_rgb(colour)
    while _luminance(red, green, blue) > (1.0 + 0.05) / 4.5 - 0.05:
        red, green, blue = 0.97 * red, 0.97 * green, 0.97 * blue
    return mpl.colors.to_hex((red, green, blue))


def _luminance(*channels: float) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


class Picture(Figure):
    """A figure that a notebook shows without being told how."""

    def _repr_png_(self) -> bytes:
        written = io.BytesIO()
        self.savefig(written, format="png")
        return written.getvalue()


@dataclass(frozen=True)
class Course:
    """A measure over time in one scenario: months, the mean and the band, all of shape (months,)."""

    months: NDArray[np.int64]
    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def between(self, first: int, last: int) -> Course:
        """Return the months from first to last, both included."""
        kept = (self.months >= first) & (self.months <= last)
        return Course(self.months[kept], self.mean[kept], self.low[kept], self.high[kept])


def course(series: pd.DataFrame, scenario: str, measure: str) -> Course:
    """Summarise the runs of a scenario, month by month; runs without a value are left out."""
    own = series[series["scenario"] == scenario]
    wide = own.pivot_table(index="month", columns=["draw", "seed"], values=measure, dropna=False, sort=True)
    values = wide.to_numpy(dtype=np.float64)
    months = np.array([parse_month(str(month)) for month in wide.index], dtype=np.int64)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a month without any value stays a gap
        low, high = np.nanpercentile(values, BAND, axis=1)
        return Course(months, np.nanmean(values, axis=1), low, high)


def comparison_figure(comparison: Comparison, lang: Language = "en") -> Figure:
    """Draw the first measure of the headline large, and small beside it the next two and the cost."""
    names = comparison.shown[:3]
    if comparison.cost is not None and comparison.cost not in names:
        names.append(comparison.cost)  # no effect without its price
    with mpl.rc_context(SETTINGS):
        figure = Picture(figsize=(WIDTH, HEIGHT), dpi=DOTS)
        small = names[1:]
        grid = figure.add_gridspec(
            max(len(small), 1),
            2 if small else 1,
            width_ratios=(2.5, 1.0) if small else None,
            left=0.062,
            right=0.93 if small else 0.86,
            top=0.80,
            bottom=_words(figure, comparison, names[0], lang),
            wspace=0.44,
            hspace=0.72,
        )
        main = figure.add_subplot(grid[:, 0])
        _panel(main, comparison, names[0], lang, large=True)
        for place, name in enumerate(small):
            _panel(figure.add_subplot(grid[place, 1]), comparison, name, lang, large=False)
    return figure


def measure_figure(comparison: Comparison, measure: str, lang: Language = "en") -> Figure:
    """Draw one measure over time."""
    if measure not in comparison.series:
        raise KeyError(f"{measure!r} is no measure of this comparison")
    with mpl.rc_context(SETTINGS):
        figure = Picture(figsize=(WIDTH * 0.75, HEIGHT), dpi=DOTS)
        bottom = _words(figure, comparison, measure, lang)
        axes = figure.add_axes((0.085, bottom, 0.72, 0.80 - bottom))
        _panel(axes, comparison, measure, lang, large=True)
    return figure


def _words(figure: Figure, comparison: Comparison, measure: str, lang: Language) -> float:
    runs = number(comparison.pairs, 0, lang)
    notes = [
        residents(comparison.about, lang),
        _text("lines", lang, runs=runs),
        scale_note(comparison.about.scale, lang),
        few_note(comparison.fewest_pairs, lang),
    ]
    return write_words(figure, _message(comparison, measure, lang), notes)


def residents(about: About, lang: Language) -> str:
    """Say where, and how many live there."""
    count = number(about.residents * about.scale, 0, lang)
    return _text("residents", lang, name=about.territory[lang], count=count) + "."


def write_words(figure: Figure, message: str, notes: Sequence[str]) -> float:
    """Write the title and the notes; return how high the panels may begin, as a share of the figure."""
    width, height = figure.get_size_inches()
    for size in TITLE_SIZES:
        title = textwrap.fill(message, int(width * 6.1 * TITLE_SIZES[0] / size))
        if title.count("\n") < 2:
            break
    figure.text(0.018, 0.975, title, fontsize=size, fontweight="bold", va="top", color="#111111", linespacing=1.15)
    said = " ".join(note for note in notes if note).replace(" %", "\N{NO-BREAK SPACE}%")
    below = textwrap.fill(said, int(width * 11.5))
    figure.text(0.018, 0.018, below, fontsize=NOTE_SIZE, va="bottom", color=QUIET)
    return float(0.073 + (below.count("\n") + 1) * 1.2 * NOTE_SIZE / 72 / height)


def _message(comparison: Comparison, measure: str, lang: Language) -> str:
    """The one thing the picture says."""
    about = comparison.about
    if len(about.policies) != 1:
        return about.question[lang]
    policy = about.policies[0]
    name = about.label(policy, lang)
    named = f" ({model})" if (model := scale_named(about.scale, lang, short=True)) else ""
    return f"{name[:1].upper()}{name[1:]}{named}: {comparison.change(measure, policy, lang).removesuffix('.')}"


def _panel(axes: Axes, comparison: Comparison, measure: str, lang: Language, *, large: bool) -> None:
    about, paint = comparison.about, colours(comparison.about)
    factor, euro = _in_euro(comparison, measure)
    axes.axvspan(about.start - 0.5, about.branch_at - 0.5, color="#F2F2F2", linewidth=0, zorder=0)
    axes.axvline(about.branch_at - 0.5, color=QUIET, linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
    ends: list[tuple[float, str, str]] = []
    past = course(comparison.series, about.baseline, measure).between(about.start, about.branch_at - 1)
    _line(axes, past, factor, PAST_COLOUR, large)
    for name in (about.baseline, *about.policies):
        future = course(comparison.series, name, measure).between(about.branch_at - 1, about.until)
        _line(axes, future, factor, paint[name], large)
        last = float(future.mean[-1]) * factor
        said = number(last, 1 if euro == "million" else 0, lang) if euro else amount(measure, last, lang)
        ends.append((last, f"{textwrap.fill(about.label(name, lang), 12)}\n{said}" if large else said, paint[name]))
    axes.set_xlim(about.start - 0.5, about.until + 0.5)
    axes.set_ylim(*limits(*axes.get_ylim(), counted=is_counted(measure) and not euro))
    _ends(axes, ends, about.until + 0.5, large)
    _axes(axes, about, measure, lang, large=large, share=measure_of(measure).kind == "share")
    title = label(measure, lang)
    if euro:
        title = _text(euro, lang, measure=title)
    axes.set_title(
        textwrap.fill(title[:1].upper() + title[1:], 60 if large else 34),
        loc="left",
        fontsize=14 if large else 12,
        color="#222222",
        pad=26 if large else 7,
    )
    if large:
        _past_and_future(axes, about, lang)


def _in_euro(comparison: Comparison, measure: str) -> tuple[float, str]:
    """Return what values are multiplied with to be drawn, and what they then are."""
    if measure_of(measure).unit == "euro":
        most = float(comparison.series[measure].max())
        for least, key in ((1e6, "million"), (1e4, "thousand")):
            if most >= least:
                return 1.0 / (1e6 if key == "million" else 1e3), key
    return 1.0, ""


def _line(axes: Axes, drawn: Course, factor: float, colour: str, large: bool) -> None:
    axes.fill_between(
        drawn.months, drawn.low * factor, drawn.high * factor, color=colour, alpha=0.18, linewidth=0, zorder=2
    )
    axes.plot(
        drawn.months,
        drawn.mean * factor,
        color=colour,
        linewidth=3.0 if large else 2.0,
        solid_capstyle="round",
        zorder=3,
    )


def limits(low: float, high: float, *, counted: bool) -> tuple[float, float]:
    """Return the ends of an axis that is high enough to show noise as noise.

    Parameters
    ----------
    low, high
        Ends of an axis that the drawn values just fill.
    counted
        Whether values are counts of people or things.
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return low, high
    if low < FROM_ZERO * high:
        low = min(low, 0.0)
    lacking = max(LEAST_SPAN * max(abs(low), abs(high)), LEAST_COUNT if counted else 0.0) - (high - low)
    if lacking <= 0.0:
        return low, high
    below = min(lacking / 2, low) if low >= 0.0 else 0.0  # nothing that is drawn is below zero
    return low - below, high + lacking - below


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Move ascending heights apart to a gap at least, each as little as may be.

    Heights that would come too near make a block around their mean place (pool adjacent violators).
    """
    blocks: list[tuple[float, int]] = []
    for i, height in enumerate(heights):
        mean, size = height - i * gap, 1
        while blocks and blocks[-1][0] > mean:
            other, more = blocks.pop()
            mean, size = (mean * size + other * more) / (size + more), size + more
        blocks.append((mean, size))
    level = [mean for mean, size in blocks for _ in range(size)]
    return [mean + i * gap for i, mean in enumerate(level)]


def above(heights: Sequence[float], bottom: float, gap: float) -> list[float]:
    """Lift ascending heights that stand less than half a gap above the bottom, where other words are."""
    lifted: list[float] = []
    for height in heights:
        lifted.append(max(height, lifted[-1] + gap if lifted else bottom + gap / 3))
    return lifted


def _ends(axes: Axes, ends: Sequence[tuple[float, str, str]], x: float, large: bool) -> None:
    """Write each line's label where it ends, moved apart where they would overlap."""
    bottom, top = axes.get_ylim()
    known = sorted(end for end in ends if not math.isnan(end[0]))
    gap = (top - bottom) * (0.15 if large else 0.2)
    for height, (_, said, colour) in zip(above(spread([y for y, *_ in known], gap), bottom, gap), known, strict=True):
        axes.annotate(
            said,
            (x, height),
            xytext=(6, 0),
            textcoords="offset points",
            color=ink(colour),
            fontsize=13 if large else 11.5,
            fontweight="bold",
            va="center",
            annotation_clip=False,
            linespacing=1.1,
        )


def _axes(axes: Axes, about: About, measure: str, lang: Language, *, large: bool, share: bool) -> None:
    januaries = [month for month in range(about.start, about.until + 1) if month % 12 == 0]
    every = max(1, round(len(januaries) / (9 if large else 3.5)))
    axes.set_xticks(januaries[::every], [str(month // 12) for month in januaries[::every]])
    axes.yaxis.set_major_locator(MaxNLocator(6 if large else 3))

    def written(value: float, _: Any) -> str:
        if share:
            return f"{number(100 * value, _digits(100 * value), lang)} %"
        return number(value, _digits(value), lang)

    axes.yaxis.set_major_formatter(FuncFormatter(written))
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=12 if large else 10.5)


def _digits(value: float) -> int:
    for digits in range(4):
        if abs(value - round(value, digits)) < 1e-9 * max(abs(value), 1.0):
            return digits
    return 4


def _past_and_future(axes: Axes, about: About, lang: Language) -> None:
    above: dict[str, Any] = {
        "textcoords": "offset points",
        "fontsize": 11.5,
        "color": QUIET,
        "annotation_clip": False,
    }
    blended = axes.get_xaxis_transform()
    past = axes.annotate(_text("shared past", lang), (about.start, 1.0), xycoords=blended, xytext=(0, 8), **above)
    parting = axes.annotate(
        _text("branch", lang, month=month_text(about.branch_at, lang)),
        (about.branch_at, 1.0),
        xycoords=blended,
        xytext=(0, 8),
        **above,
    )
    # Of a past too short for its name the other label says enough.
    past.set_visible(past.get_window_extent().x1 + 12 < parting.get_window_extent().x0)
    funded = [one for one in about.funded if not one.scenario]  # the lines of the scenarios speak for themselves
    for row, one in enumerate(funded):
        first, last = one.start - 0.5, min(one.until, about.until) + 0.5
        axes.plot(
            [first, last],
            [1.0, 1.0],
            transform=blended,
            color=PAST_COLOUR,
            linewidth=5,
            solid_capstyle="butt",
            clip_on=False,
            zorder=4,
        )
        axes.annotate(
            _text("funded", lang, name=one.name),
            (first, 1.0),
            xycoords=blended,
            xytext=(5, -17 - 14 * row),
            **{**above, "fontsize": 10.5},
        )
