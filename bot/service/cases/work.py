"""Staff claim cases, hand them over, mark and sort them, and add notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import LANGUAGES, _
from bot.model.case import (
    Case,
    CaseKind,
    CaseMark,
    CaseMessage,
    CaseState,
    DeliveryState,
    MessageKind,
)
from bot.model.commands.casework import (
    LONGEST_PHONE,
    AddWords,
    ClaimCase,
    DoTask,
    EnterCase,
    ExportCase,
    HandOver,
    LogCall,
    MarkCase,
    ReadCase,
    ReopenCase,
    SeeAlerts,
    SortCase,
    WriteNote,
)
from bot.model.staff import LONGEST_NAME, May, Staff
from bot.service.cases.clock import ring_by, wind
from bot.service.cases.joining import reopen
from bot.service.cases.opening import OTHER, new_case, note_opened, receipt
from bot.service.cases.thread import NO_CASE, add_message, lane_of, notify_citizen
from bot.service.cases.wording import cpr_in
from bot.service.phone_calls import delivery_of_task
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import about_case
from bot.store.events import by_staff
from bot.store.unit import Unit

NOT_ALLOWED = Refused(_("You may not do that. A leader can."))
TAKEN = _("{name} has this case already.")
WRITE_SOMETHING = Refused(_("Write something first."))
OVER = Refused(_("This case is closed."))
CPR_IN_TEXT = _("There is a CPR number in the text. Take it out; it cannot be kept here.")
MATTERS_NOT_PEOPLE = _(
    "We mark inquiries, not people. Choose: high expectations, big demands, or strong feelings."
)
BY_PHONE, AT_COUNTER = "phone", "counter"
ONE_READING = timedelta(hours=1)  # a second look by the same person within it is not recorded


async def at_work(
    unit: Unit, command: Any, what: May = May.WORK_CASES
) -> tuple[Staff, Case] | Refused:
    """Lock a command's case for a staff member with the permission *what*; else refuse."""
    staff = await unit.staff.get(command.staff_id)
    if staff is None or not staff.may(what):
        return NOT_ALLOWED
    case = await unit.cases.lock(command.case_id)
    return (staff, case) if case is not None else NO_CASE


async def claim_case(command: ClaimCase, unit: Unit) -> Done | Refused:
    """Assign a case to a staff member; of two at once, the second is told the owner's name."""
    working = await at_work(unit, command)
    if isinstance(working, Refused):
        return working
    staff, case = working
    if case.owner_id == staff.id:
        return Done(receipt(unit, case))
    if case.owner_id is not None:
        owner = await unit.staff.get(case.owner_id)
        return Refused(TAKEN.with_(name=owner.first_name if owner else "?"))
    await take(unit, staff, case)
    return Done(receipt(unit, case))


async def take(unit: Unit, staff: Staff, case: Case) -> Case:
    """Assign a case without an owner to a staff member, and notify the citizen."""
    state = CaseState.OPEN if case.state is CaseState.NEW else case.state
    event_id = await unit.events.add(
        by_staff(staff.id), "claimed", case_id=case.id, moved=(case.state, state)
    )
    case = await unit.cases.change(
        case, owner_id=staff.id, state=state, contact=staff.first_name, acted_at=unit.now
    )
    await wind(unit, case, await lane_of(unit, case))
    await notify_citizen(unit, case, event_id, "card")
    return case


async def hand_over(command: HandOver, unit: Unit) -> Done | Refused:
    """Give a case to another owner, with a note; its due date stays."""
    working = await at_work(unit, command)
    if isinstance(working, Refused):
        return working
    staff, case = working
    heir = await unit.staff.get(command.to_id)
    if case.owner_id not in (None, staff.id) and not staff.may(May.OVERRIDE):
        return NOT_ALLOWED
    if heir is None or not heir.may(May.WORK_CASES):
        return Refused(_("Choose somebody who works on cases."))
    if not command.note.strip():
        return Refused(_("Write a note for whoever gets the case."))
    if cpr_in(command.note):
        return Refused(CPR_IN_TEXT)
    await add_message(unit, case, staff, MessageKind.HANDOVER, command.note)
    state = CaseState.OPEN if case.state is CaseState.NEW else case.state
    event_id = await unit.events.add(
        by_staff(staff.id), "handed_over", case_id=case.id, moved=(case.state, state), to=heir.id
    )
    case = await unit.cases.change(
        case, owner_id=heir.id, state=state, contact=heir.first_name, acted_at=unit.now
    )
    await alert_staff(unit, [heir.id], about_case(case.id), "handover", str(event_id))
    await wind(unit, case, await lane_of(unit, case))
    await notify_citizen(unit, case, event_id, "card")
    return Done(receipt(unit, case))


