"""Times that staff and a volunteer agree on: each is a shift for this one person.

So the question before it, the note, the calendar, attendance and hours are those of any shift.
"""

from __future__ import annotations

from datetime import timedelta

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.volunteering import AgreeTime, NoteContact, WriteVolunteer
from bot.model.delivery import DeliveryState
from bot.model.opportunity import Shift
from bot.model.signup import SIGNUP, Signup, SignupState, Source
from bot.service.volunteering import queue, requests, signup_messages
from bot.service.volunteering.written import LONGEST_REASON, text_fault
from bot.store.events import by_staff
from bot.store.unit import Unit

LONGEST = 24 * 60  # minutes
EARLIEST = timedelta(days=366)  # before now: hours that are noted afterwards
NOT_AGREED = Refused(_("That volunteer has no place by agreement."))


async def agree_time(command: AgreeTime, unit: Unit) -> Done | Refused:
    """Add the time that staff agreed on with a volunteer; a past one counts as hours.

    The value is the sign-up of that time.
    """
    known = await queue.held_agreement(unit, command.signup_id)
    if known is None or known.state is not SignupState.CONFIRMED:
        return NOT_AGREED
    if not 0 < command.minutes <= LONGEST:
        return Refused(_("Write the time in minutes, at most a day."), "minutes")
    if command.begins_at < unit.now - EARLIEST:
        return Refused(_("That is more than a year ago."), "first")
    ends_at = command.begins_at + timedelta(minutes=command.minutes)
    occasion = f"{unit.calendar.local(command.begins_at):%y%m%d%H%M}a{known.id}"
    new = Shift(0, known.opportunity_id, occasion, command.begins_at, ends_at, seats=1)
    made = await unit.shifts.plan([new])
    if not made:
        return Refused(_("That time is agreed already."), "first")
    own = await _own_signup(unit, known, made[0])
    await requests.promise_kept(unit, known)
    by = by_staff(command.staff_id)
    await unit.events.add(by, "time_agreed", signup=known.id, shift=made[0].id)
    return Done(own.id)


async def _own_signup(unit: Unit, known: Signup, shift: Shift) -> Signup:
    """Sign the volunteer up for the agreed time, and plan its messages; return the sign-up."""
    is_over = shift.ends_at <= unit.now
    new = Signup(
        id=0,
        opportunity_id=known.opportunity_id,
        shift_id=shift.id,
        participant_id=known.participant_id,
        state=SignupState.ATTENDED if is_over else SignupState.CONFIRMED,
        source=Source.AGREED,
        minutes=int(shift.length.total_seconds() // 60) if is_over else None,
    )
    made = await unit.signups.get(await unit.signups.add(new))
    if made is None:
        raise RuntimeError("a sign-up is gone in its own transaction")
    if not is_over:
        await queue.expect(unit, made, shift)
        await signup_messages.tell(unit, made, signup_messages.CONFIRMED, shift)
    return made


async def write_volunteer(command: WriteVolunteer, unit: Unit) -> Done | Refused:
    """Write to one volunteer about their sign-up; it is signed by the member of the staff.

    An earlier text that waits for the end of quiet hours is sent together with it.
    """
    words = command.words.strip()
    if not words:
        return Refused(_("Write what the volunteer is to read."), "words")
    wrong = text_fault((words,), LONGEST_REASON, "words")
    if wrong is not None:
        return wrong
    known = await unit.signups.lock(command.signup_id)
    if known is None or known.state is SignupState.REQUESTED:
        return requests.NO_REQUEST
    waits = [
        one
        for one in await unit.deliveries.of_subject(SIGNUP, known.id, signup_messages.MOST)
        if signup_messages.kind_of(one) == signup_messages.WROTE
        and one.state is DeliveryState.PLANNED
    ]
    told = f"{known.written}\n\n{words}" if waits and known.written else words
    await unit.signups.change(known.id, written=told, written_by=command.staff_id)
    if not waits:
        shift = await unit.shifts.get(known.shift_id) if known.shift_id is not None else None
        occasion = signup_messages.each_time(unit, signup_messages.WROTE)
        await signup_messages.tell(unit, known, occasion, shift)
    if known.due_at is not None and known.disputed_at is None:
        await requests.promise_kept(unit, known)
    await unit.events.add(by_staff(command.staff_id), "volunteer_written", signup=known.id)
    return Done(known.id)


async def note_contact(command: NoteContact, unit: Unit) -> Done | Refused:
    """Note that staff have written to or rung a volunteer who waited for it."""
    known = await unit.signups.lock(command.signup_id)
    if known is None or known.state is SignupState.REQUESTED:
        return requests.NO_REQUEST
    if known.due_at is not None and known.disputed_at is None:
        await requests.promise_kept(unit, known)
        await unit.events.add(by_staff(command.staff_id), "volunteer_contacted", signup=known.id)
    return Done(known.id)
