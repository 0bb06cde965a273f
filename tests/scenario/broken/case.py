"""What a broken configuration is made of."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

CONFIGS = Path(__file__).parents[3] / "configs"

SCENARIO = """\
name: mine
territory: ../territories/bassa_bresciana_orientale
start: 2016-02
end: 2019-09
costs: ../costs/lombardy.yaml
"""  # what is added stands on line 6

POLICY = """\
name: mine
from: 2016-02
until: 2019-09
"""  # what is added stands on line 4

STAFF = POLICY + "facilitators:\n"  # what is added stands on line 5

STUDY = """\
name: mine
question: What changes?
history: ../scenarios/project.yaml
branch_at: 2020-01
until: 2024-12
baseline: none
scenarios:
  eight: {policies: [../policies/eight_facilitators.yaml]}
  none: {policies: []}
"""  # what is added stands on line 10

COSTS = (CONFIGS / "costs/lombardy.yaml").read_text("utf-8")
MUNICIPALITIES = (CONFIGS / "territories/bassa_bresciana_orientale/municipalities.csv").read_text("utf-8")


@dataclass(frozen=True)
class Link:
    """A symbolic link."""

    to: str


@dataclass(frozen=True)
class Folder:
    """A folder where a file is expected."""


@dataclass(frozen=True)
class Pipe:
    """A named pipe: reading it would wait for ever."""


Content = str | bytes | Link | Folder | Pipe

SCENARIO_FILE = "scenarios/mine.yaml"
POLICY_FILE = "policies/mine.yaml"
STUDY_FILE = "studies/mine.yaml"
COSTS_FILE = "costs/mine.yaml"
PARAMETERS_FILE = "parameters/mine.yaml"
TERRITORY = "territories/bassa_bresciana_orientale"


@dataclass(frozen=True)
class Broken:
    """A broken configuration: its files, what is checked, and where and how the error speaks."""

    name: str
    file: str
    """The file that is checked."""
    content: Content | None
    line: int | None
    key: str
    says: str
    """A part of the message."""
    beside: dict[str, Content] = field(default_factory=dict)
    at: str = ""
    """The file that the error names, where it is not the one that is checked."""

    def lay_out(self, folder: Path) -> Path:
        """Write the case below a folder and return the file to check."""
        configs = folder / "configs"
        shutil.copytree(CONFIGS, configs)
        files = dict(self.beside) | ({} if self.content is None else {self.file: self.content})
        for name, content in files.items():
            put(configs / name, content)
        return configs / self.file


def put(path: Path, content: Content) -> None:
    """Write one file, link, folder or pipe."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.unlink()
    match content:
        case str():
            path.write_text(content, "utf-8")
        case bytes():
            path.write_bytes(content)
        case Link():
            path.symlink_to(content.to)
        case Folder():
            path.mkdir()
        case Pipe():
            os.mkfifo(path)


def scenario(name: str, content: Content, line: int | None, key: str, says: str, **more: object) -> Broken:
    return Broken(name, SCENARIO_FILE, content, line, key, says, **more)  # type: ignore[arg-type]


def policy(name: str, content: Content, line: int | None, key: str, says: str, **more: object) -> Broken:
    return Broken(name, POLICY_FILE, content, line, key, says, **more)  # type: ignore[arg-type]


def study(name: str, content: Content, line: int | None, key: str, says: str, **more: object) -> Broken:
    return Broken(name, STUDY_FILE, content, line, key, says, **more)  # type: ignore[arg-type]


def costs(name: str, old: str, new: str, line: int, key: str, says: str) -> Broken:
    assert COSTS.count(old) >= 1, old
    return Broken(name, COSTS_FILE, COSTS.replace(old, new, 1), line, key, says)


def row(old: str, new: str) -> str:
    assert MUNICIPALITIES.count(old) == 1, old
    return MUNICIPALITIES.replace(old, new)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1
