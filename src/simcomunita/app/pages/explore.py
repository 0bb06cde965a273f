"""Explore: levers, the answer in a sentence, two pictures, the money; everything else one click deeper."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import solara
import solara.lab
from solara.alias import rv

from simcomunita.app import desk, scenarios
from simcomunita.app.asking import COST, MEASURES, Answer, Outcome, Question, effect, money, stands_on
from simcomunita.app.html import Button, tag
from simcomunita.app.pages import telling
from simcomunita.app.pages.assuming import Assuming, Assumptions
from simcomunita.app.pages.foreseeing import Covered, ForeseeFirst, Foretold, Held, use_foresight
from simcomunita.app.state import PRESETS, SECONDS, Preset, State, changed
from simcomunita.app.unanswered import AnswerError
from simcomunita.app.widgets.chart import Chart
from simcomunita.app.widgets.library import library_url
from simcomunita.app.widgets.parts import Levers, Select, TimeLine
from simcomunita.app.words import word
from simcomunita.experiment.wording import Language, capital, label

Go = Callable[[State], None]
DEEPER = ("measure", "at the end", "known")
"""Columns of the table of all measures."""


@dataclass(frozen=True)
class Heard:
    """What came of the last question: the newest answer, if any, and what went wrong, if anything did.

    `key` is the question's that was asked; `ahead` is how many are served first.
    """

    answer: Answer | None = None
    key: str = ""
    ahead: int = 0
    error: Exception | None = None
    done: bool = False


def use_answer(question: Question | None) -> Heard:
    """Ask the desk whenever the question changes; the newest question ends the work for the older.

    Until the first answer to a question is there, the answer to the last one stays. Nothing is asked without one.
    """
    key = question.key if question is not None else ""
    session = solara.use_memo(lambda: uuid.uuid4().hex, [])
    heard: Heard
    heard, set_heard = solara.use_state(Heard())
    solara.use_effect(lambda: lambda: desk.DESK.leave(session), [])
    cancel: threading.Event = solara.use_memo(threading.Event, [key])

    def stop() -> Callable[[], None]:
        return cancel.set

    solara.use_effect(stop, [key])

    def ask() -> None:
        answer = None
        if question is None:
            desk.DESK.leave(session)
            set_heard(Heard())
            return
        try:
            for told in desk.DESK.ask(question, cancel, session):
                if cancel.is_set():
                    return
                if isinstance(told, int):
                    set_heard(replace(heard, ahead=told))
                else:
                    answer = told
                    set_heard(Heard(answer, question.key))
            if not cancel.is_set():
                set_heard(Heard(answer, question.key, done=True))
        except Exception as error:  # noqa: BLE001 - the reader is told, and the page goes on
            if not cancel.is_set():
                set_heard(Heard(answer or heard.answer, question.key, error=error, done=True))

    solara.lab.use_task(ask, dependencies=[key], raise_error=False)
    return heard


@solara.component
def Explore(state: State, go: Go) -> None:
    """The first place of the workshop."""
    question = Question(state.current, state.baseline, assumed=state.assumed)
    heard = use_answer(question)
    stale = heard.key != question.key
    foresight = use_foresight(state)
    with tag("div", kind="sc-explore"):
        Presets(state, go)
        with tag("section", kind="sc-answer", aria_label=word("answer", state.language)):
            if foresight.waits and foresight.guess is not None:
                Held(state, foresight, foresight.guess)
                Assuming(state, go)
            elif foresight.covers:
                Covered(state)
                Assuming(state, go)
            elif foresight.hides:
                ForeseeFirst(state, foresight, None if stale else heard.answer)
                Assuming(state, go)
            else:
                Headline(state, heard, stale, go)
                if foresight.guess is not None and heard.answer is not None and not stale:
                    Foretold(state, foresight.guess, heard.answer)
        with tag("section", kind="sc-funded"):
            tag("h2", word("levers", state.language))
            Funded(state, go)
            Against(state, go)
            Keep(state, go)
            Assumptions(state, go, None if stale or foresight.hides else heard.answer)
        with tag("div", kind="sc-rest sc-stale" if stale and heard.answer else "sc-rest"):
            if heard.answer is not None and not foresight.hides:
                Pictures(state, heard.answer, go)
                Money(state, heard.answer)
                with tag("section", kind="sc-card"):
                    TimeLine.element(data=_time_line(state, heard.answer))
                Deeper(state, heard.answer)


@solara.component
def Presets(state: State, go: Go) -> None:
    """Choices to begin with."""
    lang = state.language
    with tag("section", kind="sc-presets"):
        tag("h2", word("presets", lang))
        for preset in PRESETS.values():
            Button(
                _short_name(preset, lang),
                partial(go, replace(state, current=preset.choice)),
                pressed=preset.choice == state.current,
                name=preset.label[lang] if preset.key == "eight" else "",
            )
        Button(
            word("predict first", lang),
            lambda: go(replace(state, predict=not state.predict)),
            pressed=state.predict,
            kind="sc-predict",
        )


def _short_name(preset: Preset, lang: Language) -> str:
    """Name a preset so that all stand in one row: it follows "No facilitators"."""
    if preset.key == "eight":
        return word("preset eight", lang)
    return word("preset eight later", lang) if preset.key == "eight_later" else preset.label[lang]


@solara.component
def Headline(state: State, heard: Heard, stale: bool, go: Go) -> None:
    """The answer in a sentence, and what it stands on."""
    lang, answer = state.language, heard.answer
    if state.current == state.baseline:
        said, sign = word("same", lang), None
    elif answer is None:
        said, sign = word("asking" if heard.error is None else "failed", lang), None
    else:
        said = effect(answer, lang, state.measure)
        sign = ("fine", word("fine", lang)) if answer.whole else ("quick", word("quick", lang))
    tag("h1", said, kind="sc-headline sc-stale" if stale and answer else "sc-headline", aria_live="polite")
    Assuming(state, go)
    with tag("p", kind="sc-stands"):
        if heard.error is not None and not stale:
            tag("span", _sorry(heard.error, lang), role="alert")
        elif answer is None and state.current != state.baseline:
            waited = "one waiting" if heard.ahead == 1 else "waiting"
            tag("span", word(waited, lang, ahead=heard.ahead) if heard.ahead else word("first compile", lang))
        elif sign is not None:
            working = not heard.done or stale
            name = word("asking", lang) if stale else sign[1]
            tag("span", name, kind=f"sc-sign sc-sign-{'none' if stale else sign[0]}{' sc-working' if working else ''}")
            if not stale and answer is not None:
                tag("span", stands_on(answer, lang))
            elif heard.ahead:
                tag("span", word("one waiting" if heard.ahead == 1 else "waiting", lang, ahead=heard.ahead))


def _sorry(error: Exception, lang: Language) -> str:
    return error.texts[lang] if isinstance(error, AnswerError) else word("failed", lang)


@solara.component
def Funded(state: State, go: Go) -> None:
    """The levers."""
    choice, lang, assumed = state.current, state.language, state.assumed
    shown = solara.use_memo(lambda: telling.levers(choice, lang, assumed), [choice, lang, assumed])

    def hear(asked: dict[str, Any]) -> None:
        go(replace(state, current=telling.moved(state.current, asked)))

    Levers.element(shown=shown, on_asked=hear)


@solara.component
def Against(state: State, go: Go) -> None:
    """What the choice is compared with."""
    lang = state.language
    found = next((key for key, preset in PRESETS.items() if preset.choice == state.baseline), "")
    own = [] if found else [["", word("own baseline", lang)]]

    def choose(key: str) -> None:
        if key in PRESETS:
            go(replace(state, baseline=PRESETS[key].choice))

    with tag("div", kind="sc-against"):
        tag("p", word("compared with", lang), aria_hidden="true")
        Select.element(
            label=word("compared with", lang),
            options=[[key, preset.label[lang]] for key, preset in PRESETS.items()] + own,
            value=found,
            on_value=choose,
        )


@solara.component
def Keep(state: State, go: Go) -> None:
    """Keep the choice under a name, to be compared with others."""
    lang = state.language
    same = next((one.name for one in state.scenarios if one.choice == state.current), None)
    with tag("div", kind="sc-keep"):
        if same is not None:
            tag("p", word("kept already", lang, name=same), role="status")
        elif scenarios.full(state):
            tag("p", word("kept four", lang))
        else:
            Button(word("keep", lang), lambda: go(scenarios.kept(state, state.current)))


@solara.component
def Pictures(state: State, answer: Answer, go: Go) -> None:
    """The measure that is looked at, and a second one."""
    lang = state.language
    url = solara.use_memo(library_url, [])
    with tag("section", kind="sc-charts", aria_label=word("charts", lang)):
        for place, kept in (("measure", MEASURES), ("second", SECONDS)):
            measure = getattr(state, place)
            with tag("div", kind="sc-card"):
                Select.element(
                    label=word("picture", lang),
                    options=[[one, capital(label(one, lang))] for one in kept],
                    value=measure,
                    on_value=lambda one, place=place: go(changed(state, **{place: one})),
                )
                Chart.element(data=telling.drawing(answer, state, measure), library_url=url)


@solara.component
def Money(state: State, answer: Answer) -> None:
    """What it costs."""
    lang = state.language
    with tag("section", kind="sc-card"):
        tag("h2", word("money", lang))
        tag("p", money(answer, lang, state.measure))
        with tag("dl", kind="sc-amounts"):
            for name, amount, known in telling.amounts(answer, lang)[:2]:
                with tag("div"):
                    tag("dt", name)
                    tag("dd", amount, tag("small", known) if known else None)


@solara.component
def Deeper(state: State, answer: Answer) -> None:
    """All measures, as a table; it is made when somebody opens it, for every answer would make it anew."""
    lang = state.language
    opened, set_opened = solara.use_state(False)
    with tag("details", kind="sc-card sc-deeper"):
        held = tag("summary", word("deeper", lang))
        rv.use_event(held, "click", lambda *_: set_opened(not opened))
        if opened:
            table = tag(
                "table",
                tag("thead", tag("tr", *(tag("th", word(key, lang), scope="col") for key in DEEPER))),
                tag("tbody", *(_row(outcome, lang) for name, outcome in answer.by_measure.items() if name != COST)),
            )
            tag("div", table, kind="sc-scroll", tabindex="0", role="region", aria_label=word("deeper", lang))


def _row(outcome: Outcome, lang: Language) -> Any:
    mean, known = telling.difference_text(outcome, lang)
    return tag("tr", tag("th", capital(label(outcome.measure, lang)), scope="row"), tag("td", mean), tag("td", known))


def _time_line(state: State, answer: Answer) -> dict[str, Any]:
    return telling.time_line(
        state, (answer.months[0], answer.months[answer.branch], answer.months[-1]), telling.project_end()
    )
