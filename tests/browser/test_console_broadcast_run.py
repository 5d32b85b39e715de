"""News from its beginning on, at the console in chromium: sent, corrected, answered, closed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from broadcast_desk import NEW, OLD, QUESTION
from looks import look
from playwright.sync_api import Browser, Page, expect
from programmes import IN_CHROMIUM
from staffed_site import Site, staffed_site

pytestmark = IN_CHROMIUM
WIDE, NARROW = 1440, 390
PICTURES = os.environ.get("PICTURES_IN", "")  # a folder to keep pictures of the pages in


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a town of three citizens who want news."""
    with staffed_site(tmp_path_factory.mktemp("town")) as made:
        made.run(made.desk.begin("Jens", "Samira", "Karen"))
        yield made


def at(browser: Browser, site: Site, name: str, path: str) -> Page:
    """Open a page of the console as a member of the staff."""
    page = browser.new_context(
        locale="da-DK", viewport={"width": WIDE, "height": 900}, reduced_motion="reduce"
    ).new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{site.address}console/")
    page.get_by_role("button", name=f"Kom ind som {name}").click()
    expect(page.locator("nav.places")).to_be_visible()
    page.goto(f"{site.address}console/{path}")
    return page


def seen(page: Page, name: str, *, again: bool = True) -> None:
    """Check a page; with *again* also on a phone, in the dark, where it is loaded anew."""
    _check(page, name, WIDE)
    browser = page.context.browser
    if again and browser is not None:
        phone = browser.new_context(
            storage_state=page.context.storage_state(),
            viewport={"width": NARROW, "height": 800},
            color_scheme="dark",
            has_touch=True,
            reduced_motion="reduce",
        )
        opened = phone.new_page()
        opened.goto(page.url)
        _check(opened, name, NARROW)
        phone.close()


def _check(page: Page, name: str, width: int) -> None:
    """Check a page of one width; keep a picture where a folder for it is set."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
    look(page, width)


def sure(page: Page, name: str) -> None:
    """Press a button, and the one that asks whether one is sure."""
    page.get_by_role("button", name=name).first.click()
    page.locator("main").get_by_role("button", name=name).first.click()


def test_a_run(browser: Browser, site: Site) -> None:
    """The numbers of a broadcast come without a reload; it is corrected, and gets its outcomes."""
    number = site.run(site.desk.approve(question=QUESTION))
    page = at(browser, site, "Mette", f"broadcasts/{number}")
    site.run(site.desk.staffed.later(seconds=30))
    page.reload()
    expect(page.locator("main")).to_contain_text("3 af 3 er klaret")
    chart = page.locator("main img[src*='chart.svg']")
    assert chart.evaluate("(one) => one.naturalWidth") > 0
    expect(page.get_by_role("table").first).to_be_visible()
    seen(page, "run")
    site.run(site.desk.staffed.says("Jens: [Ja]"))
    expect(page.locator("main")).to_contain_text("1 bidrag mangler svar")  # by a change event
    page.get_by_role("link", name="Se modtagerne").click()
    expect(page.locator("main")).to_contain_text("Samira")
    seen(page, "recipients")
    page.context.close()
    _is_corrected(browser, site, number)
    _gets_outcomes(browser, site, number)


def _is_corrected(browser: Browser, site: Site, number: int) -> None:
    """Mette writes the other text; Lone reads the difference, and approves it."""
    page = at(browser, site, "Mette", f"broadcasts/{number}/correct")
    page.get_by_label("Tekst (Dansk)").fill(NEW)
    seen(page, "correct")
    page.get_by_role("button", name="til godkendelse").click()
    expect(page.locator("main")).to_contain_text("venter på, at en leder godkender den")
    page.context.close()
    leader = at(browser, site, "Lone", f"broadcasts/{number}")
    expect(leader.locator("ins").first).to_be_visible()
    seen(leader, "correction")
    leader.get_by_role("button", name="Godkend rettelsen").click()
    site.run(site.desk.staffed.later(seconds=30))
    leader.reload()
    expect(leader.locator("main")).to_contain_text("3 af 3 beskeder har den rettede tekst")
    expect(leader.locator(".bubble").first).not_to_contain_text(OLD)
    leader.context.close()


def _gets_outcomes(browser: Browser, site: Site, number: int) -> None:
    """The silent are asked a day later; each answer gets an outcome, and the dialogue is closed."""
    site.run(site.desk.staffed.later(days=1))
    page = at(browser, site, "Mette", f"broadcasts/{number}")
    sure(page, "Spørg dem igen")
    site.run(site.desk.staffed.later(seconds=30))
    assert site.run(site.desk.staffed.new_messages()).count("Du har ikke svaret endnu") == 2
    page.get_by_role("link", name="Se, hvad der er svaret").click()
    seen(page, "contributions")
    page.get_by_role("button", name="Giv svar til 1").click()
    page.get_by_label("Delvist brugt").check()
    page.locator("#reasons_da").fill("Vi slår kun stien.")
    page.get_by_role("button", name="Se beskeden").click()
    expect(page.locator(".bubble").first).to_contain_text("Vi slår kun stien.")
    seen(page, "outcome", again=False)
    page.get_by_role("button", name="Giv svaret").click()
    expect(page.locator("main")).to_contain_text("Delvist brugt")
    page.goto(f"{site.address}console/broadcasts/{number}")
    page.get_by_role("button", name="Luk dialogen").click()
    page.get_by_role("button", name="Luk den").click()
    site.run(site.desk.staffed.later(seconds=30))
    assert site.run(site.desk.staffed.new_messages()).count("Følte du dig hørt?") == 1
    page.reload()
    expect(page.locator("main")).to_contain_text("Lukket")
    seen(page, "closed")
    page.context.close()
