"""The networks of a community as they stand."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from simcomunita.agents.citizens import Source, Stage
from simcomunita.model import CommunityModel
from simcomunita.outcomes.networks import NETWORKS, municipalities, organisations, participants, residents


@pytest.fixture(scope="module")
def model(project: object) -> CommunityModel:
    return CommunityModel(project, 1, 0.05).advance_to("2017-08")  # type: ignore[arg-type]


def test_residents_agree_with_the_measures_of_the_month(model: CommunityModel) -> None:
    graph, measured = residents(model), model.outcomes()
    n = len(graph)
    assert n == len(model.population)
    assert not graph.names, "people have numbers and no names"
    assert graph.nodes["takes_part"].sum() == measured["participants_now"] > 0
    assert graph.nodes["in_crisis"].sum() == measured["in_crisis_now"]
    assert graph.nodes["ties"].sum() == 2 * len(graph.first)
    assert graph.nodes["support_ties"].mean() == pytest.approx(measured["support_ties"])
    adults = model.population.grown_up.sum()
    assert graph.nodes["isolated"].sum() / adults == pytest.approx(measured["isolated_share"])
    assert set(graph.nodes["age_band"]) == {name for name, *_ in model.setting.territory.bands}


def test_participants_keep_their_numbers_and_the_ties_among_them(model: CommunityModel) -> None:
    graph, everyone = participants(model), residents(model)
    chosen = np.flatnonzero(model.citizens.at_least(Stage.PARTICIPANT))
    assert graph.names == tuple(map(str, chosen.tolist()))
    whole = nx.Graph()
    whole.add_edges_from((a, b) for a, b, _ in everyone.ties())
    within = {frozenset(pair) for pair in whole.subgraph(chosen.tolist()).edges}
    assert {frozenset((int(graph.name(a)), int(graph.name(b)))) for a, b, _ in graph.ties()} == within
    assert len(within) > 0
    assert graph.nodes["stage"].tolist() == everyone.nodes["stage"][chosen].tolist()


def test_organisations_show_who_worked_with_whom_and_the_trust_between_them(model: CommunityModel) -> None:
    graph = organisations(model)
    assert graph.nodes["involved"].sum() == model.outcomes()["organisations_involved"] > 0
    assert {month for month in graph.nodes["involved_since"] if month} <= {
        f"{y}-{m:02}" for y in (2016, 2017) for m in range(1, 13)
    }
    for a, b, (trust, worked, trusted) in graph.ties():
        pair = (min(a, b), max(a, b))
        assert trust == pytest.approx(model.partnerships.between(a, b), abs=1e-4)
        assert worked == model.partnerships.joint_work[pair]
        assert trusted == (model.partnerships.between(a, b) >= 0.5)
    assert len(graph.first) == len(model.partnerships) > 0
    assert graph.nodes["members"].sum() == len(model.association.person)


def test_flows_between_municipalities_count_every_tie_and_activation_once(model: CommunityModel) -> None:
    graph = municipalities(model)
    assert graph.names == model.population.municipalities
    assert graph.nodes["residents"].sum() == len(model.population)
    flows = {(a, b): row for a, b, row in graph.ties()}
    assert not any(a == b for a, b in flows)
    assert all(flows[a, b][0] == flows[b, a][0] for a, b in flows if flows[a, b][0])
    between = sum(row[0] for row in flows.values())
    assert graph.nodes["ties_within"].sum() + between / 2 == len(model.ties)
    through = [row for row in model.lineage.activations if row[2] == Source.CITIZEN]
    assert graph.nodes["activated_within"].sum() + sum(row[2] for row in flows.values()) == len(through)
    assert 0 < max(row[1] for row in flows.values()) < 1


def test_every_network_can_be_made_before_the_first_month(project: object) -> None:
    model = CommunityModel(project, 1, 0.02)  # type: ignore[arg-type]
    for make in NETWORKS.values():
        assert len(make(model).edges) > 0
