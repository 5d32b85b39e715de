"""Execute the alarms of a case when they fall due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from bot.i18n import Text, _, render
from bot.model.case import Case, CaseMark, CaseState, CloseReason, DeliveryState
from bot.model.staff_messages import CLOSE
from bot.service.cases import outcomes
from bot.service.cases.clock import alarms, wind
from bot.service.cases.endings import end
from bot.service.cases.replies import send
from bot.service.cases.sending import send_by_clock
from bot.service.cases.thread import lane_of, leaders, notify_citizen, watchers
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import about_case
from bot.store.events import CLOCK, by_staff
from bot.store.unit import Unit

MOST_NEW_DAYS = 5  # working days, by which the clock postpones the citizen's date at most
UNTOUCHED = _("None of us has got to your question yet.")
UNDER_WAY = _("{contact} is still working on it.")
NO_FURTHER = _("We have not got any further with it yet.")


async def strike(unit: Unit, case_id: int) -> None:
    """Execute each alarm that fell due since the last call, once, and set the next timer."""
    case = await unit.cases.lock(case_id)
    if case is None:
        return
    struck = {
        alarm.name for alarm in alarms(case, unit.calendar) if case.clock_at < alarm.at <= unit.now
    }
    for name, what in STRIKES.items():
        if name in struck:
            case = await what(unit, case)
    case = await unit.cases.change(case, clock_at=unit.now)
    await wind(unit, case, await lane_of(unit, case))


async def _owner(unit: Unit, case: Case) -> Case:
    """Alert the owner, or the theme's staff, that the due date is near."""
    await alert_staff(
        unit, await watchers(unit, case), about_case(case.id), "due_soon", str(case.due_on)
    )
    return case


async def _leader(unit: Unit, case: Case) -> Case:
    """Where staff have not acted, alert leaders and give the citizen a new date (DOMAIN row 9a)."""
    if case.acted_at is not None:
        return case
    told = [one.id for one in await leaders(unit, case)]
    await alert_staff(unit, told, about_case(case.id), "ignored", str(case.due_on))
    if case.told_on > case.due_on:
        return case  # the citizen has a later date already
    return await _put_off(unit, case, UNTOUCHED)


async def _promise(unit: Unit, case: Case) -> Case:
    """Give the citizen a new date before the one they know has passed (HR-12)."""
    if case.told_on > unit.calendar.local(unit.now).date():
        return case  # after downtime, another alarm has just set a later date
    told = {*await watchers(unit, case), *(one.id for one in await leaders(unit, case))}
    await alert_staff(unit, told, about_case(case.id), "put_off", str(case.told_on))
    if case.acted_at is None:
        return await _put_off(unit, case, UNTOUCHED)
    lately = case.acted_at > case.clock_at  # since the last alarms were executed
    return await _put_off(unit, case, UNDER_WAY if lately else NO_FURTHER)


async def _put_off(unit: Unit, case: Case, reason: Text) -> Case:
    """Tell the citizen a new date and the reason; the staff's due date does not change."""
    calendar = unit.calendar
    today: date = calendar.local(unit.now).date()
    days = min(case.working_days, MOST_NEW_DAYS)
    told_on = calendar.working_day_after(max(today, case.told_on), days)
    event_id = await unit.events.add(
        CLOCK,
        "put_off",
        case_id=case.id,
        before=case.told_on.isoformat(),
        after=told_on.isoformat(),
    )
    case = await unit.cases.change(case, told_on=told_on)
    language = case.language
    if case.person_id is not None:
        language = (await unit.people.get(case.person_id)).language
    words = render(reason.with_(contact=case.contact), language, escape=str)
    await send_by_clock(unit, case, words, event_id)
    return case


async def _overdue(unit: Unit, case: Case) -> Case:
    """Alert the owner, or the theme's staff, and the leaders that the due date has passed."""
    told = {*await watchers(unit, case), *(one.id for one in await leaders(unit, case))}
    await alert_staff(unit, told, about_case(case.id), "overdue", str(case.due_on))
    return case


async def _long_overdue(unit: Unit, case: Case) -> Case:
    """Alert the heads of department that the due date has long passed."""
    heads = [one.id for one in await unit.staff.heads()]
    await alert_staff(unit, heads, about_case(case.id), "long_overdue", str(case.due_on))
    return case


async def _take(unit: Unit, case: Case) -> Case:
    """Alert leaders that a case with strong feelings has no owner."""
    told = [one.id for one in await leaders(unit, case)]
    await alert_staff(unit, told, about_case(case.id), "untaken", str(case.received_at))
    return case


async def _call(unit: Unit, case: Case) -> Case:
    """Alert the owner, or the theme's staff, and the leaders that a promised call is late."""
    told = {*await watchers(unit, case), *(one.id for one in await leaders(unit, case))}
    await alert_staff(unit, told, about_case(case.id), "call_late", str(case.call_by))
    return case


async def _remind(unit: Unit, case: Case) -> Case:
    """Remind the citizen of the staff's question, unless feelings are strong: a calmer pace."""
    if CaseMark.FEELINGS in case.marks:
        return case
    event_id = await unit.events.add(CLOCK, "reminded", case_id=case.id)
    await notify_citizen(unit, case, event_id, "remind")
    return case


async def _silent(unit: Unit, case: Case) -> Case:
    """Close a case whose citizen did not answer, and tell them how to reopen it."""
    if await outcomes.waits(unit, case, await watchers(unit, case)):
        return case
    event_id = await unit.events.add(
        CLOCK,
        CLOSE.verb,
        case_id=case.id,
        moved=(case.state, CaseState.CLOSED),
        reason=CloseReason.SILENT,
    )
    case = await end(unit, case, CloseReason.SILENT)
    await notify_citizen(unit, case, event_id, "silent")
    return case


async def _no_verdict(unit: Unit, case: Case) -> Case:
    """Close an answered case without a verdict; it is closed, not resolved."""
    if await outcomes.waits(unit, case, await watchers(unit, case)):
        return case
    event_id = await unit.events.add(
        CLOCK,
        CLOSE.verb,
        case_id=case.id,
        moved=(case.state, CaseState.CLOSED),
        reason=CloseReason.NO_VERDICT,
    )
    case = await end(unit, case, CloseReason.NO_VERDICT)
    await notify_citizen(unit, case, event_id, "card")
    return case


STRIKES: Mapping[str, Callable[[Unit, Case], Awaitable[Case]]] = {
    "owner": _owner,
    "leader": _leader,
    "promise": _promise,
    "overdue": _overdue,
    "long_overdue": _long_overdue,
    "take": _take,
    "call": _call,
    "remind": _remind,
    "silent": _silent,
    "no_verdict": _no_verdict,
}


async def send_scheduled(unit: Unit, case_message_id: int) -> None:
    """Send a scheduled message, unless it was cancelled.

    Where the case has ended, withdraw the message and alert staff.
    """
    said = await unit.threads.get(case_message_id)
    case = await unit.cases.lock(said.case_id) if said else None
    said = await unit.threads.get(case_message_id) if case else None
    if said is None or case is None or said.state is not DeliveryState.SCHEDULED:
        return
    if case.state in (CaseState.RESOLVED, CaseState.CLOSED):
        await unit.threads.mark(said, state=DeliveryState.WITHDRAWN, send_at=None)
        await alert_staff(
            unit, await watchers(unit, case), about_case(case.id), "not_sent", str(said.id)
        )
        return
    actor = by_staff(said.staff_id) if said.staff_id is not None else CLOCK
    await send(unit, case, said, actor)
