"""Services for reminders: set, edit, pause and end them, and plan what is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any

from bot.calendar.chain import CLOSEST, allowed
from bot.calendar.recurrence import (
    LONGEST_MOVE,
    Occurrence,
    next_occurrences,
    occurrences,
)
from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.case import title_of
from bot.model.commands.reminders import (
    EditReminder,
    EndReminder,
    ExportReminder,
    HoldReminder,
    SetReminder,
)
from bot.model.delivery import OWN_TOPIC, Delivery, DeliveryState, MessageClass, Reason
from bot.model.reminder import SUBJECT, Reminder, ReminderState
from bot.model.staff import May, Staff
from bot.redact import redact_text
from bot.service import deliveries, own_dates
from bot.service.own_dates import SINCE
from bot.service.reminder_rules import (
    NEVER,
    Rule,
    audience_of,
    fault_of,
    message_class,
    rule_of,
    tidy_texts,
    wanted_at,
    withheld,
)
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import Subject
from bot.store.audiences import Recipient
from bot.store.events import by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit

EXPAND = "expand"  # the timer that plans the deliveries of an occurrence; subject: the id
BATCH = 1000  # recipients planned in one transaction, so that no citizen waits for it
# Quiet hours move what prepares an event to an earlier day; Christmas is the longest run.
PREPARED_BY = timedelta(days=8)
# Whether the last messages of a reminder have their outcome.
LOOK_AGAIN = timedelta(hours=1)
# An event is prepared until it begins; a message at its beginning may be an hour late.
AT_THE_BEGINNING = timedelta(hours=1)
# After its planned time, for a message that prepares nothing. News may wait for the next week.
USEFUL_FOR = timedelta(hours=24)
NEWS_USEFUL_FOR = timedelta(days=8)
NO_REMINDER = Refused(_("There is no such reminder."))


async def set_reminder(command: SetReminder, unit: Unit) -> Done | Refused:
    """Set a reminder of staff for an audience; the value is the id."""
    staff = await unit.staff.get(command.staff_id)
    if staff is None:
        return NO_REMINDER
    wrong = fault_of(command, staff, unit)
    if wrong is not None:
        return wrong
    made = await begin(unit, draft_of(command, staff, unit))
    await unit.events.add(by_staff(staff.id), "reminder_set", reminder=made)
    await _record_let_stand(unit, command, staff, made)
    return Done(made)


def draft_of(command: SetReminder | EditReminder, staff: Staff, unit: Unit) -> Reminder:
    """Return the reminder that an accepted command makes, before it is stored."""
    return Reminder(
        id=0,
        title=title_of(command.texts["da"]),
        texts=tidy_texts(command.texts),
        rule=command.rule,
        topic=command.topic,
        asks=command.asks,
        prepares=command.prepares,
        audience=command.audience,
        staff_id=staff.id,
        contact=staff.first_name,
        **_from_now(unit, command.rule),
    )


async def edit_reminder(command: EditReminder, unit: Unit) -> Done | Refused:
    """Change a reminder; what is on its way in the old version is replaced by the new one.

    People who know of an event are told its new time.
    """
    staff = await unit.staff.get(command.staff_id)
    known = await unit.reminders.lock(command.reminder_id)
    if staff is None or known is None or known.state is ReminderState.ENDED:
        return NO_REMINDER
    if known.version != command.version:
        return Refused(_("Somebody else has changed it meanwhile. Look at it again."))
    wrong = fault_of(command, staff, unit)
    # The last time may have passed, and its messages wait for the end of quiet hours.
    is_unchanged = wrong is NEVER and command.rule == known.rule
    if wrong is not None and not is_unchanged:
        return wrong
    version = known.version + 1
    moved = _moved(unit, known, command)
    cancelled = await deliveries.cancel(unit, SUBJECT, known.id, Reason.EDITED, but_snoozed=True)
    for one in await unit.deliveries.snoozed(SUBJECT, known.id):
        if one.occasion not in moved:  # it comes at the promised time, with the new text
            await unit.deliveries.change(one, version=version)
        elif await deliveries.end(unit, one, DeliveryState.CANCELLED, Reason.EDITED):
            await unit.timers.cancel(deliveries.TIMER, str(one.id))
    await unit.deliveries.set_aside(SUBJECT, known.id, moved, known.version)
    await unit.reminders.change(
        known.id,
        title=title_of(command.texts["da"]),
        texts=tidy_texts(command.texts),
        rule=command.rule,
        audience=command.audience,
        topic=command.topic,
        asks=command.asks,
        prepares=command.prepares,
        version=version,
        **_from_now(unit, command.rule, cancelled),
    )
    if known.state is ReminderState.ACTIVE:
        await _wind(unit, known.id, unit.now)
    await unit.events.add(by_staff(staff.id), "reminder_edited", reminder=known.id)
    await _record_let_stand(unit, command, staff, known.id)
    return Done(version)


def _moved(unit: Unit, known: Reminder, command: EditReminder) -> set[str]:
    """Return the occasions of planned events that take place at another time than before."""
    if not command.prepares or SINCE in known.rule or SINCE in command.rule:
        return set()
    last, today = known.expanded_to, unit.calendar.local(unit.now).date()
    if last is None or known.rule == command.rule:
        return set()
    since = _day_before(unit, today)
    before, after = (
        {
            one.nominal: one.instant
            for one in takewhile(
                lambda one: one.day <= last + LONGEST_MOVE,
                occurrences(rule_of(rule).recurrence, unit.calendar, since),
            )
        }
        for rule in (known.rule, command.rule)
    )
    return {
        day.isoformat()
        for day, instant in before.items()
        if after.get(day) != instant and max(instant, after.get(day, instant)) > unit.now
    }


async def _record_let_stand(
    unit: Unit, command: SetReminder | EditReminder, staff: Staff, reminder_id: int
) -> None:
    """Record why a leader kept a sentence that the check refuses."""
    reason = redact_text((command.let_stand or "").strip()).text
    if reason and staff.may(May.OVERRIDE):
        await unit.events.add(by_staff(staff.id), "let_stand", reminder=reminder_id, reason=reason)


async def hold_reminder(command: HoldReminder, unit: Unit) -> Done | Refused:
    """Pause a reminder, or resume it with what is still to come.

    What a person put off comes at its time, unless that falls into the pause.
    """
    known = await unit.reminders.lock(command.reminder_id)
    wanted = ReminderState.PAUSED if command.paused else ReminderState.ACTIVE
    if known is None or known.state is ReminderState.ENDED:
        return NO_REMINDER
    if known.state is wanted:
        return Done(known.id)
    ahead = [] if command.paused else await unit.deliveries.held(SUBJECT, known.id)
    await unit.reminders.change(known.id, state=wanted, **_from_now(unit, known.rule, ahead))
    if command.paused:
        await deliveries.cancel(unit, SUBJECT, known.id, Reason.HELD, but_snoozed=True)
        await unit.timers.cancel(EXPAND, str(known.id))
    else:
        await _wind(unit, known.id, unit.now)
    verb = "reminder_paused" if command.paused else "reminder_resumed"
    await unit.events.add(command.by, verb, reminder=known.id)
    return Done(known.id)


async def end_reminder(command: EndReminder, unit: Unit) -> Done | Refused:
    """End a reminder; what is planned is cancelled.

    A reminder that was sent for the last time has ended, but can be planned again by a snooze.
    """
    known = await unit.reminders.lock(command.reminder_id)
    if known is None:
        return NO_REMINDER
    await _end(unit, known)
    if known.state is not ReminderState.ENDED:
        await unit.events.add(command.by, "reminder_ended", reminder=known.id)
    return Done(known.id)


async def export_reminder(command: ExportReminder, unit: Unit) -> Done | Refused:
    """Record that the results of a reminder to others are exported."""
    known = await unit.reminders.get(command.reminder_id)
    if known is None or known.is_own:
        return NO_REMINDER
    await unit.events.add(by_staff(command.staff_id), "reminder_exported", reminder=known.id)
    return Done(known.id)


def _from_now(
    unit: Unit, rule: Mapping[str, Any], taken_back: Sequence[Delivery] = ()
) -> dict[str, Any]:
    """Return the columns after which only what is still to come is planned.

    Deliveries that are *taken_back* are planned again, if the rule still says so.
    """
    if SINCE in rule:
        waited = [one.wanted_at for one in taken_back if "T" in one.occasion]
        begin = min([unit.now, *(at - timedelta(seconds=1) for at in waited)])
        return {"expanded_to": None, "expanding": {"from": begin.isoformat()}}
    waited_on = [
        date.fromisoformat(one.occasion) - timedelta(days=1)
        for one in taken_back
        if "T" not in one.occasion
    ]
    passed = min([_passed(unit, rule_of(rule)), *waited_on])
    return {"expanded_to": passed, "expanding": None}


def _passed(unit: Unit, rule: Rule) -> date:
    """Return the last occurrence that is over, or yesterday: the later ones are to be planned."""
    passed = unit.calendar.local(unit.now).date() - timedelta(days=1)
    since = _day_before(unit, passed)
    for one in occurrences(rule.recurrence, unit.calendar, since):
        if max(one.instant, wanted_at(unit, rule, one)) >= unit.now:
            break
        passed = one.day
    return passed


async def begin(unit: Unit, new: Reminder) -> int:
    """Insert a reminder and set the timer of its first occurrence."""
    made = await unit.reminders.add(replace(new, **_from_now(unit, new.rule)))
    await _wind(unit, made, unit.now)
    return made


async def hand_over(unit: Unit, group_id: int, participant_id: int) -> None:
    """Give the reminders of a lead who is gone to another lead of the group; without one, end them.

    Leaders are alerted to those that end.
    """
    leads = [
        one
        for one in await unit.groups.members(group_id)
        if one.is_lead and one.person_id is not None and one.participant_id != participant_id
    ]
    for known in await unit.reminders.of_group(group_id):
        if known.participant_id != participant_id:
            continue
        if leads:
            person = await unit.people.get(leads[0].person_id or 0)
            new = {"participant_id": leads[0].participant_id, "contact": person.address}
            await unit.reminders.change(known.id, **new)
            continue
        await _end(unit, known)
        leaders = [one.id for one in await unit.staff.leaders("")]
        await alert_staff(unit, leaders, Subject(SUBJECT, known.id), "lead_gone")


async def take_back_from_leaver(unit: Unit, participant_id: int) -> None:
    """Take back what is on its way to a participant who is no longer among its recipients."""
    participant = await unit.participants.get(participant_id)
    if participant is None or participant.person_id is None:
        return
    queued = await unit.deliveries.queued(person_id=participant.person_id)
    left = [
        (one, lane)
        for one, lane in queued
        if one.subject_kind == SUBJECT and await withheld(unit, one) is Reason.NOT_IN_AUDIENCE
    ]
    await deliveries.take_back(unit, left, DeliveryState.CANCELLED, Reason.NOT_IN_AUDIENCE)


async def settle(unit: Unit, delivery: Delivery) -> None:
    """End a citizen's own reminder whose last delivery has its outcome."""
    if delivery.subject_kind != SUBJECT or delivery.topic != OWN_TOPIC:
        return
    known = await unit.reminders.lock(delivery.subject_id)
    if known is not None and known.state is ReminderState.ACTIVE:
        await _end_or_look_again(unit, known, rule_of(known.rule))


