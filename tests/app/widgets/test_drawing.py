from __future__ import annotations

import json
import math

import pytest

from simcomunita.app.widgets.drawing import Drawing, Line, past_apart
from simcomunita.experiment.figures import PAST_COLOUR
from simcomunita.months import parse_month

START = parse_month("2019-11")


def line(name: str, *values: float, dashed: bool = False) -> Line:
    return Line(name, "#0072B2", [v - 1 for v in values], list(values), [v + 1 for v in values], dashed=dashed)


def drawing(measure: str = "active_now", language: str = "en", *lines: Line) -> Drawing:
    two = (line("None", 10, 11, 11, 11, dashed=True), line("Eight", 10, 11, 14, 19))
    return Drawing(measure, language, START, 2, lines or two, 12, ("On 12 runs.",))  # type: ignore[arg-type]


def test_what_is_shared_is_drawn_once_and_every_line_begins_where_it_ended() -> None:
    past, none, eight = past_apart(drawing()).data()["lines"]
    assert past["middle"] == [10, 11, None, None]
    assert past["colour"] == PAST_COLOUR
    assert past["label"] == ""
    assert none["middle"] == [None, 11, 11, 11]
    assert eight["middle"] == [None, 11, 14, 19]


def test_without_a_past_nothing_is_set_apart() -> None:
    one = Drawing("active_now", "en", START, 0, (line("Eight", 1, 2),), 3)
    assert past_apart(one) is one


def test_a_line_says_its_name_and_where_it_ends() -> None:
    shown = drawing().data()
    assert [one["label"] for one in shown["lines"]] == ["None\n11", "Eight\n19"]
    assert shown["summary"] == "None: 11; Eight: 19"


def test_shares_are_percentages_and_millions_are_millions_in_the_readers_language() -> None:
    share = drawing("isolated_share", "it", line("Otto", 0.123, 0.125)).data()
    assert share["suffix"] == " %"
    assert share["lines"][0]["end"] == "12,50 %"
    euro = drawing("cost_euro", "it", line("Otto", 0.0, 3_450_000.0)).data()
    assert euro["lines"][0]["end"] == "3,5 milioni di euro" or euro["lines"][0]["end"] == "3,4 milioni di euro"
    assert euro["title"].endswith("milioni di euro")


def test_a_month_without_a_value_is_a_gap_that_a_browser_can_read() -> None:
    shown = drawing("active_now", "en", line("Eight", 1, math.nan, 3)).data()
    assert shown["lines"][0]["middle"] == [1, None, 3]
    assert "NaN" not in json.dumps(shown)


def test_months_are_written_for_the_file_and_for_the_reader() -> None:
    shown = drawing("active_now", "it").data()
    assert shown["months"] == ["2019-11", "2019-12", "2020-01", "2020-02"]
    assert shown["dates"][0] == "Novembre 2019"


@pytest.mark.parametrize(("low", "high"), [(10.0, 10.4), (480.0, 517.0), (0.0, 3.0), (1200.0, 26_000.0)])
def test_an_axis_holds_all_that_is_drawn_and_ends_in_short_numbers(low: float, high: float) -> None:
    shown = drawing("active_now", "en", Line("Eight", "#0072B2", [low, low], [low, high], [high, high])).data()
    assert shown["least"] <= low
    assert shown["most"] >= high
    assert all(len(f"{shown[end]:g}") <= 6 for end in ("least", "most"))


def test_one_run_has_no_band_to_speak_of() -> None:
    one = Drawing("active_now", "en", START, 0, (line("Eight", 1, 2),), 1).data()
    assert one["band_label"] == "One run only: no band."
