"""The frame of every page: what its head shows, and how a place, a language or a choice becomes a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from simcomunita.app.gathering import DOORS
from simcomunita.app.state import PAGES, State
from simcomunita.app.widgets.parts import Frame
from simcomunita.app.words import word
from simcomunita.experiment.wording import LANGUAGES

PLACES = ("explore", "community", "compare", "confidence")
NAMES = {"en": "English", "it": "Italiano"}


def head(state: State, here_is: str) -> dict[str, Any]:
    """Return what the head of a page shows."""
    lang = state.language

    def link(**changed: Any) -> str:
        return f"?{replace(state, **changed).to_query()}"

    places = PLACES if DOORS.room is None else (*PLACES, "room")
    return {
        "language": lang,
        "title": word("title", lang),
        "here": word(state.page, lang),
        "skip": word("skip", lang),
        "places_label": word("places", lang),
        "places": [
            {"key": key, "name": word(key, lang), "href": link(page=key), "current": key == state.page}
            for key in places
        ],
        "languages_label": word("languages", lang),
        "languages": [
            {"key": key, "name": NAMES[key], "href": link(language=key), "current": key == lang} for key in LANGUAGES
        ],
        "undo": word("undo", lang),
        "reset": word("reset", lang),
        "gone": word("gone", lang),
        "here_is": here_is,
    }


def moved(state: State, told: dict[str, Any]) -> State:
    """Return the state that a click in the head asks for; a click that names nothing known changes nothing."""
    if told.get("reset") is True:
        return State(language=state.language)
    if str(told.get("page")) in PAGES:
        return replace(state, page=told["page"])
    if str(told.get("language")) in LANGUAGES:
        return replace(state, language=told["language"])
    return state


@solara.component
def Head(state: State, go: Callable[[State], None], here_is: str) -> None:
    """Show the head, and listen to its links; `here_is` names the server that the page came from."""

    def hear(told: tuple[int, Any]) -> None:
        _, content = told
        if isinstance(content, dict) and content.get("kind") == "go":
            go(moved(state, content))

    Frame.element(shown=head(state, here_is), on_told=hear)
