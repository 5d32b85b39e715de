"""Start, query and stop `brobygger run` processes in tests."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bot.settings import environment
from bot.simulator import World
from bot.testing import TOKEN

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 25.0  # seconds that any one wait may last
TERM_WITHIN = 10.0  # seconds
# Python code that a process runs before `main`. FASTER lifts the limit of one message a second a
# chat, which the crash test would wait for. With RARE_LOOKS the courier polls only every 600 s, so
# a test that passes depends on wake-ups.
FASTER = "from bot.transport import pacing; pacing.PRIVATE = pacing.PRIVATE_BURST = 1000.0"
RARE_LOOKS = "from bot.transport import courier; courier.LOOK_EVERY = 600.0"
# Shorten the checks and delays of about half a minute to 0.5 s.
WATCHFUL = (
    "from datetime import timedelta; from bot.app import probe, roles; "
    "from bot.transport import condition, polling; "
    "roles.LOOK_AT_TELEGRAM = roles.LOOK_AGAIN = probe.EVERY = polling.AWAY_FOR = 0.5; "
    "condition.SETTLED = timedelta(seconds=2)"
)
SECRET = "a-secret-of-this-test-alone"  # noqa: S105 - not a real secret


@dataclass
class BotProcesses:
    """One bot's settings and the processes started with them."""

    folder: Path
    settings: dict[str, str]
    port: int
    started: list[asyncio.subprocess.Process] = field(default_factory=list)

    async def start(
        self, *, first: str = "", roles: str | None = None, **changed: str
    ) -> asyncio.subprocess.Process:
        """Start `brobygger run` after the Python code *first*; write its output to files."""
        environ = {k: v for k, v in environment().items() if not k.startswith("BROBYGGER_")}
        environ |= {f"BROBYGGER_{k}": v for k, v in (self.settings | changed).items()}
        code = f"{first}\nimport sys; from bot.cli import main; sys.exit(main())"
        what = ["-c", code] if first else ["-m", "bot.cli"]
        what += ["run", "--roles", roles] if roles else ["run"]
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
        """Return the output of all processes."""
        return "\n".join(each.read_text() for each in sorted(self.folder.glob("[0-9]*.???")))

    def runs(self) -> bool:
        """Return whether the newest process has logged that it is running."""
        return b'"running"' in (self.folder / f"{len(self.started) - 1}.err").read_bytes()

    async def ask(self, path: str, port: int | None = None, **how: Any) -> tuple[int, str]:
        """Send a request to *port* (default: the bot's own); return 0 if the connection fails."""
        address = f"http://127.0.0.1:{port or self.port}{path}"
        method = "POST" if how else "GET"
        try:
            async with aiohttp.request(method, address, **how) as got:
                return got.status, await got.text()
        except aiohttp.ClientConnectionError:
            return 0, ""

    async def ready(self, port: int | None = None) -> None:
        """Wait until `/readyz` answers 200 at *port* (default: the bot's own)."""
        for _ in range(int(PATIENCE * 10)):
            if (await self.ask("/readyz", port))[0] == 200:
                return
            assert self.started[-1].returncode is None, self.said()
            await asyncio.sleep(0.1)
        raise AssertionError(self.said())

    async def end(self) -> None:
        """Kill the processes that still run."""
        for process in self.started:
            if process.returncode is None:
                process.kill()
            await process.wait()


def free_port() -> int:
    """Return a free TCP port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@asynccontextmanager
async def bot_processes(
    tmp_path: Path, database_url: str, api_url: str, intake: str = "polling"
) -> AsyncIterator[BotProcesses]:
    """Build the settings of a bot; on leaving, kill the processes started with them."""
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
    folder = tmp_path / "said"
    folder.mkdir()
    processes = BotProcesses(folder, settings, port)
    try:
        yield processes
    finally:
        await processes.end()


async def until(
    what: Callable[[], bool], processes: BotProcesses, patience: float = PATIENCE
) -> None:
    """Wait until *what* is true; raise `AssertionError` after *patience* seconds."""
    for _ in range(int(patience * 50)):
        if what():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(processes.said())


def answers(world: World, user: int) -> list[str]:
    """Return what the bot has written to *user*, in order."""
    chat = world.bots[TOKEN].chats.get(user)
    return [seen.text for seen in chat.log if seen.kind == "sent"] if chat else []
