"""Unanswered questions are listed, settled once, and purged in time."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import TravelClock
from bot.scheduler import purge
from bot.store.questions import KEEP_MISSED, Missed
from bot.store.store import Store


async def test_listed_newest_first(store: Store, clock: TravelClock) -> None:
    """Open questions are listed newest first, a page at a time."""
    async with store.unit() as unit:
        ids = [await unit.missed.add(f"spørgsmål {n}", "da", ["F1"]) for n in range(4)]
        assert await unit.missed.done(ids[2])
        assert not await unit.missed.done(ids[2])
        assert not await unit.missed.done(99)
    async with store.reading() as unit:
        assert [one.id for one in await unit.missed.open(9)] == [ids[3], ids[1], ids[0]]
        assert [one.id for one in await unit.missed.open(1, before=ids[3])] == [ids[1]]
        assert await unit.missed.get(ids[0]) == Missed(
            ids[0], "spørgsmål 0", "da", ("F1",), clock.now()
        )
        assert await unit.missed.get(ids[2]) is None
        assert await unit.missed.count() == 3


async def test_let_go_in_time(store: Store, clock: TravelClock) -> None:
    """After two years open and settled questions are purged in batches."""
    async with store.unit() as unit:
        for n in range(5):
            await unit.missed.add(f"gammelt {n}", "da", [])
        await unit.missed.done(1)
    clock.advance(KEEP_MISSED)
    async with store.unit() as unit:
        assert await unit.missed.purge(10) == 0
        await unit.missed.add("nyt", "en", [])
    clock.advance(timedelta(seconds=1))
    async with store.unit() as unit:
        assert await unit.missed.purge(2) == 2
    assert await purge(store) >= 3
    async with store.reading() as unit:
        assert [one.words for one in await unit.missed.open(9)] == ["nyt"]
