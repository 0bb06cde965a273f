"""``simcomunita territory describe`` and ``territory new``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simcomunita.commands.answering import note
from simcomunita.commands.saying import said
from simcomunita.experiment.plan import checked_scale, checked_seed

if TYPE_CHECKING:
    from simcomunita.experiment.wording import Language


OWN = Path("configs/territories")
"""Where `territory new` writes, if nothing else is said, and `describe` finds what has no path."""


def describe(directory: str, seed: int, scale: float, picture: Path | None, language: Language) -> None:
    """Grow a territory and print what was asked for beside what was grown."""
    from simcomunita.scenario.reading import find_territory
    from simcomunita.territory import describe_territory, read_territory

    own = OWN / directory
    folder = find_territory(own if not Path(directory).exists() and own.is_dir() else directory).path
    checked_scale(scale, read_territory(folder).residents)
    print(describe_territory(folder, checked_seed(seed), scale, picture, language), flush=True)
    if picture is not None:
        note(said("written", language, what=picture))


def new(name: str, where: Path) -> None:
    """Write a commented template of a territory."""
    from simcomunita.territory import write_template

    write_template(name, where)
    note(f"Written: {where / name}. Fill it in, then: simcomunita check {where / name}")
