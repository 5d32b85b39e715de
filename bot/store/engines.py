"""Engines and connections for the two databases, with the settings the bot needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import asyncpg
from sqlalchemy import URL, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import (
    ConfigurationError,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseRefused,
    DatabaseUnavailable,
)
from bot.json_text import read_json
from bot.settings import DRIVERS
from bot.store.sqlite_driver import connector
from bot.store.types import storable_json

BUSY_TIMEOUT = 10.0  # seconds SQLite waits for another process's lock
CONNECT_TIMEOUT = 10.0  # seconds PostgreSQL may take to accept a connection
COMMAND_TIMEOUT = 30.0  # seconds one statement may take, so that a dead connection is noticed
POOL_SIZE = 10
# Commits are durable, deleted content is overwritten, and foreign keys are enforced.
_WRITER = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON")
# SQLSTATE classes and codes of errors that are not caused by the statement: lost connection
# (08), rolled back because of another transaction (40001, 40P01), out of resources (53),
# cancelled or shut down by an operator (57014, 57P), system error (58), lock not available
# (55P03), server read-only for now (25006), idle timeout (25P03), and those of `_REFUSALS`.
_READ_ONLY, _FULL = "25006", "53100"
_PASSING = (
    *("08", "40001", "40P01", "53", "57014", "57P", "58", "55P03"),
    *(_READ_ONLY, "25P03", "28", "3D000", "42501", "55000"),
)
# Why a server does not let us in, by the beginning of its SQLSTATE: an operator changed something.
_REFUSALS: Mapping[str, str] = {
    "28P01": "The database refuses our password. Set the right one in BROBYGGER_DATABASE_URL.",
    "28": "The database does not let our user log in. Look at the role and at pg_hba.conf.",
    "3D000": "There is no database of this name on the server. Create it, or correct the name.",
    "42501": "Our database user lacks a right. It needs to own the database, or all rights on it.",
    "55000": "The database accepts no connections just now.",
    "53300": "The server has too many connections. Raise max_connections, or use fewer processes.",
}
# Errors of a broken asyncpg connection; the last where it breaks in mid-message.
LINE_CUT = (
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
_SQLITE_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
    }
)


def parse(url: str) -> URL:
    """Return *url* with our driver; raise `ConfigurationError`, without its password, if wrong."""
    try:
        made = make_url(url)
    except ArgumentError:
        raise ConfigurationError("the database's URL cannot be read") from None
    driver = DRIVERS.get(made.drivername)
    if driver is None:
        raise ConfigurationError(f"there is no database of the kind {made.drivername}")
    made = made.set(drivername=driver)
    if is_sqlite(made) and made.database in (None, "", ":memory:"):
        raise ConfigurationError("SQLite needs a file: sqlite:///var/brobygger.sqlite3")
    if "sslmode" in made.query:  # libpq's parameter name, used in most providers' URLs
        made = made.update_query_dict({"ssl": made.query["sslmode"]})
        made = made.difference_update_query(["sslmode"])
    return made


def is_sqlite(url: URL) -> bool:
    """Return whether *url* names an SQLite database."""
    return url.get_backend_name() == "sqlite"


def writing_engine(url: URL, *, hurried: bool = True) -> AsyncEngine:
    """Return the engine that writes: one connection on SQLite, a pool on PostgreSQL.

    With *hurried* off, statements have no time limit, as migrations need.
    """
    if not is_sqlite(url):
        engine = create_async_engine(
            url,
            pool_size=POOL_SIZE,
            max_overflow=0,
            json_serializer=storable_json,
            json_deserializer=read_json,
            hide_parameters=True,  # error messages may be logged, citizens' words may not
            connect_args={
                "timeout": CONNECT_TIMEOUT,
                "command_timeout": COMMAND_TIMEOUT if hurried else None,
                "server_settings": {"application_name": "brobygger", "jit": "off"},
            },
        )
        event.listen(engine.sync_engine, "handle_error", _leave_a_server_that_only_reads)
        return engine
    engine = create_async_engine(
        url,
        pool_size=1,
        max_overflow=0,
        pool_reset_on_return=None,  # each unit ends its own transaction
        json_serializer=storable_json,
        json_deserializer=read_json,
        hide_parameters=True,
        async_creator=connector(
            str(url.database), near=True, timeout=BUSY_TIMEOUT, pragmas=_WRITER
        ),
    )
    # In SQLite, a transaction that reads and then writes can fail with SQLITE_BUSY without
    # waiting; BEGIN IMMEDIATE takes the write lock first.
    event.listen(engine.sync_engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def reading_engine(url: URL) -> AsyncEngine | None:
    """Return a read-only engine for SQLite; None on PostgreSQL, which uses the writing engine."""
    if not is_sqlite(url):
        return None
    file = f"file:{quote(str(url.database))}?mode=ro"
    engine = create_async_engine(
        url,
        pool_size=2,
        json_deserializer=read_json,
        hide_parameters=True,
        async_creator=connector(file, near=False, timeout=BUSY_TIMEOUT, uri=True),
    )
    event.listen(engine.sync_engine, "begin", lambda c: c.exec_driver_sql("BEGIN"))
    return engine


async def run_bare(engine: AsyncEngine, statement: str, *parameters: str) -> list[Any]:
    """Run a statement that SQLite accepts only outside a transaction; return its rows."""
    bare = await engine.raw_connection()
    try:
        cursor = await bare.driver_connection.execute(statement, parameters)  # type: ignore[union-attr]  # it is connected
        rows = list(await cursor.fetchall())
        await cursor.close()
    finally:
        bare.close()
    return rows


async def connect_alone(engine: AsyncEngine) -> Any:
    """Return an asyncpg connection outside the pool, for a listener or a session lock."""
    _none, wanted = engine.dialect.create_connect_args(engine.url)
    return await asyncpg.connect(
        timeout=CONNECT_TIMEOUT,
        command_timeout=CONNECT_TIMEOUT,
        server_settings={
            "application_name": "brobygger",
            # The server then notices within seconds that our machine is gone.
            "tcp_keepalives_idle": "4",
            "tcp_keepalives_interval": "2",
            "tcp_keepalives_count": "2",
        },
        **wanted,
    )


@contextmanager
def unavailable_raised() -> Iterator[None]:
    """Raise `DatabaseUnavailable`, or a subclass, for every error that `is_unavailable` accepts."""
    try:
        yield
    except Exception as error:
        if is_unavailable(error):
            raise _unavailable(error) from error
        raise


def is_unavailable(error: BaseException) -> bool:
    """Return whether an error means an unavailable database or a conflict with a transaction.

    asyncpg raises a bare `OSError` while it connects; SQLAlchemy wraps later errors.
    The row being processed causes none of these errors.
    """
    if not isinstance(error, DBAPIError):
        return isinstance(error, OSError | PoolTimeoutError) or _of_asyncpg(error)
    cause = error.orig
    return (
        error.connection_invalidated
        or _of_asyncpg(getattr(cause, "__cause__", None))
        or getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE_PASSING
    )


def _unavailable(error: BaseException) -> DatabaseUnavailable:
    """Return the error for an unavailable database: refused, read-only, full or any other."""
    cause = getattr(error, "orig", None) or error
    state = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorcode", 0) & 0xFF
    kinds: dict[object, type[DatabaseUnavailable]] = {
        _READ_ONLY: DatabaseReadOnly,
        sqlite3.SQLITE_READONLY: DatabaseReadOnly,
        _FULL: DatabaseFull,
        sqlite3.SQLITE_FULL: DatabaseFull,
    }
    why = next((why for code, why in _REFUSALS.items() if str(state).startswith(code)), None)
    return DatabaseRefused(why) if why is not None else kinds.get(state, DatabaseUnavailable)()


def _leave_a_server_that_only_reads(context: ExceptionContext) -> None:
    """Drop the pool's connections: a session may stay read-only after its server accepts writes."""
    if getattr(context.original_exception, "sqlstate", None) == _READ_ONLY:
        context.is_disconnect = True


def _of_asyncpg(error: BaseException | None) -> bool:
    """Return whether an asyncpg error is due to the connection or server, not the statement."""
    match error:
        case asyncpg.InvalidCachedStatementError():
            return True  # a plan from before a migration; the next attempt makes a new one
        case asyncpg.PostgresError(sqlstate=str(state)):
            return state.startswith(_PASSING)
        case asyncpg.InterfaceError():
            return not isinstance(error, ValueError)  # a value that asyncpg cannot send
        case _:
            return isinstance(error, asyncpg.InternalClientError)
