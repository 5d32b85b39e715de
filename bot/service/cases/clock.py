"""Compute when a case needs action (pure), and set that as its one timer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.calendar import Calendar
from bot.model.case import NEVER_TIMED_OUT, Case, CaseMark, CaseState
from bot.store.timers import NewTimer
from bot.store.unit import Unit

TIMER = "case_clock"
OWNER_BEFORE, LEADER_BEFORE, HEAD_AFTER = 2, 1, 5  # working days (HR-12, DOMAIN row 9a)
MORNING, NOON, AFTERNOON = time(8), time(12), time(15)
TAKE_WITHIN = timedelta(hours=1)  # of working time, where feelings are strong (DOMAIN row 8)
# The time windows for a call: the option's key, and the window's end.
ANY_TIME, WINDOWS = "any", {"morning": NOON, "afternoon": AFTERNOON}
CALL_SAME_DAY_UNTIL = time(14)  # a call requested later is due by noon of the next working day
REMIND_AFTER = (timedelta(days=3), timedelta(days=10))
CLOSE_AFTER = timedelta(days=24)
VERDICT_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Alarm:
    """An action that falls due for a case at a certain time."""

    at: datetime
    name: str


def alarms(case: Case, calendar: Calendar) -> list[Alarm]:
    """Return all alarms of a case in its present state, the earliest first."""
    match case.state:
        case CaseState.NEW | CaseState.OPEN:
            due = _of_open(case, calendar)
        case CaseState.WAITING:
            due = _of_waiting(case, calendar)
        case CaseState.ANSWERED if case.answered_at:
            due = _end(case, case.answered_at + VERDICT_WITHIN, "no_verdict", calendar)
        case _:
            due = []
    return sorted([*due, *_call(case)], key=lambda alarm: (alarm.at, alarm.name))


def _of_open(case: Case, calendar: Calendar) -> list[Alarm]:
    """Return the alarms of a case that staff are to answer."""
    before, after = calendar.working_day_before, calendar.working_day_after

    def at(day: date, moment: time) -> datetime:
        return calendar.instant(day, moment)

    due = [
        Alarm(at(before(case.due_on, OWNER_BEFORE), MORNING), "owner"),
        Alarm(at(before(case.due_on, LEADER_BEFORE), NOON), "leader"),
        Alarm(at(case.told_on, AFTERNOON), "promise"),
        Alarm(at(after(case.due_on, 1), MORNING), "overdue"),
        Alarm(at(after(case.due_on, HEAD_AFTER), MORNING), "long_overdue"),
    ]
    if CaseMark.FEELINGS in case.marks and case.owner_id is None:
        due.append(Alarm(calendar.after_working_time(case.citizen_at, TAKE_WITHIN), "take"))
    return due


def _call(case: Case) -> list[Alarm]:
    """Return the alarm of a promised call; it holds in every state of the case."""
    return [Alarm(case.call_by, "call")] if case.call_by is not None else []


def _of_waiting(case: Case, calendar: Calendar) -> list[Alarm]:
    """Return the alarms of a case that waits for the citizen."""
    since = case.waiting_since
    if since is None:
        return []
    due = [Alarm(calendar.next_allowed(since + span), "remind") for span in REMIND_AFTER]
    return [*due, *_end(case, since + CLOSE_AFTER, "silent", calendar)]


def _end(case: Case, at: datetime, name: str, calendar: Calendar) -> list[Alarm]:
    """Return the alarm that closes a case; none while a call is promised in it (HR-12).

    A note later than *at* may have ended such a call, so the case closes after the note.
    """
    if case.kind in NEVER_TIMED_OUT or case.call_by is not None:
        return []
    return [Alarm(calendar.next_allowed(max(at, case.acted_at or at)), name)]


async def wind(unit: Unit, case: Case, lane: str) -> None:
    """Set the one timer of a case to its next alarm; cancel it where there is none.

    An alarm that fell due during downtime is late, not skipped: its timer is due at once.
    """
    due = [alarm for alarm in alarms(case, unit.calendar) if alarm.at > case.clock_at]
    if due:
        await unit.timers.set(NewTimer(TIMER, str(case.id), lane, due[0].at))
    else:
        await unit.timers.cancel(TIMER, str(case.id))


def call_by_after(
    case: Case, asked: datetime, calendar: Calendar, when: str = ANY_TIME
) -> datetime:
    """Return the deadline of a call: as promised, unless it has passed or *when* is a window."""
    if when not in WINDOWS and case.call_by is not None and case.call_by > asked:
        return case.call_by
    return ring_by(asked, calendar, when)


def ring_by(received: datetime, calendar: Calendar, when: str = ANY_TIME) -> datetime:
    """Return the deadline of a call: the same working day, or the next one by noon (HR-12).

    Where the citizen chose a window, it is the end of the next one with an hour or more left.
    """
    local = calendar.local(received)
    if when in WINDOWS:
        end = WINDOWS[when]
        today = calendar.is_working_day(local.date()) and local.time() <= time(end.hour - 1)
        day = local.date() if today else calendar.working_day_after(local.date(), 1)
        return calendar.instant(day, end)
    if calendar.is_working_day(local.date()) and local.time() < CALL_SAME_DAY_UNTIL:
        return calendar.instant(local.date(), time(calendar.work[1] // 60))
    return calendar.instant(calendar.working_day_after(local.date(), 1), NOON)
