"""Kill the process repeatedly while updates arrive: nothing is lost and doubles are bounded."""

from __future__ import annotations

import asyncio
import random
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import pytest
from figures import Figure
from processes import FASTER, PATIENCE, BotProcesses, bot_processes
from telegram_apart import FIRST

from bot.app.checks.run import audit_findings
from bot.clock import SystemClock
from bot.service.content import read_town
from bot.store.store import Store
from bot.testing import TOKEN

IN_FLIGHT = 30  # calls that the courier makes at the same time at most
SERVER = Path(__file__).with_name("telegram_apart.py")
SEED = 4


def script() -> list[str]:
    """Return the ten messages of each citizen, one of them a question for staff."""
    asked = [entry.text("da").question for entry in read_town(None).faq][:6]
    person = ["Hvornår bliver bænken ved søen malet igen?", "spørg et menneske"]
    return ["/start", *asked[:3], *person, "/hjælp", *asked[3:]]


@dataclass(frozen=True, slots=True)
class Telegram:
    """A simulated Telegram in another process, reached at *url*."""

    url: str
    session: aiohttp.ClientSession

    async def say(self, *said: tuple[int, str]) -> None:
        """Send messages as citizens, each given as (user, text)."""
        async with self.session.post(f"{self.url}/say", json=said) as answer:
            assert answer.status == 200

    async def received(self) -> dict[int, list[str]]:
        """Return the messages each citizen received, in order, without the case numbers."""
        async with self.session.get(f"{self.url}/heard") as answer:
            seen = await answer.json()
        return {
            int(user): [re.sub(r"KS-\d+", "KS-", text) for text in texts]
            for user, texts in seen.items()
        }


@asynccontextmanager
async def telegram_apart(citizens: int) -> AsyncIterator[Telegram]:
    """Run `telegram_apart.py` as a process with *citizens*."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(SERVER), str(citizens), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            url = (await process.stdout.readline()).decode().strip()
        async with aiohttp.ClientSession() as session:
            yield Telegram(url, session)
    finally:
        process.kill()
        await process.wait()


async def looked(url: str, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of *query*, whether or not the bot has the database open."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=PATIENCE)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()
    server = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    try:
        return [tuple(row) for row in await server.fetch(query)]
    finally:
        await server.close()


@dataclass(slots=True)
class Run:
    """One bot, its simulated Telegram and the counts of the run."""

    processes: BotProcesses
    telegram: Telegram
    database_url: str
    citizens: int
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - to be repeatable, not secret
    startup: float = 0.0  # seconds
    claimed: list[int] = field(default_factory=list)  # rows in flight at each kill

    async def begin(self) -> list[str]:
        """Start the bot and play the script with one citizen, without kills; return the answers."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        await self.processes.start(first=FASTER)
        await self.processes.ready()
        self.startup = loop.time() - begun
        for words in script():
            await self.telegram.say((FIRST, words))
        await self.come_to_rest(PATIENCE, len(script()))
        return (await self.telegram.received())[FIRST]

    async def arrive(self, seconds: float) -> None:
        """Send the messages of all other citizens over *seconds*, shuffled between citizens."""
        turns = [who for who in range(1, self.citizens) for _line in script()]
        self.chance.shuffle(turns)
        said, loop = Counter[int](), asyncio.get_running_loop()
        begun = loop.time()
        for place, who in enumerate(turns):
            await asyncio.sleep(begun + seconds * place / len(turns) - loop.time())
            await self.telegram.say((FIRST + who, script()[said[who]]))
            said[who] += 1

    async def kill(self, times: int) -> None:
        """Kill and restart the bot *times* times at random moments."""
        for _time in range(times):
            await self._random_moment()
            self.processes.started[-1].kill()
            await self.processes.started[-1].wait()
            self.claimed.append(await self._claimed())
            await self.processes.start(first=FASTER)

    async def _random_moment(self) -> None:
        """Wait for a random moment: one in four during startup, the others during work."""
        if self.chance.random() < 1 / 4:
            await asyncio.sleep(self.chance.uniform(0.0, self.startup))
            return
        async with asyncio.timeout(5 * PATIENCE):
            while not self.processes.runs():  # noqa: ASYNC110 - no event to await
                await asyncio.sleep(0.02)
        await asyncio.sleep(self.chance.uniform(0.0, 2.0))

    async def _claimed(self) -> int:
        """Return the number of sends in flight at the kill."""
        alone = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'brobygger'"
        if self.database_url.startswith("postgresql"):
            async with asyncio.timeout(PATIENCE):  # statements already sent may still finish
                while (await looked(self.database_url, alone))[0][0]:  # noqa: ASYNC110 - no event to await
                    await asyncio.sleep(0.01)
        query = "SELECT count(*) FROM outbox WHERE state = 'claimed'"
        return int((await looked(self.database_url, query))[0][0])

    async def come_to_rest(self, patience: float, updates: int) -> None:
        """Wait until *updates* have arrived and no inbox or outbox row is open."""
        query = (
            "SELECT (SELECT count(*) FROM inbox WHERE NOT done), "
            "(SELECT count(*) FROM outbox WHERE state IN ('pending', 'claimed')), "
            "(SELECT count(*) FROM inbox WHERE source LIKE 'telegram:%')"
        )
        async with asyncio.timeout(patience):
            idle = 0
            while idle < 5:
                waits, to_go, came = (await looked(self.database_url, query))[0]
                idle = 0 if waits or to_go or came < updates else idle + 1
                await asyncio.sleep(0.2)


