"""The console's pages of volunteering in chromium: every look, and a shift without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import looks
import pytest
from looks import look
from playwright.sync_api import Browser, BrowserContext, Page, expect
from programmes import IN_CHROMIUM

pytestmark = IN_CHROMIUM
PATIENCE = 20_000  # milliseconds: a loaded machine is slow
WIDE, NARROW = 1440, 390
LOOKS = [("light", WIDE, "da"), ("dark", NARROW, "da"), ("light", NARROW, "en")]
TITLE = "Juletræet på torvet"


@dataclass(frozen=True, slots=True)
class Pages:
    """The demo, and the addresses of what was made in it."""

    demo: str
    opportunity: str
    shift: str
    volunteer: str
    invitation: str

    def all(self) -> Iterator[str]:
        """Yield the address of each page."""
        console = f"{self.demo}console/"
        yield from (f"{console}{path}" for path in ("opportunities", "gates", "tasks"))
        yield from (f"{console}opportunities/{path}" for path in ("new", "import"))
        for path in ("", "/edit", "/end", "/shifts", "/shifts/new", "/contacts/add"):
            yield self.opportunity + path
        for path in (
            "",
            "/edit",
            "/cancel",
            "/message",
            "/add",
            "/phones",
            "/code",
            "/attendance",
            "/invite",
        ):
            yield self.shift + path
        yield f"{self.shift}/invite/people?who=1"
        yield from (self.invitation, f"{self.invitation}/results")
        yield from (self.volunteer, f"{self.volunteer}/messages")


def send(page: Page) -> None:
    """Press the main button of the page."""
    page.locator("main button.solid").first.click()


def enter(page: Page, shift: str, name: str, phone: str) -> None:
    """Sign somebody up who is not in the chat."""
    page.goto(f"{shift}/add")
    page.locator("summary").filter(has_text="ikke er i chatten").click()
    page.get_by_label("Fornavn").fill(name)
    page.get_by_label("Telefonnummer").fill(phone)
    page.get_by_label("Personen er fyldt 15 år").check()
    page.get_by_role("button", name="Opret og tilmeld").click()
    expect(page.locator("main")).to_contain_text("er tilmeldt.")


def invite(page: Page, shift: str) -> str:
    """Invite one more person by name; return the address of the invitation."""
    page.goto(shift)
    page.get_by_role("link", name="Inviter flere").click()
    page.get_by_role("link", name="Vælg personer ved navn").click()
    page.get_by_label("Navn").fill("Carsten")
    page.locator("main").get_by_role("button", name="Søg").click()
    page.get_by_role("link", name="Vælg Carsten").click()
    page.get_by_role("link", name="Skriv invitationen").click()
    expect(page.get_by_label("Carsten")).to_be_checked()
    page.get_by_label("Tekst på dansk").fill("Vi mangler en til stigen.")
    send(page)
    expect(page.locator(".bubble").first).to_contain_text("Vi mangler en til stigen.")
    page.get_by_role("button", name="Send invitationen").click()
    expect(page.locator("main")).to_contain_text("Invitationen er på vej.")
    return page.url


@pytest.fixture(scope="module")
def made(demo: str, browser: Browser) -> Iterator[Pages]:
    """Publish an opportunity whose shift is full, without JavaScript; end it afterwards."""
    page = browser.new_context(locale="da-DK", java_script_enabled=False).new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    looks.come_in(page, demo)
    page.goto(f"{demo}console/opportunities/new")
    page.get_by_label("Titel (Dansk)").fill(TITLE)
    page.get_by_label("Det går det ud på (Dansk)").fill("Pynt træet sammen med andre.")
    page.get_by_label("Hvornår, med dine ord").fill("hver lørdag kl. 10-11")
    page.get_by_label("Pladser (tomt: ingen grænse)").fill("2")
    page.get_by_label("Forsikring").select_option("municipality")
    send(page)
    expect(page.locator("main")).to_contain_text("En gang varer 1 time.")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    opportunity = page.url
    page.get_by_role("button", name="Offentliggør den").click()
    expect(page.locator("main")).to_contain_text("Borgerne kan melde sig nu.")
    # The second Saturday: on the first one, people who sign up within 48 hours are not asked again.
    page.locator(".rows a[href*='/shifts/']").nth(1).click()
    expect(page.get_by_role("heading", name="Kommer: 0")).to_be_visible()
    shift = page.url
    phones = {"Inger": "12 34 56 78", "Karl": "00 00 20 41", "Birthe": "00 00 20 42"}
    for name, phone in phones.items():
        enter(page, shift, name, phone)
    expect(page.get_by_role("heading", name="Venteliste: 1")).to_be_visible()
    page.locator("form[action$='/coming'] button").first.click()
    expect(page.locator("main")).to_contain_text("Siger ja")
    page.locator("form[action$='/cannot'] button").last.click()
    page.get_by_role("button", name="Meld fra").click()
    expect(page.locator("main")).to_contain_text("Har fået tilbudt en plads indtil")
    page.get_by_role("link", name="Inger").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inger")
    volunteer = page.url
    invitation = invite(page, shift)
    page.goto(f"{shift}/code")
    page.get_by_role("button", name="Lav koden").click()
    expect(page.locator("svg.drawing")).to_be_visible()
    page.goto(f"{demo}console/staff")
    page.locator("h2 a").filter(has_text="Lone").click()
    page.locator("[value=handle_gates]").check()
    send(page)
    yield Pages(demo, opportunity, shift, volunteer, invitation)
    page.goto(f"{opportunity}/end")
    expect(page.locator("main")).to_contain_text("2 personer får besked med begrundelsen.")
    page.get_by_label("Begrundelse (Dansk)").fill("Træet er pyntet.")
    page.get_by_role("button", name="Afslut den").click()
    expect(page.locator("main")).to_contain_text("Opgaven er afsluttet.")
    page.context.close()


@pytest.mark.parametrize("context", LOOKS, indirect=True, ids=str)
def test_nothing_is_in_the_way(made: Pages, context: tuple[BrowserContext, int, str]) -> None:
    """Each page passes axe, fits the screen, and has large enough touch targets."""
    opened, width, language = context
    page = opened.new_page()
    looks.come_in(page, made.demo, language)
    for address in made.all():
        page.goto(address)
        look(page, width)
    page.goto(f"{made.shift}/code")
    expect(page.locator("svg.drawing")).to_be_visible()


def test_the_phone_list_on_paper(made: Pages, page: Page) -> None:
    """A print has the names and phones, and nothing of the console's frame."""
    looks.come_in(page, made.demo)
    page.goto(f"{made.shift}/phones")
    page.emulate_media(media="print")
    expect(page.locator("nav.places")).to_be_hidden()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.get_by_text("12 34 56 78")).to_be_visible()


def test_a_table_is_imported(made: Pages, page: Page) -> None:
    """A file with a fault is not imported; the page names its row and column."""
    looks.come_in(page, made.demo)
    page.goto(f"{made.demo}console/opportunities/import")
    table = b"code;title_da;takes\nN1;Ny;to timer\n"
    file = {"name": "opgaver.csv", "mimeType": "text/csv", "buffer": table}
    page.get_by_label("Tabellen").set_input_files(file)
    send(page)
    expect(page.locator("main")).to_contain_text("Række 2, kolonnen En gang varer, i minutter")
