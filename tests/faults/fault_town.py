"""Run a bot in this process on a test clock, with helpers that check its answers and rows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import text

from bot.app.checks.run import audit_findings
from bot.app.compose import Bot, BotParts, build, prepare, town_context_of
from bot.clock import TravelClock
from bot.simulator import World
from bot.simulator.inprocess import InProcessApi
from bot.store.store import Store
from bot.testing import START, TOKEN, klintsund, shared_index
from bot.transport.pacing import Unpaced

FIRST = 5000  # the first citizen's id


@dataclass(slots=True)
class Town:
    """A bot, its simulated Telegram and citizens; bot and courier run on a test clock."""

    clock: TravelClock
    world: World
    store: Store
    bot: Bot
    citizens: int

    def who(self) -> range:
        """Return the ids of all citizens."""
        return range(FIRST, FIRST + self.citizens)

    async def step(self, seconds: float = 0.0) -> None:
        """Advance the clock by *seconds* and process everything that is due."""
        self.clock.advance(timedelta(seconds=seconds))
        await self.bot.settle()

    async def let_pass(self, seconds: int, *, by: float = 1.0) -> None:
        """Advance the clock by *seconds* in steps of *by* seconds."""
        for _step in range(round(seconds / by)):
            await self.step(by)

    async def let_in(self) -> None:
        """Send /start from every citizen and clear the chat logs."""
        for who in self.who():
            self.world.say(who, "/start")
        await self.step()
        for who in self.who():
            self.world.bots[TOKEN].chats[who].log.clear()

    def ask(self, number: int) -> None:
        """Send question *number* from every citizen."""
        for who in self.who():
            self.ask_one(who, number)

    def ask_one(self, who: int, number: int) -> None:
        """Send question *number* from one citizen."""
        self.world.say(who, questions()[number])

    def received(self, who: int) -> list[str]:
        """Return the questions answered to a citizen, in order; keep other texts unchanged."""
        chat = self.world.bots[TOKEN].chats.get(who)
        sent = [seen.text for seen in chat.log if seen.kind == "sent"] if chat else []
        return [next((q for q in questions() if q in words), words) for words in sent]

    def hold_heard(self, *numbers: int) -> int:
        """Assert that each citizen got these answers in order; return the number of repeats."""
        wanted = [questions()[number] for number in numbers]
        received = [self.received(who) for who in self.who()]
        assert [list(dict.fromkeys(each)) for each in received] == [wanted] * self.citizens
        return sum(len(each) - len(wanted) for each in received)


@asynccontextmanager
async def town(
    database_url: str, *, citizens: int, api: type[InProcessApi] = InProcessApi
) -> AsyncIterator[Town]:
    """Run a bot with *citizens*; on leaving, assert that its database is sound."""
    clock = TravelClock(START)
    world = World(clock.now)
    world.add_bot(TOKEN, name="Dialog Klintsund", username="dialog_klintsund_bot")
    for number in range(citizens):
        world.add_user(FIRST + number, "Bo", language_code="da")
    context = town_context_of(klintsund())
    store = await Store.open(database_url, clock=clock, town=context)
    parts = BotParts(
        store, api(world, TOKEN), TOKEN, klintsund(), shared_index(), Unpaced(), long_poll=0
    )
    await prepare(parts)
    bot = await build(parts)
    bot.courier.seconds = lambda: clock.now().timestamp()
    try:
        yield Town(clock, world, store, bot, citizens)
        await hold_sound(store)
    finally:
        await bot.close()
        await store.close()


async def rows(store: Store, query: str, **values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of *query*."""
    async with store.reading() as unit:
        return [tuple(row) for row in await unit.connection.execute(text(query), values)]


async def hold_sound(store: Store) -> None:
    """Assert that the audit finds nothing and no inbox or outbox row is open."""
    assert await audit_findings(store) == []
    assert await rows(store, "SELECT key FROM inbox WHERE NOT done") == []
    assert await rows(store, "SELECT id FROM outbox WHERE state IN ('pending', 'claimed')") == []


@cache
def questions() -> tuple[str, ...]:
    """Return ten questions of the FAQ; each answer repeats its question."""
    return tuple(entry.text("da").question for entry in klintsund().faq[:10])


def p95(seconds: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return sorted(seconds)[max(0, -(-len(seconds) * 95 // 100) - 1)]
