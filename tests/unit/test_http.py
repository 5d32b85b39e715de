"""Test the health checks and metrics of a process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import watch
from bot.app import probe
from bot.app.http import Health, make_app
from bot.app.roles import ROLES
from bot.clock import TravelClock
from bot.errors import ApiError, DatabaseUnavailable, Unreachable
from bot.store import engines
from bot.store.inbox import NewInbox
from bot.store.store import Store
from bot.transport.condition import IntakeCondition


@pytest.fixture
async def town(sqlite_url: str, clock: TravelClock) -> AsyncIterator[Store]:
    """Open a store on SQLite."""
    store = await Store.open(sqlite_url, clock=clock)
    yield store
    await store.close()


def now() -> float:
    """Return the current time of the clock that dates Telegram's last answer."""
    return time.time()


def health(
    store: Store,
    *roles: str,
    silent_for: float = 0.0,
    there: bool | Exception = False,
    way: str = "polling",
) -> Health:
    """Return the health of a process whose Telegram answered *silent_for* seconds ago."""

    async def ask() -> None:
        if there is not True:
            raise there or Unreachable()

    condition = IntakeCondition(store.clock)
    if way:
        condition.begin(way)
    return Health(
        store, frozenset(roles), ask, asyncio.Event(), condition, lambda: now() - silent_for
    )


async def waiting(store: Store) -> None:
    """Add one waiting inbox row."""
    async with store.unit() as unit:
        await unit.inbox.put([NewInbox("telegram:7", "1", "tg:1", 10, {}, unit.now)])


async def test_all_is_well(town: Store) -> None:
    """A process with database and Telegram is alive and ready."""
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
            "intake": "works",
            "telegram": "there",
        }


@pytest.mark.parametrize("role", ["intake", "courier"])
async def test_telegram_has_been_silent(town: Store, role: str) -> None:
    """Roles that use Telegram call it after two minutes without an answer, and need one."""
    ready, seen = await health(town, role, silent_for=121).readiness()
    assert (ready, seen["telegram"]) == (False, "not heard of")
    assert seen["failed"] == ["telegram_unreachable"]
    assert (await health(town, role, silent_for=119).readiness())[0]
    assert (await health(town, role, silent_for=121, there=True).readiness())[0]
    assert (
        await health(town, role, silent_for=121, there=ApiError(401, "Unauthorized")).readiness()
    )[0]


@pytest.mark.parametrize("role", ["worker", "scheduler", "console"])
async def test_who_needs_no_telegram(town: Store, role: str) -> None:
    """Other roles are ready without Telegram and do not call it."""
    ready, seen = await health(town, role, silent_for=10_000).readiness()
    assert ready
    assert "telegram" not in seen


async def test_a_row_that_waits_too_long(town: Store, clock: TravelClock) -> None:
    """After a row has waited for a minute, the role that processes it is not ready."""
    await waiting(town)
    clock.advance(timedelta(seconds=59))
    assert (await health(town, *ROLES).readiness())[0]
    clock.advance(timedelta(seconds=1))
    ready, seen = await health(town, *ROLES).readiness()
    assert not ready
    assert (seen["inbox"], seen["inbox_oldest_seconds"]) == (1, 60.0)
    assert seen["failed"] == ["inbox_waits"]
    assert not (await health(town, "worker").readiness())[0]
    assert (await health(town, "intake", "courier", "scheduler", "console").readiness())[0]


async def test_a_process_that_is_stopping(town: Store) -> None:
    """A stopping process is alive but not ready, so that it gets no new requests."""
    stopping = health(town, *ROLES)
    stopping.stop.set()
    ready, seen = await stopping.readiness()
    assert (ready, seen["stopping"], seen["failed"]) == (False, True, ["stopping"])


