from __future__ import annotations

from simcomunita.app.frame import head, moved
from simcomunita.app.state import Choice, State

STATE = State(language="it", current=Choice.of(facilitators=3))


def test_every_place_and_language_has_a_link_that_keeps_the_rest() -> None:
    shown = head(STATE, "me")
    links = [one["href"] for one in (*shown["places"], *shown["languages"])]
    assert len(links) == 6
    for link in links:
        state, problems = State.from_query(link)
        assert problems == ()
        assert state.current == STATE.current


def test_exactly_one_place_and_one_language_is_the_current_one() -> None:
    shown = head(STATE, "me")
    assert [one["key"] for one in shown["places"] if one["current"]] == ["explore"]
    assert [one["key"] for one in shown["languages"] if one["current"]] == ["it"]


def test_a_click_moves_what_it_names_and_nothing_else() -> None:
    assert moved(STATE, {"page": "compare"}) == State(language="it", page="compare", current=STATE.current)
    assert moved(STATE, {"language": "en"}).current == STATE.current
    assert moved(STATE, {"reset": True}) == State(language="it")
    for nonsense in ({}, {"page": "../etc"}, {"language": "xx"}, {"reset": "yes"}, {"page": ["explore"]}):
        assert moved(STATE, nonsense) == STATE
