from __future__ import annotations

import csv
import html
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

import simcomunita
from simcomunita.app.asking import COST, FINE, MEASURES
from simcomunita.app.assumptions import Assumed
from simcomunita.app.choices import PRESETS, Choice
from simcomunita.app.comparing import Comparing, questions
from simcomunita.app.exporting import EXPORTS, Origin, export, facts
from simcomunita.app.levers import LEVERS
from simcomunita.app.scenarios import kept
from simcomunita.app.state import State
from simcomunita.experiment.wording import Language
from tests.app.standin import answer

LINK = "http://10.0.0.7:8765/?lang=en"
ORIGIN = Origin(LINK, datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
THREE = Choice.of(facilitators=3, calls=40_000)


def compared(lang: Language = "en", pairs: int = FINE.pairs) -> Comparing:
    state = State(language=lang)
    for name, choice in (("Eight", PRESETS["eight"].choice), ("Three", THREE)):
        state = kept(state, choice, name)
    return Comparing(state, tuple(answer(one, FINE, pairs) for one in questions(state)))


def written(key: str, lang: Language = "en") -> bytes:
    return export(key, compared(lang), ORIGIN).content


@pytest.mark.parametrize("lang", ["en", "it"])
def test_the_brief_is_a_tagged_pdf_in_the_readers_language_with_version_seeds_levers_and_link(lang: Language) -> None:
    reader = PdfReader(io.BytesIO(written("brief_pdf", lang)))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert reader.trailer["/Root"]["/Lang"] == lang
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    flat = "".join(text.split())
    for said in (simcomunita.__version__, f"1–{FINE.pairs}", "Three", LEVERS["calls"].label[lang], "10.0.0.7"):
        assert "".join(said.split()) in flat


@pytest.mark.parametrize(("lang", "said"), [("en", "2 January 2026, 03:04"), ("it", "2 gennaio 2026, 03:04")])
def test_when_it_was_written_is_said_as_readers_say_it_by_this_computers_clock(lang: Language, said: str) -> None:
    here = Origin(LINK, datetime(2026, 1, 2, 3, 4).astimezone())
    assert said in facts(compared(lang), here).values()


def test_the_brief_as_a_page_asks_nothing_of_others_and_holds_its_picture() -> None:
    page = written("brief_html").decode()
    assert "<script" not in page
    assert "data:image/svg+xml" in page
    assert LINK in page.replace("&amp;", "&")


def test_the_workbook_holds_real_numbers_every_lever_and_where_it_is_from() -> None:
    book = load_workbook(io.BytesIO(written("workbook", "it")))
    assert len(book.sheetnames) == 4
    results = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert len(results) == 2 * (len(MEASURES) + 1)
    found = compared("it").columns[0].outcome("active_now")
    assert found is not None
    assert results[0][:3] == ("Eight", "Cittadini attivi", "active_now")
    assert results[0][5] == pytest.approx(found.difference.mean)
    assert book.worksheets[2].max_row == 1 + len(LEVERS)
    origin = dict(book.worksheets[3].iter_rows(min_row=2, values_only=True))
    assert LINK in origin.values()
    assert simcomunita.__version__ in origin.values()


def test_an_italian_table_is_one_that_an_italian_spreadsheet_opens_and_every_row_says_its_levers_and_link() -> None:
    text = written("csv", "it").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 2 * (len(MEASURES) + 1)
    assert {row["facilitators"] for row in rows if row["Scenario"] == "Three"} == {"3"}
    assert {row["Collegamento"] for row in rows} == {LINK}
    assert "," in rows[0]["Differenza"]
    assert "." not in rows[0]["Differenza"]


def test_the_series_hold_every_month_of_the_comparison_and_all_scenarios_and_carry_their_notes() -> None:
    table = pq.read_table(io.BytesIO(written("parquet")))
    assert table.num_rows == 3 * (len(MEASURES) + 1) * len(compared().columns[0].answer.months)  # type: ignore[union-attr]
    notes = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    assert notes["link"] == LINK
    assert notes["seeds"] == f"1–{FINE.pairs}"
    assert json.loads(notes["levers"])["Three"]["calls"] == 40_000
    assert COST in set(table["measure"].to_pylist())


def test_the_scenario_file_opens_as_the_same_state_and_says_where_it_is_from() -> None:
    content = written("scenario", "it")
    assert State.from_file(content) == (compared("it").state, ())
    assert LINK in content.decode()


@pytest.mark.parametrize("lang", ["en", "it"])
def test_every_file_says_what_is_assumed_otherwise(lang: Language) -> None:
    assumed = Assumed.of({"commitment.stopping": 0.05, "costs.facilitator": 42_000})
    state = replace(compared(lang).state, assumed=assumed)
    comparing = Comparing(state, tuple(answer(one, FINE, 8) for one in questions(state)))
    files = {key: export(key, comparing, ORIGIN).content for key in EXPORTS}
    said = assumed.said(lang)
    pdf = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(files["brief_pdf"])).pages)
    book = load_workbook(io.BytesIO(files["workbook"]))
    notes = pq.read_table(io.BytesIO(files["parquet"])).schema.metadata
    assert "".join(said.split()) in "".join(pdf.split())
    assert html.escape(said, quote=False) in files["brief_html"].decode().replace("&#39;", "'")
    assert said in dict(book.worksheets[3].iter_rows(min_row=2, values_only=True)).values()
    assert said in files["csv"].decode("utf-8-sig")
    assert json.loads(notes[b"assumed"]) == assumed.values
    assert State.from_file(files["scenario"]) == (state, ())
    assert said in files["scenario"].decode()


def test_equal_answers_give_equal_bytes() -> None:
    for key in EXPORTS:
        assert written(key) == written(key), key


def test_files_are_named_in_the_readers_language() -> None:
    assert export("csv", compared("it"), ORIGIN).name == "scenari.csv"
    with pytest.raises(KeyError):
        export("../etc/passwd", compared(), ORIGIN)


def test_nothing_can_be_written_as_a_brief_before_there_is_an_answer() -> None:
    empty = replace(compared(), answers=(None, None))
    with pytest.raises(ValueError, match="no answer yet"):
        export("brief_pdf", empty, ORIGIN)
