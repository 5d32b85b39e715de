"""Open a store: accepted URLs, locks, file permissions and the promises of a unit."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from store_rows import put, somebody, update

from bot.clock import TravelClock
from bot.errors import AlreadyRunning, ConfigurationError, DatabaseUnavailable, StoreError
from bot.store.engines import parse
from bot.store.migrate import shipped
from bot.store.store import Store


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///var/x.sqlite3", "sqlite+aiosqlite"),
        ("postgres://u:p@h/d", "postgresql+asyncpg"),
        ("postgresql://u:p@h/d", "postgresql+asyncpg"),
        ("postgresql+asyncpg://u:p@/d?host=/tmp", "postgresql+asyncpg"),
    ],
)
def test_urls(url: str, driver: str) -> None:
    """A URL is accepted in the spellings that operators use."""
    assert parse(url).drivername == driver


def test_sslmode() -> None:
    """Libpq's `sslmode` is accepted."""
    assert dict(parse("postgres://u:p@h/d?sslmode=require").query) == {"ssl": "require"}


@pytest.mark.parametrize("url", ["mysql://u:secret@h/d", "secret", "sqlite://", ""])
def test_wrong_urls(url: str) -> None:
    """A wrong URL raises a configuration error without its password."""
    with pytest.raises(ConfigurationError) as error:
        parse(url)
    assert "secret" not in str(error.value)


async def test_second_opener_is_refused(sqlite_url: str, clock: TravelClock) -> None:
    """A SQLite file has one process; after it closes, another may open the file."""
    store = await Store.open(sqlite_url, clock=clock)
    with pytest.raises(AlreadyRunning):
        await Store.open(sqlite_url, clock=clock)
    await store.close()
    await (await Store.open(sqlite_url, clock=clock)).close()


async def test_other_process_is_refused(sqlite_url: str, clock: TravelClock) -> None:
    """The file lock works between processes and is released with its process."""
    path = sqlite_url.removeprefix("sqlite:///") + ".lock"
    code = (
        f"import fcntl; f = open({path!r}, 'w'); fcntl.flock(f, fcntl.LOCK_EX);"
        "print('held', flush=True); input()"
    )
    with subprocess.Popen(  # noqa: S603, ASYNC220 - our own interpreter, briefly
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning):
            await Store.open(sqlite_url, clock=clock)
        other.kill()
    await (await Store.open(sqlite_url, clock=clock)).close()


async def test_beside_a_process_that_runs(sqlite_url: str, clock: TravelClock) -> None:
    """`open_beside` writes in turn with a running process, and no write is lost."""
    running = await Store.open(sqlite_url, clock=clock)
    beside = await Store.open_beside(sqlite_url, clock=clock)

    async def write(store: Store, source: int) -> None:
        for number in range(20):
            await put(store, update(100 * source + number))

    await asyncio.gather(write(running, 1), write(beside, 2))
    await beside.close()
    async with running.reading() as unit:
        assert (await unit.inbox.depth()).count == 40
    await running.close()


async def test_beside_nobody(sqlite_url: str, clock: TravelClock) -> None:
    """Without a running process `open_beside` opens as usual, with migration and lock."""
    store = await Store.open_beside(sqlite_url, clock=clock)
    with pytest.raises(AlreadyRunning):
        await Store.open(sqlite_url, clock=clock)
    await put(store, update(1))
    await store.close()


