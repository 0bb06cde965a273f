"""A Dask scheduler and its workers, as processes of their own on the loopback interface."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

FAKES = Path(__file__).parent / "experiment"
"""Where workers find the fake community."""


class Loopback:
    """Use `loopback`, which ends all its processes."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self._folder, self._file = folder, folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("dask_scheduler", "--port", "0", "--host", "127.0.0.1", **settings)
        wait_until(lambda: self._file.exists() and bool(self._file.read_text()))
        self.address: str = json.loads(self._file.read_text())["address"]

    def worker(self, *words: str) -> subprocess.Popen[bytes]:
        """Start one; it is there when the scheduler says so."""
        own = ["--no-nanny", "--memory-limit", "0", "--local-directory", str(self._folder)]
        return self._start("dask_worker", *own, *(words or ("--nthreads", "1")))

    def wait_for(self, workers: int) -> None:
        """Wait until there are as many workers as that, no more and no fewer."""
        from distributed import Client

        with Client(self.address, timeout=60, set_as_default=False) as client:
            wait_until(lambda: len(client.nthreads()) == workers)

    def _start(self, command: str, *words: str, **settings: str) -> subprocess.Popen[bytes]:
        path = os.pathsep.join([str(FAKES), *filter(None, [os.environ.get("PYTHONPATH")])])
        module = f"distributed.cli.{command}"
        with (self._folder / f"{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module, "--no-dashboard", "--scheduler-file", str(self._file), *words],
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": path, **settings},
            )
        self.processes.append(process)
        return process


@contextmanager
def loopback(folder: Path, workers: int = 0, **settings: str) -> Iterator[Loopback]:
    """Start a scheduler and some workers with one thread each; settings are the scheduler's environment."""
    ring = Loopback(folder, **settings)
    try:
        for _ in range(workers):
            ring.worker()
        ring.wait_for(workers)
        yield ring
    finally:
        for process in ring.processes:
            process.kill()
        for process in ring.processes:
            process.wait()


def wait_until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for something that comes sooner or later."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
