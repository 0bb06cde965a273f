"""Points with their intervals: choices on a plane of cost and effect, or figures in rows."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

from simcomunita.app.widgets import script

HERE = Path(__file__).parent


class Points(anywidget.AnyWidget):
    """Points with intervals, the same as a table, and buttons that save both.

    Attributes
    ----------
    data
        ``title``, ``band_label``, ``words``, ``file``, ``notes``, ``head`` of the table, ``x`` and ``y`` (axes:
        ``name``, ``least``, ``most``, ``log``) and ``points``: ``x``, ``x_low``, ``x_high``, the same of y,
        ``colour``, ``ink``, ``label``, ``letter`` (the label where there is little room), and ``said``, the cells
        of the table. With ``rows`` points stand below each other, each under its ``name``.
    library_url, library_text
        Where the drawing library is, or the library itself; one of the two.
    """

    _esm = script("wrapping", "shared", "points")
    _css = HERE / "chart.css"
    data = traitlets.Dict().tag(sync=True)
    library_url = traitlets.Unicode("").tag(sync=True)
    library_text = traitlets.Unicode("").tag(sync=True)
