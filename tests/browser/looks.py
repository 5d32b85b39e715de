"""How a page of the console is looked at: in every look, by axe, and with a finger in mind."""

from __future__ import annotations

from itertools import pairwise

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

# Every two of: light or dark, narrow or wide, Danish or English.
LOOKS = [
    ("light", 1280, "da"),
    ("dark", 360, "da"),
    ("light", 360, "en"),
    ("dark", 1280, "en"),
]
COME_IN = {"da": "Kom ind som Lone", "en": "Come in as Lone"}
SMALLEST = 44  # px a finger needs
_SMALL = f"""() => [...document.querySelectorAll("button, .button, summary, input, select, nav a")]
  .map((node) => [node, node.getBoundingClientRect()])
  .filter(([node, box]) => box.height > 1 && box.height < {SMALLEST})
  .filter(([node]) => !["checkbox", "radio"].includes(node.type))
  .map(([node]) => node.outerHTML.slice(0, 90))"""


def come_in(page: Page, demo: str, language: str = "da") -> None:
    """Come in as the administrator, by a click."""
    page.goto(f"{demo}console/")
    page.get_by_role("button", name=COME_IN[language]).click()
    expect(page.locator("nav.places")).to_be_visible()


def look(page: Page, width: int) -> None:
    """Hold one page to what all must keep."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    if width < SMALLEST * 10:  # somebody holds it in a hand
        assert page.evaluate(_SMALL) == [], page.url
