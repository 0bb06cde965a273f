from __future__ import annotations

import string

import pytest

from simcomunita.commands import comparing, remarking, tracing
from simcomunita.commands.saying import NOTES, counted, said
from simcomunita.commands.watching import Lines
from simcomunita.outcomes import genealogy_figure

TABLES = {
    "saying": NOTES,
    "comparing": comparing._TEXTS,
    "tracing": tracing._TEXTS,
    "remarking": {"goes on": remarking._GOES_ON},
    "genealogy": genealogy_figure._WORDS,
}


@pytest.mark.parametrize("table", TABLES)
def test_every_phrase_says_the_same_in_both_languages(table: str) -> None:
    for key, phrases in TABLES[table].items():
        used = [{name for _, name, _, _ in string.Formatter().parse(phrases[lang]) if name} for lang in ("en", "it")]
        assert used[0] == used[1], key


def test_one_and_several_are_said_differently() -> None:
    assert "1 was run" in said(counted("kept", 1), "en", kept=1, where="out")
    assert "2 were run" in said(counted("kept", 2), "en", kept=2, where="out")


def test_progress_is_told_in_italian(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("simcomunita.commands.watching.time.monotonic", lambda: now[0])
    lines = Lines("seeds", "it")
    for done in (0, 2, 4):
        lines(done, 4)
        now[0] += 10.0
    assert capsys.readouterr().err.splitlines() == ["ripetizioni: 2 su 4, ancora 10 s circa", "ripetizioni: 4 su 4"]
