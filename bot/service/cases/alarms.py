"""What happens to a case by itself when its time has come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from bot.i18n import Text, _, render
from bot.model.case import Case, CaseMark, CaseState, CloseReason, DeliveryState
from bot.service.cases.clock import alarms, wind
from bot.service.cases.endings import end
from bot.service.cases.replies import send
from bot.service.cases.sending import say_by_clock
from bot.service.cases.thread import lane_of, leaders, notify_citizen, watchers
from bot.store.events import CLOCK, by_staff
from bot.store.unit import Unit

MOST_NEW_DAYS = 5  # working days that a promise of the clock's own puts things off
UNTOUCHED = _("None of us has got to your question yet.")
UNDER_WAY = _("{contact} is still working on it.")
NO_FURTHER = _("We have not got any further with it yet.")


async def strike(unit: Unit, case_id: int) -> None:
    """Let everything happen that fell due since the clock last struck, each once, and wind it."""
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
    """Tell whoever has it that the date is near."""
    await unit.alerts.add(await watchers(unit, case), case.id, "due_soon", str(case.due_on))
    return case


async def _leader(unit: Unit, case: Case) -> Case:
    """Where nobody has acted: a leader hears of it, and the citizen a new date (DOMAIN row 9a)."""
    if case.acted_at is not None:
        return case
    told = [one.id for one in await leaders(unit, case)]
    await unit.alerts.add(told, case.id, "ignored", str(case.due_on))
    if case.told_on > case.due_on:
        return case  # the citizen has been given a new date before
    return await _put_off(unit, case, UNTOUCHED)


async def _promise(unit: Unit, case: Case) -> Case:
    """Give the citizen a new date before the one they know has passed (HR-12)."""
    if case.told_on > unit.calendar.local(unit.now).date():
        return case  # after downtime: another alarm has put it off at this very moment
    told = {*await watchers(unit, case), *(one.id for one in await leaders(unit, case))}
    await unit.alerts.add(told, case.id, "put_off", str(case.told_on))
    if case.acted_at is None:
        return await _put_off(unit, case, UNTOUCHED)
    lately = case.acted_at > case.clock_at  # since the clock last struck
    return await _put_off(unit, case, UNDER_WAY if lately else NO_FURTHER)


async def _put_off(unit: Unit, case: Case, reason: Text) -> Case:
    """Tell the citizen a new date and why; the staff's own clock goes on as it was."""
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
    await say_by_clock(unit, case, words, event_id, "extended")
    return case


async def _overdue(unit: Unit, case: Case) -> Case:
    """Tell whoever has it, and a leader, that the date has passed."""
    told = {*await watchers(unit, case), *(one.id for one in await leaders(unit, case))}
    await unit.alerts.add(told, case.id, "overdue", str(case.due_on))
    return case


async def _long_overdue(unit: Unit, case: Case) -> Case:
    """Tell the head of the department."""
    heads = [one.id for one in await unit.staff.heads()]
    await unit.alerts.add(heads, case.id, "long_overdue", str(case.due_on))
    return case


async def _take(unit: Unit, case: Case) -> Case:
    """Tell a leader that nobody has taken a case with strong feelings."""
    told = [one.id for one in await leaders(unit, case)]
    await unit.alerts.add(told, case.id, "untaken", str(case.received_at))
    return case


async def _call(unit: Unit, case: Case) -> Case:
    """Tell whoever has it, and a leader, that somebody waits by the phone."""
    told = {*await watchers(unit, case), *(one.id for one in await leaders(unit, case))}
    await unit.alerts.add(told, case.id, "call_late", str(case.call_by))
    return case


async def _remind(unit: Unit, case: Case) -> Case:
    """Remind the citizen of what was asked; not where feelings are strong: a calmer pace."""
    if CaseMark.FEELINGS in case.marks:
        return case
    event_id = await unit.events.add(CLOCK, "reminded", case_id=case.id)
    await notify_citizen(unit, case, event_id, "remind")
    return case


async def _silent(unit: Unit, case: Case) -> Case:
    """Close a case whose citizen did not answer, with the way back."""
    event_id = await unit.events.add(
        CLOCK,
        "closed",
        case_id=case.id,
        moved=(case.state, CaseState.CLOSED),
        reason=CloseReason.SILENT,
    )
    case = await end(unit, case, CloseReason.SILENT)
    await notify_citizen(unit, case, event_id, "silent")
    return case


async def _no_verdict(unit: Unit, case: Case) -> Case:
    """Close an answered case that nobody said anything about; nobody says it is solved."""
    event_id = await unit.events.add(
        CLOCK,
        "closed",
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


async def send_scheduled(unit: Unit, said_id: int) -> None:
    """Let what was scheduled go out now; what was taken out meanwhile does not."""
    said = await unit.threads.get(said_id)
    case = await unit.cases.lock(said.case_id) if said else None
    said = await unit.threads.get(said_id) if case else None
    if said is None or case is None or said.state is not DeliveryState.SCHEDULED:
        return
    if case.state in (CaseState.RESOLVED, CaseState.CLOSED):
        await unit.threads.mark(said, state=DeliveryState.WITHDRAWN, send_at=None)
        await unit.alerts.add(await watchers(unit, case), case.id, "not_sent", str(said.id))
        return
    actor = by_staff(said.staff_id) if said.staff_id is not None else CLOCK
    await send(unit, case, said, actor)
