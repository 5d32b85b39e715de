"""Who is at a case right now, and what they have written so far.

All of it is real time, which the caller hands in as *at*, for the town's clock
may travel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update

from bot.store.repository import Repository
from bot.store.tables import presence, staff

LOOKS_FOR = timedelta(minutes=2)  # after the last sign of somebody
WRITES_FOR = timedelta(seconds=25)
DRAFTS_KEPT = timedelta(days=7)
LONGEST_DRAFT = 8_000  # characters


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has a case open."""

    case_id: int
    staff_id: int
    first_name: str
    writing: bool


class Presence(Repository):
    """One row for each of the staff at each case they have open, or have a draft in."""

    async def look(self, case_id: int, staff_id: int, at: datetime) -> None:
        """Note that somebody has a case open."""
        await self._note(case_id, staff_id, seen_at=at)

    async def write(self, case_id: int, staff_id: int, at: datetime, draft: str) -> None:
        """Note that somebody writes, and keep what is there; an empty draft is none."""
        kept = draft[:LONGEST_DRAFT] if draft.strip() else None
        writing_at = at if kept else None
        await self._note(case_id, staff_id, seen_at=at, writing_at=writing_at, draft=kept)

    async def send(self, case_id: int, staff_id: int) -> None:
        """Forget a draft: what it was has been sent, or is not to be."""
        mine = (presence.c.case_id == case_id) & (presence.c.staff_id == staff_id)
        await self._execute(update(presence).where(mine).values(writing_at=None, draft=None))
        self._unit.wake("events")

    async def leave(self, case_id: int, staff_id: int, at: datetime) -> None:
        """Note that somebody has closed a case; a draft stays."""
        mine = (presence.c.case_id == case_id) & (presence.c.staff_id == staff_id)
        gone = {"seen_at": at - LOOKS_FOR, "writing_at": None}
        await self._execute(update(presence).where(mine).values(gone))
        await self._execute(delete(presence).where(mine, presence.c.draft.is_(None)))
        self._unit.wake("events")

    async def draft(self, case_id: int, staff_id: int) -> str | None:
        """Return what somebody has written and not sent."""
        query = select(presence.c.draft).where(
            presence.c.case_id == case_id, presence.c.staff_id == staff_id
        )
        return (await self._execute(query)).scalar_one_or_none()

    async def at(self, case_id: int, at: datetime) -> list[Present]:
        """Return who is at a case, by first name."""
        return await self._present(at, presence.c.case_id == case_id)

    async def everywhere(self, at: datetime) -> list[Present]:
        """Return who is at which case."""
        return await self._present(at)

    async def _present(self, at: datetime, *conditions: ColumnElement[bool]) -> list[Present]:
        query = (
            select(
                presence.c.case_id,
                presence.c.staff_id,
                staff.c.first_name,
                presence.c.writing_at,
            )
            .join(staff, staff.c.id == presence.c.staff_id)
            .where(presence.c.seen_at > at - LOOKS_FOR, *conditions)
            .order_by(presence.c.case_id, staff.c.first_name, staff.c.id)
        )
        return [
            Present(
                row.case_id,
                row.staff_id,
                row.first_name,
                row.writing_at is not None and row.writing_at > at - WRITES_FOR,
            )
            for row in await self._execute(query)
        ]

    async def purge(self, limit: int) -> int:
        """Delete what nobody has come back to; return how many."""
        old = presence.c.seen_at < self._now - DRAFTS_KEPT
        some = select(presence.c.case_id, presence.c.staff_id).where(old).limit(limit)
        rows = (await self._execute(some)).all()
        for row in rows:
            mine = (presence.c.case_id == row.case_id) & (presence.c.staff_id == row.staff_id)
            await self._execute(delete(presence).where(mine, old))
        return len(rows)

    async def _note(self, case_id: int, staff_id: int, **values: object) -> None:
        """Write one row, there before or not, and let others see it."""
        statement = self._insert(presence).values(case_id=case_id, staff_id=staff_id, **values)
        await self._execute(
            statement.on_conflict_do_update(index_elements=["case_id", "staff_id"], set_=values)
        )
        self._unit.wake("events")
