from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from simcomunita.calibration.calibration import Calibration
from simcomunita.calibration.reading import is_calibration, load_calibration
from simcomunita.configuration import ConfigurationError
from simcomunita.months import parse_month
from simcomunita.scenario import load_study


def test_the_shipped_calibration_holds_out_what_it_does_not_fit():
    shipped = load_calibration("bassa_bresciana_orientale")
    assert [one.outcome for one in shipped.fitted] == [
        "citizens_reached",
        "active_participants",
        "beneficiaries_taken_on",
        "proximity_labs",
        "labs_co_led_share",
    ]
    assert len(shipped.held_out) == 5
    assert len(shipped.because) == len(shipped.priors)
    assert all(shipped.because)
    assert all(one.because.en != one.because.it for one in shipped.outcomes)


def test_the_shipped_posterior_is_that_of_the_shipped_calibration():
    shipped = load_calibration("bassa_bresciana_orientale")
    posterior = load_study("facilitators_8_vs_0").drawn_from
    assert posterior is not None
    assert tuple(posterior.rows[0]) == shipped.priors.keys
    assert posterior.about["fitted"] == [one.name for one in shipped.fitted]
    assert posterior.about["runs"] == shipped.points
    assert posterior.about["scale"] == shipped.scale
    values = np.array([list(row.values()) for row in posterior.rows])
    assert ((shipped.priors.cube(values) >= 0.0) & (shipped.priors.cube(values) <= 1.0)).all()


def test_ends_and_middle_are_those_of_the_parameter_if_not_said(calibration: Calibration):
    case = calibration.priors.each[2]
    assert (case.low, case.median, case.high, case.shape) == (2.5, 4.2, 10, "two_piece")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("spreading.staying, prior", "spreading.stayin, prior", 4, 'Did you mean "spreading.staying"'),
        ("facilitation.hours_of_a_case", "spreading.staying", 6, "given twice"),
        ("prior: uniform}", "prior: uniform, low: 0.7}", 4, "lower end below the upper"),
        ("prior: uniform}", "prior: uniform, high: 1.5}", 4, "1.5 is no value"),
        ("prior: log_uniform}", "prior: log_uniform, low: 0}", 5, "no logarithm"),
        ("{name: spreading.staying, prior: uniform}", "spreading.example", 4, "half of the draws would stay"),
        ("prior: uniform}", "prior: uniformly}", 4, 'Did you mean "uniform"'),
        ("citizens_reached, use", "citizen_reached, use", 8, 'Did you mean "citizens_reached"'),
        ("error: 0.2, because", "error: 0.2, of: 3, because", 8, "is no share"),
        ("error: 0.2, because", "error: 0.2, counted_as: contact, because", 8, 'Did you mean "contacts"'),
        ("points: 200", "points: 3", 11, "50"),
        ("scenario: project", "scenario: projekt", 2, "project"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(write: Callable[..., Path], old: str, new: str, line: int, said: str):
    with pytest.raises(ConfigurationError) as caught:
        load_calibration(write((old, new)))
    message = str(caught.value)
    assert said in message
    assert f"small.yaml:{line}:" in message


def test_something_must_be_fitted(write: Callable[..., Path]):
    with pytest.raises(ConfigurationError, match="all outcomes are held out"):
        load_calibration(write(("use: fit", "use: hold out")))


def test_monitoring_sheets_give_figures_at_dates_and_bounds(write: Callable[..., Path], tmp_path: Path):
    (tmp_path / "sheet.csv").write_text(
        "outcome,published,date,bound,note\n"
        "citizens_reached,900,2016-08,at least,\ncitizens_reached,5932,,,\n"
        "labs_co_led_share,0.6,2017-02,,\nactive_participants,420,,,x\n"
    )
    read = load_calibration(write(("scenario: project", "scenario: project\nobserved: sheet.csv")))
    assert [one.name for one in read.fitted] == [
        "citizens_reached@2016-08",
        "citizens_reached",
        "labs_co_led_share@2017-02",
    ]
    assert read.fitted[0].month == parse_month("2016-08")
    assert read.fitted[0].bound == "at least"


def test_a_figure_of_a_month_that_is_not_lived_is_refused(write: Callable[..., Path], tmp_path: Path):
    rows = "citizens_reached,9,2020-08\nlabs_co_led_share,1.5,\nactive_participants,4,\n"
    (tmp_path / "sheet.csv").write_text(f"outcome,published,date\n{rows}")
    with pytest.raises(ConfigurationError) as caught:
        load_calibration(write(("scenario: project", "scenario: project\nobserved: sheet.csv")))
    assert "2016-02 to 2019-09" in str(caught.value)
    assert "which is no share" in str(caught.value)


def test_what_is_fitted_does_not_change_the_bank_but_priors_do(write: Callable[..., Path], calibration: Calibration):
    otherwise = load_calibration(write(("error: 0.1", "error: 0.5"), ("points: 200", "points: 300")))
    assert otherwise.bank_hash() == calibration.bank_hash()
    wider = load_calibration(write(("prior: uniform}", "prior: uniform, low: 0.1}")))
    assert wider.bank_hash() != calibration.bank_hash()


def test_a_calibration_is_told_from_a_scenario(write: Callable[..., Path]):
    assert is_calibration(write())
    assert not is_calibration("project")
    assert not is_calibration("no_such_thing")
