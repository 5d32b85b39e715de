"""The demo's loop continues after any error of Telegram's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.app import demo
from bot.app.compose import Bot
from bot.app.demo import TownClock
from bot.simulator import TOKEN, Fault, FaultKind
from bot.testing import PEOPLE, Chat

JENS = PEOPLE["Jens"][0]
CONFLICT = Fault(FaultKind.ERROR, "getUpdates", code=409, description="Conflict")


@pytest.fixture
async def town(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Bot, TownClock]]:
    """Open the demo's bot and clock on the chat's simulated Telegram."""
    monkeypatch.setattr(demo, "LOOK_EVERY", 0.01)
    store, bot = await chat.open()
    yield bot, TownClock(chat.clock, chat.town.zone, bot)
    await bot.close()
    await store.close()


@asynccontextmanager
async def living(chat: Chat, town: tuple[Bot, TownClock]) -> AsyncIterator[asyncio.Task[None]]:
    """Run the demo's loop as a task."""
    life = asyncio.create_task(demo._live(town[0], chat.world, town[1]))
    try:
        yield life
    finally:
        life.cancel()
        await asyncio.gather(life, return_exceptions=True)


def received(chat: Chat) -> int:
    """Return the number of messages sent to Jens."""
    known = chat.world.bots[TOKEN].chats.get(JENS)
    return sum(seen.kind == "sent" for seen in known.log) if known else 0


async def answered(chat: Chat, life: asyncio.Task[None], more_than: int = 0) -> None:
    """Wait until Jens has more messages than *more_than*; assert that the loop still runs."""
    for _ in range(1000):
        assert not life.done(), life
        if received(chat) > more_than:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("no answer came")


@pytest.mark.parametrize(
    "fault",
    [
        CONFLICT,
        Fault(FaultKind.ERROR, "getUpdates", code=401, description="Unauthorized"),
        Fault(FaultKind.ERROR, "deleteWebhook", code=404, description="Not Found"),
        Fault(FaultKind.FLOOD),
        Fault(FaultKind.ERROR),
        Fault(FaultKind.AWAY),
        Fault(FaultKind.DROP, "getUpdates"),
    ],
    ids=lambda fault: f"{fault.kind}-{fault.method}-{fault.code}",
)
async def test_no_refusal_ends_the_loop(
    chat: Chat, town: tuple[Bot, TownClock], fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    """The error is logged, and Jens is answered once Telegram works again."""
    chat.world.faults.add(fault)
    chat.world.say(JENS, "/start")
    async with living(chat, town) as life:
        for _ in range(20):
            await asyncio.sleep(0.01)
            assert not life.done(), life
        assert received(chat) == 0
        assert {"poll_refused", "telegram_unreachable"} & {
            each.getMessage() for each in caplog.records
        }
        chat.world.faults.clear()
        await answered(chat, life)


async def test_a_webhook_ends_neither_the_loop_nor_a_travel(
    chat: Chat, town: tuple[Bot, TownClock]
) -> None:
    """Time travel completes and timers fire, although a webhook keeps updates from polling."""
    bot, travel = town
    async with living(chat, town) as life:
        chat.world.say(JENS, "/start")
        await answered(chat, life)
        chat.world.say(JENS, "indstillinger")
        await answered(chat, life, received(chat))
        async with travel.turn:  # keep the demo's loop from polling
            before, begun = received(chat), travel.now()
            await bot.parts.api.call("setWebhook", {"url": "http://127.0.0.1:9/"})
        chat.world.say(JENS, "menu")
        await travel.move_to("week")
        assert travel.now() == begun + timedelta(weeks=1)
        assert received(chat) == before + 1  # the nudge, but no answer
        await bot.parts.api.call("deleteWebhook", {})
        chat.world.say(JENS, "menu")
        await answered(chat, life, before + 1)
