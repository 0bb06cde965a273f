from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pytest

from simcomunita.agents.citizen import Citizen
from simcomunita.agents.facilitator import Facilitator
from simcomunita.agents.organisation import Organisation
from simcomunita.mechanisms import MONTH, ModelParameters
from simcomunita.model import CommunityModel
from simcomunita.outcomes import MEASURES
from simcomunita.outcomes.measures import work_of_staff
from simcomunita.policy import Policy
from simcomunita.policy.costs import PAID_OUT


def test_the_docstring_lists_the_month_in_the_order_of_the_code():
    listed = re.findall(r"^ *\d+\. ``(\w+)``", CommunityModel.__doc__ or "", flags=re.MULTILINE)
    assert listed == list(MONTH)


def test_every_mechanism_has_a_switch_and_a_file_of_its_name():
    for name, mechanism in MONTH.items():
        assert "on" in type(getattr(ModelParameters(), name)).model_fields
        assert mechanism.__module__.split(".")[2] == name
        assert mechanism.__name__ == name


def test_a_run_has_one_row_a_month_and_one_column_a_measure(make):
    series = make().advance_to("2016-06").series()
    assert list(series) == ["month", *MEASURES]
    assert series["month"].tolist() == ["2016-02", "2016-03", "2016-04", "2016-05", "2016-06"]
    for name in MEASURES:
        column = series[name].astype(float)
        assert len(column) == 5
        # What nobody was helped with has no price.
        assert np.isfinite(column).all() or name in work_of_staff.COSTS, name


def test_what_is_added_up_never_falls_and_shares_stay_shares(make):
    series = make(scale=0.2).advance_to("2018-01").series()
    for name, measure in MEASURES.items():
        if measure.kind == "flow":
            assert (np.diff(series[name]) >= 0).all(), name
        if measure.kind == "share":
            assert ((series[name] >= 0) & (series[name] <= 1)).all(), name


def test_outcomes_are_the_last_row(make):
    model = make()
    assert model.outcomes() == {}
    model.advance_to("2016-04")
    last = {m: model.series()[m][-1] for m in MEASURES}
    assert list(model.outcomes()) == list(last)
    assert np.array_equal(list(model.outcomes().values()), list(last.values()), equal_nan=True)


def test_closed_months_never_change_afterwards(make):
    model = make().advance_to("2016-06")
    early = {name: column.copy() for name, column in model.series().items()}
    model.advance_to("2016-12")
    for name, column in early.items():
        np.testing.assert_array_equal(model.series()[name][:5], column)


@pytest.mark.parametrize(("month", "says"), [("2016-13", "no month"), ("2015-01", "is past"), ("soon", "no month")])
def test_a_month_that_is_none_or_past_is_refused(make, month, says):
    with pytest.raises(ValueError, match=says):
        make().advance_to("2016-03").advance_to(month)


def test_a_population_of_another_seed_is_refused(project, population):
    with pytest.raises(ValueError, match="grown with seed 1"):
        CommunityModel(project, 2, 0.05, population(1))


def test_a_scale_that_leaves_too_few_residents_is_refused(project):
    with pytest.raises(ValueError, match=r"67 of 66,737 residents remain; expected at least 100.* 0\.0015 or more"):
        CommunityModel(project, scale=0.001)


def test_citizens_become_agents_only_when_somebody_asks(make):
    model = make().advance_to("2016-04")
    assert not model._met_everyone
    citizens = model.agents_by_type[Citizen]
    assert len(citizens) == len(model.population)
    assert len(model.agents_by_type[Facilitator]) == len(model.facilitators)
    assert len(model.agents_by_type[Organisation]) == len(model.organisations)
    assert len(model.agents) == len(citizens) + len(model.facilitators) + len(model.organisations)


def test_a_citizen_is_a_view_of_its_row(make):
    model = make()
    citizen = next(iter(model.agents_by_type[Citizen].select(lambda c: c.number == 7)))
    before = citizen.stage
    model.citizens.stage[7] = 3
    assert citizen.stage == 3 != before
    assert citizen.municipality in model.population.municipalities
    assert sorted(citizen.tied_to) == sorted(model.ties.neighbours(7).tolist())
    assert isinstance(citizen.needs, Iterable)


def test_agents_can_be_selected_and_grouped_as_mesa_does(make):
    citizens = make().agents_by_type[Citizen]
    groups = citizens.groupby("municipality").groups
    assert len(groups) == 7
    assert sum(len(group) for group in groups.values()) == len(citizens)
    assert all(citizen.age >= 80 for citizen in citizens.select(lambda c: c.age >= 80))


def test_the_network_leaves_as_networkx_with_who_people_are(make):
    model = make().advance_to("2016-03")
    graph = model.to_networkx()
    assert graph.number_of_nodes() == len(model.population)
    assert graph.number_of_edges() == len(model.ties)
    assert graph.nodes[0]["municipality"] == model.population.municipalities[0]
    u, v = int(model.ties.first[0]), int(model.ties.second[0])
    assert graph.edges[u, v]["strength"] == pytest.approx(float(model.ties.strength[0]), abs=1e-4)


def test_running_ends_with_the_scenario(make):
    assert make().run().date == "2019-09"


def test_a_tenth_of_the_people_costs_a_tenth(make):
    whole = make(scale=1.0).advance_to("2016-03")
    tenth = make(scale=0.1).advance_to("2016-03")
    # What depends on what happened is left to chance.
    happened = ("labs", *PAID_OUT)
    standing = {
        model: sum(euro for item, euro in model.costs().items() if item not in happened) for model in (whole, tenth)
    }
    assert standing[tenth] == pytest.approx(standing[whole] / 10)
    assert sum(tenth.costs().values()) == pytest.approx(tenth.outcomes()["cost_euro"])


def test_two_years_of_shocks_before_the_start_leave_crises_but_no_counts(make):
    model = make()
    assert (model.citizens.crisis != 255).any()
    assert model.ledger.totals["shocks"] == 0
    assert model.ledger.rows == []


def test_a_policy_that_outlasts_the_history_goes_on_in_every_branch(make):
    past = make().advance_to("2016-04")
    assert past.branch((), "nothing").advance_to("2016-05").levers.posts == past.levers.posts != ()


def test_a_branch_can_be_branched_and_goes_on_as_it_would_have(make):
    funded = Policy.model_validate(
        {"name": "more", "from": "2016-04", "until": "2016-12", "facilitators": {"number": 3}}
    )
    branch = make().advance_to("2016-03").branch(funded, "more").advance_to("2016-05")
    again = branch.branch((), "again")
    assert len(again.facilitators) == len(branch.facilitators) > len(make().advance_to("2016-05").facilitators)
    assert again.advance_to("2016-08").outcomes() == branch.advance_to("2016-08").outcomes()
