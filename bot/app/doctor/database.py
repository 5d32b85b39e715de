"""Checks of the database and of the rows that wait in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from bot.app.doctor.ailment import Ailment
from bot.app.probe import write_once
from bot.clock import Clock
from bot.errors import AlreadyRunning, DatabaseMissing, MigrationPending, SchemaTooNew, StoreError
from bot.model.staff import May
from bot.store import server
from bot.store.engines import is_sqlite, parse
from bot.store.repository import Depth
from bot.store.store import Store, lock_of
from bot.store.unit import Unit

WAITED = timedelta(minutes=5)


async def open_database(url: str, clock: Clock) -> Store | Ailment | None:
    """Return a store to read, an ailment where it cannot be opened, or None without a database."""
    try:
        return await Store.open_to_look(url, clock=clock)
    except DatabaseMissing:
        return None
    except MigrationPending as error:
        return Ailment(
            "schema_waits",
            f"{error}",
            "An older bot goes on until then; this version does not start without it.",
            "Stop the bot, and start it again: brobygger run migrates too.",
        )
    except SchemaTooNew as error:
        return Ailment(
            "schema_too_new",
            f"{error}",
            "This version does not know what the newer one has written.",
            "Install the newer version again, or restore a backup from before it.",
        )
    except StoreError:
        return _away(url)


def _away(url: str) -> Ailment:
    """Return the ailment of an unreachable database."""
    made = parse(url)
    where = made.database if is_sqlite(made) else made.host or made.query.get("host") or "it"
    return Ailment(
        "database_away",
        f"The database cannot be opened: {where}.",
        "Nothing new is kept, so Telegram is told nothing and keeps it for 24 hours.",
        "Look whether it runs and lets us in, and at BROBYGGER_DATABASE_URL.",
    )


def in_use(url: str) -> bool:
    """Return whether a process holds the lock of the SQLite file."""
    made = parse(url)
    if not is_sqlite(made) or not Path(f"{made.database}.lock").exists():
        return False
    try:
        lock = lock_of(made)
    except AlreadyRunning:
        return True
    except OSError:
        return False  # the check of the folder reports it
    if lock is not None:
        lock.close()
    return False


async def examine_database(store: Store, *, write: bool) -> list[Ailment]:
    """Check the server, waiting rows and the staff; with *write*, also write a row."""
    seen = await _server(store) if store.dialect == "postgresql" else []
    if write:
        seen += await _writing(store)
    somebody_sends = await _somebody_sends(store)
    async with store.reading() as unit:
        return [
            *seen,
            *await _waiting(unit, somebody_sends=somebody_sends),
            *await _people(unit),
        ]


async def last_heard(store: Store) -> datetime | None:
    """Return when the last update was committed; None where there is none."""
    async with store.reading() as unit:
        return await unit.inbox.heard_at()


async def _writing(store: Store) -> list[Ailment]:
    """Check that a row can be written: a read-only database passes every other check."""
    unwritable = await write_once(store)
    if not unwritable:
        return []
    do = {
        "read-only": "Look for default_transaction_read_only, a standby, a read-only mount.",
        "full": "Make room on the database's disk.",
    }.get(unwritable, "Look in the database's log, at its locks, and at what our role may do.")
    return [
        Ailment(
            "database_takes_no_writes",
            f"The database can be read and not written: {unwritable}.",
            "Not a single update can be kept, and no citizen is answered.",
            f"{do} The bot goes on by itself within seconds.",
        )
    ]


async def _server(store: Store) -> list[Ailment]:
    """Check the version of PostgreSQL, and that no transaction pooler is in between."""
    found = []
    if (version := await server.version_of(store)) < server.OLDEST:
        found.append(
            Ailment(
                "postgresql_too_old",
                f"This is PostgreSQL {version}.",
                f"Brobygger is written for {server.OLDEST} and newer, and tested on them alone.",
                "Move the database to a newer server with pg_dump and pg_restore.",
            )
        )
    if not await server.hears(store):
        found.append(
            Ailment(
                "behind_a_pooler",
                "What one connection says another does not hear, as through a transaction pooler.",
                "Two couriers could send the same, for locks that last a session do not hold.",
                "Let BROBYGGER_DATABASE_URL go to the server directly, or pool by session.",
            )
        )
    return found


async def _somebody_sends(store: Store) -> bool:
    """Return whether a process holds the courier role."""
    if store.dialect == "postgresql":
        return await server.is_held(store, "courier")
    return in_use(store.url.render_as_string(hide_password=False))


async def _waiting(unit: Unit, *, somebody_sends: bool) -> list[Ailment]:
    """Check for inbox rows, outbox rows and timers that wait for over 5 minutes."""
    found = []
    if _old(inbox := await unit.inbox.depth(), unit):
        found.append(
            Ailment(
                "inbox_waits",
                f"Rows that came in and wait: {_many(inbox, unit)}.",
                "Citizens have written and hear nothing.",
                "See that brobygger run is running; then run brobygger audit.",
            )
        )
    if _old(outbox := await unit.outbox.depth(), unit):
        waits = f"Messages that wait to be sent: {_many(outbox, unit)}"
        found.append(
            Ailment("outbox_waits", f"{waits}.", *_BEHIND)
            if somebody_sends
            else Ailment("nobody_sends", f"{waits}, and no process is the courier.", *_NOBODY)
        )
    if _old(late := await unit.timers.overdue(), unit):
        found.append(
            Ailment(
                "timers_late",
                f"Timers that are due: {_many(late, unit)}.",
                "Reminders, new dates and scheduled answers do not come.",
                "See that a brobygger run with the scheduler is running.",
            )
        )
    return found


_BEHIND = (
    "Citizens wait for words that are written.",
    "Look in the log for flood_limited and telegram_away; it goes on by itself after either.",
)
_NOBODY = (
    "Citizens wait for words that are written.",
    "Start brobygger run; on PostgreSQL, one with the courier.",
)


def _old(depth: Depth, unit: Unit) -> bool:
    """Return whether the oldest row has waited for over 5 minutes."""
    return depth.oldest is not None and unit.now - depth.oldest > WAITED


def _many(depth: Depth, unit: Unit) -> str:
    """Return how many rows wait, and for how many minutes the oldest, as text."""
    minutes = (unit.now - (depth.oldest or unit.now)) // timedelta(minutes=1)
    return f"{depth.count}, the oldest for {minutes} minutes"


async def _people(unit: Unit) -> list[Ailment]:
    """Check for rows set aside for staff, and for an administrator who can sign in."""
    found = []
    aside = [task for task in await unit.tasks.open() if task.kind == "failed_turn"]
    if aside:
        found.append(
            Ailment(
                "rows_set_aside",
                f"Rows that were set aside after three tries and wait for a person: {len(aside)}.",
                "Behind each may stand a citizen who was told that somebody looks at it.",
                "Look at them under Tasks at the console, and in the log for row_set_aside.",
            )
        )
    everybody = await unit.staff.all()
    if not any(one.may(May.MANAGE_STAFF) and one.has_password for one in everybody):
        found.append(
            Ailment(
                "no_administrator",
                "No administrator can sign in at the console.",
                "Nobody can let the others in, and nobody answers citizens.",
                "brobygger staff add or invite prints a link to choose a password with.",
            )
        )
    return found