async def write_note(command: WriteNote, unit: Unit) -> Done | Refused:
    """Add a note that never reaches the citizen."""
    return await _keep(unit, command, MessageKind.NOTE, "noted")


async def log_call(command: LogCall, unit: Unit) -> Done | Refused:
    """Add a note of a phone call (HR-11); it ends a promised call."""
    return await _keep(unit, command, MessageKind.CALL, "called", call_by=None)


async def _keep(
    unit: Unit, command: WriteNote | LogCall, kind: MessageKind, verb: str, **change: Any
) -> Done | Refused:
    """Add an internal note, and record that staff acted."""
    working = await at_work(unit, command)
    if isinstance(working, Refused):
        return working
    staff, case = working
    if not command.text.strip():
        return WRITE_SOMETHING
    if cpr_in(command.text):
        return Refused(CPR_IN_TEXT)
    said = await add_message(unit, case, staff, kind, command.text)
    await unit.events.add(by_staff(staff.id), verb, case_id=case.id, said=said.id)
    case = await unit.cases.change(case, acted_at=unit.now, **change)
    await wind(unit, case, await lane_of(unit, case))
    return Done({"said": said.id})


async def mark_case(command: MarkCase, unit: Unit) -> Done | Refused:
    """Set a case's marks; a word about the person is refused, with the marks that exist."""
    working = await at_work(unit, command)
    if isinstance(working, Refused):
        return working
    staff, case = working
    if not set(command.marks) <= set(CaseMark):
        return Refused(MATTERS_NOT_PEOPLE)
    marks = tuple(mark for mark in CaseMark if mark in command.marks)
    event_id = await unit.events.add(
        by_staff(staff.id), "marked", case_id=case.id, marks=list(marks)
    )
    feels = CaseMark.FEELINGS in marks and CaseMark.FEELINGS not in case.marks
    call_by = case.call_by
    if feels and case.live and call_by is None:
        call_by = ring_by(unit.now, unit.calendar)
        await notify_citizen(unit, case, event_id, "call_offer")
    case = await unit.cases.change(case, marks=marks, call_by=call_by, acted_at=unit.now)
    await wind(unit, case, await lane_of(unit, case))
    return Done(list(marks))


async def sort_case(command: SortCase, unit: Unit) -> Done | Refused:
    """Set a case's theme and area; its due date stays, because the citizen was told it."""
    working = await at_work(unit, command)
    if isinstance(working, Refused):
        return working
    staff, case = working
    town = unit.town
    if command.theme not in {theme.key for theme in town.themes}:
        return Refused(_("There is no such theme."))
    if command.area is not None and command.area not in {area.key for area in town.areas}:
        return Refused(_("There is no such area."))
    event_id = await unit.events.add(
        by_staff(staff.id), "sorted", case_id=case.id, theme=command.theme, area=command.area
    )
    contact = case.contact
    if case.owner_id is None:
        contact = town.contact_for(command.theme).first_name
    case = await unit.cases.change(
        case, theme=command.theme, area=command.area, contact=contact, acted_at=unit.now
    )
    if case.owner_id is None:
        told = [one.id for one in await unit.staff.answering_for(case.theme)]
        await alert_staff(unit, told, about_case(case.id), "new", str(event_id))
    await notify_citizen(unit, case, event_id, "card")
    return Done()


async def reopen_case(command: ReopenCase, unit: Unit) -> Done | Refused:
    """Reopen a case that had ended, with a new due date that the citizen is told."""
    working = await at_work(unit, command)
    if isinstance(working, Refused):
        return working
    staff, case = working
    if case.live:
        return Refused(_("This case is open."))
    if not command.note.strip():
        return Refused(_("Write why it is opened again."))
    if cpr_in(command.note):
        return Refused(CPR_IN_TEXT)
    await add_message(unit, case, staff, MessageKind.NOTE, command.note)
    case = await unit.cases.change(case, owner_id=case.owner_id or staff.id)
    case = await reopen(unit, case, by_staff(staff.id), "by_staff")
    case = await unit.cases.change(case, acted_at=unit.now)
    event_id = await unit.events.add(by_staff(staff.id), "told_reopened", case_id=case.id)
    await wind(unit, case, await lane_of(unit, case))
    await notify_citizen(unit, case, event_id, "reopened")
    return Done(receipt(unit, case))


async def enter_case(command: EnterCase, unit: Unit) -> Done | Refused:
    """Open a case for a person who phoned or came (HR-27)."""
    staff = await unit.staff.get(command.staff_id)
    if staff is None or not staff.may(May.WORK_CASES):
        return NOT_ALLOWED
    if (wrong := _entry_fault(command)) is not None:
        return wrong
    areas = {area.key for area in unit.town.areas}
    fresh = new_case(
        unit,
        CaseKind(command.kind),
        command.words,
        theme=command.theme or OTHER,
        received_at=unit.now,
        name=command.name.strip() or None,
        phone=command.phone,
        area=command.area if command.area in areas else None,
        source=command.source,
    )
    case = await unit.cases.add(replace(fresh, language=LANGUAGES[0]))
    await _words_of(unit, case, command.words)
    await note_opened(unit, case, by_staff(staff.id), f"case:{case.id}")
    return Done(receipt(unit, case))


