from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simcomunita.cli import app
from simcomunita.experiment import Comparison, ExperimentError
from simcomunita.experiment.keeping import save_failures
from simcomunita.report import REPORT_FILES, read_saved

from .conftest import PROVENANCE, around, comparison_of


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory, fake: Comparison) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "fake"
    fake.save(folder)
    return folder


@pytest.fixture
def own(saved: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(saved, tmp_path / "own"))


def ask(*words: object) -> tuple[int, str]:
    answer = CliRunner().invoke(app, ["report", *map(str, words)])
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
    return answer.exit_code, answer.output


def bytes_of(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


@pytest.mark.parametrize("option", ["--lang", "--language"])
def test_a_report_is_written_beside_its_comparison(own: Path, option: str) -> None:
    code, said = ask(own, option, "it")
    assert code == 0
    assert "Che cosa cambiano gli aiutanti?" in said
    assert {file.name for file in (own / "report").iterdir()} == {*REPORT_FILES["it"], "provenance.json"}


def test_both_languages_find_room_in_one_folder_and_the_same_comparison_gives_the_same_bytes(own: Path) -> None:
    for lang in ("en", "it", "en", "it"):
        assert ask(own, "--lang", lang)[0] == 0
    first = bytes_of(own / "report")
    assert set(first) == {*REPORT_FILES["en"], *REPORT_FILES["it"], "provenance.json"}
    assert json.loads((own / "report" / "provenance.json").read_text())["report"] == {
        name: digest for name, digest in first.items() if name != "provenance.json"
    }
    shutil.rmtree(own / "report")
    for lang in ("en", "it"):
        ask(own, "--lang", lang)
    assert bytes_of(own / "report") == first


def test_targets_that_were_filled_in_are_not_overwritten(own: Path) -> None:
    ask(own)
    workbook = own / "report" / "report.xlsx"
    workbook.write_bytes(workbook.read_bytes() + b"targets")
    before = bytes_of(own / "report")
    code, said = ask(own)
    assert code == 2
    assert "report.xlsx: was changed since it was written" in said.replace("\n", " ")
    assert bytes_of(own / "report") == before


def test_somebody_elses_page_is_not_overwritten(own: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "report.html").write_text("my own")
    code, _ = ask(own, "--out", tmp_path / "mine")
    assert code == 2
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["report.html"]


def test_the_comparisons_own_folder_and_that_of_another_are_refused(own: Path, tmp_path: Path) -> None:
    before = bytes_of(own)
    assert ask(own, "--out", own)[0] == 2
    made = comparison_of({"none": {"active_now": around(1)}, "helped": {"active_now": around(2)}})
    made.save(tmp_path / "other")
    made.report(tmp_path / "reported", "en")
    kept = bytes_of(tmp_path / "other")
    assert ask(own, "--out", tmp_path / "other")[0] == 2
    assert ask(own, "--out", tmp_path / "reported")[0] == 2
    assert bytes_of(own) == before
    assert bytes_of(tmp_path / "other") == kept


def test_python_writes_the_same_report(own: Path, tmp_path: Path) -> None:
    written = Comparison.read(own).report(tmp_path / "py", "en")
    assert [file.name for file in written] == [*REPORT_FILES["en"], "provenance.json"]
    ask(own)
    assert bytes_of(tmp_path / "py") == bytes_of(own / "report")


def test_a_comparison_that_was_not_saved_is_reported_as_of_now(fake: Comparison, tmp_path: Path) -> None:
    fake.report(tmp_path / "report", "en")
    assert "written" in json.loads((tmp_path / "report" / "provenance.json").read_text())


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    code, said = ask(tmp_path / "nowhere")
    assert code == 2
    assert "there is no such folder" in said.replace("\n", " ")
    assert not (tmp_path / "nowhere").exists()


def refused(folder: Path, why: str) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(ExperimentError, match=why):
        read_saved(folder)
    assert ask(folder)[0] == 2
    assert sorted(folder.rglob("*")) == before


def test_an_empty_folder_holds_no_comparison(tmp_path: Path) -> None:
    refused(tmp_path, "holds no comparison")


def test_a_comparison_that_was_not_finished_says_so(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "seed-000001-draw-000000.parquet").touch()
    refused(tmp_path, "not finished .1 finished seeds")


def test_runs_that_all_failed_say_so(fake: Comparison, tmp_path: Path) -> None:
    from simcomunita.experiment.branching import Failure
    from simcomunita.experiment.plan import Task

    save_failures(fake.about.identity, (Failure(Task(0, 1), "helped", "no helper left", ""),), tmp_path)
    refused(tmp_path, "every run failed.*no helper left")


def test_other_results_are_no_comparison(own: Path) -> None:
    provenance = json.loads((own / "provenance.json").read_text())
    del provenance["about"]
    (own / "provenance.json").write_text(json.dumps(provenance))
    refused(own, "of no comparison")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"about": {}}'])
def test_a_damaged_provenance_says_so(own: Path, content: str) -> None:
    (own / "provenance.json").write_text(content)
    refused(own, "provenance|holds no comparison")


@pytest.mark.parametrize("table", ["runs.parquet", "series.parquet"])
def test_a_table_that_is_gone_or_damaged_says_so(own: Path, table: str) -> None:
    (own / table).write_bytes(b"PAR1")
    refused(own, "holds no comparison")
    (own / table).unlink()
    refused(own, "holds no comparison")


def test_runs_of_fewer_scenarios_are_refused(own: Path) -> None:
    import pandas as pd

    runs = pd.read_parquet(own / "runs.parquet")
    runs[runs["scenario"] != "helped"].to_parquet(own / "runs.parquet")
    refused(own, "as many runs")


def test_a_folder_that_was_saved_before_amounts_were_kept_is_still_read(own: Path) -> None:
    provenance = json.loads((own / "provenance.json").read_text())
    del provenance["about"]["prices"]
    for funded in provenance["about"]["funded"]:
        del funded["means"]
    (own / "provenance.json").write_text(json.dumps(provenance))
    assert ask(own)[0] == 0


def test_the_provenance_of_made_comparisons_is_kept(tmp_path: Path) -> None:
    made = comparison_of({"none": {"active_now": around(1)}, "helped": {"active_now": around(2)}})
    made.report(tmp_path / "r", "en")
    assert json.loads((tmp_path / "r" / "provenance.json").read_text())["written"] == PROVENANCE["written"]
