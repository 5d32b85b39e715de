"""Open cases for what citizens ask and report."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import LANGUAGES
from bot.model.case import (
    Case,
    CaseKind,
    CaseMark,
    CaseMessage,
    CaseState,
    DeliveryState,
    MessageKind,
    Written,
    title_of,
)
from bot.model.commands.cases import (
    AskForAccess,
    AskForCall,
    AskPerson,
    Complain,
    OpenCase,
    ProposeIdea,
    Report,
)
from bot.model.person import Person
from bot.redact import redact_text
from bot.service.cases import outcomes
from bot.service.cases.clock import ANY_TIME, call_by_after, ring_by, wind
from bot.service.cases.thread import goes_on, watchers
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import about_case
from bot.store.events import CITIZEN
from bot.store.unit import Unit
from flows.asking import call_words
from flows.report import WHAT, words_of

ACCESS_DAYS = 7  # working days (HR-14)
OTHER = "other"
IDEAS = "democracy"


async def open_case(command: OpenCase, unit: Unit) -> Done | Refused:
    """Open a case with a citizen's words; the value is the content of the receipt."""
    kind = CaseKind(command.kind)
    return await _open(unit, command, kind, command.words, feelings=command.feelings)


async def ask_person(command: AskPerson, unit: Unit) -> Done | Refused:
    """Open a case with a question that a citizen wrote in a flow."""
    return await _open(unit, command, CaseKind.QUESTION, command.words)


async def propose_idea(command: ProposeIdea, unit: Unit) -> Done | Refused:
    """Open a case for an idea."""
    return await _open(unit, command, CaseKind.IDEA, command.words)


async def complain(command: Complain, unit: Unit) -> Done | Refused:
    """Open a case for a complaint; invitations are not sent with it (DOMAIN row 6)."""
    return await _open(unit, command, CaseKind.COMPLAINT, command.words)


async def ask_for_access(command: AskForAccess, unit: Unit) -> Done | Refused:
    """Open a case with the legal deadline of seven working days (HR-14)."""
    return await _open(unit, command, CaseKind.ACCESS, command.words)


async def report(command: Report, unit: Unit) -> Done | Refused:
    """Open a case about something outdoors, and attach its pictures and places."""
    person = await unit.people.get(command.person_id)
    theme = WHAT[command.what["kind"]].theme
    words = words_of(command.what, command.place, command.more, person.language)
    opened = await _open(unit, command, CaseKind.REPORT, words, theme=theme)
    case_id = opened.value["case"]
    await unit.cases.adopt(command.conversation_id, case_id)
    hangs = {"case_id": case_id, "person_id": person.id, "kind": "place"}
    await unit.cases.attach([{**hangs, **pin} for pin in command.place.get("pins", [])])
    return opened


async def ask_for_call(command: AskForCall, unit: Unit) -> Done | Refused:
    """Set phone number and deadline of a call on a live case, or open a case for the call."""
    person = await unit.people.get(command.person_id)
    told = call_words(command.phone, command.when, command.about, person.language)
    case = await unit.cases.lock(command.case_id) if command.case_id is not None else None
    if case is None or case.person_id != person.id or not case.live:
        return await _open(unit, command, CaseKind.CALL, told, phone=command.phone)
    call_by = call_by_after(case, command.written.sent_at, unit.calendar, command.when)
    case = await unit.cases.change(
        case, asker_phone=command.phone, call_by=call_by, citizen_at=unit.now
    )
    if case.state is CaseState.WAITING:
        case = await goes_on(unit, case)
    # No link to the chat message: it is an answer in a flow, and edits do not change flows.
    await say_asked(unit, case, told, replace(command.written, message_id=None))
    await unit.events.add(CITIZEN, "asked_for_a_call", case_id=case.id)
    await alert_staff(
        unit, await watchers(unit, case), about_case(case.id), "call", str(command.written.sent_at)
    )
    await wind(unit, case, person.lane)
    return Done(receipt(unit, case))


