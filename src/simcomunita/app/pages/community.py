"""Community: the film of what flows, a neighbourhood from near, and the story of one person in it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import solara
import solara.lab

from simcomunita.app import filming
from simcomunita.app.choices import Choice
from simcomunita.app.html import tag
from simcomunita.app.neighbourhood import Neighbourhood, foci, nearest_focus, neighbourhood, usual_focus
from simcomunita.app.pages.assuming import Assuming
from simcomunita.app.state import FILMS, PRESETS, State, changed
from simcomunita.app.watching import Focus, Watched
from simcomunita.app.widgets.courses import Courses, courses_data
from simcomunita.app.widgets.flows import Flows, flows_data, one_run
from simcomunita.app.widgets.parts import Select
from simcomunita.app.widgets.people import People, focus_name, people_data, teller
from simcomunita.app.words import word
from simcomunita.experiment.wording import Language

Go = Callable[[State], None]


@dataclass(frozen=True, eq=False)
class Seen:
    """What came of asking for a film: the film of which choice, or what went wrong."""

    choice: Choice | None = None
    film: Watched | None = None
    assumed: filming.Values = ()
    error: Exception | None = None


@dataclass(frozen=True, eq=False)
class Near:
    """A neighbourhood of a film."""

    film: Watched | None = None
    focus: Focus | None = None
    around: Neighbourhood | None = None


def use_film(choice: Choice, assumed: filming.Values = ()) -> Seen:
    """Ask for the film of a choice, under what is assumed; until it is there the last one stays."""
    seen: Seen
    seen, set_seen = solara.use_state(Seen())
    cancel: threading.Event = solara.use_memo(threading.Event, [choice, assumed])

    def stop() -> Callable[[], None]:
        return cancel.set

    solara.use_effect(stop, [choice, assumed])

    def ask() -> None:
        try:
            film = filming.FILMS.wait(choice, cancel, assumed)
            if film is not None and not cancel.is_set():
                set_seen(Seen(choice, film, assumed))
        except Exception as error:  # noqa: BLE001 - the reader is told, and the page goes on
            if not cancel.is_set():
                set_seen(Seen(choice, assumed=assumed, error=error))

    solara.lab.use_task(ask, dependencies=[choice, assumed], raise_error=False)
    return seen


@solara.component
def Community(state: State, go: Go) -> None:
    """The second place of the workshop."""
    lang = state.language
    choice: Choice = getattr(state, state.film)
    seen = use_film(choice, state.assumed.parameters)
    working = (seen.choice, seen.assumed) != (choice, state.assumed.parameters)
    with tag("div", kind="sc-community"):
        tag("h1", word("watch title", lang), kind="sc-headline")
        with tag("div", kind="sc-look"):
            Select.element(
                label=word("watch which", lang),
                options=[[which, _named(getattr(state, which), which, lang)] for which in FILMS],
                value=state.film,
                on_value=lambda which: go(changed(state, film=which)),
            )
            # It stays where it is: what comes and goes at once is gone before a browser has made it.
            said = word("watch working", lang) if working else ""
            tag("span", said, kind="sc-sign sc-sign-none sc-working" if working else "sc-idle", role="status")
        Assuming(state, go)
        if seen.error is not None and not working:
            tag("p", word("watch failed", lang), role="alert")
        if seen.film is not None:
            with tag("div", kind="sc-community sc-stale" if working else "sc-community").key("film"):
                Film(state, go, seen.film, _named(seen.choice or choice, state.film, lang))


def _named(choice: Choice, which: str, lang: Language) -> str:
    preset = next((one.label[lang] for one in PRESETS.values() if one.choice == choice), "")
    named = word(f"watch {which}", lang)
    return f"{named}: {preset}" if preset else named


@solara.component
def Film(state: State, go: Go, film: Watched, name: str) -> None:
    """The film and the neighbourhood of one run."""
    lang = state.language
    key = f"film-{id(film)}"
    flows = solara.use_memo(lambda: flows_data(film, lang, name, key), [film, lang, name])
    tag("p", one_run(film, lang), kind="sc-note")
    at = film.nearest_month(state.month)
    if state.month and film.months[at] != state.month:
        tag("p", word("watch no month", lang), kind="sc-note", role="status")
    with tag("section", kind="sc-card").key("flows"):
        tag("h2", word("watch flows", lang))
        link = replace(state, month="").to_query()
        Flows.element(data=flows, month=at, link=link, on_told=partial(rested, state, go, film))
    counted = solara.use_memo(lambda: courses_data(film, lang, name, key), [film, lang, name])
    with tag("section", kind="sc-card").key("courses"):
        tag("h2", word("courses title", lang))
        Courses.element(data=counted)
    with tag("section", kind="sc-card").key("people"):
        tag("h2", word("watch people", lang))
        Close(state, go, film, name, key)


def rested(state: State, go: Go, film: Watched, message: tuple[int, Any]) -> None:
    """Take the month at which somebody's film rests, which stands in their link already."""
    _, told = message
    if isinstance(told, dict) and told.get("kind") == "month" and told.get("month") in (*film.months, ""):
        go(replace(state, month=told["month"]))


@solara.component
def Close(state: State, go: Go, film: Watched, name: str, key: str) -> None:
    """Choose what to look at from near, and look at it."""
    lang = state.language
    near, set_near = solara.use_state(Near())
    known = foci(film)
    focus = nearest_focus(film, state.around)
    here = focus.municipality

    def look(around: str) -> None:
        go(changed(state, around="" if around == usual_focus(film).key else around))

    def find() -> None:
        set_near(Near(film, focus, neighbourhood(film, focus)))

    solara.lab.use_task(find, dependencies=[key, focus], raise_error=False)
    tell = solara.use_memo(lambda: teller(near.film or film, lang), [near, lang])
    data = solara.use_memo(
        lambda: people_data(near.film, near.around, lang, name, key) if near.film and near.around else {},
        [near, lang, name],
    )
    # One root, whatever is in it: with a second one beside it Solara would make the lists anew.
    with tag("div", kind="sc-close"):
        if state.around and focus.key != state.around:
            tag("p", word("watch not there", lang), kind="sc-note", role="status")
        with tag("div", kind="sc-look").key("look"):
            Select.element(
                label=word("watch where", lang),
                options=[[f"town:{k + 1}", one] for k, one in enumerate(film.municipalities)],
                value=f"town:{here + 1}",
                on_value=look,
            )
            Select.element(
                label=word("watch around", lang),
                options=[[one.key, focus_name(film, one, lang)] for one in known.values() if one.municipality == here],
                value=focus.key,
                on_value=look,
            )
        if data:
            People.element(data=data, tell=tell)
