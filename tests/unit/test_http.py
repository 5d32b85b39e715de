"""What a process tells of its own health."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app.http import Health, make_app
from bot.app.roles import ROLES
from bot.clock import TravelClock
from bot.errors import ApiError, StoreAway, Unreachable
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


def health(
    store: Store, *roles: str, heard: float = 0.0, there: bool | Exception = False
) -> Health:
    """Return the health of a process of *roles*; *heard* is how many seconds ago Telegram was."""

    async def ask() -> None:
        if there is not True:
            raise there or Unreachable()

    return Health(store, frozenset(roles), ask, asyncio.Event(), lambda: now() - heard)


async def waiting(store: Store) -> None:
    """Let one row wait in the inbox."""
    async with store.unit() as unit:
        await unit.inbox.put([NewInbox("telegram:7", "1", "tg:1", 10, {}, unit.now)])


async def test_all_is_well(town: Store) -> None:
    """A process that has its database and hears Telegram is alive and ready."""
    async with TestClient(TestServer(make_app(health(town, *ROLES), None))) as client:
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


@pytest.mark.parametrize("role", ["intake", "courier"])
async def test_telegram_has_been_silent(town: Store, role: str) -> None:
    """Who talks with Telegram asks it after minutes of silence, and is not ready without it."""
    ready, seen = await health(town, role, heard=121).look()
    assert (ready, seen["telegram"]) == (False, "not heard of")
    assert (await health(town, role, heard=119).look())[0]
    assert (await health(town, role, heard=121, there=True).look())[0]
    assert (await health(town, role, heard=121, there=ApiError(401, "Unauthorized")).look())[0]


@pytest.mark.parametrize("role", ["worker", "scheduler", "console"])
async def test_who_needs_no_telegram(town: Store, role: str) -> None:
    """The other roles are ready without Telegram, and do not ask it."""
    ready, seen = await health(town, role, heard=10_000).look()
    assert ready
    assert "telegram" not in seen


async def test_a_row_that_waits_too_long(town: Store, clock: TravelClock) -> None:
    """A row may wait for a minute; after that whoever should have taken it is not ready."""
    await waiting(town)
    clock.advance(timedelta(seconds=59))
    assert (await health(town, *ROLES).look())[0]
    clock.advance(timedelta(seconds=1))
    ready, seen = await health(town, *ROLES).look()
    assert not ready
    assert (seen["inbox"], seen["inbox_oldest_seconds"]) == (1, 60.0)
    assert not (await health(town, "worker").look())[0]
    assert (await health(town, "intake", "courier", "scheduler", "console").look())[0]


async def test_a_process_that_is_stopping(town: Store) -> None:
    """Who was told to stop is alive and no longer ready, so that nothing new is sent there."""
    stopping = health(town, *ROLES)
    stopping.stop.set()
    ready, seen = await stopping.look()
    assert (ready, seen["stopping"]) == (False, True)


async def test_the_database_is_away(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its database a process is alive, not ready, and still has metrics."""

    def away(_self: Store) -> None:
        raise StoreAway

    monkeypatch.setattr(Store, "reading", away)
    async with TestClient(TestServer(make_app(health(town, *ROLES), None))) as client:
        assert (await client.get("/healthz")).status == 200
        ready = await client.get("/readyz")
        assert ready.status == 503
        assert await ready.json() == {"ready": False, "database": "away"}
        got = await client.get("/metrics")
        assert got.status == 200
        assert "brobygger_database_there 0.0" in await got.text()


async def test_metrics_are_of_this_moment(town: Store, clock: TravelClock) -> None:
    """/metrics looks at the store before it answers."""
    await waiting(town)
    clock.advance(timedelta(seconds=5))
    async with TestClient(TestServer(make_app(health(town, *ROLES), None))) as client:
        got = await client.get("/metrics")
        shown = await got.text()
    assert got.content_type == "text/plain"
    assert "brobygger_inbox_depth 1.0" in shown
    assert "brobygger_inbox_oldest_seconds 5.0" in shown
    assert "brobygger_database_there 1.0" in shown


@pytest.mark.parametrize(("role", "asks"), [("courier", 1), ("intake", 1), ("worker", 0)])
async def test_metrics_know_silence_from_absence(town: Store, role: str, asks: int) -> None:
    """Who talks with Telegram asks it after minutes of silence: a quiet night rings nobody."""
    asked = []

    async def ask() -> None:
        asked.append(1)

    silent = Health(town, frozenset({role}), ask, asyncio.Event(), lambda: now() - 121)
    async with TestClient(TestServer(make_app(silent, None))) as client:
        assert (await client.get("/metrics")).status == 200
    assert len(asked) == asks


async def test_no_webhook_without_one(town: Store) -> None:
    """Who polls takes no updates over HTTP."""
    async with TestClient(TestServer(make_app(health(town, *ROLES), None))) as client:
        assert (await client.post("/telegram", json={"update_id": 1})).status == 404
