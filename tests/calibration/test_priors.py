from __future__ import annotations

import numpy as np
import pytest

from simcomunita.calibration.priors import Prior, Priors
from simcomunita.configuration import quantities
from simcomunita.experiment.draws import value_at
from simcomunita.mechanisms import ModelParameters

SHARES = np.linspace(0.0, 1.0, 41)


def test_a_two_piece_prior_is_that_of_designs():
    for one in list(quantities(ModelParameters))[:40]:
        if isinstance(one.default, int):
            continue
        prior = Prior(one.key, one.low, one.high, one.default)
        assert prior.value(SHARES).tolist() == [value_at(one, float(share)) for share in SHARES]


@pytest.mark.parametrize("shape", ["two_piece", "uniform", "log_uniform"])
def test_values_and_shares_lead_to_each_other(shape):
    prior = Prior("a.b", 0.5, 8.0, 1.0, shape)
    values = prior.value(SHARES)
    assert values.min() == 0.5
    assert values.max() == pytest.approx(8.0)
    np.testing.assert_allclose(prior.share(values), SHARES, atol=1e-12)


def test_log_uniform_is_even_in_factors():
    prior = Prior("a.b", 0.1, 10.0, 1.0, "log_uniform")
    assert prior.value(0.5) == pytest.approx(1.0)
    assert prior.value(0.75) == pytest.approx(10.0**0.5)


def test_whole_numbers_stay_whole():
    prior = Prior("a.b", 1, 5, 2, "uniform", whole=True)
    assert set(prior.value(SHARES).tolist()) == {1.0, 2.0, 3.0, 4.0, 5.0}


def test_points_of_several_parameters_go_column_by_column():
    priors = Priors((Prior("a.b", 0, 1, 0.5, "uniform"), Prior("a.c", 10, 30, 20, "uniform")))
    np.testing.assert_allclose(priors.values(np.array([[0.25, 0.5]])), [[0.25, 20.0]])
    np.testing.assert_allclose(priors.cube(np.array([[0.25, 20.0]])), [[0.25, 0.5]])
