"""Widgets whose script tells something now and then: it comes as a trait's change, to which a page can listen."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets


class Messenger(anywidget.AnyWidget):
    """A widget whose script sends messages.

    Attributes
    ----------
    told
        How many have come, and the last one. An element's ``on_told`` is always its newest listener.
    """

    told = traitlets.Tuple((0, None))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.on_msg(self._hear)

    def _hear(self, _: object, content: object, buffers: object) -> None:
        self.told = (self.told[0] + 1, content)
