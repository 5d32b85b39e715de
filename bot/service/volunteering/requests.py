"""Requests: sign-ups that staff decide, or that wait for a gate. Each has a name and a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.engine.events import Done, Refused
from bot.i18n import Listed, _
from bot.model.commands.volunteering import (
    AskWhy,
    ConfirmRequest,
    RejectRequest,
    ReopenRequest,
    TakeRequest,
)
from bot.model.opportunity import (
    GATE_NAMES,
    OPPORTUNITY,
    Gate,
    Opportunity,
    OpportunityState,
    Shift,
    ShiftState,
)
from bot.model.profile import GATE_TAKES, GateCheck, GateState
from bot.model.signup import HOLDS_PLACE, SIGNUP, Signup, SignupState
from bot.service.staff_alerts import alert_staff
from bot.service.volunteering import queue, signup_messages
from bot.service.volunteering.contacts import staff_of
from bot.service.volunteering.written import LONGEST_REASON, text_fault
from bot.store.alerts import Subject
from bot.store.events import CITIZEN, CLOCK, by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit

ANSWERED_WITHIN = 2  # working days, then the owner is alarmed
AT_LEAST = timedelta(hours=2)  # for an answer on the same day
TAKEN_BACK_WITHIN = timedelta(minutes=10)  # before the person reads that it does not work out
TIMER = queue.REQUEST_LATE
ENDED_BY_US = frozenset({SignupState.REJECTED, SignupState.CANCELLED_BY_ORGANISER})
PROMISED = ("asks_why", "promise_late", "no_show_disputed")  # alerts about a date that was told
MOST_TAKEN_BACK = 100  # sign-ups that one refused gate has ended
NO_REQUEST = Refused(_("There is no such request."))
FULL = Refused(_("All places are taken. Add a place first, or turn the request down."))
NOT_TAKEN_BACK = Refused(_("That is too late: it has begun, or the person has signed up again."))


@dataclass(frozen=True, slots=True)
class Promise:
    """Who contacts a volunteer, and by when."""

    staff_id: int | None
    name: str
    due_at: datetime


async def begin(unit: Unit, known: Signup, opportunity: Opportunity, shift: Shift | None) -> Signup:
    """Give a request its name and its date, and set the alarm.

    A person who needs a gate first is answered when it is usually in order.
    """
    owner = next(iter(await staff_of(unit, opportunity.id)), None)
    due = _due(unit, shift, waits=await waits_for_gate(unit, known))
    await unit.signups.change(known.id, handled_by=owner, due_at=due)
    await _look_at(unit, known, min(due, _halfway(unit, shift) or due))
    return replace(known, handled_by=owner, due_at=due)


def _due(unit: Unit, shift: Shift | None, *, waits: bool) -> datetime:
    """Return by when a request is to be answered: at the end of the working hours of a day.

    The person reads only the day. It is a working day that ends before the middle of the time
    until the shift; where there is none, the answer comes before the shift.
    """
    calendar = unit.calendar
    today = calendar.local(unit.now).date()
    day = calendar.working_day_after(today, ANSWERED_WITHIN)
    if waits:
        day = calendar.working_day_after(today + GATE_TAKES, 1)
    halfway = _halfway(unit, shift)
    if shift is None or halfway is None:
        return calendar.end_of_work(day)
    day = min(day, calendar.local(halfway).date())
    while day > today and not (
        calendar.is_working_day(day) and calendar.end_of_work(day) <= halfway
    ):
        day -= timedelta(days=1)
    due = calendar.end_of_work(day)
    soon = due < unit.now + AT_LEAST or not calendar.is_working_day(day)
    return shift.begins_at if soon else min(due, shift.begins_at)


def _halfway(unit: Unit, shift: Shift | None) -> datetime | None:
    """Return the middle of the time until a shift."""
    return None if shift is None else unit.now + (shift.begins_at - unit.now) / 2


async def follow(unit: Unit, known: Signup, shift: Shift) -> None:
    """Follow a change of a shift's time: a request is answered before it begins."""
    if known.due_at is None:
        return
    due = known.due_at
    if due >= shift.begins_at:
        due = _due(unit, shift, waits=await waits_for_gate(unit, known))
        await unit.signups.change(known.id, due_at=due)
    await _look_at(unit, known, min(due, _halfway(unit, shift) or due))


async def _look_at(unit: Unit, known: Signup, at: datetime) -> None:
    """Set when a request is looked at next."""
    lane = f"opportunity:{known.opportunity_id}"
    await unit.timers.set(NewTimer(TIMER, str(known.id), lane, at))


