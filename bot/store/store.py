"""The store: opens the database and provides transactions."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import IO

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.clock import Clock
from bot.errors import (
    AlreadyRunning,
    DatabaseMissing,
    DatabaseUnavailable,
    MigrationPending,
    StoreError,
)
from bot.store.engines import (
    is_sqlite,
    parse,
    reading_engine,
    run_bare,
    unavailable_raised,
    writing_engine,
)
from bot.store.migrate import check_schema, upgrade
from bot.store.singleton import LocalSingleton, PostgresSingleton, Singleton
from bot.store.town_context import TownContext
from bot.store.unit import Unit
from bot.store.wake_up import LocalWakeUp, NotifyWakeUp, WakeUp


class Store:
    """One database. Created by `open`, `open_beside` or `open_to_look`."""

    def __init__(
        self,
        url: URL,
        clock: Clock,
        writer: AsyncEngine,
        reader: AsyncEngine | None,
        lock_file: IO[str] | None,
        *,
        town: TownContext | None = None,
    ) -> None:
        """Store the opened parts; called by the class methods only."""
        self.url = url
        self.clock = clock
        self.town = town
        self.writer = writer
        self.dialect = writer.dialect.name
        self.wake_up: WakeUp = LocalWakeUp() if reader else NotifyWakeUp(writer)
        self._reader = reader or writer
        self._lock_file = lock_file
        self._turn = asyncio.Lock() if reader else None
        self._held: set[str] = set()

    @classmethod
    async def open(
        cls, url: str, *, clock: Clock, town: TownContext | None = None, migrate: bool = True
    ) -> Store:
        """Open the database; with *migrate*, run pending migrations.

        *town* is the context for services.

        Raise `AlreadyRunning` where another process holds the SQLite file,
        `SchemaTooNew` where the schema is of a newer release, `DatabaseUnavailable` where
        the database cannot be reached.
        """
        parsed = parse(url)
        store = cls._at(parsed, clock, lock_of(parsed), town)
        _keep_private(parsed)
        try:
            with unavailable_raised():
                await (upgrade(store.writer) if migrate else check_schema(store.writer))
        except BaseException:
            await store.close()
            raise
        return store

    @classmethod
    async def open_beside(cls, url: str, *, clock: Clock, town: TownContext | None = None) -> Store:
        """Open the database for a few short writes while another process may use it.

        SQLite lets processes write in turn: each transaction first waits for the write lock.
        A second process must not migrate. So while another process runs, raise `StoreError`
        where migrations are pending.
        """
        try:
            return await cls.open(url, clock=clock, town=town)
        except AlreadyRunning:
            store = cls._at(parse(url), clock, None, town)
        try:
            waiting = await check_schema(store.writer)
        except BaseException:
            await store.close()
            raise
        if waiting:
            await store.close()
            raise StoreError("The Brobygger that runs is an older version. Stop it first.")
        return store

    @classmethod
    async def open_to_look(cls, url: str, *, clock: Clock) -> Store:
        """Open the database for reading, without a lock or a migration; other processes may run.

        Raise `DatabaseMissing`, `MigrationPending` or `SchemaTooNew`.
        """
        parsed = parse(url)
        if not _is_there(parsed):
            raise DatabaseMissing
        store = cls._at(parsed, clock, None)
        try:
            waiting = await store.waiting()
        except BaseException:
            await store.close()
            raise
        if waiting:
            await store.close()
            raise MigrationPending(
                f"The schema waits for {', '.join(waiting)}: run brobygger migrate."
            )
        return store

    @classmethod
    def _at(
        cls, url: URL, clock: Clock, lock_file: IO[str] | None, town: TownContext | None = None
    ) -> Store:
        return cls(url, clock, writing_engine(url), reading_engine(url), lock_file, town=town)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """Open one writing transaction; commit it at the end, or roll back on an exception."""
        async with _held(self._turn), self._connection(self.writer) as connection:
            unit = Unit(connection, self.clock.now(), self.town)
            yield unit
            await unit.write_waiting()
            with unavailable_raised():
                await self.wake_up.send_within(connection, unit.topics)
                await connection.commit()
        self.wake_up.send_after(unit.topics)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        """Open one read-only transaction."""
        async with self._connection(self._reader, postgresql_readonly=True) as connection:
            yield Unit(connection, self.clock.now(), self.town)

    @asynccontextmanager
    async def _connection(
        self, engine: AsyncEngine, **options: bool
    ) -> AsyncIterator[AsyncConnection]:
        """Begin a transaction; roll it back at the end unless it was committed."""
        async with AsyncExitStack() as stack:
            with unavailable_raised():
                connection = await engine.connect()
                stack.push_async_callback(_let_go, connection)
                if self.dialect == "postgresql" and options:
                    await connection.execution_options(**options)
                await connection.begin()
            yield connection

    async def waiting(self) -> list[str]:
        """Return the pending revisions; raise `SchemaTooNew` for a newer schema."""
        return await check_schema(self._reader)

    async def singleton(self, name: str) -> Singleton | None:
        """Take the exclusive role *name*; return None where another holder has it."""
        if self.dialect == "postgresql":
            with unavailable_raised():
                return await PostgresSingleton.take(self.writer, name)
        return LocalSingleton.take(self._held, name)

    async def wipe(self) -> None:
        """Truncate SQLite's write-ahead log, so that deleted text leaves the disk."""
        if self._turn is not None:
            async with self._turn:
                await run_bare(self.writer, "PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Close all connections and the lock; SQLite's writer last, since that empties the log."""
        await self.wake_up.close()
        if self._reader is not self.writer:
            await self._reader.dispose()
        await self.writer.dispose()
        if self._lock_file is not None:
            self._lock_file.close()


async def _let_go(connection: AsyncConnection) -> None:
    """Close a connection; raise `DatabaseUnavailable` if it breaks during the rollback."""
    try:
        with unavailable_raised():
            await connection.close()
    except DatabaseUnavailable:
        with suppress(Exception):  # frees the broken connection's place in the pool
            await connection.invalidate()
            await connection.close()
        raise


@asynccontextmanager
async def _held(lock: asyncio.Lock | None) -> AsyncIterator[None]:
    """Hold the lock of SQLite's single writer; do nothing on PostgreSQL."""
    if lock is None:
        yield
        return
    async with lock:
        yield


def _is_there(url: URL) -> bool:
    """Return whether an SQLite file exists; always True for a server."""
    return not is_sqlite(url) or Path(str(url.database)).exists()


def _keep_private(url: URL) -> None:
    """Create a new file readable only by our user; SQLite gives its log the same mode."""
    if is_sqlite(url):
        Path(str(url.database)).touch(mode=0o600)


def lock_of(url: URL) -> IO[str] | None:
    """Return the lock file of an SQLite database; None for a server.

    Raise `AlreadyRunning` where another process holds the lock.
    """
    if not is_sqlite(url):
        return None
    file = Path(str(url.database))
    file.parent.mkdir(parents=True, exist_ok=True)
    opened = file.with_name(file.name + ".lock").open("w")
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        opened.close()
        raise AlreadyRunning from error
    return opened
