"""Connections to the two databases, set up the way the house needs them."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY_TIMEOUT = 10.0  # seconds SQLite waits for another process's lock
POOL_SIZE = 10
# Deadlock, serialization failure, shutdown, cannot connect now, and the whole class 08.
_PASSING = frozenset({"40P01", "40001", "57P01", "57P02", "57P03"})


def writing_engine(url: URL) -> AsyncEngine:
    """Return the engine that writes: one connection on SQLite, a pool on PostgreSQL."""
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_size=POOL_SIZE, max_overflow=0)
    engine = create_async_engine(
        url,
        pool_size=1,
        max_overflow=0,
        connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT},
    )
    event.listen(engine.sync_engine, "connect", _prepare_writer)
    # A transaction that reads and then writes fails at once unless it begins as a writer.
    event.listen(engine.sync_engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def reading_engine(url: URL) -> AsyncEngine | None:
    """Return an engine that cannot write; on PostgreSQL the writer's serves."""
    if url.get_backend_name() != "sqlite":
        return None
    engine = create_async_engine(
        url.set(database=f"file:{url.database}", query={"mode": "ro", "uri": "true"}),
        pool_size=2,
        connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT},
    )
    event.listen(engine.sync_engine, "begin", lambda c: c.exec_driver_sql("BEGIN"))
    return engine


def _prepare_writer(connection: Any, _record: Any) -> None:
    """Make commits durable, deletions real, and references kept."""
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "foreign_keys=ON",
        f"busy_timeout={int(BUSY_TIMEOUT * 1000)}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def parse(url: str) -> URL:
    """Return *url* with the driver we use."""
    made = make_url(url)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg"}
    drivers["postgresql"] = drivers["postgres"]
    return made.set(drivername=drivers.get(made.drivername, made.drivername))


def is_away(error: BaseException) -> bool:
    """Tell whether an error says that the database is away, or that another was in the way.

    asyncpg raises `OSError` bare while it connects; SQLAlchemy wraps what comes
    later. None of these is a fault of the row that was being worked on.
    """
    if isinstance(error, OSError | asyncio.TimeoutError | InterfaceError | asyncpg.InterfaceError):
        return True
    if isinstance(error, asyncpg.PostgresError):
        return _passing(error.sqlstate)
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None)
        locked = "database is locked" in str(error.orig)
        return error.connection_invalidated or locked or _passing(state)
    return False


def _passing(sqlstate: str | None) -> bool:
    return bool(sqlstate) and (sqlstate in _PASSING or str(sqlstate).startswith("08"))
