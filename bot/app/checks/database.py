"""Observe the database, its server, and the rows that wait in it."""

from __future__ import annotations

from pathlib import Path

from bot.app.checks.observed import Contents, Staffing, Waiting
from bot.app.probe import write_once
from bot.errors import AlreadyRunning
from bot.model.staff import May
from bot.service.volunteering import gates
from bot.store import server
from bot.store.engines import is_sqlite, parse
from bot.store.store import Store, lock_of


def place_of(url: str) -> str:
    """Return the file or the host of a database; without user and password."""
    made = parse(url)
    where = made.database if is_sqlite(made) else made.host or made.query.get("host")
    return str(where or "it")


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


async def observe_staffing(store: Store) -> Staffing:
    """Read what no member of the staff may do, although it is needed."""
    async with store.reading() as unit:
        return Staffing(gates_wait=await gates.are_without_staff(unit))


async def observe_contents(store: Store, *, write: bool) -> Contents:
    """Read server, waiting rows and staff; with *write*, write a row.

    Raise `DatabaseUnavailable`. Reading cannot show that a database is read-only.
    """
    is_server = store.dialect == "postgresql"
    version = await server.version_of(store) if is_server else None
    is_pooled = is_server and not await server.passes_notifications(store)
    unwritable = await write_once(store) if write else ""
    has_courier = (
        await server.is_held(store, "courier")
        if is_server
        else in_use(store.url.render_as_string(hide_password=False))
    )
    async with store.reading() as unit:
        tasks, staff = await unit.tasks.open(), await unit.staff.all()
        return Contents(
            unwritable=unwritable,
            server_version=version,
            oldest_server=server.OLDEST,
            is_pooled=is_pooled,
            inbox=Waiting.of(await unit.inbox.depth(), unit.now),
            outbox=Waiting.of(await unit.outbox.depth(), unit.now),
            timers=Waiting.of(await unit.timers.overdue(), unit.now),
            has_courier=has_courier,
            set_aside=sum(task.kind == "failed_turn" for task in tasks),
            has_administrator=any(one.may(May.MANAGE_STAFF) and one.has_password for one in staff),
            last_update=await unit.inbox.heard_at(),
        )
