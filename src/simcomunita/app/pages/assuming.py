"""What is assumed: said under every answer that assumes otherwise, seen and changed one click deeper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from simcomunita.app.asking import Answer
from simcomunita.app.assumptions import AS_USUAL
from simcomunita.app.html import Button, tag
from simcomunita.app.pages import telling
from simcomunita.app.state import State
from simcomunita.app.widgets.parts import Levers
from simcomunita.app.words import word
from simcomunita.experiment.wording import number

Go = Callable[[State], None]


@solara.component
def Assuming(state: State, go: Go) -> None:
    """Say in a sentence what is assumed otherwise, and offer the way back; nothing, if nothing is."""
    if not state.assumed:
        return
    with tag("div", kind="sc-assumed", role="status"):
        tag("p", state.assumed.said(state.language))
        Button(word("assume nothing", state.language), lambda: go(replace(state, assumed=AS_USUAL)), kind="sc-quiet")


@solara.component
def Assumptions(state: State, go: Go, answer: Answer | None) -> None:
    """The assumptions that matter most, each with its range, its source and a slider.

    Beside them stands what `answer`, if there is one, says: the sentence above may be out of sight.
    """
    lang, assumed = state.language, state.assumed
    changed = len(assumed.given)
    with tag("details", kind="sc-group sc-assumptions"):
        count = number(changed, 0, lang)
        tag("summary", word("assumptions changed", lang, count=count) if changed else word("assumptions", lang))
        tag("p", word("assumptions what", lang))
        Sliders(state, go)
        tag("p", word("assumptions care", lang), kind="sc-note")
        if answer is not None and answer.question.choice != answer.question.baseline:
            with tag("div", kind="sc-echo", aria_hidden="true"):
                for name, said, known in telling.in_short(answer, state):
                    tag("p", f"{name}: ", tag("b", said), f" ({known})" if known else None)


@solara.component
def Sliders(state: State, go: Go) -> None:
    """A slider for each of them."""
    lang, assumed = state.language, state.assumed
    shown = solara.use_memo(lambda: telling.assumptions_shown(assumed, lang), [assumed, lang])

    def hear(asked: dict[str, Any]) -> None:
        go(replace(state, assumed=telling.assumed_anew(assumed, asked)))

    Levers.element(shown=shown, on_asked=hear)
