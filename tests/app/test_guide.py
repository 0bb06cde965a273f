from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from simcomunita.app import guide
from simcomunita.app.choices import PRESETS
from simcomunita.app.levers import LEVERS
from simcomunita.app.words import words
from simcomunita.cli import app
from simcomunita.experiment.wording import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_in_bold_stand_on_the_page(language: Any) -> None:
    known = {said[language] for said in words().values()}
    known |= {preset.label[language] for preset in PRESETS.values()}
    known |= {lever.label[language] for lever in LEVERS.values()}
    bold = set(re.findall(r"\*\*(.+?)\*\*", guide.guide_text(language)))
    assert len(bold) > 10
    assert bold - known == set()


def shape(language: Any) -> list[Any]:
    """The guide without its words."""

    def of(blocks: list[dict[str, Any]]) -> list[Any]:
        return [(one["kind"], one.get("level", ""), of(one.get("blocks", []))) for one in blocks]

    return of(guide.blocks(language))


def test_both_languages_have_the_same_parts_and_times() -> None:
    assert shape("en") == shape("it")
    times = [re.findall(r"^\| (\d+–\d+) \|", guide.guide_text(language), re.M) for language in LANGUAGES]
    assert times[0] == times[1]
    ends = [int(part) for time in times[0] for part in time.split("–")]
    assert ends[0] == 0
    assert ends[-1] == 60
    assert ends[1:-1:2] == ends[2::2], "each part begins where the one before it ends"


@pytest.mark.parametrize(("language", "sheet"), [("en", "Debrief sheet"), ("it", "Scheda di chiusura")])
def test_the_printed_guide_is_whole_tagged_and_in_its_language(language: Any, sheet: str) -> None:
    read = PdfReader(io.BytesIO(guide.as_pdf(language)))
    assert read.trailer["/Root"]["/Lang"] == language  # type: ignore[index]
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    pages = [page.extract_text() for page in read.pages]
    assert sheet in pages[-1]
    assert "**" not in "".join(pages)
    assert "simcomunita app --host 0.0.0.0" in "".join(pages)


def test_the_guides_page_asks_for_nothing_else_and_runs_nothing() -> None:
    page = guide.as_html("it", (("guide.pdf?lang=it", 'To <print> "it"'),))
    assert '<html lang="it">' in page
    assert "<script" not in page
    assert "http" not in page.replace("--host", "")
    assert "To &lt;print&gt;" in page


def test_the_command_writes_the_guide_and_refuses_another_kind_of_file(tmp_path: Path) -> None:
    to = tmp_path / "guida.pdf"
    answer = CliRunner().invoke(app, ["app", "--guide", str(to), "--lang", "it"])
    assert answer.exit_code == 0, answer.output
    assert to.read_bytes().startswith(b"%PDF")
    refused = CliRunner().invoke(app, ["app", "--guide", str(tmp_path / "guide.doc")])
    assert refused.exit_code == 2
    assert "guide.pdf" in refused.stderr
    assert not (tmp_path / "guide.doc").exists()
