"""``simcomunita territory describe`` and ``territory new``."""

from __future__ import annotations

from pathlib import Path

from simcomunita.commands.answering import note
from simcomunita.experiment.plan import ExperimentError, checked_scale


def describe(directory: str, seed: int, scale: float, picture: Path | None) -> None:
    """Grow a territory and print what was asked for beside what was grown."""
    from simcomunita.territory import describe_territory

    if picture is not None:
        _make_room(picture)
    print(describe_territory(directory, seed, checked_scale(scale), picture))
    if picture is not None:
        note(f"Written: {picture}")


def new(name: str, where: Path) -> None:
    """Write a commented template of a territory."""
    from simcomunita.territory import write_template

    write_template(name, where)
    note(f"Written: {where / name}. Fill it in, then: simcomunita check {where / name}")


def _make_room(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab"):
            pass
    except OSError as error:
        raise ExperimentError(f"{file}: cannot be written ({error.strerror or error}).") from error
