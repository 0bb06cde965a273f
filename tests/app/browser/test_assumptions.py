"""What is assumed, in a real browser: seen, changed by keyboard, said, passed on by link, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from .conftest import Visit
from .test_tour import SMALL_TEXT

Go = Callable[..., Visit]


def assumed(seen: Visit) -> str:
    return parse_qs(urlsplit(seen.page.url).query).get("assume", [""])[0]


def test_an_assumption_changed_by_keyboard_is_said_and_linked_and_a_second_visitor_sees_the_same(visit: Go) -> None:
    seen = visit("lang=en&now=eight")
    before, sentence = seen.last(), seen.page.inner_text("h1")
    summary = seen.page.locator(".sc-assumptions > summary")
    assert not seen.slider("'spreading.example'").is_visible()
    summary.focus()
    summary.press("Enter")
    row, slider = seen.page.locator("[data-lever='spreading.example']"), seen.slider("'spreading.example'")
    assert row.locator("output").inner_text() == "as calibrated"
    slider.focus()
    slider.press("End")
    seen.page.wait_for_function("location.search.includes('assume=spreading.example:2')")
    seen.wait_for_last("(last, before) => last.at(-1) > before.at(-1)", before)
    seen.settle()
    said = seen.page.inner_text(".sc-assumed p")
    assert said.startswith(
        "This holds assuming that each person one knows who runs things makes it 200 % likelier that one begins"
    )
    assert seen.page.inner_text("h1") != sentence
    assert row.locator("output").inner_text() == "200 % likelier"
    assert summary.inner_text() == "What is assumed (1 changed)"

    other = visit(urlsplit(seen.page.url).query)
    assert other.page.inner_text(".sc-assumed p") == said
    assert other.page.inner_text("h1") == seen.page.inner_text("h1")
    assert other.last() == seen.last()

    slider.press("Tab")
    assert seen.page.evaluate("document.activeElement.textContent") == "Back to: as calibrated"
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_function("!location.search.includes('assume')")
    seen.page.wait_for_selector(".sc-assumed", state="detached")
    seen.page.wait_for_function("before => document.querySelector('h1').innerText === before", arg=sentence)
    assert row.locator("output").inner_text() == "as calibrated"
    seen.page.go_back()
    seen.page.wait_for_selector(".sc-assumed")
    assert assumed(seen) == "spreading.example:2"
    seen.page.click(".sc-tools >> text=Start again")
    seen.page.wait_for_selector(".sc-assumed", state="detached")
    assert assumed(seen) == ""
    assert seen.complaints == []


def test_a_price_changes_the_money_and_what_the_levers_say_of_it_and_nobody_else(visit: Go) -> None:
    seen = visit("lang=it&now=eight&assume=costs.facilitator:41000")
    plain = visit("lang=it&now=eight")
    assert seen.page.inner_text("h1") == plain.page.inner_text("h1")
    assert seen.page.inner_text(".sc-amounts") != plain.page.inner_text(".sc-amounts")
    about = "[data-lever=facilitators] .sc-about"
    seen.page.click(f"{about} summary")
    assert "41.000 euro per il facilitatore" in seen.page.inner_text(about)
    slider = seen.slider("'costs.facilitator'")
    seen.page.click(".sc-assumptions > summary")
    slider.press("ArrowRight")
    seen.page.wait_for_function("location.search.includes('costs.facilitator:42000')")
    seen.page.wait_for_function(f"document.querySelector('{about}').innerText.includes('42.000 euro per il')")
    assert plain.page.locator(".sc-assumed").count() == 0
    output = plain.page.locator("[data-lever='costs.facilitator'] output")
    plain.page.click(".sc-assumptions > summary")
    plain.slider("'costs.facilitator'").press("ArrowRight")
    assert output.inner_text() == "38.000 euro all'anno"
    plain.slider("'costs.facilitator'").press("ArrowLeft")
    assert output.inner_text() == "come nel prezzario", "there and back is nowhere"


def test_a_doctored_link_is_said_and_replaced(visit: Go) -> None:
    seen = visit("lang=it&now=eight&assume=commitment.stopping:7,costs.facilitators:1,asking.cold:<img>")
    said = seen.page.inner_text(".sc-problems")
    assert "Quanto presto si smette: «7» non è possibile; al suo posto: 12 % al mese." in said
    assert "Il più vicino è «costs.facilitator»." in said
    assert "«<img>» non è possibile" in said
    assert seen.page.locator(".sc-page img").count() == 0
    assert "12 persone su 100" in seen.page.inner_text(".sc-assumed")


@pytest.mark.parametrize(("lang", "width", "height"), [("en", 1366, 768), ("it", 390, 844), ("it", 3840, 2160)])
def test_assumptions_can_be_read_and_used_by_everybody(visit: Go, lang: str, width: int, height: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    seen = visit(f"lang={lang}&now=eight&assume=commitment.stopping:0.1,costs.coordination:0.2", width, height)
    seen.page.click(".sc-assumptions > summary")
    seen.page.click("[data-lever='costs.facilitator'] .sc-about summary")
    assert seen.page.evaluate(SMALL_TEXT) == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.Axe().run(seen.page).response["violations"]
    grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
    assert grave == []
    assert seen.complaints == []


def test_what_is_assumed_holds_for_every_scenario_that_is_compared_and_goes_from_place_to_place(visit: Go) -> None:
    seen = visit("lang=en&page=compare&now=eight&s=eight~One&s=facilitators:3~Two&assume=commitment.stopping:0.1")
    plain = visit("lang=en&page=compare&now=eight&s=eight~One&s=facilitators:3~Two")
    cells = ".sc-wide tbody tr:first-child td b"
    ours, usual = (one.page.locator(cells).all_inner_texts() for one in (seen, plain))
    assert len(ours) == 2
    assert all(one != other for one, other in zip(ours, usual, strict=True))
    assert "This holds assuming that" in seen.page.inner_text(".sc-assumed")
    seen.page.click(".sc-places >> text=Explore")
    seen.settle()
    assert unquote(assumed(seen)) == "commitment.stopping:0.1"
