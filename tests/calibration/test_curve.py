from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from simcomunita.calibration.curve import curve_table, sizes, with_curve
from simcomunita.calibration.figures_otherwise import learning_figure
from simcomunita.calibration.inference import BEST
from simcomunita.calibration.page import page
from simcomunita.calibration.result import Result, infer
from simcomunita.calibration.weighing import NAME as EXACT

from .conftest import made_bank


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    from simcomunita.calibration.reading import load_calibration

    from .conftest import CALIBRATION

    file = tmp_path_factory.mktemp("curve") / "small.yaml"
    file.write_text(CALIBRATION)
    calibration = replace(load_calibration(file), method=BEST, truths=40, points=300)
    return with_curve(infer(calibration, made_bank(calibration)[1]))


def test_sizes_are_powers_of_two_up_to_half_the_bank():
    assert sizes(2048) == [64, 128, 256, 512, 1024]
    assert sizes(300) == [64, 128]
    assert sizes(100) == []


def test_every_method_is_tried_at_every_size_with_truths_beyond_it(result: Result):
    table = curve_table(result)
    assert sorted(set(table["runs"])) == [64, 128, 260]
    assert set(table["truths"]) == {40}
    assert set(table["method"]) == {*result.checks}
    assert len(table) == 3 * 4


def test_more_runs_err_less_where_runs_are_all_there_is(result: Result):
    exact = [one for one in result.curve if one.method == EXACT]
    assert exact[-1].error < exact[0].error
    assert all(one.low < one.error < one.high for one in exact)


def test_the_best_method_is_that_with_the_best_score(result: Result):
    scores = {name: one.score() for name, one in result.checks.items() if name != EXACT}
    assert result.method == min(scores, key=lambda name: scores[name])
    assert result.method != BEST
    assert {len(one.ranks) for name, one in result.checks.items() if name != EXACT} == {40}
    chosen = result.methods().set_index("method")["chosen"]
    assert chosen[result.method] == 1
    assert chosen.sum() == 1


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "because of the three it finds truths again with the best score"),
        ("it", "perché dei tre ritrova la verità con il punteggio migliore"),
    ],
)
def test_the_page_says_which_size_and_method_are_used_and_why(result: Result, lang, said: str):
    text = page(result, lang)
    assert said in text
    assert {"en": "uses all 300 runs", "it": "usa tutte le 300 simulazioni"}[lang] in text
    assert not re.search(r"\bnan\b", text)


def test_the_picture_names_every_method_at_its_line(result: Result):
    figure = learning_figure(result, "it")
    for axes in figure.axes:
        assert {text.get_text() for text in axes.texts} == set(result.checks)
        heights = sorted(text.get_position()[1] for text in axes.texts)
        assert (np.diff(heights) > 0.05).all()
