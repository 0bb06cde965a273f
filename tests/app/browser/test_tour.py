"""The workshop in a real browser: what a visitor sees, presses, saves, and what the page asks for meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from simcomunita.app.choices import PRESETS

from .conftest import Visit

Go = Callable[..., Visit]

SIZES = [(1366, 768), (390, 844), (3840, 2160)]

SMALL_TEXT = """() => {
  const small = [];
  const walk = document.createTreeWalker(document.querySelector('.sc-page'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const box = walk.currentNode.parentElement;
    const size = parseFloat(getComputedStyle(box).fontSize);
    if (walk.currentNode.textContent.trim() && box.checkVisibility() && size < 18)
      small.push(`${size}: ${walk.currentNode.textContent.trim().slice(0, 40)}`);
  }
  return small;
}"""


def now(visit: Visit) -> str:
    return parse_qs(urlsplit(visit.page.url).query).get("now", [""])[0]


def test_a_whole_tour_in_both_languages_asks_no_other_host_and_complains_of_nothing(visit: Go) -> None:
    tour = visit("lang=en")
    for language, places in (
        ("en", ("Community", "Compare", "Confidence", "Explore")),
        ("it", ("Comunità", "Esplora")),
    ):
        tour.page.click(f".sc-languages [lang={language}]")
        tour.page.wait_for_function(f"document.documentElement.lang === '{language}'")
        for place in places:
            tour.page.click(f".sc-places >> text={place}")
            tour.page.wait_for_selector(f".sc-places [aria-current]:has-text('{place}')")
    tour.settle()
    tour.page.locator(".sc-about summary").first.click()
    tour.page.locator(".sc-chart details summary").first.click()
    assert "Otto facilitatori" in tour.page.locator(".sc-chart table").first.inner_text()
    tour.page.click(".sc-deeper summary")
    tour.page.wait_for_selector(".sc-deeper td")
    assert tour.page.locator(".sc-deeper").get_attribute("open") is not None
    assert tour.hosts == {urlsplit(tour.address).netloc}
    assert tour.complaints == []


def test_a_lever_that_is_moved_changes_sentence_picture_and_link_and_back_undoes_it(visit: Go) -> None:
    seen = visit("lang=en&now=eight")
    sentence, before = seen.page.inner_text("h1"), seen.last()
    slider = seen.slider("facilitators")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowRight")
    seen.page.wait_for_function("location.search.includes('facilitators:12')")
    # More active citizens with the choice, and as many as before with the baseline.
    seen.wait_for_last("(last, before) => last.at(-1) > before.at(-1) && last[1] === before[1]", before)
    seen.settle()
    assert seen.page.inner_text("[data-lever=facilitators] output") == "12 facilitators"
    assert seen.page.inner_text("h1") != sentence
    while "facilitators" in now(seen):
        seen.page.go_back()
    seen.page.wait_for_function(
        "document.querySelector('[data-lever=facilitators] output').textContent === '8 facilitators'"
    )
    seen.wait_for_last("(last, before) => String(last) === String(before)", before)


def test_a_link_shows_to_another_visitor_what_it_showed_to_the_first(visit: Go) -> None:
    first = visit("lang=it&now=facilitators:3,from:2021-05")
    second = visit(urlsplit(first.page.url).query)
    assert second.last() == first.last()
    assert second.page.inner_text("[data-lever=from] output") == "maggio 2021"
    assert second.page.evaluate("document.documentElement.lang") == "it"


def test_a_doctored_link_is_said_in_the_readers_language_and_the_page_goes_on(visit: Go) -> None:
    seen = visit("lang=it&page=nowhere&now=facilitators:99,evil:__import__('os')&s=<script>alert(1)</script>")
    alert = seen.page.inner_text(".sc-problems")
    assert "Questo collegamento" in alert
    assert "nowhere" in alert
    assert seen.page.inner_text("[data-lever=facilitators] output") == "16 facilitatori"
    assert seen.complaints == []


def test_an_answer_that_breaks_is_said_and_the_next_one_comes(visit: Go) -> None:
    seen = visit("lang=en&now=facilitators:12")
    seen.slider("facilitators").press("ArrowRight")
    seen.page.wait_for_selector(".sc-stands [role=alert]")
    assert "could not be computed" in seen.page.inner_text(".sc-stands")
    seen.slider("facilitators").press("ArrowLeft")
    seen.settle()
    assert "12" in seen.page.inner_text("[data-lever=facilitators] output")


def test_picture_and_data_are_saved_as_the_readers_language_writes_them(visit: Go, tmp_path: Path) -> None:
    seen = visit("lang=it")
    for name, kind in (("Salva i dati", "csv"), ("Salva l'immagine", "png")):
        with seen.page.expect_download() as coming:
            seen.page.locator(".sc-chart-tools button", has_text=name).first.click()
        coming.value.save_as(tmp_path / f"saved.{kind}")
    data = (tmp_path / "saved.csv").read_text("utf-8-sig")
    assert data.startswith("mese;")
    assert "2024-12;" in data
    assert seen.page.url in data
    picture = (tmp_path / "saved.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 20_000


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_text_can_be_read_handles_can_be_grasped_and_nothing_runs_over(visit: Go, width: int, height: int) -> None:
    seen = visit("lang=it", width, height)
    assert seen.page.evaluate(SMALL_TEXT) == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    for slider in seen.page.locator("[data-group=first] input").all():
        box = slider.bounding_box()
        assert box["height"] >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_all_ready_made_choices_stand_in_one_row_of_a_laptop(visit: Go) -> None:
    seen = visit("lang=en")
    for language, last in (("en", "Predict first"), ("it", "Prima prevedere")):
        seen.page.click(f".sc-languages [lang={language}]")
        seen.page.wait_for_selector(f".sc-presets button >> text={last}")
        tops = seen.page.eval_on_selector_all(
            ".sc-presets button", "all => all.map(one => one.getBoundingClientRect().top)"
        )
        assert len(tops) == len(PRESETS) + 1
        assert len(set(map(round, tops))) == 1, language


@pytest.mark.parametrize(("language", "width", "height"), [("en", *SIZES[0]), ("it", *SIZES[1])])
def test_no_reader_is_shut_out_of_any_place(visit: Go, language: str, width: int, height: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    seen = visit(f"lang={language}&s=eight~One&s=facilitators:3~Two", width, height)
    for place, there in PLACES.items():
        seen.page.click(f".sc-places [data-key={place}]")
        seen.page.wait_for_selector(there)
        found = axe.Axe().run(seen.page).response["violations"]
        grave = [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found if one["impact"] in GRAVE]
        assert grave == [], place


PLACES = {
    "community": ".sc-hood canvas[aria-label]",
    "compare": ".sc-compare .sc-sign-fine:not(.sc-working)",
    "confidence": ".sc-confidence .sc-claims summary",
    "explore": ".sc-explore .sc-sign-fine:not(.sc-working)",
}
"""What is seen last of each place."""

GRAVE = ("serious", "critical")


def test_the_whole_tour_can_be_made_with_the_keyboard_alone(visit: Go) -> None:
    seen = visit("lang=en")

    def reach(selector: str) -> None:
        """Go on with Tab until that is where one is."""
        for _ in range(80):
            seen.page.keyboard.press("Tab")
            here = seen.page.evaluate("selector => document.activeElement.matches(selector)", selector)
            if here:
                ring = seen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert ring != "none", f"nobody sees that {selector} has the keyboard"
                return
        raise AssertionError(f"{selector} cannot be reached")

    reach("[data-lever=facilitators] input")
    seen.page.keyboard.press("ArrowRight")
    seen.page.wait_for_function("location.search.includes('facilitators:9')")
    seen.settle()
    reach("[data-lever=facilitators] summary, [data-lever=from] summary")
    seen.page.keyboard.press("Enter")
    assert seen.page.locator(".sc-about[open]").count() == 1
    reach(".sc-keep button")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector(".sc-keep [role=status]")
    for place, there in PLACES.items():
        seen.page.evaluate("document.activeElement.blur()")
        seen.page.keyboard.press("Home")
        reach(f".sc-places [data-key={place}]")
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_selector(there)
        if place == "community":
            reach(".sc-flows .sc-play")
            reach(".sc-hood canvas")
            seen.page.keyboard.press("ArrowRight")
            seen.page.keyboard.press("Enter")
            seen.page.wait_for_selector(".sc-story h3:has-text('Person ')")
        if place == "compare":
            reach("[data-file=csv]")
            with seen.page.expect_download():
                seen.page.keyboard.press("Enter")
    assert seen.complaints == []


def test_every_slider_and_list_has_a_name_and_a_value_in_words(visit: Go) -> None:
    seen = visit("lang=en")
    unnamed = seen.page.evaluate(
        "[...document.querySelectorAll('input, select')].filter(one => !one.labels?.length && !one.ariaLabel).length"
    )
    assert unnamed == 0
    texts = seen.page.evaluate("[...document.querySelectorAll('input[type=range]')].map(one => one.ariaValueText)")
    assert "January 2020" in texts
    assert all(texts)
