"""How many people and ties there were in each month of a film."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import numpy as np
import traitlets

from simcomunita.agents.citizens import Stage
from simcomunita.app.widgets import script
from simcomunita.app.widgets.flows import film_data, words
from simcomunita.app.words import word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simcomunita.app.watching import Watched
    from simcomunita.experiment.wording import Language

HERE = Path(__file__).parent

LOWEST = {"contact": Stage.REACHED, "taking": Stage.PARTICIPANT, "running": Stage.ACTIVE}
"""From which stage on people are counted."""

WORDS = ("title", "said", "table", "month")
"""Phrases that the browser needs."""


class Courses(anywidget.AnyWidget):
    """People in contact, taking part and running things, and ties made, month by month.

    Attributes
    ----------
    data
        What is drawn, as `courses_data` makes it.
    """

    _esm = script("player", "wrapping", "keeping", "courses")
    _css = HERE / "film.css"
    data = traitlets.Dict().tag(sync=True)


def courses(watched: Watched) -> dict[str, NDArray[np.int64]]:
    """Count people from each of `LOWEST` on at the end of each month, and ties made in it (``ties``): int (t)."""
    found = {key: np.count_nonzero(watched.stages >= int(stage), axis=1) for key, stage in LOWEST.items()}
    return found | {"ties": watched.flows["municipality", "ties"].sum(axis=(1, 2), dtype=np.int64)}


def courses_data(watched: Watched, language: Language, name: str = "", film: str = "") -> dict[str, Any]:
    """Return what the widget draws.

    Parameters
    ----------
    name, film
        As of `flows_data`.
    """
    return film_data(watched, language, name, film) | {
        "months": list(watched.months),
        "residents": watched.residents,
        "courses": [
            {"key": key, "name": word(f"courses {key}", language), "values": values.tolist()}
            for key, values in courses(watched).items()
        ],
        "file": "courses",
        "heading": word("courses title", language),
        "words": words(language, WORDS, "courses"),
    }
