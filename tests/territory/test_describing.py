from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from simcomunita.configuration import ConfigurationError
from simcomunita.territory import Population, Territory, describe_territory
from simcomunita.territory.describing import Comparison, described


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


def test_the_picture_speaks_italian(valley: Path) -> None:
    from simcomunita.territory import grow, read_territory
    from simcomunita.territory.picture import draw

    territory = read_territory(valley)
    figure = draw(territory, grow(territory, 1, 0.2), language="it")
    assert any("legami" in text.get_text() for text in figure.texts)


def test_importing_the_room_loads_neither_matplotlib_nor_networkx_nor_numba() -> None:
    code = (
        "import sys, simcomunita.territory as t; t.read_territory; "
        "print([m for m in ('matplotlib', 'networkx', 'numba', 'mesa') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
