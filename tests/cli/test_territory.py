from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from simcomunita.cli import app


def test_a_shipped_territory_is_described_by_its_name(tmp_path: Path) -> None:
    picture = tmp_path / "new" / "picture.png"
    words = ["territory", "describe", "bassa_bresciana_orientale", "--scale", "0.05", "--picture", str(picture)]
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 0, answer.output
    assert "Montichiari" in answer.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_description_speaks_italian(tmp_path: Path) -> None:
    words = ["territory", "describe", "bassa_bresciana_orientale", "--scale", "0.02", "--language", "it"]
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 0, answer.output
    assert answer.stdout.startswith("Bassa Bresciana Orientale, seme 1, scala 0,02")
    assert "Reti personali" in answer.stdout


def test_a_new_territory_is_written_once_and_never_over_another(tmp_path: Path) -> None:
    words = ["territory", "new", "valley", "--in", str(tmp_path / "territories")]
    assert CliRunner().invoke(app, words).exit_code == 0
    before = {file: file.read_bytes() for file in (tmp_path / "territories" / "valley").iterdir()}
    assert any(file.name == "territory.yaml" for file in before)
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 2
    assert "nothing is overwritten" in answer.stderr
    assert {file: file.read_bytes() for file in (tmp_path / "territories" / "valley").iterdir()} == before


def test_a_new_territory_is_found_by_the_name_that_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(app, ["territory", "new", "valley"])
    assert made.exit_code == 0, made.output
    assert (tmp_path / "configs/territories/valley/territory.yaml").exists()
    described = CliRunner().invoke(app, ["territory", "describe", "valley"])
    assert described.exit_code == 0, described.output
    assert CliRunner().invoke(app, ["territory", "new", "My Town"]).exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["new", "valley", "--in", "{file}/inside"],
        ["new", "../valley", "--in", "{folder}"],
        ["describe", "bassa_bresciana_orientale", "--scale", "0.01", "--picture", "{file}/picture.png"],
        ["describe", "bassa_bresciana_orientale", "--scale", "0.01", "--picture", "{folder}/picture.txt"],
        ["describe", "bassa_bresciana_orientale", "--scale", "-1"],
        ["describe", "bassa_bresciana_orientale", "--scale", "31"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_written_or_grown_ends_with_two(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    filled = [word.format(file=tmp_path / "file", folder=tmp_path) for word in words]
    answer = CliRunner().invoke(app, ["territory", *filled])
    assert answer.exit_code == 2, answer.output
    assert answer.stderr.strip()
    assert "Traceback" not in answer.output
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
