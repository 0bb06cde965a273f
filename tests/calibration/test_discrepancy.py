from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simcomunita.calibration.discrepancy import rarity, with_rarity
from simcomunita.calibration.page import page
from simcomunita.calibration.reading import load_calibration
from simcomunita.calibration.result import Result

from .conftest import inferred, made_bank

Publish = Callable[..., Result]


@pytest.fixture
def publish(write: Callable[..., Path], tmp_path: Path) -> Publish:
    """Fit the made-up model to other figures; attendances are ten for each person."""

    def published(reached: float = 5932, share: float = 0.65, active: float = 420) -> Result:
        rows = f"citizens_reached,{reached}\nlabs_co_led_share,{share}\nactive_participants,{active}\n"
        (tmp_path / "sheet.csv").write_text(f"outcome,published\n{rows}")
        read = load_calibration(write(("scenario: project", "scenario: project\nobserved: sheet.csv")))
        read = replace(read, method="linear", truths=20)
        bank = made_bank(read)[1]
        series = {**bank.series, "participations": 10.0 * bank.series["citizens_reached"]}
        return with_rarity(inferred(read, replace(bank, series=series)))

    return published


def test_figures_that_the_model_gives_are_ordinary_and_nothing_is_advised(publish: Publish):
    result = publish()
    assert result.rarity.advice == ()
    assert result.rarity.odd is None
    assert result.rarity.all > 0.1
    assert all(one.as_far > 0.1 for one in result.predictions)
    assert "Every published figure lies among those" in page(result, "en")


def test_a_figure_that_no_draw_gives_is_told_with_what_can_be_done(publish: Publish):
    result = publish(reached=90_000)
    (advice,) = result.rarity.advice
    assert advice.above
    assert advice.farthest < 90_000
    assert {reading.measure: reading.inside for reading in advice.readings}["participations"]
    assert advice.error > 0.2
    assert advice.drivers[0] == ("spreading.walking_in", True)
    assert result.predictions[0].as_far < 0.05
    english, italian = page(result, "en"), page(result, "it")
    assert "no draw comes near" in english
    assert "Counted as *attendances at labs*" in english
    assert "more `spreading.walking_in`" in english
    assert "the mechanism has to change, not a number" in english
    assert "va cambiato il meccanismo, non un numero" in italian
    assert "più `spreading.walking_in`" in italian
    assert "{" not in english + italian


def test_too_little_is_told_as_well_as_too_much(publish: Publish):
    (advice,) = publish(reached=20).rarity.advice
    assert not advice.above
    assert advice.drivers[0] == ("spreading.walking_in", False)


def test_figures_that_are_rare_only_together_are_seen_and_the_odd_one_named(publish: Publish):
    # Whatever the parameters, seven in a hundred of those reached are active; each figure alone is ordinary.
    result = publish(reached=12_000, active=200)
    assert not any(one.outside for one in result.predictions)
    assert result.rarity.all < 0.05
    odd, share = result.rarity.odd
    assert odd.outcome in ("citizens_reached", "active_participants")
    assert share > result.rarity.all
    assert "stands out" in page(result, "en")
    assert "Spicca" in page(result, "it")


def test_rarity_is_even_for_what_the_runs_report_themselves():
    reports = np.random.default_rng(1).standard_normal((400, 4))
    found = np.array([rarity(reports, one) for one in np.random.default_rng(2).standard_normal((200, 4))])
    assert found.mean() == pytest.approx(0.5, abs=0.08)
    assert (found < 0.05).mean() < 0.12
    assert rarity(reports, np.full(4, 9.0)) == pytest.approx(1 / 401)
