"""What is written is whole or not there: a full disk is told, and leaves what was there before."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_community import FakeStudy, fake_model

from simcomunita import writing
from simcomunita.experiment.comparing import compare
from simcomunita.experiment.comparison import Comparison
from simcomunita.experiment.parts import PartStore
from simcomunita.experiment.plan import ExperimentError, Plan
from simcomunita.experiment.running import run_plan
from simcomunita.territory import write_template
from simcomunita.writing import UnwrittenError, folder, write_file, write_folder, write_together

SET = {"table.csv": b"new table", "picture.png": b"new picture", "provenance.json": b"new"}
Fill = Callable[[int], None]


@pytest.fixture
def fill(monkeypatch: pytest.MonkeyPatch) -> Fill:
    """Let so many more files find room on the disk; of the next only half does."""

    def fill(room: int) -> None:
        left = [room]
        write = writing._write

        def full(path: Path, content: bytes) -> None:
            if left[0] == 0:
                path.write_bytes(content[: len(content) // 2])
                raise OSError(errno.ENOSPC, "No space left on device")
            left[0] -= 1
            write(path, content)

        monkeypatch.setattr(writing, "_write", full)

    return fill


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


@pytest.mark.parametrize("room", [0, 1, 2])
@pytest.mark.parametrize("before", [{}, {"table.csv": b"old table", "provenance.json": b"old"}])
def test_a_set_that_does_not_fit_leaves_what_was_there(
    room: int, before: dict[str, bytes], fill: Fill, tmp_path: Path
) -> None:
    if before:
        write_together(tmp_path, before)
    fill(room)
    with pytest.raises(UnwrittenError, match="No space left on device"):
        write_together(tmp_path, SET)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("renamed", range(1, 6))
def test_a_set_that_cannot_be_placed_leaves_what_was_there(
    renamed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {"table.csv": b"old table", "provenance.json": b"old"}
    write_together(tmp_path, before)
    count = [0]
    replace = Path.replace

    def reluctant(path: Path, target: Path) -> Path:
        count[0] += 1
        if count[0] == renamed:
            raise OSError(errno.EIO, "Input/output error")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", reluctant)
    with pytest.raises(UnwrittenError, match="Input/output error"):
        write_together(tmp_path, SET)
    assert snapshot(tmp_path) == before


def test_what_says_that_all_is_there_is_placed_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_together(tmp_path, {**SET, "table.csv": b"old"})
    seen = []
    replace = Path.replace

    def watched(path: Path, target: Path) -> Path:
        whole = snapshot(tmp_path)
        seen.append("provenance.json" in whole and whole["table.csv"] != b"old")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", watched)
    write_together(tmp_path, SET)
    assert not any(seen), "never new tables beside an old provenance"
    assert snapshot(tmp_path) == SET


def test_a_folder_where_a_file_is_to_stand_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "picture.png" / "inside").mkdir(parents=True)
    with pytest.raises(UnwrittenError, match=r"picture\.png: cannot be written \(Is a directory\)"):
        write_together(tmp_path, SET)
    assert [file.name for file in tmp_path.iterdir()] == ["picture.png"]


def test_folders_that_were_made_in_vain_go_again_and_others_stay(tmp_path: Path) -> None:
    def in_vain() -> None:
        with folder(tmp_path / "a" / "b" / "c"):
            raise ZeroDivisionError

    (tmp_path / "a").mkdir()
    with pytest.raises(ZeroDivisionError):
        in_vain()
    assert list(tmp_path.rglob("*")) == [tmp_path / "a"]


def test_how_much_is_needed_and_free_is_said_where_space_is_what_lacks(
    tmp_path: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1_200_000}))
    fill(0)
    with pytest.raises(UnwrittenError, match=r"device\): 2\.5 MB are needed, 1\.2 MB free\."):
        write_file(tmp_path / "a", bytes(2_500_000))


@pytest.mark.parametrize("room", [0, 3])
def test_half_a_folder_is_never_left(room: int, fill: Fill, tmp_path: Path) -> None:
    fill(room)
    with pytest.raises(UnwrittenError, match="No space left"):
        write_folder(tmp_path / "a" / "valley", {str(k): b"text" for k in range(5)})
    assert not list(tmp_path.iterdir())


def test_half_a_territory_is_never_left(fill: Fill, tmp_path: Path) -> None:
    fill(5)
    with pytest.raises(UnwrittenError, match="valley"):
        write_template("valley", tmp_path / "territories")
    assert not list(tmp_path.iterdir())


def test_finished_seeds_stay_and_are_taken_up_when_the_disk_fills(fill: Fill, tmp_path: Path) -> None:
    plan = Plan.of(FakeStudy(), 5, make_model=fake_model)
    store = PartStore.open(tmp_path, plan.identity)
    fill(3)
    with pytest.raises(ExperimentError, match=r"No space left.* 3 finished seeds are kept .* takes them up"):
        run_plan(plan, 1, store)
    assert len(store.taken_up(plan.tasks)) == 3
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_comparison_that_does_not_fit_leaves_no_provenance(fill: Fill, tmp_path: Path) -> None:
    plan = Plan.of(FakeStudy(), 2, make_model=fake_model)
    comparison = Comparison.of(run_plan(plan, 1, PartStore.open(tmp_path, plan.identity)))
    fill(3)
    with pytest.raises(ExperimentError, match=r"comparison\.png.*2 finished seeds are kept"):
        comparison.save(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"parts"}


def test_a_store_that_cannot_be_begun_leaves_no_folder(fill: Fill, tmp_path: Path) -> None:
    fill(0)
    with pytest.raises(ExperimentError, match="No space left"):
        PartStore.open(tmp_path / "new" / "out", Plan.of(FakeStudy(), 2).identity)
    assert not list(tmp_path.iterdir())


def test_compare_refuses_a_scale_that_leaves_too_few_before_it_writes(tmp_path: Path) -> None:
    with pytest.raises(ExperimentError, match="expected at least 100"):
        compare(FakeStudy(), 2, scale=0.05, out=tmp_path / "out")  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def gone() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is cleared there")
def test_what_a_killed_process_left_goes_with_the_next_run_and_nothing_else_does(tmp_path: Path) -> None:
    plan = Plan.of(FakeStudy(), 2, make_model=fake_model)
    compare_into(plan, tmp_path)
    whole = snapshot(tmp_path)
    dead, alive = gone(), os.getppid()
    left = [
        f".runs.parquet.{dead}.tmp",
        f".runs.parquet.{dead}.old",
        f".probe.{dead}.tmp",
        f"parts/.seed-000007-draw-000000.parquet.{dead}.tmp",
    ]
    kept = [
        f".runs.parquet.{alive}.tmp",
        f".outcomes.csv.{dead}.old",
        f".diary.txt.{dead}.tmp",
        ".runs.parquet.tmp",
        f"runs.parquet.{dead}.tmp",
    ]
    for name in (*left, *kept):
        (tmp_path / name).write_text("half")
    PartStore.open(tmp_path, plan.identity)
    after = snapshot(tmp_path)
    assert set(after) == {*whole, *kept}
    assert {name: after[name] for name in whole} == whole


def compare_into(plan: Plan, directory: Path) -> None:
    Comparison.of(run_plan(plan, 1, PartStore.open(directory, plan.identity))).save(directory)


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is cleared there")
def test_what_was_left_of_a_folder_goes_when_it_is_written_again(tmp_path: Path) -> None:
    half = tmp_path / f".valley.{gone()}.tmp"
    half.mkdir()
    (half / "territory.yaml").write_text("half")
    write_folder(tmp_path / "valley", {"territory.yaml": b"whole"})
    assert [file.name for file in tmp_path.iterdir()] == ["valley"]
