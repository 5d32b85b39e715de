"""Timers have a fence, fire once, and are stale after a reset."""

from __future__ import annotations

from datetime import timedelta

import pytest
from store_rows import AT, MINUTE, put, update

from bot import scheduler
from bot.clock import TravelClock
from bot.store.store import Store
from bot.store.timers import NewTimer


def nudge(subject: str = "5", after: timedelta = MINUTE) -> NewTimer:
    """Return a timer due *after* the start time."""
    return NewTimer("nudge", subject, "tg:1", AT + after)


async def fire(store: Store, limit: int = 200) -> int:
    """Fire due timers in a separate transaction."""
    async with store.unit() as unit:
        return await unit.timers.fire_due(limit)


async def test_fires_once_when_due(store: Store, clock: TravelClock) -> None:
    """A due timer becomes one inbox row of its lane."""
    async with store.unit() as unit:
        await unit.timers.set(nudge())
    assert await fire(store) == 0
    clock.advance(MINUTE)
    assert (await fire(store), await fire(store)) == (1, 0)
    async with store.unit() as unit:
        (row,) = await unit.inbox.heads(5)
        assert (row.source, row.lane, row.priority) == ("timer", "tg:1", 20)
        assert row.key == f"{row.payload['timer']}:1"
        assert row.payload["kind"] == "nudge"
        assert row.payload["subject"] == "5"
        assert row.payload["due_at"] == (AT + MINUTE).isoformat()
        assert await unit.timers.is_current(row.payload["timer"], row.payload["fence"])


async def test_set_anew_is_another_timer(store: Store, clock: TravelClock) -> None:
    """Resetting a timer moves it and makes an already fired row stale."""
    async with store.unit() as unit:
        await unit.timers.set(nudge())
    clock.advance(MINUTE)
    await fire(store)
    async with store.unit() as unit:
        (row,) = await unit.inbox.heads(5)
        await unit.timers.set(nudge(after=2 * MINUTE))
        assert not await unit.timers.is_current(row.payload["timer"], row.payload["fence"])
        await unit.inbox.done([row.id])
    clock.advance(MINUTE)
    assert await fire(store) == 1


async def test_cancelled_timer_is_silent(store: Store, clock: TravelClock) -> None:
    """A cancelled timer does not fire, and a row fired before is stale."""
    async with store.unit() as unit:
        await unit.timers.set(nudge("1"))
        await unit.timers.set(nudge("2", 2 * MINUTE))
    clock.advance(MINUTE)
    assert await fire(store) == 1
    async with store.unit() as unit:
        await unit.timers.cancel("nudge", "1")
        await unit.timers.cancel("nudge", "2")
        await unit.timers.cancel("nudge", "unknown")
        (row,) = await unit.inbox.heads(5)
        assert not await unit.timers.is_current(row.payload["timer"], row.payload["fence"])
    clock.advance(timedelta(days=1))
    assert await fire(store) == 0


async def test_unknown_timer_is_stale(store: Store) -> None:
    """A row of an unknown timer is stale."""
    async with store.reading() as unit:
        assert not await unit.timers.is_current(999, 1)


async def test_earliest_first_in_batches(store: Store, clock: TravelClock) -> None:
    """Due timers fire in order of their time, in batches."""
    async with store.unit() as unit:
        for n in (3, 1, 2):
            await unit.timers.set(NewTimer("nudge", str(n), f"tg:{n}", AT + n * MINUTE))
        assert await unit.timers.next_due() == AT + MINUTE
    clock.advance(timedelta(hours=1))
    async with store.reading() as unit:
        overdue = await unit.timers.overdue()
    assert (overdue.count, overdue.oldest) == (3, AT + MINUTE)
    assert [await fire(store, 2), await fire(store, 2)] == [2, 1]
    async with store.unit() as unit:
        subjects = [row.payload["subject"] for row in await unit.inbox.heads(5)]
        assert await unit.timers.next_due() is None
        assert (await unit.timers.overdue()).count == 0
    assert subjects == ["1", "2", "3"]


async def test_citizens_go_before_timers(store: Store, clock: TravelClock) -> None:
    """A citizen's message comes before another lane's timer that fired earlier."""
    async with store.unit() as unit:
        await unit.timers.set(NewTimer("nudge", "5", "tg:9", AT))
    clock.advance(MINUTE)
    await fire(store)
    await put(store, update(1))
    async with store.unit() as unit:
        assert [row.source for row in await unit.inbox.heads(5)] == ["telegram:7", "timer"]


async def test_a_forgotten_timer_is_stale(store: Store) -> None:
    """A row of a deleted timer is stale, and its id is never reused."""
    new = NewTimer("nudge", "1", "tg:1", store.clock.now())
    async with store.unit() as unit:
        await unit.timers.set(new)
        await unit.timers.fire_due()
        row = (await unit.inbox.heads(1))[0]
        await unit.timers.forget("nudge", "1")
        await unit.timers.set(new)
        assert not await unit.timers.is_current(row.payload["timer"], row.payload["fence"])


async def test_a_tick_fires_several_batches(
    store: Store, clock: TravelClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tick fires timers in several transactions, and leaves the rest to the next tick."""
    monkeypatch.setattr(scheduler, "TIMER_BATCH", 3)
    async with store.unit() as unit:
        for number in range(14):
            await unit.timers.set(nudge(str(number)))
    clock.advance(MINUTE)
    assert [await scheduler.fire_timers(store) for _tick in range(3)] == [12, 2, 0]
