"""A volunteer writes to the contact of a task: a case that belongs to that person at once."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.events import Done, Refused
from bot.model.case import CaseKind, CaseState, title_of
from bot.model.commands.cases import WriteToContact
from bot.model.opportunity import said
from bot.model.staff import May
from bot.redact import redact_text
from bot.service.cases.clock import wind
from bot.service.cases.joining import NOT_YOURS
from bot.service.cases.opening import new_case, receipt, say_asked
from bot.service.cases.thread import watchers
from bot.service.staff_alerts import alert_staff
from bot.service.volunteering.contacts import first_staff
from bot.service.volunteering.queue import is_own
from bot.store.alerts import about_case
from bot.store.events import CITIZEN
from bot.store.unit import Unit

THEME = "volunteering"
ANSWERED_WITHIN = 2  # working days


async def write_to_contact(command: WriteToContact, unit: Unit) -> Done | Refused:
    """Open a case for the contact of a sign-up's task; the value is the content of the receipt.

    Where no contact works on cases, it is a case of the theme.
    """
    known = await unit.signups.get(command.signup_id)
    task = await unit.opportunities.get(known.opportunity_id) if known is not None else None
    if known is None or task is None or not await is_own(unit, command.person_id, known):
        return NOT_YOURS
    if command.conversation_id is not None:
        before = await unit.cases.of_conversation(command.conversation_id)
        if before is not None:
            return Done(receipt(unit, before))
    person = await unit.people.get(command.person_id)
    words = redact_text(command.words).text
    case = new_case(
        unit,
        CaseKind.QUESTION,
        words,
        theme=THEME,
        received_at=command.written.sent_at,
        person=person,
        conversation_id=command.conversation_id,
    )
    due = unit.calendar.due_date(command.written.sent_at, ANSWERED_WITHIN)
    title = title_of(f"{said(task.titles, person.language)}: {words}")
    case = await unit.cases.add(
        replace(case, title=title, working_days=ANSWERED_WITHIN, due_on=due, told_on=due)
    )
    await say_asked(unit, case, words, command.written)
    await unit.events.add(
        CITIZEN,
        "opened",
        case_id=case.id,
        moved=(None, CaseState.NEW),
        kind=case.kind,
        theme=case.theme,
    )
    staff = await first_staff(unit, task.id)
    if staff is not None and staff.may(May.WORK_CASES):
        moved = (CaseState.NEW, CaseState.OPEN)
        await unit.events.add(CITIZEN, "addressed", case_id=case.id, moved=moved, staff=staff.id)
        case = await unit.cases.change(
            case, owner_id=staff.id, state=CaseState.OPEN, contact=staff.first_name
        )
    await alert_staff(unit, await watchers(unit, case), about_case(case.id), "new")
    await wind(unit, case, person.lane)
    return Done(receipt(unit, case))
