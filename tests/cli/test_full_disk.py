"""A real file system without room: one message, status 2, and what is finished is kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from .conftest import Ask

SMALL = ("--scale", "0.02")
Disk = Callable[[str], Path]


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, text=True, check=False
        )
        refused = done.stderr.strip() if done.returncode else ""
    except OSError as error:
        refused = str(error)
    if refused:
        pytest.skip(f"a small file system cannot be mounted here: {refused}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Mount a small file system of a size."""
    if not sys.platform.startswith("linux"):
        pytest.skip("mounts a small file system as Linux does")
    with ExitStack() as stack:
        yield lambda size: stack.enter_context(mounted(tmp_path, size))


PAGE = 4096


def files(root: Path) -> list[str]:
    return sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())


def test_a_comparison_keeps_finished_seeds_and_is_done_when_there_is_room(
    ask: Ask, study: Path, disk: Disk, tmp_path: Path
) -> None:
    options = (*SMALL, "--seeds", 2, "--workers", 1, "--out")
    assert ask("compare", study, *options, tmp_path / "whole").returncode == 0
    parts = [file.stat().st_size for file in (tmp_path / "whole/parts").iterdir()]
    pages = sum(-(-size // PAGE) for size in parts)
    # Room for the parts and a little more, but not for the tables and the picture.
    out = disk(f"{(pages + 5) * PAGE // 1024}k") / "out"
    words = ("compare", study, *options, out)
    answer = ask(*words)
    assert answer.returncode == 2
    last = answer.stderr.splitlines()[-1]
    assert "No space left on device" in last
    assert "are needed" in last
    assert "2 finished seeds are kept" in last
    assert "Traceback" not in answer.stderr
    assert "Eight helpers" in answer.stdout, "what was computed is printed all the same"
    assert [file.split("-draw")[0] for file in files(out)] == [
        "parts/identity.json",
        "parts/seed-000001",
        "parts/seed-000002",
    ]
    subprocess.run(["mount", "-o", "remount,size=1m", out.parent], check=True)
    again = ask(*words)
    assert again.returncode == 0, again.stderr
    assert "all were run before" in again.stderr
    assert "provenance.json" in files(out)


def test_seeds_stop_where_the_disk_is_full(ask: Ask, study: Path, disk: Disk) -> None:
    out = disk("80k") / "out"
    answer = ask("compare", study, *SMALL, "--seeds", 9, "--workers", 2, "--out", out)
    assert answer.returncode == 2
    kept = len([file for file in files(out) if file.startswith("parts/seed")])
    assert 0 < kept < 9
    assert f"{kept} finished seed" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not answer.stdout
    assert len(files(out)) == kept + 1


def test_a_run_leaves_nothing_and_prints_what_it_computed(ask: Ask, scenario: Path, disk: Disk) -> None:
    root = disk("12k")
    answer = ask("run", scenario, *SMALL, "--out", root / "out")
    assert answer.returncode == 2
    assert "No space left on device" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert "active citizens" in answer.stdout
    assert not files(root)


def test_a_disk_that_is_full_is_told_before_the_run(ask: Ask, scenario: Path, disk: Disk) -> None:
    root = disk("4k")
    (root / "full").write_bytes(bytes(4096))
    answer = ask("run", scenario, *SMALL, "--out", root / "out")
    assert answer.returncode == 2
    assert "No space left on device" in answer.stderr
    assert "months" not in answer.stderr
    assert [file.name for file in root.iterdir()] == ["full"]


def test_half_a_territory_is_never_left(ask: Ask, disk: Disk) -> None:
    root = disk("16k")
    answer = ask("territory", "new", "valley", "--in", root / "a" / "b")
    assert answer.returncode == 2
    (line,) = answer.stderr.splitlines()
    assert "No space left on device" in line
    assert not list(root.iterdir())


def test_half_a_picture_is_never_left(ask: Ask, disk: Disk) -> None:
    root = disk("16k")
    picture = root / "a" / "picture.png"
    answer = ask("territory", "describe", "bassa_bresciana_orientale", *SMALL, "--picture", picture)
    assert answer.returncode == 2
    (line,) = answer.stderr.splitlines()
    assert "No space left on device" in line
    assert not list(root.iterdir())
