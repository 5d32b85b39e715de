"""SQLite's connection with fewer trips to its thread.

aiosqlite carries every call of a cursor into a thread and back: four trips a
statement, each dearer than most of our statements. Here a reader makes one trip
a statement. The writer makes none for a statement that an index answers: it runs
where it is asked for, in the time of a page or two. What may wait goes to the
thread all the same: taking the writer's lock, the flush of a commit, a pragma.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self

import aiosqlite

_CHUNK = 64  # rows a server-side cursor fetches at once; none of ours is one
_SHORT = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")

Rows = list[tuple[Any, ...]]


class Cursor:
    """A cursor as SQLAlchemy drives it: it has all its rows as soon as it has run."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        """Stand ready for one statement."""
        self._connection = connection
        self._rows: Rows = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        """Be the cursor: there is nothing to open."""
        return self

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement."""
        await self._connection.run(self, operation, lambda raw: raw.execute(operation, parameters))

    async def executemany(self, operation: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Run one statement for many rows."""
        await self._connection.run(
            self, operation, lambda raw: raw.executemany(operation, parameters)
        )

    async def fetchall(self) -> Rows:
        """Return what was found."""
        return self._rows

    async def close(self) -> None:
        """Let go: the real cursor has gone already."""

    def keep(self, raw: sqlite3.Cursor) -> None:
        """Keep all that a real cursor knows."""
        self.description, self.lastrowid = raw.description, raw.lastrowid
        self._rows = raw.fetchall() if raw.description else []
        self.rowcount = raw.rowcount


class Connection(aiosqlite.Connection):
    """A connection whose cursors make one trip; *near*, short statements make none."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], *, near: bool) -> None:
        """Open nothing yet; awaiting it does."""
        super().__init__(connect, _CHUNK)
        self._near = near
        self._thread.daemon = True  # a process that was told to end does not wait for it

    def cursor(self) -> Cursor:  # type: ignore[override]  # what SQLAlchemy asks of it, and no more
        """Return a cursor."""
        return Cursor(self)

    async def run(
        self, cursor: Cursor, operation: str, act: Callable[[sqlite3.Cursor], Any]
    ) -> None:
        """Let *cursor* run a statement, here or in the thread."""
        raw = self._conn.cursor()

        def once() -> None:
            try:
                act(raw)
                cursor.keep(raw)
            finally:
                raw.close()

        if self._near and operation.lstrip().startswith(_SHORT):
            once()
        else:
            await self._execute(once)  # type: ignore[no-untyped-call]  # aiosqlite leaves it so


def connector(
    file: str, *, near: bool, timeout: float, uri: bool = False, pragmas: Sequence[str] = ()
) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """Return what opens a connection to *file* that begins no transaction by itself.

    *timeout* is how many seconds a lock is waited for; *pragmas* are its first statements.
    """

    def connect() -> sqlite3.Connection:
        opened = sqlite3.connect(
            file, timeout=timeout, isolation_level=None, check_same_thread=False, uri=uri
        )
        for pragma in pragmas:
            opened.execute(f"PRAGMA {pragma}").close()
        return opened

    async def opened() -> aiosqlite.Connection:
        return await Connection(connect, near=near)

    return opened
