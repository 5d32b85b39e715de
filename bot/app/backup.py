"""`brobygger backup` and `brobygger restore`: copy the SQLite database to and from one file."""

from __future__ import annotations

import time
from contextlib import closing, nullcontext
from pathlib import Path

from bot import settings
from bot.app.operate import print_line
from bot.clock import Clock, SystemClock
from bot.errors import AlreadyRunning, ConfigurationError, StoreError
from bot.store.backup import Held, is_empty, look_at, put_in_place, set_aside, take_copy
from bot.store.engines import parse
from bot.store.store import lock_of

MEGABYTE = 1_000_000
DUMP = "On PostgreSQL its own tool does this: pg_dump --format=custom --file={file} '{url}'"
UNDUMP = (
    "On PostgreSQL its own tool does this, into an empty database and with the bot stopped: "
    "pg_restore --no-owner --exit-on-error --dbname='{url}' {file}"
)


def backup(file: Path) -> int:
    """Copy the database into a new file; print its size and the time taken."""
    database = _database(DUMP, file)
    began = time.monotonic()
    held = take_copy(database, file)
    took = time.monotonic() - began
    print_line(
        f"Backed up to {file}: {held.size / MEGABYTE:.1f} MB in {took:.1f} seconds, whole and "
        f"checked, {_until(held)}. It holds what citizens wrote: keep it as you keep the database."
    )
    return 0


def restore(file: Path, *, replace: bool, clock: Clock | None = None) -> int:
    """Put a backup in the database's place, and print the consequences.

    Raise `AlreadyRunning` where a bot runs on it, and `StoreError` where a database
    is there and *replace* is False.
    """
    database = _database(UNDUMP, file)
    url = settings.read(token_needed=False).database_url
    try:
        lock = lock_of(parse(url))
    except AlreadyRunning:
        raise AlreadyRunning("A Brobygger runs on this database. Stop it first.") from None
    with closing(lock) if lock is not None else nullcontext():
        held = look_at(file)
        if database.exists() and database.samefile(file):
            raise StoreError(f"{file} is the database itself.")
        if not is_empty(database):
            if not replace:
                raise StoreError(
                    f"There is a database at {database} already. With --replace it is kept beside."
                )
            stamp = (clock or SystemClock()).now().strftime("%Y%m%dT%H%M%S")
            print_line(f"What was there is kept as {set_aside(database, stamp)}.")
        put_in_place(file, database)
    for line in _meaning(file, database, held):
        print_line(line)
    return 0


def _meaning(file: Path, database: Path, held: Held) -> list[str]:
    """Return lines about the restored data and the next step."""
    size, waited = held.size / MEGABYTE, held.waiting + held.sending
    where = f"Restored {file} to {database}: {size:.1f} MB, schema {held.revision}, {_until(held)}."
    lost = "What citizens wrote later is lost where the bot had fetched it: Telegram gives it once."
    sent = f"{waited} messages waited to be sent, {held.sending} of them in flight."
    return [
        f"{where} The next brobygger run goes on from there, and migrates it if need be.",
        f"{lost} Nobody is asked anew.",
        f"{sent} All are sent now, though they may have arrived since the backup.",
        "Timers that fell due in the meantime strike at once.",
    ]


def _until(held: Held) -> str:
    """Return up to when the copy has data."""
    if held.until is None:
        return "nothing has happened in it yet"
    return f"with everything until {held.until:%Y-%m-%d %H:%M:%S} UTC"


def _database(elsewhere: str, file: Path) -> Path:
    """Return the SQLite file; on PostgreSQL raise `ConfigurationError` with the command to use."""
    url = settings.read(token_needed=False).database_url
    database = settings.sqlite_file(url)
    if database is None:
        raise ConfigurationError(elsewhere.format(file=file, url=without_password(url)))
    return database


def without_password(url: str) -> str:
    """Return a PostgreSQL URL for pg_dump and pg_restore, which ask for the password."""
    made = parse(url)
    named = {"sslmode" if name == "ssl" else name: value for name, value in made.query.items()}
    plain = made.set(drivername="postgresql", query=named)
    return plain._replace(password=None).render_as_string(hide_password=False)
