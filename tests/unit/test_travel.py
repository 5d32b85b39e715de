"""Time travel in the demo processes messages that citizens write during it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.app.compose import Bot
from bot.app.demo import STRIDE
from bot.app.time_travel import pass_time
from bot.simulator import TOKEN
from bot.testing import PEOPLE, Chat

JENS = PEOPLE["Jens"][0]


async def test_a_citizen_writes_while_a_week_passes(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A week passes in strides, so that no update waits for Telegram's limit of one day."""
    store, bot = await chat.open()
    looked: list[datetime] = []
    next_due = Bot.next_due

    async def looking(self: Bot) -> datetime | None:
        found = await next_due(self)
        if not looked:
            chat.world.say(JENS, "/start")  # after the last poll and before the next move
        looked.append(chat.clock.now())
        return found

    monkeypatch.setattr(Bot, "next_due", looking)
    begun = chat.clock.now()
    await pass_time(bot, chat.clock, begun + timedelta(weeks=1), stride=STRIDE)
    sent = [seen for seen in chat.world.bots[TOKEN].chats[JENS].log if seen.kind == "sent"]
    assert len(sent) == 2  # the privacy notice and the menu
    assert chat.clock.now() == begun + timedelta(weeks=1)
    assert all(after - before <= STRIDE for before, after in pairwise(looked))
    await bot.close()
    await store.close()
