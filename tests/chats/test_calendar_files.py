"""Calendar files in the chat: on a reminder, by a link, cancelled, and the personal feed."""

from __future__ import annotations

import re
from typing import Any

import icalendar
from chat_store import ask, opened

from bot.model.commands.links import MakeLink
from bot.model.commands.reminders import (
    EditReminder,
    EndReminder,
    GiveRole,
    RemindMe,
    SetReminder,
)
from bot.model.link import hash_of
from bot.model.participant import CitizenRole
from bot.simulator import TOKEN
from bot.testing import PEOPLE, Chat

WEEKLY = {"recurrence": {"unit": "week", "starts_on": "2026-11-25", "weekdays": [2], "at": "16:00"}}
ONCE = {"recurrence": {"unit": "once", "starts_on": "2026-11-25", "at": "16:00"}}
EVERYONE = {"is": "language", "value": "da"}


def newest_file(chat: Chat, name: str) -> tuple[Any, list[Any]]:
    """Return the calendar and the events of the newest file in a citizen's chat."""
    realm = chat.world.bots[TOKEN].chats[PEOPLE[name][0]]
    documents = [m.body["document"] for m in realm.messages.values() if "document" in m.body]
    content = chat.world.files[documents[-1]["file_id"]].content
    (calendar,) = icalendar.Calendar.from_ical(content, multiple=True)
    return calendar, list(calendar.walk("VEVENT"))


async def participant_of(chat: Chat, name: str) -> int:
    """Return the id of a citizen's participant."""
    async with opened(chat) as store, store.unit() as unit:
        person = await unit.people.by_lane(f"tg:{PEOPLE[name][0]}")
        assert person is not None
        return (await unit.participants.of_person(person.id, person.address)).id


