"""A commit wakes waiting tasks, also in other processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from store_rows import AT, call, put, send, update

from bot.store import wake_up as bell_module
from bot.store.store import Store
from bot.store.timers import NewTimer

SOON = 5.0  # seconds within which a wake-up surely arrives
NEVER = 0.05


@asynccontextmanager
async def waiting(store: Store, topic: str) -> AsyncIterator[asyncio.Task[bool]]:
    """Wait for *topic* in a task while the block runs."""
    task = asyncio.create_task(store.wake_up.wait(topic, SOON))
    await asyncio.sleep(0)
    yield task
    await task


async def listens(store: Store) -> None:
    """Wait until the store listens and its initial wake-up of all topics is over."""
    async with asyncio.timeout(SOON):
        while store.dialect == "postgresql" and not await store.wake_up.wait("begun", NEVER):
            pass


async def test_rings_for_what_was_written(store: Store) -> None:
    """Inbox, outbox and timers each wake only their own topic."""
    await listens(store)
    await put(store, update(1))
    assert await store.wake_up.wait("inbox", SOON)
    assert not await store.wake_up.wait("outbox", NEVER)
    await send(store, call())
    assert await store.wake_up.wait("outbox", SOON)
    async with store.unit() as unit:
        await unit.timers.set(NewTimer("nudge", "1", "tg:1", AT))
    assert await store.wake_up.wait("timers", SOON)


async def test_wakes_who_waits_already(store: Store) -> None:
    """The commit wakes a task that already waits."""
    async with waiting(store, "inbox") as woken:
        await put(store, update(1))
        assert await woken


async def test_no_ring_before_the_commit(store: Store) -> None:
    """Uncommitted and rolled-back rows wake no task."""
    await listens(store)

    async def fail() -> None:
        async with store.unit() as unit:
            await unit.inbox.put([update(1)])
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert not await store.wake_up.wait("inbox", NEVER)


async def test_nothing_new_nothing_rung(store: Store) -> None:
    """Repeated updates wake no task."""
    await listens(store)
    await put(store, update(1))
    assert await store.wake_up.wait("inbox", SOON)
    await put(store, update(1))
    assert not await store.wake_up.wait("inbox", NEVER)


async def test_ring_in_advance(store: Store) -> None:
    """A wake-up without a waiting task is kept for the next wait, once."""
    await listens(store)
    async with store.unit() as unit:
        unit.wake("case 1042")
    assert await store.wake_up.wait("case 1042", SOON)
    assert not await store.wake_up.wait("case 1042", NEVER)


@pytest.mark.postgres
async def test_rings_in_another_process(pair: tuple[Store, Store]) -> None:
    """A commit wakes another process; its own process wakes only once."""
    first, second = pair
    for store in pair:
        await listens(store)
    async with waiting(second, "inbox") as woken:
        await put(first, update(1))
        assert await woken
    assert await first.wake_up.wait("inbox", SOON)
    assert not await first.wake_up.wait("inbox", 4 * NEVER)


@pytest.mark.postgres
async def test_listens_again_when_cut_off(
    pair: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A listener that lost its connection reconnects and wakes all topics."""
    monkeypatch.setattr(bell_module, "RECONNECT_AFTER", 0.01)
    first, second = pair
    await listens(second)
    async with waiting(second, "inbox") as woken:
        async with first.unit() as unit:
            await unit.connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
                " AND datname = current_database()"
            )
        assert await woken
    async with waiting(second, "inbox") as woken:
        await put(first, update(1))
        assert await woken


@pytest.mark.postgres
async def test_listener_outlives_a_refusal(
    postgres_url: str, pair: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refused listener retries, and waiting tasks continue."""
    del postgres_url
    monkeypatch.setattr(bell_module, "RECONNECT_AFTER", 0.01)
    asked = 0

    async def refuse(_engine: object) -> None:
        nonlocal asked
        asked += 1
        raise asyncpg.CannotConnectNowError

    monkeypatch.setattr(bell_module, "connect_alone", refuse)
    assert not await pair[0].wake_up.wait("inbox", 4 * NEVER)
    assert asked > 1
