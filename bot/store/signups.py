"""Sign-ups of volunteers, their profiles and their gates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from bot.model.opportunity import Gate
from bot.model.profile import GateCheck, GateState, Profile
from bot.model.signup import (
    ASKED_BEFORE,
    AT_RISK_FROM,
    COMES,
    HOLDS_PLACE,
    LIVE,
    Signup,
    SignupState,
    is_at_risk,
    is_silent,
)
from bot.store.by_id import ById
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import gate_check, opportunity_contact, profile, shift, signup

MOST_WAITING = 200  # sign-ups that wait for one member of the staff
_SIGNUP = RowMapper(Signup, signup)
_PROFILE = RowMapper(Profile, profile)
_GATE = RowMapper(GateCheck, gate_check)


@dataclass(frozen=True, slots=True)
class Attended:
    """How often and for how many minutes a person was at an opportunity, from *first* to *last*."""

    opportunity_id: int
    times: int
    minutes: int
    first: datetime
    last: datetime


class Signups(ById[Signup]):
    """Sign-ups."""

    mapper, table = _SIGNUP, signup

    async def change(self, row_id: int, **values: Any) -> None:
        """Write columns of a sign-up; a new state ends the date of the earlier one."""
        if "state" in values:
            values = {"due_at": None, **values}
        await super().change(row_id, **values)

    async def handled_by(self, staff_id: int) -> list[Signup]:
        """Return the sign-ups for which volunteers wait for a member of the staff, by id."""
        waits = or_(signup.c.state == SignupState.REQUESTED, signup.c.due_at.is_not(None))
        return await self._all(signup.c.handled_by == staff_id, waits)

    async def waiting_for_staff(self, staff_id: int) -> list[tuple[Signup, datetime | None]]:
        """Return the sign-ups with a date that a member of the staff keeps, and silent volunteers.

        Each has the beginning of its shift. Without a named person it waits for all contacts.
        """
        contacts = select(opportunity_contact.c.opportunity_id).where(
            opportunity_contact.c.staff_id == staff_id
        )
        is_contact = signup.c.opportunity_id.in_(contacts)
        is_named = or_(signup.c.handled_by == staff_id, signup.c.handled_by.is_(None) & is_contact)
        is_silent = and_(
            is_contact,
            signup.c.state == SignupState.CONFIRMED,
            signup.c.says_coming_at.is_(None),
            shift.c.begins_at > self._now,
            shift.c.begins_at <= self._now + AT_RISK_FROM,
        )
        query = (
            _SIGNUP.query.add_columns(shift.c.begins_at)
            .outerjoin(shift, shift.c.id == signup.c.shift_id)
            .where(or_(signup.c.due_at.is_not(None) & is_named, is_silent))
            .order_by(signup.c.id)
            .limit(MOST_WAITING)
        )
        return [(_SIGNUP.read(row[:-1]), row[-1]) for row in await self._execute(query)]

    async def live_of(
        self, participant_id: int, *, shift_id: int | None = None, opportunity_id: int | None = None
    ) -> Signup | None:
        """Return a person's live sign-up of a shift, or of an opportunity by agreement."""
        query = _SIGNUP.query.where(
            signup.c.participant_id == participant_id, signup.c.state.in_(LIVE)
        )
        if shift_id is not None:
            query = query.where(signup.c.shift_id == shift_id)
        else:
            query = query.where(
                signup.c.opportunity_id == opportunity_id, signup.c.shift_id.is_(None)
            )
        return _SIGNUP.first(await self._execute(query))

    async def of_shift(
        self, shift_id: int, states: Collection[SignupState] | None = None
    ) -> list[Signup]:
        """Return the sign-ups of a shift, in the order in which they were made."""
        return await self._all(
            signup.c.shift_id == shift_id,
            *(() if states is None else (signup.c.state.in_(states),)),
        )

    async def of_shifts(self, shift_ids: Collection[int]) -> list[Signup]:
        """Return the sign-ups of some shifts, in the order in which they were made."""
        return await self._all(signup.c.shift_id.in_(shift_ids))

    async def of_opportunity(
        self, opportunity_id: int, states: Collection[SignupState]
    ) -> list[Signup]:
        """Return the sign-ups of an opportunity by agreement, the oldest first."""
        return await self._all(
            signup.c.opportunity_id == opportunity_id,
            signup.c.shift_id.is_(None),
            signup.c.state.in_(states),
        )

    async def waiting(self, shift_id: int) -> list[Signup]:
        """Return the waiting list of a shift, in its order."""
        query = _SIGNUP.query.where(
            signup.c.shift_id == shift_id, signup.c.state == SignupState.WAITLISTED
        )
        query = query.order_by(signup.c.queued_at, signup.c.id)
        return _SIGNUP.all(await self._execute(query))

    async def queue_length(self, shift_id: int) -> int:
        """Return the number of people on the waiting list of a shift."""
        query = select(func.count()).where(
            signup.c.shift_id == shift_id, signup.c.state == SignupState.WAITLISTED
        )
        return int((await self._execute(query)).scalar_one())

    async def newest_in_queue(self, shift_id: int) -> datetime | None:
        """Return when the last person on the waiting list of a shift joined it, or None."""
        query = select(func.max(signup.c.queued_at)).where(
            signup.c.shift_id == shift_id, signup.c.state == SignupState.WAITLISTED
        )
        found: datetime | None = (await self._execute(query)).scalar_one()
        return found

    async def place_in_queue(self, known: Signup) -> int:
        """Return the place of a sign-up on its waiting list; the first place is 1."""
        before = or_(
            signup.c.queued_at < known.queued_at,
            (signup.c.queued_at == known.queued_at) & (signup.c.id < known.id),
        )
        query = select(func.count()).where(
            signup.c.shift_id == known.shift_id, signup.c.state == SignupState.WAITLISTED, before
        )
        return 1 + int((await self._execute(query)).scalar_one())

    async def held(self, shift_id: int) -> int:
        """Return the number of held places of a shift."""
        query = (
            select(func.count())
            .select_from(signup)
            .where(signup.c.shift_id == shift_id, signup.c.state.in_(HOLDS_PLACE))
        )
        return int((await self._execute(query)).scalar_one())

    async def held_by_agreement(self, opportunity_id: int) -> int:
        """Return the number of volunteers of an opportunity by agreement."""
        query = (
            select(func.count())
            .select_from(signup)
            .where(
                signup.c.opportunity_id == opportunity_id,
                signup.c.shift_id.is_(None),
                signup.c.state.in_(HOLDS_PLACE),
            )
        )
        return int((await self._execute(query)).scalar_one())

    async def requests(self, opportunity_id: int) -> list[Signup]:
        """Return the requests of an opportunity and its shifts, the oldest first."""
        return await self._all(
            signup.c.opportunity_id == opportunity_id, signup.c.state == SignupState.REQUESTED
        )

    async def requests_of(self, opportunity_ids: Collection[int]) -> dict[int, int]:
        """Return the number of requests by opportunity; one without any is missing."""
        return await self._by_opportunity(
            signup.c.opportunity_id.in_(opportunity_ids), signup.c.state == SignupState.REQUESTED
        )

    async def agreed_of(self, opportunity_ids: Collection[int]) -> dict[int, int]:
        """Return the number of volunteers by opportunity by agreement."""
        return await self._by_opportunity(
            signup.c.opportunity_id.in_(opportunity_ids),
            signup.c.shift_id.is_(None),
            signup.c.state.in_(HOLDS_PLACE),
        )

    async def _by_opportunity(self, *conditions: ColumnElement[bool]) -> dict[int, int]:
        query = select(signup.c.opportunity_id, func.count()).where(*conditions)
        rows = await self._execute(query.group_by(signup.c.opportunity_id))
        return {row[0]: row[1] for row in rows}

    async def at_risk(self, shift_ids: Collection[int], now: datetime) -> dict[int, int]:
        """Return the number of volunteers at risk by shift, as `is_at_risk` says."""
        found = await self._silent(shift_ids, now, AT_RISK_FROM)
        return Counter(
            one.shift_id for one, at in found if one.shift_id and is_at_risk(one, at, now)
        )

    async def unanswered(self, shift_ids: Collection[int], now: datetime) -> dict[int, int]:
        """Return the number of volunteers by shift who were asked and are silent."""
        found = await self._silent(shift_ids, now, ASKED_BEFORE)
        return Counter(
            one.shift_id for one, at in found if one.shift_id and is_silent(one, at, now)
        )

    async def _silent(
        self, shift_ids: Collection[int], now: datetime, within: timedelta
    ) -> list[tuple[Signup, datetime]]:
        """Return the volunteers who have not said that they come, with the time of the shift."""
        query = (
            _SIGNUP.query.add_columns(shift.c.begins_at)
            .join(shift, shift.c.id == signup.c.shift_id)
            .where(
                shift.c.id.in_(shift_ids),
                shift.c.begins_at > now,
                shift.c.begins_at <= now + within,
                signup.c.state == SignupState.CONFIRMED,
                signup.c.says_coming_at.is_(None),
            )
        )
        return [(_SIGNUP.read(row[:-1]), row[-1]) for row in await self._execute(query)]

    async def hours_of(self, opportunity_id: int, limit: int, *, after: int = 0) -> list[Signup]:
        """Return the sign-ups of an opportunity whose volunteers were there, in order of id."""
        return await self._all(
            signup.c.opportunity_id == opportunity_id,
            signup.c.state == SignupState.ATTENDED,
            signup.c.id > after,
            limit=limit,
        )

    async def live_of_person(self, participant_id: int) -> list[Signup]:
        """Return a person's live sign-ups, in the order in which they were made."""
        return await self._all(signup.c.participant_id == participant_id, signup.c.state.in_(LIVE))

    async def of_person(self, participant_id: int, limit: int) -> list[Signup]:
        """Return a person's newest sign-ups, ended ones too."""
        query = _SIGNUP.query.where(signup.c.participant_id == participant_id)
        return _SIGNUP.all(await self._execute(query.order_by(signup.c.id.desc()).limit(limit)))

    async def overlapping(
        self, participant_id: int, begins_at: datetime, ends_at: datetime
    ) -> list[int]:
        """Return the ids of shifts that a person comes to and that overlap a span."""
        query = (
            select(shift.c.id)
            .join(signup, signup.c.shift_id == shift.c.id)
            .where(
                signup.c.participant_id == participant_id,
                signup.c.state.in_(COMES),
                shift.c.begins_at < ends_at,
                shift.c.ends_at > begins_at,
            )
            .order_by(shift.c.begins_at)
        )
        return [row[0] for row in await self._execute(query)]

    async def attended(self, participant_id: int) -> tuple[int, int]:
        """Return how often a person was there, and for how many minutes in total."""
        query = select(func.count(), func.coalesce(func.sum(signup.c.minutes), 0)).where(
            signup.c.participant_id == participant_id, signup.c.state == SignupState.ATTENDED
        )
        row = (await self._execute(query)).one()
        return int(row[0]), int(row[1])

    async def attended_by_opportunity(self, participant_id: int) -> list[Attended]:
        """Return how often and how long a person was at each opportunity, the first one first."""
        first = func.min(shift.c.begins_at)
        query = (
            select(
                *(signup.c.opportunity_id, func.count()),
                *(func.coalesce(func.sum(signup.c.minutes), 0), first, func.max(shift.c.begins_at)),
            )
            .join(shift, shift.c.id == signup.c.shift_id)
            .where(
                signup.c.participant_id == participant_id, signup.c.state == SignupState.ATTENDED
            )
            .group_by(signup.c.opportunity_id)
            .order_by(first)
        )
        return [Attended(*row) for row in await self._execute(query)]

    async def attended_dates(
        self, participant_id: int, limit: int
    ) -> list[tuple[int, datetime, int]]:
        """Return the opportunity, the time and the minutes of a person's newest attended shifts."""
        query = (
            select(signup.c.opportunity_id, shift.c.begins_at, func.coalesce(signup.c.minutes, 0))
            .join(shift, shift.c.id == signup.c.shift_id)
            .where(
                signup.c.participant_id == participant_id, signup.c.state == SignupState.ATTENDED
            )
            .order_by(shift.c.begins_at.desc(), signup.c.id.desc())
            .limit(limit)
        )
        return [(row[0], row[1], row[2]) for row in await self._execute(query)]

    async def erase_needs(self, limit: int) -> int:
        """Erase practical needs when the shift, or the agreement, is over; return the number."""
        agreement_over = shift.c.id.is_(None) & signup.c.state.not_in(LIVE)
        over = (
            select(signup.c.id)
            .select_from(signup.outerjoin(shift, shift.c.id == signup.c.shift_id))
            .where(signup.c.needs.is_not(None))
            .where(or_(shift.c.ends_at < self._now, agreement_over))
            .limit(limit)
        )
        result = await self._execute(update(signup).where(signup.c.id.in_(over)).values(needs=None))
        return int(result.rowcount)


