"""The picture: every part of every claim with its draws, its mean and its interval, coloured by verdict.

Colours are those of Okabe & Ito (2008), told apart by colour-blind readers; verdicts differ in their marks as well.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from simcomunita.claims.judging import NAMES, Verdict
from simcomunita.experiment.wording import Language, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simcomunita.claims.contrasts import Contrast
    from simcomunita.claims.judging import Finding
    from simcomunita.claims.trying import Result

LOOKS: dict[Verdict, tuple[str, str]] = {
    Verdict.BORNE_OUT: ("#0072B2", "o"),
    Verdict.MIXED: ("#E69F00", "D"),
    Verdict.CANNOT_TELL: ("#767676", "s"),
    Verdict.NOT_BORNE_OUT: ("#D55E00", "X"),
}
"""Colour and mark of each verdict."""

QUIET = "#666666"
ROW, HEAD, FOOT = 0.27, 0.95, 0.75
"""Inches."""
WIDTH, DOTS = 12.8, 150
LEFT, RIGHT = 0.47, 0.885
"""Where the effects are drawn, in shares of the width."""
LONGEST = 80
"""Letters that a part may have beside it."""
MOST = 1.25
"""Effects are drawn up to here; what lies beyond is drawn at the edge."""

_SETTINGS: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": QUIET,
    "xtick.color": QUIET,
    "figure.facecolor": "white",
}

_TEXTS = {
    "title": {
        "en": "What the project says of itself, and what the model makes of it",
        "it": "Che cosa il progetto dice di sé, e che cosa ne fa il modello",
    },
    "axis": {
        "en": "effect as a share of the larger figure; right of zero: as the claim expects",
        "it": "effetto in rapporto alla cifra maggiore; a destra dello zero: come ci si aspetta",
    },
    "marks": {
        "en": "Mark: mean over plausible draws of all parameters; line: its 95 % interval; dots: the draws. "
        "Grey bar: too small to matter.",
        "it": "Segno: media sulle estrazioni plausibili di tutti i parametri; linea: intervallo al 95 %; punti: le "
        "estrazioni. Barra grigia: troppo piccolo per contare.",
    },
}


def picture(results: Sequence[Result], lang: Language) -> Figure:
    """Draw all parts, those of the strongest verdicts first."""
    groups = {verdict: [one for one in results if one.verdict == verdict] for verdict in LOOKS}
    shown = {verdict: own for verdict, own in groups.items() if own}
    rows = sum(len(own) + sum(len(one.claim.contrasts) for one in own) for own in shown.values()) + len(shown)
    height = HEAD + ROW * rows + FOOT
    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(WIDTH, height), dpi=DOTS)
        axes = figure.add_axes((LEFT, FOOT / height, RIGHT - LEFT, 1.0 - (HEAD + FOOT) / height))
        figure.text(0.012, 1.0 - 0.34 / height, _TEXTS["title"][lang], fontsize=16, weight="bold", va="center")
        figure.text(0.012, 1.0 - 0.70 / height, _TEXTS["marks"][lang], fontsize=9.5, color=QUIET, va="center")
        y = 0.0
        for verdict, own in shown.items():
            _name(axes, y, f"{NAMES[verdict][lang]} ({len(own)})", LOOKS[verdict][0], fontsize=12.5)
            y += 1.0
            for result in own:
                y = _claim(axes, y, result, lang)
        _frame(axes, y, lang)
    return figure


def _claim(axes: Axes, y: float, result: Result, lang: Language) -> float:
    """Draw a claim's name and its parts; where the next begins."""
    _name(axes, y, getattr(result.claim.title, lang), "#222222", fontsize=10.5)
    for part in range(len(result.claim.contrasts)):
        _row(axes, y + 1.0 + part, result, part, lang)
    return y + 1.0 + len(result.claim.contrasts)


def _name(axes: Axes, y: float, text: str, colour: str, fontsize: float) -> None:
    at = (0.012 - LEFT) / (RIGHT - LEFT)
    axes.text(at, y, text, transform=_beside(axes), color=colour, weight="bold", va="center", fontsize=fontsize)


def _row(axes: Axes, y: float, result: Result, part: int, lang: Language) -> None:
    contrast, finding = result.claim.contrasts[part], result.findings[part]
    colour, mark = LOOKS[finding.verdict]
    said = textwrap.shorten(contrast.says[lang], LONGEST, placeholder=" ...")
    at = (0.026 - LEFT) / (RIGHT - LEFT)
    axes.text(at, y, said, transform=_beside(axes), va="center", fontsize=9.5, color="#333333")
    verdict = NAMES[finding.verdict][lang]
    axes.text(1.015, y, verdict, transform=_beside(axes), va="center", fontsize=9.5, color=colour)
    axes.barh(y, 2 * contrast.matters, 0.72, -contrast.matters, color="#E4E4E4", zorder=0)
    _draws(axes, y, result, part, contrast, colour)
    if np.isfinite(finding.mean):
        _interval(axes, y, finding, colour, mark)


def _draws(axes: Axes, y: float, result: Result, part: int, contrast: Contrast, colour: str) -> None:
    plausible = np.asarray(result.draws) != 0
    effects = contrast.sign * result.effects[plausible, part]
    known = np.clip(effects[np.isfinite(effects)], -MOST, MOST)
    spread = np.linspace(-0.22, 0.22, len(known)) if len(known) > 1 else np.zeros(len(known))
    axes.scatter(known, y + spread, s=6, color=colour, alpha=0.35, linewidths=0, zorder=1)


def _interval(axes: Axes, y: float, finding: Finding, colour: str, mark: str) -> None:
    low, mean, high = np.clip([finding.low, finding.mean, finding.high], -MOST, MOST)
    axes.plot([low, high], [y, y], color=colour, linewidth=2.2, zorder=2, solid_capstyle="butt")
    axes.plot([mean], [y], mark, color=colour, markersize=8, markeredgecolor="white", zorder=3)


def _frame(axes: Axes, rows: float, lang: Language) -> None:
    axes.set_xlim(-MOST * 1.02, MOST * 1.02)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_yticks([])
    axes.axvline(0.0, color="#333333", linewidth=1.0, zorder=1)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{number(100 * x, 0, lang, sign=True)} %"))
    axes.set_xlabel(_TEXTS["axis"][lang], color=QUIET, fontsize=10)


def _beside(axes: Axes) -> Any:
    """Across in shares of the axes, down in rows."""
    return axes.get_yaxis_transform()
