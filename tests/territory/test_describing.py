from __future__ import annotations

import itertools
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from simcomunita.configuration import ConfigurationError
from simcomunita.territory import Population, Territory, describe_territory, grow, read_territory
from simcomunita.territory.describing import Comparison, described
from simcomunita.territory.picture import draw


def test_the_real_territory_is_grown_as_asked(real: Territory, everybody: Population) -> None:
    description = described(real, everybody)
    assert [row.what for row in description.rows if row.within is False] == []
    text = str(description)
    for words in ("asked for", "Montichiari", "support ties", "isolated", "clustering", "same origin group"):
        assert words in text
    assert max(map(len, text.splitlines())) <= 110


def test_mixing_counts_every_tie_once(real: Territory, everybody: Population) -> None:
    mixing = described(real, everybody).mixing
    assert (mixing == mixing.T).all()
    assert (mixing.sum() + mixing.diagonal().sum()) // 2 == len(everybody.ties)


def test_what_lies_outside_its_range_is_said() -> None:
    assert Comparison("a", "b", 3.0, asked=1.0, low=0.0, high=2.0).within is False
    assert Comparison("a", "b", 3.0).within is None
    assert Comparison("a", "b", 3.0).difference is None


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_picture_is_drawn(ending: str, valley: Path, tmp_path: Path) -> None:
    path = tmp_path / f"picture.{ending}"
    description = describe_territory(valley, seed=2, scale=0.3, picture=path)
    assert path.stat().st_size > 20_000
    assert str(path) in str(description)


def test_a_picture_of_an_unknown_kind_is_refused_before_anything_is_grown(valley: Path) -> None:
    with pytest.raises(ConfigurationError, match="a picture ends in"):
        describe_territory(valley, picture=Path("picture.doc"))


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-zàèéìòù]{3,}", text.lower()))


def test_the_table_speaks_italian_throughout(valley: Path) -> None:
    english, italian = (str(describe_territory(valley, scale=0.2, language=lang)) for lang in ("en", "it"))
    names = words(" ".join(read_territory(valley).names))
    # Those written alike in both languages.
    assert words(english) & words(italian) - names == {"clustering", "percentile"}
    assert len(english.splitlines()) == len(italian.splitlines())
    assert "840" in italian
    assert "0,6" in italian


@pytest.mark.parametrize("lang", ["en", "it"])
def test_the_picture_says_median_and_middle_half_beside_the_mean(lang: Literal["en", "it"], valley: Path) -> None:
    territory = read_territory(valley)
    figure = draw(territory, grow(territory, 1, 0.2), language=lang)
    titles = [axes.get_title(loc="left") for axes in figure.axes if axes.get_title(loc="left")]
    assert len(titles) == 3
    said = {
        "en": r"mean [\d.]+\nmedian \d+, half of\nresidents \d+ to \d+",
        "it": r"media [\d,]+\nmediana \d+, metà dei\nresidenti tra \d+ e \d+",
    }
    assert all(re.fullmatch(said[lang], title) for title in titles), titles


@pytest.mark.parametrize("lang", ["en", "it"])
def test_every_axis_of_the_picture_says_what_it_counts_and_no_word_is_cut(
    lang: Literal["en", "it"], valley: Path
) -> None:
    territory = read_territory(valley)
    figure = draw(territory, grow(territory, 1, 0.2), language=lang)
    drawn = [axes for axes in figure.axes if axes.axison]
    assert len(drawn) == 5
    assert all(axes.get_xlabel() for axes in drawn)
    assert sum(bool(axes.get_ylabel()) for axes in drawn) == 3, "three panels share the first one's"
    titles = [axes._left_title.get_window_extent() for axes in drawn if axes.get_title(loc="left")]
    assert not any(one.overlaps(other) for one, other in itertools.pairwise(titles))
    assert all(title.x1 <= figure.bbox.x1 for title in titles)


def test_no_name_of_a_municipality_is_cut_in_the_table(valley: Path) -> None:
    description = describe_territory(valley, scale=0.2)
    named = replace(
        description,
        municipalities=tuple(f"Castiglione delle Stiviere {i}" for i in range(10)),
        mixing=np.ones((10, 10), np.int64),
    )
    lines = str(named).splitlines()
    assert all(any(name in line for line in lines) for name in named.municipalities)
    assert max(map(len, lines)) <= 110


def test_a_heading_does_not_call_as_asked_what_is_not(valley: Path) -> None:
    territory = read_territory(valley)
    population = grow(territory, 1, 0.2)
    far = territory.targets.support.model_copy(update={"low": 90.0, "value": 95.0, "high": 99.0})
    others = replace(territory, targets=territory.targets.model_copy(update={"support": far}))
    said = " ".join(text.get_text() for text in draw(others, population).texts)
    assert re.search("[123] of 3 means outside the range", said)
    elderly = replace(territory, age_rows=tuple(row.model_copy(update={"share": 0.2}) for row in territory.age_rows))
    said = " ".join(text.get_text() for text in draw(elderly, population).texts)
    assert "not as asked for" in said


def test_the_picture_speaks_italian(valley: Path) -> None:
    territory = read_territory(valley)
    figure = draw(territory, grow(territory, 1, 0.2), language="it")
    assert any("legami" in text.get_text() for text in figure.texts)


def test_importing_the_room_loads_neither_matplotlib_nor_networkx_nor_numba() -> None:
    code = (
        "import sys, simcomunita.territory as t; t.read_territory; "
        "print([m for m in ('matplotlib', 'networkx', 'numba', 'mesa') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
