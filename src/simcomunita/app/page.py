"""The workshop's page, as Solara serves it: one for every visitor, whose whole state is its link."""

from __future__ import annotations

from pathlib import Path

import solara
import solara.lab

from simcomunita.app.frame import Head
from simcomunita.app.guarding import HERE_IS, default_language
from simcomunita.app.html import tag
from simcomunita.app.pages.community import Community
from simcomunita.app.pages.compare import Compare
from simcomunita.app.pages.confidence import Confidence
from simcomunita.app.pages.explore import Explore
from simcomunita.app.pages.room import Room
from simcomunita.app.state import State
from simcomunita.app.words import word

STYLE = Path(__file__).parent / "style.css"


PAGES = {
    "explore": Explore,
    "community": Community,
    "compare": Compare,
    "confidence": Confidence,
    "room": Room,
}


def _accepted() -> str:
    headers = solara.lab.headers.value or {}
    return next((",".join(values) for name, values in headers.items() if name.lower() == "accept-language"), "")


@solara.component
def Page() -> None:
    """The page of one visitor."""
    router = solara.use_router()
    language = solara.use_memo(lambda: default_language(_accepted()), [])
    query = router.search or ""
    state, problems = solara.use_memo(lambda: State.from_query(query, language), [query, language])
    solara.Style(STYLE)

    def go(new: State) -> None:
        if new != state:
            router.push(f"/?{new.to_query()}")

    with tag("div", kind="sc-page"):
        Head(state, go, HERE_IS)
        with tag("main", kind=f"sc-{state.page}-place", id="sc-main", tabindex="-1"):
            if problems:
                with tag("div", kind="sc-problems", role="alert"):
                    tag("strong", word("problems", state.language))
                    with tag("ul"):
                        for problem in problems:
                            tag("li", problem)
            PAGES[state.page](state, go)


@solara.component
def Layout(children: list[solara.Element] = []) -> solara.Element:  # noqa: B006 - Solara's own way
    """Nothing around the page."""
    return solara.Div(children=children)
