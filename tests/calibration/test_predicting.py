"""What is predicted of a figure that is only a bound keeps to the bound."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.calibration.outcomes import Outcome
from simcomunita.calibration.predicting import _interval
from simcomunita.scenario.forms import Words

BECAUSE = Words(en="a test", it="una prova")


@pytest.mark.parametrize(("bound", "expected"), [("at least", (10.0, 25.0, 25.0)), ("at most", (25.0, 25.2, 40.0))])
def test_an_interval_of_reports_does_not_pass_what_is_reported_as_a_bound(bound, expected):
    one = Outcome("labs", "labs", "count", 24240, 25.0, "fit", 0.1, BECAUSE, bound=bound)
    values = one.summary(np.repeat([10.0, 25.2, 40.0], 100), 1.0)
    assert _interval(one, values, 1.0) == pytest.approx(expected)
