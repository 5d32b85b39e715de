"""The running bot rebuilds its index when the FAQ changes."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.app.roles import keep_index, work_rows
from bot.errors import NotReady
from bot.model.commands.faq import EditEntry
from bot.model.faq import FaqEntry
from bot.service import execute
from bot.service.faq import IndexKeeper
from bot.store.store import Store
from bot.testing import PEOPLE, Chat

ASKED = "hvor smider man en fedtet pizzaæske"
MOST_LOOKS = 500
JENS = PEOPLE["Jens"][0]


def surely(keeper: IndexKeeper) -> bool:
    """Return whether the current index finds the question, without requesting a new one."""
    best = keeper._index.find(ASKED, "da").best if keeper._index else None
    return best is not None and best.score == 1


async def test_a_change_is_found_by_itself(chat: Chat) -> None:
    """The wake-up triggers the rebuild without a question."""
    store, bot = await chat.open()
    bot.parts.index = keeper = IndexKeeper()
    stop = asyncio.Event()
    role = asyncio.create_task(keep_index(bot, stop))
    async with store.unit() as unit:
        row = await unit.faq.get("F2")
        assert row is not None
        known = FaqEntry.from_body(row.id, row.body)
        more = replace(known.texts["da"], phrasings=(ASKED,))
        changed = replace(known, texts={**known.texts, "da": more})
        await execute(EditEntry(1, changed, 1), unit)
    for _look in range(MOST_LOOKS):
        if surely(keeper):
            break
        await asyncio.sleep(0.02)
    assert surely(keeper)
    stop.set()
    await role
    await bot.close()
    await store.close()


async def test_a_question_before_there_is_one(chat: Chat) -> None:
    """A question before the first index gives its turn back without an attempt counted."""
    store, bot = await chat.open()
    chat.world.say(JENS, "/start")
    await bot.settle()
    bot.parts.index = keeper = IndexKeeper()
    bot.worker._runtime = replace(bot.worker._runtime, index=keeper)
    chat.world.say(JENS, ASKED)
    await bot.poller.step()
    for _step in range(2):  # once in a shared transaction, once alone
        with pytest.raises(NotReady):
            await bot.worker.step()
        async with store.reading() as unit:
            [row] = await unit.inbox.heads(10)
        assert row.tries == 0
        bot.worker._careful = True
    stop = asyncio.Event()
    role = asyncio.create_task(work_rows(bot, stop))
    async with asyncio.timeout(20):
        while (await depth(store)) > 0:  # noqa: ASYNC110 - no event to await
            await asyncio.sleep(0.02)
    assert keeper._index is not None
    stop.set()
    await role
    await bot.close()
    await store.close()


async def depth(store: Store) -> int:
    """Return the number of lanes with a waiting row."""
    async with store.reading() as unit:
        return len(await unit.inbox.heads(10))
