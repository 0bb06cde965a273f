"""What is asked."""

from __future__ import annotations

from dataclasses import replace

from fake_workshop import FIRST, NONE, WHOLE, asked

from simcomunita.app.asking import Question
from simcomunita.app.choices import Choice


def test_a_question_has_the_same_key_wherever_it_is_asked() -> None:
    one = Question(Choice.of(facilitators=3, calls=5_000), NONE, FIRST)
    assert one.key == Question(Choice.of({"calls": 5_000, "facilitators": 3}), NONE, FIRST).key
    others = [asked(4), Question(NONE, one.choice, FIRST), replace(one, size=WHOLE)]
    assert len({question.key for question in (one, *others)}) == 4
