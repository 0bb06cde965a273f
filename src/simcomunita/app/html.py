"""Plain HTML in a page of Solara: elements with a class and children, and nothing that styles itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import solara
from solara.alias import rv

Children = Sequence[Any]


def tag(name: str, *children: Any, kind: str = "", **attributes: str) -> Any:
    """Return an element; names of attributes are written with `_` for `-`, and with one at the end for Python's own."""
    named = {key.strip("_").replace("_", "-"): value for key, value in attributes.items()}
    return rv.Html(tag=name, class_=kind, attributes=named, children=[one for one in children if one is not None])


@solara.component
def Button(
    label: str, on_click: Callable[[], None], pressed: bool | None = None, kind: str = "", name: str = ""
) -> None:
    """A button of the browser's own; `pressed` makes it one of several of which one is on.

    `name` is what a screen reader says, where the label alone does not say of what.
    """
    attributes = {"type": "button"}
    if name:
        attributes["aria-label"] = name
    if pressed is not None:
        attributes["aria-pressed"] = "true" if pressed else "false"
    made = rv.Html(tag="button", class_=kind, attributes=attributes, children=[label])
    rv.use_event(made, "click", lambda *_: on_click())
