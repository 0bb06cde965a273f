from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from fake_community import EQUAL, FakeStudy, Future, Label, Spending, fake_model, hopeless_model

from simcomunita.experiment import Comparison, ExperimentError, Plan, RunsFailedError, compare, run_plan
from simcomunita.experiment.intervals import paired_difference
from simcomunita.experiment.keeping import WRITTEN

MEASURES = ["active_now", "citizens_reached", "isolated_share", "cost_euro"]


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return Comparison.of(run_plan(Plan.of(FakeStudy(), 10, make_model=fake_model)))


def test_there_is_a_row_a_run_and_a_row_a_run_and_month(comparison: Comparison) -> None:
    assert list(comparison.runs.columns) == ["scenario", "seed", "draw", *MEASURES]
    assert list(comparison.series.columns) == ["scenario", "seed", "draw", "month", *MEASURES]
    assert len(comparison.runs) == 2 * 10
    assert len(comparison.series) == 2 * 10 * 40
    last = comparison.series[comparison.series["month"] == "2021-06"]
    assert (last[MEASURES].to_numpy() == comparison.runs[MEASURES].to_numpy()).all()


def test_the_table_compares_pairs_of_the_same_seed(comparison: Comparison) -> None:
    table = comparison.table.set_index("measure")
    wide = comparison.runs.pivot_table(index="seed", columns="scenario", values="active_now")
    expected = paired_difference(wide["none"], wide["helped"])
    row = table.loc["active_now"]
    assert (row["difference"], row["ci_low"], row["ci_high"]) == (expected.mean, expected.low, expected.high)
    assert (row["baseline"], row["policy"], row["pairs"]) == ("none", "helped", 10)
    assert row["mean_policy"] - row["mean_baseline"] == pytest.approx(row["difference"])


def test_money_is_counted_by_year(comparison: Comparison) -> None:
    costs = comparison.costs.set_index(["scenario", "year"])["euro"]
    assert costs["helped", 2018] == costs["none", 2018] == 9 * 500
    assert (costs["helped", 2020], costs["helped", 2021]) == (12_000, 6_000)
    assert costs["none", 2020] == 0
    assert costs.groupby("scenario").sum().to_dict() == {"helped": 22_500, "none": 4_500}


def test_the_price_of_one_more_is_extra_euro_over_extra_outcome(comparison: Comparison) -> None:
    found = comparison.price("active_now")
    assert found.each == pytest.approx(18_000 / comparison.difference("active_now").mean)
    assert found.low < found.each < found.high


def test_the_headline_says_how_many_between_what_in_how_many_pairs_and_at_what_price(
    comparison: Comparison,
) -> None:
    said = comparison.headline()
    found = comparison.difference("active_now")
    assert said.startswith(f"Helpers instead of none, from January 2020: {found.mean:.0f} more active citizens")
    assert f"(between {found.low:.0f} and {found.high:.0f}; more in 10 of 10 pairs)" in said
    assert "It costs 12,000 euro a year more" in said
    assert "10 pairs of simulated runs" in said
    assert str(comparison) == said


def test_the_headline_is_italian_where_italian_is_asked_for(comparison: Comparison) -> None:
    said = comparison.headline("it")
    assert said.startswith("Aiutanti invece di nessuno, da gennaio 2020:")
    assert "a fine giugno 2021" in said
    assert "12.000 euro" in said
    assert "1,5 anni" in said


def test_where_nothing_differs_nothing_is_claimed() -> None:
    equal = Comparison.of(run_plan(Plan.of(EQUAL, 4, make_model=fake_model)))
    assert "no difference at all" in equal.headline()
    assert "euro" not in equal.headline()


def test_a_change_that_is_not_clear_has_no_price() -> None:
    faint = Spending("faint", 0.02, 1000.0)
    noise = FakeStudy(
        scenarios={
            "faint": Future(Label("A little", "Un poco"), (faint,)),
            "none": Future(Label("None", "Nessuno")),
        }
    )

    def noisy(past: object, seed: int, scale: float) -> object:
        model = fake_model(past, seed, scale)  # type: ignore[arg-type]

        def branch(policies: object, name: str) -> object:
            twin = fake_model(past, seed + (1000 if name == "faint" else 0), scale)  # type: ignore[arg-type]
            twin.policies += policies  # type: ignore[operator]
            return twin

        model.branch = branch  # type: ignore[method-assign,assignment]
        return model

    said = Comparison.of(run_plan(Plan.of(noise, 6, make_model=noisy))).headline()  # type: ignore[arg-type]
    assert "these runs cannot tell a rise from a fall in active citizens" in said
    assert "what one more costs cannot be said" in said


def test_a_smaller_territory_is_said_to_be_smaller() -> None:
    small = Comparison.of(run_plan(Plan.of(FakeStudy(), 2, 0.1, fake_model)))
    assert "Only 10 % of the residents" in small.headline()
    assert "10 %" in small.headline("it").splitlines()[-1]


def test_a_headline_names_the_model_that_its_counts_are_of() -> None:
    small = Comparison.of(run_plan(Plan.of(FakeStudy(), 6, 0.1, fake_model)))
    first = "Helpers instead of none, from January 2020, in a model of 10 % of the residents, staff and money: "
    assert small.headline().startswith(first)
    assert "in un modello con il 10 % di residenti, operatori e denaro: " in small.headline("it")
    assert "10 % of the residents" in small.figure().texts[0].get_text().replace("\n", " ")


