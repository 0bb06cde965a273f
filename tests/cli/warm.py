"""A command line that is warm: an interpreter that has imported everything forks for each command.

Most of what a short command takes is importing. What a fork does is what a new process does, from the command's words
to its exit status; tests that kill, interrupt or starve a command start a process of its own instead.
"""

from __future__ import annotations

import json
import os
import pkgutil
import runpy
import select
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

PATIENCE = 300
"""Seconds that a command may take."""


class Warm:
    """The interpreter, from the side of who asks. It runs one command at a time.

    Parameters
    ----------
    folder
        Where what a command prints is kept meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        self._printed = folder / "stdout", folder / "stderr"
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONUTF8": "1"},
            cwd=Path(__file__).parents[2],
        )

    def ask(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        """Run ``simcomunita`` with these words."""
        asked = {
            "words": words,
            "cwd": str(Path.cwd()),
            "env": dict(os.environ),
            "printed": list(map(str, self._printed)),
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        if not select.select([self._process.stdout], [], [], PATIENCE)[0]:
            self.close()
            raise subprocess.TimeoutExpired(words, PATIENCE)
        status = int(self._process.stdout.readline())
        printed = [one.read_text("utf-8") for one in self._printed]
        return subprocess.CompletedProcess(words, status, *printed)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()


def main() -> None:
    """Import all commands, then fork for each that is asked for."""
    import simcomunita.commands

    for module in pkgutil.iter_modules(simcomunita.commands.__path__, "simcomunita.commands."):
        import_module(module.name)
    answers = os.fdopen(os.dup(1), "w")
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            answers.close()
            _become(json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


def _become(asked: dict[str, Any]) -> None:
    """Be ``python -m simcomunita`` from here on."""
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"], PYTHONUTF8="1")
    for at, name in enumerate(asked["printed"], start=1):
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(file, at)
        os.close(file)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.argv[1:] = asked["words"]
    runpy.run_module("simcomunita", run_name="__main__", alter_sys=True)
    sys.exit()


if __name__ == "__main__":
    main()
