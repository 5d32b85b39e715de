"""Timers are rows with a fence, so that a stale one does nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from bot.store.dialects import Dialect, Each
from bot.store.inbox import NewInbox
from bot.store.repository import Depth, Repository
from bot.store.tables import timer

TIMER_PRIORITY = 20  # citizens' rows go first


@dataclass(frozen=True, slots=True)
class NewTimer:
    """Something to happen at *due_at*; one a kind and subject, the newest holds."""

    kind: str
    subject: str
    lane: str
    due_at: datetime


def _set(dialect: Dialect) -> Any:
    """Say the insert that makes an older setting stale."""
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
    """What is to happen later."""

    async def set(self, new: NewTimer) -> None:
        """Set a timer anew; what was set before is stale."""
        values = {
            "kind": new.kind,
            "subject": new.subject,
            "lane": new.lane,
            "fence": 1,
            "due_at": new.due_at,
        }
        await self._later(_SET, ("timer", new.kind, new.subject), values)
        self._unit.wake("timers")

    async def cancel(self, kind: str, subject: str) -> None:
        """Cancel a timer; a row of it that has been fired already is stale too."""
        of = {"of_kind": kind, "of_subject": subject}
        await self._later(_CANCEL, ("timer", kind, subject), of)

    async def forget(self, kind: str, subject: str) -> None:
        """Delete the timer of a subject that is gone; what was fired of it is stale."""
        of = {"of_kind": kind, "of_subject": subject}
        await self._later(_FORGET, ("timer", kind, subject), of)

    async def fire_due(self, limit: int = 200) -> int:
        """Turn due timers into inbox rows; return how many."""
        rows = (await self._execute(_DUE, {"now": self._now, "most": limit})).all()
        if not rows:
            return 0
        await self._unit.inbox.put(
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
        """Tell whether a fired timer still means something."""
        return (await self._execute(_FENCE, {"of": timer_id})).scalar_one_or_none() == fence

    async def next_due(self) -> datetime | None:
        """Return when the next timer is due."""
        found: datetime | None = (await self._execute(_NEXT_DUE)).scalar_one()
        return found

    async def overdue(self) -> Depth:
        """Return how many timers are due and have not fired."""
        count, oldest = (await self._execute(_OVERDUE, {"now": self._now})).one()
        return Depth(count, oldest)
