"""A question to the community's own model, on a fiftieth of the residents."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from fake_workshop import Bench, ask

from simcomunita.app.answering import Answers
from simcomunita.app.asking import COST, MEASURES, Answer, Question, Size, headline
from simcomunita.app.assumptions import AS_USUAL, Assumed
from simcomunita.app.choices import PRESETS
from simcomunita.app.funding import policies
from simcomunita.configuration import with_values
from simcomunita.experiment import Comparison, Plan, run_plan
from simcomunita.months import parse_month
from simcomunita.scenario import Study

SCALE = 0.02
SIZE = Size("quick", SCALE, 1)


def _answer(study: Study, assumed: Assumed = AS_USUAL) -> Answer:
    """What eight until June 2020 change against none, with parameters as configured but for what is assumed."""
    eight = PRESETS["eight"].choice.set("until", "2020-06")
    lane = Bench(at_once=True).lane
    with Answers([None], study=study, fund=partial(policies, study=study), first=SIZE, make_lane=lane) as answers:
        return ask(answers, Question(eight, PRESETS["none"].choice, SIZE, assumed))[-1]


def test_what_is_assumed_gives_the_answer_of_a_study_that_says_it_itself(study: Study) -> None:
    short = replace(study, until=parse_month("2020-06"))
    assumed = Assumed.of({"commitment.stopping": 0.05, "costs.facilitator": 42_000, "costs.coordination": 0.2})
    parameters = with_values(short.history.parameters, dict(assumed.parameters))
    history = replace(short.history, parameters=parameters, costs=assumed.book(short.history.costs))
    usual, found, said = _answer(short), _answer(short, assumed), _answer(replace(short, history=history))
    for name, outcome in found.by_measure.items():
        expected = said.by_measure[name]
        assert np.allclose(outcome.current.middle, expected.current.middle, rtol=1e-12, equal_nan=True), name
        assert np.allclose(outcome.baseline.middle, expected.baseline.middle, rtol=1e-12, equal_nan=True), name
    for name in ("participants_now", COST):
        assert not np.allclose(found.by_measure[name].current.middle, usual.by_measure[name].current.middle)


def test_an_answer_is_that_of_a_comparison_of_the_same_seeds(study: Study) -> None:
    size, short = Size("quick", SCALE, 2), replace(study, until=parse_month("2020-06"))
    eight = PRESETS["eight"].choice.set("until", "2020-06")
    with Answers(
        study=short, fund=partial(policies, study=short), first=size, make_lane=Bench(at_once=True).lane
    ) as answers:
        last = ask(answers, Question(eight, PRESETS["none"].choice, size))[-1]
    compared = Comparison.of(run_plan(Plan.of(short, 2, SCALE)))
    assert set(last.by_measure) == {*MEASURES, COST}
    for name, outcome in last.by_measure.items():
        factor = 1.0 if name == "isolated_share" else 1.0 / SCALE
        expected = compared.difference(name, "eight")
        assert np.isclose(outcome.difference.mean, factor * expected.mean, rtol=1e-12)
        assert outcome.difference.higher == expected.higher
    history = last.by_measure["active_now"]
    assert np.array_equal(history.baseline.middle[: last.branch], history.current.middle[: last.branch])
    assert last.cost.difference.low > 0.0
    assert headline(last, "it").count("\n") == 2
