"""A place of the workshop, rendered for one visitor, without a browser."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import solara
from ipywidgets import Widget

from simcomunita.app.state import State
from simcomunita.app.widgets.chart import Chart


class Page:
    """The place, and every state that it asked for, the first one first."""

    def __init__(self, place: Any, state: State) -> None:
        self.states = [state]

        @solara.component
        def Holder() -> None:  # noqa: N802
            shown, show = solara.use_state(state)

            def go(new: State) -> None:
                self.states.append(new)
                show(new)

            place(shown, go)

        self.box, self.rendered = solara.render(Holder(), handle_error=False)

    def all(self, kind: type) -> list[Any]:
        """The widgets of a kind, in the page's order."""
        return [one.widget for one in self.rendered.find(kind)]

    def until(self, what: Callable[[], Any]) -> None:
        """Wait until something is so, however slow the computer."""
        end = time.monotonic() + 120
        while not what():
            assert time.monotonic() < end, "it never came to be"
            time.sleep(0.02)

    def text(self) -> str:
        """All that is written."""
        return "\n".join(child for one in _every(self.box) for child in _children(one) if isinstance(child, str))

    def last(self) -> float:
        """Where the current choice's line ends in the first chart."""
        return float(self.all(Chart)[0].data["lines"][-1]["middle"][-1])

    def tell(self, widget: type, /, **told: Any) -> None:
        """Send what a browser would."""
        self.all(widget)[0]._handle_custom_msg(told, [])

    def press(self, label: str) -> None:
        """Press the button on which this stands."""
        button = next(one for one in _every(self.box) if _children(one) == [label])
        button.fire_event("click", {})


def closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What kinds of widgets are closed from now on."""
    gone: list[str] = []
    close = Widget.close

    def closing(self: Widget) -> None:
        if self.comm is not None:
            gone.append(type(self).__name__)
        close(self)

    monkeypatch.setattr(Widget, "close", closing)
    return gone


def _children(widget: Any) -> list[Any]:
    return list(getattr(widget, "children", None) or ())


def _every(widget: Any) -> Iterator[Any]:
    """A widget, and all that are in it, however deep."""
    yield widget
    for child in _children(widget):
        if not isinstance(child, str):
            yield from _every(child)
