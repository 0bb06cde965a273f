from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simcomunita.calibration.bank import FILE, Bank, BankPlan, find_bank, run_bank, sobol
from simcomunita.calibration.calibration import Calibration
from simcomunita.experiment.plan import ExperimentError

from .conftest import made_bank, made_model


def test_more_points_begin_with_fewer_and_another_seed_gives_others():
    np.testing.assert_array_equal(sobol(300, 5, 1)[:100], sobol(100, 5, 1))
    assert not np.array_equal(sobol(100, 5, 1), sobol(100, 5, 2))


def test_points_fill_every_side_evenly():
    counts = [np.histogram(column, 16, (0, 1))[0] for column in sobol(256, 12, 3).T]
    assert all((own == 16).all() for own in counts)


def test_every_point_is_run_with_its_own_parameters_and_seed(calibration: Calibration):
    plan = BankPlan.of(calibration)
    assert [(task.draw, task.seed) for task in plan.tasks[:2]] == [(1, 1), (2, 2)]
    lived = plan.trunks(2)[0].history.parameters
    value = calibration.priors.values(plan.cube)[1]
    assert (lived.spreading.staying, lived.spreading.walking_in) == tuple(value[:2])
    assert plan.trunks(0)[0].history.parameters == calibration.scenario.parameters


def test_a_bank_is_read_as_it_was_kept(calibration: Calibration, tmp_path: Path):
    small = calibration.sized(50, None)
    bank, _ = run_bank(BankPlan.of(small, made_model), 1, tmp_path)
    again = Bank.read(tmp_path / FILE)
    np.testing.assert_array_equal(again.cube, bank.cube)
    np.testing.assert_array_equal(again.counted(small.outcomes), bank.counted(small.outcomes))
    assert again.as_bytes() == bank.as_bytes()
    assert again.priors == bank.priors


def test_a_bank_that_was_broken_off_is_taken_up_and_comes_out_alike(calibration: Calibration, tmp_path: Path):
    small = calibration.sized(50, None)
    plan = BankPlan.of(small, made_model)
    told: list[int] = []

    def breaks_off(progress):
        if progress.done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_bank(plan, 1, tmp_path, breaks_off)
    bank, _ = run_bank(plan, 1, tmp_path, lambda progress: told.append(progress.taken_up))
    assert told[0] == 20
    whole, _ = run_bank(plan, 2, None)
    assert bank.as_bytes() == whole.as_bytes()


def test_a_bank_with_enough_points_is_found_and_another_is_refused(calibration: Calibration, tmp_path: Path):
    small = calibration.sized(50, None)
    run_bank(BankPlan.of(small, made_model), 1, tmp_path)
    assert len(find_bank(tmp_path, BankPlan.of(small))) == 50
    assert find_bank(tmp_path, BankPlan.of(calibration)) is None
    assert len(find_bank(tmp_path, BankPlan.of(calibration), enough=True)) == 50
    with pytest.raises(ExperimentError, match="other priors"):
        find_bank(tmp_path, BankPlan.of(replace(small, seed=7)))
    with pytest.raises(ExperimentError, match="other priors"):
        find_bank(tmp_path, BankPlan.of(replace(small, scale=0.05)))


def test_outcomes_are_counted_at_their_month(calibration: Calibration):
    _, bank = made_bank(calibration.sized(50, None))
    late = calibration.outcomes[0]
    early = replace(late, month=calibration.scenario.start)
    counted = bank.counted((early, late))
    assert (counted[:, 0] < 0.05 * counted[:, 1]).all()
    with pytest.raises(ExperimentError, match="does not hold"):
        bank.counted((replace(late, measure="isolated_share"),))


def test_a_file_that_is_no_bank_is_told(tmp_path: Path):
    (tmp_path / FILE).write_text("no")
    with pytest.raises(ExperimentError, match="no bank"):
        Bank.read(tmp_path / FILE)
