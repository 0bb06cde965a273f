from __future__ import annotations

import gc
import weakref

import pytest

from simcomunita.agents.citizen import Citizen
from simcomunita.agents.organisation import Organisation


def test_a_model_that_nobody_uses_any_more_is_forgotten(make):
    model = make().advance_to("2016-03")
    assert model.agents_by_type[Organisation]
    gone = weakref.ref(model.branch((), name="other")), weakref.ref(model)
    del model
    gc.collect()
    assert [one() for one in gone] == [None, None]


@pytest.mark.parametrize("kind", [Citizen, Organisation])
def test_agents_of_a_kind_are_numbered_apart_in_every_model(make, kind):
    for model in (make(), make()):
        numbers = [agent.unique_id for agent in model.agents_by_type[kind]]
        assert len(set(numbers)) == len(numbers)
        assert min(agent.unique_id for agent in model.agents) == 1
