"""The console's pages of reminders in chromium: every look, and setting one without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import looks
import pytest
from looks import LOOKS, look
from playwright.sync_api import Browser, BrowserContext, Page, expect
from programmes import IN_CHROMIUM

pytestmark = IN_CHROMIUM
TIMES = 10  # of a preview
PATIENCE = 20_000  # milliseconds: a loaded machine is slow
PAGES = (
    *("reminders", "reminders/new", "reminders/1", "reminders/1/edit", "reminders/1/results"),
    *("groups", "groups/new", "groups/1", "groups/1/add"),
    *("participants", "participants/new", "participants/1", "outgoing", "links"),
)
LIBRARY = "Plakaten på biblioteket"


def send(page: Page, index: int = 0) -> None:
    """Press the main button of the page."""
    page.locator("main button.solid").nth(index).click()


def make_link(page: Page, demo: str) -> None:
    """Make a link to the reminder, on the reminder's page."""
    page.goto(f"{demo}console/reminders/1")
    page.locator("#link-label").fill(LIBRARY)
    page.locator("form[action$='links/new'] button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Link: {LIBRARY}")


@pytest.fixture(scope="module")
def reminded(demo: str, browser: Browser) -> Iterator[str]:
    """Set a reminder for a group of one member, without JavaScript; end it afterwards."""
    page = browser.new_context(locale="da-DK", java_script_enabled=False).new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    looks.come_in(page, demo)
    page.goto(f"{demo}console/groups/new")
    page.get_by_label("Navn").fill("Cykelgruppen")
    page.get_by_label("Slags").select_option("team")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Cykelgruppen")
    group = page.url
    page.goto(f"{demo}console/participants/new")
    page.get_by_label("Fornavn").fill("Inger")
    page.get_by_label("Telefonnummer").fill("12345678")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Inger")
    page.goto(f"{group}/add?q=Inger")
    page.locator(".list").get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("Inger")
    page.goto(f"{demo}console/reminders/new")
    page.get_by_label("Tekst på dansk").fill("Husk at tælle cyklerne ved skolen")
    page.get_by_label("Hvornår, med dine ord").fill("hver anden onsdag kl. 16")
    members = f"group:{group.rpartition('/')[2]}"
    page.locator("[name=who_1]").select_option(members)
    page.locator("[name=asks]").check()
    send(page)
    expect(page.locator(".bubble").first).to_contain_text("Husk at tælle cyklerne")
    expect(page.locator("main")).to_contain_text("medlemmerne af Cykelgruppen")
    expect(page.locator("main")).to_contain_text("1 ringes op")
    expect(page.locator("main time")).to_have_count(TIMES)
    page.get_by_label("For en anden borger").fill("Fatima")
    page.get_by_role("button", name="Vis tidspunkterne").click()
    expect(page.locator("main")).to_contain_text("Fatima er ikke blandt modtagerne")
    page.get_by_role("button", name="Ret den").click()
    expect(page.get_by_label("Hvornår, med dine ord")).to_have_value("hver anden onsdag kl. 16")
    expect(page.locator("[name=who_1]")).to_have_value(members)
    send(page)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Husk at tælle cyklerne ved skolen")
    reminder = page.url
    make_link(page, demo)
    yield demo
    page.goto(reminder)
    page.locator("form[action$='/end'] button").click()
    expect(page.locator("form[action$='/end']")).to_have_count(0)
    page.context.close()


@pytest.mark.parametrize("context", LOOKS, indirect=True, ids=str)
def test_nothing_is_in_the_way(reminded: str, context: tuple[BrowserContext, int, str]) -> None:
    """Each page passes axe, fits the screen, and has large enough touch targets."""
    opened, width, language = context
    page = opened.new_page()
    looks.come_in(page, reminded, language)
    for path in PAGES:
        page.goto(f"{reminded}console/{path}")
        look(page, width)
    page.goto(f"{reminded}console/reminders/1/edit")
    send(page)
    expect(page.locator(".bubble").first).to_be_visible()
    look(page, width)
    make_link(page, reminded)
    look(page, width)
    page.goto(f"{reminded}console/reminders/1")
    page.locator("form[action$='links/revoke'] button").first.click()
    expect(page.locator("main")).to_contain_text(LIBRARY)
    look(page, width)


def test_a_link_is_copied_and_its_code_saved(reminded: str, page: Page) -> None:
    """A click copies the address, and each file of the QR code can be saved without the server."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    looks.come_in(page, reminded)
    make_link(page, reminded)
    address = page.locator("#chat-link").text_content() or ""
    assert address.startswith(f"{reminded}dialog_klintsund_bot?start=l-")
    page.locator("[data-copy=chat-link]").click()
    expect(page.get_by_role("status").filter(has_text="Kopieret")).to_have_count(1)
    expect(page.get_by_role("button", name="Kopieret")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address
    expect(page.get_by_role("img", name="QR-kode, der åbner")).to_be_visible()
    for kind, begins in (("SVG", b"<?xml"), ("PNG", b"\x89PNG")):
        with page.expect_download() as saving:
            page.get_by_role("link", name=kind).click()
        assert saving.value.suggested_filename == f"qr-plakaten-på-biblioteket.{kind.lower()}"
        assert saving.value.path().read_bytes().startswith(begins)


def test_a_link_is_revoked_without_javascript(reminded: str, browser: Browser) -> None:
    """The section's button asks first; afterwards the link is marked as revoked."""
    page = browser.new_context(locale="da-DK", java_script_enabled=False).new_page()
    looks.come_in(page, reminded)
    make_link(page, reminded)
    expect(page.get_by_role("button", name="Kopiér")).to_have_count(0)
    page.goto(f"{reminded}console/reminders/1")
    revoke = page.locator("form[action$='links/revoke'] button")
    live = revoke.count()
    revoke.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Spær 1 link?")
    send(page)
    expect(revoke).to_have_count(live - 1)
    expect(page.locator(".tag.off").first).to_have_text("Spærret")
    page.context.close()
