"""Reminders as staff, leads and citizens set them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from bot.model.reminder import Reminder, ReminderState
from bot.store.by_id import ById
from bot.store.participants import contains
from bot.store.row_mapper import RowMapper
from bot.store.tables import group_member, reminder

_REMINDER = RowMapper(Reminder, reminder)
# A lead's reminder names the lead, and is the group's.
_IS_OWN = reminder.c.participant_id.is_not(None) & reminder.c.group_id.is_(None)


class Reminders(ById[Reminder]):
    """Reminders."""

    mapper, table = _REMINDER, reminder

    async def of_participant(self, participant_id: int) -> list[Reminder]:
        """Return the live reminders that a citizen set for themselves, the oldest first."""
        query = _REMINDER.query.where(
            _IS_OWN,
            reminder.c.participant_id == participant_id,
            reminder.c.state != ReminderState.ENDED,
        )
        return _REMINDER.all(await self._execute(query.order_by(reminder.c.id)))

    async def of_group(self, group_id: int) -> list[Reminder]:
        """Return the live reminders of a group's lead, the oldest first."""
        query = _REMINDER.query.where(
            reminder.c.group_id == group_id, reminder.c.state != ReminderState.ENDED
        )
        return _REMINDER.all(await self._execute(query.order_by(reminder.c.id)))

    async def reaching(
        self, participant_id: int, *, ended_after: datetime | None = None
    ) -> list[Reminder]:
        """Return the active reminders that a participant set, or that go to their groups.

        With *ended_after* those that ended later are among them.
        """
        is_live: ColumnElement[bool] = reminder.c.state == ReminderState.ACTIVE
        if ended_after is not None:
            is_live = or_(is_live, reminder.c.ended_at > ended_after)
        groups_of = select(group_member.c.group_id).where(
            group_member.c.participant_id == participant_id
        )
        query = _REMINDER.query.where(
            is_live,
            or_(
                _IS_OWN & (reminder.c.participant_id == participant_id),
                reminder.c.group_id.in_(groups_of),
            ),
        )
        return _REMINDER.all(await self._execute(query.order_by(reminder.c.id)))

    async def shared(
        self,
        states: Collection[ReminderState],
        limit: int,
        *,
        before: int | None = None,
        words: str = "",
    ) -> list[Reminder]:
        """Return the newest reminders of staff and groups in *states*, below the id *before*.

        Their titles contain *words*.
        """
        query = _REMINDER.query.where(~_IS_OWN, reminder.c.state.in_(states))
        if before is not None:
            query = query.where(reminder.c.id < before)
        if words:
            query = query.where(contains(reminder.c.title, words))
        return _REMINDER.all(await self._execute(query.order_by(reminder.c.id.desc()).limit(limit)))

    async def active(self) -> list[Reminder]:
        """Return the active reminders of staff and groups, the oldest first."""
        query = _REMINDER.query.where(~_IS_OWN, reminder.c.state == ReminderState.ACTIVE)
        return _REMINDER.all(await self._execute(query.order_by(reminder.c.id)))

    async def own_active(self, limit: int) -> list[Reminder]:
        """Return at most *limit* active reminders of citizens to themselves, the oldest first."""
        query = _REMINDER.query.where(_IS_OWN, reminder.c.state == ReminderState.ACTIVE)
        return _REMINDER.all(await self._execute(query.order_by(reminder.c.id).limit(limit)))

    async def live_ids(self) -> list[int]:
        """Return the ids of all active reminders."""
        query = select(reminder.c.id).where(reminder.c.state == ReminderState.ACTIVE)
        return [row.id for row in await self._execute(query.order_by(reminder.c.id))]
