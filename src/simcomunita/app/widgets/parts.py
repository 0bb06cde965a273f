"""The parts of the page that are not charts: its head, the levers, the time line."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

from simcomunita.app.widgets.messages import Messenger

HERE = Path(__file__).parent


class Frame(Messenger):
    """The head of every page, which also listens whether the server is there.

    Attributes
    ----------
    shown
        What it shows: texts, places with their links, languages.
    beat
        Milliseconds between two times that the page asks if the same server is still there.
    """

    _esm = HERE / "frame.js"
    shown = traitlets.Dict().tag(sync=True)
    beat = traitlets.Int(4000).tag(sync=True)


class Levers(anywidget.AnyWidget):
    """Sliders and choices.

    Attributes
    ----------
    shown
        ``language``, ``groups`` of levers with their texts, and ``values``, one a lever. A lever may have
        ``notes`` that stand under it and a ``usual`` state ({at, text, back, exact}), which it is in where its value is
        None or, if that is ``exact``, the value that it is ``at``.
    asked
        What was moved last, by lever's key; written by the browser when a lever is let go.
    """

    _esm = HERE / "levers.js"
    shown = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)


class TimeLine(anywidget.AnyWidget):
    """What is funded when.

    Attributes
    ----------
    data
        ``title``, ``months`` in all, ``branch`` (the first month after the past), ``rows`` and ``years``.
    """

    _esm = HERE / "timeline.js"
    data = traitlets.Dict().tag(sync=True)


class Select(anywidget.AnyWidget):
    """A list to choose one of.

    Attributes
    ----------
    label
        What is chosen, for screen readers.
    options
        (key, name) of each.
    value
        The key of the one that is chosen.
    """

    _esm = HERE / "select.js"
    label = traitlets.Unicode("").tag(sync=True)
    options = traitlets.List().tag(sync=True)
    value = traitlets.Unicode("").tag(sync=True)
