"""Helpers of all services for cases: lanes, messages, notifications, and staff to alert."""

from __future__ import annotations

from typing import Any

from bot.engine.events import Refused
from bot.i18n import _
from bot.model.case import Case, CaseMessage, CaseState, DeliveryState, MessageKind
from bot.model.staff import Staff
from bot.service.notifications import notify
from bot.store.events import CITIZEN
from bot.store.unit import Unit

NO_CASE = Refused(_("There is no such case."))


async def lane_of(unit: Unit, case: Case) -> str:
    """Return the lane of a case's inbox rows: the citizen's, or the case's own without one."""
    if case.person_id is None:
        return f"case:{case.id}"
    return await unit.people.lane(case.person_id)


async def notify_citizen(unit: Unit, case: Case, event_id: int, kind: str, **details: Any) -> None:
    """Notify the citizen of a case about an event; a person without a chat is not notified."""
    if case.person_id is not None:
        key = f"{event_id}:{case.id}:{kind}"
        await notify(unit, await lane_of(unit, case), kind, key, case=case.id, **details)


async def add_message(
    unit: Unit, case: Case, staff: Staff | None, kind: MessageKind, text: str, **delivery: Any
) -> CaseMessage:
    """Add the town's words to a thread, signed by *staff*; the clock's words are unsigned.

    *delivery* are the message's delivery columns; by default it is not sent.
    """
    return await unit.threads.say(
        CaseMessage(
            id=0,
            case_id=case.id,
            kind=kind,
            staff_id=staff.id if staff else None,
            signed=staff.first_name if staff else None,
            text=text.strip(),
            version=1,
            at=unit.now,
            **{"state": DeliveryState.KEPT, **delivery},
        )
    )


async def watchers(unit: Unit, case: Case) -> list[int]:
    """Return the ids of the active owner, else of the theme's staff, else of the leaders."""
    owner = await unit.staff.get(case.owner_id) if case.owner_id is not None else None
    if owner is not None and owner.active:
        return [owner.id]
    answering = await unit.staff.answering_for(case.theme)
    return [one.id for one in answering] or [one.id for one in await leaders(unit, case)]


async def goes_on(unit: Unit, case: Case, actor: str = CITIZEN) -> Case:
    """Resume the clock of a case that waited for the citizen, and move its dates by the wait.

    Staff always have one working day left, however late the citizen wrote.
    """
    calendar = unit.calendar
    since, today = case.waiting_since or unit.now, calendar.local(unit.now).date()
    stood = calendar.working_days_between(calendar.local(since).date(), today)
    earliest = calendar.working_day_after(today, 1)
    due = max(calendar.working_day_after(case.due_on, stood), earliest)
    told = max(due, calendar.working_day_after(case.told_on, stood))
    state = CaseState.OPEN if case.owner_id is not None else CaseState.NEW
    await unit.events.add(actor, "goes_on", case_id=case.id, moved=(case.state, state), stood=stood)
    return await unit.cases.change(case, state=state, waiting_since=None, due_on=due, told_on=told)


async def leaders(unit: Unit, case: Case) -> list[Staff]:
    """Return the leaders of the case's unit; all leaders where the unit has none."""
    named = unit.town.contact_for(case.theme).unit
    owner = await unit.staff.get(case.owner_id) if case.owner_id is not None else None
    if owner is not None:
        named = owner.unit
    return await unit.staff.leaders(named)
