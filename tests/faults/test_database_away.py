"""The database becomes unavailable during work: no answer is lost or doubled."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from databases import postgres_server
from fault_town import FIRST
from figures import Figure
from working_town import AtWork, at_work, look_often

from bot.errors import DatabaseUnavailable
from bot.store import engines

PATIENCE = 20.0  # seconds
LARGE = 1_000_000  # bytes; larger than the free pages that SQLite may reuse
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ('kept', 'gone');"
IN_DANGER = "min mand slår mig"
AWAY = pytest.mark.parametrize(
    "seconds", [1, pytest.param(10, marks=pytest.mark.slow)], ids=["short", "long"]
)


@pytest.fixture(scope="module")
def own_postgres() -> Iterator[Any]:
    """Start a PostgreSQL server for this module alone."""
    with postgres_server() as server:
        yield server


@pytest.mark.postgres
@AWAY
async def test_postgresql_stops(
    own_postgres: Any,
    seconds: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    figure: Figure,
) -> None:
    """PostgreSQL stops three times during work: every answer arrives once and in order."""
    look_often(monkeypatch)
    own_postgres.psql(f"CREATE DATABASE away{seconds};")
    url = own_postgres.get_uri(database=f"away{seconds}", driver="asyncpg")
    async with at_work(url, citizens=8) as town:
        asking = asyncio.create_task(town.ask(0, 1, 2, 3, every=seconds / 40))
        for outage in (0.1, seconds, 0.1):
            await asyncio.sleep(0.15)
            await asyncio.to_thread(own_postgres.stop)
            await asyncio.sleep(outage)
            await asyncio.to_thread(own_postgres.start)
        await asking
        await town.until_heard(0, 1, 2, 3)
    assert "database_unavailable" in caplog.messages
    figure("PostgreSQL stopped", times=3, seconds_the_longest=seconds, lost=0, doubled=0)


ALONE = f"ALTER DATABASE kept ALLOW_CONNECTIONS false; {CUT} SELECT pg_sleep(0.3);"
# How an operator keeps our user out, how they let it in again, and what the log says meanwhile.
REFUSALS = {
    "no log-in": ("ALTER ROLE app NOLOGIN;", "ALTER ROLE app LOGIN;", "pg_hba.conf"),
    "renamed": (
        f"{ALONE} ALTER DATABASE kept RENAME TO gone;",
        "ALTER DATABASE gone RENAME TO kept; ALTER DATABASE kept ALLOW_CONNECTIONS true;",
        "no database of this name",
    ),
    "no connections": (
        "ALTER DATABASE kept ALLOW_CONNECTIONS false;",
        "ALTER DATABASE kept ALLOW_CONNECTIONS true;",
        "accepts no connections",
    ),
    "no right": (
        "REVOKE CONNECT ON DATABASE kept FROM app, public;",
        "GRANT CONNECT ON DATABASE kept TO app;",
        "lacks a right",
    ),
}


@pytest.mark.postgres
@pytest.mark.parametrize("refusal", REFUSALS)
async def test_postgresql_refuses_us(
    own_postgres: Any,
    refusal: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The server stops letting our user in: the bot waits, says why, and then answers."""
    look_often(monkeypatch)
    refuse, admit, why = REFUSALS[refusal]
    owner = "postgres" if refusal == "no right" else "app"
    own_postgres.psql("DROP DATABASE IF EXISTS kept;")
    own_postgres.psql("DROP ROLE IF EXISTS app;")
    own_postgres.psql("CREATE ROLE app LOGIN;")
    own_postgres.psql(f"CREATE DATABASE kept OWNER {owner};")
    own_postgres.psql("\\c kept\nGRANT CREATE ON SCHEMA public TO app;")
    url = own_postgres.get_uri(database="kept", driver="asyncpg").replace("postgres:@", "app:@")
    async with at_work(url, citizens=2) as town:
        await asyncio.to_thread(own_postgres.psql, refuse)
        await asyncio.to_thread(own_postgres.psql, CUT)
        asking = asyncio.create_task(town.ask(0, every=0.02))
        await asyncio.sleep(1.0)
        await asyncio.to_thread(own_postgres.psql, admit)
        await asking
        await town.until_heard(0)
    said = [one.why for one in caplog.records if one.msg == "database_unavailable"]
    assert any(why in one for one in said), said


