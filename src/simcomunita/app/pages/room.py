"""The room: what participants send from their phones, and what the projector shows of it.

The projector is who came by the address that the server prints for it. Everybody else sees their own and nothing more.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import segno
import solara

from simcomunita.app import foretelling
from simcomunita.app.asking import Answer, Question, effect, stands_on
from simcomunita.app.gathering import DOORS, MOST_NICKNAME, VERDICTS, Gathering, Guess, Offer, SubmissionError, Topic
from simcomunita.app.html import Button, tag
from simcomunita.app.levers import LEVERS
from simcomunita.app.pages.explore import Go, use_answer
from simcomunita.app.pages.foreseeing import is_projector, use_version, use_visitor
from simcomunita.app.pages.telling import named
from simcomunita.app.saying import assumed_otherwise
from simcomunita.app.state import MOST_SCENARIOS, PRESETS, Choice, Named, State
from simcomunita.app.widgets.workshop import Dots, Name
from simcomunita.app.words import word
from simcomunita.experiment.wording import Language, number, small


def described(choice: Choice, lang: Language) -> str:
    """Say what a choice funds: a preset by its name, any other by the levers that are moved."""
    if any(preset.choice == choice for preset in PRESETS.values()):
        return named(choice, lang)
    return "; ".join(
        f"{LEVERS[key].label[lang]}: {LEVERS[key].value_text(value, lang)}" for key, value in choice.moved.items()
    )


def asked_text(state: State) -> str:
    """Name what is asked in the room."""
    lang = state.language
    choice = described(state.current, lang)
    asked = word("room question", lang, choice=choice, baseline=small(named(state.baseline, lang)))
    return " ".join((f"{asked}." if state.assumed else asked, *assumed_otherwise(state.assumed, lang)))


@solara.component
def Room(state: State, go: Go) -> None:
    """The projector's view of the room, or a participant's."""
    room = DOORS.room
    if room is None:
        tag("p", word("room none", state.language), kind="sc-coming")
        return
    if is_projector(room):
        Projector(state, go, room)
    else:
        Participant(state, go, room)


# -- a participant's --


@solara.component
def Participant(state: State, go: Go, room: Gathering) -> None:
    """What one participant has sent, and can send."""
    lang, who = state.language, use_visitor()
    offer, set_offer = solara.use_state(room.offer_of(who))
    sorry, set_sorry = solara.use_state("")
    withdrawn, set_withdrawn = solara.use_state(False)
    draw = use_version(room)

    def send(message: tuple[int, Any]) -> None:
        _, told = message
        if not isinstance(told, dict) or told.get("kind") != "send":
            return
        try:
            room.offer(who, told.get("nickname"), state.current)
        except SubmissionError as error:
            set_sorry(error.key)
            return
        set_sorry("")
        set_withdrawn(False)
        set_offer(room.offer_of(who))

    def withdraw() -> None:
        room.withdraw(who)
        set_offer(None)
        set_withdrawn(True)
        draw(room.version)

    with tag("div", kind="sc-room"):
        tag("h1", word("room", lang), kind="sc-headline")
        with tag("section", kind="sc-card"):
            tag("h2", word("room predict", lang))
            tag("p", asked_text(state))
            topic = Topic(state.current, state.baseline, state.assumed)
            guess = room.guess_of(who, topic)
            if guess is not None:
                tag("p", word("room guessed", lang, count=foretelling.count_text(guess.expected, lang)))
            Button(word("room to predict", lang), lambda: go(replace(state, page="explore", predict=True)))
        with tag("section", kind="sc-card"):
            tag("h2", word("room send", lang))
            tag("p", word("room send what", lang, choice=described(state.current, lang)))
            shown = {
                "label": word("nickname", lang),
                "button": word("room send button", lang),
                "most": MOST_NICKNAME,
                "nickname": "" if offer is None else offer.nickname,
            }
            Name.element(shown=shown, on_told=send)
            if sorry:
                tag("p", word(sorry, lang), kind="sc-sorry", role="alert")
            if offer is not None:
                tag(
                    "p",
                    word("room sent", lang, nickname=offer.nickname, choice=described(offer.choice, lang)),
                    role="status",
                )
        with tag("section", kind="sc-card"):
            tag("p", word("room private", lang))
            Button(word("room withdraw", lang), withdraw)
            if withdrawn and guess is None and offer is None:
                tag("p", word("room withdrawn", lang), role="status")


# -- the projector's --


@solara.component
def Projector(state: State, go: Go, room: Gathering) -> None:
    """How to join, what is expected, and the choices that were sent."""
    lang = state.language
    use_version(room)
    topic = Topic(state.current, state.baseline, state.assumed)
    solara.use_effect(lambda: room.ask(topic), [topic])
    with tag("div", kind="sc-room sc-projector"):
        Joining(state, room)
        # Parts are drawn anew when what they are given changes: the room itself is always the same one.
        Predictions(state, go, room, topic, room.version)
        Offers(state, go, room, room.version)
        with tag("details", kind="sc-card sc-emptying"):
            tag("summary", word("room empty", lang))
            tag("p", word("room empty what", lang))
            Button(word("room empty now", lang), room.empty)
        tag("p", tag("a", word("guide link", lang), href=f"guide?lang={lang}", target="_blank"))


@solara.component
def Joining(state: State, room: Gathering) -> None:
    """The address at which phones join, with the question that is on the projector."""
    lang = state.language
    query = replace(state, page="explore", predict=True, scenarios=()).to_query()
    address = f"{room.join}/?{query}"
    picture = solara.use_memo(lambda: segno.make(address, micro=False).svg_data_uri(scale=5, border=2), [address])
    with tag("section", kind="sc-card sc-joining"):
        tag("h2", word("room join", lang))
        tag("img", src=picture, alt=word("room code", lang))
        tag("p", tag("a", room.join.removeprefix("http://"), href=address))


@solara.component
def Predictions(state: State, go: Go, room: Gathering, topic: Topic, version: int) -> None:
    """What all expect; what the runs say, when it is asked for: then phones show it, too."""
    lang = state.language
    shown, guesses = room.shows(topic), room.guesses(topic)
    with tag("section", kind="sc-card sc-predictions"):
        tag("h1", asked_text(state), kind="sc-headline")
        tag("p", foretelling.tally(guesses, lang), aria_live="polite")
        if shown:
            Answered(state, guesses)
        else:
            Dots.element(shown=dots(guesses, None, lang))
        with tag("div", kind="sc-choose"):
            Button(
                word("room hide" if shown else "room reveal", lang), lambda: room.show(topic, not shown), pressed=shown
            )
        others = [(other, count) for other, count in room.topics().items() if other != topic][:4]
        if others:
            tag("p", word("room others", lang))
            with tag("div", kind="sc-choose"):
                for other, count in others:
                    name = " – ".join((described(other.choice, lang), *assumed_otherwise(other.assumed, lang)))
                    Button(
                        f"{name} ({number(count, 0, lang)})",
                        lambda other=other: go(
                            replace(state, current=other.choice, baseline=other.baseline, assumed=other.assumed)
                        ),
                    )


@solara.component
def Answered(state: State, guesses: tuple[Guess, ...]) -> None:
    """What all expect, over what the runs say."""
    lang = state.language
    question = Question(state.current, state.baseline, assumed=state.assumed)
    heard = use_answer(question)
    answer = heard.answer if heard.answer is not None and heard.answer.question.key == question.key else None
    Dots.element(shown=dots(guesses, answer, lang))
    if answer is None:
        tag("p", word("asking" if heard.error is None else "failed", lang), role="status")
    else:
        tag("p", effect(answer, lang, foretelling.MEASURE), kind="sc-found")
        tag("p", stands_on(answer, lang), kind="sc-stands")


def dots(guesses: tuple[Guess, ...], answer: Answer | None, lang: Language) -> dict[str, Any]:
    """Return what the dot plot shows."""
    most = foretelling.most()
    band = None
    if answer is not None:
        of = answer.by_measure[foretelling.MEASURE].current
        low, middle, high = (float(end[-1]) for end in (of.low, of.middle, of.high))
        text = word("room runs", lang, middle=number(middle, 0, lang), runs=number(answer.runs, 0, lang))
        band = {"low": low, "middle": middle, "high": high, "text": text}
        most = max(most, math.ceil(high / 100) * 100)
    tick = 500 if most > 1_500 else 200 if most > 600 else 50
    counts = {verdict: sum(guess.verdict == verdict for guess in guesses) for verdict in VERDICTS}
    return {
        "dots": [[guess.expected, guess.verdict] for guess in guesses],
        "most": most,
        "ticks": [[value, number(value, 0, lang)] for value in range(0, most + 1, tick)],
        "band": band,
        "legend": [[key, f"{word(foretelling.EXPECT[key], lang)}: {number(counts[key], 0, lang)}"] for key in VERDICTS],
        "summary": foretelling.tally(guesses, lang) + (f" {band['text']}" if band else ""),
    }


@solara.component
def Offers(state: State, go: Go, room: Gathering, version: int) -> None:
    """The choices that were sent, to open and to compare."""
    lang = state.language
    offers = room.offers()
    with tag("section", kind="sc-card sc-offers"):
        tag("h2", word("room offers", lang))
        if not offers:
            tag("p", word("room no offers", lang))
        with tag("ul"):
            for offer in offers:
                OneOffer(state, go, room, offer).key(str(offer.number))


@solara.component
def OneOffer(state: State, go: Go, room: Gathering, offer: Offer) -> None:
    """One of them."""
    lang = state.language
    with tag("li"):
        tag("p", tag("strong", offer.nickname), ": ", described(offer.choice, lang))
        with tag("div", kind="sc-choose"):
            Button(
                word("room open", lang), lambda: go(replace(state, page="explore", current=offer.choice, predict=False))
            )
            if (kept := beside(state, offer)) is not None:
                Button(word("room compare", lang), lambda: go(kept))
            Button(word("room remove", lang), lambda: room.remove(offer.number), kind="sc-quiet")


def beside(state: State, offer: Offer) -> State | None:
    """Return the state with a choice among those that are compared; None, if it is there or there is no place left."""
    if len(state.scenarios) >= MOST_SCENARIOS or any(one.choice == offer.choice for one in state.scenarios):
        return None
    names = {one.name for one in state.scenarios}
    own = next(
        name
        for name in (offer.nickname, *(f"{offer.nickname} {count}" for count in range(2, MOST_SCENARIOS + 2)))
        if name not in names
    )
    return replace(state, scenarios=(*state.scenarios, Named(own, offer.choice)))
