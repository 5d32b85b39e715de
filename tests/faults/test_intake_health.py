"""A failed intake and a read-only database are reported, raise alerts and recover."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from databases import postgres_server
from processes import PATIENCE, WATCHFUL, BotProcesses, answers, bot_processes, free_port, until
from prometheus_rules import assert_rings, series_of

from bot.simulator import Fault, FaultKind, World
from bot.simulator.http import Served, serve_http
from bot.testing import TOKEN


@asynccontextmanager
async def running(
    tmp_path: Path, url: str, telegram: Served, intake: str = "polling", **changed: str
) -> AsyncIterator[BotProcesses]:
    """Run a bot with health checks every 0.5 s; assert that it logs no token or traceback."""
    async with bot_processes(tmp_path, url, telegram.url, intake) as processes:
        await processes.start(first=WATCHFUL, **changed)
        yield processes
        assert TOKEN not in processes.said()
        assert "Traceback" not in processes.said()


async def seen(processes: BotProcesses, status: int, name: str, words: str) -> dict[str, Any]:
    """Wait until /readyz answers *status* with *words* in the field *name*; return the report."""
    got: tuple[int, str] = (0, "")
    for _ in range(int(PATIENCE * 10)):
        got = await processes.ask("/readyz")
        if got[0] == status and words in str(json.loads(got[1]).get(name)):
            shown: dict[str, Any] = json.loads(got[1])
            return shown
        await asyncio.sleep(0.1)
    raise AssertionError(got, processes.said())


async def rings(processes: BotProcesses, *alerts: str, minutes: int = 8) -> None:
    """Assert which Prometheus alerts fire if the present metrics last for *minutes*."""
    shown = (await processes.ask("/metrics"))[1]
    assert_rings(series_of(shown, time.time()), *alerts, minutes=minutes)


def logged(processes: BotProcesses, action: str) -> list[dict[str, Any]]:
    """Return the log lines with this *action*."""
    lines = [json.loads(line) for line in processes.said().splitlines() if line.startswith("{")]
    return [line for line in lines if line["action"] == action]


async def test_a_token_that_is_revoked(
    tmp_path: Path, database_url: str, world: World, telegram: Served
) -> None:
    """A 401 is reported in Telegram's words, logged once, and ends when the token works again."""
    async with running(tmp_path, database_url, telegram) as processes:
        await processes.ready()
        await rings(processes)
        revoked = world.faults.add(Fault(FaultKind.ERROR, code=401, description="Unauthorized"))
        world.say(200, "/start")
        shown = await seen(processes, 503, "intake", "refused: 401 Unauthorized")
        assert shown["telegram"] == "there"
        await asyncio.sleep(2)
        await rings(processes, "BrobyggerTokenRefused")
        (line,) = logged(processes, "poll_refused")
        assert (line["code"], line["says"]) == (401, "Unauthorized")
        world.faults.remove(revoked)
        await until(lambda: len(answers(world, 200)) == 2, processes)
        await seen(processes, 200, "intake", "works")
        await rings(processes)


async def test_a_second_poller(
    tmp_path: Path, database_url: str, world: World, telegram: Served
) -> None:
    """With a second poller the 409 stays reported although some calls in between succeed."""
    async with running(tmp_path, database_url, telegram) as processes:
        await processes.ready()
        async with aiohttp.ClientSession() as session:
            other = asyncio.create_task(_poll(session, telegram.url))
            await seen(processes, 503, "intake", "refused: 409 Conflict: terminated by other")
            for _ in range(20):
                assert (await processes.ask("/readyz"))[0] == 503
                await asyncio.sleep(0.1)
            await rings(processes, "BrobyggerSecondPoller")
            other.cancel()
            await asyncio.gather(other, return_exceptions=True)
        world.say(200, "/start")
        await seen(processes, 200, "intake", "works")
        await until(lambda: len(answers(world, 200)) == 2, processes)
        await rings(processes)


async def _poll(session: aiohttp.ClientSession, url: str) -> None:
    """Fetch updates without confirming them, as a second program with this token would."""
    while True:
        asked = {"timeout": 1}
        async with session.post(f"{url}/bot{TOKEN}/getUpdates", json=asked) as got:
            await got.read()
        await asyncio.sleep(0.2)


async def test_a_webhook_that_cannot_be_brought(
    tmp_path: Path, database_url: str, world: World, telegram: Served
) -> None:
    """A webhook is healthy without updates, and unhealthy while updates cannot be delivered."""
    address = f"http://127.0.0.1:{free_port()}"
    async with running(
        tmp_path, database_url, telegram, "webhook", WEBHOOK_URL=address
    ) as processes:
        await processes.ready()
        await seen(processes, 200, "intake", "works")
        await rings(processes, minutes=30)
        for _ in range(5):
            world.say(200, "/start")
        await seen(
            processes, 503, "intake", "updates that wait at Telegram: 5; it says: Connection"
        )
        await rings(processes, "BrobyggerUpdatesWaitAtTelegram")
        assert logged(processes, "webhook_fails")[0]["says"].startswith("Connection failed")
        async with _forwarding(address, processes.port):
            await seen(processes, 200, "intake", "works")
            await until(lambda: len(answers(world, 200)) >= 2, processes)
            await until(lambda: not world.bots[TOKEN].updates, processes)
            await asyncio.sleep(1)  # wait for the next health check
            await rings(processes)


