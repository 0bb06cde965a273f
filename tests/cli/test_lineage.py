from __future__ import annotations

from pathlib import Path

import networkx

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
