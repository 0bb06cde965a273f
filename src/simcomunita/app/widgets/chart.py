"""A measure over time as a chart that moves: bands, the baseline beside the current policy, the past drawn as the past.

The colours are those of `simcomunita.experiment.figures`, so that a scenario looks the same on paper and in the page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import anywidget
import traitlets

from simcomunita.app.widgets import script
from simcomunita.app.widgets.drawing import Drawing, Line, past_apart
from simcomunita.app.widgets.library import library_text
from simcomunita.experiment.figures import colours, course
from simcomunita.experiment.wording import Language, capital

if TYPE_CHECKING:
    from simcomunita.experiment.comparison import Comparison

HERE = Path(__file__).parent


class Chart(anywidget.AnyWidget):
    """A line chart with bands, its data as a table, and buttons that save both.

    Attributes
    ----------
    data
        What is drawn, as `Drawing.data` makes it.
    library_url, library_text
        Where the drawing library is, or the library itself; one of the two.
    """

    _esm = script("wrapping", "shared", "chart")
    _css = HERE / "chart.css"
    data = traitlets.Dict().tag(sync=True)
    library_url = traitlets.Unicode("").tag(sync=True)
    library_text = traitlets.Unicode("").tag(sync=True)


def chart(comparison: Comparison, measure: str | None = None, language: Language = "en") -> Chart:
    """Show one measure of a comparison in a notebook; the headline's first, if none is named.

    Raises
    ------
    KeyError
        If the comparison has no such measure.
    NoLibraryError
        If the extra ``app`` is not installed.
    """
    about = comparison.about
    measure = measure or comparison.shown[0]
    if measure not in comparison.series:
        raise KeyError(f"{measure!r} is no measure of this comparison")
    paint = colours(about)
    lines = []
    for name in (about.baseline, *about.policies):
        found = course(comparison.series, name, measure)
        lines.append(
            Line(
                capital(about.label(name, language)),
                paint[name],
                list(found.low),
                list(found.mean),
                list(found.high),
                dashed=name == about.baseline,
            )
        )
    drawing = Drawing(measure, language, about.start, about.branch_at - about.start, tuple(lines), comparison.pairs)
    return Chart(data=past_apart(drawing).data(), library_text=library_text())
