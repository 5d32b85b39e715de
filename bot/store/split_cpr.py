"""State that the intake keeps between messages: split CPR numbers and danger replies."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, delete, select, tuple_

from bot.store.dialects import Each
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import danger_reply, split_cpr
from bot.store.transaction import Transaction

KEEP_HALF = timedelta(hours=1)  # a second half comes within minutes
KEEP_REPLY = timedelta(days=7)  # as long as the inbox keeps the update


@dataclass(frozen=True, slots=True)
class SplitCpr:
    """A message whose end may be the first half of a CPR number."""

    lane: str
    update_key: str
    chat_id: int
    message_id: int
    sent_at: datetime


_HALF = RowMapper(SplitCpr, split_cpr)
_OF_LANES = Each(
    lambda dialect: _HALF.query.where(dialect.among(split_cpr.c.lane, "lanes", String()))
)


class SplitCprs(Repository):
    """First halves of CPR numbers by lane, and danger replies already sent."""

    def __init__(self, transaction: Transaction) -> None:
        """Work in *transaction*."""
        super().__init__(transaction)
        self._of_lane: dict[str, SplitCpr | None] = {}  # only lanes given to `expect`

    async def expect(self, lanes: Collection[str]) -> None:
        """Read the halves of *lanes* in one query for later reads."""
        found = await self._execute(_OF_LANES, {"lanes": list(lanes)})
        self._of_lane |= dict.fromkeys(lanes) | {one.lane: one for one in _HALF.all(found)}

    async def get(self, lane: str) -> SplitCpr | None:
        """Return the half at the end of a lane's last message, or None."""
        if lane not in self._of_lane:
            await self.expect([lane])
        return self._of_lane[lane]

    async def set(self, half: SplitCpr) -> None:
        """Store a half; replace an older one of the lane."""
        values = _HALF.values(half)
        statement = self._insert(split_cpr).values(values)
        await self._execute(statement.on_conflict_do_update(index_elements=["lane"], set_=values))
        self._of_lane[half.lane] = half

    async def clear(self, lane: str) -> None:
        """Delete a lane's half."""
        await self._execute(delete(split_cpr).where(split_cpr.c.lane == lane))
        self._of_lane[lane] = None

    async def danger_seen(self, source: str, key: str) -> bool:
        """Return whether the intake itself sent the danger reply for an update."""
        query = select(danger_reply.c.at).where(
            danger_reply.c.source == source, danger_reply.c.key == key
        )
        return (await self._execute(query)).first() is not None

    async def danger_note(self, source: str, key: str) -> None:
        """Record that the intake sent the danger reply for an update."""
        statement = self._insert(danger_reply).values(source=source, key=key, at=self._now)
        await self._execute(statement.on_conflict_do_nothing(index_elements=["source", "key"]))

    async def purge(self, limit: int = 500) -> int:
        """Delete halves older than 1 h and replies older than 7 days; return their number.

        At most *limit* rows of each are deleted.
        """
        halves = select(split_cpr.c.lane).where(split_cpr.c.sent_at < self._now - KEEP_HALF)
        forgotten = await self._execute(
            delete(split_cpr).where(split_cpr.c.lane.in_(halves.limit(limit)))
        )
        keys = tuple_(danger_reply.c.source, danger_reply.c.key)
        replies = select(danger_reply.c.source, danger_reply.c.key).where(
            danger_reply.c.at < self._now - KEEP_REPLY
        )
        gone = await self._execute(delete(danger_reply).where(keys.in_(replies.limit(limit))))
        return int(forgotten.rowcount) + int(gone.rowcount)
