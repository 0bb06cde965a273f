"""What a report's page is made of, in whatever form it is written: texts, tables and figures, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from simcomunita.experiment.wording import Language


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is shown: every cell a text; the first column names the row.

    ``in_words`` says that cells hold words rather than numbers, and are set to the left; ``widths`` is how wide columns
    are on paper, beside each other.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    note: str = ""
    in_words: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as SVG with its title and what it shows in words, for those who do not see it."""

    title: str
    alt: str
    svg: bytes


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page under its heading."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    code: str = ""
    """A command that can be copied."""


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page.

    Attributes
    ----------
    title
        The question.
    answer
        Three sentences.
    reading
        How intervals are to be read.
    written
        When the comparison was written, which is the page's date.
    """

    lang: Language
    title: str
    subtitle: str
    answer_heading: str
    answer: tuple[str, str, str]
    reading: str
    sections: tuple[Section, ...]
    written: datetime
    version: str
