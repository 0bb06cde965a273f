"""What no policy touches stays about as it was grown."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.network.measures import mean_clustering
from simcomunita.outcomes import measure

SCALE = 0.1
YEARS = ("2016-02", "2017-01", "2019-09", "2024-12")
BAND = {"ties": 0.09, "support_ties": 0.07, "bridging_ties": 0.09}
"""How far each may drift from what was grown, as a share of it."""


@pytest.mark.parametrize("seed", [1, 2])
def test_without_any_policy_the_network_stays_near_what_was_grown_for_nine_years(make, seed):
    model = make(seed=seed, scale=SCALE, policies=())
    grown, clustered = measure(model), mean_clustering(model.ties)
    for month in YEARS:
        now = model.advance_to(month).outcomes()
        drift = {name: now[name] / grown[name] - 1 for name in BAND}
        assert {name: share for name, share in drift.items() if abs(share) > BAND[name]} == {}, month
        assert now["isolated_share"] == pytest.approx(grown["isolated_share"], abs=0.03), month
    assert mean_clustering(model.ties) == pytest.approx(clustered, rel=0.15)


def test_most_new_bridges_are_gone_within_a_year_and_few_of_the_closest_ties(make):
    model = make(scale=SCALE, policies=()).advance_to("2018-01")
    population = model.population

    def pairs(chosen: np.ndarray) -> np.ndarray:
        return model.ties.first[chosen].astype(np.int64) * model.ties.n + model.ties.second[chosen]

    ties = model.ties
    across = np.abs(population.age[ties.first].astype(int) - population.age[ties.second]) >= 25
    across |= population.origin[ties.first] != population.origin[ties.second]
    across |= population.municipality[ties.first] != population.municipality[ties.second]
    new, close = pairs(across & (ties.kind != 0) & (ties.since == model.month)), pairs(ties.strength >= 0.8)
    model.advance_to("2019-01")
    left = pairs(np.ones(len(model.ties), np.bool_))
    assert 1 - np.isin(new, left).mean() > 0.5
    assert 0.005 < 1 - np.isin(close, left).mean() < 0.04
