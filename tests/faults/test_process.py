"""`brobygger run` in a process of its own: it answers, ends when told to, and survives kill -9."""

from __future__ import annotations

import asyncio
import signal
import socket
import sqlite3
import stat
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import pytest

from bot.clock import SystemClock
from bot.service.content import read_town
from bot.settings import environment
from bot.simulator import World
from bot.simulator.http import Served, serve_http
from bot.testing import TOKEN

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 25.0  # seconds any one thing may take
TERM_WITHIN = 10.0
# The crash test waits for Telegram's own limit of one message a second otherwise.
FASTER = (
    "import sys; from bot.transport import pacing; from bot.cli import main; "
    "pacing.PRIVATE = pacing.PRIVATE_BURST = 1000.0; sys.exit(main(['run']))"
)
SECRET = "a-secret-of-this-test-alone"  # noqa: S105 - it opens nothing


@dataclass
class House:
    """One bot's settings, and the processes that were started with them."""

    folder: Path
    settings: dict[str, str]
    port: int
    started: list[asyncio.subprocess.Process] = field(default_factory=list)

    async def start(self, *, faster: bool = False, **changed: str) -> asyncio.subprocess.Process:
        """Start `brobygger run`; what it says goes to files."""
        environ = {k: v for k, v in environment().items() if not k.startswith("BROBYGGER_")}
        environ |= {f"BROBYGGER_{k}": v for k, v in (self.settings | changed).items()}
        what = ["-c", FASTER] if faster else ["-m", "bot.cli", "run"]
        number = len(self.started)
        with (
            (self.folder / f"{number}.out").open("wb") as out,
            (self.folder / f"{number}.err").open("wb") as err,
        ):
            process = await asyncio.create_subprocess_exec(
                sys.executable, *what, cwd=REPOSITORY, env=environ, stdout=out, stderr=err
            )
        self.started.append(process)
        return process

    def said(self) -> str:
        """Return all that the processes have said."""
        return "\n".join(each.read_text() for each in sorted(self.folder.glob("[0-9]*.???")))

    async def ask(self, path: str, **how: Any) -> tuple[int, str]:
        """Ask the newest process over HTTP; 0 where nobody listens."""
        address = f"http://127.0.0.1:{self.port}{path}"
        method = "POST" if how else "GET"
        try:
            async with aiohttp.request(method, address, **how) as got:
                return got.status, await got.text()
        except aiohttp.ClientConnectionError:
            return 0, ""

    async def ready(self) -> None:
        """Wait until the newest process says that it is ready."""
        for _ in range(int(PATIENCE * 10)):
            if (await self.ask("/readyz"))[0] == 200:
                return
            assert self.started[-1].returncode is None, self.said()
            await asyncio.sleep(0.1)
        raise AssertionError(self.said())

    async def end(self) -> None:
        """Kill whatever of ours still runs."""
        for process in self.started:
            if process.returncode is None:
                process.kill()
            await process.wait()


def free_port() -> int:
    """Return a port that nobody has just now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def world() -> World:
    """Return a Telegram that goes by the machine's own clock, with six citizens."""
    made = World(SystemClock().now)
    made.add_bot(TOKEN, name="Dialog Klintsund", username="dialog_klintsund_bot")
    for number in range(6):
        made.add_user(200 + number, f"Borger {number}", language_code="da")
    return made


@pytest.fixture
async def telegram(world: World) -> AsyncIterator[Served]:
    """Serve the world on loopback."""
    served = await serve_http(world)
    yield served
    await served.close()


@pytest.fixture(params=["polling", "webhook"])
def intake(request: pytest.FixtureRequest) -> str:
    """Return how updates come in."""
    return str(request.param)


