"""A volunteer's words reach the contact of a task: staff by a case, others in the chat."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.engine.events import Done, Refused
from bot.engine.words import fold
from bot.i18n import _
from bot.model.case import Case, CaseKind, CaseState, MessageKind, title_of
from bot.model.commands.cases import JoinCase
from bot.model.commands.volunteering import TellContact
from bot.model.opportunity import Opportunity, Shift
from bot.model.participant import Participant
from bot.model.signup import Signup
from bot.model.staff import May, Staff
from bot.redact import redact_text
from bot.service.cases.joining import join_case
from bot.service.cases.opening import case_number, new_case, note_opened, say_asked
from bot.service.notifications import notify
from bot.service.volunteering.queue import is_own
from bot.store.events import CITIZEN
from bot.store.unit import Unit

THEME = "volunteering"
ANSWERED_WITHIN = 2  # working days
WRITES = "volunteer_writes"  # the notification of a participant who is the contact
NO_TASK = Refused(_("That task is over. Write to us, and a person reads it."))
NO_CONTACT = Refused(_("That task has no contact now. Write to us, and a person reads it."))


async def tell_contact(command: TellContact, unit: Unit) -> Done | Refused:
    """Send a volunteer's words about a task to its first contact who can be reached.

    The value has the contact's name; of staff, the number of the case and its date. The same
    words are sent once.
    """
    signup = await unit.signups.get(command.signup_id)
    if signup is None or not await is_own(unit, command.person_id, signup):
        return NO_TASK
    about = await unit.opportunities.get(signup.opportunity_id)
    if about is None:
        return NO_TASK
    shift = await unit.shifts.get(signup.shift_id) if signup.shift_id is not None else None
    for one in await unit.opportunities.contacts(about.id):
        staff = await unit.staff.get(one.staff_id) if one.staff_id is not None else None
        if staff is not None and staff.may(May.WORK_CASES):
            return await _to_staff(unit, command, about, shift, staff)
        if one.participant_id is None:
            continue
        participant = await unit.participants.shown(one.participant_id)
        told = participant is not None and await _to_participant(unit, command, signup, participant)
        if told and participant is not None:
            return Done({"contact": participant.first_name})
    return NO_CONTACT


async def _to_participant(
    unit: Unit, command: TellContact, signup: Signup, contact: Participant
) -> bool:
    """Send words to a contact in the chat; return False where the contact cannot be reached."""
    recipient = await unit.audiences.find(contact.id)
    if recipient is None or recipient.lane is None:
        return False
    words = redact_text(command.words).text
    day = unit.calendar.local(unit.now).date().isoformat()
    key = f"{WRITES}:{signup.id}:{contact.id}:{day}:{fold(words)[:100]}"
    await notify(unit, recipient.lane, WRITES, key, signup=signup.id, words=words)
    return True


async def _to_staff(
    unit: Unit, command: TellContact, about: Opportunity, shift: Shift | None, staff: Staff
) -> Done | Refused:
    """Add words to the open case about a task, or open a case for the contact."""
    known = await _open_case(unit, command.person_id, about, staff)
    if known is not None:
        if await _has(unit, known, command.words):
            return Done(_value(unit, known))
        joins = JoinCase(command.person_id, known.id, command.words, command.written)
        done = await join_case(joins, unit)
        return Done(_value(unit, known)) if isinstance(done, Done) else done
    words = redact_text(command.words).text
    person = await unit.people.get(command.person_id)
    new = new_case(
        unit,
        CaseKind.QUESTION,
        title_of(f"{about.title}: {words}"),
        theme=THEME,
        received_at=command.written.sent_at,
        person=person,
    )
    case = await unit.cases.add(new)
    due = _due(unit, case, shift)
    case = await unit.cases.change(
        case,
        owner_id=staff.id,
        state=CaseState.OPEN,
        contact=staff.first_name,
        due_on=due,
        told_on=due,
    )
    await say_asked(unit, case, words, command.written)
    await note_opened(unit, case, CITIZEN, person.lane)
    return Done(_value(unit, case))


async def _open_case(unit: Unit, person_id: int, about: Opportunity, staff: Staff) -> Case | None:
    """Return the volunteer's open case about a task, if the contact owns one."""
    return next(
        (
            case
            for case in await unit.cases.writable(person_id)
            if case.live and case.owner_id == staff.id and case.title.startswith(about.title)
        ),
        None,
    )


async def _has(unit: Unit, case: Case, words: str) -> bool:
    """Return whether the volunteer has written the same words in a case."""
    thread = await unit.threads.of_case(case.id, internal=False)
    asked = {fold(one.text) for one in thread if one.kind is MessageKind.ASKED}
    return fold(redact_text(words).text) in asked


def _due(unit: Unit, case: Case, shift: Shift | None) -> date:
    """Return by when the contact answers: before the shift, where that is sooner."""
    today = unit.calendar.local(unit.now).date()
    due = min(case.due_on, unit.calendar.due_date(unit.now, ANSWERED_WITHIN))
    if shift is None or shift.begins_at <= unit.now:
        return due
    return max(today, min(due, unit.calendar.local(shift.begins_at).date()))


def _value(unit: Unit, case: Case) -> dict[str, Any]:
    return {
        "contact": case.contact,
        "case": case.id,
        "number": case_number(unit, case),
        "due": {"day": case.told_on.isoformat()},
    }
