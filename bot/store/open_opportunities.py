"""Open opportunities with their coming shifts and places, for readers without a sign-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, func, or_, select

from bot.model.opportunity import Kind, Opportunity, OpportunityState, Shift, ShiftState
from bot.model.signup import HOLDS_PLACE
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import opportunity, opportunity_contact, shift, signup, staff

_OPPORTUNITY = RowMapper(Opportunity, opportunity)
_SHIFT = RowMapper(Shift, shift)
# The first contact who is staff: a contact may also be a citizen, whose name is not public.
_CONTACT = (
    select(staff.c.first_name)
    .join(opportunity_contact, opportunity_contact.c.staff_id == staff.c.id)
    .where(opportunity_contact.c.opportunity_id == opportunity.c.id, staff.c.active)
    .order_by(opportunity_contact.c.id)
    .limit(1)
    .correlate(opportunity)
    .scalar_subquery()
)
_HELD_BY_AGREEMENT = (
    select(func.count())
    .select_from(signup)
    .where(
        signup.c.opportunity_id == opportunity.c.id,
        signup.c.shift_id.is_(None),
        signup.c.state.in_(HOLDS_PLACE),
    )
    .correlate(opportunity)
    .scalar_subquery()
)
_HELD = (
    select(func.count())
    .select_from(signup)
    .where(signup.c.shift_id == shift.c.id, signup.c.state.in_(HOLDS_PLACE))
    .correlate(shift)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class OpenShift:
    """A coming shift; *left* are its free places, None without a limit.

    *is_closed* says that it is too late to sign up.
    """

    shift: Shift
    left: int | None
    is_closed: bool


@dataclass(frozen=True, slots=True)
class OpenOpportunity:
    """An open opportunity, the first name of its contact, and its next shifts.

    *left* are the free places of an opportunity by agreement, None without a limit.
    """

    opportunity: Opportunity
    contact: str
    left: int | None
    coming: tuple[OpenShift, ...]


class OpenOpportunities(Repository):
    """What everybody may read about opportunities: two statements for any number of them."""

    async def some(
        self, limit: int, shifts: int, *, only: int | None = None
    ) -> list[OpenOpportunity]:
        """Return open opportunities, the oldest first, each with its next *shifts*."""
        query = _OPPORTUNITY.query.add_columns(_CONTACT, _HELD_BY_AGREEMENT)
        query = query.where(opportunity.c.state == OpportunityState.OPEN)
        if only is not None:
            query = query.where(opportunity.c.id == only)
        rows = (await self._execute(query.order_by(opportunity.c.id).limit(limit))).all()
        found = {one.id: one for one in (_OPPORTUNITY.read(row[:-2]) for row in rows)}
        coming: dict[int, list[OpenShift]] = {one: [] for one in found}
        timed = [key for key, one in found.items() if one.kind is Kind.SHIFTS]
        for one, held in await self._next(timed, shifts):
            of = found[one.opportunity_id]
            closes_at = one.begins_at - timedelta(minutes=of.closes_before)
            seats = one.seats if one.seats is not None else of.seats
            coming[of.id].append(OpenShift(one, _left(seats, held), self._now >= closes_at))
        return [
            OpenOpportunity(one, row[-2] or "", _left(one.seats, row[-1]), tuple(coming[one.id]))
            for one, row in zip(found.values(), rows, strict=True)
        ]

    async def _next(self, opportunity_ids: list[int], each: int) -> list[tuple[Shift, int]]:
        """Return the next shifts of each opportunity with the places that are held."""
        if not opportunity_ids:
            return []
        number = func.row_number().over(
            partition_by=shift.c.opportunity_id, order_by=(shift.c.begins_at, shift.c.id)
        )
        numbered = (
            select(shift.c.id, number.label("number"))
            .where(
                shift.c.opportunity_id.in_(opportunity_ids),
                shift.c.state == ShiftState.PLANNED,
                shift.c.begins_at > self._now,
            )
            .subquery()
        )
        query = _SHIFT.query.add_columns(_HELD).join(numbered, numbered.c.id == shift.c.id)
        query = query.where(numbered.c.number <= each).order_by(shift.c.begins_at, shift.c.id)
        return [(_SHIFT.read(row[:-1]), row[-1]) for row in await self._execute(query)]

    async def dates(self, limit: int) -> list[tuple[Shift, Opportunity]]:
        """Return the coming shifts of open opportunities, and those that were cancelled.

        A cancelled shift is returned although its opportunity is no longer open, because a
        calendar has it already.
        """
        is_open = opportunity.c.state == OpportunityState.OPEN
        was_open = opportunity.c.published_at.is_not(None)
        is_cancelled = shift.c.state == ShiftState.CANCELLED
        query = (
            _SHIFT.query.add_columns(*_OPPORTUNITY.columns)
            .join(opportunity, opportunity.c.id == shift.c.opportunity_id)
            .where(opportunity.c.kind == Kind.SHIFTS)  # others have agreed times of one person
            .where(shift.c.begins_at > self._now, or_(is_open, and_(is_cancelled, was_open)))
            .order_by(shift.c.begins_at, shift.c.id)
            .limit(limit)
        )
        own = len(_SHIFT.columns)
        return [
            (_SHIFT.read(row[:own]), _OPPORTUNITY.read(row[own:]))
            for row in await self._execute(query)
        ]


def _left(seats: int | None, held: int) -> int | None:
    """Return the free places; None without a limit."""
    return None if seats is None else max(seats - held, 0)
