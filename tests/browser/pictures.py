"""Take the pictures of the console that docs/console.md shows: `python tests/browser/pictures.py`.

They show the demo in chromium. They have 48 colours, enough to see a page's layout,
so that the files stay small.
"""

from __future__ import annotations

import io
from pathlib import Path

from looks import come_in
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright
from programmes import CHROMIUM, FLAGS, started

DOCS = Path(__file__).parents[2] / "docs" / "console"
COLOURS = 48
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
PAGES = {
    "list": "cases/all",
    "case": "cases/1004",
    "search": "search?q=vejen",
    "tasks": "tasks",
    "reminders": "reminders",
    "reminder": "reminders/1",
    "outgoing": "outgoing",
    "groups": "groups",
    "group": "groups/1",
    "links": "links",
    "alerts": "alerts",
    "new-case": "cases/new",
    "faq": "faq",
    "faq-entry": "faq/F2",
    "faq-versions": "faq/F2/versions",
    "missed": "missed",
    "staff": "staff",
    "audit": "audit",
    "account": "account",
}


# The coordinator sees certificates, too. The demo imports the tasks in the order of their codes.
VOLUNTEERING = {
    "opportunities": "opportunities",
    "opportunity": "opportunities/4",
    "requests": "opportunities/2",
    "gates": "gates",
    "import": "opportunities/import",
}
NEXT_WALK = "opportunities/10"


def keep(page: Page, name: str) -> None:
    """Save a screenshot of the visible part of a page."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(DOCS / f"{name}.png", optimize=True)


def take(demo: str) -> None:
    """Visit the console's pages as its leader, wide and then narrow."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = browser.new_page(viewport=WIDE, locale="da-DK", reduced_motion="reduce")
        page.goto(f"{demo}console/")
        keep(page, "sign-in")
        come_in(page, demo)
        for name, path in PAGES.items():
            page.goto(f"{demo}console/{path}")
            keep(page, name)
        page.goto(f"{demo}console/cases/1003")
        page.locator("#answer-text").fill(
            "Vi fylder hullet torsdag d. 3. december. Det er Vej og Park, der gør det."
        )
        expect(page.locator("#answer .bubble")).to_contain_text("Vi fylder hullet")
        page.locator("#answer").scroll_into_view_if_needed()
        page.locator("#answer .bubble").scroll_into_view_if_needed()
        keep(page, "answer")
        page.set_viewport_size(NARROW)
        for name, path in (("list", "cases/all"), ("case", "cases/1004")):
            page.goto(f"{demo}console/{path}")
            keep(page, f"{name}-narrow")
        show_volunteering(browser.new_page(viewport=WIDE, locale="da-DK"), demo)
        browser.close()


def show_volunteering(page: Page, demo: str) -> None:
    """Visit the pages of volunteering as the coordinator; the next walk has a volunteer at risk."""
    page.goto(f"{demo}console/")
    page.get_by_role("button", name="Kom ind som Aisha").click()
    expect(page.locator("nav.places")).to_be_visible()
    for name, path in VOLUNTEERING.items():
        page.goto(f"{demo}console/{path}")
        keep(page, name)
    page.goto(f"{demo}console/{NEXT_WALK}")
    page.locator(".rows a[href*='/shifts/']").first.click()
    expect(page.get_by_role("heading", name="Usikre")).to_be_visible()
    keep(page, "shift")
    page.set_viewport_size(NARROW)
    keep(page, "shift-narrow")
    page.locator("a", has_text="Birthe").click()
    page.set_viewport_size(WIDE)
    keep(page, "volunteer")


if __name__ == "__main__":
    DOCS.mkdir(exist_ok=True)
    with started("demo") as address:
        take(address)
