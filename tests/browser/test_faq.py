"""Staff teach the chat: from an unanswered question to an answer at the phone."""

from __future__ import annotations

import pytest
from looks import COME_IN, LOOKS, come_in, look
from playwright.sync_api import Browser, BrowserContext, Page, expect
from programmes import IN_CHROMIUM

pytestmark = IN_CHROMIUM
ASKED = "må man have en and i sin altankasse"
PAGES = (
    *("faq", "faq?q=pizza", "faq?kept=due", "faq?kept=retired", "faq/new", "faq/F2"),
    *("faq/F2/versions", "missed"),
)


def ask(page: Page, words: str) -> None:
    """Send a message to the bot."""
    page.fill("#text", words)
    page.press("#text", "Enter")


def test_the_chat_learns(demo: str, page: Page, browser: Browser) -> None:
    """Staff write an entry for an unanswered question by keyboard, and the chat then answers it."""
    page.goto(f"{demo}?user=104")
    page.click(".start")
    ask(page, ASKED)
    expect(page.locator(".message.from-bot").last).to_contain_text("Det ved jeg ikke")
    console_page = browser.new_page(locale="da-DK", viewport={"width": 1280, "height": 800})
    come_in(console_page, demo)
    console_page.goto(f"{demo}console/missed")
    console_page.locator(".lost > li", has_text=ASKED).get_by_role(
        "link", name="Skriv et nyt svar"
    ).press("Enter")
    expect(console_page.get_by_role("textbox", name="Spørgsmål").first).to_have_value(ASKED)
    console_page.get_by_role("textbox", name="Spørgsmål").first.fill("Må jeg holde and på altanen?")
    console_page.get_by_label("Svar", exact=True).first.fill("Du hører fra os hurtigst muligt.")
    console_page.get_by_label("Andre måder at spørge på").first.fill(ASKED)
    console_page.get_by_label("Emne").select_option("nature")
    console_page.get_by_role("button", name="Vis som i chatten").press("Enter")
    expect(console_page.get_by_role("alert")).to_contain_text("Det er ikke gemt endnu")
    expect(console_page.locator("#da_answer-wrong")).to_contain_text("hurtigst muligt")
    expect(console_page.locator("#da_answer")).to_have_attribute("aria-invalid", "true")
    expect(console_page.locator(".bubble").first).to_contain_text("Må jeg holde and på altanen?")
    console_page.get_by_label("Svar", exact=True).first.fill(
        "Ja, en and er nok. Hun skal have vand."
    )
    console_page.get_by_role("button", name="Gem", exact=True).press("Enter")
    expect(console_page.get_by_role("status")).to_contain_text("Det er gemt.")
    console_page.close()
    ask(page, ASKED)
    told = page.locator(".message.from-bot").last
    expect(told).to_contain_text("Ja, en and er nok. Hun skal have vand.")
    expect(told).to_contain_text("Kilde: Klintsund Kommune. Gennemgået ")


def test_two_write_at_once(demo: str, browser: Browser) -> None:
    """The second editor sees both texts, and must save again to overwrite."""
    first, second = (browser.new_page(locale="da-DK") for _tab in range(2))
    for tab, name in ((first, "Mette"), (second, "Jonas")):
        tab.goto(f"{demo}console/faq/F1")
        tab.get_by_role("button", name=f"Kom ind som {name}").click()
        expect(tab.get_by_role("heading", level=1)).to_contain_text("Hvordan sorterer jeg affald?")
    for tab, words in ((first, "Spørg Mette."), (second, "Spørg Jonas.")):
        tab.get_by_label("Svar", exact=True).first.fill(words)
        tab.get_by_role("button", name="Gem", exact=True).click()
    expect(second.get_by_role("alert")).to_contain_text("En anden har ændret svaret")
    expect(second.locator(".both del")).to_have_text("Mette")
    expect(second.locator(".both ins")).to_have_text("Jonas")
    second.get_by_role("button", name="Gem", exact=True).click()
    expect(second.get_by_role("status")).to_contain_text("Det er gemt.")
    second.get_by_role("link", name="Alle udgaver").click()
    second.get_by_role("button", name="Tilbage til udgave 1").click()
    expect(second.get_by_role("status")).to_contain_text("som det var i udgave 1")
    for tab in (first, second):
        tab.close()


@pytest.mark.parametrize("context", LOOKS, indirect=True, ids=str)
def test_nothing_is_in_the_way(demo: str, context: tuple[BrowserContext, int, str]) -> None:
    """Each page of the FAQ passes axe, fits the screen, and can be used by touch."""
    opened, width, language = context
    page = opened.new_page()
    telephone = opened.new_page()
    telephone.goto(f"{demo}?user=103")
    telephone.wait_for_selector("#text")
    ask(telephone, "kan man låne en ged til at spise ukrudt")
    expect(telephone.locator(".message.from-bot").last).to_be_visible()
    telephone.close()
    page.goto(f"{demo}console/faq")
    page.get_by_role("button", name=COME_IN[language]).click()
    page.get_by_role("button", name={"da": "Dansk", "en": "English"}[language]).click()
    for path in PAGES:
        page.goto(f"{demo}console/{path}")
        for details in page.locator("details.teach summary").all():
            details.click()
        look(page, width)
    page.goto(f"{demo}console/faq/F2")
    page.locator("#da_answer").fill("Kom hurtigst muligt.")
    page.locator("[name=do][value=keep]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page, width)
