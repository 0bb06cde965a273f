"""A study whose parameters are drawn from its territory's posterior: a draw a pair, or draws with seeds each."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from simcomunita.experiment import Comparison, PartStore, Plan, run_plan, with_parameters
from simcomunita.experiment.keeping import not_drawn
from simcomunita.experiment.plan import ExperimentError, Task
from simcomunita.experiment.repeating import command, task_of
from simcomunita.experiment.uncertainty_sentences import where_spread_comes_from
from simcomunita.report.grounds import assumptions
from simcomunita.scenario import load_study
from simcomunita.scenario.posterior import Posterior
from simcomunita.scenario.scenario import Precision, Study

STUDY = """\
name: posterior
question: What changes?
history: project
branch_at: 2016-08
until: 2016-10
baseline: none
scenarios:
  more: {policies: [{name: more, from: 2016-08, until: 2016-10, facilitators: {number: 20}}]}
  none: {policies: []}
seeds: 4
headline: [active_now, citizens_reached, cost_euro]
"""
ROWS = Posterior(
    tuple({"erosion.young": 8.0 + k, "spreading.staying": 0.4 + 0.02 * k} for k in range(10)),
    (1.0,) * 10,
    {"calibration": "invented", "date": "2026-01-31", "version": "0.1.0"},
)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    file = tmp_path_factory.mktemp("posterior") / "study.yaml"
    file.write_text(STUDY, "utf-8")
    return replace(load_study(file), posterior=ROWS, unlike=())


@pytest.fixture(scope="module")
def compared(study: Study) -> Comparison:
    return Comparison.of(run_plan(Plan.of(study, scale=0.02)))


def test_every_pair_has_a_draw_and_a_seed_of_its_own_and_more_pairs_leave_the_first_as_they_are(study: Study) -> None:
    four, six = Plan.of(study, scale=0.02), Plan.of(study, 6, 0.02)
    assert four.tasks == (Task(1, 1), Task(2, 2), Task(3, 3), Task(4, 4)) == six.tasks[:4]
    assert four.identity == six.identity
    assert Plan.of(study, [7, 5], 0.02).tasks == (Task(5, 5), Task(7, 7))
    with pytest.raises(ExperimentError, match="pair k has draw k"):
        Plan.of(study, [0, 1], 0.02)


def test_draws_that_are_asked_for_have_seeds_each_and_begin_with_the_pairs(study: Study) -> None:
    many = Plan.of(with_parameters(study, draws=6), scale=0.02)
    assert len(many.tasks) == 12
    assert set(Plan.of(study, 6, 0.02).tasks) < set(many.tasks)
    assert len({task.seed for task in many.tasks}) == 12
    assert many.identity == Plan.of(study, scale=0.02).identity
    assert list(many.tasks) == sorted(many.tasks)
    assert len(Plan.of(with_parameters(study, draws=6), 3, 0.02).tasks) == 18


def test_both_runs_of_a_pair_have_the_draw_of_their_pair(study: Study) -> None:
    plan = Plan.of(study, scale=0.02)
    drawn = [plan.trunks(task.draw)[0].history.parameters.erosion.young for task in plan.tasks]
    assert drawn == [ROWS.values(k)["erosion.young"] for k in (1, 2, 3, 4)]
    assert len(set(drawn)) == 4
    assert all(len(plan.trunks(draw)) == 1 for draw in (1, 2))  # one history for all scenarios


def test_point_values_are_run_as_if_there_were_no_posterior(study: Study) -> None:
    point = with_parameters(study, "point")
    bare = replace(study, posterior=None)
    assert (
        Plan.of(point, scale=0.02).tasks == Plan.of(bare, scale=0.02).tasks == tuple(Task(0, k) for k in (1, 2, 3, 4))
    )
    assert point.configuration_hash == bare.configuration_hash != study.configuration_hash


def test_what_does_not_go_together_is_refused(study: Study, tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match="ships no posterior"):
        with_parameters(replace(study, posterior=None), "posterior")
    with pytest.raises(ExperimentError, match="expected one of the two"):
        with_parameters(study, "point", 10)
    with pytest.raises(ExperimentError, match="expected 2 to"):
        with_parameters(study, draws=1)
    (tmp_path / "drawn.yaml").write_text(f"{STUDY}draws: {{design: 1, number: 3}}\n", "utf-8")
    with pytest.raises(ExperimentError, match='in "draws"'):
        with_parameters(load_study(tmp_path / "drawn.yaml"), "posterior")
    with pytest.raises(ExperimentError, match="expected 2 to"):
        Plan.of(with_parameters(study, draws=30_000), scale=0.02)
    with pytest.raises(ExperimentError, match="at most 20,000"):
        Plan.of(with_parameters(study, draws=9_000), scale=0.02)


def test_a_precision_adds_pairs_with_a_draw_each(study: Study) -> None:
    asked = replace(study, precision=Precision("active_now", 0.05, True, 40))
    plan = Plan.of(asked, scale=0.02)
    assert plan.tasks == tuple(Task(k, k) for k in range(1, 41))
    assert plan.stopping is not None
    assert Plan.of(asked, 5, 0.02).stopping is None


def test_intervals_stand_on_pairs_and_nothing_is_said_of_where_spread_comes_from(compared: Comparison) -> None:
    found = compared.difference("citizens_reached")
    gains = compared.final("citizens_reached", "more") - compared.final("citizens_reached", "none")
    assert (compared.pairs, compared.drawn, compared.over_draws, found.pairs) == (4, 4, False, 4)
    assert found.high - found.mean == pytest.approx(3.1824 * gains.std(ddof=1) / 2, rel=1e-4)
    assert math.isnan(compared.spread("citizens_reached").share_of_parameters)
    assert where_spread_comes_from(compared) == ""
    assert not_drawn(compared)["spread.png"] == "one draw"


def test_it_is_said_in_both_languages_that_parameters_are_drawn(compared: Comparison) -> None:
    english, italian = compared.headline("en"), compared.headline("it")
    assert 'drawn anew for each pair, from the posterior "invented"' in english
    assert "estratto di nuovo per ogni coppia dalla distribuzione a posteriori «invented»" in italian
    assert "of 4 pairs" in english
    assert "as configured" not in english
    assert 'from the posterior "invented" (2026-01-31' in " ".join(assumptions(compared, "en").paragraphs)
    assert "a posteriori «invented» (2026-01-31" in " ".join(assumptions(compared, "it").paragraphs)


def test_draws_with_seeds_tell_parameters_and_chance_apart(study: Study) -> None:
    asked = with_parameters(study, draws=3)
    comparison = Comparison.of(run_plan(Plan.of(asked, scale=0.02)))
    assert (comparison.pairs, comparison.drawn, comparison.over_draws) == (6, 3, True)
    assert not math.isnan(comparison.spread("citizens_reached").chance)
    assert "3 draws of what is not known" in comparison.headline("en")
    assert "3 estrazioni" in comparison.headline("it")


def test_the_folder_says_which_posterior_it_was(compared: Comparison, study: Study, tmp_path: Path) -> None:
    compared.save(tmp_path)
    told = json.loads((tmp_path / "provenance.json").read_text("utf-8"))["parameters"]
    assert told["drawn"] == "posterior"
    assert told["configuration_hash"] == ROWS.configuration_hash
    assert told["about"]["calibration"] == "invented"
    assert Comparison.read(tmp_path).headline() == compared.headline()
    with pytest.raises(ExperimentError):  # results as configured are results of something else
        PartStore.open(tmp_path, Plan.of(with_parameters(study, "point"), scale=0.02).identity)


def test_one_pair_is_asked_for_again_by_its_number(study: Study) -> None:
    plan = Plan.of(study, scale=0.02)
    assert task_of(plan, "7") == task_of(plan, "7:7") == Task(7, 7)
    assert task_of(plan, "40001:2") == Task(2, 40_001)
    with pytest.raises(ExperimentError, match="are 1 to"):
        task_of(plan, "0")
    assert command("my.yaml", 0.1, Task(3, 3), "posterior").endswith("--parameters posterior --only 3:3")