async def test_the_database_is_away(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its database a process is alive, not ready, and still serves metrics."""

    def away(_self: Store) -> None:
        raise DatabaseUnavailable

    monkeypatch.setattr(Store, "reading", away)
    async with TestClient(TestServer(make_app(health(town, *ROLES), None))) as client:
        assert (await client.get("/healthz")).status == 200
        ready = await client.get("/readyz")
        assert ready.status == 503
        assert await ready.json() == {
            "ready": False,
            "database": "away",
            "failed": ["database_unavailable"],
        }
        got = await client.get("/metrics")
        assert got.status == 200
        assert "brobygger_database_there 0.0" in await got.text()


async def test_metrics_are_of_this_moment(town: Store, clock: TravelClock) -> None:
    """/metrics queries the store for each answer."""
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
    """Metrics call Telegram after two minutes without an answer, so a quiet night is no alert."""
    asked = []

    async def ask() -> None:
        asked.append(1)

    condition = IntakeCondition(town.clock)
    silent = Health(town, frozenset({role}), ask, asyncio.Event(), condition, lambda: now() - 121)
    async with TestClient(TestServer(make_app(silent, None))) as client:
        assert (await client.get("/metrics")).status == 200
    assert len(asked) == asks


async def test_no_webhook_without_one(town: Store) -> None:
    """A polling process takes no updates over HTTP."""
    async with TestClient(TestServer(make_app(health(town, *ROLES), None))) as client:
        assert (await client.post("/telegram", json={"update_id": 1})).status == 404


async def test_an_intake_that_is_refused(town: Store, clock: TravelClock) -> None:
    """Telegram's error is reported without the token; the process is not ready meanwhile."""
    seen = health(town, "intake")
    token = "1000000001:" + "a" * 35
    seen.intake.suffers("poll_refused", ApiError(401, f"Unauthorized {token}"))
    ready, said = await seen.readiness()
    assert (ready, said["intake"]) == (False, "refused: 401 Unauthorized [token removed]")
    assert (await health(town, "worker").readiness())[0]
    seen.intake.well()
    assert (await seen.readiness())[1]["intake"] == "works"
    del clock


@pytest.mark.parametrize("error", [Unreachable(), DatabaseUnavailable()])
async def test_what_passes_by_itself(
    town: Store, clock: TravelClock, error: Unreachable | DatabaseUnavailable
) -> None:
    """A failing call leaves the intake ready until it has failed for two minutes."""
    seen = health(town, "intake")
    seen.intake.suffers("poll_refused", error)
    clock.advance(timedelta(seconds=119))
    seen.intake.suffers("poll_refused", error)
    assert (await seen.readiness())[0]
    clock.advance(timedelta(seconds=1))
    assert not (await seen.readiness())[0]


async def test_an_intake_that_stands_by(town: Store, clock: TravelClock) -> None:
    """A standby is ready; a poller that has fetched nothing for 120 s is not."""
    waits = health(town, "intake", way="")
    assert (await waits.readiness()) == (
        True,
        (await waits.readiness())[1] | {"intake": "stands by"},
    )
    polls, quiet = health(town, "intake"), health(town, "intake", way="webhook")
    clock.advance(timedelta(seconds=120))
    ready, said = await polls.readiness()
    assert (ready, said["intake"]) == (False, "nothing was fetched for 120 seconds")
    assert said["failed"] == ["intake_stopped"]
    polls.intake.took()
    assert (await polls.readiness())[0]
    assert (await quiet.readiness())[0]


async def test_a_database_that_only_reads(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every role reports a database that refuses writes."""
    monkeypatch.setattr(probe, "EVERY", 0.0)
    seen = health(town, "console")
    await engines.run_bare(town.writer, "PRAGMA query_only = 1")
    async with TestClient(TestServer(make_app(seen, None))) as client:
        got = await client.get("/readyz")
        assert got.status == 503
        assert (await got.json())["database"] == "read-only"
        shown = await (await client.get("/metrics")).text()
        assert "brobygger_database_there 1.0" in shown
        assert "brobygger_database_writable 0.0" in shown
        await engines.run_bare(town.writer, "PRAGMA query_only = 0")
        assert (await client.get("/readyz")).status == 200
        assert "brobygger_database_writable 1.0" in await (await client.get("/metrics")).text()


async def test_a_write_serves_all_who_ask(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The probe writes at most once in 5 s for all requests, and waits for no lock."""
    written = 0
    real = probe.write_once

    async def counted(store: Store) -> str:
        nonlocal written
        written += 1
        return await real(store)

    monkeypatch.setattr(probe, "write_once", counted)
    seen = health(town, *ROLES)
    await asyncio.gather(*(seen.readiness() for _ in range(5)))
    assert (await seen.readiness())[0]
    assert written == 1
    monkeypatch.setattr(probe, "EVERY", 0.0)
    monkeypatch.setattr(probe, "PATIENCE", 0.05)
    async with town.unit():
        ready, said = await seen.readiness()
    assert (ready, said["database"]) == (False, "takes no writes in time")
    assert said["failed"] == ["database_takes_no_writes"]
    await seen.close()


async def test_the_metrics_of_the_intake(town: Store, clock: TravelClock) -> None:
    """The intake's metrics show its present state and are reset when the role ends."""
    seen = health(town, "intake", way="webhook")
    failed = clock.now() - timedelta(seconds=30)
    info = {
        "url": "https://here.example/telegram",
        "pending_update_count": 5,
        "last_error_date": int(failed.timestamp()),
        "last_error_message": "Connection refused",
    }
    seen.intake.judge("https://here.example/telegram", info, None)
    async with TestClient(TestServer(make_app(seen, None))) as client:
        shown = await (await client.get("/metrics")).text()
        assert 'brobygger_intake_trouble{why="undelivered"} 1.0' in shown
        assert 'brobygger_intake_trouble{why="token"} 0.0' in shown
        assert "brobygger_telegram_pending_updates 5.0" in shown
        at = watch.REGISTRY.get_sample_value("brobygger_webhook_error_seconds")
        assert at == failed.timestamp()
        assert 'brobygger_intake_seen_seconds{way="webhook"}' in shown
        seen.intake.end()
        shown = await (await client.get("/metrics")).text()
        assert 'brobygger_intake_trouble{why="undelivered"} 0.0' in shown
        assert "brobygger_telegram_pending_updates 0.0" in shown
