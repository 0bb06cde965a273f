"""Configurations by their names: what a user calls them, and what comes with the package."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from simcomunita.configuration import ConfigurationError, Source, nearest

SHIPPED_FOLDERS = ("studies", "scenarios", "policies", "parameters", "costs", "territories")
YAML = (".yaml", ".yml")


def shipped_root() -> Path | None:
    """Return the folder of the configurations that come with the package; ``None`` if there is none."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "configs", package.parents[1] / "configs"):
        if is_folder(folder):
            return folder
    return None


def find(path: str | Path, folders: tuple[str, ...] = SHIPPED_FOLDERS) -> Source:
    """Find what a user named: a file or folder or, where there is none, a configuration that comes with
    the package.

    ``facilitators_8_vs_0`` finds ``configs/studies/facilitators_8_vs_0.yaml``, wherever the package is
    installed.

    Parameters
    ----------
    folders
        The folders of shipped configurations to look in.

    Raises
    ------
    ConfigurationError
        If nothing of that name is found.
    """
    named = Path(path)
    if exists(named):
        return Source(str(path), named)
    found = shipped(named, folders)
    if found is not None:
        return Source(str(found), found)
    if named.parent == Path() and named.suffix not in YAML:
        close = nearest(named.name, shipped_names(folders))
        hint = f' Did you mean "{close}"?' if close else ""
        message = f"there is no such file, and no configuration of that name comes with the package.{hint}"
        raise ConfigurationError.of(printable(path), message)
    return Source(printable(path), named)  # reading it says that it is missing, and what is beside it


def is_folder(path: Path) -> bool:
    """Whether there is a folder of that name."""
    return _holds(path.is_dir)


def exists(path: Path) -> bool:
    """Whether there is anything of that name, a link that leads nowhere too."""
    return _holds(path.exists) or _holds(path.is_symlink)


def _holds(question: Callable[[], bool]) -> bool:
    """Ask something of a path; of a name that no file can have (too long, with a zero byte) nothing holds."""
    try:
        return question()
    except (OSError, ValueError):
        return False


def real_path(path: Path) -> Path | None:
    """Follow all links; ``None`` if they lead in a circle."""
    try:
        real = path.resolve()
    except (OSError, RuntimeError):
        return None
    return None if _holds(real.is_symlink) else real  # from Python 3.13 a circle is left as it is


def printable(path: str | Path) -> str:
    """Write a path for an error message."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(path))


def shipped(named: Path, folders: tuple[str, ...]) -> Path | None:
    """Find what comes with the package under a name; ``None`` if nothing does."""
    root = shipped_root()
    found = all_of(root, named, folders) if root is not None else []
    return found[0] if found else None


def all_of(root: Path, named: Path, folders: tuple[str, ...]) -> list[Path]:
    """Find all that a folder of configurations holds under a name."""
    parts = named.parts[1:] if named.parts[:1] == ("configs",) else named.parts
    if named.is_absolute() or ".." in parts or not 1 <= len(parts) <= 2 or "\0" in str(named):
        return []
    inside = [Path(*parts)] if len(parts) == 2 else [Path(folder, *parts) for folder in folders]
    if inside[0].parts[0] not in folders:
        return []
    tried = ([root / place, root / f"{place}.yaml"] for place in inside)
    return [found for candidates in tried if (found := next(filter(exists, candidates), None)) is not None]


def shipped_names(folders: tuple[str, ...]) -> list[str]:
    """Return the names of what comes with the package."""
    root = shipped_root()
    if root is None:
        return []
    return sorted(entry.stem for folder in folders if is_folder(root / folder) for entry in (root / folder).iterdir())


def is_name(named: str) -> bool:
    """Whether something may be the plain name of a configuration, rather than a path."""
    return not named.startswith(".") and Path(named).suffix not in YAML


def name_instead(named: str, folders: tuple[str, ...]) -> str:
    """Say by which name the package has what a path was to lead to; nothing if it does not have it."""
    name = Path(named).name
    stem = name.removesuffix(Path(named).suffix) if Path(named).suffix in YAML else name
    if stem not in shipped_names(folders):
        return ""
    return f' One of that name comes with the package: write "{stem}".'


def all_names(folders: tuple[str, ...]) -> str:
    """Say which names there are, where they are few."""
    names = shipped_names(folders)
    return f" These do: {', '.join(names)}." if 0 < len(names) <= 20 else ""