@asynccontextmanager
async def house_of(
    tmp_path: Path, database_url: str, api_url: str, intake: str = "polling"
) -> AsyncIterator[House]:
    """Make the settings of a bot, and end at last whatever was started with them."""
    port = free_port()
    settings = {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api_url,
        "DATABASE_URL": database_url,
        "HTTP_PORT": str(port),
        "LOG_FORMAT": "json",
    }
    if intake == "webhook":
        address = f"http://127.0.0.1:{port}"
        settings |= {"INTAKE": intake, "WEBHOOK_URL": address, "WEBHOOK_SECRET": SECRET}
    if database_url.startswith("postgresql"):
        settings |= {"SECRET_KEY": "a key that all processes know"}
    folder = tmp_path / "said"
    folder.mkdir()
    house = House(folder, settings, port)
    try:
        yield house
    finally:
        await house.end()


async def until(what: Callable[[], bool], house: House, patience: float = PATIENCE) -> None:
    """Wait, but not for ever."""
    for _ in range(int(patience * 50)):
        if what():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(house.said())


def answers(world: World, user: int) -> list[str]:
    """Return what the bot has written to *user*, in order."""
    chat = world.bots[TOKEN].chats.get(user)
    return [seen.text for seen in chat.log if seen.kind == "sent"] if chat else []


async def test_it_answers_and_ends_when_told(
    tmp_path: Path, database_url: str, intake: str, world: World, telegram: Served
) -> None:
    """A citizen is answered, health and metrics are served, and SIGTERM ends it well in time."""
    async with house_of(tmp_path, database_url, telegram.url, intake) as house:
        process = await house.start()
        await house.ready()
        world.say(200, "/start")
        await until(lambda: len(answers(world, 200)) == 2, house)
        assert (await house.ask("/healthz"))[0] == 200
        status, ready = await house.ask("/readyz")
        assert status == 200
        assert '"database": "there"' in ready
        status, metrics = await house.ask("/metrics")
        assert status == 200
        assert 'brobygger_turns_total{source="telegram"} 1.0' in metrics
        assert 'brobygger_sends_total{result="sent"} 2.0' in metrics
        stranger = await house.ask("/telegram", json={"update_id": 1})
        assert stranger[0] == (401 if intake == "webhook" else 404)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), TERM_WITHIN) == 0
        assert '"action": "stopped"' in house.said()
        assert TOKEN not in house.said()
        assert SECRET not in house.said()
        assert "Traceback" not in house.said()
        if database_url.startswith("sqlite"):
            key = tmp_path / "secret_key"
            assert stat.S_IMODE(key.stat().st_mode) == 0o600
            assert key.read_text() not in house.said()


async def all_happened(url: str) -> list[tuple[Any, ...]]:
    """Return key, done and failed of every update that came in."""
    query = "SELECT key, done, failed FROM inbox WHERE source LIKE 'telegram:%' ORDER BY id"
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        rows = connection.execute(query).fetchall()
        connection.close()
        return rows
    server = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    rows = [tuple(row) for row in await server.fetch(query)]
    await server.close()
    return rows


def questions() -> list[tuple[str, str]]:
    """Return ten questions, each with the words its answer begins with."""
    entries = [entry.text("da") for entry in read_town(None).faq]
    return [(text.question, text.question) for text in entries[:10]]