async def killed(
    processes: BotProcesses, telegram: Telegram, database_url: str, *, citizens: int, kills: int
) -> dict[str, Any]:
    """Kill a working bot *kills* times, check the guarantees, and return the figures."""
    loop, run = asyncio.get_running_loop(), Run(processes, telegram, database_url, citizens)
    begun = loop.time()
    wanted = await run.begin()
    await asyncio.gather(run.arrive(kills * (run.startup + 0.8)), run.kill(kills))
    updates = citizens * len(script())
    await run.come_to_rest(2 * PATIENCE + updates / 4, updates)
    received = await telegram.received()
    doubled = sum(hold(received.get(FIRST + who, []), wanted) for who in range(citizens))
    given_up = await hold_rows(database_url, updates, citizens)
    assert max(run.claimed) <= IN_FLIGHT
    assert doubled <= sum(run.claimed)
    assert TOKEN not in processes.said()
    await processes.end()
    await hold_audited(database_url)
    return {
        "kills": kills,
        "with_sends_in_flight": sum(count > 0 for count in run.claimed),
        "updates": updates,
        "sent": sum(map(len, received.values())),
        "lost": 0,
        "doubled": doubled,
        "in_flight_at_the_kills": sum(run.claimed),
        "unconfirmed": given_up,
        "seconds": round(loop.time() - begun),
    }


def hold(received: list[str], wanted: list[str]) -> int:
    """Assert that all *wanted* messages arrived in order; return the number of repeats."""
    assert list(dict.fromkeys(received)) == wanted
    return len(received) - len(wanted)


async def hold_audited(database_url: str) -> None:
    """Assert that the audit finds nothing."""
    store = await Store.open(database_url, clock=SystemClock())
    try:
        assert await audit_findings(store) == []
    finally:
        await store.close()


async def hold_rows(database_url: str, updates: int, citizens: int) -> int:
    """Assert one processed row per update and one case per citizen.

    Return how many sends were in flight at two kills, so that it is unknown whether they arrived.
    """
    rows = await looked(
        database_url, "SELECT key, done, failed FROM inbox WHERE source LIKE 'telegram:%'"
    )
    assert len({key for key, _done, _failed in rows}) == len(rows) == updates
    assert all(done and not failed for _key, done, failed in rows)
    ended = await looked(database_url, "SELECT state, error FROM outbox WHERE state <> 'sent'")
    assert set(ended) <= {("failed", "sent again, never confirmed")}
    cases = await looked(database_url, "SELECT person_id, count(*) FROM cases GROUP BY person_id")
    assert [count for _who, count in cases] == [1] * citizens
    return len(ended)


@pytest.mark.parametrize(
    ("database_url", "intake"),
    [
        ("sqlite", "polling"),
        pytest.param("postgres", "webhook", marks=pytest.mark.postgres),
    ],
    indirect=["database_url"],
)
async def test_killed_in_mid_work(tmp_path: Path, database_url: str, intake: str) -> None:
    """Two kills among 60 messages: all are answered in order, at most sends in flight twice."""
    async with (
        telegram_apart(6) as telegram,
        bot_processes(tmp_path, database_url, telegram.url, intake) as processes,
    ):
        await killed(processes, telegram, database_url, citizens=6, kills=2)


@pytest.mark.slow
@pytest.mark.parametrize("intake", ["polling", "webhook"])
async def test_killed_fifty_times(
    tmp_path: Path,
    database_url: str,
    intake: str,
    figure: Figure,
    request: pytest.FixtureRequest,
) -> None:
    """Kill the process 50 times while 2000 updates of 200 citizens arrive."""
    async with (
        telegram_apart(200) as telegram,
        bot_processes(tmp_path, database_url, telegram.url, intake) as processes,
    ):
        figures = await killed(processes, telegram, database_url, citizens=200, kills=50)
    figure(request.node.callspec.id, **figures)
