"""Links: what a deep link opens, its counts, and that a revoked one opens nothing."""

from __future__ import annotations

import re

from chat_store import ask, opened
from sqlalchemy import select

from bot.engine.events import Refused
from bot.model.commands.links import MakeFeed, MakeLink, RevokeFeed, RevokeLink
from bot.model.commands.reminders import EndReminder, SetReminder
from bot.model.link import LINK_PAYLOAD, deep_link, hash_of
from bot.store.alerts import Subject
from bot.store.links import StaffLink
from bot.store.tables import link
from bot.testing import Chat

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
WEEKLY = {"recurrence": {"unit": "week", "starts_on": "2026-11-25", "weekdays": [2], "at": "16:00"}}


async def links_of(chat: Chat, reminder_id: int) -> list[StaffLink]:
    """Return the links to a reminder."""
    async with opened(chat) as store, store.reading() as unit:
        return await unit.links.of_staff(9, subject=Subject("reminder", reminder_id))


async def shared_reminder(chat: Chat) -> int:
    """Let Mette set a reminder for all citizens."""
    await chat.play("Jens: /start")
    everyone = {"is": "language", "value": "da"}
    made = await ask(
        chat,
        SetReminder(
            1, {"da": "Affald på stranden, mød op ved kiosken."}, WEEKLY, everyone, "beach"
        ),
    )
    assert isinstance(made, int), made
    return made


async def test_a_link_opens_its_subject(chat_on_each: Chat) -> None:
    """A deep link shows the reminder, a revoked and an unknown link show the menu."""
    chat = chat_on_each
    reminder_id = await shared_reminder(chat)
    token = await ask(chat, MakeLink(1, "reminder", reminder_id, "Biblioteket"))
    address = deep_link("https://t.me/dialog_klintsund_bot", token)
    payload = address.partition("?start=")[2]
    assert PAYLOAD.fullmatch(payload)
    assert payload == LINK_PAYLOAD + token
    (shown,) = await chat.play(f"Jens: /start {payload}")
    assert "Affald på stranden, mød op ved kiosken." in shown
    assert "Næste gang: onsdag d. 25. november kl. 16" in shown
    assert "[Mind mig om det]" in shown
    (asked,) = await chat.play("Jens: [Mind mig om det]")
    asked = " ".join(asked.replace("\n   |", "").split())
    assert "Affald på stranden, mød op ved kiosken onsdag d. 25. november kl. 15." in asked
    (kept,) = await chat.play("Jens: ja")
    assert kept.startswith("Bot: Jeg har noteret det.")
    await chat.play(f"Samira: /start {payload}")
    (made,) = await links_of(chat, reminder_id)
    assert (made.opened, made.started, made.done) == (0, 2, 0)
    await ask(chat, RevokeLink(1, made.id))
    revoked = await chat.play(f"Jens: /start {payload}")
    unknown = await chat.play("Jens: /start l-AAAAAAAAAAAAAAAAAAAAAA")
    assert revoked == unknown
    assert revoked[0] == "Bot: Det link gælder ikke længere. Her er menuen."
    assert (await links_of(chat, reminder_id))[0].started == 2
    assert isinstance(await ask(chat, RevokeLink(1, made.id)), Refused)


async def test_a_link_says_when_the_event_begins(chat: Chat) -> None:
    """A link to what prepares an event names the event's time, without the lead of a message."""
    await chat.play("Jens: /start")
    before = {**WEEKLY, "before": {"amount": -1, "span": "day", "at": "12:00"}}
    texts, everyone = {"da": "Mød op ved kiosken."}, {"is": "language", "value": "da"}
    made = await ask(chat, SetReminder(1, texts, before, everyone, "beach", prepares=True))
    token = await ask(chat, MakeLink(1, "reminder", made, "Kiosken"))
    (shown,) = await chat.play(f"Jens: /start l-{token}")
    assert shown.startswith("Bot: Mød op ved kiosken.")
    assert "Næste gang: onsdag d. 25. november kl. 16" in shown
    await chat.play("--- until 2026-11-24 13:00")
    (shown,) = await chat.play(f"Jens: /start l-{token}")
    assert "Næste gang: onsdag d. 25. november kl. 16" in shown


async def test_a_link_to_an_ended_reminder(chat: Chat) -> None:
    """A link whose subject has ended opens nothing, and staff cannot make one."""
    reminder_id = await shared_reminder(chat)
    token = await ask(chat, MakeLink(1, "reminder", reminder_id, "Biblioteket"))
    await ask(chat, EndReminder("staff:1", reminder_id))
    shown = await chat.play(f"Jens: /start l-{token}")
    assert shown[0] == "Bot: Det link gælder ikke længere. Her er menuen."
    assert isinstance(await ask(chat, MakeLink(1, "reminder", reminder_id, "Biblioteket")), Refused)
    assert isinstance(await ask(chat, MakeLink(1, "case", 1, "Biblioteket")), Refused)


async def test_only_the_hash_is_stored(chat: Chat) -> None:
    """The table holds the hash of the token; a new feed revokes the earlier one."""
    await chat.play("Jens: /start")
    first = await ask(chat, MakeFeed(1))
    second = await ask(chat, MakeFeed(1))
    async with opened(chat) as store, store.reading() as unit:
        query = select(link).order_by(link.c.id)
        rows = (await unit.connection.execute(query)).mappings().all()
        assert await unit.links.live(hash_of(first)) is None
        assert await unit.links.live(hash_of(second)) is not None
    assert [row["token_hash"] for row in rows] == [hash_of(first), hash_of(second)]
    assert not any(token in str(rows) for token in (first, second))
    await ask(chat, RevokeFeed(1))
    assert isinstance(await ask(chat, RevokeFeed(1)), Refused)
    shown = await chat.play(f"Jens: /start l-{second}")
    assert shown[0] == "Bot: Det link gælder ikke længere. Her er menuen."
