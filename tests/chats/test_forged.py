"""Anyone can forge callback data: every tap gets a card, and no turn fails."""

from __future__ import annotations

import pytest

from bot.simulator import TOKEN
from bot.testing import PEOPLE, Chat

JENS = PEOPLE["Jens"][0]
NINES = "9" * 30
FORGED = [
    f":resume.{NINES}",
    f":drop.{NINES}",
    f":cpr.{NINES}",
    ":resume.-1",
    ":resume.٣",
    ":helped.F99",
    ":faq.F99",
    ":tell.nothing",
    ":lang.tlh",
    ":nothing",
    f":pledgeof.{NINES}",
    ":pledgeof.9999",
    ":pledgemade.9999",
    ":pledgeplanned.9999",
    ":pledgeshown.",
    f":pledgeedit.{NINES}.amount",
    ":pledgeedit.9999.x",
    ":pledgeway.x",
    ":notpledged.x",
    ":sharepledge.9999",
    ":",
    "",
    "subscribe_newsletter_x",
    "zzzzzzzzzzzzzzzzzzzzzzzz.a.b",
    "1_0.a.b",
    "+1.a.b",
    "1",
    "1.",
    "0.consent.yes",
    ":find.x.y.z.ø.99999999999999999999",
    ":find....zzzz.1",
    ":find....-.",
    ":volunteer.t.nature.~nowhere.w9",
    ":nearby.....99999999999_1",
    ":take.999.1",
    ":take..",
    ":dates.0",
    ":signed.1.1",
    ":leave.1",
    ":leaving.99",
    ":tellof.secret",
    ":told.secret.next",
    ":stopvol.yes",
]


@pytest.mark.parametrize("data", FORGED)
async def test_forged_data_is_an_old_button(chat: Chat, data: str) -> None:
    """Forged data fails no turn, counts nothing, and the citizen gets a card with buttons."""
    await chat.play("Jens: /start")
    store, bot = await chat.open()
    chat.world.inject(
        "callback_query",
        {
            "id": "1",
            "from": {"id": JENS, "is_bot": False, "first_name": "Jens", "language_code": "da"},
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": 2,
                "date": 1,
                "chat": {"id": JENS, "type": "private", "first_name": "Jens"},
            },
        },
    )
    await bot.settle()
    async with store.reading() as unit:
        assert await unit.tasks.open() == []
        assert not {"his words", "F99"} & set(await unit.faq.counts_since("2026-01-01"))
    await bot.close()
    await store.close()
    shown = chat.world.bots[TOKEN].chats[JENS].shown()
    assert shown[-1].outgoing
    assert shown[-1].keyboard


async def test_a_tap_in_a_group_says_nothing_there(chat: Chat) -> None:
    """A tap on a message in a group sends nothing to the group."""
    group = -1001
    chat.world.add_group(group, "Naboer", [JENS])
    await chat.play("Jens: /start")
    store, bot = await chat.open()
    chat.world.inject(
        "callback_query",
        {
            "id": "1",
            "from": {"id": JENS, "is_bot": False, "first_name": "Jens"},
            "chat_instance": "1",
            "data": ":mine",
            "message": {
                "message_id": 2,
                "date": 1,
                "chat": {"id": group, "type": "supergroup", "title": "Naboer"},
            },
        },
    )
    await bot.settle()
    await bot.close()
    await store.close()
    assert [s for s in chat.world.bots[TOKEN].chats[group].log if s.kind == "sent"] == []
