"""A small experiment that is killed at one step of its writing after the other, or done by two at once.

A script, so that what it forks has no threads of a test's process: ``python moments.py killed|together FOLDER``.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fake_community import FakeModel, FakeStudy, Past, fake_model

from simcomunita import writing
from simcomunita.experiment.comparison import Comparison
from simcomunita.experiment.keeping import WRITTEN, not_drawn
from simcomunita.experiment.parts import PartStore
from simcomunita.experiment.plan import MakeModel, Plan
from simcomunita.experiment.running import run_plan

SEEDS = 3
SAME = [name for name in WRITTEN if name != "provenance.json"]
STEPS = ((writing, "_write"), (writing, "_flush_folder"), (Path, "replace"), (Path, "unlink"))


class Picture:
    """A picture that is drawn at once."""

    def savefig(self, file: io.BytesIO, **_: object) -> None:
        file.write(b"picture" * 1000)


def busy_model(past: Past, seed: int, scale: float) -> FakeModel:
    """A moment a seed, the same for whoever does it."""
    time.sleep(0.05)
    return FakeModel(past, seed, scale)


def experiment(out: Path, make_model: MakeModel = fake_model) -> None:
    """Run it, or what is missing of it."""
    plan = Plan.of(FakeStudy(), SEEDS, make_model=make_model)
    Comparison.of(run_plan(plan, 1, PartStore.open(out, plan.identity))).save(out)


def stepping(deadly: int) -> list[int]:
    """Count the steps of writing; the deadly one ends this process, in the middle of what it writes."""
    count = [0]

    def counted(work: Callable[..., Any], halves: bool) -> Callable[..., Any]:
        def step(*given: Any, **named: Any) -> Any:
            count[0] += 1
            if count[0] == deadly:
                if halves:
                    given[0].write_bytes(given[1][: len(given[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return work(*given, **named)

        return step

    for owner, name in STEPS:
        setattr(owner, name, counted(getattr(owner, name), name == "_write"))
    return count


def apart(work: Callable[[], object]) -> int:
    """Do something in a process of its own; returns its number."""
    process = os.fork()
    if process == 0:
        try:
            work()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - nothing may return into the copy of this script
            traceback.print_exc()
            os._exit(1)
    return process


def ended(process: int) -> int:
    """Wait for a process; 0 if all went well, the signal's number below zero if one ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def whole(out: Path) -> dict[str, bytes]:
    """The final files, of which nothing depends on when they were written; nothing else may stand in the folder."""
    found = {str(file.relative_to(out)) for file in out.rglob("*") if file.is_file()}
    parts = {f"parts/seed-{seed:06d}-draw-000000.parquet" for seed in range(1, SEEDS + 1)}
    drawn = {*WRITTEN} - {*not_drawn(Comparison.read(out))}
    assert found == {*drawn, "parts/identity.json", *parts}, found
    return {name: (out / name).read_bytes() for name in SAME if name in found}


def killed(folder: Path) -> None:
    """Kill it at every step, each time let it be taken up, and hold the files against those of an undisturbed one."""

    def count() -> None:
        steps = stepping(0)
        experiment(folder / "undisturbed")
        (folder / "steps").write_text(str(steps[0]))

    assert ended(apart(count)) == 0
    undisturbed = whole(folder / "undisturbed")
    steps = int((folder / "steps").read_text())
    for deadly in range(1, steps + 1):
        out = folder / "killed"

        def die(at: int = deadly, out: Path = out) -> None:
            stepping(at)
            experiment(out)

        assert ended(apart(die)) == -signal.SIGKILL, deadly
        if (out / "provenance.json").exists():
            assert all((out / name).read_bytes() == same for name, same in undisturbed.items()), deadly
        assert ended(apart(lambda out=out: experiment(out))) == 0, deadly
        assert whole(out) == undisturbed, deadly
        shutil.rmtree(out)
    print(steps)


def together(folder: Path) -> None:
    """Let two begin at the same moment in one folder."""
    assert ended(apart(lambda: experiment(folder / "undisturbed"))) == 0
    out = folder / "together"
    for _ in range(3):
        both = [apart(lambda: experiment(out, busy_model)) for _ in range(2)]
        assert [ended(process) for process in both] == [0, 0]
        assert whole(out) == whole(folder / "undisturbed")
        shutil.rmtree(out)


if __name__ == "__main__":
    for name in ("figure", "value_figure", "regret_figure", "spread_figure"):
        setattr(Comparison, name, lambda *_: Picture())
    folder = Path(sys.argv[2])
    experiment(folder / "first")  # all that is imported when it is first needed is, before anything forks
    {"killed": killed, "together": together}[sys.argv[1]](folder)
