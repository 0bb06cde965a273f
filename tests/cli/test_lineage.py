from __future__ import annotations

from pathlib import Path

import networkx
import pytest

from .conftest import Ask


def test_a_genealogy_is_told_written_and_drawn(ask: Ask, scenario: Path, tmp_path: Path) -> None:
    out = tmp_path / "lineage"
    answer = ask("lineage", scenario, "--scale", 0.05, "--out", out)
    assert answer.returncode == 0, answer.stderr
    assert "beginning, seed 1, through 2016-05" in answer.stdout
    assert "began to run things" in answer.stdout
    assert (out / "genealogy.png").read_bytes().startswith(b"\x89PNG")
    graph = networkx.read_graphml(out / "genealogy.graphml")
    assert {data["node"] for _, data in graph.nodes(data=True)} <= {"activation", "initiative"}
    assert all(data["month"] >= "2016-02" for _, data in graph.nodes(data=True))


def test_a_genealogy_is_told_in_italian(ask: Ask, scenario: Path) -> None:
    answer = ask("lineage", scenario, "--scale", 0.05, "--language", "it")
    assert "beginning, seme 1, fino a 2016-05" in answer.stdout
    assert "cominciato a organizzare iniziative" in answer.stdout
    assert "È stato simulato solo il 5 % dei residenti" in answer.stdout
    assert "mesi: 4 su 4" in answer.stderr


def test_an_unknown_scenario_is_the_users_to_mend(ask: Ask, tmp_path: Path) -> None:
    answer = ask("lineage", tmp_path / "none.yaml")
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr


@pytest.fixture(scope="module")
def kept(ask: Ask, scenario: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("kept") / "run"
    assert ask("run", scenario, "--scale", 0.05, "--seed", 3, "--out", out).returncode == 0
    return out


def test_a_run_that_was_kept_tells_the_same_as_one_that_is_run(
    ask: Ask, scenario: Path, kept: Path, tmp_path: Path
) -> None:
    again, anew = tmp_path / "again", tmp_path / "anew"
    first = ask("lineage", kept, "--out", again)
    assert first.returncode == 0, first.stderr
    second = ask("lineage", scenario, "--scale", 0.05, "--seed", 3, "--out", anew)
    assert first.stdout == second.stdout
    for name in ("genealogy.graphml", "genealogy.png"):
        assert (again / name).read_bytes() == (anew / name).read_bytes()


def test_a_genealogy_may_be_written_beside_the_run_it_is_of(ask: Ask, kept: Path) -> None:
    assert ask("lineage", kept, "--out", kept).returncode == 0
    assert (kept / "genealogy.png").exists()
    assert (kept / "series.parquet").exists()


def test_a_run_that_was_kept_has_its_own_seed(ask: Ask, kept: Path) -> None:
    answer = ask("lineage", kept, "--seed", 4)
    assert answer.returncode == 2
    assert "own seed" in answer.stderr


def test_a_folder_without_a_genealogy_is_the_users_to_mend(ask: Ask, kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in ("provenance.json", "series.parquet"):
        (other / name).write_bytes((kept / name).read_bytes())
    (other / "initiatives.parquet").write_bytes(b"no table")
    answer = ask("lineage", other)
    assert answer.returncode == 2
    assert "holds no run whose genealogy was kept" in answer.stderr
    assert "Traceback" not in answer.stderr
