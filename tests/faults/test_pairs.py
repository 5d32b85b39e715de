"""Two workers and two couriers share one PostgreSQL; one pair is cut off during work."""

from __future__ import annotations

import asyncio
import gc

import pytest
from fault_town import hold_sound, questions, rows
from figures import Figure
from working_town import AtWork, Working, look_often, telegram, working

from bot.simulator import Fault, FaultKind

CITIZENS = 12


async def courier_of(pair: list[Working]) -> int:
    """Return the index of the bot that is sending now."""
    async with asyncio.timeout(20):
        while True:
            for number, one in enumerate(pair):
                if one.bot.courier._flying:
                    return number
            await asyncio.sleep(0.01)


# A kill closes no sockets. Collect their warnings in this test, or a later test would fail.
@pytest.mark.filterwarnings(
    "ignore:unclosed:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
@pytest.mark.postgres
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
async def test_one_of_two_ends(
    postgres_url: str, seed: int, monkeypatch: pytest.MonkeyPatch, figure: Figure
) -> None:
    """The other pair takes over rows and sends; only sends in flight may be doubled."""
    look_often(monkeypatch)
    async with (
        telegram(CITIZENS) as (world, url),
        working(postgres_url, url) as first,
        working(postgres_url, url, polls=False) as second,
    ):
        pair = [first, second]
        world.faults.add(Fault(FaultKind.SLOW, method="sendMessage", delay=0.1))
        town = AtWork(world, second.bot.parts.store, second.bot, CITIZENS)
        asking = asyncio.create_task(town.ask(*range(6)))
        await courier_of(pair)
        await asyncio.sleep(seed / 4)
        dead = await courier_of(pair)
        await pair[dead].end_at_once()
        other = pair[1 - dead].bot
        claimed = len(await rows(other.parts.store, "SELECT id FROM outbox WHERE state='claimed'"))
        if dead == 0:  # only the first bot polls
            stop = asyncio.Event()
            polling = asyncio.create_task(other.poller.run(stop))
        await asking
        wanted = [questions()[number] for number in range(6)]
        async with asyncio.timeout(30):
            while any(set(town.received(who)) != set(wanted) for who in town.who()):  # noqa: ASYNC110 - no event to await
                await asyncio.sleep(0.05)
        received = [town.received(who) for who in town.who()]
        assert [list(dict.fromkeys(each)) for each in received] == [wanted] * CITIZENS
        doubled = sum(map(len, received)) - 6 * CITIZENS
        assert doubled <= claimed <= 30
        if dead == 0:
            stop.set()
            await polling
        await asyncio.sleep(0.3)
        await hold_sound(other.parts.store)
    gc.collect()
    figure("one of two ends", sends=6 * CITIZENS, lost=0, doubled=doubled, in_flight=claimed)
