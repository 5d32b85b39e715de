"""The browser that looks at our pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from looks import SMALLEST
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from programmes import CHROMIUM, FLAGS, started


@pytest.fixture(scope="session")
def demo() -> Iterator[str]:
    """Start the demo as its user does; return its address. All look at the same one."""
    with started("demo") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Open Debian's chromium; as long as it is open, this process has a loop that runs."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a fresh tab, and hold it to having no error of its own."""
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
    """Open a browser of a certain look."""
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
