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
