"""Audiences in chromium: built with and without scripts, counted while they are built."""

from __future__ import annotations

import os
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
PICTURES = os.environ.get("PICTURES_IN", "")  # a folder to keep pictures of the pages in
NAME = "Ambassadører og frivillige"


def keep(page: Page, name: str) -> None:
    """Keep a picture of a page, where a folder for it is set."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def build(page: Page) -> None:
    """Build: everyone but the silent, and of two kinds of people any."""
    page.locator("[name=who_1]").select_option("seen:")
    page.locator("[name=not_1]").select_option("not")
    page.locator("summary", has_text="Hvornår").first.click()
    page.locator("[name=when_1]").select_option("days")
    page.locator("[name=days_1]").fill("90")
    page.locator("button[value=group]").click()
    expect(page.locator("[name=match_2]")).to_have_value("any")
    page.locator("[name=who_2_1]").select_option("role:ambassador")
    page.locator("button[value='add:2']").click()
    page.locator("[name=who_2_2]").select_option("volunteer:")


def test_an_audience_is_built_without_javascript(demo: str, browser: Browser) -> None:
    """Buttons change the form on the server, which keeps all that was chosen."""
    page = browser.new_context(locale="da-DK", java_script_enabled=False).new_page()
    page.set_default_timeout(PATIENCE)
    looks.come_in(page, demo)
    page.goto(f"{demo}console/audiences/new")
    page.get_by_label("Målgruppens navn").fill("Kort")
    build(page)
    expect(page.locator("[name=days_1]")).to_have_value("90")
    page.get_by_role("button", name="Tæl").click()
    expect(page.locator(".found")).to_contain_text("er med")
    expect(page.locator(".found")).to_contain_text(
        "(alle ambassadører og frivillige), som ikke har været i chatten de seneste 90 dage"
    )
    page.get_by_role("button", name="Fjern linjen Linje 2.2").click()
    expect(page.locator("[name=who_2_2]")).to_have_count(0)
    page.get_by_role("button", name="Fjern gruppen").click()
    page.get_by_label("Målgruppens navn").press("Enter")  # saves, and presses no other button
    expect(page.get_by_role("heading", level=1)).to_have_text("Gemte målgrupper")
    expect(page.locator("main")).to_contain_text("Kort")
    page.get_by_role("link", name="Kort").click()
    page.get_by_role("button", name="Slet målgruppen").click()
    page.locator("main button.solid").click()
    expect(page.locator("main")).not_to_contain_text("Kort")
    page.context.close()


def test_an_audience_is_built_and_counted_live(demo: str, page: Page) -> None:
    """Lines come and go on the page, the time is there where it is of use, and people counted."""
    looks.come_in(page, demo)
    page.goto(f"{demo}console/reminders/new")
    page.get_by_label("Tekst på dansk").fill("Husk mødet")
    page.locator("[name=topic]").select_option("traffic")
    searched, listed = page.locator("[name=audience_find]"), "[name=who_1] option:not([hidden])"
    searched.fill("ørbakke")
    expect(page.locator(listed, has_text="Ørbakke").first).to_be_attached()
    assert page.locator(listed).count() < 10
    searched.press("Enter")  # does not send the form
    page.locator("[name=who_1]").select_option("area:oerbakke")
    searched.fill("")
    assert page.locator(listed).count() > 20
    expect(page.locator(".found")).to_contain_text("kan få den")
    expect(page.locator(".box.line details").first).to_be_hidden()
    expect(page.locator(".found")).to_contain_text("alle i Ørbakke")
    build(page)
    expect(page.locator("[name=who_2_2]")).to_be_visible()
    expect(page.locator("[name=first_1]")).to_be_hidden()
    expect(page.locator(".found")).to_contain_text("som ikke har været i chatten")
    expect(page.locator("[name=text_da]")).to_have_value("Husk mødet")
    page.locator("button[value='remove:2_1']").click()
    expect(page.locator("[name=who_2_2]")).to_have_count(0)
    expect(page.locator("[name=who_2_1]")).to_have_value("volunteer:")
    page.locator("button[value='add']").click()
    expect(page.locator("[name=who_3]")).to_be_focused()
    page.locator("[name=who_3]").select_option("everyone")
    page.locator("summary", has_text="Gem målgruppen").click()
    page.get_by_label("Målgruppens navn").fill(NAME)
    page.get_by_role("button", name="Gem den").click()
    expect(page.locator("body")).to_contain_text(f"Målgruppen “{NAME}” er gemt.")
    expect(page.locator("[name=text_da]")).to_have_value("Husk mødet")
    expect(page.locator("[name=who_2_1]")).to_have_value("volunteer:")


@pytest.mark.parametrize("context", LOOKS, indirect=True, ids=str)
def test_nothing_is_in_the_way(demo: str, context: tuple[BrowserContext, int, str]) -> None:
    """The pages of audiences pass axe, fit the screen, and have large enough touch targets."""
    opened, width, language = context
    page = opened.new_page()
    page.set_default_timeout(PATIENCE)
    looks.come_in(page, demo, language)
    page.goto(f"{demo}console/audiences")
    look(page, width)
    keep(page, f"audiences-{width}-{language}")
    page.goto(f"{demo}console/audiences/new")
    look(page, width)
    page.locator("[name=who_1]").select_option("checked:")
    page.locator("summary").filter(has_text="Hvornår" if language == "da" else "When").click()
    page.locator("[name=when_1]").select_option("month")
    page.locator("button[value=group]").click()
    page.locator("[name=who_2_1]").select_option("role:ambassador")
    page.locator("button[value='group:2']").click()
    page.locator("[name=who_2_2_1]").select_option("area:oerbakke")
    page.locator("button[value='add:2_2']").click()
    page.locator("[name=who_2_2_2]").select_option("area:tangoe")
    expect(page.locator(".found")).to_contain_text("Tangø")
    look(page, width)
    keep(page, f"audience-{width}-{language}")
