"""Exclusive roles: an advisory lock on PostgreSQL, a name within the process on SQLite."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.engines import LINE_CUT, connect_alone


class Singleton(Protocol):
    """A role that only one process holds at a time."""

    async def held(self) -> bool:
        """Return whether this process still holds the role; call it before every batch."""
        ...

    async def release(self) -> None:
        """Release the role."""
        ...


class LocalSingleton:
    """A role within the process; on SQLite the file lock already excludes other processes."""

    def __init__(self, names: set[str], name: str) -> None:
        """Hold *name*, which is listed in *names*."""
        self._names = names
        self._name = name

    @classmethod
    def take(cls, names: set[str], name: str) -> LocalSingleton | None:
        """Take *name*; return None if it is taken."""
        if name in names:
            return None
        names.add(name)
        return cls(names, name)

    async def held(self) -> bool:
        """Return whether this object still holds the role."""
        return self._name in self._names

    async def release(self) -> None:
        """Release the role."""
        self._names.discard(self._name)


def key_of(name: str) -> int:
    """Return the number of the advisory lock for the role *name*."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


class PostgresSingleton:
    """A session lock on its own connection; the server releases it when the process ends."""

    def __init__(self, connection: Any) -> None:
        """Hold the lock taken by *connection*."""
        self._connection = connection
        self._asking = asyncio.Lock()  # one query at a time on one connection

    @classmethod
    async def take(cls, engine: AsyncEngine, name: str) -> PostgresSingleton | None:
        """Take the lock of *name*; return None if another session holds it."""
        key = key_of(name)
        connection = await connect_alone(engine)
        try:
            if await connection.fetchval("SELECT pg_try_advisory_lock($1)", key):
                return cls(connection)
        except BaseException:
            connection.terminate()
            raise
        await connection.close()
        return None

    async def held(self) -> bool:
        """Return whether the session, and with it the lock, still exists."""
        try:
            async with self._asking:
                await self._connection.execute("SELECT 1")
        except LINE_CUT:
            self._connection.terminate()
            return False
        return True

    async def release(self) -> None:
        """Release the role by ending the session."""
        try:
            await self._connection.close()
        except LINE_CUT:
            self._connection.terminate()
