"""The console in chromium: by keyboard, on a phone, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from looks import COME_IN, LOOKS, come_in, look
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from programmes import IN_CHROMIUM

pytestmark = IN_CHROMIUM
PAGES = (
    *("cases", "account", "staff", "staff/new", "staff/1", "audit", "audit?case=x", "nothing"),
)


@pytest.fixture
def console_page(demo: str, browser: Browser) -> Iterator[Page]:
    """Open the sign-in page in Danish, and assert afterwards that no page logged an error."""
    opened = browser.new_page(locale="da-DK", viewport={"width": 1280, "height": 800})
    opened.set_default_timeout(15_000)
    wrong: list[str] = []

    def logged(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            wrong.append(message.text)

    opened.on("console", logged)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(f"{demo}console/")
    yield opened
    opened.close()
    assert wrong == []


def test_from_the_telephone_to_the_desk(demo: str, console_page: Page) -> None:
    """The demo's page opens the console in a new tab, where one click signs in."""
    console_page.goto(demo)
    with console_page.expect_popup() as opened:
        console_page.get_by_role("link", name="Personalets konsol").press("Enter")
    tab = opened.value
    expect(tab).to_have_title("Log ind · Brobygger")
    tab.get_by_role("button", name="Kom ind som Mette (Borgerservice)").press("Enter")
    expect(tab.locator(".menu-name")).to_have_text("Mette")
    expect(tab.get_by_role("link", name="Personale", exact=True)).to_have_count(0)
    tab.close()


def test_in_and_out_by_keyboard(console_page: Page) -> None:
    """Sign-in, account and sign-out work with Tab, Enter and Escape only."""
    console_page.get_by_label("Brugernavn").fill("mette")
    console_page.keyboard.press("Tab")
    console_page.keyboard.type("hvad som helst")
    console_page.keyboard.press("Enter")
    expect(console_page.get_by_role("alert")).to_contain_text("passer ikke sammen")
    expect(console_page.get_by_label("Brugernavn")).to_have_value("mette")
    expect(console_page.get_by_label("Adgangskode")).to_be_focused()
    console_page.get_by_role("button", name="Kom ind som Mette").press("Enter")
    expect(console_page.locator(".menu-name")).to_have_text("Mette")
    console_page.goto(f"{console_page.url.partition('/console/')[0]}/console/account")
    console_page.keyboard.press("Tab")
    expect(console_page.get_by_text("Til indholdet")).to_be_focused()
    console_page.keyboard.press("Enter")
    console_page.keyboard.press("Tab")
    expect(console_page.get_by_label("Den adgangskode, du har nu")).to_be_focused()
    menu = console_page.locator("details.menu")
    menu.locator("summary").press("Enter")
    expect(menu).to_have_attribute("open", "")
    console_page.keyboard.press("Escape")
    expect(menu.locator("summary")).to_be_focused()
    expect(menu).not_to_have_attribute("open", "")
    console_page.keyboard.press("Enter")
    console_page.keyboard.press("Tab")
    console_page.keyboard.press("Tab")
    console_page.keyboard.press("Enter")
    expect(console_page.get_by_role("status")).to_have_text("Du er logget ud.")


def test_the_language_is_one_click_away(console_page: Page) -> None:
    """Before and after sign-in, one click changes the language of the same page."""
    console_page.get_by_role("button", name="English").press("Enter")
    expect(console_page.get_by_role("heading", level=1)).to_have_text("Sign in")
    console_page.get_by_role("button", name="Come in as Aisha").press("Enter")
    console_page.get_by_role(
        "link", name="Din konto"
    ).first.click()  # Aisha's own language is Danish.
    console_page.get_by_role("button", name="English").press("Enter")
    expect(console_page.get_by_role("heading", level=1)).to_have_text("Your account")


def test_somebody_new_comes_in(demo: str, console_page: Page, browser: Browser) -> None:
    """An administrator adds Ida, who chooses a password by the link and signs in."""
    come_in(console_page, demo)
    console_page.get_by_role("link", name="Personale", exact=True).click()
    console_page.get_by_role("link", name="Tilføj en person").click()
    console_page.get_by_label("Brugernavn").fill("ida")
    console_page.get_by_label("Fornavn").fill("Ida")
    console_page.get_by_label("Afdeling", exact=True).fill("Natur")
    console_page.get_by_label("Veje og stier").check()
    console_page.get_by_role("button", name="Tilføj, og vis linket").click()
    link = console_page.locator("#link").inner_text()
    other = browser.new_page(locale="en-GB")
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_have_text("Welcome, Ida")
    for field in ("Password", "The same password again"):
        other.get_by_label(field, exact=True).fill("grøn sten under broen")
    other.get_by_role("button", name="Keep the password").click()
    other.get_by_label("Username").fill("ida")
    other.get_by_label("Password").fill("grøn sten under broen")
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other.locator(".menu-name")).to_have_text("Ida")
    other.goto(link)
    gone = "Linket virker ikke længere"  # Ida's account was created with Danish.
    expect(other.get_by_role("heading", level=1)).to_have_text(gone)
    other.close()
    console_page.goto(f"{demo}console/staff")
    expect(console_page.locator(".people > li", has_text="Ida")).to_contain_text("Aktiv")


def test_without_a_script(demo: str, browser: Browser) -> None:
    """Sign-in, menu, language and sign-out work without JavaScript."""
    context = browser.new_context(java_script_enabled=False, locale="da-DK")
    page = context.new_page()
    come_in(page, demo)
    page.get_by_role("button", name="English").click()
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("You are signed out.")
    context.close()


def test_a_link_from_elsewhere(demo: str, console_page: Page) -> None:
    """A link on another site leads signed-in staff to the page, others to the sign-in page."""
    come_in(console_page, demo)
    console_page.goto(f"data:text/html,<a href='{demo}console/account'>go</a>")
    console_page.get_by_text("go").click()
    expect(console_page).to_have_url(f"{demo}console/account")
    expect(console_page.locator(".menu-name")).to_have_text("Lone")
    console_page.context.clear_cookies()
    console_page.goto(f"data:text/html,<a href='{demo}console/account'>go</a>")
    console_page.get_by_text("go").click()
    expect(console_page).to_have_url(f"{demo}console/sign-in?next=%2Fconsole%2Faccount")


@pytest.mark.parametrize("context", LOOKS, indirect=True, ids=str)
def test_nothing_is_in_the_way(demo: str, context: tuple[BrowserContext, int, str]) -> None:
    """Each page passes axe, fits the screen, and has large enough touch targets."""
    opened, width, language = context
    page = opened.new_page()
    page.goto(f"{demo}console/sign-in")
    look(page, width)
    page.get_by_role("button", name=COME_IN[language]).click()
    page.goto(f"{demo}console/account")
    page.get_by_role("button", name={"da": "Dansk", "en": "English"}[language]).click()
    page.locator("details.menu summary").click()
    look(page, width)
    for path in PAGES:
        page.goto(f"{demo}console/{path}")
        assert page.locator("html").get_attribute("lang") == language
        look(page, width)
