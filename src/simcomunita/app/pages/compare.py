"""Compare: up to four choices side by side, with their money, and what can be taken along."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import solara

from simcomunita.app import scenarios
from simcomunita.app.asking import MEASURES, Answer
from simcomunita.app.comparing import Column, Comparing, questions
from simcomunita.app.html import Button, tag
from simcomunita.app.pages.assuming import Assuming
from simcomunita.app.pages.explore import Go, Heard, use_answer
from simcomunita.app.pages.side_by_side import lines, plane
from simcomunita.app.pages.taking import Taking
from simcomunita.app.state import MOST_NAME, MOST_SCENARIOS, PRESETS, State, changed
from simcomunita.app.widgets.chart import Chart
from simcomunita.app.widgets.files import Name
from simcomunita.app.widgets.library import library_url
from simcomunita.app.widgets.parts import Select
from simcomunita.app.widgets.points import Points
from simcomunita.app.words import word
from simcomunita.experiment.wording import capital, label, month_text
from simcomunita.months import parse_month


def use_answers(state: State) -> tuple[tuple[Answer | None, ...], tuple[Heard, ...]]:
    """Ask for all scenarios at once, and give each its newest answer."""
    asked = questions(state)
    heard = [use_answer(asked[at] if at < len(asked) else None) for at in range(MOST_SCENARIOS)]
    # A scenario that moved up keeps the answer that it had in its old place, unless its new place has a better one.
    told = sorted(heard, key=lambda one: (one.done, one.answer is not None and one.answer.whole))
    known = {one.answer.question.key: one.answer for one in told if one.answer is not None}
    latest = {one.key: one for one in told}
    return tuple(known.get(one.key) for one in asked), tuple(latest.get(one.key, Heard()) for one in asked)


@solara.component
def Compare(state: State, go: Go) -> None:
    """The third place of the workshop."""
    answers, heard = use_answers(state)
    comparing = Comparing(state, answers)
    lang = state.language
    with tag("div", kind="sc-compare"):
        with tag("section", kind="sc-answer", aria_label=word("answer", lang)):
            tag("h1", comparing.said() if state.scenarios else word("no scenarios", lang), kind="sc-headline")
            Assuming(state, go)
            Stands(comparing, heard)
        with tag("section", kind="sc-card sc-shelf"):
            tag("h2", word("scenarios", lang))
            for at, column in enumerate(comparing.columns):
                Kept(state, go, at, column, comparing.funded(column)).key(f"{at}")
            Add(state, go)
        if state.scenarios:
            Results(comparing, go)
        # Results come and go before it; what a visitor is told of a file must not go with them.
        Taking(comparing, go, all(one.done and one.error is None for one in heard)).key("taking")


@solara.component
def Stands(comparing: Comparing, heard: tuple[Heard, ...]) -> None:
    """Say whether this is a first look or refined, and what went wrong."""
    lang = comparing.language
    with tag("p", kind="sc-stands"):
        if not comparing.state.scenarios:
            tag("span", word("no scenarios how", lang))
            return
        broken = [column.name for column, one in zip(comparing.columns, heard, strict=True) if one.error is not None]
        answers = [answer for _, answer in comparing.answered]
        whole = len(answers) == len(heard) and all(one.whole for one in answers)
        kind = "fine" if whole else "quick" if answers else "none"
        working = not all(one.done for one in heard) or (len(answers) < len(heard) and not broken)
        name = word("asking" if kind == "none" else kind, lang)
        tag("span", name, kind=f"sc-sign sc-sign-{kind}{' sc-working' if working else ''}")
        if broken:
            tag("span", word("compare failed", lang, names=", ".join(broken)), role="alert")
        elif (best := comparing.best) is not None:
            end = month_text(parse_month(best.months[-1]), lang)
            tag("span", word("compare against", lang, baseline=comparing.baseline, month=end))


@solara.component
def Kept(state: State, go: Go, at: int, column: Column, funds: str) -> None:
    """One scenario: its name, what it funds, and what can be done with it."""
    lang = state.language
    with tag("div", kind="sc-kept", data_letter=column.letter):
        Badge(column)
        Name.element(
            value=column.name,
            label=word("scenario name", lang, letter=column.letter),
            most=MOST_NAME,
            on_value=lambda name: go(scenarios.renamed(state, at, name)),
        )
        tag("p", funds)
        with tag("div", kind="sc-kept-tools"):
            Button(
                word("open", lang),
                lambda: go(replace(state, page="explore", current=column.choice)),
                kind="sc-quiet",
                name=word("open scenario", lang, name=column.name),
            )
            Button(
                word("remove", lang),
                lambda: go(scenarios.without(state, at)),
                kind="sc-quiet",
                name=word("remove scenario", lang, name=column.name),
            )


def Badge(column: Column) -> Any:
    """Return a scenario's letter in its colour."""
    return tag("span", column.letter, kind="sc-badge", style=f"background:{column.ink}")


