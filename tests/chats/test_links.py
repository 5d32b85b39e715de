"""Links: what a deep link opens, its counts, and that a revoked one opens nothing."""

from __future__ import annotations

import re

from chat_store import ask, opened
from sqlalchemy import select
from test_calendar_files import forge

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


async def next_of(chat: Chat, code: str) -> tuple[int, int]:
    """Return the ids of an opportunity and of its next shift."""
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.opportunities.of_code(code)
        assert known is not None
        coming = await unit.shifts.of([known.id], after=unit.now, limit=1)
    return known.id, coming[0].id if coming else 0


async def used(chat: Chat, subject: Subject) -> tuple[int, int]:
    """Return how often the newest link to a subject was opened in the chat, and led to more."""
    async with opened(chat) as store, store.reading() as unit:
        made = (await unit.links.of_staff(1, subject=subject))[0]
    return made.started, made.done


async def test_a_link_to_a_task_counts_sign_ups(chat_on_each: Chat) -> None:
    """A poster's link shows the task with its dates; only a sign-up by its buttons counts."""
    chat = chat_on_each
    for line in ("Jens: /start", "Samira: /start", "Mette imports the opportunities"):
        await chat.play(line)
    known, _shift = await next_of(chat, "V4")
    token = await ask(chat, MakeLink(1, "opportunity", known, "Plakaten"))
    (card,) = await chat.play(f"Jens: /start l-{token}")
    assert card.startswith("Bot: Sprogcafé på biblioteket")
    assert "[Tors. 26. nov. kl. 17] [Tors. 3. dec. kl. 17]" in card
    for line in ("[Tors. 26. nov. kl. 17]", "ja", "ja"):
        shown = await chat.play(f"Jens: {line}")
    assert "Du er med: Sprogcafé på biblioteket" in shown[0]
    assert await used(chat, Subject("opportunity", known)) == (1, 1)
    await chat.play(f"Samira: /start l-{token}")
    for line in ("frivillig", "[Vis alt]"):
        await chat.play(f"Samira: {line}")
    assert await used(chat, Subject("opportunity", known)) == (2, 1)
    await chat.play("Mette holds V4")
    (over, *_menu) = await chat.play(f"Samira: /start l-{token}")
    assert over == "Bot: Det link gælder ikke længere. Her er menuen."


async def test_a_link_to_a_shift(chat: Chat) -> None:
    """The link shows one date; when that is over, it shows the other dates of the task."""
    for line in ("Jens: /start", "Mette imports the opportunities"):
        await chat.play(line)
    known, shift = await next_of(chat, "V4")
    token = await ask(chat, MakeLink(1, "shift", shift, "Nyhedsbrevet"))
    (card,) = await chat.play(f"Jens: /start l-{token}")
    assert "[Tors. 26. nov. kl. 17] [Søg efter noget andet]" in card
    for line in ("[Tors. 26. nov. kl. 17]", "ja", "ja"):
        await chat.play(f"Jens: {line}")
    assert await used(chat, Subject("shift", shift)) == (1, 1)
    await chat.play("Samira: /start")
    await forge(chat, "Samira", f":take.{known}.{shift}.1-AAAAAAAAAAAAAAAA", 1)
    for line in ("ja", "ja"):
        shown = await chat.play(f"Samira: {line}")
    assert "Du er med: Sprogcafé på biblioteket" in shown[0]
    assert await used(chat, Subject("shift", shift)) == (1, 1)
    await chat.play("--- until 2026-11-27 12:00")
    shown = await chat.play(f"Samira: /start l-{token}")
    (card,) = [one for one in shown if one.startswith("Bot: Sprogcafé på biblioteket")]
    assert "[Tors. 3. dec. kl. 17]" in card
    assert "[Tors. 26. nov. kl. 17]" not in card
    assert isinstance(await ask(chat, MakeLink(1, "shift", shift, "Nyhedsbrevet")), Refused)
