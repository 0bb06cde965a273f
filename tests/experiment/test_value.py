"""What scenarios are worth: computed, said, drawn and written; what is lost and where spread comes from, drawn."""

from __future__ import annotations

import csv
import string
from dataclasses import replace
from pathlib import Path

import matplotlib.text
import numpy as np
import pytest
from fake_community import FakeStudy, Future, Label, Spending, fake_model
from matplotlib.figure import Figure

from simcomunita.experiment import Comparison, Plan, run_plan, wording
from simcomunita.experiment import uncertainty_sentences as words
from simcomunita.experiment.figures import colours
from simcomunita.experiment.keeping import PICTURES, not_drawn
from simcomunita.experiment.value import UnansweredError, Value, _nice

SEVERAL = FakeStudy(
    scenarios={
        "none": Future(Label("No helpers at all", "Nessun aiutante")),
        "some": Future(Label("Some helpers", "Alcuni aiutanti"), (Spending("some", 2.0, 300.0),)),
        "many": Future(Label("Many helpers", "Molti aiutanti"), (Spending("many", 3.0, 900.0),)),
    }
)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return Comparison.of(run_plan(Plan.of(FakeStudy(), 8, make_model=fake_model)))


@pytest.fixture(scope="module")
def several() -> Comparison:
    return Comparison.of(run_plan(Plan.of(SEVERAL, 12, make_model=fake_model)))


@pytest.fixture(scope="module")
def drawn(several: Comparison) -> Comparison:
    """The same runs, as if of six draws with two seeds each."""
    frames = {}
    for name in ("runs", "series"):
        frame = getattr(several, name).copy()
        frame["draw"], frame["seed"] = (frame["seed"] - 1) // 2 + 1, (frame["seed"] - 1) % 2 + 1
        frames[name] = frame.sort_values(["scenario", "draw", "seed"], kind="stable")
    return replace(several, **frames)


def texts(figure: Figure) -> list[matplotlib.text.Text]:
    figure.draw_without_rendering()
    return [t for t in figure.findobj(matplotlib.text.Text) if t.get_text().strip() and t.get_visible()]


def said(figure: Figure) -> str:
    return "\n".join(" ".join(t.get_text().split()) for t in texts(figure))


def changed(comparison: Comparison, measure: str, **columns: list[float]) -> Comparison:
    """The same with other outcomes of some scenarios."""
    runs = comparison.runs.copy()
    for scenario, values in columns.items():
        runs.loc[runs["scenario"] == scenario, measure] = values
    return replace(comparison, runs=runs)


def test_the_baseline_is_one_of_the_choices_and_the_last_turn_is_the_price_of_one_more(comparison: Comparison) -> None:
    value = Value.of(comparison)
    assert value.scenarios == ("none", "helped")
    assert [turn.scenario for turn in value.turns] == ["none", "helped"]
    assert value.turns[1].price == pytest.approx(comparison.price("active_now").each)
    assert value.turns[1].interval == comparison.price("active_now")
    assert value.highest_price > value.turns[1].price


def test_fewer_isolated_is_what_is_paid_for_by_the_percentage_point(comparison: Comparison) -> None:
    value = Value.of(comparison, "isolated_share")
    _, gained = value.extra("helped")
    assert gained.mean() == pytest.approx(-100 * comparison.difference("isolated_share").mean)
    assert gained.mean() > 0
    assert "one percentage point less (nobody to count on" in words.choice(comparison, value, "en")


def test_what_is_shown_first_but_counts_nothing_is_not_what_is_paid_for(comparison: Comparison) -> None:
    about = replace(comparison.about, headline=("isolated_share", "citizens_reached", "cost_euro"))
    assert Value.of(replace(comparison, about=about)).measure == "citizens_reached"


def test_better_is_said_of_less_where_less_is_better(comparison: Comparison) -> None:
    assert comparison.probability_better("isolated_share") == 1 - comparison.difference("isolated_share").higher
    table = comparison.table.set_index("measure")
    assert table.loc["isolated_share", "better"] == "lower"
    assert table.loc["isolated_share", "probability_better"] == 1.0
    assert table.loc["isolated_share", "probability_higher"] == 0.0
    lost = comparison.regret("isolated_share").set_index("scenario")["mean"]
    assert lost["helped"] == 0 < lost["none"]


