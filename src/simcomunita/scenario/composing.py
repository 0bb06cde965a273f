"""Putting a configuration together from several files, and keeping it inside its folder.

A file may name others: a scenario its territory, its policies, its costs, and any file those that it
includes. It gives a path, relative to itself, or the plain name of a configuration (``project``,
``policies/project``). A path that leads to something wins; a name is looked for in the folders of the own
``configs``, if the file lies in one, and then in those that come with the package.

After all links are followed a path must lie inside the configuration's root: the nearest folder above the
first file that is called ``configs`` or, where there is none, the first file's own folder. Paths in files
that come with the package lead nowhere but to others of them.

``include: [other.yaml]`` reads other files first: mappings are merged key by key and what is written
later wins, the file's own keys last; lists of policies are joined; any other value is replaced.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simcomunita.configuration import (
    ConfigurationError,
    Document,
    KeyPath,
    Place,
    Problems,
    Source,
    nearest,
    read_yaml,
    shown,
)
from simcomunita.scenario.names import (
    SHIPPED_FOLDERS,
    all_names,
    all_of,
    exists,
    is_name,
    name_instead,
    real_path,
    shipped_names,
    shipped_root,
)

MOST_INCLUDES_DEEP = 8
MOST_FILES = 50

JOINED = "policies"
"""The one list that includes join instead of replacing it."""


@dataclass
class Library:
    """The files that one configuration may read, and what was found wrong while reading them."""

    root: Path
    """Real path of the folder that no file may lie outside of."""
    found: Problems = field(default_factory=Problems)
    _files_read: int = 0

    @classmethod
    def around(cls, top: Source) -> Library:
        """Make the library of a configuration's first file.

        Raises
        ------
        ConfigurationError
            If the file is a link that leads to itself.
        """
        real = real_path(top.path)
        if real is None:
            raise ConfigurationError.of(top.shown, "the file cannot be read: it is a link that leads to itself.")
        folder = next((parent for parent in real.parents if parent.name == "configs"), real.parent)
        return cls(folder)

    def tell(self, document: Document, at: KeyPath, message: str) -> None:
        """Note a problem of what stands at a key path."""
        self.found.found.append(document.problem(at, message))

    def locate(self, document: Document, at: KeyPath, folders: tuple[str, ...] = SHIPPED_FOLDERS) -> Source | None:
        """Find the file that a document names at a key path; ``None``, with the problem noted, if it may
        not be read or a plain name leads to nothing.

        Whether the file of a path exists is not looked at.

        Parameters
        ----------
        folders
            The folders of configurations in which a plain name is looked for.
        """
        named = document.value(at)
        problem = self._wrong_with(named)
        if problem is None:
            found = self._by_path(document.place(at), named, folders)
            if isinstance(found, Source) and not exists(found.path) and is_name(named):
                found = self._by_name(found, named, folders)
            if isinstance(found, Source):
                return found
            problem = found
        self.tell(document, at, problem)
        return None

    def _by_path(self, place: Place, named: str, folders: tuple[str, ...]) -> Source | str:
        """Follow a path, or say what is wrong with it."""
        start = place.source.path.resolve()
        shipped = shipped_root()
        root = shipped if shipped is not None and start.is_relative_to(shipped) else self.root
        real = real_path(start.parent / named)
        if real is None:
            return f"{shown(named)} is a link that leads to itself."
        if real.is_relative_to(root):
            beside = os.path.join(os.path.dirname(place.source.shown), named)  # noqa: PTH118, PTH120
            return Source(os.path.normpath(beside), real)
        hint = name_instead(named, folders)
        return (
            f'{shown(named)} leads outside the configuration\'s folder; expected something inside "{root.name}".{hint}'
        )

    def _by_name(self, path: Source, named: str, folders: tuple[str, ...]) -> Source | str:
        """Find a configuration by its plain name, or say that there is none or that it is one of several."""
        for root in self._roots():
            found = all_of(root, Path(named), folders)
            if len(found) > 1:
                several = " or ".join(f'"{one.relative_to(root).with_suffix("").as_posix()}"' for one in found)
                return f"{shown(named)} is the name of several configurations; expected {several}."
            real = real_path(found[0]) if found else None
            if real is not None and real.is_relative_to(root):
                own = path.path.with_name(f"{path.path.name}.yaml")
                if exists(own) and own != real and own.parent.name not in SHIPPED_FOLDERS:
                    full = real.relative_to(root).with_suffix("").as_posix()
                    return (
                        f"{shown(named)} is both a file beside this one and a configuration that comes with the "
                        f'package; expected "{own.name}" or "{full}".'
                    )
                return Source(str(found[0]), real)
        close = nearest(named, shipped_names(folders)) or nearest(f"{path.path.name}.yaml", _beside(path))
        hint = f' Did you mean "{close}"?' if close else all_names(folders)
        return f"there is no file {shown(named)}, and no configuration of that name comes with the package.{hint}"

    def _roots(self) -> list[Path]:
        """Folders of configurations in which names are looked for, the own one first."""
        own = [self.root] if self.root.name == "configs" else []
        package = shipped_root()
        return own if package is None or package in own else [*own, package]

    @staticmethod
    def _wrong_with(named: Any) -> str | None:
        if not isinstance(named, str) or not named.strip():
            return f"{shown(named)} is no file name; expected the path of a file, relative to this one."
        if not named.isprintable():
            return f"{shown(named)} is no file name: it holds control characters."
        if len(named) > 1000:
            return "a file name of more than 1,000 characters; expected the path of a file."
        return None

    def read(self, source: Source) -> Document | None:
        """Read a YAML file with all that it includes; ``None``, with the problem noted, if it cannot be."""
        with self.found.gathering():
            return self._read(source, ())
        return None

    def read_named(self, document: Document, at: KeyPath, folder: str) -> Document | None:
        """Read the YAML file that a document names; a missing file is a problem of the line that names it.

        Parameters
        ----------
        folder
            The folder of configurations in which a plain name is looked for.
        """
        source = self.locate(document, at, (folder,))
        if source is None:
            return None
        if not exists(source.path):
            self._missing(document, at, source, (folder,))
            return None
        return self.read(source)

    def _missing(
        self, document: Document, at: KeyPath, source: Source, folders: tuple[str, ...] = SHIPPED_FOLDERS
    ) -> None:
        close = nearest(source.path.name, _beside(source))
        hint = f' Did you mean "{close}"?' if close else name_instead(source.path.name, folders)
        message = f"there is no file {shown(source.shown)}; names are relative to this file.{hint}"
        self.tell(document, at, message)

    def _read(self, source: Source, above: tuple[Source, ...]) -> Document:
        self._files_read += 1
        if self._files_read > MOST_FILES:
            message = f"the configuration is made of more than {MOST_FILES} files; that many are refused."
            raise ConfigurationError.of(source.shown, message)
        document = read_yaml(source, self.found)
        if not isinstance(document.data, dict) or "include" not in document.data:
            return document
        chain = (*above, source)
        parts = []
        for at in _included(document, self.found):
            part = self._include(document, at, chain)
            if part is not None:
                parts.append(part)
        own = {key: value for key, value in document.data.items() if key != "include"}
        return merged([*parts, Document(source, own, document.places, document.refused)])

    def _include(self, document: Document, at: KeyPath, chain: tuple[Source, ...]) -> Document | None:
        source = self.locate(document, at)
        if source is None:
            return None
        if any(source.path == other.path.resolve() for other in chain):
            names = " -> ".join(Path(s.shown).name for s in (*chain, source))
            self.tell(document, at, f"files include each other in a circle: {names}.")
        elif len(chain) > MOST_INCLUDES_DEEP:
            message = f"includes are nested more than {MOST_INCLUDES_DEEP} deep; that many are refused."
            self.tell(document, at, message)
        elif not exists(source.path):
            self._missing(document, at, source)
        else:
            part = self._read(source, chain)
            if isinstance(part.data, dict):
                return part
            message = f"{shown(source.shown)} holds {shown(part.data)}; expected a mapping (key: value)."
            self.tell(document, at, message)
        return None


def _beside(source: Source) -> list[str]:
    """Return the names of what lies where a file is missing."""
    try:
        return [entry.name for entry in os.scandir(source.path.parent)]
    except OSError:
        return []


def _included(document: Document, found: Problems) -> list[KeyPath]:
    """Return the key paths of the names of included files."""
    value = document.data["include"]
    if isinstance(value, str):
        return [("include",)]
    if isinstance(value, list):
        return [("include", i) for i in range(len(value))]
    if ("include",) not in document.refused:
        message = f"{shown(value)} cannot be included; expected a file name or a list of file names."
        found.found.append(document.problem(("include",), message))
    return []


def merged(parts: list[Document]) -> Document:
    """Merge documents that hold mappings: later ones win, every value keeps the place where it stands."""
    data: dict[str, Any] = {}
    places: dict[KeyPath, Place] = {}
    refused: set[KeyPath] = set()
    for part in parts:
        shift = len(data[JOINED]) if _joins(data, part.data) else 0
        moved = {at: _shifted(at, shift) for at in (*part.places, *part.refused)}
        for at in list(places):
            if _replaced(at, data, part.data) and not (shift and at[0] == JOINED):
                del places[at]
        places.update({moved[at]: place for at, place in part.places.items()})
        refused.update(moved[at] for at in part.refused)
        data = _merge(data, part.data)
    return Document(parts[-1].source, data, places, frozenset(refused))


def _joins(below: dict[str, Any], above: dict[str, Any]) -> bool:
    return isinstance(below.get(JOINED), list) and isinstance(above.get(JOINED), list)


def _shifted(at: KeyPath, shift: int) -> KeyPath:
    if shift and len(at) > 1 and at[0] == JOINED and isinstance(at[1], int):
        return (at[0], at[1] + shift, *at[2:])
    return at


def _replaced(at: KeyPath, below: Any, above: Any) -> bool:
    """Whether what stands at a key path of ``below`` is replaced by something in ``above``."""
    for step in at:
        if not isinstance(above, dict) or step not in above:
            return False
        below, above = below[step], above[step]
        if not (isinstance(below, dict) and isinstance(above, dict)):
            return True
    return False


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            result[key] = _merge(old, value)
        elif key == JOINED and isinstance(old, list) and isinstance(value, list):
            result[key] = [*old, *value]
        else:
            result[key] = value
    return result
