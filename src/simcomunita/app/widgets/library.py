"""Where the browser finds the library that draws charts: never on another host.

ECharts (Li et al. 2018, Visual Informatics) comes with the package ``solara-assets``, which the extra ``app``
installs. The workshop's server hands it out under its own address; a notebook, which has no such address, gets its text
with the widget.
"""

from __future__ import annotations

from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGE = "solara-assets"
FILE = "echarts.esm.min.js"
SERVED_UNDER = "/_solara/cdn/"
"""Where the server hands out the files of the package."""


class NoLibraryError(RuntimeError):
    """The package that carries the drawing library is not there."""

    def __init__(self) -> None:
        super().__init__('The charts need the extra "app": pip install "simcomunita[app]"')


@cache
def library_file() -> Path:
    """Return where the library is on the disk.

    Raises
    ------
    NoLibraryError
        If the package that carries it is not installed, or does not carry it.
    """
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        raise NoLibraryError from None
    found = [file for file in files if file.name == FILE]
    if not found:
        raise NoLibraryError
    return Path(str(found[0].locate())).resolve()


def library_url(root: str = "") -> str:
    """Return the library's address on the workshop's own server, below the path that the server stands under."""
    file = library_file()
    below = file.parts[len(file.parts) - 1 - file.parts[::-1].index("cdn") + 1 :]
    return f"{root}{SERVED_UNDER}{'/'.join(below)}"


@cache
def library_text() -> str:
    """Return the library itself."""
    return library_file().read_text(encoding="utf-8")
