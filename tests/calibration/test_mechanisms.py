from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simcomunita.calibration.bank import Bank
from simcomunita.calibration.calibration import Calibration
from simcomunita.calibration.figures_otherwise import mechanisms_figure
from simcomunita.calibration.leaving_out import COMPLETE, plans, run_banks
from simcomunita.calibration.mechanisms import mechanisms_table, with_mechanisms
from simcomunita.calibration.page import page
from simcomunita.calibration.reading import load_calibration
from simcomunita.calibration.result import Result
from simcomunita.configuration import ConfigurationError

from .conftest import CALIBRATION, inferred, made_bank, made_model

WITHOUT = """\
without:
  points: 100
  scale: 0.05
  groups:
    closure: {switch_off: [closure], because: "a made-up model has none"}
    walking:
      label: {en: "walking in", it: "chi entra da sé"}
      parameters: {spreading.walking_in: 0.00001}
      because: "somebody must"
"""


@pytest.fixture(scope="module")
def calibration(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    file = tmp_path_factory.mktemp("without") / "small.yaml"
    file.write_text(CALIBRATION.replace("error: 0.1,", "error: 0.5,") + WITHOUT)
    return replace(load_calibration(file), method="linear", truths=20)


@pytest.fixture(scope="module")
def banks(calibration: Calibration) -> dict[str, Bank]:
    found = run_banks(calibration, 1, None, make_model=made_model)
    assert not found.failures
    assert found.one_code
    return found.found


@pytest.fixture(scope="module")
def result(calibration: Calibration, banks: dict[str, Bank]) -> Result:
    return with_mechanisms(inferred(calibration, made_bank(calibration)[1]), banks)


def test_what_is_left_out_is_left_out_in_every_draw_and_nothing_else_changes(calibration: Calibration):
    planned = plans(calibration)
    complete, closure, walking = (planned[name].trunks(3)[0].history.parameters for name in planned)
    assert complete.closure.on
    assert not closure.closure.on
    assert closure.spreading == complete.spreading
    assert walking.spreading.walking_in == 0.00001
    assert walking.spreading.staying == complete.spreading.staying
    assert len({plan.identity.configuration_hash for plan in planned.values()}) == 3
    assert {plan.tasks for plan in planned.values()} == {planned[COMPLETE].tasks}


def test_the_banks_are_taken_up_where_they_were_broken_off(calibration: Calibration, banks, tmp_path: Path):
    def breaks_off(done: int, total: int) -> None:
        if done == 130:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_banks(calibration, 1, tmp_path, breaks_off, made_model)
    told: list[tuple[int, int]] = []
    again = run_banks(calibration, 1, tmp_path, lambda *now: told.append(now), made_model).found
    assert told[0] == (0, 300)
    assert told[1] == (100, 300)
    assert told[-1] == (300, 300)
    for name, bank in banks.items():
        assert again[name].as_bytes() == bank.as_bytes()


def test_what_does_nothing_makes_no_difference_and_what_is_needed_is_found(result: Result):
    closure, walking = result.mechanisms.each
    assert (closure.ratio, closure.low, closure.high) == (0.0, 0.0, 0.0)
    assert closure.verdict == "no difference"
    assert walking.high < -3
    assert walking.verdict == "needed"
    assert closure.effective_complete > 10
    assert closure.surrogate == 0.0


def test_few_effective_runs_are_said_to_tell_nothing(result: Result):
    one = result.mechanisms.each[0]
    assert replace(one, effective_complete=4.0).verdict == "cannot tell"
    assert replace(one, effective=4.0).verdict == "cannot tell"
    assert replace(one, effective=1.0, ratio=-9.0, low=-12.0, high=-6.0).verdict == "needed"
    assert replace(one, low=0.2, high=0.9).verdict == "better without"


def test_it_is_told_what_each_figure_becomes(result: Result):
    closure, walking = result.mechanisms.each
    assert all(figure.complete == figure.as_fitted for figure in closure.figures)
    reached = walking.figures[0]
    assert reached.as_fitted[2] < 0.5 * reached.complete[1]
    assert not reached.held(reached.refitted)
    share = walking.figures[1]
    assert abs(share.shift) < 0.5


def test_a_figure_that_cannot_be_counted_without_it_is_said_to_be_so(result: Result, banks: dict[str, Bank]):
    gone = banks["walking"]
    series = {**gone.series, "labs_co_led_share": np.full_like(gone.series["labs_co_led_share"], np.nan)}
    found = with_mechanisms(result, {**banks, "walking": replace(gone, series=series)})
    walking = found.mechanisms.each[1]
    assert walking.ratio == -np.inf
    assert walking.verdict == "needed"
    assert walking.figures[1].as_fitted is None
    assert "impossible" in page(found, "en")
    assert "non si può contare" in page(found, "it")
    assert mechanisms_figure(found).axes


def test_the_table_and_the_page_say_it_in_words(result: Result):
    table = mechanisms_table(result.mechanisms)
    assert len(table) == 2 * 3
    assert set(table["verdict"]) == {"needed", "no difference"}
    assert "The published figures need walking in" in page(result, "en")
    assert "I dati pubblicati hanno bisogno di: chi entra da sé" in page(result, "it")
    for lang in ("en", "it"):
        texts = [text.get_text() for text in mechanisms_figure(result, lang).axes[0].texts]
        assert {"en": "walking in", "it": "chi entra da sé"}[lang] in texts
        assert not re.search(r"\bnan\b", page(result, lang))


def test_a_small_try_makes_the_banks_small_too(calibration: Calibration):
    small = calibration.sized(60, 0.02).without
    assert (small.points, small.scale) == (60, 0.02)
    whole = calibration.sized(None, None).without
    assert (whole.points, whole.scale) == (100, 0.05)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[closure]", "[closures]", 'Did you mean "closure"'),
        ("spreading.walking_in: 0.00001", "spreading.walking: 1", 'Did you mean "spreading.walking_in"'),
        ("spreading.walking_in: 0.00001", "spreading.walking_in: 7", "is no value that"),
        ("points: 100", "points: 5", "50"),
        ("switch_off: [closure], ", "", "leaves nothing out"),
    ],
)
def test_what_is_wrong_in_a_group_is_told(write: Callable[..., Path], old: str, new: str, said: str):
    text = CALIBRATION + WITHOUT
    assert old in text
    file = write()
    file.write_text(text.replace(old, new))
    with pytest.raises(ConfigurationError) as caught:
        load_calibration(file)
    assert said in str(caught.value)
