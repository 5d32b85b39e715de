"""The inbox: what came in, kept until it has happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, func, select, update

from bot.store.repository import Depth, Repository
from bot.store.tables import inbox

KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NewInbox:
    """A row to come in; *source* and *key* together are unique for ever."""

    source: str
    key: str
    lane: str
    priority: int  # lower goes first
    payload: dict[str, Any]  # redacted
    received_at: datetime


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
_IS_HEAD = ~exists().where(_older.c.lane == inbox.c.lane, ~_older.c.done, _older.c.id < inbox.c.id)
# SKIP LOCKED alone gives two workers one citizen's two rows; the older row of
# the lane, locked or not, keeps the younger from being a head at all.
_HEADS = (
    select(*_COLUMNS)
    .where(~inbox.c.done, _IS_HEAD)
    .order_by(inbox.c.priority, inbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=inbox)
)
_HEAD = (
    select(*_COLUMNS)
    .where(inbox.c.id == bindparam("row_id"), ~inbox.c.done, _IS_HEAD)
    .with_for_update(skip_locked=True, of=inbox)
)
_DONE = (
    update(inbox)
    .where(inbox.c.id == bindparam("row_id"))
    .values(done=True, done_at=bindparam("at"), payload=bindparam("left"))
)


class Inbox(Repository):
    """Rows that came in."""

    async def put(self, rows: Sequence[NewInbox]) -> int:
        """Insert *rows*, leaving out those that came before; return how many were new."""
        if not rows:
            return 0
        statement = self._insert(inbox).values([asdict(row) for row in rows])
        result = await self._execute(
            statement.on_conflict_do_nothing(index_elements=["source", "key"])
        )
        self._unit.ring("inbox")
        return int(result.rowcount)

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

    async def count_try(self, row_id: int) -> int:
        """Count one try; return how many there are now."""
        statement = update(inbox).where(inbox.c.id == row_id).values(tries=inbox.c.tries + 1)
        return int((await self._execute(statement.returning(inbox.c.tries))).scalar_one())

    async def uncount_try(self, row_id: int) -> None:
        """Take a try back that failed for no fault of ours."""
        statement = update(inbox).where(inbox.c.id == row_id, inbox.c.tries > 0)
        await self._execute(statement.values(tries=inbox.c.tries - 1))

    async def done(self, row_ids: Sequence[int]) -> None:
        """Mark rows as having happened; only their ids stay."""
        if row_ids:
            at = self._now
            await self._execute(_DONE, [{"row_id": i, "at": at, "left": {}} for i in row_ids])

    async def fail(self, row_id: int) -> None:
        """Set a row aside; its redacted payload stays for a person to look at."""
        statement = update(inbox).where(inbox.c.id == row_id)
        await self._execute(statement.values(done=True, failed=True, done_at=self._now))

    async def rewrite(self, source: str, key: str, payload: dict[str, Any]) -> None:
        """Replace a kept payload: a number was seen in it later."""
        statement = update(inbox).where(inbox.c.source == source, inbox.c.key == key)
        await self._execute(statement.values(payload=payload))

    async def depth(self) -> Depth:
        """Return how much waits."""
        query = select(func.count(), func.min(inbox.c.received_at)).where(~inbox.c.done)
        count, oldest = (await self._execute(query)).one()
        return Depth(count, oldest)

    async def purge(self, limit: int = 500) -> int:
        """Delete up to *limit* rows that were kept long enough."""
        old = (
            select(inbox.c.id)
            .where(inbox.c.done, inbox.c.done_at < self._now - KEEP_DONE)
            .where(~inbox.c.failed | (inbox.c.done_at < self._now - KEEP_FAILED))
            .limit(limit)
        )
        result = await self._execute(delete(inbox).where(inbox.c.id.in_(old.scalar_subquery())))
        return int(result.rowcount)


def _row(row: Row[Any]) -> InboxRow:
    return InboxRow(*row)
