"""Split roles over processes on PostgreSQL, kill one process, and replace workers."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from argon2 import PasswordHasher
from processes import FASTER, TERM_WITHIN, BotProcesses, answers, bot_processes, free_port, until

from bot.app.compose import town_context_of
from bot.clock import SystemClock
from bot.model.staff import Role, Staff
from bot.service.content import read_town
from bot.simulator import World
from bot.simulator.http import Served
from bot.store.store import Store
from bot.testing import TOKEN, klintsund

FAIL_OVER = 10.0  # seconds within which another process must take over a role
PASSWORD = "seks krager i et ahorntræ"  # noqa: S105 - not a real secret
CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("database_url", ["postgres"], indirect=True),
]


@pytest.fixture
async def processes(
    tmp_path: Path, database_url: str, telegram: Served
) -> AsyncIterator[BotProcesses]:
    """Build the settings that all processes share."""
    async with bot_processes(tmp_path, database_url, telegram.url) as made:
        yield made


def questions() -> list[str]:
    """Return ten questions of the FAQ; each answer repeats its question."""
    return [entry.text("da").question for entry in read_town(None).faq][:10]


async def started(processes: BotProcesses, roles: str) -> tuple[asyncio.subprocess.Process, int]:
    """Start a process with *roles* on its own port and wait until it is ready."""
    port = free_port()
    process = await processes.start(first=FASTER, roles=roles, HTTP_PORT=str(port))
    await processes.ready(port)
    return process, port


async def ended(process: asyncio.subprocess.Process) -> None:
    """Send SIGTERM and assert exit code 0 within 10 s."""
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), TERM_WITHIN) == 0


async def employed(url: str) -> None:
    """Add Mette as a member of staff with a password."""
    store = await Store.open(url, clock=SystemClock(), town=town_context_of(klintsund()))
    async with store.unit() as unit:
        mette = Staff(0, "mette", "Mette", "Borgerservice", Role.STAFF, language="da")
        made = await unit.staff.add(mette)
        await unit.staff.set_password(made, PasswordHasher(1, 8, 1).hash(PASSWORD))
    await store.close()


async def come_in(session: aiohttp.ClientSession, console: str) -> None:
    """Sign in to the console as Mette."""
    async with session.get(f"{console}/sign-in") as page:
        token = CSRF.search(await page.text())
    assert token is not None
    form = {"csrf": token[1], "username": "mette", "password": PASSWORD}
    async with session.post(f"{console}/sign-in", data=form) as page:
        assert "Mette" in await page.text()


async def test_each_role_in_its_own_process(
    processes: BotProcesses, world: World, database_url: str
) -> None:
    """Each process serves only its roles, and all end within 10 s, even with an SSE stream open."""
    await employed(database_url)
    intake, worker, courier = [
        await started(processes, role) for role in ("intake", "worker", "courier")
    ]
    scheduler, console = [await started(processes, role) for role in ("scheduler", "console")]
    world.say(200, "/start")
    await until(lambda: len(answers(world, 200)) == 2, processes)
    for (_process, port), talks in ((intake, True), (worker, False), (courier, True)):
        assert ("telegram" in (await processes.ask("/readyz", port))[1]) is talks
        assert (await processes.ask("/console/sign-in", port))[0] == 404
    held = {
        name: f'brobygger_role_held{{role="{name}"}} 1.0'
        in (await processes.ask("/metrics", port))[1]
        for name, (_process, port) in (("intake", intake), ("courier", courier))
    }
    assert held == {"intake": True, "courier": True}
    address = f"http://127.0.0.1:{console[1]}/console"
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        await come_in(session, address)
        async with session.get(f"{address}/events") as stream:
            assert stream.status == 200
            await ended(console[0])
    for process, _port in (intake, worker, courier, scheduler):
        await ended(process)
    assert TOKEN not in processes.said()
    assert "Traceback" not in processes.said()


async def test_another_takes_over(processes: BotProcesses, world: World) -> None:
    """After kill -9 of intake, courier and scheduler a standby takes over within 10 s."""
    ones = "intake,courier,scheduler"
    leader, _port = await started(processes, ones)
    await started(processes, "worker,console")
    _standby, port = await started(processes, ones)
    metrics = (await processes.ask("/metrics", port))[1]
    assert 'brobygger_role_held{role="courier"} 1.0' not in metrics
    world.say(200, "/start")
    await until(lambda: len(answers(world, 200)) == 2, processes)
    leader.kill()
    await leader.wait()
    world.say(200, questions()[0])
    await until(lambda: len(answers(world, 200)) == 3, processes, FAIL_OVER)
    for role in ones.split(","):
        for _ in range(int(FAIL_OVER * 10)):
            metrics = (await processes.ask("/metrics", port))[1]
            if f'brobygger_role_held{{role="{role}"}} 1.0' in metrics:
                break
            await asyncio.sleep(0.1)
        else:
            raise AssertionError(role, processes.said())


async def test_workers_are_replaced(processes: BotProcesses, world: World) -> None:
    """Replace each worker while six citizens ask: every answer arrives once and in order."""
    await started(processes, "intake,courier,scheduler,console")
    workers = [await started(processes, "worker"), await started(processes, "worker")]
    asked = questions()
    people = range(200, 206)
    rounds = 2 * len(asked)

    async def write() -> None:
        for who in people:
            world.say(who, "/start")
        for number in range(rounds):
            for who in people:
                world.say(who, asked[number % len(asked)])
                await asyncio.sleep(0.05)

    writing = asyncio.create_task(write())
    for process, _port in workers:
        await started(processes, "worker")
        await ended(process)
    await writing
    expected = [asked[number % len(asked)] for number in range(rounds)]
    for who in people:
        await until(lambda who=who: len(answers(world, who)) >= 2 + rounds, processes)
        received = answers(world, who)[2:]
        assert [next(q for q in asked if q in text) for text in received] == expected
    assert '"action": "turn_failed"' not in processes.said()
    assert [json.loads(line)["late"] for line in drained(processes)] == [0, 0]


def drained(processes: BotProcesses) -> list[str]:
    """Return the log lines that processes wrote after finishing their work at shutdown."""
    return [line for line in processes.said().splitlines() if '"action": "drained"' in line]
