"""The inbox: what came in, kept until it has happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, exists, func, or_, select, text, update

from bot.store.dialects import Dialect, Each
from bot.store.repository import Depth, Repository
from bot.store.tables import inbox

KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=30)
MOST_TRIES = 12  # an exception adds 4, a crash 1; a row with more is set aside


@dataclass(frozen=True, slots=True)
class NewInbox:
    """A row to come in; *source* and *key* together are unique for ever."""

    source: str
    key: str
    lane: str
    priority: int  # lower goes first
    payload: dict[str, Any]  # redacted
    received_at: datetime
    tries: int = 0  # `MOST_TRIES` for a row that the worker is to set aside at once


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A row that came in."""

    id: int
    source: str
    key: str
    lane: str
    priority: int
    payload: dict[str, Any]
    received_at: datetime
    tries: int


_COLUMNS = (
    inbox.c.id,
    inbox.c.source,
    inbox.c.key,
    inbox.c.lane,
    inbox.c.priority,
    inbox.c.payload,
    inbox.c.received_at,
    inbox.c.tries,
)
_older = inbox.alias("older")
# Written out, because a partial index serves only what says its condition word for word.
_UNDONE = text("NOT inbox.done")
_IS_HEAD = ~exists().where(
    _older.c.lane == inbox.c.lane, text("NOT older.done"), _older.c.id < inbox.c.id
)
_PUT = Each(
    lambda dialect: (
        dialect.insert(inbox)
        .on_conflict_do_nothing(index_elements=["source", "key"])
        .returning(inbox.c.id)
    )
)
_DONE = Each(
    lambda dialect: (
        update(inbox)
        .where(dialect.among(inbox.c.id, "row_ids"))
        .values(done=True, done_at=bindparam("at"), payload={})
    )
)
_DEPTH = select(func.count(), func.min(inbox.c.received_at)).where(_UNDONE)


def _heads(found: Select[*tuple[Any, ...]], dialect: Dialect) -> Select[*tuple[Any, ...]]:
    """Lock what was found, its lane with it.

    SKIP LOCKED alone gives two workers one citizen's two rows; the older row of
    the lane, locked or not, keeps the younger from being a head at all. But an
    older row may also be committed *after* the younger one was taken, since ids
    are given out before commits: therefore the lane itself is locked as well.
    """
    if dialect.name != "postgresql":
        return found.order_by(inbox.c.priority, inbox.c.id)
    free = (
        found.order_by(inbox.c.priority, inbox.c.id)
        .with_for_update(skip_locked=True, of=inbox)
        .cte("free")
    )
    lane_key = func.hashtextextended(free.c.lane, 0)
    return (
        select(*free.c)
        .where(func.pg_try_advisory_xact_lock(lane_key))
        .order_by(free.c.priority, free.c.id)
    )


_HEADS = Each(
    lambda dialect: _heads(
        select(*_COLUMNS).where(_UNDONE, _IS_HEAD).limit(bindparam("most")), dialect
    )
)
_HEAD = Each(
    lambda dialect: _heads(
        select(*_COLUMNS).where(inbox.c.id == bindparam("row_id"), _UNDONE, _IS_HEAD), dialect
    )
)


class Inbox(Repository):
    """What came in."""

    async def put(self, rows: Sequence[NewInbox]) -> int:
        """Insert *rows*, leaving out those that came before; return how many were new."""
        if not rows:
            return 0
        result = await self._execute(_PUT, [_values(row) for row in rows])
        new = len(result.all())
        if new:
            self._unit.wake("inbox")
        return new

    async def heads(self, limit: int) -> list[InboxRow]:
        """Lock and return the oldest undone row of as many lanes as *limit*."""
        return [_row(row) for row in await self._execute(_HEADS, {"most": limit})]

    async def head(self, row_id: int) -> InboxRow | None:
        """Lock and return the row if it still is undone, the head of its lane, and free."""
        found = (await self._execute(_HEAD, {"row_id": row_id})).first()
        return _row(found) if found else None

    async def get(self, source: str, key: str) -> InboxRow | None:
        """Return a row in whatever state."""
        query = select(*_COLUMNS).where(inbox.c.source == source, inbox.c.key == key)
        found = (await self._execute(query)).first()
        return _row(found) if found else None

    async def count_try(self, row_id: int, weight: int = 1) -> int:
        """Count one try, or *weight* of them; return how many there are now."""
        statement = update(inbox).where(inbox.c.id == row_id).values(tries=inbox.c.tries + weight)
        return int((await self._execute(statement.returning(inbox.c.tries))).scalar_one())

    async def uncount_try(self, row_id: int) -> None:
        """Take a try back that failed for no fault of ours."""
        statement = update(inbox).where(inbox.c.id == row_id, inbox.c.tries > 0)
        await self._execute(statement.values(tries=inbox.c.tries - 1))

    async def done(self, row_ids: Sequence[int]) -> None:
        """Mark rows as having happened; only their ids stay."""
        if row_ids:
            await self._execute(_DONE, {"row_ids": list(row_ids), "at": self._now})

    async def fail(self, row_id: int) -> None:
        """Set a row aside; its redacted payload stays for a person to look at."""
        statement = update(inbox).where(inbox.c.id == row_id)
        await self._execute(statement.values(done=True, failed=True, done_at=self._now))

    async def rewrite(self, source: str, key: str, payload: dict[str, Any]) -> None:
        """Replace a payload that is still kept: a number was seen in it later."""
        kept = ~inbox.c.done | inbox.c.failed
        statement = update(inbox).where(inbox.c.source == source, inbox.c.key == key, kept)
        await self._execute(statement.values(payload=payload))

    async def depth(self) -> Depth:
        """Return how much waits."""
        count, oldest = (await self._execute(_DEPTH)).one()
        return Depth(count, oldest)

    async def heard_at(self) -> datetime | None:
        """Return when the newest update came in; None where none is kept."""
        query = (
            select(inbox.c.received_at)
            .where(inbox.c.source.startswith("telegram:"))
            .order_by(inbox.c.id.desc())
            .limit(1)
        )
        found: datetime | None = (await self._execute(query)).scalar_one_or_none()
        return found

    async def purge(self, limit: int = 500) -> int:
        """Delete up to *limit* rows that were kept long enough."""
        week, month = self._now - KEEP_DONE, self._now - KEEP_FAILED
        old = (
            select(inbox.c.id)
            .where(text("inbox.done"), inbox.c.done_at < week)
            .where(or_(text("NOT inbox.failed"), inbox.c.done_at < month))
            .limit(limit)
        )
        result = await self._execute(delete(inbox).where(inbox.c.id.in_(old.scalar_subquery())))
        return int(result.rowcount)


def _row(row: Row[*tuple[Any, ...]]) -> InboxRow:
    return InboxRow(*row)


def _values(row: NewInbox) -> dict[str, Any]:
    return {
        "source": row.source,
        "key": row.key,
        "lane": row.lane,
        "priority": row.priority,
        "payload": row.payload,
        "received_at": row.received_at,
        "tries": row.tries,
    }