@pytest.mark.parametrize(
    ("reason", "english"),
    [
        ("no cost", "nothing counts the euro spent"),
        ("no outcome", "more or less is better"),
        ("one unit", "only one pair"),
        ("equal cost", "cost the same"),
        ("equal outcome", "come to the same"),
    ],
)
def test_where_nothing_can_be_said_of_worth_the_reason_is_told_and_nothing_is_drawn(
    reason: str, english: str, comparison: Comparison
) -> None:
    outcomes = comparison.final("active_now", "none").tolist()
    lacking = {
        "no cost": replace(
            comparison,
            runs=comparison.runs.drop(columns="cost_euro"),
            series=comparison.series.drop(columns="cost_euro"),
        ),
        "no outcome": replace(comparison, about=replace(comparison.about, headline=("cost_euro",))),
        "one unit": replace(
            comparison,
            runs=comparison.runs[comparison.runs["seed"] == 1],
            series=comparison.series[comparison.series["seed"] == 1],
        ),
        "equal cost": changed(comparison, "cost_euro", none=[5.0] * 8, helped=[5.0] * 8),
        "equal outcome": changed(comparison, "active_now", none=outcomes, helped=outcomes),
    }[reason]
    with pytest.raises(UnansweredError, match=reason):
        lacking.value_figure()
    assert not_drawn(lacking)["value.png"] == reason
    assert english in words.text(reason, "en")
    assert not len(lacking.acceptability_table)
    assert words.worth(lacking) == ""


def test_no_picture_of_earlier_runs_is_left_where_there_is_no_reason_to_draw_one(
    comparison: Comparison, tmp_path: Path
) -> None:
    comparison.save(tmp_path)
    assert (tmp_path / "value.png").exists()
    changed(comparison, "cost_euro", none=[5.0] * 8, helped=[5.0] * 8).save(tmp_path)
    assert not (tmp_path / "value.png").exists()


def test_tables_hold_what_the_pictures_show(drawn: Comparison, tmp_path: Path) -> None:
    drawn.save(tmp_path)
    assert not_drawn(drawn) == {}
    assert all((tmp_path / name).read_bytes().startswith(b"\x89PNG") for name in PICTURES)
    rows = {}
    for name in ("regret", "acceptability", "spread"):
        with (tmp_path / f"{name}.csv").open(newline="") as file:
            rows[name] = list(csv.DictReader(file))
    assert {row["measure"] for row in rows["regret"]} == set(drawn.shown)
    assert {row["units"] for row in rows["regret"] + rows["acceptability"]} == {"6"}
    by_price = np.array([float(row["probability_best"]) for row in rows["acceptability"]]).reshape(-1, 3)
    assert by_price.sum(axis=1) == pytest.approx(1.0)
    assert by_price[0].tolist() == [1.0, 0.0, 0.0], "for nothing, the cheapest"
    chosen = [row["chosen"] for row in rows["acceptability"]]
    assert chosen.count("True") == len(by_price)
    for row in rows["spread"]:
        whole = float(row["variance_parameters"]) + float(row["variance_chance"])
        if whole:
            assert float(row["share_of_parameters"]) == pytest.approx(float(row["variance_parameters"]) / whole)
            assert (row["share_low"], row["share_high"]) == ("", ""), "six draws are too few for it"


def test_with_one_draw_the_table_of_spread_says_nothing_of_shares(several: Comparison) -> None:
    assert several.spread_table["share_of_parameters"].isna().all()
    assert (several.spread_table.set_index("measure").loc["active_now", "standard_deviation"] > 0).all()
    assert not_drawn(several) == {"spread.png": "one draw"}
    with pytest.raises(UnansweredError, match="one draw"):
        several.spread_figure()
    assert words.where_spread_comes_from(several) == ""