async def _end_or_look_again(unit: Unit, reminder: Reminder, rule: Rule) -> None:
    """Set the timer of the next occurrence; without one, end when all have their outcome.

    Until then, and until its last event, the reminder can still be edited, paused and ended.
    """
    coming = next(iter(unplanned(unit, reminder, rule)), None)
    if coming is not None:
        await _wind(unit, reminder.id, max(_expands_at(unit, reminder, rule, coming), unit.now))
        return
    waits = await unit.deliveries.last_waiting(SUBJECT, reminder.id)
    event = next(iter(occurrences(rule.recurrence, unit.calendar, unit.now)), None)
    looks = [unit.now + LOOK_AGAIN if waits <= unit.now else waits] if waits is not None else []
    looks += [event.instant] if event is not None else []
    if looks:
        await _wind(unit, reminder.id, max(looks))
        return
    await unit.reminders.change(reminder.id, state=ReminderState.ENDED, ended_at=unit.now)
    await unit.timers.cancel(EXPAND, str(reminder.id))


async def _end(unit: Unit, known: Reminder) -> None:
    """End a reminder: cancel what is planned, and its timer."""
    # With a new version, the silent are not asked again. Later occurrences than `expanded_to`
    # are those that calendar files cancel.
    yesterday = unit.calendar.local(unit.now).date() - timedelta(days=1)
    await unit.reminders.change(
        known.id,
        state=ReminderState.ENDED,
        ended_at=known.ended_at or unit.now,
        version=known.version + 1,
        expanded_to=yesterday,
    )
    await deliveries.cancel(unit, SUBJECT, known.id, Reason.ENDED)
    await unit.timers.cancel(EXPAND, str(known.id))


