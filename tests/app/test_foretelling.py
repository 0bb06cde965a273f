from __future__ import annotations

from typing import Any

import pytest

from simcomunita.app import foretelling
from simcomunita.app.asking import FINE, Question
from simcomunita.app.choices import Choice
from simcomunita.app.foretelling import comparison, start_text, tally, verdict_of
from simcomunita.app.gathering import Guess
from tests.app.standin import answer

TWELVE = answer(Question(Choice.of(facilitators=12)), FINE, 8)
BAND = TWELVE.by_measure["active_now"].current
MIDDLE = float(BAND.middle[-1])


def test_a_number_among_the_runs_is_said_to_be_among_them() -> None:
    said = comparison(Guess(round(MIDDLE), "better"), TWELVE, "en")
    assert said[1] == "Your number lies among the runs."
    assert "so do the runs" in said[2]


@pytest.mark.parametrize(("language", "higher", "lower"), [("en", "higher", "lower"), ("it", "più alto", "più basso")])
def test_a_number_beside_the_runs_is_asked_about_rather_than_marked(language: Any, higher: str, lower: str) -> None:
    for by, word in ((600, higher), (-600, lower)):
        said = comparison(Guess(round(MIDDLE) + by, "better"), TWELVE, language)
        assert word in said[1]
        assert "600" in said[1]
        assert said[1].endswith("?")
        assert not any(mark in " ".join(said).lower() for mark in ("wrong", "mistake", "sbagliat", "errore"))


def test_another_verdict_than_the_runs_is_said_with_theirs() -> None:
    assert verdict_of(TWELVE) == "better"
    said = comparison(Guess(round(MIDDLE), "unclear"), TWELVE, "it")
    assert said[2] == "Vi aspettavate che non si può dire; nel modello sono di più."


def test_one_run_is_not_held_against_anybody() -> None:
    one = answer(Question(Choice.of(facilitators=12)), FINE, 1)
    said = comparison(Guess(600, "better"), one, "en")
    assert said == ("You expected 600. More runs are on their way; then both stand side by side.",)


def test_what_is_told_beforehand_is_the_past_alone() -> None:
    other = answer(Question(Choice.of(facilitators=3)), FINE, 8)
    assert start_text(TWELVE, "en") == start_text(other, "en")
    assert "December 2019" in start_text(TWELVE, "en")


def test_the_slider_ends_well_above_anything_a_choice_brings_and_can_be_reached_by_its_steps() -> None:
    assert foretelling.most() > 2 * 1_000
    assert foretelling.most() % foretelling.STEP == 0


def test_the_room_is_told_how_many_expect_what() -> None:
    guesses = (Guess(300, "better"), Guess(500, "unclear"), Guess(800, "better"), Guess(900, "worse"))
    said = tally(guesses, "en")
    assert "4 predictions" in said
    assert "650" in said
    assert "More than in the comparison: 2; fewer: 1; cannot be told: 1." in said
    assert tally(guesses[:1], "it") == "Una previsione finora: 300 cittadini attivi."
    assert tally((), "en") == "Nobody has sent a prediction yet."
