from __future__ import annotations

import json
from pathlib import Path

import networkx
import pytest
from typer.testing import CliRunner

from simcomunita import CommunityModel, load_scenario
from simcomunita.cli import app
from simcomunita.cli.looking import Form, NetworkOf
from simcomunita.commands.exporting import FORMS, KUMU_AT_MOST
from simcomunita.experiment.parts import _OWN
from simcomunita.outcomes.networks import NETWORKS

from .conftest import Ask

SMALL = ("--scale", "0.02")


def test_the_command_line_offers_what_there_is() -> None:
    assert [one.value for one in NetworkOf] == list(NETWORKS)
    assert [one.value for one in Form] == list(FORMS)


def test_a_network_is_written_with_where_it_comes_from(ask: Ask, scenario: Path, tmp_path: Path) -> None:
    answer = ask(
        "network", scenario, *SMALL, "--seed", 3, "--what", "residents", "--month", "2016-03", "--out", tmp_path
    )
    assert answer.returncode == 0, answer.stderr
    assert {file.name for file in tmp_path.iterdir()} == {"residents-2016-03.graphml", "provenance.json"}
    graph = networkx.read_graphml(tmp_path / "residents-2016-03.graphml")
    model = CommunityModel(load_scenario(scenario), 3, 0.02).advance_to("2016-03")
    assert graph.number_of_nodes() == len(model.population)
    assert {frozenset(map(int, e)) for e in graph.edges} == {frozenset(map(int, e)) for e in model.to_networkx().edges}
    assert f"{len(model.population):,} residents, {len(model.ties):,} ties." in " ".join(answer.stdout.split())
    assert "beginning, seed 3, at the end of March 2016" in answer.stdout
    provenance = json.loads((tmp_path / "provenance.json").read_text())
    assert (provenance["seeds"], provenance["scale"]) == ([3], 0.02)


@pytest.mark.parametrize("form", list(FORMS))
def test_every_form_is_written_whole_or_not_at_all(
    form: str, scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["network", str(scenario), *SMALL, "--what", "organisations", "--month", "2016-02", "--format", form]
    full = tmp_path / "full"

    def no_room(path: Path, content: bytes) -> None:
        path.write_bytes(content[:10])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("simcomunita.writing._write", no_room)
        answer = CliRunner().invoke(app, [*words, "--out", str(full)])
    assert answer.exit_code == 2
    assert "No space left on device" in answer.stderr
    assert not list(full.glob("*"))
    again = CliRunner().invoke(app, [*words, "--out", str(full), "--language", "it"])
    assert again.exit_code == 0
    assert "coppie che hanno lavorato insieme" in again.stdout
    assert "seme 1, a fine febbraio 2016" in again.stdout
    assert ("importano prima gli elementi" in " ".join(again.stdout.split())) == (form == "kumu")
    written = {file.name for file in full.iterdir()} - {"provenance.json"}
    assert all(name.startswith("organisations-2016-02") and _OWN.fullmatch(name) for name in written)
    assert len(written) == (1 if form in ("graphml", "gexf") else 2)


def test_networks_of_one_run_share_a_folder_and_those_of_another_do_not(scenario: Path, tmp_path: Path) -> None:
    words = ["network", str(scenario), *SMALL, "--out", str(tmp_path), "--month", "2016-02"]
    assert CliRunner().invoke(app, [*words, "--what", "municipalities"]).exit_code == 0
    before = (tmp_path / "provenance.json").read_bytes()
    assert CliRunner().invoke(app, [*words, "--what", "organisations", "--format", "gexf"]).exit_code == 0
    assert (tmp_path / "provenance.json").read_bytes() == before
    answer = CliRunner().invoke(app, [*words, "--what", "participants", "--seed", "2"])
    assert answer.exit_code == 2
    assert 'holds results of "beginning, seed 1", not of "beginning, seed 2"' in answer.stderr
    assert len(list(tmp_path.iterdir())) == 3


def test_a_state_that_was_kept_is_taken_up_and_gives_the_same_network(scenario: Path, tmp_path: Path) -> None:
    loaded, kept = load_scenario(scenario), tmp_path / "state.run"
    CommunityModel(loaded, 5, 0.02).advance_to("2016-03").keep(kept)
    words = ["network", str(scenario), "--what", "residents", "--format", "edges", "--out"]
    first = CliRunner().invoke(app, [*words, str(tmp_path / "a"), "--kept", str(kept)])
    second = CliRunner().invoke(app, [*words, str(tmp_path / "b"), *SMALL, "--seed", "5"])
    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    for name in ("residents-2016-05-nodes.csv", "residents-2016-05-edges.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    for more, told in (
        (["--month", "2016-02"], "state.run stands at the end of 2016-03, after 2016-02"),
        (["--seed", "4"], "has its own seed and scale"),
    ):
        answer = CliRunner().invoke(app, [*words, str(tmp_path / "c"), "--kept", str(kept), *more])
        assert answer.exit_code == 2
        assert told in answer.stderr
    kept.write_bytes(b"no state")
    for file in (kept, tmp_path / "nowhere.run"):
        answer = CliRunner().invoke(app, [*words, str(tmp_path / "c"), "--kept", str(file)])
        assert answer.exit_code == 2
        assert answer.stderr.startswith("--kept: ")
        assert "Traceback" not in answer.output
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            ["--month", "2016-13"],
            '--month: "2016-13" is no month of beginning; expected YYYY-MM from 2016-02 to 2016-05.',
        ),
        (["--month", "2016-06"], "expected YYYY-MM from 2016-02 to 2016-05"),
        (["--what", "residents", "--format", "kumu"], f"66,737 elements; Kumu shows {KUMU_AT_MOST:,}"),
        (["--what", "everybody"], "participants"),
        (["--scale", "0.001"], "100"),
        (["--out", " "], "the path is empty"),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_grown(
    more: list[str], told: str, scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simcomunita.commands.exporting.CommunityModel", None)
    answer = CliRunner().invoke(app, ["network", str(scenario), "--out", str(tmp_path / "out"), *more])
    assert answer.exit_code == 2, answer.output
    assert told in answer.stderr
    assert not (tmp_path / "out").exists()


def test_more_ties_than_kumu_shows_are_told_after_the_run_and_nothing_is_written(
    scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [
        "network",
        str(scenario),
        "--scale",
        "0.04",
        "--month",
        "2016-02",
        "--what",
        "residents",
        "--format",
        "kumu",
    ]
    answer = CliRunner().invoke(app, [*words, "--out", str(tmp_path)])
    assert answer.exit_code == 2
    assert "connections; Kumu shows" in answer.stderr
    assert "--what participants" in answer.stderr
    assert not list(tmp_path.iterdir())


def test_the_folder_of_a_run_holds_no_network_and_what_to_do_is_told(tmp_path: Path) -> None:
    (tmp_path / "provenance.json").write_text("{}")
    answer = CliRunner().invoke(app, ["network", str(tmp_path), "--out", str(tmp_path / "out")])
    assert answer.exit_code == 2
    assert "Name the run's scenario" in answer.stderr
