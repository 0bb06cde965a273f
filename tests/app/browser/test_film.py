"""The Community place in a real browser: the film plays, a person is followed, and all of it can be read as text."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from .conftest import Visit
from .test_tour import SMALL_TEXT

Go = Callable[..., Visit]


def community(visit: Go, language: str, width: int = 1366, height: int = 768) -> Visit:
    """The Community place, as soon as its film and its people are there."""
    seen = visit(f"lang={language}", width, height)
    seen.page.click(".sc-places a >> nth=1")
    seen.page.wait_for_selector(".sc-flows svg[role=img]")
    seen.page.wait_for_selector(".sc-hood canvas[aria-label]")
    return seen


def test_the_film_steps_through_history_and_both_pictures_show_the_same_month(visit: Go) -> None:
    seen = community(visit, "en")
    slider = seen.page.locator(".sc-flows input[type=range]")
    slider.focus()
    slider.press("Home")
    for picture in (".sc-flows", ".sc-hood"):
        assert seen.page.locator(f"{picture} .sc-date").inner_text() == "January 2016"
        assert seen.page.locator(f"{picture} .sc-era-past").count() == 1
    seen.page.click(".sc-hood .sc-keys button >> nth=2")
    assert seen.page.locator(".sc-flows .sc-date").inner_text() == "February 2016"
    seen.page.click(".sc-flows .sc-play")
    seen.page.wait_for_function("!document.querySelector('.sc-hood .sc-date').textContent.startsWith('February')")
    assert seen.hosts == {urlsplit(seen.address).netloc}
    assert seen.complaints == []


def test_a_person_is_followed_with_the_keyboard_and_in_the_table(visit: Go) -> None:
    seen = community(visit, "it")
    canvas = seen.page.locator(".sc-stage canvas")
    canvas.focus()
    for key in ("ArrowRight", "ArrowUp", "Enter"):
        canvas.press(key)
    seen.page.wait_for_selector(".sc-story h3:has-text('Persona ')")
    canvas.press("Escape")
    seen.page.wait_for_selector(".sc-story h3:has-text('storia')")
    seen.page.locator(".sc-hood summary").click()
    button = seen.page.locator(".sc-hood table button").first
    name = button.inner_text()
    button.click()
    seen.page.wait_for_selector(f".sc-story h3:has-text('{name}')")
    assert seen.page.locator(".sc-story li").count() > 0


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_film_fits_its_screen_in_large_letters(visit: Go, width: int, height: int) -> None:
    seen = community(visit, "it", width, height)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.page.evaluate(SMALL_TEXT) == []


def shown(seen: Visit) -> list[str]:
    """Whose film, where, around what and in which month."""
    seen.page.wait_for_selector(".sc-hood canvas[aria-label]")
    lists = seen.page.eval_on_selector_all(".sc-look select", "all => all.map(one => one.selectedOptions[0].text)")
    people = seen.page.locator(".sc-hood .sc-said").inner_text()
    return [*lists, people, *(seen.page.locator(f"{one} .sc-date").inner_text() for one in (".sc-flows", ".sc-hood"))]


def link_with(seen: Visit, part: str) -> None:
    """Wait until the link says something."""
    seen.page.wait_for_function("part => decodeURIComponent(location.search).includes(part)", arg=part)


def test_a_second_visitor_sees_the_same_film_around_the_same_place_in_the_same_month(visit: Go) -> None:
    first = community(visit, "en")
    first.page.select_option(".sc-look select >> nth=0", "baseline")
    link_with(first, "film=baseline")
    first.page.select_option(".sc-look select >> nth=1", label="Calvisano")
    link_with(first, "around=town:3")
    first.page.select_option(".sc-look select >> nth=2", "place:7")
    link_with(first, "around=place:7")
    first.page.locator(".sc-flows input[type=range]").fill("28")
    link_with(first, "month=2018-05")
    first.page.wait_for_selector(".sc-hood .sc-said:has-text('neighbourhood 7, Calvisano')")
    second = visit("lang=en")
    second.page.goto(first.page.url)
    seen = shown(second)
    assert seen == shown(first)
    assert seen[0].startswith("What it is compared with")
    assert seen[1] == "Calvisano"
    assert seen[-2:] == ["May 2018"] * 2
    assert second.page.locator(".sc-problems, .sc-note[role=status]").count() == 0


def test_undo_goes_back_to_what_was_looked_at_before_and_months_fill_no_history(visit: Go) -> None:
    seen = community(visit, "it")
    usual = shown(seen)
    seen.page.select_option(".sc-look select >> nth=1", label="Visano")
    link_with(seen, "around=town:7")
    entries = seen.page.evaluate("history.length")
    slider = seen.page.locator(".sc-hood input[type=range]")
    for month in ("20", "40", "60"):
        slider.fill(month)
        link_with(seen, f"month=20{16 + int(month) // 12}-{int(month) % 12 + 1:02d}")
    assert seen.page.evaluate("history.length") == entries
    seen.page.click("[data-key=undo]")
    seen.page.wait_for_function("!location.search.includes('around')")
    seen.page.wait_for_selector(f".sc-hood .sc-said:has-text('{usual[3].split('(')[0].strip()}')")
    assert shown(seen)[:4] == usual[:4]
    assert seen.complaints == []


def test_what_a_film_does_not_have_is_said_and_the_nearest_is_shown(visit: Go) -> None:
    seen = visit("lang=it")
    seen.page.goto(f"{seen.address}/?lang=it&page=community&around=facilitator:99&month=1999-01&second=cost_euro")
    found = shown(seen)
    assert found[2].startswith("Facilitatore, posto 4")
    assert found[-2:] == ["Gennaio 2016"] * 2
    assert seen.page.locator(".sc-note[role=status]").count() == 2
    seen.page.click(".sc-places a >> nth=0")
    seen.settle()
    assert seen.page.locator(".sc-charts select").nth(1).input_value() == "cost_euro"
