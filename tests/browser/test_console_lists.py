"""The console's lists in chromium: every look, keyboard, no JavaScript, live updates."""

from __future__ import annotations

import looks
import pytest
from looks import LOOKS, look
from playwright.sync_api import Browser, BrowserContext, Page, expect
from programmes import IN_CHROMIUM

pytestmark = IN_CHROMIUM
PATIENCE = 20_000  # milliseconds: a loaded machine is slow
PAGES = (
    *("cases/unassigned", "cases/all", "cases/all?kind=idea", "search?q=vejen", "search?q=hvalros"),
    *("tasks", "alerts", "cases/new", "cases/new?entered=1001"),
)


def come_in(browser: Browser, demo: str, **how: object) -> Page:
    """Open a browser, and sign in as Mette."""
    page = browser.new_context(locale="da-DK", **how).new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto(f"{demo}console/")
    page.get_by_role("button", name="Kom ind som Mette").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mine sager")
    return page


@pytest.mark.parametrize("context", LOOKS, indirect=True, ids=str)
def test_nothing_is_in_the_way(demo: str, context: tuple[BrowserContext, int, str]) -> None:
    """Each list passes axe, fits the screen, and has large enough touch targets."""
    opened, width, language = context
    page = opened.new_page()
    looks.come_in(page, demo, language)
    for path in PAGES:
        page.goto(f"{demo}console/{path}")
        look(page, width)


def test_by_keyboard(demo: str, browser: Browser) -> None:
    """The search leads to a case by keyboard, and a case number opens it at once."""
    page = come_in(browser, demo)
    box = page.get_by_role("searchbox")
    box.press_sequentially("vej")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sager med “vej”")
    first = page.locator(".mail h2 a").first
    first.focus()
    first.press("Enter")
    expect(page.locator("[data-case]")).to_be_visible()
    box.fill("ks-1003")
    box.press("Enter")
    expect(page.locator("[data-case='1003']")).to_be_visible()
    page.context.close()


def test_without_a_script(demo: str, browser: Browser) -> None:
    """Filtering a list and adding a case work without JavaScript."""
    page = come_in(browser, demo, java_script_enabled=False)
    page.get_by_role("link", name="Alle sager").click()
    before = page.locator(".mail > li").count()
    page.get_by_text("Vælg, hvad der vises").click()
    page.get_by_label("Slags").select_option("report")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.get_by_label("Slags")).to_have_value("report")
    assert 0 < page.locator(".mail > li").count() < before
    page.get_by_role("link", name="Vis alle").click()
    assert page.locator(".mail > li").count() == before
    page.get_by_role("link", name="Opret en sag").click()
    page.get_by_label("Hvad det handler om").fill("Hun vil vide, hvornår hallen åbner")
    page.get_by_role("button", name="Opret sagen").click()
    expect(page.locator(".aloud")).to_contain_text("Dit sagsnummer er KS-")
    page.get_by_role("link", name="Alle sager").click()
    assert page.locator(".mail > li").count() == before + 1
    page.context.close()


def test_a_new_case_comes_by_itself(demo: str, browser: Browser) -> None:
    """An open list shows a new case and its count without a reload."""
    watching, entering = come_in(browser, demo), come_in(browser, demo)
    watching.goto(f"{demo}console/cases/unassigned")
    watching.get_by_text("Vælg, hvad der vises").click()
    count = watching.locator("[aria-current] .count")
    before = int(count.inner_text())
    entering.goto(f"{demo}console/cases/new")
    entering.get_by_label("Hvad det handler om").fill("Fuglehuset er faldet ned")
    entering.get_by_role("button", name="Opret sagen").click()
    expect(watching.locator(".mail")).to_contain_text("Fuglehuset er faldet ned")
    expect(count).to_have_text(str(before + 1))
    expect(watching.get_by_label("Slags")).to_be_visible()  # The opened filter stays open.
    for page in (watching, entering):
        page.context.close()
