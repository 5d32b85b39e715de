"""Run migrations: one transaction for each, and in one process at a time."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import SchemaTooNew, StoreError
from bot.store.engines import run_bare, unavailable_raised, writing_engine

COPIES_KEPT = 3
MIGRATION_LOCK = 7_262_001  # number of the advisory lock; freely chosen
_FILE = re.compile(r"v(\d{4})_\w+\.py")


def shipped() -> list[str]:
    """Return the revisions of this release in order; the file names contain their numbers."""
    names = (file.name for file in files("bot.store").joinpath("migrations/versions").iterdir())
    return sorted(found[1] for name in names if (found := _FILE.fullmatch(name)))


def pending(connection: Connection) -> list[str]:
    """Return the pending revisions in order; raise `SchemaTooNew` for an unknown revision."""
    known = shipped()
    if not inspect(connection).has_table("alembic_version"):
        return known
    at = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if at is None:
        return known
    if at not in known:
        raise SchemaTooNew
    return known[known.index(at) + 1 :]


async def check_schema(engine: AsyncEngine) -> list[str]:
    """Return the pending revisions; raise `SchemaTooNew` for a newer schema."""
    with unavailable_raised():
        async with engine.connect() as connection:
            return await connection.run_sync(pending)


async def upgrade(writer: AsyncEngine) -> list[str]:
    """Run the pending revisions; return those that this process ran."""
    waiting = await check_schema(writer)
    if not waiting:
        return []
    with unavailable_raised():
        if writer.dialect.name == "sqlite":
            await _copy(writer, waiting[0])
        async with _engine_for(writer) as engine:
            return [revision for revision in waiting if await _step(engine, revision)]


@asynccontextmanager
async def _engine_for(writer: AsyncEngine) -> AsyncIterator[AsyncEngine]:
    """Yield an engine for changing tables: foreign keys off on SQLite, no time limit on PostgreSQL.

    SQLite changes some tables by recreating them; dropping the old table would delete the
    rows that refer to it. A PostgreSQL migration may exceed the time limit of a statement.
    """
    if writer.dialect.name == "sqlite":
        await run_bare(writer, "PRAGMA foreign_keys=OFF")
        try:
            yield writer
        finally:
            await run_bare(writer, "PRAGMA foreign_keys=ON")
        return
    patient = writing_engine(writer.url, hurried=False)
    try:
        yield patient
    finally:
        await patient.dispose()


async def _step(engine: AsyncEngine, revision: str) -> bool:
    """Run one revision in its own transaction; return False if another process ran it.

    Raise `StoreError` where the revision would leave broken references (SQLite).
    """
    from bot.store.revisions import run  # noqa: PLC0415 - it loads Alembic, which few starts need

    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(:key)")
            await connection.execute(lock, {"key": MIGRATION_LOCK})
        if revision not in await connection.run_sync(pending):
            return False
        await connection.run_sync(run, revision)
        if engine.dialect.name == "sqlite":
            broken = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
            if broken:
                raise StoreError(f"revision {revision} would leave {len(broken)} rows astray")
    return True


async def _copy(engine: AsyncEngine, revision: str) -> None:
    """Copy an SQLite file with tables before migrating it; keep the newest `COPIES_KEPT` copies."""
    if not await run_bare(engine, "SELECT name FROM sqlite_master LIMIT 1"):
        return
    file = Path(str(engine.url.database))
    copy = file.with_name(f"{file.name}.before-{revision}")
    made = file.with_name(f"{copy.name}.part")
    made.unlink(missing_ok=True)
    await run_bare(engine, "VACUUM INTO ?", str(made))
    shutil.copymode(file, made)
    made.replace(copy)
    for old in sorted(file.parent.glob(f"{file.name}.before-????"))[:-COPIES_KEPT]:
        old.unlink()
