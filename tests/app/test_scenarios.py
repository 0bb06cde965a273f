from __future__ import annotations

from dataclasses import replace

import pytest

from simcomunita.app.choices import PRESETS, Choice
from simcomunita.app.scenarios import full, kept, renamed, without
from simcomunita.app.state import MOST_NAME, State

EIGHT, PLACES = PRESETS["eight"].choice, PRESETS["places"].choice
LONG = "a name that is thirty-six letters ab cd ef gh"


def test_a_choice_is_kept_under_its_presets_name_or_what_was_moved_or_its_own() -> None:
    state = kept(kept(kept(State(language="it"), EIGHT), Choice.of(facilitators=3)), PLACES, "I luoghi")
    assert [one.name for one in state.scenarios] == [PRESETS["eight"].label["it"], "3 facilitatori", "I luoghi"]
    assert [one.choice for one in state.scenarios] == [EIGHT, Choice.of(facilitators=3), PLACES]


def test_four_are_kept_and_no_more() -> None:
    state = State()
    for number in range(6):
        state = kept(state, Choice.of(facilitators=number))
    assert len(state.scenarios) == 4
    assert full(state)


@pytest.mark.parametrize("name", ["Twice", LONG, "x" * MOST_NAME])
def test_a_name_that_is_taken_gets_a_number_and_stays_one_that_a_link_may_hold(name: str) -> None:
    state = kept(kept(State(), EIGHT, name), PLACES, name)
    assert len({one.name for one in state.scenarios}) == 2
    assert State.from_query(state.to_query()) == (state, ())


def test_a_new_name_is_taken_without_signs_that_it_may_not_hold_and_an_empty_one_not_at_all() -> None:
    state = kept(State(), EIGHT, "Before")
    assert renamed(state, 0, "<b>After</b>").scenarios[0].name == "bAfter/b"
    assert renamed(state, 0, " <> ") == state
    assert renamed(state, 3, "Nowhere") == state
    assert renamed(state, 0, "Before") == state


def test_one_that_is_left_out_leaves_the_others_in_their_order() -> None:
    state = kept(kept(kept(State(), EIGHT, "1"), PLACES, "2"), Choice.of(facilitators=1), "3")
    assert [one.name for one in without(state, 1).scenarios] == ["1", "3"]
    assert without(state, 7) == state


def test_a_link_with_two_long_equal_names_is_read() -> None:
    query = f"lang=en&s=eight~{LONG[:37]}&s=places~{LONG[:37]}"
    state, _ = State.from_query(query)
    assert len(state.scenarios) == 2
    assert replace(state, page="compare").page == "compare"
