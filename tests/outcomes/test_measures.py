"""What is counted: all that was published, each beside its other readings, and nothing beyond what it is part of."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from simcomunita.model import CommunityModel
from simcomunita.outcomes import MEASURES
from simcomunita.outcomes.measures import SUBJECTS, network
from simcomunita.outcomes.published import PUBLISHED
from tests.conftest import CONFIGS

TABLE = CONFIGS / "territories" / "bassa_bresciana_orientale" / "outcomes.csv"
INSIDE = [(name, whole) for name, measure in MEASURES.items() for whole in measure.inside]


@pytest.fixture(scope="module")
def lived(project, population):
    return CommunityModel(project, 1, 0.25, population(1, 0.25)).run()


@pytest.fixture(scope="module")
def series(lived):
    return lived.series()


def test_every_published_outcome_is_a_measure_with_its_other_readings():
    with TABLE.open(encoding="utf-8") as file:
        published = [row["outcome"] for row in csv.DictReader(file)]
    assert sorted(published) == sorted(PUBLISHED)
    assert {*PUBLISHED, *(name for beside in PUBLISHED.values() for name in beside)} <= set(MEASURES)


def test_no_two_measures_share_a_name():
    assert len(MEASURES) == sum(len(subject.MEASURES) for subject in SUBJECTS)


def test_what_a_measure_is_part_of_is_measured_too():
    assert {whole for _, whole in INSIDE} <= set(MEASURES)


@pytest.mark.parametrize(("name", "whole"), INSIDE)
def test_a_part_never_exceeds_the_whole(series, name, whole):
    assert (series[name] <= series[whole]).all()


@pytest.mark.parametrize("name", ["citizens_reached", "households_taken_on", "crises"])
def test_a_part_is_not_the_whole(series, name):
    assert all(0 < series[name][-1] < series[whole][-1] for whole in MEASURES[name].inside)


def test_a_flow_never_falls(series):
    assert all((np.diff(series[name]) >= 0).all() for name, one in MEASURES.items() if one.kind == "flow")


def test_shares_lie_between_nothing_and_everything(series):
    shares = [name for name, one in MEASURES.items() if one.kind == "share"]
    assert all(((series[name] >= 0) & (series[name] <= 1)).all() for name in shares)


def test_organisations_and_firms_are_counted_apart(lived):
    firm, involved = lived.population.organisations.firm, lived.involved_since >= 0
    outcomes = lived.outcomes()
    assert outcomes["firms_involved"] == (firm & involved).sum()
    assert outcomes["organisations_involved"] == (~firm & involved).sum()


def test_every_need_is_met_by_somebody(series):
    layers = sum(series[f"needs_met_{layer}"] for layer in ("formal", "informal", "mixed"))
    np.testing.assert_array_equal(layers, series["needs_met"])
    assert series["mixed_help_share"][-1] == series["needs_met_mixed"][-1] / series["needs_met"][-1]


def test_what_an_outcome_cost_is_the_money_of_a_year_over_what_there_was(series):
    spent = series["cost_euro"][-1] - series["cost_euro"][-13]
    taken_on = series["beneficiaries_taken_on"][-1] - series["beneficiaries_taken_on"][-13]
    assert series["cost_per_taken_on"][-1] == pytest.approx(spent / taken_on)
    assert series["cost_per_taken_on"][2] == pytest.approx(series["cost_euro"][2] / series["beneficiaries_taken_on"][2])


def test_a_free_search_divides_the_network_at_least_as_sharply_as_neighbourhoods_do(series):
    assert (series["modularity_of_communities"] >= series["modularity_of_neighbourhoods"]).all()
    assert 0 < series["modularity_of_participants"][-1] < 1


@pytest.mark.parametrize("measures", [network.PATHS, network.DIVISION, network.SURROUNDINGS])
def test_what_is_dear_is_worked_out_at_first_and_once_a_year(series, measures):
    for one in measures:
        assert 1 <= (np.diff(series[one.name]) != 0).sum() <= 4
