"""The pages of groups and participants: members, roles, and what will reach somebody."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from console_browser import Browser, employ

from bot.engine.events import Done
from bot.model.audience import (
    ROLE,
    Audience,
    Is,
    to_json,
)
from bot.model.commands.reminders import MuteTopic, RemindMe, SetReminder
from bot.model.person import Person
from bot.model.staff import Staff
from bot.service import execute
from bot.store.store import Store

ALL, AMBASSADORS = Is("everyone"), Is(ROLE, "ambassador")


def said(page: str) -> str:
    """Return a page's text without tags, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff."""
    return await employ(town)


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


async def add_citizen(town: Store, name: str, number: int = 501) -> int:
    """Add a citizen in the chat. Return the participant."""
    async with town.unit() as unit:
        person = await unit.people.add(
            Person(0, f"tg:{number}", number, "da", name, notice_at=unit.now, notice_version=1)
        )
        return (await unit.participants.of_person(person.id, name)).id


async def remind(town: Store, staff: Staff, audience: Audience = ALL, **changed: object) -> int:
    """Set a reminder for every day at 10, from tomorrow. Return its id."""
    async with town.unit() as unit:
        starts_on = (unit.calendar.local(unit.now).date() + timedelta(days=1)).isoformat()
        fields = {
            "texts": {"da": "Husk cyklen på lørdag"},
            "rule": {"recurrence": {"unit": "day", "starts_on": starts_on, "at": "10:00"}},
            "audience": to_json(audience),
            "topic": "traffic",
            **changed,
        }
        done = await execute(SetReminder(staff.id, **fields), unit)
    assert isinstance(done, Done), done
    return int(done.value)


async def test_a_group_and_its_members(town: Store, staff: Browser) -> None:
    """A group gets members found by name; a lead must be in the chat; it can be ended."""
    aase = await add_citizen(town, "Åse")
    made = await staff.post("groups/new", {"name": "Cykelgruppen", "kind": "team", "area": ""})
    path = made.headers["Location"].removeprefix("/console/")
    entered = await staff.post("participants/new", {"first_name": "Inger", "phone": "12345678"})
    inger = int(entered.headers["Location"].rpartition("/")[2])
    found = said(await staff.read(f"{path}/add?q=åse"))
    assert "Åse" in found
    assert "Inger" not in found
    for one in (aase, inger):
        await staff.post(f"{path}/join", {"participant": one, "lead": ""})
    await staff.post(f"{path}/join", {"participant": aase, "lead": "yes"})
    await staff.post(f"{path}/join", {"participant": inger, "lead": "yes"})
    assert "og Inger er ikke i den" in said(await staff.read(path))
    assert "2 medlemmer · 1 leder" in said(await staff.read("groups"))
    await staff.post(f"{path}/leave", {"participant": inger})
    assert "1 medlem · 1 leder" in said(await staff.read("groups"))
    assert "Åse" in await staff.read(path)
    await staff.post(f"{path}/end")
    assert "Cykelgruppen" not in said(await staff.read("groups"))
    assert (await staff.get(f"{path}/add")).status == 404


@pytest.mark.parametrize(
    ("path", "form", "why"),
    [
        ("groups/new", {"name": " ", "kind": "team"}, "Skriv gruppens navn."),
        ("groups/new", {"name": "Cyklerne", "kind": "band"}, "Vælg, hvad det er for en gruppe."),
        ("participants/new", {"first_name": "Bo", "phone": "12"}, "telefonnummer"),
        ("participants/new", {"first_name": "Bo 070761-4285", "phone": "12345678"}, "CPR"),
    ],
)
async def test_a_refused_form(staff: Browser, path: str, form: dict[str, str], why: str) -> None:
    """A refused form names the reason and keeps what was written."""
    got = await staff.post(path, form)
    assert got.status == 422
    assert why in said(await got.text())


async def test_a_role_is_given_and_ended(town: Store, staff: Browser) -> None:
    """A participant's page shows each role with when it was given and ended."""
    path = f"participants/{await add_citizen(town, 'Samira')}"
    await staff.post(f"{path}/roles/give", {"role": "ambassador"})
    assert "Ambassadør siden" in said(await staff.read(path))
    await staff.post(f"{path}/roles/give", {"role": "ambassador"})
    assert "har allerede den rolle" in said(await staff.read(path))
    await staff.post(f"{path}/roles/end", {"role": "ambassador"})
    assert re.search("Ambassadør siden .* til ", said(await staff.read(path)))
    assert (await staff.post(f"{path}/roles/give", {"role": "king"})).status == 400