async def test_beside_an_older_version(
    sqlite_url: str, clock: TravelClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`open_beside` refuses a database that is in use and needs migration."""
    running = await Store.open(sqlite_url, clock=clock)
    monkeypatch.setattr("bot.store.migrate.shipped", lambda: [*shipped(), "9999"])
    with pytest.raises(StoreError, match="older version"):
        await Store.open_beside(sqlite_url, clock=clock)
    await running.close()


async def test_makes_its_folder(tmp_path: Path, clock: TravelClock) -> None:
    """A file with any name is created, together with its folder."""
    store = await Store.open(f"sqlite:///{tmp_path}/ny mappe/50%25 #1.sqlite3", clock=clock)
    await put(store, update(1))
    async with store.reading() as unit:
        assert (await unit.inbox.depth()).count == 1
    await store.close()
    assert len(list((tmp_path / "ny mappe").glob("*.sqlite3"))) == 1


def _modes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode for file in folder.iterdir()}


async def test_nobody_else_may_read(tmp_path: Path, clock: TravelClock) -> None:
    """Database and WAL are readable by their owner only, whatever the umask."""
    before = os.umask(0)
    try:
        store = await Store.open(f"sqlite:///{tmp_path}/town.sqlite3", clock=clock)
    finally:
        os.umask(before)
    async with store.unit() as unit:
        await unit.facts.set("spoken", 1)
    modes = _modes(tmp_path)
    assert "town.sqlite3-wal" in modes
    assert {name for name, mode in modes.items() if mode & 0o077} == {"town.sqlite3.lock"}
    await store.close()


async def test_kept_over_a_restart(database_url: str, clock: TravelClock) -> None:
    """Committed data is there after reopening."""
    first = await Store.open(database_url, clock=clock)
    await put(first, update(1))
    await first.close()
    again = await Store.open(database_url, clock=clock, migrate=False)
    async with again.reading() as unit:
        assert (await unit.inbox.depth()).count == 1
    await again.close()


async def test_units_do_not_mix(store: Store) -> None:
    """Concurrent writers each have their own transaction."""

    async def count_up() -> None:
        async with store.unit() as unit:
            seen = await unit.facts.get("n") or 0
            await asyncio.sleep(0)
            await unit.facts.set("n", seen + 1)

    wanted = 1
    if store.dialect == "sqlite":  # one writer at a time, so no update is lost
        await asyncio.gather(*(count_up() for _ in range(10)))
        wanted = 10
    else:
        await count_up()
    async with store.reading() as unit:
        assert await unit.facts.get("n") == wanted


async def test_readers_do_not_wait_for_the_writer(store: Store) -> None:
    """A reader sees committed data while a write transaction is open."""
    async with store.unit() as writing:
        await writing.people.add(somebody())
        async with store.reading() as looking:
            assert await looking.people.by_lane("tg:1") is None


async def test_readers_cannot_write(store: Store) -> None:
    """A reading unit cannot write."""
    with pytest.raises((DBAPIError, DatabaseUnavailable)):  # PostgreSQL: as on a standby
        async with store.reading() as unit:
            await unit.facts.set("n", 1)
    async with store.unit() as unit:
        await unit.facts.set("n", 2)


async def test_time_stands_still_in_a_unit(store: Store, clock: TravelClock) -> None:
    """All writes of a unit have the same time."""
    async with store.unit() as unit:
        assert unit.now == clock.now()


async def test_cancelled_unit_is_undone(store: Store) -> None:
    """A cancelled unit is rolled back, and the store continues to work."""
    begun = asyncio.Event()

    async def never_ends() -> None:
        async with store.unit() as unit:
            await unit.facts.set("n", 1)
            begun.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(never_ends())
    await begun.wait()
    task.cancel()
    await asyncio.wait([task])
    async with store.unit() as unit:
        assert await unit.facts.get("n") is None
        await unit.facts.set("n", 2)


async def test_deleted_words_leave_the_disk(sqlite_url: str, clock: TravelClock) -> None:
    """Scrubbed words are neither in the SQLite file nor in its WAL."""
    store = await Store.open(sqlite_url, clock=clock)
    await put(store, update(1, text="meget-hemmeligt"))
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent

    def written() -> bool:
        return any(b"meget-hemmeligt" in file.read_bytes() for file in folder.iterdir())

    assert written()
    async with store.unit() as unit:
        await unit.inbox.rewrite("telegram:7", "1", {})
    await store.wipe()
    assert not written()
    await store.close()
