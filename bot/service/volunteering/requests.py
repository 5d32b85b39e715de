"""Requests: sign-ups that staff decide, or that wait for a gate. Each has a name and a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.volunteering import ConfirmRequest, RejectRequest, TakeRequest
from bot.model.opportunity import Gate, Opportunity, Shift, ShiftState
from bot.model.profile import GateState
from bot.model.signup import HOLDS_PLACE, Signup, SignupState
from bot.service.staff_alerts import alert_staff
from bot.service.volunteering import agreements, queue, signup_messages
from bot.service.volunteering.written import LONGEST_REASON, text_fault
from bot.store.alerts import Subject
from bot.store.events import CLOCK, by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit

ANSWERED_WITHIN = 2  # working days, then the owner is alarmed
TIMER = queue.REQUEST_LATE
NO_REQUEST = Refused(_("There is no such request."))
FULL = Refused(_("All places are taken. Add a place first, or turn the request down."))
END_OF_DAY = time(16)


async def begin(unit: Unit, known: Signup, opportunity: Opportunity, shift: Shift | None) -> Signup:
    """Give a request its name and its date, and set the alarm."""
    contacts = await unit.opportunities.contacts(opportunity.id)
    owner = next((one.staff_id for one in contacts if one.staff_id is not None), None)
    due = _due(unit, shift)
    await unit.signups.change(known.id, handled_by=owner, due_at=due)
    lane = f"opportunity:{opportunity.id}"
    await unit.timers.set(NewTimer(TIMER, str(known.id), lane, due))
    return replace(known, handled_by=owner, due_at=due)


def _due(unit: Unit, shift: Shift | None) -> datetime:
    """Return when a request is to be answered: in half of the time until its shift, at most."""
    today = unit.calendar.local(unit.now).date()
    day = unit.calendar.working_day_after(today, ANSWERED_WITHIN)
    due = unit.calendar.instant(day, END_OF_DAY)
    return due if shift is None else min(due, unit.now + (shift.begins_at - unit.now) / 2)


async def late(unit: Unit, signup_id: int) -> None:
    """Alarm the owner of a request that is not answered in time.

    A request without an answer ends when its shift begins.
    """
    known = await unit.signups.get(signup_id)
    if known is None:
        return
    shift = await unit.shifts.lock(known.shift_id) if known.shift_id is not None else None
    known = await unit.signups.lock(signup_id)
    if known is None or known.state is not SignupState.REQUESTED:
        return
    if shift is not None and shift.begins_at <= unit.now:
        await _end(unit, known, SignupState.NOT_NEEDED, None)
        return
    if shift is not None:
        await unit.timers.set(NewTimer(TIMER, str(known.id), f"shift:{shift.id}", shift.begins_at))
    await _alarm(unit, known)


async def _alarm(unit: Unit, known: Signup) -> None:
    """Alert the owner of a request, or all contacts where it has none."""
    contacts = await unit.opportunities.contacts(known.opportunity_id)
    owners = [one.staff_id for one in contacts if one.staff_id is not None]
    if known.handled_by is not None:
        owners = [known.handled_by]
    subject = Subject("opportunity", known.opportunity_id)
    await alert_staff(unit, owners, subject, "request_late", str(known.id))
    await unit.events.add(CLOCK, "request_late", signup=known.id)


async def take_request(command: TakeRequest, unit: Unit) -> Done | Refused:
    """Become the named person of a request."""
    known = await unit.signups.lock(command.signup_id)
    if known is None or known.state is not SignupState.REQUESTED:
        return NO_REQUEST
    await unit.signups.change(known.id, handled_by=command.staff_id)
    await unit.events.add(by_staff(command.staff_id), "request_taken", signup=known.id)
    return Done(known.id)


async def confirm_request(command: ConfirmRequest, unit: Unit) -> Done | Refused:
    """Accept a request; without a free place the person joins the waiting list."""
    known = await unit.signups.get(command.signup_id)
    if known is None:
        return NO_REQUEST
    if await _waits_for_gate(unit, known):
        return Refused(_("A certificate or a course is still missing. Set it first."))
    decided = await _accept(unit, known)
    if isinstance(decided, Refused):
        return decided
    await unit.events.add(by_staff(command.staff_id), "request_confirmed", signup=known.id)
    return Done(decided)


async def reject_request(command: RejectRequest, unit: Unit) -> Done | Refused:
    """Turn a request down; the reason reaches the person."""
    reason = command.reason.strip()
    if not reason:
        return Refused(_("Write why, and what the person can do instead."), "reason")
    wrong = text_fault((reason,), LONGEST_REASON, "reason")
    if wrong is not None:
        return wrong
    known = await unit.signups.lock(command.signup_id)
    if known is None or known.state is not SignupState.REQUESTED:
        return NO_REQUEST
    await _end(unit, known, SignupState.REJECTED, reason)
    await unit.events.add(by_staff(command.staff_id), "request_rejected", signup=known.id)
    return Done(known.id)


async def gates_opened(unit: Unit, participant_id: int) -> None:
    """Accept the requests of a person that waited for nothing else than a gate."""
    for one in await in_order(unit, participant_id):
        opportunity = await unit.opportunities.get(one.opportunity_id)
        if (
            one.state is SignupState.REQUESTED
            and opportunity is not None
            and one.shift_id is not None
            and not opportunity.approves
            and not await _waits_for_gate(unit, one)
        ):
            await _accept(unit, one)


async def gate_refused(unit: Unit, participant_id: int, gate: Gate) -> None:
    """End the sign-ups of a person for which a refused gate is needed, except those begun."""
    for one in await in_order(unit, participant_id):
        opportunity = await unit.opportunities.get(one.opportunity_id)
        if opportunity is None or gate not in opportunity.gates:
            continue
        shift = await unit.shifts.lock(one.shift_id) if one.shift_id is not None else None
        known = await unit.signups.lock(one.id)
        has_begun = shift is not None and shift.begins_at <= unit.now
        if known is None or not known.is_live or has_begun:
            continue
        asked = known.state is SignupState.REQUESTED
        state = SignupState.REJECTED if asked else SignupState.CANCELLED_BY_ORGANISER
        await _end(unit, known, state, None)
        if shift is not None and known.state in HOLDS_PLACE:
            await queue.fill(unit, shift, queue.freed_by_signup(known))


async def in_order(unit: Unit, participant_id: int) -> list[Signup]:
    """Return a person's live sign-ups in the order in which the rows of shifts are held."""
    live = await unit.signups.live_of_person(participant_id)
    return sorted(live, key=lambda one: (one.shift_id or 0, one.id))