class Profiles(Repository):
    """What volunteers have told, and the state of their gates."""

    async def get(self, participant_id: int) -> Profile:
        """Return a person's profile; an empty one where nothing is stored."""
        query = _PROFILE.query.where(profile.c.participant_id == participant_id)
        return _PROFILE.first(await self._execute(query)) or Profile(participant_id)

    async def save(self, participant_id: int, **values: Any) -> None:
        """Write fields of a profile."""
        written = {**values, "changed_at": self._now}
        statement = self._insert(profile).values(participant_id=participant_id, **written)
        await self._execute(
            statement.on_conflict_do_update(index_elements=["participant_id"], set_=written)
        )

    async def gates(self, participant_id: int) -> dict[Gate, GateCheck]:
        """Return a person's gates."""
        query = _GATE.query.where(gate_check.c.participant_id == participant_id)
        return {one.gate: one for one in _GATE.all(await self._execute(query))}

    async def gates_of(self, participant_ids: Collection[int]) -> list[GateCheck]:
        """Return the gates of some people."""
        query = _GATE.query.where(gate_check.c.participant_id.in_(participant_ids))
        return _GATE.all(await self._execute(query))

    async def gates_waiting(self, limit: int) -> list[GateCheck]:
        """Return the gates that staff are to order or to set, by person.

        The order is the same before and after one of them is set.
        """
        waits = or_(gate_check.c.state == GateState.WANTED, gate_check.c.state == GateState.ORDERED)
        query = (
            _GATE.query.where(waits)
            .order_by(gate_check.c.participant_id, gate_check.c.gate)
            .limit(limit)
        )
        return _GATE.all(await self._execute(query))

    async def count_gates_waiting(self, today: date) -> int:
        """Return how many gates staff are to order, to set or to check again."""
        waits = or_(
            gate_check.c.state.in_((GateState.WANTED, GateState.ORDERED)),
            (gate_check.c.state == GateState.OPEN) & (gate_check.c.recheck_on <= today),
        )
        query = select(func.count()).select_from(gate_check).where(waits)
        return int((await self._execute(query)).scalar_one())

    async def gates_to_recheck(self, today: date, limit: int) -> list[GateCheck]:
        """Return the open gates that are to be checked again, the longest overdue first."""
        due = (gate_check.c.state == GateState.OPEN) & (gate_check.c.recheck_on <= today)
        query = _GATE.query.where(due).order_by(gate_check.c.recheck_on).limit(limit)
        return _GATE.all(await self._execute(query))

    async def phones(self, participant_ids: Collection[int]) -> dict[int, str]:
        """Return the phone numbers that volunteers gave for this, by participant."""
        query = select(profile.c.participant_id, profile.c.phone).where(
            profile.c.participant_id.in_(participant_ids), profile.c.phone.is_not(None)
        )
        return {row[0]: row[1] for row in await self._execute(query)}

    async def set_gate(self, participant_id: int, gate: Gate, **values: Any) -> None:
        """Write a person's gate."""
        written = {**values, "at": self._now}
        statement = self._insert(gate_check).values(
            participant_id=participant_id, gate=gate, **written
        )
        await self._execute(
            statement.on_conflict_do_update(index_elements=["participant_id", "gate"], set_=written)
        )
