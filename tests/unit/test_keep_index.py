"""The running bot makes its index anew by itself, as soon as the FAQ changes."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.app.roles import keep_index
from bot.model.commands import EditEntry
from bot.model.faq import FaqEntry
from bot.service import carry_out
from bot.service.faq import IndexKeeper
from bot.testing import Chat

ASKED = "hvor smider man en fedtet pizzaæske"
MOST_LOOKS = 500


def surely(keeper: IndexKeeper) -> bool:
    """Tell whether the index that would answer now knows the question, without asking for one."""
    best = keeper._index.find(ASKED, "da").best if keeper._index else None
    return best is not None and best.score == 1


async def test_a_change_is_found_by_itself(chat: Chat) -> None:
    """Nobody has to ask first: the bell rings, and a moment later the chat knows."""
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
        await carry_out(EditEntry(1, changed, 1), unit)
    for _look in range(MOST_LOOKS):
        if surely(keeper):
            break
        await asyncio.sleep(0.02)
    assert surely(keeper)
    stop.set()
    await role
    await bot.close()
    await store.close()
