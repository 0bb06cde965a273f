"""Choices kept under a name: keeping one more, calling it otherwise, leaving it out."""

from __future__ import annotations

from dataclasses import replace

from simcomunita.app.choices import PRESETS, Choice
from simcomunita.app.levers import LEVERS
from simcomunita.app.state import MOST_NAME, MOST_SCENARIOS, Named, State, plain_name
from simcomunita.app.words import word
from simcomunita.experiment.wording import Language

LETTERS = "ABCD"
"""How scenarios are told apart where a name is too long, in their order."""


def full(state: State) -> bool:
    """Whether no further scenario can be kept."""
    return len(state.scenarios) >= MOST_SCENARIOS


def kept(state: State, choice: Choice, name: str = "") -> State:
    """Return the state with one more scenario; the same state if there are as many as may be.

    Parameters
    ----------
    name
        What it is called; by the preset that it is, or by the levers that are moved, if nothing is said.
    """
    if full(state):
        return state
    if not plain_name(name):
        found = next((preset for preset in PRESETS.values() if preset.choice == choice), None)
        name = found.label[state.language] if found else _short(choice, state.language)
    own = _own(name, [one.name for one in state.scenarios])
    return replace(state, scenarios=(*state.scenarios, Named(own, choice)))


def renamed(state: State, at: int, name: str) -> State:
    """Return the state with a scenario called otherwise; the same state if there is nothing left of the name."""
    if not (0 <= at < len(state.scenarios) and plain_name(name)):
        return state
    others = [one.name for i, one in enumerate(state.scenarios) if i != at]
    new = Named(_own(name, others), state.scenarios[at].choice)
    return replace(state, scenarios=(*state.scenarios[:at], new, *state.scenarios[at + 1 :]))


def without(state: State, at: int) -> State:
    """Return the state without a scenario."""
    return replace(state, scenarios=tuple(one for i, one in enumerate(state.scenarios) if i != at))


def _short(choice: Choice, lang: Language) -> str:
    """Name a choice by as many of the levers that are moved as a name has room for."""
    texts = [LEVERS[key].value_text(value, lang) for key, value in choice.moved.items()]
    while texts and len(plain_name(", ".join(texts))) < len(", ".join(texts)):
        texts.pop()
    return ", ".join(texts) or word("scenario number", lang, number=1)


def _own(name: str, taken: list[str]) -> str:
    """Return a name that may be used and is not taken."""
    plain = plain_name(name)
    number, own = 1, plain
    while own in taken:
        number += 1
        own = f"{plain[: MOST_NAME - 4].rstrip()} {number}"
    return own
