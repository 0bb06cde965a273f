"""A real browser that visits the workshop, served with answers that cost nothing."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from simcomunita.app.asking import FINE

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ROOT = Path(__file__).parents[3]
REFINED = ".sc-sign-fine:not(.sc-working)"
PATIENCE = 120
"""Seconds that a slow machine may take; nothing is measured."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder: who runs everything else need not wait for them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium of this computer."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not there: pip install playwright")
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(ROOT / ".venv" / "browsers"))
    with playwright.sync_playwright() as driver:
        own = driver.chromium.executable_path
        found = next((path for name in (*NAMES, own) if (path := shutil.which(name))), None)
        if found is None:
            pytest.skip("no Chromium is there (Debian and Ubuntu: apt-get install chromium); the page is not tried out")
        # In containers the tests are root's, for whom Chromium has no sandbox.
        arguments = ["--disable-gpu", "--disable-dev-shm-usage"]
        arguments += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        chromium = driver.chromium.launch(executable_path=found, args=arguments)
        yield chromium
        chromium.close()


class Workshop:
    """The workshop on a port of its own."""

    def __init__(self, **environment: str) -> None:
        self.environment = environment
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Start it, and wait until it answers."""
        environment = {**os.environ, **self.environment, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
        command = [sys.executable, "-m", "tests.app.standin", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process.poll() is None, "the workshop ended before it answered"
            try:
                urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{self.address}/readyz").close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise AssertionError("the workshop never answered")

    def close(self) -> None:
        """Stop it as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@pytest.fixture(scope="session")
def workshop(browser: Any) -> Iterator[Workshop]:
    """One workshop for all visits."""
    made = Workshop()
    try:
        made.open()
        yield made
    finally:
        made.close()


@dataclass
class Visit:
    """A visitor's page, with all that it asked for and complained of."""

    page: Any
    address: str
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def see(self, query: str, there: str = REFINED) -> None:
        """Follow a link, and wait for the refined answer, or for something else."""
        self.page.goto(f"{self.address}/?{query}")
        self.settle(there)

    def settle(self, there: str = REFINED) -> None:
        """Wait for the page's styles, and for the refined answer to the last question, or for something else."""
        self.page.wait_for_function("parseFloat(getComputedStyle(document.documentElement).fontSize) >= 18")
        self.page.wait_for_selector(there)

    def until_said(self, selector: str, *texts: str) -> None:
        """Wait until the elements there say just that; parts of a page change one after the other."""
        from playwright.sync_api import expect

        expect(self.page.locator(selector)).to_have_text(texts, timeout=1000 * PATIENCE)

    def last(self, chart: int = 0) -> list[float]:
        """The values at which a chart's lines end, once the refined answer is drawn; pictures follow sentences."""
        drawn = "([at, runs]) => document.querySelectorAll('.sc-chart-picture')[at]?.dataset.runs === runs"
        self.page.wait_for_function(drawn, arg=[chart, str(FINE.pairs)])
        picture = self.page.locator(".sc-chart-picture").nth(chart)
        return list(json.loads(picture.get_attribute("data-last")))

    def still(self, selector: str, script: str) -> Any:
        """What a script finds in a picture, once nothing in it moves any more."""
        end = time.monotonic() + PATIENCE
        before, found = None, self.page.locator(selector).evaluate(script)
        while found != before:
            assert time.monotonic() < end, "it never stands still"
            self.page.wait_for_timeout(500)
            before, found = found, self.page.locator(selector).evaluate(script)
        return found

    def wait_for_last(self, so: str, before: list[float]) -> None:
        """Wait until the first chart's last values are `so` compared with those before; pictures follow sentences."""
        picture = "JSON.parse(document.querySelector('.sc-chart-picture').dataset.last)"
        self.page.wait_for_function(f"before => ({so})({picture}, before)", arg=before)

    def slider(self, lever: str) -> Any:
        """A lever's slider."""
        return self.page.locator(f"[data-lever={lever}] input")


@pytest.fixture
def visit(browser: Any, workshop: Workshop) -> Iterator[Callable[..., Visit]]:
    """Visit the workshop with a window of some size."""
    contexts = []

    def visit(
        query: str = "lang=en", width: int = 1366, height: int = 768, there: str = REFINED, at: str = ""
    ) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        context.set_default_timeout(1000 * PATIENCE)
        contexts.append(context)
        made = Visit(context.new_page(), at or workshop.address)
        made.page.on("request", lambda request: made.hosts.add(urlsplit(request.url.removeprefix("blob:")).netloc))
        made.page.on("websocket", lambda one: made.hosts.add(urlsplit(one.url).netloc))
        made.page.on("console", lambda one: made.complaints.append(one.text) if one.type == "error" else None)
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        made.see(query, there)
        return made

    yield visit
    for context in contexts:
        context.close()
