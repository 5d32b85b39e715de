"""The contenders: the bot on two databases, and its rivals; each by polling and by webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import Postgres, Program, free_port, running
from bot.simulator import TOKEN, Bot

SECRET = "a-secret-of-this-benchmark"  # noqa: S105 - it opens nothing
READY_WITHIN = 60.0  # seconds
RIVALS = {"python-telegram-bot": "rival_ptb", "aiogram": "rival_aiogram"}


@dataclass(frozen=True, slots=True)
class Contender:
    """One bot in one setting; *kind* is a database of ours, or a rival."""

    kind: str
    intake: str

    @property
    def ours(self) -> bool:
        """Return whether it is Brobygger."""
        return self.kind not in RIVALS

    @property
    def name(self) -> str:
        """Return the name for the tables."""
        return f"Brobygger, {self.kind}" if self.ours else self.kind


CONTENDERS = tuple(
    Contender(kind, intake)
    for intake in ("polling", "webhook")
    for kind in ("SQLite", "PostgreSQL", *RIVALS)
)


@asynccontextmanager
async def started(
    who: Contender,
    *,
    bot: Bot,
    api: str,
    folder: Path,
    postgres: Postgres | None,
    profile: str | None = None,
) -> AsyncIterator[Program]:
    """Start a contender on its own empty database; wait until it receives updates."""
    port = free_port()
    said = folder / "said.txt"
    if who.ours:
        module = ["-m", "benchmarks.turns.ours", *(["--profile", profile] if profile else [])]
        settings = await _settings(who, api, folder, postgres, port)
    else:
        module = ["-m", f"benchmarks.turns.{RIVALS[who.kind]}", api, who.intake, str(port)]
        settings = {}
    async with running(*module, said=said, settings=settings) as program:
        await _ready(who, bot, program)
        yield program


async def _settings(
    who: Contender, api: str, folder: Path, postgres: Postgres | None, port: int
) -> dict[str, str]:
    """Return the bot's settings for its environment variables."""
    database = f"sqlite:///{folder / 'town.sqlite3'}"
    if who.kind == "PostgreSQL":
        assert postgres is not None
        database = await postgres.make("turns")
    webhook = who.intake == "webhook"
    return {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api,
        "DATABASE_URL": database,
        "INTAKE": who.intake,
        "HTTP_PORT": str(port) if webhook else "0",
        **(
            {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "WEBHOOK_SECRET": SECRET} if webhook else {}
        ),
    }


async def _ready(who: Contender, bot: Bot, program: Program) -> None:
    """Wait until the bot polls for updates or has set its webhook."""
    async with asyncio.timeout(READY_WITHIN):
        while not (bot.polls if who.intake == "polling" else bot.webhook):
            program.check()
            await asyncio.sleep(0.05)
