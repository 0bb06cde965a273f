"""A study over draws of parameters: read, run, and told by draws."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simcomunita.experiment import Comparison, Plan, run_plan
from simcomunita.experiment.intervals import paired_difference
from simcomunita.experiment.plan import ExperimentError, Task
from simcomunita.scenario import load_study
from simcomunita.scenario.scenario import Study

STUDY = """\
name: drawn
question: What changes?
history: project
branch_at: 2016-08
until: 2016-10
baseline: none
scenarios:
  more: {policies: [{name: more, from: 2016-08, until: 2016-10, facilitators: {number: 20}}]}
  none: {policies: []}
seeds: 2
headline: [active_now, citizens_reached, cost_euro]
"""


def study(folder: Path, draws: str, **files: str) -> Study:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    file = folder / "drawn.yaml"
    file.write_text(STUDY + (f"draws: {draws}\n" if draws else ""), "utf-8")
    return load_study(file)


def drawn_strengths(found: Study) -> list[float]:
    plan = Plan.of(found, scale=0.02)
    draws = sorted({task.draw for task in plan.tasks})
    return [plan.trunks(draw)[0].history.parameters.erosion.young for draw in draws]


def test_every_draw_has_seeds_of_its_own_which_more_draws_or_seeds_leave_as_they_are(tmp_path: Path) -> None:
    two = Plan.of(study(tmp_path, "{design: 3, number: 2}"), scale=0.02)
    assert two.tasks == (Task(1, 20_000), Task(1, 40_000), Task(2, 20_001), Task(2, 40_001))
    more = Plan.of(study(tmp_path, "{design: 3, number: 5}"), 3, scale=0.02)
    assert set(two.tasks) < set(more.tasks)
    assert len({task.seed for task in more.tasks}) == len(more.tasks) == 15


def test_the_luck_of_a_few_seeds_is_not_in_all_draws_alike(tmp_path: Path) -> None:
    nearly_alike = ", ".join(f"{{erosion: {{young: {12 + k / 1000}}}}}" for k in range(12))
    comparison = Comparison.of(run_plan(Plan.of(study(tmp_path, f"{{values: [{nearly_alike}]}}"), scale=0.02)))
    gains = comparison.final("citizens_reached", "more") - comparison.final("citizens_reached", "none")
    found = comparison.difference("citizens_reached")
    # Draws that hardly differ leave chance alone: the interval is about that of the pairs, taken one by one.
    alone = paired_difference(np.zeros(len(gains)), gains)
    assert (found.high - found.low) / (alone.high - alone.low) == pytest.approx(1.0, abs=0.6)
    assert found.high - found.low > 0.0


def test_a_list_and_a_sample_say_what_each_draw_changes(tmp_path: Path) -> None:
    assert drawn_strengths(study(tmp_path, "{values: [{erosion: {young: 9.0}}, {erosion: {young: 15.0}}]}")) == [9, 15]
    sample = study(tmp_path, "{sample: rows.csv}", rows="erosion.young\n7\n8\n9\n")
    assert drawn_strengths(sample) == [7, 8, 9]


def test_rows_of_a_sample_are_drawn_as_often_as_they_weigh(tmp_path: Path) -> None:
    rows = "erosion.young,weight\n7,1\n8,0\n9,3\n"
    drawn = drawn_strengths(study(tmp_path, "{sample: rows.csv, number: 40}", rows=rows))
    assert {value: drawn.count(value) for value in set(drawn)} == {7: 10, 9: 30}


def test_other_draws_are_other_results_and_more_of_a_design_are_not(tmp_path: Path) -> None:
    five, nine = (study(tmp_path, f"{{design: 1, number: {n}}}") for n in (5, 9))
    other, plain = study(tmp_path, "{design: 2, number: 5}"), study(tmp_path, "")
    assert five.configuration_hash == nine.configuration_hash
    assert len({five.configuration_hash, other.configuration_hash, plain.configuration_hash}) == 3


def test_intervals_stand_on_draws_and_the_headline_says_so(tmp_path: Path) -> None:
    plan = Plan.of(study(tmp_path, "{design: 1, number: 6}"), scale=0.02)
    comparison = Comparison.of(run_plan(plan))
    found = comparison.difference("citizens_reached")
    gains = comparison.final("citizens_reached", "more") - comparison.final("citizens_reached", "none")
    assert (comparison.pairs, comparison.drawn, found.pairs) == (12, 6, 6)
    assert comparison.draws.tolist() == np.repeat(np.arange(1, 7), 2).tolist()
    assert found.mean == pytest.approx(gains.mean())
    assert found.high - found.mean == pytest.approx(
        2.5706 * gains.reshape(6, 2).mean(axis=1).std(ddof=1) / 6**0.5, rel=1e-4
    )
    assert "6 draws of the parameters, 12 pairs" in comparison.headline("en")
    assert "6 estrazioni dei parametri, 12 coppie" in comparison.headline("it")
    assert 0 <= comparison.spread("citizens_reached").share_of_parameters <= 1
    assert comparison.regret("citizens_reached").set_index("scenario").loc["more", "best"] > 0.5
    worth = comparison.acceptability("citizens_reached", [0.0, 1e9])
    assert worth[0] == 0
    assert worth[1] > 0.5


def test_few_draws_are_warned_of_as_draws(tmp_path: Path) -> None:
    comparison = Comparison.of(run_plan(Plan.of(study(tmp_path, "{design: 1, number: 3}"), scale=0.02)))
    assert "Caution: only 3 draws of the parameters" in comparison.headline("en")
    assert "solo 3 estrazioni" in comparison.headline("it")


def test_one_seed_a_draw_is_enough_and_one_pair_in_all_is_not(tmp_path: Path) -> None:
    assert len(Plan.of(study(tmp_path, "{design: 1, number: 3}"), 1).tasks) == 3
    with pytest.raises(ExperimentError, match="at least 2 pairs"):
        Plan.of(study(tmp_path, ""), 1)


def test_only_the_measures_that_a_study_names_are_kept(tmp_path: Path) -> None:
    named = study(tmp_path, "{design: 1, number: 2}\nmeasures: [groups_alive]")
    comparison = Comparison.of(run_plan(Plan.of(named, scale=0.02)))
    assert sorted(comparison.measures) == ["active_now", "citizens_reached", "cost_euro", "groups_alive"]
    whole = study(tmp_path, "{design: 1, number: 2}")
    assert named.configuration_hash != whole.configuration_hash
    same = Comparison.of(run_plan(Plan.of(whole, scale=0.02)))
    assert comparison.final("groups_alive", "more").tolist() == same.final("groups_alive", "more").tolist()
