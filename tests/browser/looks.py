"""Checks of a console page in every look: axe, width, headings and touch targets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

# Light or dark, wide or narrow, Danish or English. The slow runs add further combinations.
LOOKS = [
    ("light", 1280, "da"),
    ("dark", 360, "en"),
    pytest.param(("dark", 1440, "da"), marks=pytest.mark.slow),
    pytest.param(("light", 360, "da"), marks=pytest.mark.slow),
    pytest.param(("light", 1440, "en"), marks=pytest.mark.slow),
]
COME_IN = {"da": "Kom ind som Lone", "en": "Come in as Lone"}
NAMES = {"da": "Dansk", "en": "English"}
SMALLEST = 44  # px, the minimum height of a touch target
_AXE = Axe().axe_script
_LOOK = f"""async () => {{
  const found = await axe.run(document, {{ resultTypes: ["violations"], preload: false }});
  const touched = document.querySelectorAll("button, .button, summary, input, select, nav a");
  return {{
    wrong: found.violations.map((one) => [one.id, one.nodes[0].html]),
    twice: [...document.querySelectorAll("[id]")]
      .map((node) => node.id)
      .filter((id, n, all) => all.indexOf(id) !== n),
    searched: document.querySelector(".bar-search input")?.value ?? "",
    width: document.documentElement.scrollWidth,
    levels: [...document.querySelectorAll("h1, h2, h3, h4")].map((h) => +h.tagName[1]),
    small: [...touched]
      .map((node) => [node, node.getBoundingClientRect().height])
      .filter(([node, height]) => height > 1 && height < {SMALLEST})
      .filter(([node]) => !["checkbox", "radio"].includes(node.type))
      .map(([node]) => node.outerHTML.slice(0, 90)),
  }};
}}"""


def come_in(page: Page, demo: str, language: str = "da") -> None:
    """Sign in as the demo's administrator with one click, in *language*."""
    page.goto(f"{demo}console/")
    page.get_by_role("button", name=COME_IN[language]).click()
    expect(page.locator("nav.places")).to_be_visible()
    if page.locator("html").get_attribute("lang") != language:
        page.goto(f"{demo}console/account")
        page.get_by_role("button", name=NAMES[language]).click()
        expect(page.locator("html")).to_have_attribute("lang", language)


def look(page: Page, width: int) -> None:
    """Assert the rules that every page must keep: axe, unique ids, width, headings."""
    page.evaluate(_AXE)
    found = page.evaluate(_LOOK)
    assert found["wrong"] == [], page.url
    assert found["twice"] == [], page.url
    assert found["searched"] in page.url, page.url
    assert found["width"] <= width, page.url
    assert found["levels"][0] == 1
    assert all(after <= before + 1 for before, after in pairwise(found["levels"]))
    if width < SMALLEST * 10:  # phones: the page must be usable by touch
        assert found["small"] == [], page.url
