"""The console's pages of pledges in chromium: every look, and a pledge without JavaScript."""

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
TITLE = "Ren havn i december"


@dataclass(frozen=True, slots=True)
class Pages:
    """The demo, and the addresses of pages about pledges in it."""

    demo: str
    entry: str
    pledge: str
    campaign: str
    outcome: str

    def all(self) -> Iterator[str]:
        """Yield the address of each page."""
        console = f"{self.demo}console/"
        lists = ("pledges", "pledges/totals", "catalogue", "campaigns", "obstacles", "outcomes")
        yield from (f"{console}{path}" for path in lists)
        yield from (f"{console}{path}/new" for path in ("pledges", "catalogue", "campaigns"))
        yield from (self.entry, f"{self.entry}/edit")
        yield from (self.pledge, f"{self.pledge}/edit")
        yield from (self.campaign, f"{self.campaign}/edit", f"{self.campaign}/cancel")
        yield self.outcome


def send(page: Page) -> None:
    """Press the main button of the page."""
    page.locator("main button.solid").first.click()


def take_pledge(page: Page, demo: str, name: str, phone: str) -> str:
    """Take a pledge from somebody who rings; return its address."""
    page.goto(f"{demo}console/pledges/new")
    page.locator("summary").filter(has_text="ikke er i chatten").click()
    page.get_by_label("Fornavn").fill(name)
    page.get_by_label("Telefonnummer").fill(phone)
    page.get_by_role("button", name="Opret, og gå videre").click()
    page.get_by_label("Fra kataloget").select_option(label="Skru en grad ned")
    page.get_by_label("Mængde").fill("2")
    page.get_by_label("Personen er fyldt 15 år").check()
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Løfte fra {name}")
    return page.url


def tell_obstacle(page: Page, pledge: str) -> None:
    """Write down what stood in the way of a pledge."""
    page.goto(pledge)
    page.locator("summary").filter(has_text="hvad der stod i vejen").click()
    page.locator("#obstacle-words").fill("Radiatoren sidder fast.")
    page.locator("form[action$='/obstacle'] button").click()
    expect(page.locator("main")).to_contain_text("uden navn")


def group_obstacle(page: Page, demo: str) -> str:
    """Group what stood in the way, and see the message; return the address of the answer."""
    page.goto(f"{demo}console/obstacles")
    page.locator("input[name=id]").first.check()
    page.get_by_role("button", name="Saml dem, der siger det samme").click()
    page.get_by_label("Det har de til fælles").fill("Radiatorer sidder fast")
    send(page)
    outcome = page.url
    page.get_by_label("Svaret (Dansk)").fill("Boligforeningen smører dem i uge 50.")
    send(page)
    expect(page.locator(".bubble").first).to_contain_text("Boligforeningen smører dem")
    return outcome


@pytest.fixture(scope="module")
def made(demo: str, browser: Browser) -> Iterator[Pages]:
    """Make a pledge, a campaign and an answer, without JavaScript."""
    page = browser.new_context(locale="da-DK", java_script_enabled=False).new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    looks.come_in(page, demo)
    pledge = take_pledge(page, demo, "Gudrun", "00 00 20 51")
    tell_obstacle(page, pledge)
    outcome = group_obstacle(page, demo)
    page.goto(f"{demo}console/catalogue")
    page.get_by_role("link", name="Skru en grad ned").click()
    entry = page.url
    expect(page.locator("main")).to_contain_text("40 til 200 kg CO₂ om året for 1 hjem")
    page.goto(f"{demo}console/campaigns/new")
    page.get_by_label("Titel (Dansk)").fill(TITLE)
    page.get_by_label("Det lover man (Dansk)").fill("Jeg samler affald på havnen en time.")
    page.get_by_label("Så mange skal skrive under").fill("60")
    page.locator("#deadline").fill("2027-01-31")
    send(page)
    expect(page.locator("main")).to_contain_text("295 af 1567 fælles løfter")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    campaign = page.url
    page.get_by_role("button", name="Send det til godkendelse").click()
    expect(page.locator("main")).to_contain_text("Derfor skal en anden medarbejder godkende det.")
    yield Pages(demo, entry, pledge, campaign, outcome)
    page.goto(f"{campaign}/cancel")
    page.locator("#reason").fill("Testen er slut.")  # the last look may have been in English
    send(page)
    expect(page).to_have_url(campaign)
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
