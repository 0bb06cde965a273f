"""A reader who goes away and an output that takes nothing: no traceback, and what was to be kept is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import COMMAND

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs pipes and /dev/full as Linux has")
SMALL = ("--scale", "0.02", "--seeds", "2", "--workers", "1")
WORDS = [["--help"], ["--version"], ["compare", "--help"], ["check", "facilitators_8_vs_0"]]


def answered(words: list[str], stdout: int, stderr: int = subprocess.PIPE) -> tuple[int, str]:
    done = subprocess.run([*COMMAND, *words], stdout=stdout, stderr=stderr, text=True, check=False, timeout=120)
    return done.returncode, done.stderr or ""


@pytest.fixture
def closed() -> Iterator[int]:
    """The end of a pipe that nobody reads."""
    read, write = os.pipe()
    os.close(read)
    yield write
    os.close(write)


@pytest.fixture
def full() -> Iterator[int]:
    """An output that takes nothing."""
    handle = os.open("/dev/full", os.O_WRONLY)
    yield handle
    os.close(handle)


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_a_closed_pipe_ends_it_quietly(words: list[str], closed: int) -> None:
    assert answered(words, closed) == (141, "")


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_an_output_that_takes_nothing_is_told_in_a_line(words: list[str], full: int) -> None:
    assert answered(words, full) == (2, "The output cannot be written (No space left on device).\n")


def test_a_comparison_is_kept_though_nobody_reads(study: Path, tmp_path: Path, closed: int) -> None:
    status, said = answered(["compare", str(study), *SMALL, "--out", str(tmp_path)], closed)
    assert status == 141
    assert "Traceback" not in said
    assert (tmp_path / "provenance.json").exists()


def test_a_run_is_kept_though_the_output_takes_nothing(scenario: Path, tmp_path: Path, full: int) -> None:
    status, said = answered(["run", str(scenario), "--scale", "0.02", "--out", str(tmp_path)], full)
    assert status == 2
    assert said.splitlines()[-1] == "The output cannot be written (No space left on device)."
    assert "Traceback" not in said
    assert (tmp_path / "provenance.json").exists()


def test_the_work_goes_on_where_nobody_reads_its_notes(study: Path, tmp_path: Path, closed: int) -> None:
    status, _ = answered(["compare", str(study), *SMALL, "--out", str(tmp_path)], subprocess.DEVNULL, closed)
    assert status == 0
    assert (tmp_path / "provenance.json").exists()


def test_an_error_keeps_its_status_where_nobody_reads_it(full: int) -> None:
    assert answered(["check", "nowhere"], subprocess.DEVNULL, full)[0] == 2
    assert answered(["check"], subprocess.DEVNULL, full)[0] == 2