async def end_of_group(unit: Unit, group_id: int) -> None:
    """End the reminders that a lead set for a group."""
    for known in await unit.reminders.of_group(group_id):
        await _end(unit, known)


async def _wind(unit: Unit, reminder_id: int, at: datetime) -> None:
    """Set the timer that plans the deliveries of the next occurrence."""
    timer = NewTimer(EXPAND, str(reminder_id), f"reminder:{reminder_id}", at)
    await unit.timers.set(timer)


async def expand(unit: Unit, reminder_id: int) -> None:
    """Plan the deliveries of the occurrence that is due, and set the timer of the next one.

    After downtime only the newest occurrence whose time has come is sent; the earlier ones are
    recorded as missed. What prepares an event is planned days before its time.
    A large audience is planned in several transactions.
    """
    reminder = await unit.reminders.lock(reminder_id)
    if reminder is None or reminder.state is not ReminderState.ACTIVE:
        return
    if SINCE in reminder.rule:
        await _expand_own_dates(unit, reminder)
        return
    rule = rule_of(reminder.rule)
    due = _due(unit, reminder, rule)
    if due:
        after = _reached(reminder, due[-1])
        batch = await _recipients(unit, reminder, after)
        past = [one for one in due if wanted_at(unit, rule, one) <= unit.now]
        for occurrence in due:
            missed = occurrence in past[:-1]
            await _plan(unit, reminder, rule, (occurrence, missed), batch)
        if len(batch) == BATCH:
            reached = {"day": due[-1].day.isoformat(), "after": batch[-1].participant_id}
            await unit.reminders.change(reminder.id, expanding=reached)
            await _wind(unit, reminder.id, unit.now)
            return
        reminder = replace(reminder, expanded_to=due[-1].day)
        await unit.reminders.change(reminder.id, expanded_to=reminder.expanded_to, expanding=None)
    await _end_or_look_again(unit, reminder, rule)


