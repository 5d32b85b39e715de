"""Members of the staff who have a case open, and their drafts.

Times are real time, passed by the caller as *at*, since tests and the demo move the
town's clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, delete, false, func, select, update

from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import presence, staff

LOOKS_FOR = timedelta(minutes=2)  # after the browser's last request
WRITES_FOR = timedelta(seconds=25)
DRAFTS_KEPT = timedelta(days=7)
LONGEST_DRAFT = 8_000  # characters


@dataclass(frozen=True, slots=True)
class Present:
    """A member of the staff who has a case open."""

    case_id: int
    staff_id: int
    first_name: str
    writing: bool


_PRESENT = RowMapper(
    Present,
    presence,
    first_name=staff.c.first_name,
    writing=func.coalesce(presence.c.writing_at > bindparam("since"), false()),
)


class Presence(Repository):
    """One row for each member of the staff and each case they have open or have a draft in."""

    async def look(self, case_id: int, staff_id: int, at: datetime) -> None:
        """Record that a member of the staff has a case open."""
        await self._note(case_id, staff_id, seen_at=at)

    async def write(self, case_id: int, staff_id: int, at: datetime, draft: str) -> None:
        """Record that a member of the staff is writing, and save the draft; delete an empty one."""
        kept = draft[:LONGEST_DRAFT] if draft.strip() else None
        writing_at = at if kept else None
        await self._note(case_id, staff_id, seen_at=at, writing_at=writing_at, draft=kept)

    async def send(self, case_id: int, staff_id: int) -> None:
        """Delete a draft after it was sent or discarded."""
        mine = (presence.c.case_id == case_id) & (presence.c.staff_id == staff_id)
        await self._execute(update(presence).where(mine).values(writing_at=None, draft=None))
        self._transaction.wake("events")

    async def leave(self, case_id: int, staff_id: int, at: datetime) -> None:
        """Record that a member of the staff left a case; keep a draft."""
        mine = (presence.c.case_id == case_id) & (presence.c.staff_id == staff_id)
        gone = {"seen_at": at - LOOKS_FOR, "writing_at": None}
        await self._execute(update(presence).where(mine).values(gone))
        await self._execute(delete(presence).where(mine, presence.c.draft.is_(None)))
        self._transaction.wake("events")

    async def draft(self, case_id: int, staff_id: int) -> str | None:
        """Return the unsent draft of a member of the staff, or None."""
        query = select(presence.c.draft).where(
            presence.c.case_id == case_id, presence.c.staff_id == staff_id
        )
        return (await self._execute(query)).scalar_one_or_none()

    async def at(self, case_id: int, at: datetime) -> list[Present]:
        """Return the staff who have a case open, by first name."""
        return await self._present(at, presence.c.case_id == case_id)

    async def everywhere(self, at: datetime) -> list[Present]:
        """Return the staff who have any case open, by case."""
        return await self._present(at)

    async def _present(self, at: datetime, *conditions: ColumnElement[bool]) -> list[Present]:
        query = (
            _PRESENT.query.join(staff, staff.c.id == presence.c.staff_id)
            .where(presence.c.seen_at > at - LOOKS_FOR, *conditions)
            .order_by(presence.c.case_id, staff.c.first_name, staff.c.id)
        )
        return _PRESENT.all(await self._execute(query, {"since": at - WRITES_FOR}))

    async def purge(self, limit: int) -> int:
        """Delete rows not seen for `DRAFTS_KEPT` (7 days); return their number."""
        old = presence.c.seen_at < self._now - DRAFTS_KEPT
        some = select(presence.c.case_id, presence.c.staff_id).where(old).limit(limit)
        rows = (await self._execute(some)).all()
        for row in rows:
            mine = (presence.c.case_id == row.case_id) & (presence.c.staff_id == row.staff_id)
            await self._execute(delete(presence).where(mine, old))
        return len(rows)

    async def _note(self, case_id: int, staff_id: int, **values: object) -> None:
        """Insert or update one row, and notify open pages."""
        statement = self._insert(presence).values(case_id=case_id, staff_id=staff_id, **values)
        await self._execute(
            statement.on_conflict_do_update(index_elements=["case_id", "staff_id"], set_=values)
        )
        self._transaction.wake("events")