@solara.component
def Add(state: State, go: Go) -> None:
    """What can be added: the choice in Explore, and the presets that are not there yet."""
    lang = state.language
    if scenarios.full(state):
        return
    there = {one.choice for one in state.scenarios}
    with tag("div", kind="sc-add", role="group", aria_label=word("add", lang)):
        tag("span", word("add", lang), aria_hidden="true")
        if state.current not in there and all(one.choice != state.current for one in PRESETS.values()):
            Button(word("add now", lang), lambda: go(scenarios.kept(state, state.current)))
        for preset in PRESETS.values():
            if preset.choice not in there and preset.choice != state.baseline:
                Button(preset.label[lang], lambda chosen=preset.choice: go(scenarios.kept(state, chosen)))


@solara.component
def Results(comparing: Comparing, go: Go) -> None:
    """Table and pictures."""
    state, lang = comparing.state, comparing.language
    url = solara.use_memo(library_url, [])
    # One root, whatever is in it: with a second one beside it Solara would make the table anew.
    with tag("div", kind="sc-outcomes"):
        with tag("section", kind="sc-card sc-results"):
            with tag("div", kind="sc-choose"):
                tag("h2", word("compare table", lang))
                Select.element(
                    label=word("compare measure", lang),
                    options=[[one, capital(label(one, lang))] for one in MEASURES],
                    value=state.measure,
                    on_value=lambda one: go(changed(state, measure=one)),
                )
            Table(comparing)
            Cards(comparing)
        if (drawn := lines(comparing)) is not None:
            with tag("section", kind="sc-charts", aria_label=word("charts", lang)):
                with tag("div", kind="sc-card"):
                    Chart.element(data=drawn, library_url=url)
                with tag("div", kind="sc-card"):
                    Points.element(data=plane(comparing), library_url=url)


@solara.component
def Table(comparing: Comparing) -> None:
    """All of it as a table, for wide windows."""
    lang = comparing.language
    head = tag(
        "tr",
        tag("td", tag("span", word("compare what", lang), kind="sc-unseen")),
        *(tag("th", Badge(one), " ", one.name, scope="col") for one in comparing.columns),
    )
    rows = [
        tag(
            "tr",
            tag("th", row.name, scope="row"),
            *(tag("td", tag("b", one.said), tag("small", one.known) if one.known else None) for one in row.cells),
        )
        for row in comparing.rows()
    ]
    table = tag("table", tag("thead", head), tag("tbody", *rows))
    tag("div", table, kind="sc-scroll sc-wide", tabindex="0", role="region", aria_label=word("compare table", lang))


@solara.component
def Cards(comparing: Comparing) -> None:
    """The same as cards, for phones."""
    rows = comparing.rows()
    with tag("div", kind="sc-narrow"):
        for at, column in enumerate(comparing.columns):
            said = [
                tag(
                    "div",
                    tag("dt", row.name),
                    tag("dd", row.cells[at].said, tag("small", row.cells[at].known) if row.cells[at].known else None),
                )
                for row in rows
            ]
            tag("article", tag("h3", Badge(column), " ", column.name), tag("dl", *said))
