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
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir() if file.is_file()}


@pytest.fixture(scope="module")
def reported(saved: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved comparison with its report in both languages."""
    folder = Path(shutil.copytree(saved, tmp_path_factory.mktemp("reported") / "own"))
    code, said = ask(folder, "--lang", "it")
    assert code == 0
    assert "Che cosa cambiano gli aiutanti?" in said
    code, said = ask(folder, "--language", "en")
    assert code == 0
    assert "What do helpers change?" in said
    return folder


def test_both_languages_find_room_in_one_folder_that_records_what_it_holds(reported: Path) -> None:
    found = bytes_of(reported / "report")
    assert set(found) == {*REPORT_FILES["en"], *REPORT_FILES["it"], "provenance.json"}
    record = json.loads((reported / "report" / "provenance.json").read_text())
    assert record["report"] == {name: digest for name, digest in found.items() if name != "provenance.json"}
    assert record["written"] == json.loads((reported / "provenance.json").read_text())["written"]


def test_python_writes_the_same_bytes_again(reported: Path, tmp_path: Path) -> None:
    written = Comparison.read(reported).report(tmp_path / "again", "it")
    assert [file.name for file in written] == [*REPORT_FILES["it"], "provenance.json"]
    first = bytes_of(reported / "report")
    assert all(bytes_of(tmp_path / "again")[name] == first[name] for name in REPORT_FILES["it"])


def test_targets_that_were_filled_in_are_not_overwritten(reported: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(reported, tmp_path / "own"))
    workbook = folder / "report" / "report.xlsx"
    workbook.write_bytes(workbook.read_bytes() + b"targets")
    before = bytes_of(folder / "report")
    code, said = ask(folder)
    assert code == 2
    assert "report.xlsx: was changed since it was written" in said.replace("\n", " ")
    assert bytes_of(folder / "report") == before


def test_somebody_elses_page_is_not_overwritten(own: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "report.html").write_text("my own")
    code, _ = ask(own, "--out", tmp_path / "mine")
    assert code == 2
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["report.html"]


def test_the_comparisons_own_folder_and_that_of_another_are_refused(own: Path, tmp_path: Path) -> None:
    identity = {**json.loads((own / "provenance.json").read_text())["identity"], "study": "another"}
    for name, content in (("other", {"identity": identity}), ("reported", {"identity": identity, "report": {}})):
        (tmp_path / name).mkdir()
        (tmp_path / name / "provenance.json").write_text(json.dumps(content))
    for folder in (own, tmp_path / "other", tmp_path / "reported"):
        before = bytes_of(folder)
        assert ask(own, "--out", folder)[0] == 2
        assert bytes_of(folder) == before


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
    about = read_saved(own).about
    assert about.prices == {}
    assert [one.means for one in about.funded] == [{}] * len(about.funded)
