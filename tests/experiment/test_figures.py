from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import matplotlib.text
import numpy as np
import pandas as pd
import pytest
from fake_community import FakeStudy, Future, Label, Spending, fake_model
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from simcomunita.experiment import Comparison, Plan, run_plan, wording
from simcomunita.experiment.figures import course, limits, spread
from simcomunita.months import parse_month

PNG = b"\x89PNG\r\n\x1a\n"
PEOPLE = FakeStudy(
    scenarios={
        "none": Future(Label("No helpers at all", "Nessun aiutante")),
        "some": Future(Label("Some helpers", "Alcuni aiutanti"), (Spending("some", 1.0, 300.0),)),
        "many": Future(Label("Many helpers", "Molti aiutanti"), (Spending("many", 1.1, 900.0),)),
    }
)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return Comparison.of(run_plan(Plan.of(FakeStudy(), 8, make_model=fake_model)))


@pytest.fixture(scope="module")
def several() -> Comparison:
    return Comparison.of(run_plan(Plan.of(PEOPLE, 4, make_model=fake_model)))


def texts(figure: Figure) -> Iterator[matplotlib.text.Text]:
    figure.draw_without_rendering()
    yield from (t for t in figure.findobj(matplotlib.text.Text) if t.get_text().strip() and t.get_visible())


def said(figure: Figure) -> str:
    return "\n".join(" ".join(t.get_text().split()) for t in texts(figure))


def test_the_picture_says_its_message_its_scenarios_and_when_they_part(comparison: Comparison) -> None:
    words = said(comparison.figure())
    assert "Helpers: 22 more active citizens at the end of June 2021" in words
    assert "more in 8 of 8 pairs" in words
    assert "January 2020: the scenarios part" in words
    assert "shared past" in words
    assert "funded: project" in words
    assert "mean of 8 runs" in words
    assert "1,234 residents" in words
    for panel in (
        "Active citizens",
        "Citizens reached",
        "Nobody to count on beyond the family",
        "Cost so far",
    ):
        assert panel in words


def test_the_picture_speaks_italian(comparison: Comparison) -> None:
    words = said(comparison.figure("it"))
    assert "gennaio 2020: gli scenari si separano" in words
    assert "Terra Piana, 1.234 residenti" in words
    assert "Cittadini attivi" in words


@pytest.mark.parametrize("lang", ["en", "it"])
@pytest.mark.parametrize("which", ["comparison", "several"])
def test_no_word_leaves_the_picture(which: str, lang: str, request: pytest.FixtureRequest) -> None:
    shown: Comparison = request.getfixturevalue(which)
    figure = shown.figure(lang)  # type: ignore[arg-type]
    whole = figure.bbox
    for text in texts(figure):
        box = text.get_window_extent()
        inside = whole.x0 <= box.x0 and box.x1 <= whole.x1 and whole.y0 <= box.y0 and box.y1 <= whole.y1
        assert inside, text.get_text()


def test_labels_at_the_ends_of_lines_do_not_cover_each_other(several: Comparison) -> None:
    figure = several.figure()
    labels = [t.get_window_extent() for t in texts(figure) if "helpers" in t.get_text() and "\n" in t.get_text()]
    assert len(labels) == 3
    assert not any(a.overlaps(b) for i, a in enumerate(labels) for b in labels[:i])


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=6).map(sorted))
def test_labels_are_moved_apart_and_keep_their_order(heights: list[float]) -> None:
    moved = spread(heights, 3.0)
    assert all(b - a >= 3.0 - 1e-9 for a, b in itertools.pairwise(moved))
    assert sum(moved) == pytest.approx(sum(heights), abs=1e-6), "around the place where they would stand"


def test_labels_that_are_far_apart_stay_where_their_lines_end() -> None:
    assert spread([1.0, 5.0, 9.0], 3.0) == [1.0, 5.0, 9.0]


@pytest.mark.parametrize(
    ("low", "high", "counted", "wanted"),
    [
        (5.0, 5.1, False, (4.285, 5.815)),  # people to count on: noise stays small
        (-2.0, 50.0, True, (-2.0, 50.0)),
        (20.0, 100.0, True, (0.0, 100.0)),
        (0.0, 1.0, True, (0.0, 4.0)),
        (0.0, 0.0, True, (0.0, 4.0)),
    ],
)
def test_an_axis_is_high_enough_to_show_noise_as_noise(
    low: float, high: float, counted: bool, wanted: tuple[float, float]
) -> None:
    assert limits(low, high, counted=counted) == pytest.approx(wanted)


