"""What draws itself in the browser, in the workshop's page and in a notebook alike."""

from __future__ import annotations

from pathlib import Path


def script(*parts: str) -> str:
    """Return what a widget runs in the browser: some of the files beside this one, one after the other."""
    return "".join((Path(__file__).parent / f"{part}.js").read_text("utf-8") for part in parts)
