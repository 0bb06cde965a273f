from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

pytest.importorskip("anywidget")

from simcomunita.agents.citizens import Stage
from simcomunita.app.neighbourhood import neighbourhood
from simcomunita.app.widgets.courses import Courses, courses_data
from simcomunita.app.widgets.flows import Flows, flows_data
from simcomunita.app.widgets.people import People, people_data, teller
from tests.app.invented import invented

FOR_A_PHONE = 250_000
"""Bytes that all pictures together may need."""


def size(value: Any) -> int:
    if isinstance(value, bytes):
        return len(value)
    if isinstance(value, dict):
        return sum(size(key) + size(one) for key, one in value.items())
    return sum(map(size, value)) if isinstance(value, list) else len(str(value))


def test_the_flows_that_are_sent_are_those_that_were_seen() -> None:
    seen = invented()
    data = flows_data(seen, "en")
    sent = np.frombuffer(data["flows"], "<u2")
    for side, one in data["sides"].items():
        k = len(one["names"])
        ties = sent[one["offset"] :][: one["months"] * k * k].reshape(-1, k, k)
        assert (ties == seen.flows[side, "ties"]).all()
        rest = sent[one["offset"] + ties.size :][: ties.size].reshape(-1, k, k)
        assert (rest == seen.flows[side, "activations"]).all()


def test_people_are_counted_as_they_stand_and_ties_as_they_are_made() -> None:
    seen = invented()
    data = courses_data(seen, "en")
    counts = {one["key"]: one["values"] for one in data["courses"]}
    for t, row in enumerate(seen.stages):
        assert counts["contact"][t] == (row >= Stage.REACHED).sum()
        assert counts["taking"][t] == (row >= Stage.PARTICIPANT).sum()
        assert counts["running"][t] == (row >= Stage.ACTIVE).sum()
        assert counts["ties"][t] == seen.flows["age", "ties"][t].sum()
    assert len(data["dates"]) == len(data["months"]) == len(seen.stages)
    assert max(counts["ties"]) > 0


def test_a_phone_takes_all_pictures() -> None:
    seen = invented()
    near = neighbourhood(seen, seen.foci[0])
    data = (flows_data(seen, "it"), courses_data(seen, "it"), people_data(seen, near, "it"))
    assert sum(map(size, data)) < FOR_A_PHONE


def test_both_languages_say_the_same_things_in_other_words() -> None:
    seen = invented()
    near = neighbourhood(seen, seen.foci[0], 60)
    for make in (
        lambda lang: flows_data(seen, lang),
        lambda lang: people_data(seen, near, lang),
        lambda lang: courses_data(seen, lang),
    ):
        english, italian = (make(lang)["words"] for lang in ("en", "it"))
        assert english.keys() == italian.keys()
        alike = [key for key in english if english[key] == italian[key]]
        assert not alike, alike


def test_following_somebody_tells_their_story_and_following_a_stranger_does_not() -> None:
    seen = invented()
    near = neighbourhood(seen, seen.foci[0], 60)
    widget = People(data=people_data(seen, near, "en"), tell=teller(seen, "en"))
    assert widget.story == {}
    widget.followed = int(near.people[3])
    assert widget.story["person"] == int(near.people[3])
    widget.followed = 10_000_000
    assert widget.story == {}


def test_a_story_follows_the_language() -> None:
    seen = invented()
    near = neighbourhood(seen, seen.foci[0], 60)
    widget = People(data=people_data(seen, near, "en"), tell=teller(seen, "en"), followed=int(near.people[0]))
    assert widget.story["title"].startswith("Person ")
    widget.tell = teller(seen, "it")
    assert widget.story["title"].startswith("Persona ")


@pytest.mark.parametrize("widget", [Flows, Courses, People])
def test_a_widget_asks_no_other_host_and_loads_nothing(widget: type) -> None:
    source = str(widget._esm)
    addresses = set(re.findall(r"https?://[^\s\"']+", source))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\bimport\s*[({\"']|\bfetch\(|XMLHttpRequest", source)
