"""Copies of an SQLite database: take one while a bot runs, inspect it, and restore it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from bot.errors import SchemaTooNew, StoreError
from bot.store.engines import BUSY_TIMEOUT
from bot.store.migrate import shipped

BESIDE = ("", "-wal", "-shm")  # a database is up to three files
# The newest time in inbox, outbox and events: the copy ends there.
_UNTIL = """
    SELECT max(at) FROM (SELECT max(received_at) AS at FROM inbox
        UNION ALL SELECT max(created_at) FROM outbox UNION ALL SELECT max(at) FROM event)
"""


@dataclass(frozen=True, slots=True)
class Held:
    """Contents of a copy: size in bytes, schema, time of the newest row, and unsent rows."""

    size: int
    revision: str
    until: datetime | None
    waiting: int  # outbox rows that are not sent yet
    sending: int  # outbox rows that were being sent


def take_copy(database: Path, file: Path) -> Held:
    """Copy a database into one new file that only its owner can read; a bot may be running.

    The file is created empty first, so that no other file can be overwritten. It gets its
    content once the copy is complete, checked and on the disk. Raise `StoreError` where
    there is no database, the file exists, or it cannot be written.
    """
    if not database.exists():
        raise StoreError("There is no database yet, so there is nothing to back up.")
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise StoreError(f"{file} is there already. Choose another name.") from None
    except OSError as error:
        raise StoreError(f"{file} cannot be made: {error.strerror}.") from None
    try:
        with _new_file(file.parent) as made:
            with _told(), closing(_open(database)) as connection:
                connection.execute("VACUUM INTO ?", (str(made),))
            held = look_at(made)
            _keep(made, file)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return held


def look_at(file: Path) -> Held:
    """Return the contents of a copy; raise `StoreError` where it cannot be restored."""
    if not file.is_file():
        raise StoreError(f"There is no file {file}.")
    log = file.with_name(file.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise StoreError(f"{file} is a bot's own database. Make a copy with brobygger backup.")
    with _told(), closing(_open(file, "immutable=1")) as connection:
        return _held(connection, file)


def _held(connection: sqlite3.Connection, file: Path) -> Held:
    """Return the contents of a copy; raise `StoreError` where it is damaged or foreign.

    Raise `SchemaTooNew` where a newer release wrote it.
    """
    try:
        whole = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        raise StoreError(f"{file} is damaged, or no SQLite file. Take another backup.")
    try:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.OperationalError, TypeError):
        raise StoreError(f"{file} is no database of Brobygger's.") from None
    if revision not in shipped():
        raise SchemaTooNew(
            f"{file} was written by a newer version than this one. Install that version first."
        )
    states = dict(connection.execute("SELECT state, count(*) FROM outbox GROUP BY state"))
    until = connection.execute(_UNTIL).fetchone()[0]
    return Held(
        file.stat().st_size,
        revision,
        datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None,
        states.get("pending", 0),
        states.get("claimed", 0),
    )


def is_empty(database: Path) -> bool:
    """Return whether *database* does not exist or has no tables."""
    if not database.exists() or not database.stat().st_size:
        return True
    with _told(), closing(_open(database)) as connection:
        return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def set_aside(database: Path, stamp: str) -> Path:
    """Rename a database with its `-wal` and `-shm` files; return its new path."""
    aside = database.with_name(f"{database.name}.replaced-{stamp}")
    for ending in BESIDE:
        with suppress(FileNotFoundError):
            database.with_name(database.name + ending).rename(aside.with_name(aside.name + ending))
    return aside


def put_in_place(file: Path, database: Path) -> None:
    """Restore a copy as *database*; delete the old log first, or SQLite would apply it."""
    for ending in BESIDE[1:]:
        database.with_name(database.name + ending).unlink(missing_ok=True)
    with _told(), _new_file(database.parent) as made:
        shutil.copyfile(file, made)
        _keep(made, database)


@contextmanager
def _new_file(folder: Path) -> Iterator[Path]:
    """Yield a temporary file that only its owner can read; delete it at the end."""
    descriptor, name = tempfile.mkstemp(prefix=".brobygger-", dir=folder)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _keep(made: Path, file: Path) -> None:
    """Sync *made* to disk, rename it to *file*, and sync the folder."""
    for path in (made, made.parent):
        if path is not made:
            made.replace(file)
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _open(file: Path, how: str = "mode=ro") -> sqlite3.Connection:
    """Open a database for reading."""
    return sqlite3.connect(f"file:{quote(str(file))}?{how}", uri=True, timeout=BUSY_TIMEOUT)


@contextmanager
def _told() -> Iterator[None]:
    """Raise errors of SQLite and of the file system as `StoreError` with a readable sentence."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise StoreError(f"That cannot be done: {why}.") from None