async def _expand_own_dates(unit: Unit, reminder: Reminder) -> None:
    """Plan the messages of the next hour that are relative to a person's own date."""
    await unit.participants.complete()
    audience = audience_of(reminder)
    reached = await own_dates.plan_ahead(unit, reminder, audience, message_class(reminder), BATCH)
    await unit.reminders.change(reminder.id, expanding=reached)
    is_cut = "after" in reached
    await _wind(unit, reminder.id, unit.now if is_cut else unit.now + own_dates.LOOK_EVERY)


def unplanned(unit: Unit, reminder: Reminder, rule: Rule) -> Iterator[Occurrence]:
    """Yield the occurrences whose deliveries are not planned yet."""
    last = reminder.expanded_to
    found = occurrences(rule.recurrence, unit.calendar, _day_before(unit, last) if last else None)
    return (one for one in found if last is None or one.day > last)


def _day_before(unit: Unit, day: date) -> datetime:
    """Return an instant from which all later occurrences are found."""
    return unit.calendar.instant(day - timedelta(days=1), datetime.min.time())


def _due(unit: Unit, reminder: Reminder, rule: Rule) -> list[Occurrence]:
    """Return the occurrences to plan now; a half planned occurrence stays the last."""
    is_due = lambda one: _expands_at(unit, reminder, rule, one) <= unit.now  # noqa: E731 - read on the next line
    found = list(takewhile(is_due, unplanned(unit, reminder, rule)))
    half = (reminder.expanding or {}).get("day")
    if half is None:
        return found
    return [one for one in found if one.day.isoformat() <= half]


