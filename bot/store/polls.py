"""The poll after a dialogue."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.store.repository import Repository
from bot.store.tables import poll_count, poll_taken

KEEP_POLL = timedelta(days=30)


class Polls(Repository):
    """The sums of the poll after a dialogue; that a person answered is kept for 30 days."""

    async def take(self, broadcast_id: int, participant_id: int, value: int) -> bool:
        """Count an answer; return False where the person has answered already."""
        statement = self._insert(poll_taken).values(
            broadcast_id=broadcast_id, participant_id=participant_id, at=self._now
        )
        known = ["broadcast_id", "participant_id"]
        taken = await self._execute(statement.on_conflict_do_nothing(index_elements=known))
        if not taken.rowcount:
            return False
        counted = self._insert(poll_count).values(broadcast_id=broadcast_id, value=value, count=1)
        await self._execute(
            counted.on_conflict_do_update(
                index_elements=["broadcast_id", "value"],
                set_={"count": poll_count.c.count + 1},
            )
        )
        return True

    async def counts(self, broadcast_id: int) -> dict[int, int]:
        """Return the numbers of answers by value."""
        query = select(poll_count.c.value, poll_count.c.count).where(
            poll_count.c.broadcast_id == broadcast_id
        )
        return {row[0]: row[1] for row in await self._execute(query)}

    async def purge(self, limit: int = 500) -> int:
        """Delete at most *limit* notes that a person answered over 30 days ago."""
        old = poll_taken.c.at < self._now - KEEP_POLL
        return await self._delete_some(poll_taken, old, limit)
