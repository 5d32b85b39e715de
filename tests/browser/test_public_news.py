"""The public archive of news in a browser, on a phone and on a wide screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from looks import look
from PIL import Image
from playwright.sync_api import BrowserContext, expect
from programmes import IN_CHROMIUM
from public_site import served

from bot.model.broadcast import BROADCAST, Broadcast, BroadcastState
from bot.model.outcome import Contribution, ContributionKind
from bot.model.person import Person
from bot.store.unit import Unit

pytestmark = IN_CHROMIUM
LOOKS = [("light", 1440, "da"), ("dark", 390, "en"), ("light", 390, "da"), ("dark", 1440, "en")]
AUDIENCE = {"is": "everyone", "value": ""}


async def fill(unit: Unit) -> None:
    """Make a correction, a warning, a picture, and a dialogue that is closed."""
    drawn = BytesIO()
    Image.new("RGB", (800, 450), "seagreen").save(drawn, "JPEG")
    file_id = await unit.files.add("eng.jpg", "image/jpeg", drawn.getvalue())

    async def add(title: str, texts: dict[str, str], **fields: Any) -> int:
        values = {
            "topic": "nature",
            "state": BroadcastState.SENT,
            "began_at": unit.now,
            "ended_at": unit.now,
            **fields,
        }
        made = Broadcast(0, title, texts, audience=AUDIENCE, **values)
        return int(await unit.broadcasts.add(made))

    await add(
        "Engen slås",
        {"da": "Engen slås lørdag.\n\nTag en rive med.", "en": "The meadow is mown on Saturday."},
        corrected_at=unit.now + timedelta(hours=1),
        media={"kind": "photo", "name": "eng.jpg", "alt": "En eng"},
        file_id=file_id,
        buttons=[{"opens": "intent", "value": "menu", "labels": {"da": "Åbn chatten"}}],
    )
    await add("Storm", {"da": "Bliv inde i nat."}, topic="warnings", is_warning=True)
    asked = await add(
        "Hvor skal stien gå?",
        {"da": "Hvor skal stien gå?", "en": "Where should the path go?"},
        question={"options": [], "own_words": True},
        decider="Miljøudvalget",
        agenda_url="https://klintsund.example/dagsorden",
        state=BroadcastState.CLOSED,
    )
    for number in range(12):
        new = Person(0, f"tg:{number}", number, "da", "Bo", unit.now, 1)
        person = (await unit.people.add(new)).id
        verdict, why = ("used", "Vi gør stien bredere.") if number < 6 else ("not_used", "Nej.")
        said = Contribution(
            id=0,
            kind=ContributionKind.ANSWER,
            subject_kind=BROADCAST,
            subject_id=asked,
            participant_id=(await unit.participants.of_person(person)).id,
            theme="nature",
            words="Bag skolen",
            verdict=verdict,
            reasons={"da": why},
            decided_by="Miljøudvalget",
            decided_at=unit.now,
        )
        await unit.contributions.add(said)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the archive; the value is its address."""
    with served(tmp_path_factory.mktemp("town"), fill) as address:
        yield address


@pytest.mark.parametrize("context", LOOKS, indirect=True)
@pytest.mark.parametrize("path", ["", "/1", "/3"])
def test_looks(context: tuple[BrowserContext, int, str], pages: str, path: str) -> None:
    """The list, news with a picture and a dialogue are accessible and fit the screen."""
    made, width, language = context
    page = made.new_page()
    page.goto(f"{pages}/nyheder{path}")
    expect(page.locator("html")).to_have_attribute("lang", language)
    look(page, width)
    for picture in page.locator("img").all():
        assert picture.evaluate("(one) => one.naturalWidth") > 0
    page.locator(".top a").click()
    expect(page.locator("html")).to_have_attribute("lang", {"da": "en", "en": "da"}[language])


@pytest.mark.parametrize("context", [("light", 390, "da")], indirect=True)
def test_outcomes_by_keyboard(context: tuple[BrowserContext, int, str], pages: str) -> None:
    """By the keyboard and without scripts, in less than a second: to a dialogue and back."""
    made, _width, _language = context
    page = made.new_page()
    page.goto(f"{pages}/nyheder")
    expect(page.locator("script")).to_have_count(0)
    took = page.evaluate("() => performance.getEntriesByType('navigation')[0].duration")
    assert took < 1000
    page.get_by_role("link", name="Hvor skal stien gå?").press("Enter")
    expect(page.get_by_role("heading", level=2)).to_have_text("Dialog D-3")
    expect(page.locator("main")).to_contain_text("Brugt. Vi gør stien bredere.")
    expect(page.locator("main")).to_contain_text("12 har svaret.")
    page.get_by_role("link", name="Alt nyt").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nyt fra")
