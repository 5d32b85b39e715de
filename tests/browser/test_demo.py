"""The demo as a newcomer meets it: `brobygger demo` in a browser."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STARTED_WITHIN = 60.0  # seconds
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    """Start the demo as its user does; return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bot.cli", "demo", "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        _wait_for(address)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode == 0


def _wait_for(address: str) -> None:
    """Wait until the page is served."""
    until = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < until:
        try:
            with urlopen(address, timeout=2):  # noqa: S310 - our own page
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError("the demo did not start")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Open Debian's chromium."""
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


def say(page: Page, words: str) -> None:
    """Write a message and send it with Enter."""
    page.fill("#text", words)
    page.press("#text", "Enter")


def bot_says(page: Page, words: str) -> None:
    """Wait until the bot's last message holds *words*."""
    expect(page.locator(".message.from-bot").last).to_contain_text(words)


def test_a_citizen_asks_and_is_answered(demo: str, page: Page) -> None:
    """Start, the menu, a question in one's own words, and the answer with its source."""
    page.goto(f"{demo}?user=102")
    page.click(".start")
    bot_says(page, "Hvad kan jeg gøre for dig?")
    expect(page.locator(".key")).to_have_count(9)
    say(page, "hvordan faar jeg et nyt pas")
    bot_says(page, "Bestil tid og kom selv.")
    bot_says(page, "Kilde: borger.dk. Gennemgået 1. november 2026.")


def test_time_passes_and_a_nudge_comes(demo: str, page: Page) -> None:
    """A flow left in the middle is nudged once when time is let pass."""
    page.goto(f"{demo}?user=103")
    page.click(".start")
    bot_says(page, "Hvad kan jeg gøre for dig?")
    say(page, "indstillinger")
    bot_says(page, "1 af 5.")
    page.click("[data-to=week]")
    bot_says(page, 'Du var begyndt på "Sprog og indstillinger"')


def test_two_tabs_are_two_people(demo: str, browser: Browser, page: Page) -> None:
    """Two tabs are two people, each in their own language."""
    page.goto(f"{demo}?user=104")
    page.click(".start")
    bot_says(page, "Hvad kan jeg gøre for dig?")
    other = browser.new_page()
    other.goto(f"{demo}?user=101&lang=en")
    other.click(".start")
    bot_says(other, "What can I do for you?")
    say(other, "my number is 170461-5007")
    bot_says(other, "You happened to write a CPR number.")
    expect(other.locator("body")).not_to_contain_text("170461")
    expect(page.locator("body")).not_to_contain_text("CPR number.")
    other.close()


def test_by_keyboard_alone(demo: str, page: Page) -> None:
    """Everything can be reached and pressed without a mouse."""
    page.goto(f"{demo}?user=105")
    page.focus(".start")
    page.keyboard.press("Enter")
    bot_says(page, "Hvad kan jeg gøre for dig?")
    page.locator(".key", has_text=re.compile("^Hjælp$")).last.focus()
    page.keyboard.press("Enter")
    bot_says(page, "Jeg er en robot.")


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_in_the_way(demo: str, browser: Browser, width: int, scheme: str) -> None:
    """Axe finds nothing, narrow and wide, light and dark; nothing is wider than the screen."""
    # A message that is still fading in has no contrast to measure.
    size = {"width": width, "height": 780}
    opened = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    opened.goto(f"{demo}?user=102")
    opened.wait_for_selector("#text")
    say(opened, "menu")
    bot_says(opened, "?")
    assert Axe().run(opened).response["violations"] == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    opened.close()
