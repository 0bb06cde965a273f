from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

pytest.importorskip("anywidget")

import simcomunita.app
from simcomunita.app.brief import LIMITS
from simcomunita.app.comparing import UNPRICED
from simcomunita.app.confidence import VERDICTS
from simcomunita.app.exporting import EXPORTS, MONTHS, RESULTS
from simcomunita.app.neighbourhood import Look
from simcomunita.app.watching import SIDES
from simcomunita.app.widgets import courses, flows, people
from simcomunita.app.words import word, words
from simcomunita.experiment.wording import LANGUAGES

APP = Path(simcomunita.app.__file__).parent


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", words())
def test_a_phrase_is_there_in_both_languages_and_asks_for_the_same_values(key: str) -> None:
    said = words()[key]
    assert set(said) == set(LANGUAGES)
    assert all(text.strip() for text in said.values())
    assert fields(said["en"]) == fields(said["it"])


def test_no_phrase_is_left_that_nobody_says() -> None:
    code = "\n".join(path.read_text("utf-8") for path in APP.rglob("*.py"))
    made_up = {f"chart {key}" for key in ("month", "low", "high", "table", "save_picture", "save_data")}
    # What the pictures of a community say is named in parts.
    made_up |= {f"player {key}" for key in flows.PLAYER} | {f"flows {key}" for key in flows.WORDS}
    made_up |= {f"people {key}" for key in people.WORDS} | {f"people column {key}" for key in people.COLUMNS}
    made_up |= {f"courses {key}" for key in (*courses.WORDS, *courses.LOWEST, "ties")}
    made_up |= {f"film {side}" for side in SIDES} | {f"film age {key}" for key in ("young", "middle", "old")}
    made_up |= {f"film {side} {key}" for side in ("origin", "vulnerable") for key in ("no", "yes")}
    made_up |= {f"{what} {kind}" for what in ("people around", "focus") for kind in ("facilitator", "place", "town")}
    made_up |= {f"look {one.name.lower()}" for one in Look} | {f"watch {which}" for which in ("current", "baseline")}
    made_up |= {f"compare {case}{why}" for case in UNPRICED for why in ("", " because")}
    made_up |= {f"export {key}" for key in EXPORTS} | {f"col {key}" for key in (*RESULTS, *MONTHS)}
    made_up |= {f"{kind} {verdict}" for kind in ("verdict", "verdicts") for verdict in VERDICTS}
    made_up |= {f"limit {at}" for at in range(1, LIMITS + 1)} | {"use fit", "use held out", "at least", "at most"}
    unsaid = [key for key in words() if key not in made_up and not re.search(rf"""["']{re.escape(key)}["']""", code)]
    assert unsaid == []


def test_a_phrase_without_its_values_is_an_error() -> None:
    with pytest.raises(KeyError):
        word("between", "en")