async def late(unit: Unit, signup_id: int) -> None:
    """Alarm the owner of a request that is not answered in time, and before where it is near.

    A request without an answer ends when its shift begins.
    """
    known, shift = await queue.held(unit, signup_id) or (None, None)
    if known is None or known.due_at is None:
        return
    if known.state is not SignupState.REQUESTED:
        await tell_owner(unit, known, "promise_late")
        await unit.events.add(CLOCK, "promise_late", signup=known.id)
        return
    if shift is not None and shift.begins_at <= unit.now:
        await _end(unit, known, SignupState.NOT_NEEDED, None)
        return
    if known.due_at is not None and unit.now < known.due_at:
        await _look_at(unit, known, known.due_at)
        await tell_owner(unit, known, "request_soon")
        await unit.events.add(CLOCK, "request_soon", signup=known.id)
        return
    if shift is not None:
        await unit.timers.set(NewTimer(TIMER, str(known.id), f"shift:{shift.id}", shift.begins_at))
    await tell_owner(unit, known, "request_late")
    await unit.events.add(CLOCK, "request_late", signup=known.id)


async def hand_over(unit: Unit, staff_id: int) -> None:
    """Give the volunteers who wait for a member of the staff who has left to another contact."""
    for known in await unit.signups.handled_by(staff_id):
        owner = next(iter(await staff_of(unit, known.opportunity_id)), None)
        await unit.signups.change(known.id, handled_by=owner)
        if known.state is SignupState.REQUESTED:
            await tell_owner(unit, replace(known, handled_by=owner), "volunteer_asks")


async def tell_owner(unit: Unit, known: Signup, kind: str) -> None:
    """Alert the owner of a request, or all contacts where it has none."""
    owner = await unit.staff.get(known.handled_by) if known.handled_by is not None else None
    owners = [owner.id] if owner is not None and owner.active else []
    owners = owners or await staff_of(unit, known.opportunity_id)
    subject = Subject(OPPORTUNITY, known.opportunity_id)
    await alert_staff(unit, owners, subject, kind, str(known.id), renews=True)


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
    missing = await missing_gates(unit, known)
    if missing:
        return not_in_order(missing)
    decided = await _accept(unit, known)
    if isinstance(decided, Refused):
        return decided
    await unit.events.add(by_staff(command.staff_id), "request_confirmed", signup=known.id)
    return Done(decided)


def not_in_order(missing: Sequence[Gate]) -> Refused:
    """Return the refusal of an act of staff that names what is missing."""
    names = Listed(tuple(GATE_NAMES[one] for one in missing))
    return Refused(_("That is not in order yet: {names}.").with_(names=names))


async def reject_request(command: RejectRequest, unit: Unit) -> Done | Refused:
    """Turn a request down; the reason reaches the person."""
    reason = command.reason.strip()
    if not reason:
        return Refused(_("Write why, and what the person can do instead."), "reason")
    wrong = text_fault((reason,), LONGEST_REASON, "reason")
    if wrong is not None:
        return wrong
    known, _shift = await queue.held(unit, command.signup_id) or (None, None)
    if known is None or known.state is not SignupState.REQUESTED:
        return NO_REQUEST
    await _end(unit, known, SignupState.REJECTED, reason)
    await unit.events.add(by_staff(command.staff_id), "request_rejected", signup=known.id)
    return Done(known.id)


async def reopen_request(command: ReopenRequest, unit: Unit) -> Done | Refused:
    """Take back that a request was turned down; the person is told if they have read it."""
    known = await unit.signups.get(command.signup_id)
    if known is None or known.state is not SignupState.REJECTED:
        return NO_REQUEST
    if not await _reopen(unit, known):
        return NOT_TAKEN_BACK
    await unit.events.add(by_staff(command.staff_id), "request_reopened", signup=known.id)
    return Done(known.id)


async def _reopen(unit: Unit, known: Signup) -> bool:
    """Make a sign-up that ended a request again; return False where that is not possible."""
    if known.shift_id is None:
        opportunity = await unit.opportunities.lock(known.opportunity_id)
    else:
        opportunity = await unit.opportunities.get(known.opportunity_id)
    shift = await unit.shifts.lock(known.shift_id) if known.shift_id is not None else None
    if opportunity is None or opportunity.state is OpportunityState.ENDED:
        return False
    if shift is not None and shift.begins_at <= unit.now:
        return False
    if shift is not None and shift.state is ShiftState.CANCELLED:
        return False
    if await unit.signups.live_of(
        known.participant_id, shift_id=known.shift_id, opportunity_id=known.opportunity_id
    ):
        return False
    await signup_messages.stop(unit, known)
    await unit.signups.change(known.id, state=SignupState.REQUESTED, reason=None)
    known = replace(known, state=SignupState.REQUESTED, reason=None)
    await begin(unit, known, opportunity, shift)
    told = await unit.deliveries.of_subject(SIGNUP, known.id, signup_messages.MOST)
    if any(
        signup_messages.kind_of(one) == signup_messages.REJECTED
        and one.state in signup_messages.TOLD
        for one in told
    ):
        await signup_messages.tell(
            unit, known, signup_messages.each_time(unit, signup_messages.REOPENED), shift
        )
    return True


