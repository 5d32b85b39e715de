"""`brobygger demo` in a browser, as a new user sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from programmes import IN_CHROMIUM, started

from bot.i18n import weekday_names

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


def tap(page: Page, label: str) -> None:
    """Tap the newest button with *label*."""
    page.get_by_role("button", name=label, exact=True).last.click()


def test_a_citizen_asks_and_is_answered(demo: str, page: Page) -> None:
    """Start, menu, a free-text question, and its answer with the source."""
    page.goto(f"{demo}?user=102")
    page.click(".start")
    bot_says(page, "Hvad kan jeg gøre for dig?")
    expect(page.locator(".key")).to_have_count(9)
    say(page, "hvordan faar jeg et nyt pas")
    bot_says(page, "Bestil tid og kom selv.")
    bot_says(page, "Kilde: borger.dk. Gennemgået 1. november 2026.")


def test_a_poster_leads_into_the_chat(demo: str, page: Page) -> None:
    """Before time moves, the poster leads to a phone, whose start shows the reminder."""
    page.goto(f"{demo}poster")
    address = page.get_by_role("link").first.get_attribute("href") or ""
    assert address.startswith(f"{demo}dialog_klintsund_bot?start=l-")
    page.goto(f"{address}&user=207&lang=da")
    expect(page.locator("#composer")).to_be_hidden()
    page.locator(".person", has_text="Vibeke").click()
    expect(page.locator("#chat-status")).to_contain_text("Vibeke")
    page.click("#follow")
    bot_says(page, "Vi renser stranden på søndag kl. 10.")
    expect(page.locator("#composer")).to_be_visible()
    assert "start=" not in page.url


def test_a_citizen_finds_a_task(demo: str, page: Page) -> None:
    """A citizen who has not written before looks around, and signs up for a date."""
    page.goto(f"{demo}?user=104&lang=da")
    page.click(".start")
    tap(page, "Bliv frivillig")
    tap(page, "Vis alt")
    expect(page.locator(".from-bot", has_text="Kontakt: Aisha")).to_have_count(3)
    tap(page, "Søg efter noget andet")
    tap(page, "Ti minutter")
    bot_says(page, "Mørkemåler")
    tap(page, "Meld mig")
    bot_says(page, "Er du fyldt 15 år?")


def test_time_passes_and_a_nudge_comes(demo: str, page: Page) -> None:
    """An unfinished flow gets one nudge when the demo's time moves forward."""
    page.goto(f"{demo}?user=201&lang=da")
    page.wait_for_selector(".message")
    say(page, "indstillinger")
    bot_says(page, "1 af 5.")
    page.click("[data-to=week]")
    nudge = page.locator(".from-bot", has_text='Du var begyndt på "Sprog og indstillinger"')
    expect(nudge).to_have_count(1)


def test_a_week_of_volunteering(demo: str, page: Page) -> None:
    """Samira found a stand-in; in the week that has passed she was asked about her next date."""
    page.goto(f"{demo}?user=103&lang=da")
    expect(page.locator(".from-bot", has_text="En afløser har taget over")).to_have_count(1)
    asked = page.locator(".from-bot", has_text="Sprogcafé").filter(has_text="Kommer du stadig?")
    expect(asked).to_have_count(1)
    page.locator(".person", has_text="Nadia").click()
    hours = page.locator(".from-bot", has_text="Du har hjulpet 1 gang: 2 timer.")
    expect(hours).to_have_count(1)


def test_a_week_of_reminders(demo: str, page: Page) -> None:
    """A reminder that a citizen asks for comes in the next week, and is answered by its buttons."""
    page.goto(f"{demo}?user=205&lang=da")  # Henrik, who gets no other reminders
    page.wait_for_selector(".message")
    soon = datetime.now(ZoneInfo("Europe/Copenhagen")) + timedelta(days=3)
    weekday = weekday_names("da")[soon.weekday()]  # no other of its days is in this week
    say(page, f"Mind mig om at vande blomster hver {weekday} kl. 16")
    bot_says(page, f"hver {weekday} kl. 16, første gang")
    tap(page, "Ja, det er rigtigt")
    bot_says(page, "Jeg har noteret det")
    reminders = page.locator(".from-bot", has_text="Du bad mig minde dig om:")
    page.click("[data-to=week]")
    expect(page.locator("#clock-status")).to_contain_text("Nu er det")
    tap(page, "Senere")
    tap(page, "Om en time")
    expect(reminders.last).to_contain_text("Du får den igen")
    came = reminders.count()
    page.click("[data-to=tomorrow]")
    expect(reminders).to_have_count(came + 1)
    tap(page, "Det er gjort")
    expect(reminders.last).to_contain_text("Du svarede: Det er gjort.")
    say(page, "Mit overblik")
    bot_says(page, f"• at vande blomster: hver {weekday}")


def test_two_tabs_are_two_people(demo: str, browser: Browser, page: Page) -> None:
    """Two tabs show two citizens, each in their own language."""
    page.goto(f"{demo}?user=104")
    say(page, "menu")
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


def test_more_citizens_than_connections(demo: str, browser: Browser) -> None:
    """With eight citizens open in tabs of one browser, each page is shown and told of changes."""
    context = browser.new_context()
    people = context.request.get(f"{demo}phone/people").json()[:8]
    tabs = []
    for person in people:
        tab = context.new_page()
        tab.set_default_timeout(15_000)
        tab.goto(f"{demo}?user={person['id']}&lang=da")
        expect(tab.locator("#chat-status")).to_contain_text(person["first_name"])
        tabs.append(tab)
    assert len(tabs) == 8
    for tab in (tabs[-1], tabs[0]):
        answers = tab.locator(".message.from-bot").count()
        say(tab, "/start")
        expect(tab.locator(".message.from-bot")).not_to_have_count(answers)
        expect(tab.locator("#away")).to_be_hidden()
    context.close()


def test_the_typed_address_of_all_tasks(demo: str, page: Page) -> None:
    """The address of all tasks works without its beginning, and the chat links to the page."""
    page.goto(f"{demo}opgaver")
    expect(page.get_by_role("heading", level=1)).to_contain_text("frivillig")
    page.goto(f"{demo}opgaver/999999")
    expect(page.get_by_role("heading", level=1)).to_have_text("Der er ingen side her")
