"""The parts of the page for people in one room: what they expect, and what all of them expect."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

from simcomunita.app.widgets.messages import Messenger

HERE = Path(__file__).parent


class Foresee(Messenger):
    """Asks what somebody expects; tells it as a message ``{kind: "guess", expected, verdict}`` or ``{kind: "skip"}``.

    Attributes
    ----------
    shown
        Texts, ``most`` and ``step`` of the slider, ``number``s as the language writes them.
    """

    _esm = HERE / "foresee.js"
    shown = traitlets.Dict().tag(sync=True)


class Name(Messenger):
    """Asks for a nickname; tells it as a message ``{kind: "send", nickname}``.

    Attributes
    ----------
    shown
        ``label``, ``button``, ``most`` characters, and the ``nickname`` so far.
    """

    _esm = HERE / "nickname.js"
    shown = traitlets.Dict().tag(sync=True)


class Dots(anywidget.AnyWidget):
    """What all expect, a dot for each, and what the runs say.

    Attributes
    ----------
    shown
        ``dots`` ([value, kind] of each), ``most``, ``step``, ``ticks`` ([value, text]), ``band`` ({low, middle, high,
        text} or None), ``legend`` ([kind, text]), ``summary`` for screen readers.
    """

    _esm = HERE / "dots.js"
    shown = traitlets.Dict().tag(sync=True)
