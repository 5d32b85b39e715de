"""The public pages of pledges in a browser, on a phone and on a wide screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from looks import look
from playwright.sync_api import BrowserContext, expect
from programmes import IN_CHROMIUM
from public_site import served

from bot.engine.events import Done
from bot.model.commands.pledges import (
    AddCampaign,
    AnswerOutcome,
    ApproveCampaign,
    BeginPledging,
    GroupContributions,
    MakePledge,
    SignCampaign,
    SubmitCampaign,
    TellObstacle,
)
from bot.model.commands.reminders import AddGroup, JoinGroup
from bot.model.person import Person
from bot.model.pledge import PER_UNIT
from bot.service import execute
from bot.service.pledges.totals import publish
from bot.store.unit import Unit

pytestmark = IN_CHROMIUM
LOOKS = [("light", 1440, "da"), ("dark", 390, "en"), ("light", 390, "da"), ("dark", 1440, "en")]
METTE, JONAS = 1, 2


async def ask(unit: Unit, command: Any) -> Any:
    """Execute a command and return its value."""
    done = await execute(command, unit)
    assert isinstance(done, Done), done
    return done.value


async def fill(unit: Unit) -> None:
    """Make something for every part of the page."""
    fields = {
        "titles": {"da": "Sluk havnens lys"},
        "texts": {"da": "Jeg slukker mit udelys kl. 22, hvis nitten andre også gør det."},
        "theme": "night",
        "target": 20,
        "deadline": unit.now.date() + timedelta(days=30),
        "measure": "lamps",
        "amount": 2 * PER_UNIT,
        "counter": {"da": "Vi slukker lyset på havnen.", "en": "We turn off the harbour."},
        "counter_on": unit.now.date() + timedelta(days=40),
        "counter_staff_id": METTE,
    }
    shared = await ask(unit, AddCampaign(METTE, fields, None))
    ended = await ask(unit, AddCampaign(METTE, {**fields, "target": 2}, None))
    for one in (shared, ended):
        await ask(unit, SubmitCampaign(METTE, one))
        await ask(unit, ApproveCampaign(JONAS, one, 1))
    club = await ask(unit, AddGroup(METTE, "Klintsund Kajakklub", "association"))
    entries = {one.code: one.id for one in await unit.catalogue.published()}
    said = []
    for number in range(1, 13):
        area = "klintsund" if number % 2 else "oerbakke"
        name = "محمد" if number == 1 else f"Borger{number}"
        new = Person(0, f"tg:{number}", number, "da", name, unit.now, 1, area=area)
        person = (await unit.people.add(new)).id
        await ask(unit, BeginPledging(person, over_15=True))
        seen = {1: "named", 2: "unnamed"}.get(number, "private")
        made = await ask(unit, MakePledge(person, entries["L1"], visibility=seen))
        said.append(await ask(unit, TellObstacle(person, made["pledge_id"], words="Plads")))
        await ask(unit, MakePledge(person, entries["L4"], already=True))
        await ask(unit, SignCampaign(person, shared))
        if number == 3:
            lead = await unit.participants.of_person(person, name)
            await ask(unit, JoinGroup(METTE, club, lead.id, is_lead=True))
            await ask(unit, MakePledge(person, entries["L5"], group_id=club, visibility="named"))
    result = {"asked": 12, "answered": 8, "done": 6, "partly": 1, "not": 1}
    await unit.campaigns.change(ended, state="completed", result=result)
    title, answer = {"da": "Der mangler skure"}, {"da": "Vi sætter to skure op i maj."}
    group = await ask(unit, GroupContributions(METTE, said, title=title["da"]))
    await ask(unit, AnswerOutcome(METTE, group, 1, title, answer, decided_by="Teknisk udvalg"))
    await publish(unit)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the public pages of a town with pledges."""
    with served(tmp_path_factory.mktemp("pledges"), fill) as address:
        yield address


@pytest.mark.parametrize("context", LOOKS, indirect=True)
def test_looks(context: tuple[BrowserContext, int, str], pages: str) -> None:
    """The list and the page of a shared pledge are accessible and fit the screen."""
    made, width, language = context
    page = made.new_page()
    page.goto(f"{pages}/lofter")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("table")).to_have_count(1)
    expect(page.locator("progress")).to_have_count(1)
    look(page, width)
    page.get_by_role("link", name="Sluk havnens lys").first.click()
    expect(page.locator(".note")).to_have_count(int(language == "en"))
    look(page, width)
    assert page.locator("img").evaluate("(code) => code.naturalWidth") > 0
    page.locator(".top a").click()
    expect(page.locator("html")).to_have_attribute("lang", {"da": "en", "en": "da"}[language])


@pytest.mark.parametrize("context", [("light", 390, "da")], indirect=True)
def test_without_scripts(context: tuple[BrowserContext, int, str], pages: str) -> None:
    """The page is complete without JavaScript, and loads in less than a second."""
    made, _width, _language = context
    page = made.new_page()
    page.goto(f"{pages}/lofter")
    expect(page.locator("script")).to_have_count(0)
    took = page.evaluate("() => performance.getEntriesByType('navigation')[0].duration")
    assert took < 1000
