from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simcomunita.calibration.page import page
from simcomunita.calibration.reading import load_calibration
from simcomunita.calibration.result import Result
from simcomunita.calibration.variants import MAIN, variants_table, with_variants
from simcomunita.configuration import ConfigurationError

from .conftest import CALIBRATION, inferred, made_bank

VARIANTS = """\
variants:
  attendances:
    label: {en: "attendances", it: "presenze"}
    counted_as: {citizens_reached: participations}
    because: {en: "a list at the door", it: "un foglio firme"}
  rougher:
    error: {active_participants: 0.9}
    because: "who knows"
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    file = tmp_path_factory.mktemp("variants") / "small.yaml"
    file.write_text(CALIBRATION + VARIANTS)
    calibration = replace(load_calibration(file), method="linear", truths=20)
    bank = made_bank(calibration)[1]
    # Attendances are four times as many as persons, so that half the walking in gives what was published.
    series = {**bank.series, "participations": 4.0 * bank.series["citizens_reached"]}
    return with_variants(inferred(calibration, replace(bank, series=series)))


def test_a_figure_that_is_read_otherwise_moves_what_it_tells_of(result: Result):
    attendances, rougher = result.variants
    assert attendances.far[0] == "spreading.walking_in"
    own = variants_table(result).query("name == 'spreading.walking_in'").set_index("variant")
    assert own.loc["attendances", "median"] < 0.3 * own.loc[MAIN, "median"]
    assert rougher.far == []


def test_what_is_fitted_alike_has_the_same_posterior(result: Result):
    np.testing.assert_array_equal(result.variants[1].posterior.cube, result.posterior.cube)
    table = variants_table(result).query("kind == 'outcome' and name == 'active_participants'").set_index("variant")
    assert table.loc["rougher", "high"] > 1.5 * table.loc[MAIN, "high"]
    assert table.loc[MAIN, "error"] == 0.2


def test_it_is_told_which_held_out_figures_are_then_missed(result: Result):
    inside, missed = result.variants[0].changed(result.predictions)
    assert inside == []
    assert [one.outcome.outcome for one in missed] == ["active_participants"]


@pytest.mark.parametrize(
    ("lang", "heading", "told"),
    [
        ("en", "If the figures mean something else", "now missed: *people who ever became active*"),
        ("it", "Se i dati vogliono dire altro", "ora mancati: *persone diventate attive*"),
    ],
)
def test_the_page_says_what_changes(result: Result, lang, heading: str, told: str):
    text = page(result, lang)
    assert heading in text
    assert told in text
    assert {"en": "a list at the door", "it": "un foglio firme"}[lang] in text
    assert not re.search(r"\bnan\b", text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{citizens_reached: part", "{citizen_reached: part", 'Did you mean "citizens_reached"'),
        ("participations}", "participation}", 'Did you mean "participations"'),
        ("participations}", "hires}", 'no reading of "citizens_reached"'),
        ("error: {active_participants: 0.9}", "error: {active_participants: 9}", "active_participants"),
        ("error: {active_participants: 0.9}", "", "reads nothing otherwise"),
    ],
)
def test_what_is_wrong_in_a_variant_is_told(write: Callable[..., Path], old: str, new: str, said: str):
    text = CALIBRATION + VARIANTS
    assert old in text
    file = write()
    file.write_text(text.replace(old, new))
    with pytest.raises(ConfigurationError) as caught:
        load_calibration(file)
    assert said in str(caught.value)


def test_variants_and_left_out_mechanisms_leave_the_bank_as_it_was(write: Callable[..., Path]):
    plain = load_calibration(write())
    file = write(name="more.yaml")
    file.write_text(CALIBRATION + VARIANTS)
    assert load_calibration(file).bank_hash() == plain.bank_hash()


def test_the_shipped_readings_are_in_both_languages():
    shipped = load_calibration("bassa_bresciana_orientale")
    assert len(shipped.variants) >= 5
    assert all(one.label.en != one.label.it and one.because.en != one.because.it for one in shipped.variants)
    assert shipped.without is not None
    assert all(one.label.en != one.label.it for one in shipped.without.groups)