def test_few_pairs_come_with_a_caution_and_enough_do_not(comparison: Comparison) -> None:
    few = Comparison.of(run_plan(Plan.of(FakeStudy(), 4, make_model=fake_model)))
    assert "Caution: only 4 pairs of runs." in few.headline()
    assert "Attenzione: solo 4 coppie" in few.headline("it")
    assert "Caution" not in comparison.headline()


@pytest.mark.parametrize(
    ("gains", "english", "italian"),
    [
        ((1.0, 1.0, 1.0), "active citizens up by 1 at", "«cittadini attivi» in aumento di 1 a fine"),
        ((0.6, 0.7, 0.8), "active citizens up by 0.7 at", "«cittadini attivi» in aumento di 0,7 a fine"),
        ((-0.6, -0.7, -0.8), "active citizens down by 0.7 at", "«cittadini attivi» in diminuzione di 0,7 a fine"),
        ((7.0, 8.0, 9.0), ": 8 more active citizens at", ": 8 cittadini attivi in più a fine"),
    ],
)
def test_small_numbers_are_said_as_one_says_them(
    gains: tuple[float, ...], english: str, italian: str, comparison: Comparison
) -> None:
    runs = comparison.runs[comparison.runs["seed"] <= 3].copy()
    runs.loc[runs["scenario"] == "none", "active_now"] = 10.0
    runs.loc[runs["scenario"] == "helped", "active_now"] = 10.0 + np.array(gains)
    small = replace(comparison, runs=runs)
    assert english in small.headline()
    assert italian in small.headline("it")
    found = re.search(r"between (\S+) and (\S+);", small.headline())
    assert found is not None
    assert (found[1] == found[2]) == (len(set(gains)) == 1), "one number only where the interval has no width"


def test_of_several_policies_each_is_compared_with_the_baseline() -> None:
    study = FakeStudy(
        scenarios={
            "none": Future(Label("None", "Nessuno")),
            "some": Future(Label("Some", "Alcuni"), (Spending("some", 1.0, 300.0),)),
            "many": Future(Label("Many", "Molti"), (Spending("many", 5.0, 900.0),)),
        }
    )
    comparison = Comparison.of(run_plan(Plan.of(study, 4, make_model=fake_model)))
    assert comparison.table["policy"].tolist() == ["some"] * 4 + ["many"] * 4
    assert comparison.difference("active_now", "many").mean > comparison.difference("active_now", "some").mean
    assert comparison.difference("active_now") == comparison.difference("active_now", "some")
    assert len(comparison.headline().splitlines()) == 4, "two policies, the caution, what it stands on"
    with pytest.raises(KeyError, match="none of some, many"):
        comparison.difference("active_now", "none")


def test_files_hold_what_the_object_holds(comparison: Comparison, tmp_path: Path) -> None:
    comparison.save(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == set(WRITTEN) - {"regret.png", "spread.png"}
    with (tmp_path / "comparison.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        "measure",
        "unit",
        "baseline",
        "policy",
        "mean_baseline",
        "mean_policy",
        "difference",
        "ci_low",
        "ci_high",
        "pairs",
        "probability_higher",
        "skewness",
        "bootstrap_low",
        "bootstrap_high",
        "pairs_saved",
        "better",
        "probability_better",
        "p05",
        "p95",
    ]
    assert [float(row["difference"]) for row in rows] == comparison.table["difference"].tolist()
    for name, frame in (("runs", comparison.runs), ("series", comparison.series)):
        kept = pq.read_table(tmp_path / f"{name}.parquet")
        assert kept.schema.metadata is None, "nothing that could differ between equal results"
        assert kept.column_names == list(frame.columns)
        assert kept.to_pylist() == frame.to_dict("records")


def test_the_provenance_tells_where_results_come_from(comparison: Comparison, tmp_path: Path) -> None:
    comparison.save(tmp_path)
    told = json.loads((tmp_path / "provenance.json").read_text())
    assert told["configuration_hash"] == "f" * 64
    assert told["seeds"] == list(range(1, 11))
    assert told["scale"] == 1.0
    assert told["version"]
    assert told["packages"]["numpy"] == np.__version__
    assert told["seconds"] > 0
    assert told["failures"] == []
    assert told["written"].endswith("+00:00")


def test_a_saved_comparison_is_read_back_whole(comparison: Comparison, tmp_path: Path) -> None:
    comparison.save(tmp_path)
    back = Comparison.read(tmp_path)
    pd.testing.assert_frame_equal(back.table, comparison.table)
    assert back.headline("it") == comparison.headline("it")
    assert back.about == comparison.about
    back.save(tmp_path)
    with pytest.raises(ExperimentError, match="holds no comparison"):
        Comparison.read(tmp_path / "nowhere")


def test_saving_over_another_study_is_refused(comparison: Comparison, tmp_path: Path) -> None:
    comparison.save(tmp_path)
    other = Comparison.of(run_plan(Plan.of(FakeStudy(name="other"), 2, make_model=fake_model)))
    before = (tmp_path / "comparison.csv").read_bytes()
    with pytest.raises(ExperimentError, match='holds results of "fake", not of "other"'):
        other.save(tmp_path)
    assert (tmp_path / "comparison.csv").read_bytes() == before


def test_when_every_run_fails_the_first_failure_is_told() -> None:
    with pytest.raises(RunsFailedError, match=r"seed 1.*OverflowError: too many people"):
        Comparison.of(run_plan(Plan.of(FakeStudy(), 3, make_model=hopeless_model)))


def test_compare_refuses_a_single_seed_before_it_runs_anything() -> None:
    with pytest.raises(ExperimentError, match="at least 2 pairs"):
        compare(FakeStudy(), seeds=1)  # type: ignore[arg-type]
