"""The film of what flows between municipalities or groups of people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import traitlets

from simcomunita.app.watching import AGES, KINDS, SIDES
from simcomunita.app.widgets import script
from simcomunita.app.widgets.messages import Messenger
from simcomunita.app.words import word
from simcomunita.experiment.wording import capital, month_text, number

if TYPE_CHECKING:
    from simcomunita.app.watching import Watched
    from simcomunita.experiment.wording import Language

HERE = Path(__file__).parent

SPAN = 12
"""Months of which flows are shown together: those of one month are few."""

PLAYER = ("play", "pause", "back", "on", "month", "history")
SAVES = ("save_picture", "save_data")
GAPS = ("all", "across", "number", "count", "contact", "taking", "running", "ties")
"""What the browser fills in."""
WORDS = (
    *("title", "said_ties", "said_activations", "ties", "activations", "kinds", "sides"),
    *("each_month", "table", "from", "to", "between", "and", "same", "how_many"),
)
"""Phrases that the browser needs: those of what plays, and those of this picture."""


class Flows(Messenger):
    """Arrows between municipalities or groups, month by month.

    Attributes
    ----------
    data
        What is drawn, as `flows_data` makes it.
    month
        Where the film stands, as a position; -1 for its end. The browser tells where it rests as a message
        ``{kind: "month", month}`` (YYYY-MM; empty at the end).
    link
        The page's link without the month, which the browser adds; nothing is told without one.
    """

    _esm = script("player", "wrapping", "keeping", "flows")
    _css = HERE / "film.css"
    data = traitlets.Dict().tag(sync=True)
    month = traitlets.Int(-1).tag(sync=True)
    link = traitlets.Unicode("").tag(sync=True)


def flows_data(watched: Watched, language: Language, name: str = "", film: str = "") -> dict[str, Any]:
    """Return what the widget draws: words, where groups stand, and all flows as whole numbers of two bytes.

    Parameters
    ----------
    name
        What the months after the history are called.
    film
        Pictures of the same film on one page show the same month.
    """
    sides, parts, offset = {}, [], 0
    for side in SIDES:
        names = group_names(watched, side, language)
        spots = watched.positions.tolist() if side == "municipality" else _circle(len(names))
        flows = [watched.flows[side, kind] for kind in KINDS]
        sides[side] = {
            "title": word(f"film {side}", language),
            "names": names,
            "spots": spots,
            "offset": offset,
            "months": len(watched.stages),
        }
        for one in flows:
            parts.append(one.astype("<u2").tobytes())
            offset += one.size
    return film_data(watched, language, name, film) | {
        "window": SPAN,
        "months": list(watched.months),
        "sides": sides,
        "flows": b"".join(parts),
        "file": "flows",
        "heading": word("flows title", language, span=SPAN),
        "words": words(language, WORDS, "flows"),
    }


def film_data(watched: Watched, language: Language, name: str, film: str) -> dict[str, Any]:
    """Return what all pictures of a film say of it."""
    return {
        "language": language,
        "film": film,
        "name": name or watched.name,
        "branch": watched.branch,
        "dates": dates(watched, language),
        "note": one_run(watched, language),
    }


def group_names(watched: Watched, side: str, language: Language) -> list[str]:
    """Names of a side's groups."""
    if side == "municipality":
        return list(watched.municipalities)
    if side == "age":
        bounds = {"low": AGES[0], "high": AGES[1]}
        return [word(f"film age {key}", language, **bounds) for key in ("young", "middle", "old")]
    return [word(f"film {side} {key}", language) for key in ("no", "yes")]


def dates(watched: Watched, language: Language) -> list[str]:
    """The months in words."""
    return [capital(month_text(watched.first + t, language)) for t in range(len(watched.stages))]


def one_run(watched: Watched, language: Language) -> str:
    """Say that a film is one run, of how many of the people."""
    scale = f"{number(100 * watched.scale, 0, language)} %"
    return word("watch one run", language, scale=scale, seed=watched.seed)


def words(language: Language, keys: Sequence[str], picture: str) -> dict[str, str]:
    """Return what a picture says in the browser, with what plays it; numbers are filled in there."""
    gaps = {name: f"{{{name}}}" for name in GAPS}
    played = {key: word(f"player {key}", language) for key in PLAYER}
    played |= {key: word(f"chart {key}", language) for key in SAVES}
    return played | {key: word(f"{picture} {key}", language, span=SPAN, **gaps) for key in keys}


def _circle(count: int) -> list[list[float]]:
    turn = np.arange(count) * 2 * np.pi / count + (np.pi if count == 2 else -np.pi / 2)
    places: list[list[float]] = (0.5 + 0.42 * np.stack([np.cos(turn), np.sin(turn)], axis=1)).round(4).tolist()
    return places