async def refusal_taken_back(unit: Unit, participant_id: int, refused: GateCheck) -> None:
    """Make the sign-ups requests again that ended when a gate was refused."""
    signups = await unit.signups.of_person(participant_id, MOST_TAKEN_BACK)
    for one in sorted(signups, key=lambda one: (one.shift_id or 0, one.opportunity_id, one.id)):
        known = await unit.opportunities.get(one.opportunity_id)
        is_of_gate = known is not None and refused.gate in known.gates
        is_after = one.changed_at is not None and one.changed_at >= refused.at
        if one.state in ENDED_BY_US and one.reason is None and is_of_gate and is_after:
            await _reopen(unit, one)


async def promise(unit: Unit, known: Signup, staff_id: int | None) -> Promise:
    """Set by when a member of the staff contacts a volunteer; return who it is, and the date.

    Where it has left or is not known, it is the first contact who is staff.
    """
    wanted = await unit.staff.get(staff_id) if staff_id is not None else None
    if wanted is None or not wanted.active:
        staff_id = next(iter(await staff_of(unit, known.opportunity_id)), None)
    due = _due(unit, None, waits=False)
    await unit.signups.change(known.id, handled_by=staff_id, due_at=due)
    await _look_at(unit, known, due)
    staff = await unit.staff.get(staff_id) if staff_id is not None else None
    return Promise(staff_id, staff.first_name if staff is not None else "", due)


async def promise_kept(unit: Unit, known: Signup) -> None:
    """End the date of a volunteer when staff have contacted them, and close its alerts."""
    await unit.signups.change(known.id, due_at=None)
    await unit.timers.cancel(TIMER, str(known.id))
    await unit.alerts.close(PROMISED, str(known.id))


async def ask_why(command: AskWhy, unit: Unit) -> Done | Refused:
    """Ask the member of the staff who decided why a sign-up did not work out."""
    known = await unit.signups.lock(command.signup_id)
    if known is None or known.state not in ENDED_BY_US:
        return NO_REQUEST
    if not await queue.is_own(unit, command.person_id, known):
        return NO_REQUEST
    opportunity = await unit.opportunities.get(known.opportunity_id)
    gates = opportunity.gates if opportunity is not None else ()
    checks = await unit.profiles.gates(known.participant_id)
    decided = [
        checks[gate].staff_id
        for gate in gates
        if gate in checks and checks[gate].state is GateState.REFUSED
    ]
    told = await promise(unit, known, next(iter(decided), known.handled_by))
    await tell_owner(unit, replace(known, handled_by=told.staff_id), "asks_why")
    await unit.events.add(CITIZEN, "asked_why", signup=known.id)
    return Done({"contact": told.name, "due": unit.calendar.local(told.due_at).date()})


async def gate_ordered(unit: Unit, participant_id: int, gate: Gate) -> None:
    """Tell a person once that a gate is ordered, by the request that waits for it longest."""
    for one in await in_order(unit, participant_id):
        opportunity = await unit.opportunities.get(one.opportunity_id)
        if opportunity is None or gate not in opportunity.gates:
            continue
        if one.state is SignupState.REQUESTED:
            shift = await unit.shifts.get(one.shift_id) if one.shift_id is not None else None
            day = unit.calendar.local(unit.now).date()
            occasion = f"{signup_messages.ORDERED}:{gate}:{day:%Y%m%d}"
            await signup_messages.tell(unit, one, occasion, shift)
            return


async def gates_opened(unit: Unit, participant_id: int) -> None:
    """Accept the requests of a person that waited for nothing else than a gate.

    Where staff decide, they are told that they can.
    """
    for one in await in_order(unit, participant_id):
        opportunity = await unit.opportunities.get(one.opportunity_id)
        if (
            one.state is not SignupState.REQUESTED
            or opportunity is None
            or not opportunity.gates
            or await waits_for_gate(unit, one)
        ):
            continue
        if one.shift_id is not None and not opportunity.approves:
            await _accept(unit, one)
        else:
            await tell_owner(unit, one, "request_ready")


