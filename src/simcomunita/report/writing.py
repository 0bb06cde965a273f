"""A page as HTML and as PDF: the same content, by two templates."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from simcomunita.report.page import Page


def as_html(page: Page) -> bytes:
    """Write a page as one HTML file that asks nothing of any other: figures are in it, and there is no script."""
    import jinja2

    places = jinja2.Environment(
        loader=jinja2.PackageLoader("simcomunita.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    places.filters["data_uri"] = _data_uri
    return places.get_template("report.html.jinja").render(page=page).encode()


def _data_uri(svg: bytes) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode('ascii')}"


def as_pdf(page: Page) -> bytes:
    """Write a page as a tagged PDF (PDF/UA-1), with its title and language, dated as the comparison is."""
    import typst

    written = typst.Compiler(font_paths=fonts()).compile(
        _template(),
        format="pdf",
        sys_inputs={"page": _as_json(page)},
        pdf_standards="ua-1",
        timestamp=int(page.written.timestamp()),
    )
    return cast("bytes", written)  # a single file, for no output is named and PDF has all pages in one


def _template() -> bytes:
    return (resources.files("simcomunita.report") / "templates" / "report.typ").read_bytes()


@lru_cache(maxsize=1)
def fonts() -> Any:
    """The letters that figures are drawn with, from Matplotlib: the same on every computer."""
    import matplotlib as mpl
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(Path(mpl.get_data_path(), "fonts", "ttf"))],
    )


def _as_json(page: Page) -> str:
    def plain(value: Any) -> Any:
        return value.decode() if isinstance(value, bytes) else value.isoformat()

    return json.dumps(asdict(page), default=plain)
