"""Audiences that staff saved under a name, and where each is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Text, cast, delete, literal, or_, select, update

from bot.model.broadcast import BROADCAST
from bot.model.invitation import INVITATION, InvitationState
from bot.model.reminder import SUBJECT, ReminderState
from bot.store.repository import Repository
from bot.store.tables import (
    broadcast,
    opportunity,
    reminder,
    saved_audience,
    volunteer_invitation,
)

MOST_USES = 20


@dataclass(frozen=True, slots=True)
class SavedAudience:
    """An audience that staff saved under a name."""

    id: int
    name: str
    audience: Mapping[str, Any]
    staff_id: int | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Usage:
    """Where a saved audience was chosen: the kind of the subject, its id and its title."""

    kind: str
    id: int
    title: str


_COLUMNS = tuple(
    saved_audience.c[name] for name in ("id", "name", "audience", "staff_id", "changed_at")
)


class SavedAudiences(Repository):
    """Audiences under names."""

    async def all(self) -> list[SavedAudience]:
        """Return the saved audiences, by name."""
        rows = await self._execute(select(*_COLUMNS).order_by(saved_audience.c.name))
        return [SavedAudience(*row) for row in rows]

    async def get(self, audience_id: int) -> SavedAudience | None:
        """Return a saved audience, or None."""
        query = select(*_COLUMNS).where(saved_audience.c.id == audience_id)
        row = (await self._execute(query)).first()
        return SavedAudience(*row) if row is not None else None

    async def add(self, name: str, audience: Mapping[str, Any], staff_id: int) -> int | None:
        """Save an audience; return its id, or None where another one has the name."""
        values = {"name": name, "audience": audience, "staff_id": staff_id}
        statement = self._insert(saved_audience).values(**values, changed_at=self._now)
        statement = statement.on_conflict_do_nothing(index_elements=["name"])
        row = (await self._execute(statement.returning(saved_audience.c.id))).first()
        return int(row[0]) if row is not None else None

    async def is_taken(self, name: str, but: int) -> bool:
        """Return whether another audience than *but* has a name."""
        which = (saved_audience.c.name == name) & (saved_audience.c.id != but)
        return (await self._execute(select(saved_audience.c.id).where(which))).first() is not None

    async def change(
        self, audience_id: int, name: str, audience: Mapping[str, Any], staff_id: int
    ) -> bool:
        """Change a saved audience and its name; return False where there is none."""
        values = {"name": name, "audience": audience, "staff_id": staff_id}
        statement = update(saved_audience).where(saved_audience.c.id == audience_id)
        done = await self._execute(statement.values(**values, changed_at=self._now))
        return bool(done.rowcount)

    async def drop(self, audience_id: int) -> bool:
        """Delete a saved audience; return False where there is none."""
        statement = delete(saved_audience).where(saved_audience.c.id == audience_id)
        return bool((await self._execute(statement)).rowcount)

    async def uses(self, audience_id: int) -> list[Usage]:
        """Return the newest broadcasts, live reminders and open invitations that have it."""
        found = [
            select(literal(kind), table.c.id, title)
            .select_from(table if joined is None else joined)
            .where(_has(table.c.audience, audience_id), *live)
            .order_by(table.c.id.desc())
            .limit(MOST_USES)
            for kind, table, title, joined, live in _USERS
        ]
        return [Usage(*row) for query in found for row in await self._execute(query)]


_USERS: tuple[tuple[str, Any, ColumnElement[str], Any, tuple[ColumnElement[bool], ...]], ...] = (
    (BROADCAST, broadcast, broadcast.c.title, None, ()),
    (SUBJECT, reminder, reminder.c.title, None, (reminder.c.state != ReminderState.ENDED,)),
    (
        INVITATION,
        volunteer_invitation,
        opportunity.c.title,
        volunteer_invitation.join(
            opportunity, opportunity.c.id == volunteer_invitation.c.opportunity_id
        ),
        (volunteer_invitation.c.state != InvitationState.ENDED,),
    ),
)


def _has(audience: Column[Any], audience_id: int) -> ColumnElement[bool]:
    """Return the condition that stored JSON has a saved audience; its id is a string there."""
    # The databases write a space after a colon, or none.
    written = (f'%"saved":{space}"{audience_id}"%' for space in ("", " "))
    return or_(*(cast(audience, Text).like(one) for one in written))
