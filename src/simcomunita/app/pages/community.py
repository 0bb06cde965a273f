"""Community: the film of what flows, a neighbourhood from near, and the story of one person in it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import solara
import solara.lab

from simcomunita.app import filming
from simcomunita.app.choices import Choice
from simcomunita.app.html import tag
from simcomunita.app.neighbourhood import Neighbourhood, neighbourhood, town
from simcomunita.app.pages.assuming import Assuming
from simcomunita.app.state import PRESETS, State
from simcomunita.app.watching import Focus, Watched
from simcomunita.app.widgets.flows import Flows, flows_data
from simcomunita.app.widgets.parts import Select
from simcomunita.app.widgets.people import People, focus_name, people_data, teller
from simcomunita.app.words import word
from simcomunita.experiment.wording import Language, number

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
    which, set_which = solara.use_state("current")
    choice = state.baseline if which == "baseline" else state.current
    seen = use_film(choice, state.assumed.parameters)
    working = (seen.choice, seen.assumed) != (choice, state.assumed.parameters)
    with tag("div", kind="sc-community"):
        tag("h1", word("watch title", lang), kind="sc-headline")
        with tag("div", kind="sc-look"):
            Select.element(
                label=word("watch which", lang),
                options=[
                    ["current", _named(state.current, "current", lang)],
                    ["baseline", _named(state.baseline, "baseline", lang)],
                ],
                value=which,
                on_value=set_which,
            )
            if working:
                tag("span", word("watch working", lang), kind="sc-sign sc-sign-none sc-working", role="status")
        Assuming(state, go)
        if seen.error is not None and not working:
            tag("p", word("watch failed", lang), role="alert")
        if seen.film is not None:
            with tag("div", kind="sc-community sc-stale" if working else "sc-community"):
                Film(state, seen.film, _named(seen.choice or choice, which, lang))


def _named(choice: Choice, which: str, lang: Language) -> str:
    preset = next((one.label[lang] for one in PRESETS.values() if one.choice == choice), "")
    named = word(f"watch {which}", lang)
    return f"{named}: {preset}" if preset else named


@solara.component
def Film(state: State, film: Watched, name: str) -> None:
    """The film and the neighbourhood of one run."""
    lang = state.language
    key = f"film-{id(film)}"
    flows = solara.use_memo(lambda: flows_data(film, lang, name, key), [film, lang, name])
    tag(
        "p", word("watch one run", lang, scale=f"{number(100 * film.scale, 0, lang)} %", seed=film.seed), kind="sc-note"
    )
    with tag("section", kind="sc-card"):
        tag("h2", word("watch flows", lang))
        Flows.element(data=flows)
    with tag("section", kind="sc-card"):
        tag("h2", word("watch people", lang))
        Close(film, lang, name, key)


@solara.component
def Close(film: Watched, lang: Language, name: str, key: str) -> None:
    """Choose what to look at from near, and look at it."""
    home, set_home = solara.use_state("")
    around, set_around = solara.use_state("")
    near, set_near = solara.use_state(Near())
    staff = [one for one in film.foci if one.kind == "facilitator"]
    first = max(staff, key=lambda one: one.last - one.first) if staff else film.foci[0] if film.foci else None
    homes = {str(k): one for k, one in enumerate(film.municipalities)}
    here = int(home) if home in homes else first.municipality if first else 0
    foci = {_key(one): one for one in (town(film, here), *_longest(film, here))}
    focus = foci[around] if around in foci else foci.get(_key(first)) if first else None
    focus = focus or next(iter(foci.values()))

    def find() -> None:
        set_near(Near(film, focus, neighbourhood(film, focus)))

    solara.lab.use_task(find, dependencies=[key, focus], raise_error=False)
    with tag("div", kind="sc-look"):
        Select.element(
            label=word("watch where", lang), options=list(map(list, homes.items())), value=str(here), on_value=set_home
        )
        Select.element(
            label=word("watch around", lang),
            options=[[_key(one), focus_name(film, one, lang)] for one in foci.values()],
            value=_key(focus),
            on_value=set_around,
        )
    tell = solara.use_memo(lambda: teller(near.film or film, lang), [near, lang])
    data = solara.use_memo(
        lambda: people_data(near.film, near.around, lang, name, key) if near.film and near.around else {},
        [near, lang, name],
    )
    if data:
        People.element(data=data, tell=tell)


def _longest(film: Watched, municipality: int) -> list[Focus]:
    """Facilitators' posts and places of a municipality, each once, with its first and last month."""
    found: dict[tuple[str, int], Focus] = {}
    for one in film.foci:
        if one.municipality == municipality:
            before = found.get(one[:2], one)
            found[one[:2]] = one._replace(first=min(one.first, before.first), last=max(one.last, before.last))
    return list(found.values())


def _key(focus: Focus) -> str:
    return f"{focus.kind}-{focus.number}"
