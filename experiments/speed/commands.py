"""What a person waits for: help, and the flagship comparison."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

from experiments.speed import measuring
from experiments.speed.measuring import ROOT, Effort, Time, fixed_work, spread, timed
from experiments.speed.tables import table, verdict

HELP, COMPARISON = 0.5, 60.0
"""Seconds, at most."""
STUDY = ROOT / "configs" / "studies" / "facilitators_8_vs_0.yaml"
WORKERS = 2


def help_and_bare(answers: int) -> tuple[list[float], list[float]]:
    """Seconds until ``simcomunita --help`` has answered, and until Python has started and ended, in turns."""
    # As a person has it: modules are kept compiled, whatever this process was told.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def wait(*command: str) -> float:
        begin = time.perf_counter()
        subprocess.run([sys.executable, *command], env=environment, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begin

    asking, bare = ("-m", "simcomunita", "--help"), ("-c", "pass")
    wait(*asking)
    turns = [(wait(*asking), wait(*bare)) for _ in range(answers)]
    return [one for one, _ in turns], [other for _, other in turns]


def comparison(arguments: Sequence[str] = ()) -> float:
    """Wall-clock seconds of the flagship comparison from one command, into a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        command = [sys.executable, "-m", "simcomunita", "compare", str(STUDY), "--workers", str(WORKERS)]
        subprocess.run(
            [*command, *arguments, "--out", folder],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        return time.perf_counter() - begin


def _noise(times: int = 10) -> list[Time]:
    """Fixed work, for how busy the machine is with other things."""
    taken: list[Time] = []
    for _ in range(times):
        with timed(taken):
            fixed_work()
    return taken


def report(effort: Effort) -> str:
    """Run the commands, and tell."""
    asked, bare = help_and_bare(effort.answers)
    middle = statistics.median(asked)
    rows = [
        [f"simcomunita --help, {len(asked)} times", spread(asked), str(HELP), verdict(middle, HELP)],
        ["Python alone, in between", spread(bare), "", ""],
    ]
    note = "The flagship comparison is left out here."
    if effort.thorough:
        before = _noise()
        wall = comparison()
        after = _noise()
        name = f"the flagship comparison, all its pairs, {WORKERS} workers, once"
        rows.append([name, f"{wall:.1f}", f"{COMPARISON:.0f}", verdict(wall, COMPARISON)])
        note = f"{measuring.noise(before + after)}\n(Half of it before the comparison, half after.)"
    return f"Commands, wall-clock s\n\n{table(['', 'median (least–most)', 'limit', ''], rows)}\n\n{note}"
