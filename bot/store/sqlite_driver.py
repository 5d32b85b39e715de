"""SQLite connections with fewer switches to aiosqlite's thread.

aiosqlite runs every cursor call in a thread: four switches for each statement, each slower
than most of our statements. Here a reader needs one switch for each statement. The writer
runs its short statements directly in the event loop, since an index answers them in the
time of reading a page or two. Statements that may block still run in the thread: taking
the write lock, flushing a commit, a pragma.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Self

import aiosqlite

_CHUNK = 64  # rows fetched at once by a server-side cursor; we use none
_SHORT = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")

Rows = list[tuple[Any, ...]]


class Cursor:
    """A cursor for SQLAlchemy that has fetched all its rows once its statement has run."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        """Prepare for one statement."""
        self._connection = connection
        self._rows: Rows = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        """Return the cursor; nothing needs opening."""
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
        """Return the rows found."""
        return self._rows

    async def close(self) -> None:
        """Do nothing: the real cursor is closed already."""

    def keep(self, raw: sqlite3.Cursor) -> None:
        """Copy rows and metadata from the real cursor."""
        self.description, self.lastrowid = raw.description, raw.lastrowid
        self._rows = raw.fetchall() if raw.description else []
        self.rowcount = raw.rowcount


class Connection(aiosqlite.Connection):
    """A connection with one thread switch for each statement; with *near*, none for short ones."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], *, near: bool) -> None:
        """Prepare the connection; awaiting it opens it."""
        super().__init__(connect, _CHUNK)
        self._near = near
        self._thread.daemon = True  # the process can end without waiting for the thread

    def cursor(self) -> Cursor:  # type: ignore[override]  # only what SQLAlchemy uses
        """Return a cursor."""
        return Cursor(self)

    async def run(
        self, cursor: Cursor, operation: str, act: Callable[[sqlite3.Cursor], Any]
    ) -> None:
        """Run a statement for *cursor*, directly or in the thread."""
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
            await self._execute(once)  # type: ignore[no-untyped-call]  # untyped in aiosqlite


def connector(
    file: str, *, near: bool, timeout: float, uri: bool = False, pragmas: Sequence[str] = ()
) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """Return a function that opens a connection to *file* without implicit transactions.

    *timeout* is the wait for a lock in seconds; *pragmas* run first.
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
