"""Fixtures for tests in a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from looks import SMALLEST
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from programmes import CHROMIUM, FLAGS, started


@pytest.fixture(scope="session")
def demo() -> Iterator[str]:
    """Start the demo as a user does, and return its address. All tests share it."""
    with started("demo") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Open Debian's chromium. While it is open, this process has a running event loop."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a new tab, and assert afterwards that its page raised no error."""
    opened = browser.new_page(viewport={"width": 1440, "height": 900})
    opened.set_default_timeout(15_000)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert errors == []


@pytest.fixture
def context(
    browser: Browser, request: pytest.FixtureRequest
) -> Iterator[tuple[BrowserContext, int, str]]:
    """Open a browser context of one look: colour scheme, width and language."""
    scheme, width, language = request.param
    made = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        locale=language,
        reduced_motion="reduce",
        has_touch=width < SMALLEST * 10,
    )
    yield made, width, language
    made.close()
