"""What a process tells of its own health."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app.http import Health, make_app
from bot.clock import TravelClock
from bot.errors import StoreAway
from bot.store.inbox import NewInbox
from bot.store.store import Store


@pytest.fixture
async def town(sqlite_url: str, clock: TravelClock) -> AsyncIterator[Store]:
    """Open a store on SQLite."""
    store = await Store.open(sqlite_url, clock=clock)
    yield store
    await store.close()


def now() -> float:
    """Return the present as Telegram's last answer is noted."""
    return time.time()


async def waiting(store: Store) -> None:
    """Let one row wait in the inbox."""
    async with store.unit() as unit:
        await unit.inbox.put([NewInbox("telegram:7", "1", "tg:1", 10, {}, unit.now)])


async def test_all_is_well(town: Store) -> None:
    """A process that has its database and hears Telegram is alive and ready."""
    async with TestClient(TestServer(make_app(Health(town, now, polls=True), None))) as client:
        alive = await client.get("/healthz")
        assert (alive.status, await alive.json()) == (200, {"alive": True})
        ready = await client.get("/readyz")
        assert ready.status == 200
        assert await ready.json() == {
            "ready": True,
            "database": "there",
            "inbox": 0,
            "inbox_oldest_seconds": 0.0,
            "outbox": 0,
            "outbox_oldest_seconds": 0.0,
            "telegram": "there",
        }


async def test_telegram_has_been_silent(town: Store) -> None:
    """Who polls and has not heard of Telegram for minutes is not ready; who does not poll is."""
    ready, seen = await Health(town, lambda: now() - 121, polls=True).look()
    assert (ready, seen["telegram"]) == (False, "not heard of")
    ready, _seen = await Health(town, lambda: now() - 119, polls=True).look()
    assert ready
    ready, _seen = await Health(town, lambda: 0.0, polls=False).look()
    assert ready


async def test_a_row_that_waits_too_long(town: Store, clock: TravelClock) -> None:
    """A row may wait for a minute; after that the process is not ready, and says which."""
    await waiting(town)
    clock.advance(timedelta(seconds=59))
    assert (await Health(town, now, polls=True).look())[0]
    clock.advance(timedelta(seconds=1))
    ready, seen = await Health(town, now, polls=True).look()
    assert not ready
    assert (seen["inbox"], seen["inbox_oldest_seconds"]) == (1, 60.0)


async def test_the_database_is_away(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its database a process is alive, not ready, and still has metrics."""

    def away(_self: Store) -> None:
        raise StoreAway

    monkeypatch.setattr(Store, "reading", away)
    async with TestClient(TestServer(make_app(Health(town, now, polls=True), None))) as client:
        assert (await client.get("/healthz")).status == 200
        ready = await client.get("/readyz")
        assert ready.status == 503
        assert await ready.json() == {"ready": False, "database": "away"}
        assert (await client.get("/metrics")).status == 200


async def test_metrics_are_of_this_moment(town: Store, clock: TravelClock) -> None:
    """/metrics looks at the store before it answers."""
    await waiting(town)
    clock.advance(timedelta(seconds=5))
    async with TestClient(TestServer(make_app(Health(town, now, polls=True), None))) as client:
        got = await client.get("/metrics")
        shown = await got.text()
    assert got.content_type == "text/plain"
    assert "brobygger_inbox_depth 1.0" in shown
    assert "brobygger_inbox_oldest_seconds 5.0" in shown


async def test_no_webhook_without_one(town: Store) -> None:
    """Who polls takes no updates over HTTP."""
    async with TestClient(TestServer(make_app(Health(town, now, polls=True), None))) as client:
        assert (await client.post("/telegram", json={"update_id": 1})).status == 404