@asynccontextmanager
async def _forwarding(address: str, port: int) -> AsyncIterator[None]:
    """Forward connections from *address* to *port*, as a proxy that works again."""

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, ours = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pipe(reader, ours), pipe(theirs, writer))

    server = await asyncio.start_server(carry, "127.0.0.1", int(address.rpartition(":")[2]))
    async with server:
        yield


async def test_a_webhook_that_is_refused(
    tmp_path: Path, database_url: str, world: World, telegram: Served
) -> None:
    """A refused setWebhook is reported in Telegram's words and repeated until it succeeds."""
    says = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    refused = world.faults.add(
        Fault(FaultKind.ERROR, method="setWebhook", code=400, description=says)
    )
    async with running(tmp_path, database_url, telegram, "webhook") as processes:
        await seen(processes, 503, "intake", f"refused: 400 {says}")
        await asyncio.sleep(2)
        await rings(processes, "BrobyggerIntakeRefused")
        (line,) = logged(processes, "webhook_refused")
        assert (line["code"], line["says"]) == (400, says)
        world.faults.remove(refused)
        await seen(processes, 200, "intake", "works")
        world.say(200, "/start")
        await until(lambda: len(answers(world, 200)) == 2, processes)
        await rings(processes)


async def test_a_webhook_that_another_has_set(
    tmp_path: Path, sqlite_url: str, world: World, telegram: Served
) -> None:
    """A webhook that another program has moved is reported with its new host."""
    async with running(tmp_path, sqlite_url, telegram, "webhook") as processes:
        await processes.ready()
        await until(lambda: bool(logged(processes, "webhook_set")), processes)
        world.call(TOKEN, "setWebhook", {"url": "https://elsewhere.example/bot"})
        await seen(processes, 503, "intake", "Telegram brings the updates to elsewhere.example")
        await rings(processes, "BrobyggerWebhookElsewhere")


@pytest.mark.postgres
async def test_a_process_on_stand_by(tmp_path: Path, postgres_url: str, telegram: Served) -> None:
    """A process whose intake is on standby is ready and reports `stands by`."""
    async with running(tmp_path, postgres_url, telegram) as processes:
        await processes.ready()
        port = free_port()
        await processes.start(first=WATCHFUL, roles="intake", HTTP_PORT=str(port))
        await processes.ready(port)
        assert '"intake": "stands by"' in (await processes.ask("/readyz", port))[1]
        await rings(processes)


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[Any]:
    """Start a PostgreSQL whose role `clerk` a test can make read-only."""
    with postgres_server() as server:
        server.psql("CREATE ROLE clerk LOGIN;")
        yield server


@pytest.mark.postgres
@pytest.mark.parametrize("intake", ["polling", "webhook"])
async def test_a_database_that_only_reads(
    tmp_path: Path, own_postgres: Any, world: World, telegram: Served, intake: str
) -> None:
    """A read-only PostgreSQL is reported with an alert; afterwards each answer arrives once."""
    own_postgres.psql(f"CREATE DATABASE {intake} OWNER clerk;")
    url = own_postgres.get_uri(database=intake, driver="asyncpg")
    url = url.replace("postgres:", "clerk:", 1)
    async with running(tmp_path, url, telegram, intake) as processes:
        await processes.ready()
        await rings(processes)
        own_postgres.psql(
            "ALTER ROLE clerk SET default_transaction_read_only = on;"
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clerk';"
        )
        await seen(processes, 503, "database", "read-only")
        world.say(200, "/start")
        await asyncio.sleep(3)
        await rings(processes, "BrobyggerDatabaseTakesNoWrites", *_besides(intake))
        own_postgres.psql("ALTER ROLE clerk RESET default_transaction_read_only;")
        await until(lambda: len(answers(world, 200)) == 2, processes)
        shown = await seen(processes, 200, "database", "there")
        assert shown["inbox"] == 0
        await rings(processes)
        assert logged(processes, "row_set_aside") == []
        assert logged(processes, "turn_failed") == []


def _besides(intake: str) -> tuple[str, ...]:
    """Return the other alerts: with a webhook, refused calls leave updates waiting at Telegram."""
    return ("BrobyggerUpdatesWaitAtTelegram",) if intake == "webhook" else ()


async def test_telegram_is_away_for_a_moment(tmp_path: Path, sqlite_url: str, world: World) -> None:
    """A short outage of Telegram leaves the intake healthy and is logged once per role."""
    port = free_port()
    first = await serve_http(world, port=port)
    async with running(tmp_path, sqlite_url, first) as processes:
        await processes.ready()
        await first.close()
        await until(lambda: bool(logged(processes, "telegram_unreachable")), processes)
        await asyncio.sleep(2)
        assert (await processes.ask("/readyz"))[0] == 200
        assert (
            len(logged(processes, "telegram_unreachable")) <= 2
        )  # the poller's, and the courier's
        second = await serve_http(world, port=port)
        try:
            world.say(200, "/start")
            await until(lambda: len(answers(world, 200)) == 2, processes)
            await until(lambda: bool(logged(processes, "intake_works")), processes)
        finally:
            await second.close()