async def test_what_will_reach_somebody(town: Store, staff: Browser, mette: Staff) -> None:
    """The page says when each message comes, why it is moved, and why another does not come."""
    samira = await add_citizen(town, "Samira")
    path = f"participants/{samira}"
    await remind(town, mette, texts={"da": "Nyt om vejen"})
    await staff.post(f"{path}/roles/give", {"role": "ambassador"})
    async with town.unit() as unit:
        early = (unit.calendar.local(unit.now) + timedelta(days=1)).date().isoformat()
    once = {"recurrence": {"unit": "once", "starts_on": early, "at": "05:00"}}
    await remind(town, mette, AMBASSADORS, texts={"da": "Mød op kl. 9"}, rule=once)
    page = said(await staff.read(path))
    reaching, _heading, not_reaching = page.partition("Det får borgeren ikke")
    assert "Mød op kl. 9" in reaching
    assert "flyttet på grund af stille timer" in reaching
    assert "Nyt om vejen" not in reaching.partition("Det får borgeren")[2]
    assert "intet samtykke" in not_reaching
    async with town.unit() as unit:
        person = await unit.participants.get(samira)
        assert person is not None
        assert person.person_id is not None
        await execute(MuteTopic(person.person_id, "*", unit.now + timedelta(days=40)), unit)
    page = said(await staff.read(path))
    assert "holder pause" in page.partition("Det får borgeren ikke")[2]
    assert "Alt til" in page


async def test_news_beyond_the_limit(town: Store, staff: Browser, mette: Staff) -> None:
    """The third news of a week is withheld where it is too late in the next week."""
    samira = await add_citizen(town, "Samira")
    async with town.unit() as unit:
        participant = await unit.participants.get(samira)
        assert participant is not None
        assert participant.person_id is not None
        await unit.consents.give(participant.person_id, "news:traffic", 1, "da")
    await remind(town, mette)
    page = said(await staff.read(f"participants/{samira}"))
    reaching, _heading, not_reaching = page.partition("Det får borgeren ikke")
    assert "Husk cyklen på lørdag" in reaching
    assert "ugen havde allerede to" in not_reaching


async def test_own_words_stay_own(town: Store, staff: Browser) -> None:
    """Staff see how many reminders a citizen set, but not their words or times."""
    samira = await add_citizen(town, "Samira")
    async with town.unit() as unit:
        participant = await unit.participants.get(samira)
        assert participant is not None
        assert participant.person_id is not None
        day = (unit.calendar.local(unit.now) + timedelta(days=2)).date().isoformat()
        rule = {"recurrence": {"unit": "once", "starts_on": day, "at": "12:00"}}
        done = await execute(RemindMe(participant.person_id, "hente pillerne", rule), unit)
    assert isinstance(done, Done)
    page = said(await staff.read(f"participants/{samira}"))
    assert "pillerne" not in page
    assert "1 påmindelse, som borgeren selv har sat" in page
    assert "25. november" not in page
    assert "kl. 12" not in page


async def test_a_known_number_leads_to_the_known_one(staff: Browser) -> None:
    """The same number warns, with a link, also written otherwise; another person may have it."""
    poul = {"first_name": "Poul", "phone": "20304050"}
    entered = await staff.post("participants/new", poul)
    path = entered.headers["Location"].removeprefix("/console/")
    got = await staff.post("participants/new", {**poul, "phone": "+45 20 30 40 50"})
    assert got.status == 422
    page = await got.text()
    assert "Poul har det nummer i forvejen." in said(page)
    assert f'href="/console/{path}"' in page
    another = {"first_name": "Inger", "phone": "+4520304050", "is_another": "yes"}
    entered = await staff.post("participants/new", another)
    other = entered.headers["Location"].removeprefix("/console/")
    assert "20 30 40 50" in said(await staff.read(other))


async def test_somebody_who_was_entered(town: Store, staff: Browser, mette: Staff) -> None:
    """The name and phone are changed, a group is joined, and deleting takes both out."""
    entered = await staff.post("participants/new", {"first_name": "Paul", "phone": "20304050"})
    path = entered.headers["Location"].removeprefix("/console/")
    assert "Paul" in await staff.read(f"{path}/edit")
    assert (await staff.post(f"{path}/edit", {"first_name": "Poul", "phone": "1"})).status == 422
    await staff.post(f"{path}/edit", {"first_name": "Poul", "phone": "20304051"})
    assert "20 30 40 51" in said(await staff.read(path))
    made = await staff.post("groups/new", {"name": "Cyklerne", "kind": "team", "area": ""})
    group = made.headers["Location"].removeprefix("/console/")
    await staff.post(f"{path}/join", {"group": group.rpartition("/")[2]})
    assert "Poul" in said(await staff.read(group))
    reminder = await remind(town, mette)
    await staff.post(f"{path}/end")
    assert "Poul" not in said(await staff.read("participants"))
    assert "Poul" not in said(await staff.read(group))
    assert "Slettet" in said(await staff.read(path))
    assert (await staff.get(f"{path}/edit")).status == 404
    assert "Ingen får den" in said(await staff.read(f"reminders/{reminder}"))
    samira = await add_citizen(town, "Samira")
    assert (await staff.get(f"participants/{samira}/edit")).status == 404
    await staff.post(f"participants/{samira}/end")
    assert "Samira" in said(await staff.read("participants"))
