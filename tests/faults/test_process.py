"""Run `brobygger run` as its own process: answers, startup faults and shutdown."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest
from processes import (
    PATIENCE,
    RARE_LOOKS,
    SECRET,
    TERM_WITHIN,
    answers,
    bot_processes,
    free_port,
    until,
)

from bot.simulator import World
from bot.simulator.http import Served, serve_http
from bot.testing import TOKEN


@pytest.fixture(params=["polling", "webhook"])
def intake(request: pytest.FixtureRequest) -> str:
    """Return the kind of intake."""
    return str(request.param)


async def test_it_answers_and_ends_when_told(
    tmp_path: Path, database_url: str, intake: str, world: World, telegram: Served
) -> None:
    """A citizen is answered, health and metrics are served, and SIGTERM ends it in 10 s."""
    async with bot_processes(tmp_path, database_url, telegram.url, intake) as processes:
        process = await processes.start()
        await processes.ready()
        world.say(200, "/start")
        await until(lambda: len(answers(world, 200)) == 2, processes)
        assert (await processes.ask("/healthz"))[0] == 200
        status, ready = await processes.ask("/readyz")
        assert status == 200
        assert '"database": "there"' in ready
        status, metrics = await processes.ask("/metrics")
        assert status == 200
        assert 'brobygger_turns_total{source="telegram"} 1.0' in metrics
        assert 'brobygger_sends_total{result="sent"} 2.0' in metrics
        stranger = await processes.ask("/telegram", json={"update_id": 1})
        assert stranger[0] == (401 if intake == "webhook" else 404)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), TERM_WITHIN) == 0
        assert '"action": "stopped"' in processes.said()
        assert TOKEN not in processes.said()
        assert SECRET not in processes.said()
        assert "Traceback" not in processes.said()


async def test_all_messages_of_a_reply_go_out_at_once(
    tmp_path: Path, database_url: str, intake: str, world: World, telegram: Served
) -> None:
    """The second message follows as soon as the first is answered, without the next poll."""
    async with bot_processes(tmp_path, database_url, telegram.url, intake) as processes:
        await processes.start(first=RARE_LOOKS)
        await processes.ready()
        for user in (200, 201, 202):
            world.say(user, "/start")
            await until(lambda user=user: len(answers(world, user)) == 2, processes)


async def test_it_starts_with_telegram_away(tmp_path: Path, sqlite_url: str, world: World) -> None:
    """The process starts while Telegram is away, reports it, and catches up afterwards."""
    port = free_port()
    world.say(200, "/start")
    async with bot_processes(tmp_path, sqlite_url, f"http://127.0.0.1:{port}") as processes:
        process = await processes.start()
        for _ in range(int(PATIENCE * 10)):
            if (await processes.ask("/healthz"))[0] == 200:
                break
            await asyncio.sleep(0.1)
        status, seen = await processes.ask("/readyz")
        assert status == 503
        assert '"telegram": "not heard of"' in seen
        served = await serve_http(world, port=port)
        try:
            await until(lambda: len(answers(world, 200)) == 2, processes)
            await processes.ready()
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), TERM_WITHIN) == 0
        finally:
            await served.close()
        assert '"action": "telegram_unreachable"' in processes.said()
        assert TOKEN not in processes.said()


async def test_a_wrong_token_is_said(tmp_path: Path, sqlite_url: str, telegram: Served) -> None:
    """An unknown token ends the process with exit code 2 and a message without the token."""
    wrong = "1000000001:another-token-that-telegram-does-not-know"
    async with bot_processes(tmp_path, sqlite_url, telegram.url) as processes:
        process = await processes.start(BOT_TOKEN=wrong)
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 2
        assert "Telegram does not know this token" in processes.said()
        assert "Traceback" not in processes.said()
        assert wrong not in processes.said()


async def test_a_second_run_is_refused(
    tmp_path: Path, sqlite_url: str, world: World, telegram: Served
) -> None:
    """A second process on one SQLite file exits with code 2; the first keeps working."""
    async with bot_processes(tmp_path, sqlite_url, telegram.url) as processes:
        first = await processes.start()
        await processes.ready()
        second = await processes.start(HTTP_PORT="0")
        assert await asyncio.wait_for(second.wait(), PATIENCE) == 2
        assert "Another Brobygger already runs on this database file." in processes.said()
        assert first.returncode is None
        world.say(200, "/start")
        await until(lambda: len(answers(world, 200)) == 2, processes)