def _entry_fault(command: EnterCase) -> Refused | None:
    """Return why an entered case is refused, with the field at fault; None where it is accepted."""
    asked = _("Say whether the person rang or came, and what it is about.")
    too_long = _("The name or the number is too long.")
    if command.source not in (BY_PHONE, AT_COUNTER):
        return Refused(asked, "source")
    if command.kind not in set(CaseKind):
        return Refused(asked, "kind")
    if not command.words.strip():
        return replace(WRITE_SOMETHING, field="words")
    for field, longest in (("words", None), ("name", LONGEST_NAME), ("phone", LONGEST_PHONE)):
        written = getattr(command, field) or ""
        if cpr_in(written):
            return Refused(CPR_IN_TEXT, field)
        if longest is not None and len(written) > longest:
            return Refused(too_long, field)
    return None


async def add_words(command: AddWords, unit: Unit) -> Done | Refused:
    """Add words of a person who phoned or came; a case that waited or had ended continues."""
    working = await at_work(unit, command)
    if isinstance(working, Refused):
        return working
    staff, case = working
    if case.person_id is not None and not case.live:
        return OVER  # the chat says that it is over, and the citizen may have said so
    if not command.words.strip():
        return WRITE_SOMETHING
    if cpr_in(command.words):
        return Refused(CPR_IN_TEXT)
    said = await _words_of(unit, case, command.words)
    await unit.events.add(by_staff(staff.id), "entered", case_id=case.id, said=said.id)
    if not case.live or case.state is CaseState.WAITING:
        case = await reopen(unit, case, by_staff(staff.id), "wrote_again")
        case = await unit.cases.change(case, waiting_since=None)
    case = await unit.cases.change(case, citizen_at=unit.now, acted_at=unit.now)
    await wind(unit, case, await lane_of(unit, case))
    return Done({"said": said.id})


async def _words_of(unit: Unit, case: Case, words: str) -> CaseMessage:
    """Add the words of a person who phoned or came to a thread."""
    return await unit.threads.say(
        CaseMessage(
            id=0,
            case_id=case.id,
            kind=MessageKind.ASKED,
            staff_id=None,
            signed=case.asker_name,
            text=words.strip(),
            version=1,
            state=DeliveryState.KEPT,
            at=unit.now,
        )
    )


async def read_case(command: ReadCase, unit: Unit) -> Done | Refused:
    """Record each reader of a case by id; the citizen sees the newest reader's first name."""
    reading = await at_work(unit, command, May.SEE_CASES)
    if isinstance(reading, Refused):
        return reading
    staff, case = reading
    await unit.alerts.see(staff.id, about_case(case.id))
    since = max(case.citizen_at, unit.now - ONE_READING)
    if await unit.events.has_read(case.id, by_staff(staff.id), since):
        return Done()
    event_id = await unit.events.add(by_staff(staff.id), "read", case_id=case.id)
    known = case.read_by == staff.first_name and case.read_at and case.read_at >= case.citizen_at
    case = await unit.cases.change(case, read_at=unit.now, read_by=staff.first_name)
    if not known:
        await notify_citizen(unit, case, event_id, "card")
    return Done()


async def export_case(command: ExportCase, unit: Unit) -> Done | Refused:
    """Record that a case was exported for the journal."""
    working = await at_work(unit, command)
    if isinstance(working, Refused):
        return working
    staff, case = working
    await unit.events.add(by_staff(staff.id), "exported", case_id=case.id)
    return Done()


async def do_task(command: DoTask, unit: Unit) -> Done | Refused:
    """Mark a task as done, and record the staff member."""
    staff = await unit.staff.get(command.staff_id)
    if staff is None or not staff.may(May.WORK_CASES):
        return NOT_ALLOWED
    task = await unit.tasks.get(command.task_id)
    if task is not None and delivery_of_task(task.kind, task.subject) is not None:
        return Refused(_("Write how the call went."))
    if not await unit.tasks.done(command.task_id, staff.id):
        return Refused(_("Somebody else has dealt with that already."))
    await unit.events.add(by_staff(staff.id), "did_task", task=command.task_id)
    return Done()


async def see_alerts(command: SeeAlerts, unit: Unit) -> Done | Refused:
    """Mark a staff member's alerts as seen, up to one of them; later ones stay unseen."""
    await unit.alerts.see(command.staff_id, until=command.until)
    return Done()
