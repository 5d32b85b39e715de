"""Opportunities, their contacts and their shifts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update

from bot.model.opportunity import Opportunity, OpportunityState, Shift, ShiftState
from bot.model.signup import HOLDS_PLACE, SignupState
from bot.store.by_id import ById
from bot.store.participants import contains
from bot.store.row_mapper import RowMapper
from bot.store.tables import opportunity, opportunity_contact, shift, signup, staff

_OPPORTUNITY = RowMapper(Opportunity, opportunity)
_SHIFT = RowMapper(Shift, shift)


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact of an opportunity: staff, or a participant."""

    opportunity_id: int
    staff_id: int | None = None
    participant_id: int | None = None


OF_CHECK_IN = frozenset({"code", "unnamed", "unnamed_marks"})  # columns that no search reads
_CONTACT = RowMapper(Contact, opportunity_contact)


def _is_of(shift_ids: Collection[int]) -> ColumnElement[bool]:
    """Return the condition that an opportunity has one of the shifts."""
    owners = select(shift.c.opportunity_id).where(shift.c.id.in_(shift_ids))
    return opportunity.c.id.in_(owners)


class Opportunities(ById[Opportunity]):
    """Opportunities and their contacts."""

    mapper, table = _OPPORTUNITY, opportunity

    async def of_code(self, code: str) -> Opportunity | None:
        """Return the opportunity of an import's code, or None."""
        query = _OPPORTUNITY.query.where(opportunity.c.code == code)
        return _OPPORTUNITY.first(await self._execute(query))

    async def of_codes(self, codes: Collection[str]) -> dict[str, Opportunity]:
        """Return and hold the opportunities with the codes of an import."""
        query = _OPPORTUNITY.query.where(opportunity.c.code.in_(codes))
        rows = await self._execute(query.order_by(opportunity.c.id).with_for_update(key_share=True))
        return {one.code: one for one in _OPPORTUNITY.all(rows) if one.code is not None}

    async def open(self) -> list[Opportunity]:
        """Return the open opportunities, the oldest first."""
        return await self._all(opportunity.c.state == OpportunityState.OPEN)

    async def skills(self) -> list[str]:
        """Return the skills that live opportunities ask for, each once, in order."""
        query = select(opportunity.c.skills).where(
            opportunity.c.state != OpportunityState.ENDED, opportunity.c.skills.is_not(None)
        )
        found = [one for row in await self._execute(query) for one in row[0] or ()]
        return sorted({one.casefold(): one for one in found}.values(), key=str.casefold)

    async def any_open(self) -> bool:
        """Return whether an opportunity is open."""
        query = select(opportunity.c.id).where(opportunity.c.state == OpportunityState.OPEN)
        return (await self._execute(query.limit(1))).first() is not None

    async def changed_since(self, since: datetime | None) -> list[tuple[int, datetime]]:
        """Return ids and times of the opportunities changed since a time, or of all open ones.

        A change of a shift counts as a change of its opportunity.
        """
        query = select(opportunity.c.id, opportunity.c.changed_at)
        if since is None:
            query = query.where(opportunity.c.state == OpportunityState.OPEN)
        else:
            query = query.where(opportunity.c.changed_at >= since)
        return [(row[0], row[1]) for row in await self._execute(query.order_by(opportunity.c.id))]

    async def listed(
        self,
        states: Collection[OpportunityState],
        limit: int,
        *,
        before: int | None = None,
        words: str = "",
        theme: str = "",
        area: str = "",
    ) -> list[Opportunity]:
        """Return the newest opportunities in *states*, of a theme and an area, by words."""
        query = _OPPORTUNITY.query.where(opportunity.c.state.in_(states))
        if before is not None:
            query = query.where(opportunity.c.id < before)
        if words:
            query = query.where(contains(opportunity.c.title, words))
        if theme:
            query = query.where(opportunity.c.theme == theme)
        if area:
            query = query.where(opportunity.c.area == area)
        query = query.order_by(opportunity.c.id.desc()).limit(limit)
        return _OPPORTUNITY.all(await self._execute(query))

    async def contacts(self, opportunity_id: int) -> list[Contact]:
        """Return the contacts of an opportunity, in the order in which they were set.

        Staff whose account is disabled are left out.
        """
        of_staff = opportunity_contact.outerjoin(
            staff, staff.c.id == opportunity_contact.c.staff_id
        )
        query = _CONTACT.query.select_from(of_staff).where(
            opportunity_contact.c.opportunity_id == opportunity_id,
            or_(opportunity_contact.c.staff_id.is_(None), staff.c.active),
        )
        return _CONTACT.all(await self._execute(query.order_by(opportunity_contact.c.id)))

    async def set_contacts(
        self, opportunity_id: int, staff: Sequence[int], participants: Sequence[int]
    ) -> None:
        """Replace the contacts of an opportunity."""
        own = opportunity_contact.c.opportunity_id == opportunity_id
        await self._execute(delete(opportunity_contact).where(own))
        rows = [
            *(Contact(opportunity_id, staff_id=one) for one in dict.fromkeys(staff)),
            *(Contact(opportunity_id, participant_id=one) for one in dict.fromkeys(participants)),
        ]
        if rows:
            values = [_CONTACT.values(one) for one in rows]
            await self._execute(insert(opportunity_contact), values)

    async def of_groups(self, group_ids: Collection[int]) -> list[Opportunity]:
        """Return the open opportunities of some groups, the oldest first."""
        return await self._all(
            opportunity.c.group_id.in_(group_ids), opportunity.c.state == OpportunityState.OPEN
        )

    async def led_by(self, participant_id: int) -> list[int]:
        """Return the ids of the opportunities of which a participant is a contact."""
        query = select(opportunity_contact.c.opportunity_id).where(
            opportunity_contact.c.participant_id == participant_id
        )
        return [row[0] for row in await self._execute(query)]


