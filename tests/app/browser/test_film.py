"""The Community place in a real browser: the film plays, a person is followed, and all of it can be read as text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .conftest import Visit
from .test_tour import SMALL_TEXT

Go = Callable[..., Visit]

FILM, PEOPLE = ".sc-flows svg[role=img]", ".sc-hood canvas[aria-label]"


def community(visit: Go, language: str, width: int = 1366, height: int = 768) -> Visit:
    """The Community place, as soon as its film and its people are there."""
    seen = visit(f"lang={language}&page=community", width, height, FILM)
    seen.page.wait_for_selector(PEOPLE)
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


def test_the_courses_mark_the_films_month_and_say_what_was_so_in_it(visit: Go) -> None:
    seen = community(visit, "it")
    slider = seen.page.locator(".sc-hood input[type=range]")
    slider.fill("28")
    assert seen.page.locator(".sc-courses .sc-date").inner_text() == "Maggio 2018"
    assert seen.page.locator(".sc-courses .sc-era-past").count() == 1
    panels = seen.page.locator(".sc-courses figure")
    assert panels.count() == 4
    values = [panels.nth(k).locator("b").inner_text() for k in range(4)]
    said = seen.page.locator(".sc-courses .sc-said").inner_text()
    assert all(value in said for value in values)
    seen.page.locator(".sc-courses summary").click()
    row = seen.page.locator(".sc-courses tr[aria-current]")
    assert row.locator("th").inner_text() == "Maggio 2018"
    assert row.locator("td").all_inner_texts() == values
    assert seen.page.locator(".sc-courses tr[data-at]").count() == 108
    before = panels.nth(0).locator("circle").get_attribute("cx")
    slider.fill("100")
    assert float(panels.nth(0).locator("circle").get_attribute("cx")) > float(before)
    assert seen.page.locator(".sc-courses .sc-era-now").count() == 1


def test_a_month_that_is_pointed_at_in_a_course_is_shown_by_all_pictures(visit: Go) -> None:
    seen = community(visit, "en")
    panel = seen.page.locator(".sc-courses svg").nth(1)
    box = panel.bounding_box()
    panel.click(position={"x": 8 + (box["width"] - 16) * 40.5 / 108, "y": box["height"] / 2})
    for picture in (".sc-flows", ".sc-courses", ".sc-hood"):
        assert seen.page.locator(f"{picture} .sc-date").inner_text() == "May 2019"


@pytest.mark.parametrize(("width", "height", "letters"), [(390, 844, 18), (1366, 768, 18), (3840, 2160, 30)])
def test_the_film_fits_its_screen_and_names_and_people_grow_with_its_letters(
    visit: Go, width: int, height: int, letters: int
) -> None:
    seen = community(visit, "it", width, height)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.page.evaluate(SMALL_TEXT) == []
    root = seen.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert round(root) >= letters
    drawn = "svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width"
    for picture in (".sc-flows svg[role=img]", ".sc-courses svg"):
        assert seen.page.locator(picture).first.evaluate(drawn) == pytest.approx(root / 18, rel=0.02)
    people = seen.page.locator(".sc-stage canvas").evaluate("one => one.getContext('2d').getTransform().a")
    assert people == pytest.approx(root / 18, rel=0.01)


def test_a_person_is_met_where_they_are_drawn_on_a_wall(visit: Go) -> None:
    seen = community(visit, "en", 3840, 2160)
    canvas = seen.page.locator(".sc-stage canvas")
    canvas.focus()
    canvas.press("ArrowRight")
    named = seen.page.locator(".sc-tip")
    by_key = named.inner_text()
    ring = """one => {
      const { data, width } = one.getContext("2d").getImageData(0, 0, one.width, one.height);
      let [x, y, n] = [0, 0, 0];
      for (let i = 0; i < data.length; i += 4)
        if (data[i] === 0xcc && data[i + 1] === 0x79 && data[i + 2] === 0xa7) {
          [x, y, n] = [x + (i / 4) % width, y + Math.floor(i / 4 / width), n + 1];
        }
      return { x: x / n / devicePixelRatio, y: y / n / devicePixelRatio };
    }"""
    canvas.hover(position=canvas.evaluate(ring))
    assert named.inner_text() == by_key


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


@pytest.mark.parametrize("language", ["en", "it"])
def test_no_reader_is_shut_out_of_the_film(visit: Go, language: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    seen = community(visit, language)
    for summary in seen.page.locator(".sc-film summary").all():
        summary.click()
    found = axe.Axe().run(seen.page).response["violations"]
    grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
    assert grave == []


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
    second = visit(urlsplit(first.page.url).query, there=PEOPLE)
    seen = shown(second)
    assert seen == shown(first)
    assert seen[0].startswith("What it is compared with")
    assert seen[1] == "Calvisano"
    assert seen[-2:] == ["May 2018"] * 2
    assert second.page.locator(".sc-problems, .sc-note[role=status]").count() == 0


def test_a_month_that_is_chosen_while_another_film_is_on_its_way_is_that_films_month_too(visit: Go) -> None:
    seen = visit("lang=en&page=community&base=facilitators:15", there=FILM)
    seen.page.wait_for_selector(PEOPLE)
    seen.page.select_option(".sc-look select >> nth=0", "baseline")
    seen.page.wait_for_selector(".sc-look .sc-working")
    slider = seen.page.locator(".sc-flows input[type=range]")
    slider.fill("28")
    # It rests nowhere for so long that the link would hold it.
    while seen.page.locator(".sc-look .sc-working").count():
        assert slider.input_value() == "28"
        slider.fill("27")
        slider.fill("28")
    link_with(seen, "month=2018-05")
    for picture in (".sc-flows", ".sc-courses", ".sc-hood"):
        seen.until_said(f"{picture} .sc-date", "May 2018")


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
    query = "lang=it&page=community&around=facilitator:99&month=1999-01&second=cost_euro"
    seen = visit(query, there=PEOPLE)
    found = shown(seen)
    assert found[2].startswith("Facilitatore, posto 4")
    assert found[-2:] == ["Gennaio 2016"] * 2
    assert seen.page.locator(".sc-note[role=status]").count() == 2
    seen.page.click(".sc-places a >> nth=0")
    seen.settle()
    assert seen.page.locator(".sc-charts select").nth(1).input_value() == "cost_euro"


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_picture_of_the_film_and_its_numbers_can_be_taken_along(visit: Go, language: str, tmp_path: Path) -> None:
    seen = community(visit, language)
    for part in ("flows", "courses", "hood"):
        for nth, kind in enumerate(("png", "csv")):
            with seen.page.expect_download() as coming:
                seen.page.locator(f".sc-{part} .sc-save").nth(nth).click()
            coming.value.save_as(tmp_path / f"{part}.{kind}")
            assert coming.value.suggested_filename.endswith(kind)
        picture = (tmp_path / f"{part}.png").read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) > 20_000, part
        rows = (tmp_path / f"{part}.csv").read_text("utf-8-sig").splitlines()
        assert len(rows) > 6
        assert rows[0].count(";" if language == "it" else ",") >= 2
        assert seen.page.url in rows[-1]
    assert seen.complaints == []
