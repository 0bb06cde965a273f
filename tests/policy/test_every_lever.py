"""Every lever, moved alone, changes what its text says, in the direction it says, and is paid for as it says.

The levers are found in the schema, so that a new one fails here until the table below says what it does.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, get_args

import numpy as np
import pytest

from simcomunita.agents.organisation import OrganisationsState
from simcomunita.configuration import Parameters
from simcomunita.model import CommunityModel
from simcomunita.months import parse_month
from simcomunita.policy import Calendar, Policy
from simcomunita.policy.costs import PAID_OUT, STANDING
from simcomunita.policy.levers import COMMUNITY_SPLIT

FROM, UNTIL = "2017-07", "2018-09"
SCALE = 0.5
"""Small enough to be quick, large enough that firms, landlords and groups have something to do."""

FUNDED: dict[str, Any] = {
    "name": "everything",
    "from": FROM,
    "until": UNTIL,
    "facilitators": {
        "number": 8,
        "hours_a_month": 130.0,
        "skill": 0.6,
        "where": "by_population",
        "hours": COMMUNITY_SPLIT.model_dump(),
        "accompaniment": "taper",
        "conduct": "by_size",
        "trying": True,
        "exchange": "by_tie",
        "renewal": 0.0,
    },
    "professionals": 4,
    "places": {"Calcinato": 1, "Montichiari": 1},
    "outreach": "everyday",
    "paperwork": 0.35,
    "labs_budget": 20_000.0,
    "calls": [{"month": "2018-03", "pot": 30_000.0, "largest_grant": 4_000.0, "smallest_group": 3}],
    "co_programming": {"meetings_a_year": 6, "joint_bids": True, "pooling": True},
    "housing": {"fund": 24_000.0, "mediation": 40.0, "condominiums": 4},
    "work": {"grants": 60_000.0, "mediation": 70.0, "training": 20},
    "youth": {
        "placements": 40,
        "spaces": {"Calcinato": 1, "Montichiari": 1},
        "own_spaces": True,
        "mentoring": False,
    },
    "event": {"contact": 1.0, "jobs_lost": 1.0, "rents_unpaid": 1.0, "hiring": 1.0, "money": 1.0},
}
"""A policy that funds everything a little, so that each lever has something to act on."""

Seen = Callable[[CommunityModel], float]


def _total(name: str) -> Seen:
    return lambda model: model.ledger.totals[name]


def _outcome(name: str) -> Seen:
    return lambda model: model.outcomes()[name]


def _by(month: str, name: str) -> Seen:
    return lambda model: model.ledger.rows[model.ledger.months.index(parse_month(month))][name]


def _people_known(among: Callable[[CommunityModel], Any]) -> Seen:
    def seen(model: CommunityModel) -> float:
        known = np.zeros(len(model.population), np.bool_)
        for facilitator in model.facilitators:
            known[facilitator.acquaintances] = True
        return float(known[among(model)].sum())

    return seen


def _practice_written(model: CommunityModel) -> float:
    return sum(facilitator.practice for facilitator in model.facilitators)


def _moved_from_the_plan(model: CommunityModel) -> float:
    return sum(abs(lean - 1) for facilitator in model.facilitators for lean in facilitator.lean.values())


def _attendance(model: CommunityModel) -> float:
    return model.ledger.totals["participations"] / model.ledger.totals["proximity_labs"]


def _accepted(model: CommunityModel) -> float:
    return model.ledger.totals["asks_accepted_by_facilitators"] / model.ledger.totals["asks_by_facilitators"]


def _mean_openness(model: CommunityModel) -> float:
    return float(model.state(OrganisationsState).openness.mean())


@dataclass(frozen=True)
class Move:
    """One lever moved from a value to another.

    Attributes
    ----------
    lever, before, after
        Path in the schema, and its two values.
    says
        Words of the lever's text that state the direction.
    sees, direction
        What is looked at, at the end; 1 if it must rise, -1 if it must fall, 0 if nothing at all may change.
    pays
        Item of the cost book that must cost more after than before, ``-item`` for less; nothing: no bill of what is in
        force may change.
    besides
        Other levers that are held at other values than usual, before and after.
    """

    lever: str
    before: Any
    after: Any
    says: str
    sees: Seen
    direction: int
    pays: str = ""
    besides: dict[str, Any] = field(default_factory=dict)


MOVES = (
    Move("name", "everything", "nothing", "Changes nothing", _total("contacts"), 0),
    Move("from", FROM, "2018-03", "the later, the less is paid and done", _total("cost_euro"), -1, "-facilitators"),
    Move("until", "2018-03", UNTIL, "the later, the more is paid and done", _total("cost_euro"), 1, "facilitators"),
    Move("facilitators.number", 3, 8, "more posts meet", _total("newly_mapped"), 1, "facilitators"),
    Move("facilitators.hours_a_month", 60.0, 130.0, "take on more people", _total("cases"), 1, "facilitators"),
    Move("facilitators.skill", 0.3, 0.9, "that an ask or an introduction succeeds", _accepted, 1),
    Move(
        "facilitators.where",
        "by_population",
        {"Calcinato": 8},
        "know more of its people",
        _people_known(lambda model: model.residents(model.population.municipalities.index("Calcinato"))),
        1,
    ),
    Move("facilitators.hours.casework", 0.25, 0.6, "More people are taken on", _total("beneficiaries_taken_on"), 1),
    Move("facilitators.hours.map", 0.1, 0.4, "put more people on the map", _total("newly_mapped"), 1),
    Move("facilitators.hours.hook", 0.2, 0.5, "more asks", _total("asks_by_facilitators"), 1),
    Move("facilitators.hours.connect", 0.15, 0.5, "more introductions", _total("introductions_by_facilitators"), 1),
    Move("facilitators.hours.connect", 0.15, 0.5, "bring more organisations in", _total("organisations_involved"), 1),
    Move("facilitators.hours.run_groups", 0.2, 0.5, "start and keep up more groups", _total("labs_supported"), 1),
    Move("facilitators.hours.document", 0.05, 0.3, "leave more written down", _practice_written, 1),
    Move("facilitators.hours.evaluate", 0.005, 0.05, "move from the plan", _moved_from_the_plan, 1),
    Move("facilitators.accompaniment", "taper", "leave_early", "start more groups", _total("groups_started"), 1),
    Move(
        "facilitators.accompaniment", "taper", "leave_early", "groups on their own", _outcome("groups_on_their_own"), 1
    ),
    Move(
        "facilitators.accompaniment", "taper", "never_leave", "fewer hours for new groups", _total("groups_started"), -1
    ),
    Move("facilitators.conduct", "by_size", "assembly", "to small groups run as an ``assembly``", _attendance, -1),
    Move(
        "facilitators.conduct",
        "by_size",
        "circle",
        "more than about a dozen run as a ``circle``",
        _attendance,
        -1,
    ),
    Move("facilitators.trying", False, True, "fewer are asked", _total("asks_by_facilitators"), -1),
    Move("facilitators.trying", False, True, "more come to groups", _attendance, 1),
    Move("facilitators.exchange", "by_tie", "uniform", "come less", _attendance, -1),
    Move("facilitators.renewal", 0.0, 0.5, "keep more of their novelty", _outcome("mean_novelty"), 1),
    Move("facilitators.renewal", 0.0, 0.5, "less is left for running", _total("labs_supported"), -1),
    Move("professionals", 0, 12, "more professionals trained", _total("professionals_trained"), 1, "professionals"),
    Move("professionals", 0, 60, "more open", _mean_openness, 1, "professionals"),
    Move(
        "places",
        {"Calcinato": 1, "Montichiari": 1},
        {"Calcinato": 4, "Montichiari": 4},
        "more people meet",
        _total("met_in_places"),
        1,
        "places",
    ),
    Move(
        "outreach",
        "office",
        "everyday",
        "more of those who never ask get known",
        _people_known(lambda model: ~model.population.asks_for_help),
        1,
        "outreach",
    ),
    Move("paperwork", 0.1, 0.9, "the fewer say yes", _accepted, -1, "-paperwork"),
    Move("labs_budget", 0.0, 20_000.0, "draw fewer guests", _attendance, 1),
    Move("calls.month", "2018-03", "2018-08", "before it", _by("2018-06", "citizen_projects_funded"), -1),
    Move("calls.pot", 5_000.0, 30_000.0, "funds more projects", _total("citizen_projects_funded"), 1, "grants"),
    Move("calls.largest_grant", 4_000.0, 10_000.0, "a pot funds fewer", _total("citizen_projects_funded"), -1),
    Move("calls.smallest_group", 3, 20, "the fewer proposals", _total("citizen_projects_proposed"), -1),
    Move("co_programming.meetings_a_year", 2, 12, "more joint actions", _total("joint_actions"), 1, "table"),
    Move(
        "co_programming.joint_bids",
        False,
        True,
        "coalitions larger",
        _total("joint_bids"),
        1,
        besides={"co_programming.meetings_a_year": 52},
    ),
    Move("co_programming.pooling", False, True, "more of them are used", _outcome("idle_resources_used_share"), 1),
    Move("housing.fund", 0.0, 200_000.0, "freezes more evictions", _total("evictions_frozen"), 1, "housing_fund"),
    Move("housing.mediation", 0.0, 400.0, "more contracts", _total("rental_contracts"), 1, "mediation"),
    Move("housing.condominiums", 4, 12, "More of them are started", _total("social_condominiums"), 1, "condominiums"),
    Move("work.grants", 0.0, 120_000.0, "more firms say yes", _total("placements"), 1, "work_grants"),
    Move("work.mediation", 0.0, 400.0, "more placements", _total("placements"), 1, "mediation"),
    Move("work.training", 20, 200, "train more job seekers", _total("trained"), 1, "training"),
    Move(
        "youth.placements", 20, 120, "more young people are placed", _total("youth_placements"), 1, "youth_placements"
    ),
    Move(
        "youth.spaces",
        {"Calcinato": 1, "Montichiari": 1},
        {"Calcinato": 3, "Montichiari": 3},
        "more visits",
        _total("visits_to_spaces"),
        1,
        "spaces",
    ),
    Move("youth.own_spaces", False, True, "come back more", _total("visits_to_spaces"), 1),
    Move("youth.mentoring", False, True, "more of them do", _total("mentors"), 1, "mentoring"),
    Move("event.contact", 1.0, 0.2, "Fewer people meet", _total("participations"), -1),
    Move("event.jobs_lost", 1.0, 2.0, "more fall into a crisis", _total("crises"), 1),
    Move("event.rents_unpaid", 1.0, 4.0, "more fall into a crisis", _total("crises"), 1),
    Move("event.hiring", 1.0, 0.2, "fewer are placed and hired", _total("placements_or_hires"), -1),
    Move("event.money", 1.0, 3.0, "more projects are funded", _total("citizen_projects_funded"), 1),
)


# -- the levers of the schema --


def _parts(annotation: Any) -> type[Parameters] | None:
    """The levers that a lever is made of, if it is."""
    if isinstance(annotation, type) and issubclass(annotation, Parameters):
        return annotation
    return next((found for argument in get_args(annotation) if (found := _parts(argument))), None)


def _levers(kind: type[Parameters], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every lever that has no parts, by path, with its text."""
    for name, info in kind.model_fields.items():
        path = prefix + (info.alias or name)
        parts = _parts(info.annotation)
        if parts is None:
            yield path, " ".join((info.description or "").split())
        else:
            yield from _levers(parts, f"{path}.")


