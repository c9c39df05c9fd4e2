"""Chromium against a real site. Without Chromium these tests say so and are skipped; in CI they may not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.database import PREFIX
from tests.site import Site
from tests.world import PASSWORD

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
REQUIRED = os.environ.get("CASUSTAFEL_BROWSER_REQUIRED") == "1"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Two groups, so that both workers have one: each starts a site of its own.
            group = "pages" if item.path.name == "test_every_page.py" else "walks"
            item.add_marker(pytest.mark.xdist_group(f"browser-{group}"))


@pytest.fixture(autouse=True)
def _database() -> None:
    """Overrides the suite's: the site has a database of its own, in other processes."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    run = os.getpid() if worker == "main" else os.getppid()
    running = Site(tmp_path_factory.mktemp("site"), f"{PREFIX}{run}_{worker}_site")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        if REQUIRED:
            pytest.fail("Chromium is required here and is not installed.")
        pytest.skip("Chromium is not installed: browser tests are skipped (Debian: apt-get install chromium).")
    # Playwright keeps an event loop in this thread; nothing here touches Django's database.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_as(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """A window in which this person of the cast is logged in, by typing."""
    contexts = []

    def open_window(name: str, *, width: int = 1280, height: int = 900, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=site.address, viewport={"width": width, "height": height}, locale="nl-NL",
            java_script_enabled=scripts, timezone_id="Europe/Amsterdam",
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto("/inloggen/")
        page.get_by_label("E-mailadres").fill(f"{name}@proefstad.example")
        page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site.address}/")
        return page

    yield open_window
    for context in contexts:
        context.close()
