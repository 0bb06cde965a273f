from __future__ import annotations

from pathlib import Path

import pytest

from simcomunita.configuration import ConfigurationError
from simcomunita.territory import grow, read_territory, write_template
from simcomunita.territory.describing import described


def test_the_template_reads_and_grows_as_it_stands(tmp_path: Path) -> None:
    written = write_template("my-town_2", tmp_path)
    assert {p.parent for p in written} == {tmp_path / "my-town_2"}
    territory = read_territory(tmp_path / "my-town_2")
    assert territory.name == "my-town_2"
    assert described(territory, grow(territory, 1)).as_asked


def test_every_table_of_the_template_is_explained(tmp_path: Path) -> None:
    for path in write_template("town", tmp_path):
        assert path.read_text(encoding="utf-8").startswith("# "), path.name


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "mine.txt").write_text("mine")
    with pytest.raises(ConfigurationError, match="nothing is overwritten"):
        write_template("town", tmp_path)
    assert [p.name for p in (tmp_path / "town").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("name", ["", "..", "../town", "a b", "a/b", "é", "x" * 61, "town\n"])
def test_a_name_that_is_no_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="letters"):
        write_template(name, tmp_path)
    assert not list(tmp_path.iterdir())
