"""Plain tables and paragraphs in the terminal."""

from __future__ import annotations

import io
import shutil
import sys
import textwrap
from collections.abc import Sequence

WIDE = 110
"""Characters a line has where nobody knows the width of a terminal, and at most."""

HEAD_WIDE = 12
"""Characters after which the head of a column is wrapped."""


def width() -> int:
    """Return the number of characters of a line."""
    if not sys.stdout.isatty():
        return WIDE
    return max(min(shutil.get_terminal_size((WIDE, 24)).columns, WIDE), 40)


def paragraphs(text: str) -> str:
    """Wrap every line of a text to the terminal."""
    return "\n".join(textwrap.fill(line, width(), break_long_words=False) for line in text.splitlines())


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out columns, wrapped to the terminal: the first to the left, the others to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    laid = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="")
    for k, name in enumerate(head):
        first = k == 0
        shown = name if first else textwrap.fill(name, HEAD_WIDE)
        laid.add_column(Text(shown), justify="left" if first else "right", vertical="bottom", no_wrap=not first)
    for row in rows:
        laid.add_row(*map(Text, row))  # as text: a name in brackets is no markup
    written = io.StringIO()
    Console(file=written, width=width(), color_system=None, legacy_windows=False).print(laid)
    return "\n".join(line.rstrip() for line in written.getvalue().strip("\n").splitlines()).strip("\n")