def test_the_picture_names_what_it_answers(several: Comparison, drawn: Comparison) -> None:
    assert "one course of events" in said(several.value_figure())
    assert "Only chance is in this" in said(several.value_figure())
    assert "a draw of what is not known (the parameters), on average over 2 runs" in said(drawn.value_figure())
    italian = said(drawn.value_figure("it"))
    for phrase in ("La scelta migliore in media", "meglio, e costa di più", "Molti aiutanti", "a fine giugno 2021"):
        assert phrase in italian


def test_only_corners_that_have_points_are_named(comparison: Comparison) -> None:
    words_in_it = said(comparison.value_figure())
    assert "better, and costs more" in words_in_it
    assert "worse" not in words_in_it
    base = comparison.final("active_now", "none")
    mixed = changed(comparison, "active_now", helped=(base + np.array([5, -5] * 4)).tolist())
    assert "worse, and costs more" in said(mixed.value_figure())
    cheaper = changed(mixed, "cost_euro", helped=[1.0] * 8)
    assert "better, and costs less" in said(cheaper.value_figure())


def test_a_choice_that_is_best_at_any_price_is_said_so(comparison: Comparison) -> None:
    dominant = changed(comparison, "cost_euro", helped=[1.0] * 8)
    assert words.worth(dominant).startswith("On average the best choice is helpers, whatever")
    dominant.value_figure().draw_without_rendering()


def test_scenarios_that_are_never_the_best_on_average_are_named(several: Comparison) -> None:
    wasteful = changed(several, "cost_euro", some=[1e6] * 12)
    assert "Never the best choice on average: some helpers." in words.worth(wasteful)
    assert "Mai la scelta migliore in media: alcuni aiutanti." in words.worth(wasteful, "it")


@pytest.mark.parametrize("lang", wording.LANGUAGES)
@pytest.mark.parametrize("which", ["comparison", "several", "drawn"])
def test_nothing_leaves_a_picture_or_runs_into_its_words_and_scenarios_keep_their_colours(
    which: str, lang: wording.Language, request: pytest.FixtureRequest
) -> None:
    shown: Comparison = request.getfixturevalue(which)
    pictures = [shown.value_figure(lang), shown.regret_figure(lang)]
    pictures += [shown.spread_figure(lang)] if which == "drawn" else []
    paint = {shown.about.label(name, lang): colour for name, colour in colours(shown.about).items()}
    for figure in pictures:
        coloured = {(" ".join(t.get_text().split()), t.get_color()) for t in texts(figure)}
        assert len(coloured & set(paint.items())) >= len(shown.about.policies)
        assert all(paint[name] == colour for name, colour in coloured if name in paint)
        title, notes = (text.get_window_extent() for text in figure.texts)
        assert title.x1 <= figure.bbox.x1
        assert notes.x1 <= figure.bbox.x1
        for axes in figure.axes:
            box = axes.get_tightbbox()
            assert notes.y1 < box.y0 < box.y1 < title.y0
            assert figure.bbox.x0 <= box.x0 < box.x1 <= figure.bbox.x1


@pytest.mark.parametrize("lang", wording.LANGUAGES)
def test_names_beside_a_panel_do_not_cover_each_other(lang: wording.Language, several: Comparison) -> None:
    figure = several.value_figure(lang)
    named = [several.about.label(name, lang) for name in several.about.scenarios]
    boxes = [t.get_window_extent() for t in texts(figure) if " ".join(t.get_text().split()) in named]
    assert len(boxes) == 2 * len(named)
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_every_phrase_says_the_same_in_both_languages() -> None:
    for key, phrases in (words.TEXTS | words.REGRETS).items():
        assert set(phrases) == set(wording.LANGUAGES)
        used = {lang: {name for _, name, _, _ in string.Formatter().parse(phrases[lang]) if name} for lang in phrases}
        assert used["en"] == used["it"], key


def test_axes_end_at_round_prices() -> None:
    assert [_nice(value) for value in (0.7, 1.0, 1.2, 787.0, 5301.0)] == [0.8, 1.0, 1.5, 800.0, 6000.0]