def test_every_panel_spans_a_share_of_its_level(comparison: Comparison) -> None:
    for axes in comparison.figure().axes:
        low, high = axes.get_ylim()
        assert high - low >= 0.25 * max(abs(low), abs(high))


@pytest.mark.parametrize("branch_at", ["2018-04", "2018-07", "2020-01"])
def test_what_is_said_of_past_and_future_does_not_run_together(branch_at: str) -> None:
    study = FakeStudy(branch_at=parse_month(branch_at))
    figure = Comparison.of(run_plan(Plan.of(study, 3, make_model=fake_model))).figure("it")
    boxes = [
        t.get_window_extent()
        for t in texts(figure)
        if t.get_text() in ("passato comune",) or "separano" in t.get_text()
    ]
    assert 1 <= len(boxes) <= 2
    assert len(boxes) == 1 or not boxes[0].overlaps(boxes[1])


@pytest.mark.parametrize("lang", ["en", "it"])
def test_however_much_is_noted_nothing_runs_into_the_notes_or_the_title(lang: wording.Language) -> None:
    much = Comparison.of(run_plan(Plan.of(PEOPLE, 3, 0.1, fake_model)))  # small, and few pairs
    for shown in (much, Comparison.of(run_plan(Plan.of(FakeStudy(), 3, 0.1, fake_model)))):
        for figure in (shown.figure(lang), shown.measure_figure(lang=lang)):
            figure.draw_without_rendering()
            title, notes = (text.get_window_extent() for text in figure.texts)
            for axes in figure.axes:
                box = axes.get_tightbbox()
                assert notes.y1 < box.y0
                assert box.y1 < title.y0


def test_a_scenario_keeps_its_colour_in_every_panel_and_picture(several: Comparison) -> None:
    def coloured(figure: Figure) -> list[list[str]]:
        return [[line.get_color() for line in axes.lines if len(line.get_xdata()) > 2] for axes in figure.axes]

    panels = coloured(several.figure()) + coloured(several.measure_figure("citizens_reached"))
    assert all(panel == panels[0] for panel in panels)
    assert len(set(panels[0])) == 4, "the past and three scenarios"


def test_past_and_future_meet_in_the_month_before_the_branch(comparison: Comparison) -> None:
    past, none, helped = (line for line in comparison.measure_figure().axes[0].lines if len(line.get_xdata()) > 2)
    assert past.get_xdata()[-1] == none.get_xdata()[0] == helped.get_xdata()[0]
    assert past.get_ydata()[-1] == none.get_ydata()[0] == helped.get_ydata()[0]


def test_a_course_is_the_mean_over_runs(comparison: Comparison) -> None:
    drawn = course(comparison.series, "helped", "active_now")
    assert drawn.mean[-1] == pytest.approx(comparison.final("active_now", "helped").mean())
    assert (drawn.low <= drawn.mean).all()
    assert (drawn.mean <= drawn.high).all()


def test_a_month_in_which_a_measure_is_undefined_is_a_gap(comparison: Comparison) -> None:
    series: pd.DataFrame = comparison.series.copy()
    series.loc[series["month"] == "2018-03", "active_now"] = np.nan
    assert np.isnan(course(series, "none", "active_now").mean[0])
    replace(comparison, series=series).figure().draw_without_rendering()


def test_the_picture_is_written_large_enough_for_a_projector(comparison: Comparison, tmp_path: Path) -> None:
    comparison.save(tmp_path)
    content = (tmp_path / "comparison.png").read_bytes()
    assert content.startswith(PNG)
    width, height = (int.from_bytes(content[i : i + 4], "big") for i in (16, 20))
    assert (width, height) == (1920, 1080)


def test_what_is_no_measure_cannot_be_drawn(comparison: Comparison) -> None:
    with pytest.raises(KeyError, match="happiness"):
        comparison.measure_figure("happiness")


def test_a_notebook_is_shown_pictures_and_tables(comparison: Comparison) -> None:
    assert comparison.measure_figure()._repr_png_().startswith(PNG)  # type: ignore[attr-defined]
    shown = comparison._repr_html_()
    assert "Helpers instead of none" in shown
    assert "<table" in shown