async def _waits_for_gate(unit: Unit, known: Signup) -> bool:
    opportunity = await unit.opportunities.get(known.opportunity_id)
    checks = await unit.profiles.gates(known.participant_id)
    return opportunity is not None and any(
        gate not in checks or checks[gate].state is not GateState.OPEN for gate in opportunity.gates
    )


async def _accept(unit: Unit, known: Signup) -> SignupState | Refused:
    """Confirm a request or put it on the waiting list; refuse where it is over."""
    if known.shift_id is None:
        return await _accept_agreement(unit, known)
    shift = await unit.shifts.lock(known.shift_id)
    locked = await unit.signups.lock(known.id)
    if locked is None or locked.state is not SignupState.REQUESTED:
        return NO_REQUEST
    if shift is None or shift.state is ShiftState.CANCELLED or shift.begins_at <= unit.now:
        return NO_REQUEST
    await unit.timers.cancel(TIMER, str(known.id))
    free = await queue.free_places(unit, shift)
    # A free place belongs to the waiting list first.
    if free is not None and free <= await unit.signups.queue_length(shift.id):
        await unit.signups.change(
            known.id, state=SignupState.WAITLISTED, queued_at=known.created_at
        )
        await signup_messages.tell(unit, known, signup_messages.WAITLISTED, shift)
        await queue.wait(unit, known, shift)
        return SignupState.WAITLISTED
    await queue.confirm(unit, known, shift)
    await signup_messages.tell(unit, known, signup_messages.CONFIRMED, shift)
    return SignupState.CONFIRMED


async def _accept_agreement(unit: Unit, known: Signup) -> SignupState | Refused:
    """Confirm a request by agreement; refuse where it is over or all places are taken."""
    opportunity = await unit.opportunities.lock(known.opportunity_id)
    locked = await unit.signups.lock(known.id)
    if opportunity is None or locked is None or locked.state is not SignupState.REQUESTED:
        return NO_REQUEST
    held = await unit.signups.held_by_agreement(opportunity.id)
    if opportunity.seats is not None and held >= opportunity.seats:
        return FULL
    await unit.timers.cancel(TIMER, str(known.id))
    await unit.signups.change(known.id, state=SignupState.CONFIRMED)
    await agreements.promise(unit, known)
    await signup_messages.tell(unit, known, signup_messages.CONFIRMED, None)
    return SignupState.CONFIRMED


async def _end(unit: Unit, known: Signup, state: SignupState, reason: str | None) -> None:
    """End a sign-up that does not become a place; a refused gate gives no reason (HR-4)."""
    await unit.timers.cancel(TIMER, str(known.id))
    await queue.end_offer(unit, known)
    await unit.signups.change(known.id, state=state, reason=reason)
    await signup_messages.stop(unit, known)
    shift = await unit.shifts.get(known.shift_id) if known.shift_id is not None else None
    late = state is SignupState.NOT_NEEDED
    what = signup_messages.UNANSWERED if late else signup_messages.REJECTED
    await signup_messages.tell(unit, known, what, shift)
