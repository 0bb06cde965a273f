"""What can be taken along from the page that compares, and what can be brought: files and the link."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from typing import Any

import solara
import solara.lab

from simcomunita.app.comparing import Comparing
from simcomunita.app.exporting import EXPORTS, File, Origin, export
from simcomunita.app.html import tag
from simcomunita.app.pages.explore import Go
from simcomunita.app.refusals import Refusals
from simcomunita.app.state import MOST_FILE, State
from simcomunita.app.widgets.files import Files
from simcomunita.app.words import word
from simcomunita.experiment.wording import Language, number


@dataclass(frozen=True)
class Brought:
    """What became of a file that a visitor opened: the state in it, if any, and what was wrong."""

    state: State | None
    problems: tuple[str, ...] = ()


def opened(told: dict[str, Any], lang: Language) -> Brought:
    """Read a file that the browser sent; one from which nothing can be taken changes nothing."""
    size, content = told.get("size", 0), told.get("content", "")
    if not isinstance(size, int) or not isinstance(content, str) or size > MOST_FILE or len(content) > 2 * MOST_FILE:
        refused = Refusals(lang)
        refused.add("long file", most=MOST_FILE // 1000)
        return Brought(None, refused.said)
    try:
        read = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        read = b"\xff"
    state, problems = State.from_file(read, lang)
    if problems and state == State(lang):
        return Brought(None, problems)
    return Brought(replace(state, page="compare"), problems)


@solara.component
def Taking(comparing: Comparing, go: Go, ready: bool) -> None:
    """Buttons for every export, the link, and a file to open."""
    lang, state = comparing.language, comparing.state
    nothing: dict[str, Any] = {}
    asked, set_asked = solara.use_state(nothing)
    made, set_made = solara.use_state(nothing)
    told, tell = solara.use_state("")
    brought, set_brought = solara.use_state(Brought(None))
    latest = solara.use_ref((comparing, go))
    latest.current = (comparing, go)

    def make() -> None:
        key = str(asked.get("key"))
        if key not in EXPORTS:
            return
        shown, _ = latest.current
        try:
            done = export(key, shown, Origin.now(f"{_address(asked)}?{shown.state.to_query()}"))
        except Exception:  # noqa: BLE001 - the reader is told, and the page goes on
            tell(word("export failed", shown.language))
            return
        tell("")
        set_made(_sent(done, asked))

    solara.lab.use_task(make, dependencies=[asked.get("number", 0)], raise_error=False)

    def take(content: dict[str, Any]) -> None:
        found = opened(content, latest.current[0].language)
        set_brought(found)
        if found.state is not None:
            latest.current[1](found.state)

    with tag("section", kind="sc-card sc-taking"):
        tag("h2", word("exports", lang))
        tag("p", word("exports how" if ready and state.scenarios else "export wait", lang))
        shown = {
            "files": [[key, word(f"export {key}", lang)] for key in EXPORTS],
            "ready": bool(ready and state.scenarios),
            "query": f"?{state.to_query()}",
            "said": told,
            "number": made.get("number", 0),
            "making": word("export making", lang),
            "link": word("link", lang),
            "copy": word("copy", lang),
            "copied": word("copied", lang),
            "open": word("upload", lang),
            "hint": word("upload hint", lang, most=number(MOST_FILE // 1000, 0, lang)),
        }
        Files.element(
            shown=shown,
            made=made,
            most=MOST_FILE,
            on_asked=set_asked,
            on_brought=take,
        )
        if brought.state is not None or brought.problems:
            key = "upload refused" if brought.state is None else "upload some" if brought.problems else "upload done"
            with tag("div", kind="sc-problems" if brought.problems else "sc-opened", role="alert"):
                tag("strong", word(key, lang))
                if brought.problems:
                    tag("ul", *(tag("li", problem) for problem in brought.problems))


def _address(asked: dict[str, Any]) -> str:
    """Return the page's address as the browser says it; nothing but an address."""
    said = str(asked.get("at", ""))[:200]
    return said if said.startswith(("http://", "https://")) and said.isprintable() else ""


def _sent(file: File, asked: dict[str, Any]) -> dict[str, Any]:
    content = base64.b64encode(file.content).decode("ascii")
    return {"name": file.name, "kind": file.kind, "content": content, "number": asked.get("number", 0)}
