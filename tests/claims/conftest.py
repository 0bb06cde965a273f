from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simcomunita.claims.forms import LedgerForm, ScreenForm

CLAIM = """\
name: short
title: {en: Short, it: Breve}
claim: {en: "Helpers reach people.", it: "Gli aiutanti raggiungono persone."}
source: a test
done: {en: "Four months.", it: "Quattro mesi."}
until: 2016-05
arms:
  helped: {policies: [project]}
  alone: {}
contrasts:
  - says: {en: "more people are reached", it: "si raggiungono più persone"}
    kind: difference
    arms: [helped, alone]
    measure: citizens_reached
    over: {from: 2016-02, until: 2016-05}
    expect: higher
  - says: {en: "more people are active", it: "sono attive più persone"}
    kind: difference
    arms: [helped, alone]
    measure: active_now
    over: 2016-05
    expect: higher
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a claim of four months, with some of its text replaced."""

    def written(*replacements: tuple[str, str], name: str = "short.yaml") -> Path:
        text = CLAIM
        for old, new in replacements:
            assert old in text, old
            text = text.replace(old, new)
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return written


@pytest.fixture
def wide() -> LedgerForm:
    """A ledger whose screen lets nearly everything through, so that a test tries few draws."""
    screen = ScreenForm(scenario="project", factor=100, outcomes=("citizens_reached",))
    return LedgerForm(design=1, draws=2, seeds=2, scale=0.01, screen=screen)
