"""Run all roles of a bot in this process, against a simulated Telegram on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from fault_town import FIRST, hold_sound, questions

from bot.app import roles
from bot.app.compose import Bot, BotParts, build, prepare, town_context_of
from bot.clock import SystemClock
from bot.scheduler import ticking
from bot.simulator import World
from bot.simulator.http import serve_http
from bot.store.singleton import PostgresSingleton
from bot.store.store import Store
from bot.testing import TOKEN, klintsund, shared_index
from bot.transport import courier, polling
from bot.transport.api import HttpBotApi
from bot.transport.pacing import Pacing, Unpaced

PATIENCE = 60.0  # seconds that any one wait may last


@dataclass(slots=True)
class AtWork:
    """A running bot, its simulated Telegram and citizens."""

    world: World
    store: Store
    bot: Bot
    citizens: int

    def who(self) -> range:
        """Return the ids of all citizens."""
        return range(FIRST, FIRST + self.citizens)

    async def ask(self, *numbers: int, every: float = 0.01) -> None:
        """Send question after question from every citizen, one message each *every* seconds."""
        for number in numbers:
            for who in self.who():
                self.world.say(who, questions()[number])
                await asyncio.sleep(every)

    def sent(self, who: int) -> list[Any]:
        """Return the messages sent to a citizen, in order."""
        chat = self.world.bots[TOKEN].chats.get(who)
        return [seen for seen in chat.log if seen.kind == "sent"] if chat else []

    def received(self, who: int) -> list[str]:
        """Return the questions answered to a citizen, in order."""
        texts = [seen.text for seen in self.sent(who)]
        return [q for text in texts for q in questions() if q in text]

    async def until_heard(self, *numbers: int, patience: float = PATIENCE) -> None:
        """Wait for these answers to all citizens; assert that each arrived once and in order."""
        wanted = [questions()[number] for number in numbers]
        try:
            async with asyncio.timeout(patience):
                while any(len(self.received(who)) < len(wanted) for who in self.who()):  # noqa: ASYNC110 - no event to await
                    await asyncio.sleep(0.05)
                await asyncio.sleep(0.2)  # seconds, in which a doubled answer would arrive
        finally:
            assert [self.received(who) for who in self.who()] == [wanted] * self.citizens


@asynccontextmanager
async def telegram(citizens: int) -> AsyncIterator[tuple[World, str]]:
    """Serve a simulated Telegram with *citizens*; return it and its address."""
    world = World(SystemClock().now)
    world.add_bot(TOKEN, name="Dialog Klintsund", username="dialog_klintsund_bot")
    for number in range(citizens):
        world.add_user(FIRST + number, "Bo", language_code="da")
    served = await serve_http(world)
    try:
        yield world, served.url
    finally:
        await served.close()


@dataclass(frozen=True, slots=True)
class Working:
    """A bot with the tasks of its roles and its scheduler."""

    bot: Bot
    roles: list[asyncio.Task[None]]
    ticks: AsyncIOScheduler

    async def end_at_once(self) -> None:
        """Stop as by a kill: cancel all tasks and drop the database sessions."""
        self.ticks.shutdown(wait=False)
        under_way = [*self.roles, *self.bot.courier._flying.values()]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        if isinstance(self.bot.courier._singleton, PostgresSingleton):
            self.bot.courier._singleton._connection.terminate()
        await self.bot.parts.store.writer.dispose()


@asynccontextmanager
async def working(
    database_url: str, telegram_url: str, *, polls: bool = True, pacing: Pacing | None = None
) -> AsyncIterator[Working]:
    """Run a bot as `brobygger run` does."""
    store = await Store.open(database_url, clock=SystemClock(), town=town_context_of(klintsund()))
    api, stop = HttpBotApi(telegram_url, TOKEN), asyncio.Event()
    parts = BotParts(store, api, TOKEN, klintsund(), shared_index(), pacing or Unpaced())
    await prepare(parts)
    bot = await build(parts)
    doing = [roles.work_rows(bot, stop), bot.courier.run(stop), roles.keep_index(bot, stop)]
    if polls:
        doing.append(bot.poller.run(stop))
    ticks = ticking(store)
    ticks.start()
    made = Working(bot, [asyncio.create_task(one) for one in doing], ticks)
    try:
        yield made
        for role in made.roles:
            if role.done() and not role.cancelled():
                role.result()  # raise if a role has ended with an error
    finally:
        stop.set()
        if ticks.running:
            ticks.shutdown(wait=False)
        await asyncio.gather(*made.roles, return_exceptions=True)
        await bot.close()
        await store.close()
        await api.close()


@asynccontextmanager
async def at_work(
    database_url: str, *, citizens: int, pacing: Pacing | None = None
) -> AsyncIterator[AtWork]:
    """Run a bot for *citizens*; on leaving, assert that its database is sound."""
    async with telegram(citizens) as (world, url):
        async with working(database_url, url, pacing=pacing) as one:
            yield AtWork(world, one.bot.parts.store, one.bot, citizens)
        store = await Store.open(database_url, clock=SystemClock())
        try:
            await hold_sound(store)
        finally:
            await store.close()


def look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the waits for unavailable services to 0.1 s."""
    for module, name in ((roles, "LOOK_EVERY"), (courier, "LOOK_EVERY"), (polling, "AWAY_FOR")):
        monkeypatch.setattr(module, name, 0.1)
