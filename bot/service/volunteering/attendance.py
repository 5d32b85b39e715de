"""Attendance: who was there, by a code, by the contact's list, or corrected later."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.volunteering import (
    AddWalkIn,
    CheckIn,
    DisputeNoShow,
    GiveFeedback,
    MarkAttendance,
    NewCode,
    SayAbsent,
)
from bot.model.opportunity import Shift, ShiftState
from bot.model.signup import (
    AT_RISK_FROM,
    COMES,
    FOLLOWING,
    LIVE,
    POOR,
    RATINGS,
    WAS_THERE,
    Signup,
    SignupState,
    Source,
    is_at_risk,
)
from bot.service.volunteering import credit, gates, queue, requests, signup_messages
from bot.service.volunteering.contacts import tell_contacts
from bot.service.volunteering.signups import UNDER_15, entry_fault, own_fault
from bot.service.volunteering.written import LONGEST_REASON, text_fault
from bot.store.events import CITIZEN, CLOCK, CONTACT
from bot.store.timers import NewTimer
from bot.store.unit import Unit

MILESTONES = (1, 10, 25, 50, 100)
DISPUTE_SETTLED_WITHIN = 5  # working days
DISPUTED_WITHIN = timedelta(days=14)
LAST_NOTED = timedelta(days=14)  # after the end of a shift
CODE_OPENS = timedelta(hours=2)  # before a shift begins
CODE_CLOSES = timedelta(hours=12)  # after it ends
# Letters that form no word, no CPR number, and are not mistaken for others on paper.
CODE_LETTERS, CODE_LENGTH = "bcdfghjkmnpqrstvwxz", 8
MARK_LENGTH = 3  # hexadecimal digits
LONGEST_MINUTES = 24 * 60
LONGEST_WORDS = 1000
CORRECTED = frozenset({SignupState.EXCUSED, SignupState.NO_SHOW})
# A mark of confirmed undoes another mark.
MARKS = CORRECTED | {SignupState.ATTENDED, SignupState.CONFIRMED}
NO_SIGNUP = Refused(_("There is no such sign-up."))
WRONG_CODE = Refused(_("That code opens nothing now. Ask the contact for the newest one."))
NOT_OVER = Refused(_("The shift is not over yet. Somebody may still come."))
HAS_CHECKED_IN = Refused(
    _("That volunteer has checked in, or was noted as there. Write why it is corrected."), "reason"
)
IS_EXCUSED = Refused(
    _("It is noted that you could not come. If you were there after all, tell your contact.")
)
NOT_YET = Refused(_("The shift has not begun yet."))


async def mark_attendance(command: MarkAttendance, unit: Unit) -> Done | Refused:
    """Record who was there, excused or absent; a later mark corrects an earlier one.

    Only a person marks a volunteer as absent. Hours are the shift's, or what is said.
    """
    state = SignupState(command.state)
    found = await queue.held_with_shift(unit, command.signup_id)
    if found is None or state not in MARKS or command.by == CLOCK:
        return NO_SIGNUP
    known, shift = found
    is_disputed = known.disputed_at is not None
    if known.state is state and command.minutes in {None, known.minutes} and not is_disputed:
        return Done(known.id)
    wrong = _mark_fault(unit, known, shift, state, command.minutes)
    is_there = known.state in WAS_THERE and command.by != CONTACT  # who was there
    if state is SignupState.NO_SHOW and is_there and not command.reason:
        wrong = wrong or HAS_CHECKED_IN
    wrong = wrong or text_fault((command.reason or "",), LONGEST_REASON, "reason")
    if wrong is not None:
        return wrong
    length = int(shift.length.total_seconds() // 60)
    minutes = command.minutes if command.minutes is not None else known.minutes or length
    values: dict[str, Any] = {
        "state": state,
        "minutes": minutes if state is SignupState.ATTENDED else None,
        "disputed_at": None,
    }
    if command.reason is not None:
        values["reason"] = command.reason
    await unit.signups.change(known.id, **values)
    if unit.now < shift.begins_at and known.state in COMES:  # later marks may be corrected
        await signup_messages.stop(unit, known)
        await credit.look_soon(unit, known.invitation_id)
        await queue.fill(unit, shift, queue.freed_by_signup(known))
    await unit.alerts.close(("no_show_disputed", "promise_late"), str(known.id))
    await _tell_mark(unit, known, shift, state)
    await unit.events.add(command.by, "attendance_marked", signup=known.id, state=state)
    return Done(known.id)


def _mark_fault(
    unit: Unit, known: Signup, shift: Shift, state: SignupState, minutes: int | None
) -> Refused | None:
    """Return why a mark is refused."""
    if known.state is not state and state not in FOLLOWING.get(known.state, frozenset()):
        return NO_SIGNUP
    if unit.now < shift.begins_at and state is not SignupState.EXCUSED:
        return NOT_YET
    if unit.now < shift.ends_at and state is SignupState.NO_SHOW:
        return NOT_OVER
    if minutes is not None and not 0 <= minutes <= LONGEST_MINUTES:
        return Refused(_("Write the time in minutes, at most a day."), "minutes")
    return None


async def _tell_mark(unit: Unit, before: Signup, shift: Shift, state: SignupState) -> None:
    """Tell a volunteer that they are noted as absent, or how their dispute ended."""
    if state is SignupState.NO_SHOW:
        was_disputed = before.disputed_at is not None
        what = signup_messages.STAYS if was_disputed else signup_messages.NO_SHOW
    elif before.state is SignupState.NO_SHOW:
        what = signup_messages.CORRECTED
    else:
        return
    await signup_messages.tell(unit, before, signup_messages.each_time(unit, what), shift)


async def add_walk_in(command: AddWalkIn, unit: Unit) -> Done | Refused:
    """Record a participant who came without a sign-up; the value is the sign-up."""
    shift = await unit.shifts.lock(command.shift_id)
    if shift is None or shift.state is ShiftState.CANCELLED:
        return NO_SIGNUP
    if unit.now < shift.begins_at:
        return NOT_YET
    wrong = await entry_fault(unit, command.participant_id, agreed=command.agreed)
    if wrong is not None:
        return wrong
    signups = await unit.signups.of_shift(shift.id)
    own = [one for one in signups if one.participant_id == command.participant_id]
    there = next((one for one in own if one.state in WAS_THERE | COMES), None)
    there = there or next((one for one in own if one.state in CORRECTED), None)
    if there is not None:
        mark = MarkAttendance(command.by, there.id, SignupState.ATTENDED)
        return await mark_attendance(mark, unit)
    opportunity = await unit.opportunities.get(shift.opportunity_id)
    if opportunity is not None:
        missing = await gates.missing(unit, command.participant_id, opportunity)
        if missing:
            return requests.not_in_order(missing)
    minutes = int(shift.length.total_seconds() // 60)
    new = _walk_in(shift, command.participant_id, SignupState.ATTENDED, minutes)
    made = await _add_walk_in(unit, new, own, shift)
    await unit.events.add(command.by, "walk_in", signup=made)
    return Done(made)


def _walk_in(
    shift: Shift, participant_id: int, state: SignupState, minutes: int | None = None
) -> Signup:
    """Return the sign-up of a participant who came without a place."""
    return Signup(
        id=0,
        opportunity_id=shift.opportunity_id,
        shift_id=shift.id,
        participant_id=participant_id,
        state=state,
        source=Source.WALK_IN,
        minutes=minutes,
    )


async def _add_walk_in(unit: Unit, new: Signup, own: list[Signup], shift: Shift) -> int:
    """Insert the sign-up of a walk-in and plan the thanks; what the person waited for ends."""
    for one in own:
        if one.state in LIVE:
            await queue.leave(unit, one)
    made = await unit.signups.add(new)
    await signup_messages.plan_thanks(unit, made, shift)
    return made


async def new_code(command: NewCode, unit: Unit) -> Done | Refused:
    """Return the code of a shift, and make it where there is none.

    It is stored as it is, so that each contact can show the same one on another device. It only
    checks people in to this shift on its day, and who reads the database reads more than that.
    """
    shift = await unit.shifts.lock(command.shift_id)
    if shift is None or shift.state is ShiftState.CANCELLED:
        return NO_SIGNUP
    if shift.code is not None and not command.replaces:
        return Done(shift.code)
    code = "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))
    await unit.shifts.change(shift.id, code=code)
    return Done(code)


async def check_in(command: CheckIn, unit: Unit) -> Done | Refused:
    """Check in by the code of a shift, with or without a sign-up.

    A person without a sign-up is asked first what is asked once. A person who is too young or
    will not be kept is counted without a name, and the sign-up is None. *missing* in the value
    says that something needed first is not in order: the contacts are told. *is_noted* says that
    a person has marked the volunteer as absent, to which they can object.
    """
    code = command.code.strip().lower()
    found = await unit.shifts.of_code(code)
    shift = await unit.shifts.lock(found.id) if found is not None else None
    if (
        shift is None
        or shift.code != code
        or shift.state is ShiftState.CANCELLED
        or not shift.begins_at - CODE_OPENS <= unit.now <= shift.ends_at + CODE_CLOSES
    ):
        return WRONG_CODE
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    signups = await unit.signups.of_shift(shift.id)
    own = [one for one in signups if one.participant_id == participant.id]
    there = next((one for one in own if one.state in WAS_THERE), None)
    if there is not None:
        return Done({"signup": there.id})
    stopped = await _stopped(unit, shift, participant.id, own)
    if stopped is not None:
        return stopped
    excused = next((one for one in own if one.state is SignupState.EXCUSED), None)
    comes = next((one for one in own if one.state in COMES), excused)
    if comes is None:
        return await _check_in_unsigned(unit, command, shift, participant.id, own)
    await _check_in(unit, comes, shift)
    return Done({"signup": comes.id})


async def _stopped(
    unit: Unit, shift: Shift, participant_id: int, own: list[Signup]
) -> Done | Refused | None:
    """Return why a person is not checked in: a mark of staff, or a gate that is not open."""
    absent = next((one for one in own if one.state is SignupState.NO_SHOW), None)
    if absent is not None:
        return Done({"signup": absent.id, "is_noted": True})
    states = {one.state for one in own}
    is_excused = SignupState.EXCUSED in states and not states & COMES
    if is_excused and unit.now >= shift.ends_at:
        return IS_EXCUSED
    opportunity = await unit.opportunities.get(shift.opportunity_id)
    if opportunity is None or not await gates.missing(unit, participant_id, opportunity):
        return None
    key, who = f"{shift.id}:{participant_id}", {"shift": shift.id, "participant": participant_id}
    await tell_contacts(unit, opportunity.id, "not_in_order", key, **who)
    return Done({"signup": None, "shift": shift.id, "missing": True})


async def _check_in(unit: Unit, known: Signup, shift: Shift) -> None:
    """Check in a volunteer who has a place, or who was excused and comes after all.

    The place of an excused one may be another's by now. After the shift they were there.
    """
    values: dict[str, Any] = {"state": SignupState.CHECKED_IN}
    if known.state is SignupState.EXCUSED:
        values["source"] = Source.WALK_IN
    says = known.says_coming_at or unit.now
    await unit.signups.change(known.id, says_coming_at=says, **values)
    await unit.events.add(CITIZEN, "checked_in", signup=known.id)
    await signup_messages.plan_thanks(unit, known.id, shift)
    await settle(unit, known.id)


async def _check_in_unsigned(
    unit: Unit, command: CheckIn, shift: Shift, participant_id: int, own: list[Signup]
) -> Done | Refused:
    """Check in a person without a place, by name or as one more; *own* is what they wait for."""
    fault = await own_fault(unit, participant_id, command.person_id)
    if command.unnamed or fault is UNDER_15:
        await _count_unnamed(unit, shift, participant_id)
        return Done({"signup": None, "shift": shift.id})
    if fault is not None:
        return fault
    new = _walk_in(shift, participant_id, SignupState.CHECKED_IN)
    made = await _add_walk_in(unit, new, own, shift)
    await unit.events.add(CITIZEN, "walk_in", signup=made)
    mark, marks = _mark_of(shift, participant_id), list(shift.unnamed_marks or ())
    if mark in marks:  # they were counted without a name before
        marks.remove(mark)
        await unit.shifts.change(shift.id, unnamed=shift.unnamed - 1, unnamed_marks=marks)
    await signup_messages.ask_who_came(unit, shift)
    await settle(unit, made)
    return Done({"signup": made})


async def _count_unnamed(unit: Unit, shift: Shift, participant_id: int) -> None:
    """Count one person more who came, once for each person."""
    mark, marks = _mark_of(shift, participant_id), list(shift.unnamed_marks or ())
    if mark in marks:
        return
    marks.append(mark)
    await unit.shifts.change(shift.id, unnamed=shift.unnamed + 1, unnamed_marks=marks)
    await signup_messages.ask_who_came(unit, shift)  # then the marks are erased, too
    await unit.events.add(CITIZEN, "walk_in_unnamed", shift=shift.id)


def _mark_of(shift: Shift, participant_id: int) -> str:
    """Return a hash by which a person is counted once at a shift.

    It is so short that it fits one person in 4096, so it does not say who came.
    """
    return sha256(f"{shift.id}:{participant_id}".encode()).hexdigest()[:MARK_LENGTH]


async def not_noted(unit: Unit, shift_id: int) -> None:
    """Ask the contacts who came, a day after a shift, and again after 14 days."""
    shift = await unit.shifts.lock(shift_id)
    if shift is None:
        return
    if unit.now < shift.ends_at + signup_messages.NOTED_WITHIN:  # it has been moved
        await signup_messages.ask_who_came(unit, shift)
        return
    if shift.unnamed_marks:
        await unit.shifts.change(shift.id, unnamed_marks=None)
    if shift.state is ShiftState.CANCELLED:
        return
    for one in await unit.signups.of_shift(shift_id, {SignupState.CHECKED_IN}):
        await settle(unit, one.id)  # the thanks of some are not sent, such as to who blocked us
    if not await unit.signups.of_shift(shift_id, COMES):
        return
    is_last = unit.now >= shift.ends_at + LAST_NOTED
    key = f"{shift_id}:{'last' if is_last else 'first'}"
    await tell_contacts(unit, shift.opportunity_id, "attendance_open", key, shift_id=shift_id)
    if not is_last:
        kind, lane = signup_messages.NOT_NOTED, f"shift:{shift_id}"
        await unit.timers.set(NewTimer(kind, str(shift_id), lane, shift.ends_at + LAST_NOTED))


async def settle(unit: Unit, signup_id: int) -> Signup | None:
    """Count a checked-in volunteer as there when the shift is over; return the sign-up."""
    found = await queue.held_with_shift(unit, signup_id)
    if found is None:
        return None
    known, shift = found
    if known.state is SignupState.CHECKED_IN and unit.now >= shift.ends_at:
        minutes = known.minutes or int(shift.length.total_seconds() // 60)
        await unit.signups.change(known.id, state=SignupState.ATTENDED, minutes=minutes)
        return await unit.signups.get(known.id)
    return known


async def say_absent(command: SayAbsent, unit: Unit) -> Done | Refused:
    """Record that a volunteer says they were not there; the contacts are told."""
    participant = await unit.participants.of_person(command.person_id)
    found = await queue.held_with_shift(unit, command.signup_id)
    if (
        found is None
        or found[0].participant_id != participant.id
        or found[0].state not in COMES
        or unit.now < found[1].ends_at
    ):
        return NO_SIGNUP
    known = found[0]
    await unit.signups.change(known.id, state=SignupState.EXCUSED)
    await unit.events.add(CITIZEN, "said_absent", signup=known.id)
    await tell_contacts(
        unit, known.opportunity_id, "volunteer_cannot", f"absent:{known.id}", signup=known.id
    )
    return Done(known.id)


async def dispute_no_show(command: DisputeNoShow, unit: Unit) -> Done | Refused:
    """Say that one was there after all; a contact looks at it again.

    The value has the contact's name, and the day of the answer at the latest.
    """
    participant = await unit.participants.of_person(command.person_id)
    known = await unit.signups.lock(command.signup_id)
    if (
        known is None
        or known.participant_id != participant.id
        or known.state is not SignupState.NO_SHOW
        or known.changed_at is None
    ):
        return NO_SIGNUP
    if unit.now - known.changed_at > DISPUTED_WITHIN:
        return Refused(_("That was more than 14 days ago. Write to us, and a person looks at it."))
    words = command.words[:LONGEST_WORDS]
    await unit.signups.change(known.id, disputed_at=unit.now, objection=words)
    told = await requests.promise(unit, known, None)
    await unit.events.add(CITIZEN, "no_show_disputed", signup=known.id)
    await tell_contacts(
        unit, known.opportunity_id, "no_show_disputed", str(known.id), signup=known.id
    )
    due = {"day": unit.calendar.local(told.due_at).date().isoformat()}
    return Done({"signup": known.id, "contact": told.name, "due": due})


async def give_feedback(command: GiveFeedback, unit: Unit) -> Done | Refused:
    """Store how a shift was, and the volunteer's own time; a bad one alerts the contacts.

    Volunteers who were not there may write words, too. Only the others have a time.
    """
    known = await _own_over(unit, command.person_id, command.signup_id)
    if known is None:
        return NO_SIGNUP
    values: dict[str, Any] = {}
    if command.words in RATINGS:
        values["rating"] = command.words
    elif command.words:
        values["feedback"] = command.words[:LONGEST_WORDS]
    if command.minutes is not None and known.state in COMES | WAS_THERE:
        if not 0 < command.minutes <= LONGEST_MINUTES:
            return Refused(_("Write the time in minutes, at most a day."), "minutes")
        values["minutes"] = command.minutes
    if values:
        await unit.signups.change(known.id, **values)
    if values.get("rating") == POOR:
        await tell_contacts(
            unit, known.opportunity_id, "went_poorly", str(known.id), signup=known.id
        )
    return Done(known.id)


async def silent(unit: Unit, shift_id: int) -> None:
    """Alert staff about the volunteers of a shift who are at risk, when that begins."""
    shift = await unit.shifts.get(shift_id)
    if shift is None or shift.state is ShiftState.CANCELLED or shift.begins_at <= unit.now:
        return
    if unit.now < shift.begins_at - AT_RISK_FROM:  # it has been moved
        await signup_messages.watch_silent(unit, shift)
        return
    for one in await unit.signups.of_shift(shift_id, COMES):
        if is_at_risk(one, shift.begins_at, unit.now):
            await requests.tell_owner(unit, one, "volunteer_silent")


async def _own_over(unit: Unit, person_id: int, signup_id: int) -> Signup | None:
    """Return the citizen's own sign-up of a shift that is over; None where there is none."""
    participant = await unit.participants.of_person(person_id)
    known = await unit.signups.lock(signup_id)
    if known is None or known.participant_id != participant.id or known.shift_id is None:
        return None
    shift = await unit.shifts.get(known.shift_id)
    is_over = shift is not None and unit.now >= shift.ends_at
    return known if is_over else None


def milestone(times: int) -> int | None:
    """Return the number of times if it is worth a thanks of its own."""
    return times if times in MILESTONES else None
