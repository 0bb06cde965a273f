from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simcomunita.calibration.outcomes import Outcome, observed, summaries
from simcomunita.scenario.forms import Words

WHY = Words(en="why", it="perché")
REACHED = Outcome("citizens_reached", "citizens_reached", "count", 24236, 5932.0, "fit", 0.3, WHY)
SHARE = Outcome("labs_co_led_share", "labs_co_led_share", "share", 24236, 0.65, "fit", 0.0, WHY, of=552)


def test_counts_are_of_the_whole_territory_and_shares_stay():
    counted = np.array([0.5])
    assert REACHED.whole(counted, 0.1) == pytest.approx(5.0)
    assert SHARE.whole(counted, 0.1) == pytest.approx(0.5)


def test_a_report_of_a_count_errs_by_a_factor_of_the_stated_size():
    reported = REACHED.reported(np.full(20_000, 1000.0), 1.0, 1)
    assert np.log(reported / 1000.0).std() == pytest.approx(0.3, rel=0.03)
    assert np.median(reported) == pytest.approx(1000.0, rel=0.02)


def test_a_share_of_so_many_errs_like_a_sample_of_so_many():
    reported = SHARE.reported(np.full(20_000, 0.65), 1.0, 1)
    assert reported.std() == pytest.approx((0.65 * 0.35 / 552) ** 0.5, rel=0.05)


def test_without_error_a_report_is_what_happened():
    exact = replace(REACHED, error=0.0)
    np.testing.assert_array_equal(exact.reported(np.array([3.0, 9.0]), 1.0, 1), [3.0, 9.0])


def test_reports_of_more_runs_begin_with_those_of_fewer():
    values = np.linspace(10, 900, 50)
    for one in (REACHED, SHARE):
        some = np.clip(values / 1000, 0, 1) if one.kind == "share" else values
        np.testing.assert_array_equal(one.reported(some, 1.0, 4)[:20], one.reported(some[:20], 1.0, 4))


def test_more_than_at_least_is_reported_as_at_least():
    bound = replace(REACHED, error=0.0, bound="at least")
    np.testing.assert_array_equal(bound.reported(np.array([100.0, 9000.0]), 1.0, 1), [100.0, 5932.0])
    told = summaries((bound,), np.array([[6000.0], [9000.0]]), 1.0, 1)
    assert told[0, 0] == told[1, 0] == observed((bound,), 1.0)[0]


@pytest.mark.parametrize("one", [REACHED, SHARE])
def test_a_summary_leads_back_to_its_figure(one: Outcome):
    assert one.told(float(one.summary(np.array([one.published]), 0.1)[0]), 0.1) == pytest.approx(one.published)


def test_nothing_at_all_has_a_summary():
    for one in (REACHED, SHARE):
        assert np.isfinite(one.summary(np.array([0.0, 1.0]), 0.1)).all()
