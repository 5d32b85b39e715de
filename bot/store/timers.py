"""Timers: rows with a fence (a counter), so that a stale one does nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from bot.store.dialects import Dialect, Each
from bot.store.inbox import Inbox, NewInbox
from bot.store.repository import Depth, Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import timer
from bot.store.transaction import Transaction

TIMER_PRIORITY = 20  # citizens' rows go first
UNREACHABLE = "unreachable"  # ends what a citizen can no longer be asked about; subject: a person


@dataclass(frozen=True, slots=True)
class NewTimer:
    """A timer due at *due_at*; a newer one of the same kind and subject replaces it."""

    kind: str
    subject: str
    lane: str
    due_at: datetime


_NEW = RowMapper(NewTimer, timer)


def _set(dialect: Dialect) -> Any:
    """Return the insert that replaces an older setting and makes it stale."""
    new = dialect.insert(timer)
    return new.on_conflict_do_update(
        index_elements=["kind", "subject"],
        set_={
            "fence": timer.c.fence + 1,
            "due_at": new.excluded.due_at,
            "lane": new.excluded.lane,
        },
    )


_SET = Each(_set)
_CANCEL = (
    update(timer)
    .where(timer.c.kind == bindparam("of_kind"), timer.c.subject == bindparam("of_subject"))
    .values(due_at=None, fence=timer.c.fence + 1)
)
_FORGET = delete(timer).where(
    timer.c.kind == bindparam("of_kind"), timer.c.subject == bindparam("of_subject")
)
_DUE = (
    select(timer.c.id, timer.c.fence, timer.c.kind, timer.c.subject, timer.c.lane, timer.c.due_at)
    .where(timer.c.due_at <= bindparam("now"))
    .order_by(timer.c.due_at, timer.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_FIRED = Each(
    lambda dialect: update(timer).where(dialect.among(timer.c.id, "ids")).values(due_at=None)
)
_FENCE = select(timer.c.fence).where(timer.c.id == bindparam("of"))
_NEXT_DUE = select(func.min(timer.c.due_at)).where(timer.c.due_at.is_not(None))
_OVERDUE = select(func.count(), func.min(timer.c.due_at)).where(timer.c.due_at <= bindparam("now"))


class Timers(Repository):
    """Timers: set, cancel and fire."""

    def __init__(self, transaction: Transaction, inbox: Inbox) -> None:
        """Work in *transaction*; *inbox* gets the rows of due timers."""
        super().__init__(transaction)
        self._inbox = inbox

    async def set(self, new: NewTimer) -> None:
        """Set a timer; an earlier setting becomes stale."""
        values = {**_NEW.values(new), "fence": 1}
        await self._later(_SET, ("timer", new.kind, new.subject), values)
        self._transaction.wake("timers")

    async def cancel(self, kind: str, subject: str) -> None:
        """Cancel a timer; an inbox row it has already fired becomes stale too."""
        of = {"of_kind": kind, "of_subject": subject}
        await self._later(_CANCEL, ("timer", kind, subject), of)

    async def forget(self, kind: str, subject: str) -> None:
        """Delete the timer of a subject that is gone; inbox rows it has fired become stale."""
        of = {"of_kind": kind, "of_subject": subject}
        await self._later(_FORGET, ("timer", kind, subject), of)

    async def fire_due(self, limit: int = 200) -> int:
        """Turn due timers into inbox rows; return their number."""
        rows = (await self._execute(_DUE, {"now": self._now, "most": limit})).all()
        if not rows:
            return 0
        await self._inbox.put(
            [
                NewInbox(
                    "timer",
                    f"{row.id}:{row.fence}",
                    row.lane,
                    TIMER_PRIORITY,
                    {
                        "timer": row.id,
                        "fence": row.fence,
                        "kind": row.kind,
                        "subject": row.subject,
                        "due_at": row.due_at.isoformat(),
                    },
                    self._now,
                )
                for row in rows
            ]
        )
        await self._execute(_FIRED, {"ids": [row.id for row in rows]})
        return len(rows)

    async def is_current(self, timer_id: int, fence: int) -> bool:
        """Return whether a fired timer was not set again, cancelled or deleted since."""
        return (await self._execute(_FENCE, {"of": timer_id})).scalar_one_or_none() == fence

    async def next_due(self) -> datetime | None:
        """Return when the next timer is due, or None."""
        found: datetime | None = (await self._execute(_NEXT_DUE)).scalar_one()
        return found

    async def overdue(self) -> Depth:
        """Return the number of due timers that have not fired, and the oldest's time."""
        count, oldest = (await self._execute(_OVERDUE, {"now": self._now})).one()
        return Depth(count, oldest)