async def crash(house: House, world: World, *, kills: int, rounds: int) -> None:
    """Let six citizens ask, and kill the process again and again while it works."""
    asked = questions()
    sends = rounds * 6
    await house.start(faster=True)
    await house.ready()
    said = killed = 0
    while said < sends or killed < kills:
        if said < sends:
            world.say(200 + said % 6, asked[said // 6 % len(asked)][0])
            said += 1
        if killed < kills and said > (killed + 1) * sends // (kills + 1):
            await asyncio.sleep(0.15)  # it is in the middle of things now
            house.started[-1].kill()
            await house.started[-1].wait()
            killed += 1
            await house.start(faster=True)
        if said % 6 == 0:
            await asyncio.sleep(0.02)
    await house.ready()


def in_order(heard: list[str], expected: list[str]) -> bool:
    """Tell whether every expected answer came, in order, if some of them twice."""
    found = [next(q for q in expected if q in text) for text in heard if _is_answer(text, expected)]
    place = 0
    for each in found:
        if place < len(expected) and each == expected[place]:
            place += 1
    return place == len(expected)


def _is_answer(text: str, expected: list[str]) -> bool:
    return any(question in text for question in expected)


async def hold_after_crashes(house: House, world: World, url: str, *, rounds: int) -> None:
    """Wait until all is answered; nothing is lost, and next to nothing is said twice."""
    expected = [questions()[number % 10][1] for number in range(rounds)]
    people = range(200, 206)
    # Thirty a second are sent, and what a courier had in the air is sent again.
    patience = PATIENCE + rounds
    heard = lambda: all(in_order(answers(world, who), expected) for who in people)  # noqa: E731 - it only shortens what follows
    await until(heard, house, patience)
    rows = await all_happened(url)
    assert len(rows) == rounds * 6
    assert len({key for key, _done, _failed in rows}) == rounds * 6
    assert all(done and not failed for _key, done, failed in rows)
    for who in people:
        welcomes = [text for text in answers(world, who) if "Jeg er robotten" in text]
        assert 1 <= len(welcomes) <= 2
        assert not any("Noget gik galt" in text for text in answers(world, who))


@pytest.mark.parametrize(
    ("database_url", "intake"),
    [
        ("sqlite", "polling"),
        pytest.param("postgres", "webhook", marks=pytest.mark.postgres),
    ],
    indirect=True,
)
async def test_killed_in_mid_work(
    tmp_path: Path, database_url: str, intake: str, world: World, telegram: Served
) -> None:
    """Three times kill -9 among sixty messages: each question is answered, and in order."""
    async with house_of(tmp_path, database_url, telegram.url, intake) as house:
        await crash(house, world, kills=3, rounds=10)
        await hold_after_crashes(house, world, database_url, rounds=10)
        assert TOKEN not in house.said()


@pytest.mark.slow
async def test_killed_again_and_again(
    tmp_path: Path, database_url: str, intake: str, world: World, telegram: Served
) -> None:
    """Twenty times kill -9 among six hundred messages, held to the same."""
    async with house_of(tmp_path, database_url, telegram.url, intake) as house:
        await crash(house, world, kills=20, rounds=100)
        await hold_after_crashes(house, world, database_url, rounds=100)


async def test_it_starts_with_telegram_away(tmp_path: Path, sqlite_url: str, world: World) -> None:
    """It starts without Telegram, says so, and catches up when Telegram is back."""
    port = free_port()
    world.say(200, "/start")
    async with house_of(tmp_path, sqlite_url, f"http://127.0.0.1:{port}") as house:
        process = await house.start()
        for _ in range(int(PATIENCE * 10)):
            if (await house.ask("/healthz"))[0] == 200:
                break
            await asyncio.sleep(0.1)
        status, seen = await house.ask("/readyz")
        assert status == 503
        assert '"telegram": "not heard of"' in seen
        served = await serve_http(world, port=port)
        try:
            await until(lambda: len(answers(world, 200)) == 2, house)
            await house.ready()
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), TERM_WITHIN) == 0
        finally:
            await served.close()
        assert '"action": "telegram_away"' in house.said()
        assert TOKEN not in house.said()


async def test_a_wrong_token_is_said(tmp_path: Path, sqlite_url: str, telegram: Served) -> None:
    """A token that Telegram does not know ends it with 2 and a sentence, without the token."""
    wrong = "1000000001:another-token-that-telegram-does-not-know"
    async with house_of(tmp_path, sqlite_url, telegram.url) as house:
        process = await house.start(BOT_TOKEN=wrong)
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 2
        assert "Telegram does not know this token" in house.said()
        assert "Traceback" not in house.said()
        assert wrong not in house.said()


async def test_a_second_run_is_refused(
    tmp_path: Path, sqlite_url: str, world: World, telegram: Served
) -> None:
    """One SQLite file has one process; the second ends with 2 and the first goes on."""
    async with house_of(tmp_path, sqlite_url, telegram.url) as house:
        first = await house.start()
        await house.ready()
        second = await house.start(HTTP_PORT="0")
        assert await asyncio.wait_for(second.wait(), PATIENCE) == 2
        assert "Another Brobygger already runs on this database file." in house.said()
        assert first.returncode is None
        world.say(200, "/start")
        await until(lambda: len(answers(world, 200)) == 2, house)