async def forge(chat: Chat, name: str, data: str, number: int) -> None:
    """Send a tap on a button that no message has."""
    user = PEOPLE[name][0]
    sender = {"id": user, "is_bot": False, "first_name": name, "language_code": "da"}
    query = {"id": f"forged-{number}", "from": sender, "chat_instance": "1", "data": data}
    here = {"id": user, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": here}
    store, bot = await chat.open()
    chat.world.inject("callback_query", {**query, "message": message})
    await bot.settle()
    await bot.close()
    await store.close()


async def test_the_file_of_a_reminder(chat: Chat) -> None:
    """A reminder that comes again has a button for its dates; an edit raises their sequence."""
    await chat.play("Jens: /start")
    ambassadors = {"is": "role", "value": "ambassador"}
    await ask(chat, GiveRole(1, await participant_of(chat, "Jens"), CitizenRole.AMBASSADOR))
    set_it = SetReminder(1, {"da": "Mød op ved kiosken."}, WEEKLY, ambassadors, "beach")
    reminder_id = await ask(chat, set_it)
    shown = await chat.play("--- until 2026-11-25 16:05")
    assert "[Til min kalender]" in shown[0]
    (sent,) = await chat.play("Jens: [Til min kalender]")
    assert sent == "Bot: Åbn filen, så kommer datoerne i din kalender."
    calendar, events = newest_file(chat, "Jens")
    assert calendar["METHOD"] == "PUBLISH"
    first = events[0]
    assert first["UID"] == f"reminder-{reminder_id}-2026-12-02@dialog_klintsund_bot.t.me"
    assert first["SUMMARY"] == "Mød op ved kiosken."
    assert first.start.isoformat() == "2026-12-02T15:00:00+00:00"
    assert first["SEQUENCE"] == 0
    assert len(events) == 25
    later = {"recurrence": {**WEEKLY["recurrence"], "at": "17:00"}}
    edited = EditReminder(
        staff_id=1,
        reminder_id=reminder_id,
        version=1,
        texts={"da": "Mød op ved havnen."},
        rule=later,
        audience=ambassadors,
        topic="beach",
    )
    await ask(chat, edited)
    await chat.play("Jens: [Til min kalender]")
    _calendar, events = newest_file(chat, "Jens")
    (changed,) = (one for one in events if one["UID"] == first["UID"])
    assert changed["SEQUENCE"] == 1
    assert changed.start.isoformat() == "2026-12-02T16:00:00+00:00"
    await ask(chat, EndReminder("staff:1", reminder_id))
    (sent,) = await chat.play("Jens: [Til min kalender]")
    assert sent == "Bot: Det er aflyst. Åbn filen, så forsvinder datoerne fra din kalender."
    calendar, events = newest_file(chat, "Jens")
    assert calendar["METHOD"] == "CANCEL"
    (gone,) = (one for one in events if one["UID"] == first["UID"])
    assert gone["SEQUENCE"] > changed["SEQUENCE"]


async def test_ones_own_reminder(chat: Chat) -> None:
    """Ending one's own reminder offers the file that takes its dates out of the calendar."""
    await chat.play("Jens: /start")
    await ask(chat, RemindMe(1, "ring til biblioteket", ONCE))
    (listed,) = await chat.play("Jens: mine påmindelser")
    assert "[Til min kalender]" not in listed
    (shown,) = await chat.play("Jens: [Stop: ring til biblioteket]")
    assert "[Ud af min kalender]" in shown
    await chat.play("Jens: [Ud af min kalender]")
    calendar, (event,) = newest_file(chat, "Jens")
    assert calendar["METHOD"] == "CANCEL"
    assert event["UID"].startswith("reminder-1@")  # the same after another day is chosen


async def test_other_peoples_reminders_stay_closed(chat: Chat) -> None:
    """A forged button opens neither another citizen's reminder nor one for other people."""
    for name in ("Jens", "Samira", "Ana"):
        await chat.play(f"{name}: /start")
    await ask(chat, RemindMe(1, "ring til lægen", WEEKLY))
    await ask(chat, SetReminder(1, {"da": "Mød op."}, WEEKLY, EVERYONE, "beach"))
    for number, about in enumerate(("1", "1.1", "9", "x", "")):
        await forge(chat, "Samira", f":calfile.{about}", number)
        (shown,) = await chat.play("--- 1 minute passes")
        assert shown.startswith("Bot to Samira: Der er ikke flere datoer"), about
    await forge(chat, "Ana", ":calfile.2", 9)  # she reads English, so it is not for her
    (shown,) = await chat.play("--- 1 minute passes")
    assert shown.startswith("Bot to Ana: There are no more dates")


async def test_a_link_counts_what_it_is_for(chat: Chat) -> None:
    """Taking the file counts the link as done, also for a person outside the audience."""
    await chat.play("Ana: /start")
    danish = await ask(chat, SetReminder(1, {"da": "Mød op."}, WEEKLY, EVERYONE, "beach"))
    token = await ask(chat, MakeLink(1, "reminder", danish, "Biblioteket"))
    await chat.play(f"Ana: /start l-{token}")
    await chat.play("Ana: [To my calendar]")
    _calendar, events = newest_file(chat, "Ana")
    assert events[0]["UID"].startswith("reminder-1-2026-11-25@")
    async with opened(chat) as store, store.reading() as unit:
        (link,) = await unit.links.of_staff(9)
    assert (link.started, link.done) == (1, 1)


async def test_the_address_of_a_feed(chat_on_each: Chat) -> None:
    """A citizen gets an address, a new one that replaces it, and turns it off."""
    chat = chat_on_each
    await chat.play("Jens: /start")
    assert (await chat.play("Jens: kalender"))[0].startswith(
        "Bot: Der er ingen kalenderadresser her endnu."
    )
    chat.public_url = "https://klintsund.example/public"
    tokens = []
    for line in ("Jens: /kalender", "Jens: [Ny adresse]"):
        (shown,) = await chat.play(line)
        found = re.search(r"https://klintsund\.example/public/calendar/([\w-]{22})\.ics", shown)
        assert found is not None
        assert "[Slå adressen fra]" in shown
        tokens.append(found[1])
        (known,) = await chat.play("Jens: min kalender")
        assert "siden 23. november 2026" in known
        assert found[1] not in known
    async with opened(chat) as store, store.reading() as unit:
        assert await unit.links.live(hash_of(tokens[0])) is None
        assert await unit.links.live(hash_of(tokens[1])) is not None
    (off,) = await chat.play("Jens: [Slå adressen fra]")
    assert off.startswith("Bot: Adressen til din kalender virker ikke længere.")
    async with opened(chat) as store, store.reading() as unit:
        assert await unit.links.live(hash_of(tokens[1])) is None
