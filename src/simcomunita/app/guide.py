"""The guide for who leads a workshop, with its two sheets: as a page of the server, and as a PDF to print.

The texts are ``docs/workshop.md`` and ``docs/workshop.it.md``, which come with the package.
"""

from __future__ import annotations

import html
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from simcomunita.app.words import word

if TYPE_CHECKING:
    from markdown_it.token import Token

    from simcomunita.experiment.wording import Language

FILES = {"en": "workshop.md", "it": "workshop.it.md"}


@cache
def guide_text(lang: Language) -> str:
    """Return the guide as Markdown.

    Raises
    ------
    FileNotFoundError
        If the package was installed without it.
    """
    package = Path(__file__).resolve().parents[1]
    places = [folder / FILES[lang] for folder in (package / "docs", package.parents[1] / "docs")]
    found = next((place for place in places if place.is_file()), places[0])
    return found.read_text(encoding="utf-8")


@cache
def _tokens(lang: Language) -> list[Token]:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").parse(guide_text(lang))


def title(lang: Language) -> str:
    """Return the guide's first heading."""
    tokens = _tokens(lang)
    at = next(i for i, token in enumerate(tokens) if token.type == "heading_open")
    return tokens[at + 1].content


_STYLE = """
body { font: 18px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; color: #1a1a1a;
  background: #fbfaf7; max-width: 46rem; margin: 0 auto; padding: 1rem 1.2rem 3rem; }
h1 { line-height: 1.2; margin-top: 2.5rem; } h1:first-of-type { margin-top: 0; } a { color: #005f96; }
table { border-collapse: collapse; width: 100%; } div { overflow-x: auto; }
th, td { border-bottom: 1px solid #d9d6ce; text-align: left; vertical-align: top; padding: 0.4rem 0.7rem 0.4rem 0; }
li { margin: 0.25rem 0; }
@media print { h1:not(:first-of-type) { break-before: page; } nav { display: none; } }
"""


def as_html(lang: Language, links: tuple[tuple[str, str], ...] = ()) -> str:
    """Return the guide as a page that asks nothing of any other; `links` (address, name) stand above it."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(guide_text(lang))
    body = body.replace("<table>", '<div role="region" tabindex="0"><table>').replace("</table>", "</table></div>")
    above = " · ".join(f'<a href="{html.escape(to)}">{html.escape(name)}</a>' for to, name in links)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title(lang))}</title><style>{_STYLE}</style></head>"
        f"<body><nav>{above}</nav><main>{body}</main></body></html>"
    )


@cache
def as_pdf(lang: Language) -> bytes:
    """Return the guide as a tagged PDF (PDF/UA-1), each of its parts beginning on a page of its own."""
    import typst

    from simcomunita.report.writing import fonts

    content = {"lang": lang, "title": title(lang), "blocks": blocks(lang)}
    template = (resources.files("simcomunita.app") / "guide.typ").read_bytes()
    written = typst.Compiler(font_paths=fonts()).compile(
        template, format="pdf", sys_inputs={"guide": json.dumps(content)}, pdf_standards="ua-1", timestamp=0
    )
    return cast("bytes", written)


class NoPdfError(ValueError):
    """The name that was given is none of a PDF."""


def write(path: Path, lang: Language) -> str:
    """Write the guide as a PDF, and return where it is, in words.

    Raises
    ------
    NoPdfError
        If the name does not end in ``.pdf``.
    UnwrittenError
        If the disk does not take it.
    """
    from simcomunita.writing import write_file

    if path.suffix.lower() != ".pdf":
        near = path.with_suffix(".pdf") if path.name else Path(FILES[lang]).with_suffix(".pdf")
        raise NoPdfError(word("guide no pdf", lang, path=path, near=near))
    write_file(path, as_pdf(lang))
    return word("guide written", lang, path=path)


def blocks(lang: Language) -> list[dict[str, Any]]:
    """Return the guide as nested plain blocks: what each is, and its runs of text or its own blocks.

    Raises
    ------
    ValueError
        If the text holds something that cannot be printed.
    """
    root: list[dict[str, Any]] = []
    stack = [root]
    for token in _tokens(lang):
        if token.type == "inline":
            if stack[-1] and stack[-1][-1].get("open"):
                stack[-1][-1]["runs"] = _runs(token)
        elif token.nesting == 1 and token.type in ("heading_open", "paragraph_open", "th_open", "td_open"):
            kind = token.type.removesuffix("_open")
            stack[-1].append({"kind": kind, "level": token.tag, "open": True, "runs": []})
        elif token.nesting == -1 and token.type in ("heading_close", "paragraph_close", "th_close", "td_close"):
            stack[-1][-1].pop("open")
        elif token.nesting == 1:
            stack[-1].append({"kind": token.type.removesuffix("_open"), "blocks": []})
            stack.append(stack[-1][-1]["blocks"])
        elif token.nesting == -1:
            stack.pop()
        elif token.type == "hr":
            stack[-1].append({"kind": "line"})
        else:
            raise ValueError(f"the guide holds {token.type}, which cannot be printed")
    return root


_MARKS = {"strong_open": 1, "strong_close": -1, "em_open": 1, "em_close": -1}


def _runs(token: Token) -> list[list[str]]:
    """Return a line's text in runs: how each is written, and its text."""
    runs: list[list[str]] = []
    marks: list[str] = []
    for child in token.children or []:
        if child.type in _MARKS:
            name = child.type.split("_")[0]
            marks.append(name) if _MARKS[child.type] > 0 else marks.remove(name)
        elif child.type == "softbreak":
            runs.append(["plain", " "])
        elif child.type == "code_inline":
            runs.append(["code", child.content])
        elif child.type == "text":
            runs.append([marks[-1] if marks else "plain", child.content])
        else:
            raise ValueError(f"the guide holds {child.type}, which cannot be printed")
    return runs
