"""An outage raises `DatabaseUnavailable`, and the store recovers by itself."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from typing import Any

import asyncpg
import pytest
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_connection
from sqlalchemy.exc import DBAPIError, IntegrityError
from store_rows import put, update

from bot.clock import TravelClock
from bot.errors import DatabaseFull, DatabaseReadOnly, DatabaseRefused, DatabaseUnavailable
from bot.store import engines
from bot.store.engines import is_unavailable
from bot.store.store import Store


@pytest.mark.postgres
async def test_store_heals_after_an_outage(frail_postgres: Any, clock: TravelClock) -> None:
    """Every access raises `DatabaseUnavailable` in an outage; afterwards the same store works."""
    store = await Store.open(frail_postgres.get_uri(driver="asyncpg"), clock=clock)
    await put(store, update(1))
    courier = await store.singleton("courier")
    assert courier is not None
    frail_postgres.stop()
    for _ in range(2):
        with pytest.raises(DatabaseUnavailable):
            await put(store, update(2))
        with pytest.raises(DatabaseUnavailable):
            async with store.reading() as unit:
                await unit.inbox.depth()
    assert not await courier.held()
    with pytest.raises(DatabaseUnavailable):
        await store.singleton("courier")
    frail_postgres.start()
    assert await put(store, update(1), update(2)) == 1
    again = await store.singleton("courier")
    assert again is not None
    await again.release()
    await store.close()


@pytest.mark.postgres
async def test_outage_in_mid_unit(frail_postgres: Any, clock: TravelClock) -> None:
    """A unit that loses its database raises `DatabaseUnavailable` and keeps nothing."""
    store = await Store.open(frail_postgres.get_uri(driver="asyncpg"), clock=clock)

    async def lose() -> None:
        async with store.unit() as unit:
            await unit.facts.set("n", 1)
            frail_postgres.stop()
            await unit.facts.set("n", 2)

    with pytest.raises(DatabaseUnavailable):
        await lose()
    frail_postgres.start()
    async with store.reading() as unit:
        assert await unit.facts.get("n") is None
    await store.close()


@pytest.mark.postgres
async def test_outage_at_the_commit(frail_postgres: Any, clock: TravelClock) -> None:
    """An unanswered commit raises `DatabaseUnavailable`."""
    store = await Store.open(frail_postgres.get_uri(driver="asyncpg"), clock=clock)

    async def lose() -> None:
        async with store.unit() as unit:
            await unit.facts.set("n", 1)
            frail_postgres.stop()

    with pytest.raises(DatabaseUnavailable):
        await lose()
    frail_postgres.start()
    await store.close()


@pytest.mark.postgres
async def test_outage_at_the_undoing(
    postgres_url: str, clock: TravelClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection lost at the rollback raises `DatabaseUnavailable` and leaves the pool."""
    store = await Store.open(postgres_url, clock=clock)
    failing = 2 * engines.POOL_SIZE
    rollback = AsyncAdapt_asyncpg_connection.rollback

    def cut(connection: Any) -> None:
        nonlocal failing
        failing -= 1
        if failing >= 0:
            message = "cannot switch to state 15; another operation (2) is in progress"
            connection._handle_exception(asyncpg.InternalClientError(message))
        rollback(connection)

    monkeypatch.setattr(AsyncAdapt_asyncpg_connection, "rollback", cut)
    while failing > 0:
        with pytest.raises(DatabaseUnavailable):
            async with store.reading() as unit:
                await unit.inbox.depth()
    async with store.reading() as unit:
        await unit.inbox.depth()
    await store.close()


async def test_nobody_there(clock: TravelClock) -> None:
    """A database that never existed counts as unavailable."""
    with pytest.raises(DatabaseUnavailable):
        await Store.open("postgresql://u@/d?host=/nowhere", clock=clock)


async def test_locked_by_another(sqlite_url: str, clock: TravelClock) -> None:
    """A SQLite file that another connection locks too long counts as unavailable."""
    store = await Store.open(sqlite_url, clock=clock)
    async with store.writer.connect() as connection:
        await connection.exec_driver_sql("PRAGMA busy_timeout=10")
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailable):
        await put(store, update(1))
    other.close()
    assert await put(store, update(1)) == 1
    await store.close()


@pytest.mark.postgres
async def test_deadlock_is_not_the_rows_fault(pair: tuple[Store, Store]) -> None:
    """One of two deadlocked units gets `DatabaseUnavailable`, so that it is repeated."""
    async with pair[0].unit() as unit:
        await unit.facts.set("a", 0)
        await unit.facts.set("b", 0)
    both = asyncio.Barrier(2)

    async def cross(store: Store, first: str, then: str) -> None:
        async with store.unit() as unit:
            await unit.connection.exec_driver_sql("SET LOCAL deadlock_timeout = '20ms'")
            await unit.facts.set(first, 1)
            await both.wait()
            await unit.facts.set(then, 1)

    ended = await asyncio.gather(
        cross(pair[0], "a", "b"), cross(pair[1], "b", "a"), return_exceptions=True
    )
    assert sorted(str(type(end).__name__) for end in ended) == ["DatabaseUnavailable", "NoneType"]


