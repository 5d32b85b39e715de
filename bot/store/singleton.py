"""Being the only one: an advisory lock on PostgreSQL, a name within the process on SQLite."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.engines import LINE_CUT, connect_alone


class Singleton(Protocol):
    """A role that one process has at a time."""

    async def held(self) -> bool:
        """Tell whether it is still ours; ask before every batch."""
        ...

    async def release(self) -> None:
        """Let another have it."""
        ...


class LocalSingleton:
    """The role of one process: on SQLite the file's lock keeps others away already."""

    def __init__(self, names: set[str], name: str) -> None:
        """Hold *name* among *names*."""
        self._names = names
        self._name = name

    @classmethod
    def take(cls, names: set[str], name: str) -> LocalSingleton | None:
        """Take *name* unless it is taken."""
        if name in names:
            return None
        names.add(name)
        return cls(names, name)

    async def held(self) -> bool:
        """Tell whether it is still ours."""
        return self._name in self._names

    async def release(self) -> None:
        """Let another have it."""
        self._names.discard(self._name)


def key_of(name: str) -> int:
    """Return the number of the advisory lock that is the role *name*."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


class PostgresSingleton:
    """A session lock on a connection of its own: it falls with the process."""

    def __init__(self, connection: Any) -> None:
        """Hold the lock that *connection* has taken."""
        self._connection = connection
        self._asking = asyncio.Lock()  # one question at a time on one connection

    @classmethod
    async def take(cls, engine: AsyncEngine, name: str) -> PostgresSingleton | None:
        """Take the lock of *name* unless another session has it."""
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
        """Tell whether the session, and so the lock, is still there."""
        try:
            async with self._asking:
                await self._connection.execute("SELECT 1")
        except LINE_CUT:
            self._connection.terminate()
            return False
        return True

    async def release(self) -> None:
        """Let another have it: the lock falls with the session."""
        try:
            await self._connection.close()
        except LINE_CUT:
            self._connection.terminate()
