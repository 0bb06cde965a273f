"""The places that compare and that say how far to trust, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .conftest import Visit
from .test_tour import SMALL_TEXT

Go = Callable[..., Visit]

TWO = "page=compare&now=eight&s=eight~Prima&s=facilitators:3~Seconda"


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_both_places_can_be_read_run_over_nowhere_and_have_no_grave_barrier(visit: Go, width: int, height: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    seen = visit(f"lang=it&{TWO}", width, height)
    for place in ("compare", "confidence"):
        if place == "confidence":
            seen.page.click(".sc-places >> text=Affidabilità")
            seen.page.wait_for_selector(".sc-confidence .sc-claims summary")
        assert seen.page.evaluate(SMALL_TEXT) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        found = axe.Axe().run(seen.page).response["violations"]
        grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
        assert grave == [], place
    assert seen.hosts == {urlsplit(seen.address).netloc}
    assert seen.complaints == []


def test_a_scenario_that_is_kept_renamed_taken_along_and_opened_again_is_the_same(visit: Go, tmp_path: Path) -> None:
    seen = visit("lang=it&now=facilitators:5")
    seen.page.click("text=Conserva questa scelta")
    seen.page.wait_for_selector("text=Conservata come")
    seen.page.click(".sc-places >> text=Confronta")
    seen.settle()
    field = seen.page.get_by_label("Nome dello scenario A")
    field.fill("Cinque <persone>")
    field.press("Enter")
    seen.page.wait_for_function("decodeURIComponent(location.search).includes('Cinque persone')")
    seen.settle()
    before = urlsplit(seen.page.url).query
    with seen.page.expect_download() as coming:
        seen.page.click("[data-file=scenario]")
    coming.value.save_as(tmp_path / "mine.yaml")
    other = visit("lang=it")
    other.page.click(".sc-places >> text=Confronta")
    other.page.set_input_files(".sc-files input[type=file]", str(tmp_path / "mine.yaml"))
    other.page.wait_for_selector("text=Il file è stato aperto.")
    other.page.wait_for_function("before => location.search.slice(1) === before", arg=before)


ALIKE = (
    "s=eight~Otto facilitatori&s=facilitators:7~Sette facilitatori&s=facilitators:9~Nove&s=calls:100000~Otto e bandi"
)
WRITTEN = """async chart => {
  const file = performance.getEntriesByType("resource").find(one => one.name.includes("echarts.esm")).name;
  const { getInstanceByDom } = await import(file);
  const boxes = [];
  for (const one of getInstanceByDom(chart).getZr().storage.getDisplayList(true)) {
    if (one.type !== "tspan" || one.style.opacity === 0) continue;
    const box = one.getBoundingRect().clone();
    box.applyTransform(one.getComputedTransform());
    boxes.push([one.style.text, box.x, box.y, box.x + box.width, box.y + box.height]);
  }
  return { boxes, wide: chart.clientWidth, high: chart.clientHeight };
}"""


@pytest.mark.parametrize("width", [390, 1366, 3840])
def test_no_word_in_the_plane_covers_another_however_alike_scenarios_are(visit: Go, width: int) -> None:
    seen = visit(f"lang=it&page=compare&now=eight&{ALIKE}", width, 2160 if width > 2000 else 800)
    seen.page.wait_for_selector(".sc-chart-picture[data-points]")
    drawn = seen.still(".sc-chart-picture[data-points]", WRITTEN)
    assert {text[0] for text, *_ in drawn["boxes"]} >= set("ABCD")
    for at, (text, left, top, right, bottom) in enumerate(drawn["boxes"]):
        assert left >= -1, text
        assert right <= drawn["wide"] + 1, text
        assert bottom <= drawn["high"] + 1, text
        for other, from_, above, to, below in drawn["boxes"][:at]:
            apart = left >= to - 1 or from_ >= right - 1 or top >= below - 2 or above >= bottom - 2
            assert apart, (text, other)


def test_both_pictures_are_saved_and_drawn_anew_in_another_window(visit: Go, tmp_path: Path) -> None:
    seen = visit(f"lang=it&{TWO}")
    seen.page.wait_for_selector(".sc-chart-picture[data-points]")
    for at, head in enumerate(("mese;", "Scelta;")):
        with seen.page.expect_download() as coming:
            seen.page.locator(".sc-chart-tools button", has_text="Salva i dati").nth(at).click()
        coming.value.save_as(tmp_path / f"{at}.csv")
        data = (tmp_path / f"{at}.csv").read_text("utf-8-sig")
        assert data.startswith(head)
        assert seen.page.url in data
    canvas = "document.querySelector('[data-points] canvas').clientWidth"
    before = seen.page.evaluate(canvas)
    seen.page.set_viewport_size({"width": 390, "height": 844})
    seen.page.wait_for_function(f"before => {canvas} < before", arg=before)
    assert seen.complaints == []


def test_a_doctored_file_and_a_huge_one_are_refused_and_the_scenarios_stay(visit: Go, tmp_path: Path) -> None:
    seen = visit(f"lang=it&{TWO}")
    before = seen.page.url
    (tmp_path / "evil.yaml").write_text("current: !!python/object/apply:os.system ['touch /tmp/never']\n")
    (tmp_path / "huge.yaml").write_bytes(b"# much\n" * 20_000)
    for name, said in (("evil.yaml", "Nulla"), ("huge.yaml", "64 kB")):
        seen.page.set_input_files(".sc-files input[type=file]", str(tmp_path / name))
        seen.page.wait_for_selector(f".sc-problems >> text={said}")
        assert "Il file non è stato aperto" in seen.page.inner_text(".sc-problems")
    assert seen.page.url == before
    assert seen.page.locator(".sc-kept").count() == 2


def test_brief_workbook_and_tables_are_written_here(visit: Go, tmp_path: Path) -> None:
    seen = visit(f"lang=it&{TWO}")
    for key, begins in (("brief_pdf", b"%PDF"), ("workbook", b"PK"), ("csv", b"\xef\xbb\xbf"), ("parquet", b"PAR1")):
        with seen.page.expect_download() as coming:
            seen.page.click(f"[data-file={key}]")
        coming.value.save_as(tmp_path / key)
        assert (tmp_path / key).read_bytes().startswith(begins), key
    assert seen.page.url.split("?")[1] in (tmp_path / "csv").read_text("utf-8-sig")
    assert seen.hosts == {urlsplit(seen.address).netloc}
    assert seen.complaints == []


def test_scenarios_are_added_removed_and_opened_where_levers_are(visit: Go) -> None:
    seen = visit(f"lang=en&{TWO}")
    seen.page.click(".sc-add >> text=More places only")
    seen.page.wait_for_selector("[data-letter=C]")
    seen.page.click("[data-letter=A] >> text=Remove")
    seen.until_said(".sc-wide thead th", "A Seconda", "B More places only")
    assert seen.page.locator("[data-letter]").count() == 2
    seen.page.click("[data-letter=A] >> text=Open in Explore")
    seen.until_said("[data-lever=facilitators] output", "3 facilitators")
