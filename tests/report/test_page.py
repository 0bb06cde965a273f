from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pypdf
import pytest

from simcomunita.experiment import Comparison
from simcomunita.report import figures
from simcomunita.report.content import page_of
from simcomunita.report.page import Page
from simcomunita.report.writing import as_html, as_pdf

from .conftest import PROVENANCE, around, comparison_of


class Reader(HTMLParser):
    """What a page holds: tags with their attributes, and the text between them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def read(html: bytes) -> Reader:
    reader = Reader()
    reader.feed(html.decode())
    return reader


@pytest.fixture(scope="session", params=["en", "it"])
def page(request: pytest.FixtureRequest, clear_rise: Comparison) -> Page:
    return page_of(clear_rise, PROVENANCE, request.param)


@pytest.fixture(scope="session")
def html(page: Page) -> bytes:
    return as_html(page)


@pytest.fixture(scope="session")
def pdf(page: Page) -> bytes:
    return as_pdf(page)


def test_the_page_asks_nothing_of_any_other_host(html: bytes) -> None:
    reader = read(html)
    for tag, attributes in reader.tags:
        assert tag not in ("script", "link", "iframe", "object", "embed", "base"), tag
        for name in ("src", "href", "srcset", "data", "action", "poster", "background"):
            assert (attributes.get(name) or "data:").startswith("data:"), (tag, name)
    style = html.decode().split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_figures_ask_nothing_of_any_other_host(page: Page) -> None:
    drawn = [figure for section in page.sections for figure in section.figures]
    assert len(drawn) == 4
    for figure in drawn:
        references = re.findall(r"(?:href|src)=\"([^\"]*)\"|url\(([^)]*)\)", figure.svg.decode())
        assert references
        assert all((a or b).startswith("#") for a, b in references)


def test_the_page_names_its_language_and_is_titled_by_the_question(html: bytes, page: Page) -> None:
    reader = read(html)
    assert reader.of("html") == [{"lang": page.lang}]
    assert page.title in "".join(reader.words)
    assert "<helpers>" not in html.decode(), "what a study says is text, not markup"


def test_the_page_holds_the_answer_then_tables_money_figures_assumptions_limits_and_provenance(
    html: bytes, page: Page
) -> None:
    said = " ".join("".join(read(html).words).split())
    places = [said.index(" ".join(sentence.split())) for sentence in page.answer]
    places += [said.index(section.heading, places[-1]) for section in page.sections]
    assert places == sorted(places)
    assert len(page.sections) == 6


def test_every_figure_has_a_text_and_every_table_a_caption_and_scopes(html: bytes) -> None:
    reader = read(html)
    assert len(reader.of("img")) == 4
    assert all(len(image["alt"] or "") > 40 for image in reader.of("img"))
    assert len(reader.of("caption")) == len(reader.of("table")) > 4
    assert {attributes.get("scope") for attributes in reader.of("th")} == {"col", "row"}


def test_the_command_that_repeats_it_stands_on_the_page(html: bytes) -> None:
    assert "simcomunita compare made --seeds 12" in "".join(read(html).words)


def test_seeds_that_were_chosen_are_repeated_in_python(fake: Comparison) -> None:
    from dataclasses import replace

    some = replace(
        fake, runs=fake.runs[fake.runs["seed"] != 2], series=fake.series[fake.series["seed"] != 2], saved=PROVENANCE
    )
    assert 'compare("fake", seeds=[1, 3, 4, 5, 6], scale=1.0)' in as_html(
        page_of(some, PROVENANCE, "en")
    ).decode().replace("&#34;", '"')


def test_the_pdf_says_the_same_with_title_and_language(pdf: bytes, page: Page) -> None:
    document = pypdf.PdfReader(io.BytesIO(pdf))
    root = document.trailer["/Root"]
    assert document.metadata is not None
    assert document.metadata.title == page.title
    assert document.metadata.creation_date == page.written
    assert str(root["/Lang"]) == page.lang
    assert root["/MarkInfo"]["/Marked"], "tagged, for those who have it read to them"
    assert len(document.pages) >= 3
    said = re.sub(r"\s+", "", "".join(one.extract_text() for one in document.pages))
    for sentence in page.answer:
        assert re.sub(r"\s+", "", sentence) in said
    for section in page.sections:
        assert re.sub(r"\s+", "", section.heading) in said


def test_the_same_page_is_the_same_bytes(html: bytes, pdf: bytes, clear_rise: Comparison, page: Page) -> None:
    again = page_of(clear_rise, PROVENANCE, page.lang)
    assert as_html(again) == html
    assert as_pdf(again) == pdf


def test_one_pair_without_money_gives_a_page_without_intervals_or_pictures_of_money() -> None:
    poor = comparison_of({"none": {"active_now": [3.0]}, "helped": {"active_now": [4.0]}})
    page = page_of(poor, PROVENANCE, "en")
    assert "no difference on this page has an interval" in page.reading
    assert sum(len(section.figures) for section in page.sections) == 2
    assert "holds no count" not in as_html(page).decode()
    assert "no count of" in as_html(page).decode()
    assert as_pdf(page).startswith(b"%PDF")


def test_failed_repetitions_are_a_limit() -> None:
    made = comparison_of({"none": {"active_now": around(1)}, "helped": {"active_now": around(2)}})
    page = page_of(made, {**PROVENANCE, "failures": [{"seed": 4}]}, "en")
    assert any("1 of 13 repetitions failed" in point for section in page.sections for point in section.points)


def test_a_folder_that_kept_no_prices_says_so(fake: Comparison) -> None:
    assumed = page_of(fake, PROVENANCE, "en").sections[3]
    assert any("before amounts and prices were kept" in paragraph for paragraph in assumed.paragraphs)


def test_policies_are_told_with_what_they_fund_and_its_price(page: Page) -> None:
    policies, prices = page.sections[3].tables
    assert "130" in policies.rows[0][3]
    assert ("37,000" if page.lang == "en" else "37.000") in prices.rows[0][1]
    assert prices.rows[0][2] == "Accounts."


def test_a_figure_can_be_replaced_by_another_maker(clear_rise: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "FIGURES", (figures.money_figure, lambda comparison, lang: None))
    assert [one.title for one in figures.figures(clear_rise, "en")] == ["What is spent each year"]


def test_labels_of_figures_do_not_leave_them(several: Comparison) -> None:
    for maker in figures.FIGURES:
        drawn = maker(several, "it")
        assert drawn is not None
        drawn.drawing.draw_without_rendering()
        whole = drawn.drawing.bbox
        words = [*drawn.drawing.texts, *(text for axes in drawn.drawing.axes for text in axes.texts)]
        for word in words:
            box = word.get_window_extent()
            assert box.x0 >= whole.x0, (drawn.title, word.get_text())
            assert box.x1 <= whole.x1, (drawn.title, word.get_text())
