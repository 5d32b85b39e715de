"""Reminders, shifts and plans of pledges as calendar events: for one, and for a feed."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice, takewhile

from bot.calendar.recurrence import Occurrence, occurrences
from bot.calendar.recurrence import Unit as Every
from bot.documents.calendar_file import CalendarEvent
from bot.model.case import title_of
from bot.model.delivery import MessageClass
from bot.model.opportunity import Opportunity, Shift, said
from bot.model.participant import Participant
from bot.model.pledge import LIVES, plan_of
from bot.model.reminder import Reminder, ReminderState
from bot.model.signup import COMES, WAS_THERE, Signup
from bot.service.coming_times import begins_at
from bot.service.own_dates import SINCE
from bot.service.reminder_rules import Rule, audience_of, is_taken_on, message_class, rule_of
from bot.store.unit import Unit

KEPT, AHEAD = timedelta(days=30), timedelta(days=180)  # of a feed, before and after now
MOST_EVENTS = 200  # of one reminder
MOST_SHARED = 500  # reminders of staff and groups that a feed looks through


def events_of(
    unit: Unit,
    reminder: Reminder,
    language: str,
    source: str,
    *,
    since: timedelta = timedelta(),
    is_cancelled: bool = False,
) -> list[CalendarEvent]:
    """Return a reminder's events that begin later than *since* ago.

    With *is_cancelled* they are those that an ended reminder no longer has. *source* makes the
    events' ids unique in the world. An id names the reminder and, where it repeats, the day of
    the occurrence. So it stays the same when another day is chosen for a single event.
    """
    if SINCE in reminder.rule or reminder.state is ReminderState.PAUSED:  # it has no dates
        return []
    rule = rule_of(reminder.rule)
    return [
        CalendarEvent(
            uid=f"reminder-{reminder.id}{_which(rule, one)}@{source}",
            begins=begins_at(unit, reminder, rule, one),
            title=title_of(reminder.text(language)),
            sequence=reminder.version - 1 + is_cancelled,
        )
        for one in _within(unit, reminder, rule, since)
        if _takes_place(reminder, one) is not is_cancelled
    ]


def _which(rule: Rule, occurrence: Occurrence) -> str:
    """Return what tells an occurrence from the others of a rule; empty for a single event."""
    return "" if rule.recurrence.unit is Every.ONCE else f"-{occurrence.nominal.isoformat()}"


def has_dates(unit: Unit, reminder: Reminder, at: datetime | None = None) -> bool:
    """Return whether a calendar takes dates from a reminder that is sent now, or *at* a time.

    The time of news is no date.
    """
    if message_class(reminder) is MessageClass.NEWS and not reminder.prepares:
        return False
    return bool(events_of(unit, reminder, "da", "", since=unit.now - (at or unit.now)))


async def feed_events(unit: Unit, participant: Participant, source: str) -> list[CalendarEvent]:
    """Return the events of a citizen's own reminders and of what they have taken on."""
    if participant.person_id is None:
        return []
    language = (await unit.people.get(participant.person_id)).language
    since = unit.now - KEPT
    found = await unit.reminders.reaching(participant.id, ended_after=since)
    states = (ReminderState.ACTIVE, ReminderState.ENDED)
    for shared in await unit.reminders.shared(states, MOST_SHARED):
        if shared.group_id is None and await _concerns(unit, shared, participant):
            found.append(shared)
    return [
        *(
            event
            for reminder in found
            for event in events_of(unit, reminder, language, source, since=KEPT)
        ),
        *await _shift_events(unit, participant, language, source),
        *await _plan_events(unit, participant, source),
    ]


async def _plan_events(unit: Unit, participant: Participant, source: str) -> list[CalendarEvent]:
    """Return when a person has planned to begin their pledges."""
    events = []
    for pledge in await unit.pledges.of_participant(participant.id, LIVES):
        plan = plan_of(pledge)
        if plan is not None and plan.at is not None and plan.at > unit.now - KEPT:
            events.append(
                CalendarEvent(
                    uid=f"pledge-{pledge.id}-{plan.at:%Y%m%dT%H%M}@{source}",
                    begins=plan.at,
                    title=title_of(plan.first or pledge.words),
                    place=plan.where,
                    sequence=pledge.version - 1,
                )
            )
    return events


async def _shift_events(
    unit: Unit, participant: Participant, language: str, source: str
) -> list[CalendarEvent]:
    """Return the shifts that a person comes to or was at."""
    events = []
    for one in await unit.signups.of_person(participant.id, MOST_EVENTS):
        event = await shift_event(unit, one, language, source)
        if event is not None and one.state in COMES | WAS_THERE:
            events.append(event)
    return [one for one in events if one.begins > unit.now - KEPT]


async def shift_event(
    unit: Unit, known: Signup, language: str, source: str
) -> CalendarEvent | None:
    """Return the shift of a sign-up as an event; None by agreement."""
    shift = await unit.shifts.get(known.shift_id) if known.shift_id is not None else None
    opportunity = await unit.opportunities.get(known.opportunity_id)
    if shift is None or opportunity is None:
        return None
    is_over = known.state not in COMES | WAS_THERE
    return event_of_shift(opportunity, shift, language, source, is_over=is_over)


def event_of_shift(
    opportunity: Opportunity,
    shift: Shift,
    language: str,
    source: str,
    *,
    is_over: bool,
    address: str = "",
) -> CalendarEvent:
    """Return a shift as an event; *is_over* says that it is no longer in the calendar.

    Its sequence rises with each change of the shift or the opportunity, and when it is over.
    """
    return CalendarEvent(
        uid=f"shift-{shift.id}@{source}",
        begins=shift.begins_at,
        title=said(opportunity.titles, language),
        place=said(shift.places or opportunity.places, language),
        sequence=shift.version - 1 + opportunity.version - 1 + is_over,
        ends=shift.ends_at,
        address=address,
        is_cancelled=is_over,
    )


async def _concerns(unit: Unit, reminder: Reminder, participant: Participant) -> bool:
    """Return whether a reminder of staff is about something that a citizen has taken on."""
    audience = audience_of(reminder)
    if reminder.ended_at is not None and reminder.ended_at < unit.now - KEPT:
        return False
    return is_taken_on(audience) and await unit.audiences.contains(audience, participant.id)


def _within(unit: Unit, reminder: Reminder, rule: Rule, since: timedelta) -> list[Occurrence]:
    """Return the occurrences whose events begin later than *since* ago, at most 200."""
    earliest, latest = unit.now - since, unit.now + AHEAD
    # The message may be sent long before or after the time of the rule.
    found = occurrences(rule.recurrence, unit.calendar, earliest - AHEAD)
    near = takewhile(lambda one: one.instant < latest + AHEAD, found)
    kept = (one for one in near if earliest < begins_at(unit, reminder, rule, one) < latest)
    return list(islice(kept, MOST_EVENTS))


def _takes_place(reminder: Reminder, occurrence: Occurrence) -> bool:
    """Return whether an occurrence takes place: the later ones of an ended reminder do not."""
    if reminder.state is not ReminderState.ENDED:
        return True
    return reminder.expanded_to is not None and occurrence.day <= reminder.expanded_to
