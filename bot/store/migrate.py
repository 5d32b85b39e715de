"""Migrations: Alembic, run by us, one transaction each and one process at a time."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.errors import SchemaTooNew
from bot.store.tables import metadata

if TYPE_CHECKING:
    from bot.store.store import Store

COPIES_KEPT = 3
MIGRATION_LOCK = 7_262_001  # an advisory lock's number, ours by having been chosen


def _script() -> ScriptDirectory:
    """Return the revisions that ship."""
    config = Config()
    config.set_main_option("script_location", str(files("bot.store").joinpath("migrations")))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def _context(connection: Connection, **options: Any) -> MigrationContext:
    """Return Alembic's view of the database."""
    opts = {"target_metadata": metadata, "render_as_batch": True, "compare_type": True, **options}
    return MigrationContext.configure(connection, opts=opts)


def current(connection: Connection) -> str | None:
    """Return the revision the database stands at; None where it is empty."""
    return _context(connection).get_current_revision()


def pending(connection: Connection) -> list[str]:
    """Return the revisions still to be run, the first one first.

    Raises `SchemaTooNew` where the database stands at one we do not know.
    """
    script = _script()
    at = current(connection)
    known = [revision.revision for revision in script.walk_revisions()][::-1]
    if at is not None and at not in known:
        raise SchemaTooNew
    return known[known.index(at) + 1 :] if at else known


async def check_schema(store: Store) -> list[str]:
    """Return the revisions still to be run; raise `SchemaTooNew` for a newer schema."""
    async with store.writer.connect() as connection:
        return await connection.run_sync(pending)


async def upgrade(store: Store) -> list[str]:
    """Bring the schema up to date; return the revisions that were run."""
    waiting = await check_schema(store)
    if not waiting:
        return []
    await _copy_sqlite(store, waiting[0])
    done = []
    for revision in waiting:
        async with store.writer.begin() as connection:
            if store.dialect == "postgresql":
                await connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK}
                )
            if revision in await connection.run_sync(pending):
                await connection.run_sync(_run, revision)
                done.append(revision)
    return done


def _run(connection: Connection, revision: str) -> None:
    """Run one revision, and write down that the database stands at it now."""
    script = _script()
    context = _context(connection)
    with Operations.context(context):
        script.get_revision(revision).module.upgrade()
    context.stamp(script, revision)


async def _copy_sqlite(store: Store, revision: str) -> None:
    """Keep a copy of an SQLite file that holds something, before it is changed."""
    if store.dialect != "sqlite" or store.url.database in (None, "", ":memory:"):
        return
    file = Path(str(store.url.database))
    async with store.writer.connect() as connection:
        if not await connection.run_sync(lambda c: inspect(c).get_table_names()):
            return
    copy = file.with_name(f"{file.name}.before-{revision}")
    copy.unlink(missing_ok=True)
    raw = await store.writer.raw_connection()
    try:
        cursor = await raw.driver_connection.execute("VACUUM INTO ?", (str(copy),))  # type: ignore[union-attr] - it is connected
        await cursor.close()
    finally:
        raw.close()
    copies = sorted(file.parent.glob(f"{file.name}.before-*"), key=lambda c: c.stat().st_mtime)
    for old in copies[:-COPIES_KEPT]:
        old.unlink()


def differences(connection: Connection) -> list[Any]:
    """Return where the database and the tables in the code differ: what `alembic check` asks."""
    return list(compare_metadata(_context(connection), metadata))
