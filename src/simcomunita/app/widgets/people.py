"""The people around a facilitator, a place or in a town, and the story of whom one follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from simcomunita.app.neighbourhood import Look, Neighbourhood, neighbourhood, town
from simcomunita.app.stories import phrase, story
from simcomunita.app.watching import Watch
from simcomunita.app.widgets import script
from simcomunita.app.widgets.flows import dates, film_data, words
from simcomunita.app.words import word
from simcomunita.experiment.wording import number

if TYPE_CHECKING:
    from simcomunita.app.watching import Focus, Watched
    from simcomunita.experiment.wording import Language
    from simcomunita.model import CommunityModel

HERE = Path(__file__).parent

WORDS = (
    *("title", "story", "choose", "others", "leave", "table", "keys", "picture", "person", "ties"),
    *("facilitator", "place"),
)
"""Phrases that the browser needs."""

COLUMNS = ("person", "look", "ties")

Teller = Callable[[int], dict[str, Any]]
"""Tells the story of a person, by number, as plain values."""


class People(anywidget.AnyWidget):
    """A few hundred people on a canvas, month by month.

    Attributes
    ----------
    data
        What is drawn, as `people_data` makes it.
    followed
        Number of the person whose story is told, -1 for nobody; written by the browser.
    story
        Their story.
    tell
        Tells it; stays in Python.
    """

    _esm = script("player", "wrapping", "keeping", "neighbourhood")
    _css = HERE / "film.css"
    data = traitlets.Dict().tag(sync=True)
    followed = traitlets.Int(-1).tag(sync=True)
    story = traitlets.Dict().tag(sync=True)
    tell = traitlets.Any(None, allow_none=True)

    @traitlets.observe("followed", "tell", "data")
    def _follow(self, _: object) -> None:
        shown = self.data.get("people", ())
        known = self.followed in shown or self.followed in self.story.get("people", ())
        self.story = self.tell(self.followed) if self.tell is not None and self.followed >= 0 and known else {}


def people_data(
    watched: Watched, around: Neighbourhood, language: Language, name: str = "", film: str = ""
) -> dict[str, Any]:
    """Return what the widget draws.

    Parameters
    ----------
    name, film
        As of `flows_data`.
    """
    focus = around.focus
    spoken = words(language, WORDS, "people")
    title = word(
        f"people around {focus.kind}",
        language,
        number=focus.number + 1,
        town=watched.municipalities[focus.municipality],
        count=number(len(around.people), 0, language),
        all=number(watched.residents, 0, language),
    )
    return film_data(watched, language, name, film) | {
        "kind": focus.kind,
        "open": [[one.first, one.last] for one in watched.foci if (one.kind, one.number) == focus[:2]],
        "title": title,
        "file": "people",
        "heading": title,
        "people": around.people.tolist(),
        "packed": around.packed(),
        "looks": [word(f"look {look.name.lower()}", language) for look in Look],
        "words": spoken
        | {
            "not_real": word("people not real", language),
            "columns": [word(f"people column {key}", language) for key in COLUMNS],
            "person": phrase("person", language, number="{number}"),
        },
    }


def teller(watched: Watched, language: Language) -> Teller:
    """Return what tells the story of a person."""
    return lambda person: story(watched, person, language).data()


def view(model: CommunityModel, around: tuple[str, int] | None, language: Language) -> People:
    """Show people of a community as they stand, around what is named; see `CommunityModel.view`."""
    watched = Watch(model).watched()
    towns = [town(watched, k) for k in range(len(watched.municipalities))]
    foci = {(one.kind, one.number): one for one in (*watched.foci, *towns)}
    wanted = next(iter(foci)) if around is None else tuple(around)
    if wanted not in foci:
        there = ", ".join(f"{kind} {number}" for kind, number in foci)
        raise ValueError(f"there is no {' '.join(map(str, wanted))} in {model.date}; there is {there}")
    shown = people_data(watched, neighbourhood(watched, foci[wanted]), language)
    return People(data=shown, tell=teller(watched, language))


def focus_name(watched: Watched, focus: Focus, language: Language) -> str:
    """What a focus is called in a list."""
    months = dates(watched, language)
    return word(
        f"focus {focus.kind}",
        language,
        number=focus.number + 1,
        town=watched.municipalities[focus.municipality],
        start=months[focus.first].lower() if language == "it" else months[focus.first],
        end=months[focus.last].lower() if language == "it" else months[focus.last],
    )