def _reached(reminder: Reminder, occurrence: Occurrence) -> int:
    """Return the last participant that is planned for an occurrence, or 0."""
    half = reminder.expanding or {}
    return int(half["after"]) if half.get("day") == occurrence.day.isoformat() else 0


def _expands_at(unit: Unit, reminder: Reminder, rule: Rule, occurrence: Occurrence) -> datetime:
    """Return when the deliveries of an occurrence are planned."""
    wanted = wanted_at(unit, rule, occurrence)
    return wanted - PREPARED_BY if reminder.prepares else wanted


async def _recipients(unit: Unit, reminder: Reminder, after: int) -> list[Recipient]:
    """Return the next recipients of a reminder, in order of participant."""
    await unit.participants.complete()
    return await unit.audiences.some(audience_of(reminder), BATCH, after=after)


def delivery_to(
    unit: Unit, reminder: Reminder, rule: Rule, occurrence: Occurrence, to: Recipient
) -> Delivery:
    """Return the delivery of an occurrence to one recipient, moved out of quiet hours.

    A citizen's own reminder is not moved, and is sent however late, unless the following one is
    sent instead. Another one is not sent if quiet hours move it to less than three hours before
    the following one.
    """
    wanted, begins = wanted_at(unit, rule, occurrence), occurrence.instant
    attention = message_class(reminder)
    useful_for = NEWS_USEFUL_FOR if attention is MessageClass.NEWS else USEFUL_FOR
    prepared = begins if reminder.prepares and wanted <= begins else None
    step = deliveries.step_of(prepared, is_at_chosen_time=reminder.is_own)
    planned = allowed(step, wanted, unit.calendar, to.own_quiet)
    event_at = begins if step.prepares and planned < begins else None
    last = event_at or planned + (AT_THE_BEGINNING if step.prepares else useful_for)
    following = next_occurrences(rule.recurrence, unit.calendar, begins, 1)
    is_crowded = False
    if following:
        latest = max(planned, following[0].instant)
        last = latest if reminder.is_own else min(last, latest)
        later = allowed(step, wanted_at(unit, rule, following[0]), unit.calendar, to.own_quiet)
        is_crowded = wanted < planned and later - planned < CLOSEST
    not_after = None if reminder.is_own and not following else last
    return Delivery(
        id=0,
        subject_kind=SUBJECT,
        subject_id=reminder.id,
        occasion=occurrence.nominal.isoformat(),
        participant_id=to.participant_id,
        message_class=attention,
        version=reminder.version,
        wanted_at=wanted,
        planned_at=planned,
        topic=reminder.topic,
        event_at=event_at,
        not_after=not_after,
        asks=reminder.asks,
        state=DeliveryState.EXPIRED if is_crowded else DeliveryState.PLANNED,
        reason=Reason.MISSED if is_crowded else Reason.QUIET if planned != wanted else None,
    )


async def _plan(
    unit: Unit,
    reminder: Reminder,
    rule: Rule,
    occurrence: tuple[Occurrence, bool],
    batch: Sequence[Recipient],
) -> None:
    """Plan an occurrence for a batch of recipients; where it was *missed*, only record it."""
    which, missed = occurrence
    planned = [(to, delivery_to(unit, reminder, rule, which, to)) for to in batch]
    if missed:
        state, reason = DeliveryState.EXPIRED, Reason.MISSED
        planned = [(to, replace(one, state=state, reason=reason)) for to, one in planned]
    await deliveries.plan(unit, planned)