LEVERS = dict(_levers(Policy))


# -- the runs --


def _put(funded: dict[str, Any], lever: str, value: Any) -> None:
    at: Any = funded
    *way, last = lever.split(".")
    for name in way:
        at = at[name][0] if isinstance(at[name], list) else at[name]
    if way == ["facilitators", "hours"]:
        # The other tasks share what is left as before.
        left = (1 - value) / sum(share for task, share in at.items() if task != last)
        at.update({task: share * left for task, share in at.items() if task != last})
    at[last] = value


def _policy(move: Move, value: Any) -> Policy:
    funded = copy.deepcopy(FUNDED)
    for lever, other in move.besides.items():
        _put(funded, lever, other)
    _put(funded, move.lever, value)
    return Policy.model_validate(funded)


@pytest.fixture(scope="module")
def live(project, population, altered) -> Callable[[Policy], CommunityModel]:
    """Live more than a year after one common past under a policy, with groups of many sizes and frequent bids."""
    before = project.policies[0].model_copy(update={"until": parse_month(FROM) - 1, "calls": ()})
    often = {"tenders": 0.5, "bidding": 0.3}
    setting = altered(project, [before], facilitation={"full_group": 15.0}, co_programming=often)
    past = CommunityModel(setting, 1, SCALE, population(1, SCALE))
    past.advance_to(parse_month(FROM) - 1)
    known: dict[str, CommunityModel] = {}

    def lived(policy: Policy) -> CommunityModel:
        key = policy.model_dump_json()
        if key not in known:
            known[key] = past.branch(policy).advance_to(UNTIL)
        return known[key]

    return lived


