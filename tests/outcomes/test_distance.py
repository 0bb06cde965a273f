from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from simcomunita.agents.citizens import NO_CRISIS
from simcomunita.mechanisms.facilitation.casework import _queue
from simcomunita.model import CommunityModel
from simcomunita.network.ego import alone
from simcomunita.outcomes.lineage import Kind
from simcomunita.outcomes.measures import distance
from simcomunita.outcomes.measures.distance import waiting_for_services
from simcomunita.territory.services import services


@pytest.fixture(scope="module")
def lived(request: pytest.FixtureRequest) -> CommunityModel:
    project, population = request.getfixturevalue("project"), request.getfixturevalue("population")
    model = CommunityModel(project, 1, 0.05, population(1, 0.05))
    for _ in range(18):
        model.step()
    return model


def test_who_is_alone_is_as_many_as_the_isolated_share_counts(lived: CommunityModel) -> None:
    community = lived
    community.ties_changed()
    everybody = np.arange(len(community.population))
    counted = int((alone(community.ties, everybody) & community.population.grown_up).sum())
    assert counted == community.ego_networks().alone > 0


def test_nobody_is_looked_at_where_nobody_is_asked(lived: CommunityModel) -> None:
    assert not len(alone(lived.ties, np.empty(0, np.intp)))


def test_those_who_wait_are_those_in_a_crisis_whom_casework_would_take_on(lived: CommunityModel) -> None:
    community = lived
    community.look_for_crises()
    queues = np.unique(np.concatenate([_queue(facilitator, community) for facilitator in community.facilitators]))
    in_crisis = queues[community.citizens.crisis[queues] != NO_CRISIS]
    waiting = np.flatnonzero(waiting_for_services(community))
    assert waiting.tolist() == in_crisis.tolist() != []


def test_only_some_of_those_who_are_hooked_are_isolated(lived: CommunityModel) -> None:
    totals = lived.ledger.totals
    assert 0 < totals["isolated_hooked"] < totals["asks_accepted_by_facilitators"]


def test_a_link_with_a_service_or_a_firm_counts_and_one_with_a_club_does_not(
    make: Callable[..., CommunityModel],
) -> None:
    model = make()
    firms = model.population.organisations.firm
    is_service = services(model.population)
    for number in (np.flatnonzero(firms)[0], np.flatnonzero(is_service)[0], np.flatnonzero(~firms & ~is_service)[0]):
        model.links.join([0], [number], 0.5)
        model.links.weave(model.month)
    counted = distance.row(model)
    assert (counted["links_with_firms"], counted["links_with_services"]) == (1, 1)


def test_what_citizens_begin_in_a_year_is_their_share_of_what_begins(lived: CommunityModel) -> None:
    community, row = lived, lived.ledger.rows[-1]
    begun = [one for one in community.lineage.initiatives if one.kind in (Kind.GROUP, Kind.PROJECT)]
    recent = sum(one.founded > community.month - 12 for one in begun)
    assert row["self_started_last_year"] == pytest.approx(row["self_started_share"] * recent)


def test_nobody_known_means_that_only_those_who_ask_wait(make: Callable[..., CommunityModel]) -> None:
    model = make(policies=())
    model.step()
    waiting = waiting_for_services(model)
    assert waiting.any()
    assert model.population.asks_for_help[waiting].all()
