"""``simcomunita territory describe`` and ``territory new``."""

from __future__ import annotations

from pathlib import Path

from simcomunita.commands.answering import note
from simcomunita.configuration import ConfigurationError
from simcomunita.experiment.plan import checked_scale


def describe(directory: str, seed: int, scale: float, picture: Path | None) -> None:
    """Grow a territory and print what was asked for beside what was grown."""
    from simcomunita.scenario.composing import find
    from simcomunita.territory import describe_territory, read_territory

    folder = find(directory, ("territories",)).path
    checked_scale(scale, read_territory(folder).residents)
    try:
        if picture is not None:
            picture.parent.mkdir(parents=True, exist_ok=True)
        print(describe_territory(folder, seed, scale, picture))
    except OSError as error:
        raise _unwritable(picture or folder, error) from error
    if picture is not None:
        note(f"Written: {picture}")


def new(name: str, where: Path) -> None:
    """Write a commented template of a territory."""
    from simcomunita.territory import write_template

    try:
        write_template(name, where)
    except OSError as error:
        raise _unwritable(where / name, error) from error
    note(f"Written: {where / name}. Fill it in, then: simcomunita check {where / name}")


def _unwritable(path: Path, error: OSError) -> ConfigurationError:
    return ConfigurationError.of(path, f"this cannot be written ({error.strerror or error}).")