class Shifts(ById[Shift]):
    """Shifts of opportunities."""

    mapper, table = _SHIFT, shift

    async def plan(self, new: Sequence[Shift]) -> list[Shift]:
        """Insert shifts whose occasion does not exist yet; return them with their ids."""
        if not new:
            return []
        statement = self._insert(shift).on_conflict_do_nothing(
            index_elements=["opportunity_id", "occasion"]
        )
        values = [_SHIFT.values(one) for one in new]
        made = _SHIFT.all(await self._execute(statement.returning(*_SHIFT.columns), values))
        await self._touch(opportunity.c.id.in_({one.opportunity_id for one in made}))
        return made

    async def change(self, row_id: int, **values: Any) -> None:
        """Write columns of a shift; those of check-ins do not count as a change of it."""
        await super().change(row_id, **values)
        if not values.keys() <= OF_CHECK_IN:
            await self._touch(_is_of([row_id]))

    async def of(
        self,
        opportunity_ids: Collection[int],
        *,
        after: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        cancelled: bool = False,
    ) -> list[Shift]:
        """Return the shifts of some opportunities that begin in a span, in order of time."""
        query = _SHIFT.query.where(shift.c.opportunity_id.in_(opportunity_ids))
        if not cancelled:
            query = query.where(shift.c.state == ShiftState.PLANNED)
        if after is not None:
            query = query.where(shift.c.begins_at > after)
        if until is not None:
            query = query.where(shift.c.begins_at < until)
        query = query.order_by(shift.c.begins_at, shift.c.id).limit(limit)
        return _SHIFT.all(await self._execute(query))

    async def listed(
        self, opportunity_id: int, limit: int, *, before: int | None = None
    ) -> list[Shift]:
        """Return the latest shifts of an opportunity, or those that begin before shift *before*."""
        query = _SHIFT.query.where(shift.c.opportunity_id == opportunity_id)
        if before is not None:
            edge = select(shift.c.begins_at).where(shift.c.id == before).scalar_subquery()
            query = query.where(
                or_(
                    shift.c.begins_at < edge,
                    and_(shift.c.begins_at == edge, shift.c.id < before),
                )
            )
        query = query.order_by(shift.c.begins_at.desc(), shift.c.id.desc()).limit(limit)
        return _SHIFT.all(await self._execute(query))

    async def next_of(self, opportunity_ids: Collection[int], after: datetime) -> dict[int, Shift]:
        """Return the first planned shift after a time, by opportunity."""
        coming = (
            shift.c.opportunity_id.in_(opportunity_ids),
            shift.c.state == ShiftState.PLANNED,
            shift.c.begins_at > after,
        )
        first = (
            select(shift.c.opportunity_id, func.min(shift.c.begins_at).label("begins_at"))
            .where(*coming)
            .group_by(shift.c.opportunity_id)
            .subquery()
        )
        query = _SHIFT.query.join(
            first,
            (first.c.opportunity_id == shift.c.opportunity_id)
            & (first.c.begins_at == shift.c.begins_at),
        ).where(*coming)
        found = _SHIFT.all(await self._execute(query.order_by(shift.c.id.desc())))
        return {one.opportunity_id: one for one in found}

    async def of_code(self, code: str) -> Shift | None:
        """Return the shift of a check-in code, or None."""
        return _SHIFT.first(await self._execute(_SHIFT.query.where(shift.c.code == code)))

    async def remove(self, shift_ids: Collection[int]) -> None:
        """Delete shifts without sign-ups."""
        await self._touch(_is_of(shift_ids))
        await self._execute(delete(shift).where(shift.c.id.in_(shift_ids)))

    async def _touch(self, which: ColumnElement[bool]) -> None:
        """Record that shifts of some opportunities have changed."""
        await self._execute(update(opportunity).where(which).values(changed_at=self._now))

    async def between(
        self, first: datetime, until: datetime, limit: int, *, contact: int | None = None
    ) -> list[Shift]:
        """Return the planned shifts that begin in a span, in order of time.

        *contact* is a member of the staff: then it is only those whose contact they are.
        """
        query = _SHIFT.query.where(
            shift.c.state == ShiftState.PLANNED,
            shift.c.begins_at >= first,
            shift.c.begins_at < until,
        )
        if contact is not None:
            own = select(opportunity_contact.c.opportunity_id).where(
                opportunity_contact.c.staff_id == contact
            )
            query = query.where(shift.c.opportunity_id.in_(own))
        query = query.order_by(shift.c.begins_at, shift.c.id).limit(limit)
        return _SHIFT.all(await self._execute(query))

    async def taken(self, shift_ids: Collection[int]) -> dict[int, int]:
        """Return the number of places that are held, by shift; a shift without any is missing."""
        query = (
            select(signup.c.shift_id, func.count())
            .where(signup.c.shift_id.in_(shift_ids), signup.c.state.in_(HOLDS_PLACE))
            .group_by(signup.c.shift_id)
        )
        return {row[0]: row[1] for row in await self._execute(query)}

    async def counts(self, shift_ids: Collection[int]) -> Mapping[int, Mapping[SignupState, int]]:
        """Return the number of sign-ups in each state, by shift."""
        query = (
            select(signup.c.shift_id, signup.c.state, func.count())
            .where(signup.c.shift_id.in_(shift_ids))
            .group_by(signup.c.shift_id, signup.c.state)
        )
        found: dict[int, dict[SignupState, int]] = {}
        for shift_id, state, number in await self._execute(query):
            found.setdefault(shift_id, {})[SignupState(state)] = number
        return found
