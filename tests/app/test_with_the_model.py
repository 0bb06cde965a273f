"""A question to the community's own model, on a fiftieth of the residents."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from fake_workshop import Bench, ask

from simcomunita.app.answering import Answers
from simcomunita.app.asking import COST, MEASURES, Question, Size, headline
from simcomunita.app.choices import PRESETS
from simcomunita.app.funding import policies
from simcomunita.experiment import Comparison, Plan, run_plan
from simcomunita.months import parse_month
from simcomunita.scenario import Study

SCALE = 0.02


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
