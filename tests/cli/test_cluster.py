"""The command line with a real Dask scheduler and two workers on the loopback interface."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simcomunita.cli import app
from tests.loopback import Loopback, loopback, wait_until

from .conftest import COMMAND, Ask

FILES = ("runs.parquet", "series.parquet", "comparison.csv", "comparison.png")
SMALL = ("--scale", "0.02")


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loopback]:
    with loopback(tmp_path_factory.mktemp("ring"), 2) as started:
        yield started


def test_on_a_cluster_stopped_and_with_a_worker_killed_the_files_are_those_of_one_local_process(
    ring: Loopback, ask: Ask, study: Path, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    words = ["compare", str(study), *SMALL, "--seeds", "12", "--out", str(there), "--cluster", ring.address]
    with subprocess.Popen([*COMMAND, *words], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as stopped:
        try:
            wait_until(lambda: len(list(there.glob("parts/seed-*.parquet"))) >= 2, 300)
            ring.processes[1].send_signal(signal.SIGKILL)
            wait_until(lambda: len(list(there.glob("parts/seed-*.parquet"))) >= 4, 300)
            stopped.send_signal(signal.SIGINT)
            printed, noted = stopped.communicate(timeout=60)
        finally:
            stopped.kill()
    assert (stopped.returncode, printed) == (130, ""), noted
    assert f"2 workers of {ring.address}" in noted
    assert "Traceback" not in noted
    assert "kept in" in noted

    answer = ask(*words)
    assert answer.returncode == 0, answer.stderr
    assert f"1 worker of {ring.address}" in answer.stderr
    here = tmp_path / "here"
    assert ask("compare", study, *SMALL, "--seeds", 12, "--workers", 1, "--out", here).stdout == answer.stdout
    for name in FILES:
        assert (there / name).read_bytes() == (here / name).read_bytes(), name


def test_processes_here_and_a_cluster_are_not_both_to_be_had(study: Path) -> None:
    asked = ["compare", str(study), "--workers", "2", "--cluster", "tcp://here:8786"]
    answer = CliRunner().invoke(app, asked, env={**os.environ, "COLUMNS": "200"})
    assert answer.exit_code == 2
    assert "a cluster has its own" in answer.output


@pytest.mark.parametrize("command", ["compare", "claims"])
def test_a_cluster_that_cannot_be_had_leaves_nothing_behind(
    command: str, ask: Ask, study: Path, tmp_path: Path
) -> None:
    named = [study] if command == "compare" else ["--only", "map"]
    answer = ask(command, *named, "--cluster", "here:8786", "--out", tmp_path / "out")
    assert answer.returncode == 2
    assert '--cluster: "here:8786" is no address of a scheduler' in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "out").exists()
