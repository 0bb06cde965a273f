"""Take the pictures of the workshop that the README shows: the real page, with the model's own answers.

Run: python docs/photograph.py [explore] [community] [compare] [room]   (some minutes, with Chromium; writes
docs/pictures/workshop_*.png)
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
MINUTES = 60_000.0
REFINED = ".sc-sign-fine:not(.sc-working)"
GUESSES = (400, 650, 900, 1500, 2500)
"""What some invented participants expect."""


@contextmanager
def workshop() -> Iterator[str]:
    """Open the workshop as a leader would; the projector's address is what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "simcomunita", "app", "--port", "0", "--host", "0.0.0.0"]
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT)
        try:
            while True:
                said.seek(0)
                if found := re.search(r"http://[^ /]+:(\d+)(/projector/\S+)", said.read()):
                    _until_there(f"http://127.0.0.1:{found[1]}/readyz")
                    yield f"http://127.0.0.1:{found[1]} {found[2]}"
                    return
                if process.poll() is not None:
                    said.seek(0)
                    raise SystemExit(said.read())
        finally:
            process.terminate()
            process.wait(60)


def _until_there(address: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            opener.open(address).close()
        except OSError:
            time.sleep(0.3)
        else:
            return


class Photographer:
    """Visits the workshop at an address, and keeps what is seen."""

    def __init__(self, browser: Any, address: str, projector: str) -> None:
        self.browser, self.address, self.projector = browser, address, projector

    def visit(self, path: str, wait: str, width: int = 1366, height: int = 768) -> Any:
        """Follow a path of the workshop, until what is waited for is seen."""
        page = self.browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(15 * MINUTES)
        page.goto(f"{self.address}{path}")
        page.wait_for_selector(wait)
        page.wait_for_timeout(2000)
        return page

    def explore(self) -> Any:
        """Eight facilitators against none."""
        return self.visit("/?lang=en&now=eight", REFINED)

    def community(self) -> Any:
        """People around a facilitator, one of whom is followed."""
        page = self.visit("/?lang=en&page=community&now=eight", ".sc-hood canvas[aria-label]")
        page.click(".sc-hood summary")
        page.locator(".sc-hood table button").first.click()
        page.wait_for_selector(".sc-story li")
        page.click(".sc-hood summary")
        page.locator(".sc-hood .sc-player").evaluate("one => one.scrollIntoView()")
        page.wait_for_timeout(1000)
        return page

    def compare(self) -> Any:
        """Three choices side by side, in Italian."""
        kept = "s=eight~Otto facilitatori&s=facilitators:4~Quattro&s=calls~Solo bandi"
        page = self.visit(f"/?lang=it&page=compare&now=eight&{kept}", REFINED)
        page.locator(".sc-results").evaluate("one => one.scrollIntoView()")
        page.wait_for_timeout(1000)
        return page

    def room(self) -> Any:
        """What some participants expect, on the projector."""
        for guess in GUESSES:
            phone = self.visit("/?lang=en&predict=yes", ".sc-foresee input[type=range]", 390, 844)
            phone.locator(".sc-foresee input[type=range]").fill(str(guess))
            phone.get_by_label("more", exact=True).check()
            phone.click(".sc-send")
            phone.wait_for_selector(".sc-foretold")
            phone.context.close()
        return self.visit(self.projector, ".sc-dot")


def main() -> None:
    """Take the pictures that are named, or all."""
    chromium = next(path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name)))
    with workshop() as told, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        photographer = Photographer(browser, *told.split())
        for name in sys.argv[1:] or ("explore", "community", "compare", "room"):
            getattr(photographer, name)().screenshot(path=PICTURES / f"workshop_{name}.png")
            print(name, flush=True)


if __name__ == "__main__":
    main()
