"""Migrations are complete and locked, back up the file first, and never go backwards."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from store_rows import put, somebody, update

from bot.clock import TravelClock
from bot.errors import SchemaTooNew, StoreError
from bot.store import migrate, revisions
from bot.store.store import Store

SHIPPED = migrate.shipped()


def revision_of(*statements: str) -> Callable[[Connection, str], None]:
    """Return a fake revision that runs *statements* and records that it ran."""

    def run(connection: Connection, revision: str) -> None:
        for statement in statements:
            connection.execute(text(statement))
        stamp = text("UPDATE alembic_version SET version_num = :revision")
        connection.execute(stamp, {"revision": revision})

    return run


@pytest.fixture
async def earlier(empty_sqlite_url: str, clock: TravelClock) -> Path:
    """Return a SQLite file with one row and without the newest revision's stamp."""
    store = await Store.open(empty_sqlite_url, clock=clock)
    await put(store, update(1))
    await store.close()
    return Path(empty_sqlite_url.removeprefix("sqlite:///"))


def test_revisions_are_known_by_their_files() -> None:
    """The file names hold Alembic's revisions in their order."""
    assert migrate.shipped() == revisions.in_order()


async def test_schema_is_what_the_code_says(store: Store) -> None:
    """The migrations create exactly the tables of the code."""
    async with store.writer.connect() as connection:
        assert await connection.run_sync(revisions.differences) == []


async def test_nothing_left_to_do(store: Store) -> None:
    """A database that is up to date is not changed."""
    assert await migrate.check_schema(store.writer) == []
    assert await migrate.upgrade(store.writer) == []


async def test_empty_database_is_made(empty_sqlite_url: str, clock: TravelClock) -> None:
    """All revisions run on an empty database, and no backup is made."""
    store = await Store.open(empty_sqlite_url, clock=clock, migrate=False)
    assert await migrate.check_schema(store.writer) == migrate.shipped()
    assert await migrate.upgrade(store.writer) == migrate.shipped()
    await store.close()
    assert list(Path(empty_sqlite_url.removeprefix("sqlite:///")).parent.glob("*.before-*")) == []


@pytest.mark.parametrize("wanted", [True, False])
async def test_newer_schema_is_refused(
    database_url: str, clock: TravelClock, *, wanted: bool
) -> None:
    """A database migrated by a newer version is refused and unchanged."""
    store = await Store.open(database_url, clock=clock)
    async with store.writer.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await store.close()
    with pytest.raises(SchemaTooNew):
        await Store.open(database_url, clock=clock, migrate=wanted)


@pytest.mark.postgres
async def test_processes_migrate_one_by_one(
    postgres_url: str, clock: TravelClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of several processes starting at once one migrates, and all run afterwards."""
    monkeypatch.setattr(migrate, "shipped", lambda: [*SHIPPED, "0099"])
    mark = revision_of("CREATE TABLE made (n int)", "INSERT INTO made VALUES (1)")
    monkeypatch.setattr(revisions, "run", mark)
    opened = await asyncio.gather(*(Store.open(postgres_url, clock=clock) for _ in range(3)))
    async with opened[0].reading() as unit:
        stamps = await unit.connection.execute(text("SELECT version_num FROM alembic_version"))
        assert stamps.scalars().all() == ["0099"]
        made = await unit.connection.execute(text("SELECT count(*) FROM made"))
        assert made.scalar_one() == 1
    for store in opened:
        await store.close()


async def test_copies_before_migrating(
    earlier: Path, empty_sqlite_url: str, clock: TravelClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file with data is copied before each migration; the last three copies are kept."""
    monkeypatch.setattr(revisions, "run", revision_of())
    known = list(SHIPPED)
    monkeypatch.setattr(migrate, "shipped", lambda: known)
    for revision in ("0091", "0092", "0093", "0094"):
        known.append(revision)
        await (await Store.open(empty_sqlite_url, clock=clock)).close()
    copies = sorted(earlier.parent.glob("*.before-*"))
    assert [copy.name.rpartition("-")[2] for copy in copies] == ["0092", "0093", "0094"]
    copy = sqlite3.connect(copies[0])
    assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("0091",)]
    assert copy.execute("SELECT count(*) FROM inbox").fetchall() == [(1,)]
    copy.close()


async def test_failed_migration_changes_nothing(
    earlier: Path, empty_sqlite_url: str, clock: TravelClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failing revision is rolled back; the store opens again at the previous one."""
    with monkeypatch.context() as patch:
        patch.setattr(revisions, "run", revision_of("DROP TABLE fact", "DROP TABLE unknown"))
        patch.setattr(migrate, "shipped", lambda: [*SHIPPED, "0099"])
        with pytest.raises(DBAPIError):
            await Store.open(empty_sqlite_url, clock=clock)
    del earlier
    store = await Store.open(empty_sqlite_url, clock=clock)
    async with store.unit() as unit:
        await unit.facts.set("still", "here")
    await store.close()


async def test_remade_table_takes_nothing_along(
    empty_sqlite_url: str, clock: TravelClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recreating a SQLite table keeps referring rows and refuses orphans."""
    store = await Store.open(empty_sqlite_url, clock=clock)
    async with store.unit() as unit:
        person = await unit.people.add(somebody())
        await unit.consents.give(person.id, "news:a", 1, "da")
    monkeypatch.setattr(migrate, "shipped", lambda: [*SHIPPED, "0099"])
    make = "CREATE TABLE new (id INTEGER PRIMARY KEY, lane TEXT)"
    fill = "INSERT INTO new SELECT id, lane FROM person"
    swap = ("DROP TABLE person", "ALTER TABLE new RENAME TO person")
    monkeypatch.setattr(revisions, "run", revision_of(make, *swap))
    with pytest.raises(StoreError, match="astray"):
        await migrate.upgrade(store.writer)
    monkeypatch.setattr(revisions, "run", revision_of(make, fill, *swap))
    assert await migrate.upgrade(store.writer) == ["0099"]
    async with store.unit() as unit:
        assert set(await unit.consents.live(person.id)) == {"news:a"}
    await store.close()
