"""News at the console in chromium: written in two languages, checked, seen, and approved."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import looks
import pytest
from looks import look
from playwright.sync_api import Browser, BrowserContext, Page, expect
from programmes import IN_CHROMIUM

pytestmark = IN_CHROMIUM
PATIENCE = 20_000  # milliseconds: a loaded machine is slow
WIDE, NARROW = 1440, 390
LOOKS = [("light", WIDE, "da"), ("light", NARROW, "da"), ("dark", NARROW, "en")]
DANISH = "Engen ved søen slås lørdag d. 5. december kl. 10."
ENGLISH = "The meadow by the lake is mown on Saturday 5 December at 10."
PICTURES = os.environ.get("PICTURES_IN", "")  # a folder to keep pictures of the pages in


def keep(page: Page, name: str) -> None:
    """Keep a picture of a page, where a folder for it is set."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def come_in_as(page: Page, demo: str, name: str) -> None:
    """Sign in as one of the demo's staff."""
    page.goto(f"{demo}console/")
    page.get_by_role("button", name=f"Kom ind som {name}").click()
    expect(page.locator("nav.places")).to_be_visible()


@dataclass(frozen=True, slots=True)
class Pages:
    """The demo, and the address of a broadcast that waits for its approval."""

    demo: str
    broadcast: str

    def all(self) -> Iterator[str]:
        """Yield the address of each page."""
        yield f"{self.demo}console/broadcasts"
        yield f"{self.demo}console/broadcasts/new"
        yield from (self.broadcast, f"{self.broadcast}/edit")
        yield f"{self.demo}console/account"


@pytest.fixture(scope="module")
def made(demo: str, browser: Browser) -> Iterator[Pages]:
    """Write news in two languages, with the checks and the preview live, and submit it."""
    page = browser.new_context(locale="da-DK", viewport={"width": WIDE, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    come_in_as(page, demo, "Mette")
    page.goto(f"{demo}console/broadcasts/new")
    page.get_by_label("Titel").fill("Engen slås")
    page.get_by_label("Tekst (Dansk)").fill("Vi slår engen hurtigst muligt.")
    beside = page.locator("[data-checked]")
    expect(beside).to_contain_text("uden en dato")
    keep(page, "form-check-1440")
    page.get_by_label("Tekst (Dansk)").fill(DANISH)
    page.get_by_label("Tekst (English)").fill(ENGLISH)
    page.get_by_label("Emne").select_option(label="Natur og klima")
    expect(beside).to_contain_text(ENGLISH)
    expect(beside).to_contain_text("Der er ikke fundet noget")
    expect(page.locator("[data-left]").first).to_contain_text("tegn tilbage")
    page.locator("summary").filter(has_text="Et spørgsmål med svar").click()
    page.get_by_label("Svar 1 (Dansk)").fill("Jeg kommer")
    page.get_by_label("Svar 1 (English)").fill("I will come")
    page.get_by_label("Hvem beslutter").fill("Natur- og miljøudvalget")
    expect(beside).to_contain_text("I will come")
    keep(page, "form-1440")
    page.set_viewport_size({"width": NARROW, "height": 800})
    keep(page, "form-390")
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.get_by_role("button", name="Gem som udkast").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Engen slås")
    broadcast = page.url
    page.get_by_role("button", name="Send den til godkendelse").click()
    expect(page.locator("main")).to_contain_text("Venter på godkendelse")
    yield Pages(demo, broadcast)
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
        keep(page, f"{address.split('console/')[1].replace('/', '-')}-{width}-{language}")


def test_an_error_keeps_what_was_written(made: Pages, page: Page) -> None:
    """A refused form has its words, and the reason at the field that has the fault."""
    come_in_as(page, made.demo, "Mette")
    page.goto(f"{made.demo}console/broadcasts/new")
    page.get_by_label("Titel").fill("Uden emne")
    page.get_by_label("Tekst (Dansk)").fill(DANISH)
    page.locator("summary").filter(has_text="Et sted på kortet").click()
    page.get_by_label("Koordinater").fill("ved søen")
    page.get_by_role("button", name="Gem som udkast").click()
    expect(page.locator("#place_at-wrong")).to_contain_text("to tal")
    expect(page.locator("#topic-wrong")).to_contain_text("Vælg et emne")
    expect(page.get_by_label("Tekst (Dansk)")).to_have_value(DANISH)
    keep(page, "form-refused-1440")
    look(page, WIDE)


def test_a_leader_approves_it(made: Pages, page: Page) -> None:
    """The author cannot approve it; a leader sees whom it reaches, returns and approves it."""
    page.set_default_timeout(PATIENCE)
    looks.come_in(page, made.demo)
    page.goto(made.broadcast)
    expect(page.locator("main")).to_contain_text("får den")
    expect(page.locator(".bubble").first).to_contain_text(DANISH)
    keep(page, "approval-1440")
    page.locator("summary").filter(has_text="Send den tilbage").click()
    page.locator("#return-reason").fill("Skriv også, hvor man mødes.")
    page.get_by_role("button", name="Send den tilbage", exact=True).click()
    expect(page.locator("main")).to_contain_text("Skriv også, hvor man mødes.")
    with page.context.browser.new_context(locale="da-DK") as again:  # type: ignore[union-attr]
        author = again.new_page()
        author.set_default_timeout(PATIENCE)
        come_in_as(author, made.demo, "Mette")
        author.goto(f"{made.broadcast}/edit")
        author.get_by_label("Tekst (Dansk)").fill(f"{DANISH} Mød op ved broen.")
        author.get_by_role("button", name="Gem ændringerne").click()
        author.get_by_role("button", name="Send den til godkendelse").click()
    page.goto(made.broadcast)
    expect(page.locator("ins")).to_contain_text("Mød op ved broen")
    keep(page, "approval-changed-1440")
    page.get_by_role("button", name="Godkend", exact=False).first.click()
    expect(page.locator("main")).to_contain_text("godkendt")
    keep(page, "approved-1440")
