"""The inbox: incoming rows, kept until they are processed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, delete, exists, func, or_, select, text, update

from bot.store.dialects import Dialect, Each
from bot.store.repository import Depth, Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import inbox

KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=30)
ATTEMPT_LIMIT = 12  # an exception adds 4, a crash 1; a row with more is set aside


@dataclass(frozen=True, slots=True)
class NewInbox:
    """A new row; *source* and *key* together are unique."""

    source: str
    key: str
    lane: str
    priority: int  # lower goes first
    payload: dict[str, Any]  # redacted
    received_at: datetime
    tries: int = 0  # `ATTEMPT_LIMIT` for a row that the worker is to set aside at once


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A stored row."""

    id: int
    source: str
    key: str
    lane: str
    priority: int
    payload: dict[str, Any]
    received_at: datetime
    tries: int


_NEW = RowMapper(NewInbox, inbox)
_ROW = RowMapper(InboxRow, inbox)
_older = inbox.alias("older")
# Literal SQL, since a database uses a partial index only for its exact condition.
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
    """Return a query that also locks the found rows and their lanes (PostgreSQL).

    SKIP LOCKED alone would give two rows of one citizen to two workers. An older row,
    locked or not, keeps a younger row of its lane from being a head. But ids are given out
    before commits, so an older row may be committed *after* a worker took the younger one.
    Therefore an advisory lock is taken for the lane as well.
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
    lambda dialect: _heads(_ROW.query.where(_UNDONE, _IS_HEAD).limit(bindparam("most")), dialect)
)
_HEAD = Each(
    lambda dialect: _heads(
        _ROW.query.where(inbox.c.id == bindparam("row_id"), _UNDONE, _IS_HEAD), dialect
    )
)


class Inbox(Repository):
    """The incoming rows."""

    async def put(self, rows: Sequence[NewInbox]) -> int:
        """Insert *rows* except repeats; return how many were new."""
        if not rows:
            return 0
        result = await self._execute(_PUT, [_NEW.values(row) for row in rows])
        new = len(result.all())
        if new:
            self._transaction.wake("inbox")
        return new

    async def heads(self, limit: int) -> list[InboxRow]:
        """Lock and return the oldest undone row of each of up to *limit* lanes."""
        return _ROW.all(await self._execute(_HEADS, {"most": limit}))

    async def head(self, row_id: int) -> InboxRow | None:
        """Lock and return the row if it is undone, free and the head of its lane; else None."""
        return _ROW.first(await self._execute(_HEAD, {"row_id": row_id}))

    async def get(self, source: str, key: str) -> InboxRow | None:
        """Return a row in any state, or None."""
        query = _ROW.query.where(inbox.c.source == source, inbox.c.key == key)
        return _ROW.first(await self._execute(query))

    async def count_try(self, row_id: int, weight: int = 1) -> int:
        """Add *weight* to a row's tries; return the sum."""
        statement = update(inbox).where(inbox.c.id == row_id).values(tries=inbox.c.tries + weight)
        return int((await self._execute(statement.returning(inbox.c.tries))).scalar_one())

    async def uncount_try(self, row_id: int) -> None:
        """Subtract one try, for a failure that the row did not cause."""
        statement = update(inbox).where(inbox.c.id == row_id, inbox.c.tries > 0)
        await self._execute(statement.values(tries=inbox.c.tries - 1))

    async def done(self, row_ids: Sequence[int]) -> None:
        """Mark rows as done and delete their payloads."""
        if row_ids:
            await self._execute(_DONE, {"row_ids": list(row_ids), "at": self._now})

    async def fail(self, row_id: int) -> None:
        """Mark a row as failed; its redacted payload stays for staff to look at."""
        statement = update(inbox).where(inbox.c.id == row_id)
        await self._execute(statement.values(done=True, failed=True, done_at=self._now))

    async def rewrite(self, source: str, key: str, payload: dict[str, Any]) -> None:
        """Replace a payload that is still kept, after a CPR number was found in it."""
        kept = ~inbox.c.done | inbox.c.failed
        statement = update(inbox).where(inbox.c.source == source, inbox.c.key == key, kept)
        await self._execute(statement.values(payload=payload))

    async def depth(self) -> Depth:
        """Return the number of undone rows and the time of the oldest."""
        count, oldest = (await self._execute(_DEPTH)).one()
        return Depth(count, oldest)

    async def heard_at(self) -> datetime | None:
        """Return when the newest Telegram update was received; None where none is kept."""
        query = (
            select(inbox.c.received_at)
            .where(inbox.c.source.startswith("telegram:"))
            .order_by(inbox.c.id.desc())
            .limit(1)
        )
        found: datetime | None = (await self._execute(query)).scalar_one_or_none()
        return found

    async def purge(self, limit: int = 500) -> int:
        """Delete up to *limit* done rows: after 7 days, or 30 where they failed."""
        week, month = self._now - KEEP_DONE, self._now - KEEP_FAILED
        old = (
            select(inbox.c.id)
            .where(text("inbox.done"), inbox.c.done_at < week)
            .where(or_(text("NOT inbox.failed"), inbox.c.done_at < month))
            .limit(limit)
        )
        result = await self._execute(delete(inbox).where(inbox.c.id.in_(old.scalar_subquery())))
        return int(result.rowcount)
