"""The public pages of opportunities in a browser, on a phone and on a wide screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from looks import look
from playwright.sync_api import BrowserContext, expect
from programmes import IN_CHROMIUM
from public_site import served

from bot.model.commands.volunteering import ImportOpportunities
from bot.service import execute
from bot.service.content import shipped_opportunities
from bot.store.unit import Unit

pytestmark = IN_CHROMIUM
LOOKS = [("light", 1440, "da"), ("dark", 390, "en"), ("light", 390, "da"), ("dark", 1440, "en")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the public pages of a town with open opportunities."""

    async def fill(unit: Unit) -> None:
        await execute(ImportOpportunities(1, shipped_opportunities(), publishes=True), unit)
        only_danish = {"da": "Mørkemåler"}
        await unit.opportunities.change(12, titles=only_danish, texts=only_danish)

    with served(tmp_path_factory.mktemp("public"), fill) as address:
        yield address


@pytest.mark.parametrize("context", LOOKS, indirect=True)
def test_looks(context: tuple[BrowserContext, int, str], pages: str) -> None:
    """The list and the page of one opportunity are accessible and fit the screen."""
    made, width, language = context
    page = made.new_page()
    page.goto(f"{pages}/opgaver")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("article")).to_have_count(12)
    look(page, width)
    page.get_by_role("link", name="Mørkemåler").click()
    expect(page.locator(".note")).to_have_count(int(language == "en"))
    look(page, width)
    assert page.locator("img").evaluate("(code) => code.naturalWidth") > 0
    page.locator(".top a").click()
    expect(page.locator("html")).to_have_attribute("lang", {"da": "en", "en": "da"}[language])
