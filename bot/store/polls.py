"""Audiences that staff saved under a name, and the poll after a dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from bot.store.repository import Repository
from bot.store.tables import poll_count, poll_taken, saved_audience

KEEP_POLL = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SavedAudience:
    """An audience that staff saved under a name."""

    id: int
    name: str
    audience: Mapping[str, Any]
    staff_id: int | None = None
    changed_at: datetime | None = None


class SavedAudiences(Repository):
    """Audiences under names."""

    async def all(self) -> list[SavedAudience]:
        """Return the saved audiences, by name."""
        query = select(
            *(saved_audience.c[name] for name in ("id", "name", "audience", "staff_id")),
            saved_audience.c.changed_at,
        )
        rows = await self._execute(query.order_by(saved_audience.c.name))
        return [SavedAudience(*row) for row in rows]

    async def put(self, name: str, audience: Mapping[str, Any], staff_id: int) -> int:
        """Save an audience, or replace the one of the name; return its id."""
        values = {"audience": audience, "staff_id": staff_id, "changed_at": self._now}
        statement = self._insert(saved_audience).values(name=name, **values)
        statement = statement.on_conflict_do_update(index_elements=["name"], set_=values)
        return int((await self._execute(statement.returning(saved_audience.c.id))).scalar_one())

    async def drop(self, audience_id: int) -> bool:
        """Delete a saved audience; return False where there is none."""
        statement = delete(saved_audience).where(saved_audience.c.id == audience_id)
        return bool((await self._execute(statement)).rowcount)


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