async def gate_refused(unit: Unit, participant_id: int, gate: Gate) -> None:
    """End the sign-ups of a person for which a refused gate is needed, except those begun."""
    for one in await in_order(unit, participant_id):
        opportunity = await unit.opportunities.get(one.opportunity_id)
        if opportunity is None or gate not in opportunity.gates:
            continue
        known, shift = await queue.held(unit, one.id) or (None, None)
        has_begun = shift is not None and shift.begins_at <= unit.now
        if known is None or not known.is_live or has_begun:
            continue
        asked = known.state is SignupState.REQUESTED
        state = SignupState.REJECTED if asked else SignupState.CANCELLED_BY_ORGANISER
        await _end(unit, known, state, None)
        if shift is not None and known.state in HOLDS_PLACE:
            await queue.fill(unit, shift, queue.freed_by_signup(known))


async def in_order(unit: Unit, participant_id: int) -> list[Signup]:
    """Return a person's live sign-ups in the order in which the rows are held.

    Those by agreement come first, because they hold the rows of opportunities.
    """
    live = await unit.signups.live_of_person(participant_id)
    return sorted(live, key=lambda one: (one.shift_id or 0, one.opportunity_id, one.id))


async def missing_gates(unit: Unit, known: Signup) -> list[Gate]:
    """Return what is not in order yet and needed for a sign-up."""
    opportunity = await unit.opportunities.get(known.opportunity_id)
    checks = await unit.profiles.gates(known.participant_id)
    needed = opportunity.gates if opportunity is not None else ()
    return [
        gate for gate in needed if gate not in checks or checks[gate].state is not GateState.OPEN
    ]


async def waits_for_gate(unit: Unit, known: Signup) -> bool:
    """Return whether something needed for a sign-up is not in order yet."""
    return bool(await missing_gates(unit, known))


async def _accept(unit: Unit, known: Signup) -> SignupState | Refused:
    """Confirm a request or put it on the waiting list; refuse where it is over."""
    if known.shift_id is None:
        return await _accept_agreement(unit, known)
    locked, shift = await queue.held(unit, known.id) or (None, None)
    if locked is None or locked.state is not SignupState.REQUESTED:
        return NO_REQUEST
    if shift is None or shift.state is ShiftState.CANCELLED or shift.begins_at <= unit.now:
        return NO_REQUEST
    await queue.request_over(unit, known.id)
    free = await queue.free_places(unit, shift)
    # A free place belongs to the waiting list first.
    if free is not None and free <= await unit.signups.queue_length(shift.id):
        await unit.signups.change(
            known.id, state=SignupState.WAITLISTED, queued_at=known.created_at
        )
        await signup_messages.tell(
            unit, known, signup_messages.each_time(unit, signup_messages.WAITLISTED), shift
        )
        await queue.wait(unit, known, shift)
        return SignupState.WAITLISTED
    await queue.confirm(unit, known, shift)
    await signup_messages.tell(
        unit, known, signup_messages.each_time(unit, signup_messages.CONFIRMED), shift
    )
    return SignupState.CONFIRMED


async def _accept_agreement(unit: Unit, known: Signup) -> SignupState | Refused:
    """Confirm a request by agreement; refuse where it is over or all places are taken."""
    locked = await queue.held_agreement(unit, known.id)
    opportunity = await unit.opportunities.get(known.opportunity_id)
    if opportunity is None or locked is None or locked.state is not SignupState.REQUESTED:
        return NO_REQUEST
    held = await unit.signups.held_by_agreement(opportunity.id)
    if opportunity.seats is not None and held >= opportunity.seats:
        return FULL
    await queue.request_over(unit, known.id)
    await unit.signups.change(known.id, state=SignupState.CONFIRMED)
    await promise(unit, known, known.handled_by)
    await signup_messages.tell(
        unit, known, signup_messages.each_time(unit, signup_messages.CONFIRMED), None
    )
    return SignupState.CONFIRMED


async def _end(unit: Unit, known: Signup, state: SignupState, reason: str | None) -> None:
    """End a sign-up that does not become a place; a refused gate gives no reason (HR-4).

    What staff decide is told a little later, so that a slip can be taken back unread.
    """
    await queue.request_over(unit, known.id)
    await queue.end_offer(unit, known)
    await unit.signups.change(known.id, state=state, reason=reason)
    await signup_messages.stop(unit, known)
    shift = await unit.shifts.get(known.shift_id) if known.shift_id is not None else None
    late = state is SignupState.NOT_NEEDED
    if late:
        await signup_messages.tell(unit, known, signup_messages.UNANSWERED, shift)
        return
    what = signup_messages.each_time(unit, signup_messages.REJECTED)
    await signup_messages.tell(unit, known, what, shift, after=TAKEN_BACK_WITHIN)
