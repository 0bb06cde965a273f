"""Thirty visitors at once against a real server on this computer: how long they wait.

Run: python -m experiments.workshop_load            (a quarter of an hour; writes page.md beside it)
     python -m experiments.workshop_load --visitors 5 --moves 2 --out /tmp/load.md
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from experiments.workshop_load.visitor import Visitor, Waits
from simcomunita.app.levers import LEVERS

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MONTHS = LEVERS["from"].values
MOST_VISITORS, MOST_MOVES, MOST_SECONDS = 60, 20, 900.0


@contextmanager
def server(standin: bool) -> Iterator[str]:
    """Serve the workshop on a free port of this computer: the real one, or one whose answers cost nothing."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    own = ["-m", "simcomunita", "app", "--port", str(port)]
    command = [sys.executable, *(["-m", "tests.app.standin", str(port)] if standin else own)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        end = time.monotonic() + 180
        while True:
            try:
                opener.open(f"http://127.0.0.1:{port}/readyz").close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError("the server never answered") from None
                time.sleep(0.3)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


async def visits(
    address: str, visitors: int, moves: int, pause: float, patience: float, usual: bool = False
) -> list[Waits]:
    """Let visitors come within a few seconds, each moving levers to choices that hardly anybody else asks for, or usual

    Usual ones differ from what the page shows first only by the number of facilitators; a server that has had time
    knows their answers.
    """
    chance = np.random.default_rng(30)
    tasks = []
    for _ in range(visitors):
        numbers = chance.permutation(np.delete(np.arange(17), [0, 8, 13, 14]))[:moves].tolist()
        months = chance.choice(MONTHS[1:36], moves, replace=False).tolist()
        made = [
            {"facilitators": k} if usual else {"facilitators": k, "from": m}
            for k, m in zip(numbers, months, strict=True)
        ]
        own_pause = pause * float(chance.uniform(0.5, 1.5))
        tasks.append(Visitor(address, patience).visit(made, own_pause, float(chance.uniform(0, 5))))
    async with asyncio.timeout(MOST_SECONDS):
        done = await asyncio.gather(*tasks, return_exceptions=True)
    return [one if isinstance(one, Waits) else Waits(busy=moves + 1) for one in done]


def told(name: str, waits: list[Waits]) -> str:
    """Write one row of the table."""

    def spread(values: list[float]) -> str:
        if not values:
            return "–"
        middle, high = np.percentile(values, (50, 95))
        return f"{middle:.2f} | {high:.2f}"

    clicks = [one for own in waits for one in own.clicks]
    answers = [one for own in waits for one in own.answers]
    pages = [own.page for own in waits if own.page]
    late = sum(own.busy for own in waits)
    return (
        f"| {name} | {len(pages)} | {spread(pages)} | {len(clicks)} | {spread(clicks)} | {spread(answers)} | {late} |"
    )


COLUMNS = (
    "",
    "pages",
    "page, half within (s)",
    "page, 95 %",
    "moves",
    "click, half within (s)",
    "click, 95 %",
    "first answer, half within (s)",
    "first answer, 95 %",
    "never in time",
)


def main() -> None:
    """Measure, and write the page."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--visitors", type=int, default=30)
    asked.add_argument("--moves", type=int, default=4)
    asked.add_argument("--pause", type=float, default=12.0, help="mean seconds between moves")
    asked.add_argument("--before", type=float, default=180.0, help="seconds that the model's server is open before")
    asked.add_argument("--patience", type=float, default=90.0, help="seconds after which an answer counts as none")
    asked.add_argument("--out", type=Path, default=HERE / "page.md")
    given = asked.parse_args()
    if not (1 <= given.visitors <= MOST_VISITORS and 1 <= given.moves <= MOST_MOVES):
        asked.error(f"expected 1 to {MOST_VISITORS} visitors and 1 to {MOST_MOVES} moves")
    rows = []
    load = " ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    for name, standin, visitors, usual in (
        ("the page alone (answers cost nothing), 1 visitor", True, 1, False),
        (f"the page alone, {given.visitors} visitors", True, given.visitors, False),
        ("with the model, 1 visitor with questions of their own", False, 1, False),
        (f"with the model, {given.visitors} visitors with usual questions", False, given.visitors, True),
        (f"with the model, {given.visitors} visitors with questions of their own", False, given.visitors, False),
    ):
        with server(standin) as address:
            if not standin:  # a workshop's leader opens it some minutes before the others come
                asyncio.run(visits(address, 1, 1, 1.0, 300.0))
                time.sleep(given.before)
            found = asyncio.run(visits(address, visitors, given.moves, given.pause, given.patience, usual))
            rows.append((name, found))
        print(told(*rows[-1]), flush=True)
    given.out.write_text(page(rows, load, given), encoding="utf-8")


def page(rows: list[tuple[str, list[Waits]]], load: str, given: argparse.Namespace) -> str:
    """Write what was measured, on what, and how the crowd stands to one alone."""
    high = [float(np.percentile([click for one in waits for click in one.clicks] or [np.nan], 95)) for _, waits in rows]
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    before = (
        f"Measured on {processors} processors ({platform.machine()}, {platform.system()}), Python "
        f"{platform.python_version()}, with visitors on the same computer. Other work was going on: load averages "
        f"{load} when it began. Each visitor moved a lever {given.moves} times, every {given.pause:g} seconds or so, "
        f"each to choices of its own; an answer that had not come after {given.patience:g} seconds counts as none."
    )
    after = (
        f"The slowest clicks (95 %) of the crowd take {high[1] / high[0]:.1f} times as long as those of one visitor "
        f"alone, and {high[-1] / high[0]:.1f} times while the model runs besides."
    )
    table = [f"| {' | '.join(COLUMNS)} |", f"|{' --- |' * len(COLUMNS)}", *(told(name, waits) for name, waits in rows)]
    return "\n".join((before, "", *table, "", after, ""))


if __name__ == "__main__":
    main()
