"""A room full of browsers: what they send each other, and what becomes of those that misbehave or vanish."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from .conftest import PATIENCE, REFINED, Visit, Workshop
from .test_tour import GRAVE, SMALL_TEXT

TOKEN = "of-this-test-alone"
Go = Callable[..., Visit]


@pytest.fixture(scope="module")
def hall(browser: Any) -> Iterator[Workshop]:
    """A workshop that is open to a room."""
    made = Workshop(ROOM_TOKEN=TOKEN)
    made.open()
    yield made
    made.close()


@pytest.fixture
def come(browser: Any, hall: Workshop) -> Iterator[Callable[..., Visit]]:
    """Come to the room with a browser of one's own."""
    contexts = []

    def come(path: str, selector: str, width: int = 1366, height: int = 768) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(1000 * PATIENCE)
        contexts.append(context)
        made = Visit(context.new_page(), hall.address)
        made.page.on("request", lambda request: made.hosts.add(urlsplit(request.url.removeprefix("blob:")).netloc))
        made.page.on("console", lambda one: made.complaints.append(one.text) if one.type == "error" else None)
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        made.page.goto(f"{hall.address}{path}")
        made.page.wait_for_selector(selector)
        return made

    yield come
    for context in contexts:
        context.close()


def test_a_room_predicts_sends_choices_and_sees_them_on_the_projector(come: Go, hall: Workshop) -> None:
    wall = come(f"/projector/{TOKEN}", ".sc-dots svg")
    assert TOKEN not in wall.page.url, "what stands on the wall can be read"
    assert TOKEN not in wall.page.evaluate("document.cookie")
    phone = come("/?lang=it&predict=yes", ".sc-foresee input[type=range]", 390, 844)
    assert phone.page.locator(".sc-charts").count() == 0
    assert phone.page.locator(".sc-send").is_disabled()
    phone.page.locator(".sc-foresee input[type=range]").fill("1500")
    phone.page.get_by_label("di più").check()
    phone.page.click(".sc-send")
    phone.page.wait_for_selector(".sc-held")
    assert "Vi aspettate 1.500 cittadini attivi" in phone.page.inner_text("h1")
    wall.page.wait_for_selector(".sc-dots [role=img] .sc-dot", state="attached")
    assert wall.page.locator(".sc-dots [role=img] .sc-dot").count() == 1
    assert phone.page.locator(".sc-charts").count() == 0, "the answer comes when the projector shows it"
    wall.page.locator(".sc-predictions button").first.click()
    wall.page.wait_for_selector(".sc-dots-band", state="attached")
    phone.page.wait_for_selector(".sc-foretold")
    assert "Vi aspettavate 1.500 cittadini attivi" in phone.page.inner_text(".sc-foretold")
    phone.settle()

    phone.page.click(".sc-places [data-key=room]")
    phone.page.fill(".sc-nickname input", "Niccolò")
    phone.page.click(".sc-nickname button")
    phone.page.wait_for_selector(".sc-room [role=status]")
    assert phone.page.locator(".sc-dots").count() == 0, "what others expect is the projector's"
    wall.page.wait_for_selector(".sc-offers >> text=Niccolò")
    wall.page.locator(".sc-offers button", has_text="Open").click()
    wall.page.wait_for_selector(".sc-explore")
    assert {*phone.hosts, *wall.hosts} == {urlsplit(hall.address).netloc}
    assert phone.complaints == wall.complaints == []


def test_who_guesses_the_projectors_address_is_sent_away(hall: Workshop) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with pytest.raises(urllib.error.HTTPError, match="404"):
        opener.open(f"{hall.address}/projector/something-else")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_rooms_pages_can_be_read_by_everybody(come: Go, width: int, height: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    pages = (
        come("/?lang=it&predict=yes", ".sc-foresee input[type=range]", width, height),
        come("/?lang=it&page=room", ".sc-nickname input", width, height),
        come(f"/projector/{TOKEN}", ".sc-dots svg", width, height),
        come("/guide?lang=it", "h1", width, height),
    )
    for seen in pages:
        found = axe.Axe().run(seen.page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in GRAVE] == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert [small for seen in pages[:3] for small in seen.page.evaluate(SMALL_TEXT)] == []


def test_the_guide_is_linked_and_comes_as_pdf_in_the_readers_language(come: Go, hall: Workshop) -> None:
    wall = come(f"/projector/{TOKEN}", ".sc-dots svg")
    link = wall.page.locator("a", has_text="guide").get_attribute("href")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    assert b"A workshop of sixty minutes" in opener.open(f"{hall.address}/{link}").read()
    assert opener.open(f"{hall.address}/guide.pdf?lang=it").read().startswith(b"%PDF")


def test_levers_of_one_browser_never_show_in_anothers(visit: Go) -> None:
    one, other = visit("lang=en"), visit("lang=en")
    before = one.last()
    one.slider("facilitators").press("ArrowRight")
    one.page.wait_for_function("location.search.includes('facilitators:9')")
    one.wait_for_last("(last, before) => last.at(-1) > before.at(-1)", before)
    assert other.page.inner_text("[data-lever=facilitators] output") == "8 facilitators"
    assert "facilitators" not in other.page.url
    assert other.last() == before


def test_a_message_that_is_far_too_large_ends_its_own_connection_and_no_other(visit: Go, workshop: Workshop) -> None:
    seen = visit("lang=en")
    to = f"ws://127.0.0.1:{workshop.port}/jupyter/api/kernels/{uuid.uuid4()}/channels?session_id={uuid.uuid4()}"
    with connect(to, proxy=None) as line:
        with suppress(ConnectionClosed):
            line.send("x" * 2**22)
        with pytest.raises(ConnectionClosed, match="1009"):
            line.recv(PATIENCE)
    seen.slider("facilitators").press("ArrowRight")
    seen.page.wait_for_function("location.search.includes('facilitators:9')")
    seen.settle()


def test_the_work_of_a_browser_that_was_killed_ends(browser: Any, tmp_path: Path) -> None:
    driver = pytest.importorskip("playwright.sync_api")
    own = Workshop(CULL="1s", JOURNAL=str(tmp_path / "journal"))
    own.open()
    try:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{own.address}/?lang=en&now=facilitators:14", timeout=1000 * PATIENCE)
        journal = Path(tmp_path / "journal")
        _until(lambda: journal.exists() and "begun" in journal.read_text())
        assert "ended" not in journal.read_text()
        # A renderer that is killed says goodbye to nobody.
        with suppress(driver.Error):
            page.goto("chrome://crash", timeout=5_000)
        _until(lambda: "ended" in journal.read_text())
    finally:
        own.close()


def _until(what: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.2)


def test_a_server_that_went_away_is_said_and_pages_come_back_as_they_were(visit: Go) -> None:
    own, asked = Workshop(ROOM_TOKEN=TOKEN), ".sc-foresee input[type=range]"
    own.open()
    try:
        explored = visit("lang=it&now=facilitators:5", at=own.address)
        predicts = visit("lang=it&predict=yes&now=facilitators:5", there=asked, at=own.address)
        own.close()
        for seen in (explored, predicts):
            seen.page.wait_for_selector(".sc-banner:not([hidden])")
            assert "non risponde" in seen.page.inner_text(".sc-banner")
        own.open()
        for seen, there in ((explored, REFINED), (predicts, asked)):
            seen.page.wait_for_selector(".sc-banner[hidden]", state="attached")
            seen.settle(there)
            assert seen.page.inner_text("[data-lever=facilitators] output") == "5 facilitatori"
        assert "predict=yes" in predicts.page.url
    finally:
        own.close()
