from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simcomunita.calibration.adjusting import Adjusted
from simcomunita.calibration.bank import KEPT, Bank, BankPlan
from simcomunita.calibration.calibration import Calibration
from simcomunita.calibration.reading import load_calibration
from simcomunita.calibration.result import Result, infer
from simcomunita.months import month_name

# Experiments stand beside the package and are not installed with it.
ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

CALIBRATION = """\
name: small
scenario: project
parameters:
  - {name: spreading.staying, prior: uniform}
  - {name: spreading.walking_in, prior: log_uniform}
  - facilitation.hours_of_a_case
outcomes:
  - {outcome: citizens_reached, use: fit, error: 0.2, because: "who counts"}
  - {outcome: labs_co_led_share, use: fit, error: 0.1, of: 552, because: "a sample"}
  - {outcome: active_participants, use: hold out, error: 0.2, because: "who counts"}
bank: {points: 200, scale: 0.1}
fit: {truths: 40, draws: 100}
"""

PEOPLE = 5932.0


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a small calibration, with some of its text replaced."""

    def written(*replacements: tuple[str, str], name: str = "small.yaml") -> Path:
        text = CALIBRATION
        for old, new in replacements:
            assert old in text, old
            text = text.replace(old, new)
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return written


@pytest.fixture
def calibration(write: Callable[..., Path]) -> Calibration:
    return load_calibration(write())


class Made:
    """A model whose outcomes are plain functions of three parameters, with a little chance."""

    def __init__(self, scenario: Any, seed: int, scale: float) -> None:
        self.scenario, self.seed, self.scale = scenario, seed, scale
        self.month = scenario.start - 1

    def advance_to(self, month: str) -> None:
        while month_name(self.month) < month:
            self.month += 1

    def branch(self, policies: Any, name: str) -> Made:
        twin = type(self)(self.scenario, self.seed, self.scale)
        twin.month = self.month
        return twin

    def series(self) -> dict[str, np.ndarray]:
        spreading = self.scenario.parameters.spreading
        months = np.arange(self.scenario.start, self.month + 1)
        so_far = np.arange(1, len(months) + 1) / len(months)
        chance = np.random.default_rng(self.seed)
        reached = chance.poisson(self.scale * PEOPLE * (spreading.walking_in / 0.00045) ** 0.5)
        values = {name: np.zeros(len(months)) for name in KEPT}
        values["citizens_reached"] = np.floor(reached * so_far)
        values["active_participants"] = np.floor(0.07 * reached * so_far)
        values["labs_co_led_share"] = np.full(len(months), np.clip(spreading.staying + 0.2, 0.0, 1.0))
        return {"month": np.array([month_name(int(month)) for month in months]), **values}

    def outcomes(self) -> dict[str, float]:
        return {name: float(values[-1]) for name, values in self.series().items() if name != "month"}


def made_model(scenario: Any, seed: int, scale: float) -> Made:
    return Made(scenario, seed, scale)


def made_bank(calibration: Calibration) -> tuple[BankPlan, Bank]:
    """A bank of the made-up model, without anything being kept."""
    from simcomunita.calibration.bank import run_bank

    plan = BankPlan.of(calibration, made_model)
    bank, failures = run_bank(plan, 1, None)
    assert not failures
    return plan, bank


def inferred(calibration: Calibration, bank: Bank) -> Result:
    """Fit and check by the quickest method alone, and by exact weights."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simcomunita.calibration.result.methods", lambda: {"linear": Adjusted})
        return infer(calibration, bank)