async def _open(
    unit: Unit,
    command: Any,
    kind: CaseKind,
    words: str,
    *,
    theme: str | None = None,
    feelings: bool = False,
    phone: str | None = None,
) -> Done:
    """Open a case for a citizen; one conversation opens one case, however often this runs."""
    if command.conversation_id is not None:
        before = await unit.cases.of_conversation(command.conversation_id)
        if before is not None:
            return Done(receipt(unit, before))
    # The words may be joined from several answers, which together hold a CPR number (HR-1).
    words = redact_text(words).text
    person = await unit.people.get(command.person_id)
    known = theme or getattr(command, "theme", None)
    case = new_case(
        unit,
        kind,
        words,
        theme=known or (IDEAS if kind is CaseKind.IDEA else OTHER),
        received_at=command.written.sent_at,
        person=person,
        conversation_id=command.conversation_id,
        feelings=feelings,
        phone=phone,
        when=getattr(command, "when", ANY_TIME),
    )
    case = await unit.cases.add(case)
    await say_asked(unit, case, words, command.written)
    await note_opened(unit, case, CITIZEN, person.lane)
    return Done(receipt(unit, case))


def new_case(
    unit: Unit,
    kind: CaseKind,
    words: str,
    *,
    theme: str,
    received_at: datetime,
    person: Person | None = None,
    conversation_id: int | None = None,
    feelings: bool = False,
    phone: str | None = None,
    when: str = ANY_TIME,
    name: str | None = None,
    area: str | None = None,
    source: str = "telegram",
) -> Case:
    """Return a new case with its contact and its due date."""
    town, calendar = unit.town, unit.calendar
    days = next((t.working_days for t in town.themes if t.key == theme), 0)
    if not days:
        theme, days = OTHER, next(t.working_days for t in town.themes if t.key == OTHER)
    days = ACCESS_DAYS if kind is CaseKind.ACCESS else days
    due = calendar.due_date(received_at, days)
    rung = feelings or kind is CaseKind.CALL
    return Case(
        id=0,
        person_id=person.id if person else None,
        source=source,
        kind=kind,
        theme=theme,
        area=person.area if person else area,
        language=person.language if person else LANGUAGES[0],
        title=title_of(words),
        asker_name=(person.address or None) if person else name,
        asker_phone=phone,
        conversation_id=conversation_id,
        state=CaseState.NEW,
        close_reason=None,
        owner_id=None,
        contact=town.contact_for(theme).first_name,
        received_at=received_at,
        working_days=days,
        due_on=due,
        told_on=due,
        citizen_at=unit.now,
        touched_at=unit.now,
        clock_at=unit.now,
        call_by=ring_by(received_at, calendar, when) if rung else None,
        marks=(CaseMark.FEELINGS,) if feelings else (),
        no_promo=kind is CaseKind.COMPLAINT or feelings,
    )


async def note_opened(unit: Unit, case: Case, actor: str, lane: str) -> int:
    """Record the opening of a case, alert its staff, and set its timer; return the event's id."""
    event_id = await unit.events.add(
        actor,
        "opened",
        case_id=case.id,
        moved=(None, CaseState.NEW),
        kind=case.kind,
        theme=case.theme,
    )
    await outcomes.note_contribution(unit, case)
    await alert_staff(unit, await watchers(unit, case), about_case(case.id), "new")
    await wind(unit, case, lane)
    return event_id


async def say_asked(unit: Unit, case: Case, words: str, written: Written) -> CaseMessage:
    """Add a citizen's words to a thread, linked to the chat message so that edits find them."""
    said = await unit.threads.say(
        CaseMessage(
            id=0,
            case_id=case.id,
            kind=MessageKind.ASKED,
            staff_id=None,
            signed=case.asker_name,
            text=words,
            version=1,
            state=DeliveryState.KEPT,
            at=unit.now,
            chat_id=written.chat_id,
            message_id=written.message_id,
            album=written.album,
        )
    )
    if written.message_id is not None:
        await unit.cases.link(written.chat_id, written.message_id, case.id, said.id)
    return said


def receipt(unit: Unit, case: Case) -> dict[str, Any]:
    """Return the content of a receipt: number, contact, unit and due date (HR-12)."""
    contact = unit.town.contact_for(case.theme)
    return {
        "case": case.id,
        "number": case_number(unit, case),
        "contact": case.contact,
        "unit": contact.unit,
        "due": {"day": case.told_on.isoformat()},
        "call_by": {"instant": case.call_by.isoformat()} if case.call_by else None,
    }


def case_number(unit: Unit, case: Case) -> str:
    """Return the number that people are told, with the town's prefix."""
    return f"{unit.town.number_prefix}-{case.number}"
