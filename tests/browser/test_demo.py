"""`brobygger demo` in a browser, as a new user sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from programmes import IN_CHROMIUM, started

pytestmark = IN_CHROMIUM


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    """Start a separate demo, because these tests move its time."""
    with started("demo") as address:
        yield address


def say(page: Page, words: str) -> None:
    """Write a message, and send it with Enter."""
    page.fill("#text", words)
    page.press("#text", "Enter")


def bot_says(page: Page, words: str) -> None:
    """Wait until the bot's last message contains *words*."""
    expect(page.locator(".message.from-bot").last).to_contain_text(words)


def test_a_citizen_asks_and_is_answered(demo: str, page: Page) -> None:
    """Start, menu, a free-text question, and its answer with the source."""
    page.goto(f"{demo}?user=102")
    page.click(".start")
    bot_says(page, "Hvad kan jeg gøre for dig?")
    expect(page.locator(".key")).to_have_count(9)
    say(page, "hvordan faar jeg et nyt pas")
    bot_says(page, "Bestil tid og kom selv.")
    bot_says(page, "Kilde: borger.dk. Gennemgået 1. november 2026.")


def test_time_passes_and_a_nudge_comes(demo: str, page: Page) -> None:
    """An unfinished flow gets one nudge when the demo's time moves forward."""
    page.goto(f"{demo}?user=103")
    page.click(".start")
    bot_says(page, "Hvad kan jeg gøre for dig?")
    say(page, "indstillinger")
    bot_says(page, "1 af 5.")
    page.click("[data-to=week]")
    bot_says(page, 'Du var begyndt på "Sprog og indstillinger"')


def test_two_tabs_are_two_people(demo: str, browser: Browser, page: Page) -> None:
    """Two tabs show two citizens, each in their own language."""
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
    """Every button can be reached and pressed by keyboard."""
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
    """The page passes axe and fits the screen, narrow and wide, light and dark."""
    # Without reduced motion, a message that fades in has too little contrast for axe.
    size = {"width": width, "height": 780}
    opened = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    opened.goto(f"{demo}?user=102")
    opened.wait_for_selector("#text")
    say(opened, "menu")
    bot_says(opened, "?")
    assert Axe().run(opened).response["violations"] == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    opened.close()