@AWAY
async def test_sqlite_is_locked(
    sqlite_url: str,
    seconds: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    figure: Figure,
) -> None:
    """A lock outlasts the busy timeout of SQLite: every answer still arrives."""
    look_often(monkeypatch)
    monkeypatch.setattr(engines, "BUSY_TIMEOUT", seconds / 5)
    file = sqlite_url.removeprefix("sqlite:///")
    async with at_work(sqlite_url, citizens=8) as town:
        asking = asyncio.create_task(town.ask(0, 1, 2, every=seconds / 24))
        await asyncio.sleep(seconds / 10)
        with closing(sqlite3.connect(file, isolation_level=None, timeout=0)) as other:
            await lock(other)
            await asyncio.sleep(seconds)
        await asking
        await town.until_heard(0, 1, 2)
    assert "database_unavailable" in caplog.messages
    figure("SQLite locked by another", seconds=seconds, lost=0, doubled=0)


async def lock(other: sqlite3.Connection) -> None:
    """Lock the file for *other* as soon as the bot is between two transactions."""
    async with asyncio.timeout(PATIENCE):
        while not other.in_transaction:
            with suppress(sqlite3.OperationalError):
                other.execute("BEGIN EXCLUSIVE")
            await asyncio.sleep(0.001)  # the bot's transaction needs this event loop to end


async def hold_through_full(
    town: AtWork,
    caplog: pytest.LogCaptureFixture,
    fill: Callable[[], Awaitable[object]],
    empty: Callable[[], Awaitable[object]],
) -> None:
    """Fill the disk while citizens write, one in danger; then free it and check answers."""
    await town.ask(0)
    await town.until_heard(0)
    assert "database_unavailable" not in caplog.messages
    await fill()
    asking = asyncio.create_task(town.ask(1, 2))
    async with asyncio.timeout(PATIENCE):
        while "database_unavailable" not in caplog.messages:  # noqa: ASYNC110 - no event to await
            await asyncio.sleep(0.02)
        town.world.say(FIRST, IN_DANGER)
        while not numbers_given(town):  # noqa: ASYNC110 - no event to await
            await asyncio.sleep(0.02)
    await asking
    # A small write may reuse a free page although the disk is full, so write 1 MB.
    with pytest.raises(DatabaseUnavailable):
        async with town.store.unit() as unit:
            await unit.facts.set("large", "x" * LARGE)
    await empty()
    await town.until_heard(0, 1, 2)
    assert numbers_given(town) == 1


def numbers_given(town: AtWork) -> int:
    """Return how often the first citizen got the emergency numbers."""
    return sum("112" in seen.text for seen in town.sent(FIRST))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a tmpfs of 8 MB; skip the test where mounting is not allowed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:  # noqa: S603 - our own words
        pytest.skip("nothing may be mounted here")
    yield folder
    # Unmount lazily: a failed test may still have a file open, and no mount may remain.
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607 - the same


async def test_the_disk_is_full(
    small_disk: Path,
    migrated: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """On a full disk the emergency numbers still go out; afterwards each answer arrives once."""
    look_often(monkeypatch)
    shutil.copyfile(migrated, small_disk / "town.sqlite3")
    ballast = small_disk / "ballast"

    async def fill() -> None:
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(b"\0" * 512):
                pass

    async with at_work(f"sqlite:///{small_disk / 'town.sqlite3'}", citizens=8) as town:
        await hold_through_full(town, caplog, fill, lambda: asyncio.to_thread(ballast.unlink))


async def test_the_file_may_not_grow(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The same without a mount: SQLite's `max_page_count` refuses new pages."""
    look_often(monkeypatch)
    async with at_work(sqlite_url, citizens=8) as town:

        async def pages(most: int) -> None:
            await engines.run_bare(town.store.writer, f"PRAGMA max_page_count = {most}")

        await hold_through_full(town, caplog, lambda: pages(1), lambda: pages(2**30))