def _id(move: Move) -> str:
    return f"{move.lever}-{move.says}"


def test_the_table_speaks_of_every_lever_and_of_nothing_else():
    assert {move.lever for move in MOVES} == set(LEVERS)


@pytest.mark.parametrize("move", MOVES, ids=_id)
def test_the_text_of_a_lever_states_the_direction(move):
    assert move.says in LEVERS[move.lever]


@pytest.mark.parametrize("move", MOVES, ids=_id)
def test_a_lever_moved_alone_changes_what_its_text_says(live, move):
    before, after = (live(_policy(move, value)) for value in (move.before, move.after))
    if move.direction == 0:
        assert before.ledger.rows == after.ledger.rows
    else:
        assert (move.sees(after) - move.sees(before)) * move.direction > 0


@pytest.mark.parametrize("move", MOVES, ids=_id)
def test_a_lever_is_paid_for_as_its_text_says(live, move):
    item = move.pays.removeprefix("-")
    assert item in ("", *STANDING, *PAID_OUT)
    before, after = (live(_policy(move, value)) for value in (move.before, move.after))
    if item:
        sign = -1 if move.pays.startswith("-") else 1
        assert (after.costs().get(item, 0.0) - before.costs().get(item, 0.0)) * sign > 0
    else:
        bills = [_standing_bill(before, policy) for policy in (_policy(move, move.before), _policy(move, move.after))]
        assert bills[0] == pytest.approx(bills[1])


def _standing_bill(model: CommunityModel, policy: Policy) -> dict[str, float]:
    """What a policy costs a month before anything happens."""
    return model.prices.monthly(Calendar([policy]).in_force(parse_month(UNTIL)), 0)