async def test_faults_of_ours_keep_their_name(store: Store) -> None:
    """Errors raised by the program's own code are not turned into an outage."""
    for fault in (FileNotFoundError, TimeoutError, LookupError):
        with pytest.raises(fault):
            async with store.unit():
                raise fault


async def test_broken_rules_keep_their_name(store: Store) -> None:
    """A violated constraint raises `IntegrityError`, not an outage."""
    with pytest.raises(IntegrityError):
        async with store.unit() as unit:
            await unit.consents.give(999, "news:a", 1, "da")


@pytest.mark.postgres
async def test_unsendable_value_is_a_fault_of_ours(pair: tuple[Store, Store]) -> None:
    """A value that the driver cannot encode is not an outage, as a retry would not help."""
    with pytest.raises(DBAPIError):
        async with pair[0].unit() as unit:
            await unit.people.get(2**70)


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (ConnectionRefusedError(), True),
        (TimeoutError(), True),
        (asyncpg.InterfaceError("connection is closed"), True),
        (asyncpg.CannotConnectNowError("starting up"), True),
        (asyncpg.TooManyConnectionsError("full"), True),
        (asyncpg.DeadlockDetectedError("deadlock"), True),
        (asyncpg.SerializationError("again"), True),
        (asyncpg.InvalidCachedStatementError("changed"), True),
        (asyncpg.DataError("bad"), False),
        (asyncpg.UniqueViolationError("twice"), False),
        (asyncpg.UndefinedTableError("none"), False),
        (ValueError("bad"), False),
        (LookupError(), False),
    ],
)
def test_what_counts_as_away(error: Exception, *, away: bool) -> None:
    """Temporary errors count as unavailable, permanent ones do not."""
    assert is_unavailable(error) == away


_END_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'clerk';"


@pytest.mark.postgres
@pytest.mark.parametrize("how", ["for the server", "for its sessions", "by its rights"])
async def test_postgresql_that_only_reads(
    frail_postgres: Any, clock: TravelClock, how: str
) -> None:
    """A read-only PostgreSQL is unavailable to writers; afterwards the same store writes again."""
    owner = "SET default_transaction_read_only = off; "
    begin, end = {
        "for the server": (
            "ALTER SYSTEM SET default_transaction_read_only = on; SELECT pg_reload_conf();",
            owner + "ALTER SYSTEM RESET default_transaction_read_only; SELECT pg_reload_conf();",
        ),
        # A session keeps its initial setting, so sessions opened during the block must not be
        # reused.
        "for its sessions": (
            f"ALTER ROLE clerk SET default_transaction_read_only = on; {_END_SESSIONS}",
            "ALTER ROLE clerk RESET default_transaction_read_only;",
        ),
        "by its rights": (
            "REVOKE INSERT, UPDATE ON ALL TABLES IN SCHEMA public FROM clerk;",
            "GRANT INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO clerk;",
        ),
    }[how]
    url = frail_postgres.get_uri(driver="asyncpg")
    await (await Store.open(url, clock=clock)).close()
    frail_postgres.psql(
        "CREATE ROLE clerk LOGIN; GRANT ALL ON ALL TABLES IN SCHEMA public TO clerk;"
        "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO clerk;"
    )
    store = await Store.open(url.replace("postgres:", "clerk:", 1), clock=clock)
    await put(store, update(1))
    frail_postgres.psql(begin)
    kind = DatabaseRefused if how == "by its rights" else DatabaseReadOnly
    for _ in range(3):
        await asyncio.sleep(0.1)  # let the server read its settings
        with suppress(DatabaseUnavailable):  # a terminated session
            await put(store, update(1))
    with pytest.raises(DatabaseUnavailable) as seen:
        await put(store, update(2))
    assert type(seen.value) is kind
    async with store.reading() as unit, store.reading(), store.reading():
        assert (await unit.inbox.depth()).count == 1
    frail_postgres.psql(end)
    await asyncio.sleep(0.1)
    with suppress(DatabaseReadOnly):  # the first write detects a session with the old setting
        await put(store, update(3))
    assert await put(store, update(2)) == 1
    await store.close()


@pytest.mark.parametrize(
    ("begin", "end", "kind"),
    [
        ("query_only = 1", "query_only = 0", DatabaseReadOnly),
        ("max_page_count = 1", "max_page_count = 100000", DatabaseFull),
    ],
)
async def test_sqlite_that_only_reads(
    sqlite_url: str, clock: TravelClock, begin: str, end: str, kind: type[DatabaseUnavailable]
) -> None:
    """A read-only or full SQLite file is unavailable to writers, with the reason as error class."""
    store = await Store.open(sqlite_url, clock=clock)
    await engines.run_bare(store.writer, f"PRAGMA {begin}")
    with pytest.raises(DatabaseUnavailable) as seen:
        async with store.unit() as unit:
            await unit.facts.set("large", "x" * 1_000_000)
    assert type(seen.value) is kind
    await engines.run_bare(store.writer, f"PRAGMA {end}")
    assert await put(store, update(1)) == 1
    await store.close()
