"""With every mechanism off nothing happens; each switch alone does what its docstring says, and no more."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from simcomunita.agents.citizens import NO_CRISIS, Stage
from simcomunita.mechanisms import MONTH, ModelParameters
from simcomunita.model import CommunityModel
from simcomunita.network import FormedBy
from simcomunita.outcomes.measures import network, work_of_staff, young_people
from simcomunita.snapshot import remember, restore


@pytest.fixture(scope="module")
def lived(project, population):
    """A community in which everything has been going on for a year and a half."""
    return CommunityModel(project, 3, 0.5, population(3, 0.5)).advance_to("2017-08")


@pytest.fixture
def with_only(lived, project, altered):
    """That community, in which from now on only some mechanisms act."""

    def made(*names: str, **changes) -> CommunityModel:
        setting = altered(project, None, names, **changes)
        model = CommunityModel(setting, 3, 0.5, lived.population, restored=True)
        restore(model, remember(lived))
        return model

    return made


def state(model):
    """Everything a mechanism could change, as one dict of arrays and numbers."""
    memory = remember(model)
    flat = {}

    def walk(prefix, value):
        if isinstance(value, dict):
            for key, item in value.items():
                walk(f"{prefix}.{key}", item)
        elif isinstance(value, list):
            for position, item in enumerate(value):
                walk(f"{prefix}.{position}", item)
        else:
            flat[prefix] = value

    for part in ("citizens", "ties", "groups", "group_of", "facilitators", "partnerships", "visits"):
        walk(part, memory[part])
    walk("involved_since", memory["involved_since"])
    walk("organisations", memory["states"]["OrganisationsState"])
    return flat


def changed(before, after):
    names = {
        name
        for name in before.keys() | after.keys()
        if name not in before
        or name not in after
        or not np.array_equal(np.asarray(before[name]), np.asarray(after[name]))
    }
    return {".".join(name.split(".")[:2]) for name in names}


DEAR = (*network.DEAR, *young_people.DEAR)

RUN_ON = (
    "cost_euro",
    "activation_reproduction",
    "self_started_share",
    "self_started_last_year",
    "waiting_for_services",
    *work_of_staff.COSTS,
    *(measure.name for measure in DEAR),
)
"""What is funded is paid all the same, who looks back over a year sees another year every month, and what is dear is
worked out now and then, so that it changes once, from before.
"""


def test_with_every_mechanism_off_nothing_happens(with_only):
    model = with_only()
    before = state(model)
    model.advance_to("2018-02")
    assert changed(before, state(model)) == set()
    rows = model.ledger.rows[-6:]
    still = [name for name in rows[0] if name not in RUN_ON and len({row[name] for row in rows}) > 1]
    assert still == []
    for measure in DEAR:
        values = [row[measure.name] for row in rows]
        assert sum(a != b for a, b in pairwise(values)) <= 1, measure.name


TIES = {f"ties.{name}" for name in ("first", "second", "strength", "trust", "kind", "formed_by", "since")}
PERSON = {
    f"citizens.{name}"
    for name in ("stage", "competence", "energy", "trust", "needs", "crisis", "crisis_since", "taken_on")
}

SAYS = {
    # mechanism: (what must change, what may change besides)
    "mobility": (
        {"ties.first", "citizens.arrived"},
        TIES | PERSON | {"citizens.", "group_of", "groups.", "facilitators."},
    ),
    "shocks": ({"citizens.crisis", "citizens.needs", "citizens.energy", "ties.strength"}, PERSON),
    "erosion": ({"ties.strength", "ties.trust", "ties.first"}, TIES),
    "facilitation": (
        {"citizens.stage", "citizens.taken_on", "facilitators.", "ties.first", "visits"},
        TIES | PERSON | {"citizens.", "groups.", "group_of", "partnerships.", "involved_since"},
    ),
    "proximity": (
        {"citizens.competence", "citizens.needs", "citizens.crisis", "ties.first"},
        TIES | PERSON | {"citizens.", "group_of", "groups.", "facilitators."},
    ),
    "youth": (
        {"citizens.competence", "citizens.stage"},
        TIES | {"citizens.reached_how", "citizens.reached_by", "citizens.reached_month"},
    ),
    "co_programming": (
        {"partnerships.trust", "organisations.gain", "organisations.used"},
        {"partnerships.", "organisations.", "citizens.crisis", "citizens.crisis_since", "citizens.needs"},
    ),
    "reciprocity": (
        {"organisations.openness", "organisations.volunteered", "organisations.heard"},
        {"organisations.used", "involved_since", "groups.", "group_of", "citizens.energy", "citizens.stage"}
        | {"citizens.reached_how", "citizens.reached_by", "citizens.reached_month"},
    ),
    "housing": ({"citizens.crisis"}, {"citizens.crisis_since", "citizens.needs", "ties."}),
    "work": ({"citizens.needs"}, {"citizens.crisis", "citizens.crisis_since"}),
    "meetings": (
        {"citizens.stage", "citizens.competence", "group_of", "ties.first"},
        TIES | PERSON | {"citizens.", "groups."},
    ),
    "spreading": ({"citizens.stage", "citizens.reached_by"}, {"citizens.", "group_of", "groups."}),
    "commitment": ({"citizens.stage", "citizens.competence", "citizens.energy"}, {"group_of", "groups."}),
    "generation": (
        {"groups.", "group_of"},
        {"citizens.stage", "citizens.energy", "citizens.reached_how", "citizens.reached_by", "citizens.reached_month"},
    ),
    "routine": ({"groups."}, set()),
    "encounters": ({"ties.first", "ties.strength"}, TIES),
    "closure": ({"ties.first", "ties.strength"}, TIES),
    "brokerage": ({"ties.first"}, TIES),
}


def test_every_mechanism_is_spoken_of():
    assert set(SAYS) == set(MONTH)


@pytest.mark.parametrize("mechanism", list(MONTH))
def test_a_switch_alone_changes_what_its_docstring_says_and_no_more(with_only, mechanism):
    quicker = {"brokerage": {"introducing": 1.0, "taking": 1.0}} if mechanism == "brokerage" else {}
    model = with_only(mechanism, **quicker)
    for group in model.groups:
        # Routine is about meetings that were held, and nobody holds any here.
        group.met = model.month + 1 if mechanism == "routine" else group.met
    before = state(model)
    found = changed(before, state(model.advance_to("2018-02")))
    must, may = SAYS[mechanism]

    def among(name, patterns):
        return any(name == p or (p.endswith(".") and name.startswith(p)) for p in patterns)

    missing = {p for p in must if not any(among(name, {p}) for name in found)}
    assert not missing, f"{mechanism} left {missing} as it was"
    stray = {name for name in found if not among(name, must | may)}
    assert not stray, f"{mechanism} also changed {stray}"


def test_erosion_alone_only_loses_ties(with_only):
    model = with_only("erosion")
    before = len(model.ties)
    assert len(model.advance_to("2018-02").ties) < before


def test_people_who_live_together_stay_tied_at_the_strength_they_had(with_only):
    model = with_only("erosion")
    together = model.ties.formed_by == FormedBy.HOUSEHOLD
    before = model.ties.strength[together]
    model.advance_to("2018-02")
    np.testing.assert_array_equal(model.ties.strength[model.ties.formed_by == FormedBy.HOUSEHOLD], before)


def test_weak_and_young_ties_dissolve_more_often_than_kin(with_only):
    model = with_only("erosion")
    ties = model.ties
    pair = ties.first.astype(np.int64) * ties.n + ties.second
    kin = (ties.kind == 0) & (ties.formed_by != FormedBy.HOUSEHOLD)
    weak = (ties.kind != 0) & (ties.strength < 0.2)
    model.advance_to("2018-08")
    left = model.ties.first.astype(np.int64) * ties.n + model.ties.second
    stays = np.isin(pair, left)
    assert stays[kin].mean() > 0.9 > stays[weak].mean() + 0.2


@pytest.mark.parametrize("former", ["encounters", "closure", "brokerage"])
def test_what_forms_ties_only_gains_them(with_only, former):
    model = with_only(former, **({"brokerage": {"introducing": 1.0, "taking": 1.0}} if former == "brokerage" else {}))
    before = len(model.ties)
    assert len(model.advance_to("2018-02").ties) > before


def test_crises_fall_with_ties_that_can_be_counted_on(with_only):
    helped = with_only("shocks").advance_to("2018-08").ledger.totals
    alone = with_only("shocks", shocks={"help_of_a_tie": 0.0})
    before = alone.ledger.totals["crises_averted"]
    alone.advance_to("2018-08")
    assert alone.ledger.totals["crises_averted"] == before
    assert helped["crises"] < alone.ledger.totals["crises"]


def test_nobody_under_fourteen_is_reached_helped_or_tied_anew(lived):
    child = ~lived.population.grown_up
    assert (lived.citizens.stage[child] == Stage.NOT_REACHED).all()
    assert (lived.citizens.taken_on[child] < 0).all()
    assert (lived.citizens.crisis[child] == NO_CRISIS).all()
    new = lived.ties.since > lived.setting.start
    assert not (child[lived.ties.first[new]] | child[lived.ties.second[new]]).any()


def test_every_parameter_says_its_unit_range_and_source():
    from simcomunita.configuration import quantities

    found = list(quantities(ModelParameters))
    assert len(found) > 100
    for quantity in found:
        assert quantity.unit
        assert quantity.source
        assert quantity.description, quantity.key
        assert quantity.low <= quantity.default <= quantity.high


def test_a_group_knows_its_size(lived):
    sizes = np.bincount(lived.group_of[lived.group_of >= 0], minlength=len(lived.groups))
    assert [group.size for group in lived.groups] == sizes.tolist()
