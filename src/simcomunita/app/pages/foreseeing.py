"""Predict first: what readers expect is asked before the answer is shown, and set beside it afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import solara
import solara.lab

from simcomunita.app import foretelling
from simcomunita.app.asking import Answer
from simcomunita.app.gathering import DOORS, VERDICTS, Gathering, Guess, SubmissionError, Topic
from simcomunita.app.guarding import PROJECTOR
from simcomunita.app.html import Button, tag
from simcomunita.app.pages.telling import named
from simcomunita.app.state import State
from simcomunita.app.widgets.workshop import Foresee
from simcomunita.app.words import word
from simcomunita.experiment.wording import label, small


def use_visitor() -> str:
    """Return a passing number of this browser, which only it knows; of this page, where there are no browsers."""

    def number() -> str:
        try:
            return str(solara.get_session_id())
        except RuntimeError:
            import uuid

            return uuid.uuid4().hex

    return str(solara.use_memo(number, []))


def is_projector(room: Gathering) -> bool:
    """Whether this browser is the one that shows the room on the projector."""
    return room.leads((solara.lab.cookies.value or {}).get(PROJECTOR))


def use_version(room: Gathering | None) -> Callable[[int], None]:
    """Follow what is sent to a room and shown in it, within a second; nothing, if there is none. What is returned draws
    the page anew at once.
    """
    _, set_version = solara.use_state(0)
    left: threading.Event = solara.use_memo(threading.Event, [room is None])

    def leave() -> Callable[[], None]:
        return left.set

    solara.use_effect(leave, [room is None])

    def watch() -> None:
        while room is not None and not left.wait(1.0):
            set_version(room.version)

    solara.lab.use_task(watch, dependencies=[room is None], raise_error=False)
    draw: Callable[[int], None] = set_version
    return draw


@dataclass(frozen=True)
class Foresight:
    """How a page stands with what its reader expects.

    Attributes
    ----------
    hides
        Whether the answer is held back: nothing was said yet, or the room waits.
    waited
        Whether who says what they expect waits for the projector to show the answer.
    waits
        Whether they said it, and wait.
    covers
        Whether this is the projector, and the room has not seen the answer to its question.
    guess
        What was expected, if it was said.
    sorry
        Why what was sent last was not taken; empty, if it was.
    tell
        Takes what a browser sends.
    release
        Shows the answer without waiting.
    """

    hides: bool
    waited: bool
    waits: bool
    covers: bool
    guess: Guess | None
    sorry: str
    tell: Callable[[Any], None]
    release: Callable[[], None]


def use_foresight(state: State) -> Foresight:
    """Keep what this reader expects of each question; a room, if there is one, gets it too."""
    who = use_visitor()
    nothing: dict[Topic, Guess | None] = {}
    seen, set_seen = solara.use_state(nothing)
    sorry, set_sorry = solara.use_state("")
    # The answers that this page has shown; what was seen once is not held back again.
    none: frozenset[Topic] = frozenset()
    released, set_released = solara.use_state(none)
    topic = Topic(state.current, state.baseline, state.assumed)
    room = DOORS.room
    guess = seen.get(topic) if room is None else room.guess_of(who, topic)

    def release() -> None:
        set_released(lambda before: before | {topic})

    def tell(message: tuple[int, Any]) -> None:
        _, told = message
        if not isinstance(told, dict) or told.get("kind") not in ("guess", "skip"):
            return
        own = None
        if told["kind"] == "guess":
            try:
                own = Guess.of({key: told.get(key) for key in told if key != "kind"}, foretelling.most())
                if room is not None:
                    room.guess(who, topic, own)
            except SubmissionError as error:
                set_sorry(error.key)
                return
        set_sorry("")
        if room is None or not room.holds(topic):
            release()
        # Before the last hundred questions nobody goes back. What a room gets is kept there, and can be taken back.
        if room is None or own is None:
            set_seen({**dict(list(seen.items())[-99:]), topic: own})
        else:
            set_version(room.version)

    asks = state.predict and state.current != state.baseline and guess is None and topic not in seen
    holds = room is not None and room.holds(topic)
    wall = room is not None and is_projector(room)
    waits = holds and not wall and state.predict and guess is not None and topic not in released
    covers = holds and wall and state.current != state.baseline
    set_version = use_version(room if waits or covers else None)
    told = guess if state.predict else None
    return Foresight(asks or waits or covers, holds and not wall, waits, covers, told, sorry, tell, release)


@solara.component
def ForeseeFirst(state: State, foresight: Foresight, answer: Answer | None) -> None:
    """Ask what is expected; `answer` waits behind the curtain."""
    lang = state.language
    tag("h1", word("predict title", lang, choice=named(state.current, lang)), kind="sc-headline")
    Foresee.element(
        shown={
            "language": lang,
            "question": word("predict question", lang, month=foretelling.end_text(lang)),
            "unit": label(foretelling.MEASURE, lang),
            "most": foretelling.most(),
            "step": foretelling.STEP,
            "start": "" if answer is None else foretelling.start_text(answer, lang),
            "compared": word("predict compared", lang, baseline=small(named(state.baseline, lang))),
            "verdicts": [[verdict, word(foretelling.EXPECT[verdict], lang)] for verdict in VERDICTS],
            "send": word("held send" if foresight.waited else "predict send", lang),
            "skip": word("predict skip", lang),
            "sorry": word(foresight.sorry, lang) if foresight.sorry else "",
        },
        on_told=foresight.tell,
    )
    if DOORS.room is not None:
        tag("p", word("predict sent", lang), kind="sc-note")


@solara.component
def Held(state: State, foresight: Foresight, guess: Guess) -> None:
    """Say that what was expected has arrived, and what is waited for."""
    lang = state.language
    tag("h1", word("held title", lang, expected=foretelling.count_text(guess.expected, lang)), kind="sc-headline")
    with tag("div", kind="sc-held", role="status"):
        tag("p", word("held", lang))
        Button(word("held now", lang), foresight.release, kind="sc-quiet")


@solara.component
def Covered(state: State) -> None:
    """Keep the answer to the room's question off the wall until who leads says so."""
    lang, room = state.language, DOORS.room
    topic = Topic(state.current, state.baseline, state.assumed)
    tag("h1", word("predict title", lang, choice=named(state.current, lang)), kind="sc-headline")
    with tag("div", kind="sc-held"):
        tag("p", word("covered", lang))
        if room is not None:
            Button(word("room reveal", lang), lambda: room.show(topic, True), kind="sc-quiet")


@solara.component
def Foretold(state: State, guess: Guess, answer: Answer) -> None:
    """Set what was expected beside the answer."""
    lang = state.language
    with tag("div", kind="sc-foretold", aria_live="polite"):
        tag("h2", word("predict after", lang))
        for sentence in foretelling.comparison(guess, answer, lang):
            tag("p", sentence)
        tag("p", word("predict humble", lang), kind="sc-stands")
